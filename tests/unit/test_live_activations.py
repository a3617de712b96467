"""The maps beside a pad show what the layers make of its image."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets.widgets import widget
from matplotlib import colormaps

from course_utils import widgets
from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.widgets import DigitPad, activation_explorer, live_activations
from course_utils.widgets.live_activations import GAP
from tests.drawn_digits import cnn_layers, cnn_probabilities

SEVEN = [[[0.2, 0.2], [0.7, 0.2], [0.4, 0.8]]]
NAMES = ["conv_1", "pool_1", "conv_2", "pool_2"]
SHAPES = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64)]


@pytest.fixture(scope="module")
def cnn():
    return cnn_layers(load_cnn_weights())


def one_map(images):
    """A layer with three maps of 28 x 28: nothing, the image, half of the image."""
    maps = images[..., np.newaxis] / 255
    return [maps * [0, 1, 0.5]]


def shown(view):
    return view.children[-1].shown


def levels(layer):
    return np.frombuffer(layer["levels"], dtype=np.uint8).reshape(-1, layer["width"])


def test_each_layer_has_a_title_with_its_shape_and_as_many_tiles_as_maps(cnn):
    layers = shown(live_activations(DigitPad(strokes=SEVEN), cnn, NAMES))["layers"]
    assert [layer["title"] for layer in layers] == [
        f"{name.replace('_', ' ')}: {shape}" for name, shape in zip(NAMES, SHAPES, strict=True)
    ]
    for layer, (height, width, n_maps) in zip(layers, SHAPES, strict=True):
        assert np.count_nonzero(levels(layer) != GAP) == height * width * n_maps


def test_a_tile_is_its_map_on_the_scale_of_the_layer():
    pad = DigitPad(strokes=SEVEN)
    (layer,) = shown(live_activations(pad, one_map, ["mine"]))["layers"]
    tiles = levels(layer)
    gap = 2
    assert tiles.shape == (28, 8 * (28 + gap) - gap)
    assert not tiles[:, :28].any()
    assert (tiles[:, 28:30] == GAP).all()
    assert np.abs(tiles[:, 30:58] - pad.image / 255 * 254).max() <= 0.5
    assert np.abs(tiles[:, 60:88] - pad.image / 255 * 127).max() <= 0.5
    assert (tiles[:, 88:] == GAP).all()
    assert layer["highest"] == "1.00"


def test_words_say_how_many_maps_are_bright_and_which_most():
    pad = DigitPad(strokes=SEVEN)
    view = live_activations(pad, one_map, ["mine"])
    assert shown(view)["layers"][0]["inWords"] == "1 of 3 maps are bright, map 1 in most places"
    pad.strokes = []
    assert shown(view)["layers"][0]["inWords"] == "0 of 3 maps are bright"
    assert not (levels(shown(view)["layers"][0]) % GAP).any()


def test_the_colors_are_viridis_and_the_gap_is_transparent():
    view = live_activations(DigitPad(), one_map, ["mine"])
    colors = np.frombuffer(view.children[-1]._colors, dtype=np.uint8).reshape(256, 4)
    expected = np.array(colormaps["viridis"](np.linspace(0, 1, GAP))) * 255
    assert np.abs(colors[:GAP] - expected).max() <= 2
    assert not colors[GAP].any()


def test_the_layers_follow_the_pad_and_are_asked_only_when_its_picture_changes(cnn):
    pad, asked = DigitPad(), []

    def note(images):
        asked.append(images)
        return cnn(images)

    view = live_activations(pad, note, NAMES)
    before = shown(view)
    pad.strokes = SEVEN
    assert shown(view)["layers"][0]["levels"] != before["layers"][0]["levels"]
    assert np.array_equal(asked[-1], pad.image[np.newaxis])
    pad.strokes = [*SEVEN, *SEVEN]  # no more ink than before
    assert len(asked) == 2


def test_a_cell_run_again_asks_the_layers_once():
    pad, asked = DigitPad(), []

    def note(images):
        asked.append(0)
        return one_map(images)

    views = [live_activations(pad, note, ["mine"]) for _ in range(3)]
    asked.clear()
    pad.strokes = SEVEN
    assert len(asked) == 1
    assert shown(views[-1])["layers"][0]["highest"] == "1.00"


def test_two_views_share_nothing():
    pads = DigitPad(), DigitPad()
    views = [live_activations(pad, one_map, ["mine"]) for pad in pads]
    pads[0].strokes = SEVEN
    assert shown(views[0])["layers"][0]["highest"] == "1.00"
    assert shown(views[1])["layers"][0]["highest"] == "0.00"


def test_bars_are_shown_beside_the_pad_if_there_are_models(cnn):
    pad = DigitPad(strokes=SEVEN)
    view = live_activations(pad, cnn, NAMES, {"CNN": cnn_probabilities(load_cnn_weights())})
    assert view.children[0] is pad
    (answer,) = view.children[1].answers
    assert np.argmax(answer["probabilities"]) == 7


@pytest.mark.parametrize(
    ("activations", "message"),
    [
        (lambda images: 1 / 0, "ZeroDivisionError: division by zero"),
        (
            lambda images: None,
            "and it returned nothing: did you forget `return`?",
        ),
        (lambda images: images, "it returned (28, 28)."),
        (lambda images: one_map(images)[0], "return 1 arrays of shape (1, height, width, n_maps)"),
        (lambda images: 2 * one_map(images), "it returned (1, 28, 28, 3), (1, 28, 28, 3)."),
        (lambda images: [one_map(images)[0][:, :0]], "expected feature maps of shape"),
        (lambda images: [one_map(images)[0] - 0.5], "are these sums before ReLU?"),
        (lambda images: [one_map(images)[0] * np.nan], "finite numbers, got nan or inf in mine"),
    ],
)
def test_an_error_in_the_function_is_shown(activations, message):
    pad = DigitPad()
    view = live_activations(pad, activations, ["mine"])
    pad.strokes = SEVEN
    assert message in shown(view)["error"]
    assert "layers" not in shown(view)


def test_what_a_function_does_to_its_images_does_not_reach_the_pad():
    def wipe(images):
        images[:] = 0
        return one_map(images)

    pad = DigitPad(strokes=SEVEN)
    live_activations(pad, wipe, ["mine"])
    assert pad.image.any()


@pytest.mark.parametrize(
    ("pad", "activations", "names", "message"),
    [
        (None, one_map, ["mine"], "expected a DigitPad first, got NoneType"),
        (DigitPad(), None, ["mine"], "expected a function of images, got NoneType"),
        (DigitPad(), one_map, "mine", "a list with a name for each layer, got 'mine'"),
        (DigitPad(), one_map, [], "a list with a name for each layer"),
        (DigitPad(), one_map, [1], "a list with a name for each layer"),
        (DigitPad(), one_map, None, "a list with a name for each layer, got None"),
        (DigitPad(), one_map, np.array(["mine"]), "a list with a name for each layer"),
        (DigitPad(), one_map, (name for name in ["mine"]), "a list with a name for each layer"),
    ],
)
def test_anything_but_a_pad_a_function_and_names_is_refused(pad, activations, names, message):
    with pytest.raises(TypeError, match=message):
        live_activations(pad, activations, names)


def test_models_that_are_not_functions_are_refused():
    with pytest.raises(TypeError, match="for 'CNN', got NoneType"):
        live_activations(DigitPad(), one_map, ["mine"], {"CNN": None})


def test_the_fallback_shows_the_layers_and_says_which_maps_are_bright(cnn):
    pad = DigitPad(strokes=SEVEN)
    view = live_activations(pad, cnn, NAMES, {"CNN": cnn_probabilities(load_cnn_weights())})
    html = view._repr_mimebundle_()["text/html"]
    assert "CNN says 7. conv 1: (26, 26, 32): " in html
    assert f"pool 2: (5, 5, 64): {shown(view)['layers'][3]['inWords']}." in html


def test_the_fallback_of_a_function_that_fails_shows_the_pad():
    view = live_activations(DigitPad(strokes=SEVEN), lambda images: 1 / 0, ["mine"])
    assert 'alt="A pad to draw a digit on' in view._repr_mimebundle_()["text/html"]


def test_300_changes_leave_nothing_behind(cnn):
    pad = DigitPad()
    live_activations(pad, cnn, NAMES)
    widgets = len(widget._instances)
    for i in range(300):
        pad.strokes = [[[0.2, 0.2], [0.8, i / 300]]]
    assert len(widget._instances) == widgets
    assert plt.get_fignums() == []


# A map that is chosen, and its arithmetic


@pytest.fixture(scope="module")
def seven():
    return load_mnist().test_images[0]


@pytest.fixture(scope="module")
def one_explorer(cnn, seven):
    (maps,) = activation_explorer(seven, cnn, NAMES, load_cnn_weights()).children
    return maps


@pytest.fixture
def explorer(one_explorer):
    one_explorer.chosen = {}  # as at first
    return one_explorer


def test_at_first_the_strongest_output_is_shown(explorer):
    answer = explorer.arithmetic
    assert (answer["layer"], answer["map"], answer["kind"]) == (4, 7, "output")
    assert len(answer["terms"]) == 64
    assert [round(output["probability"]) for output in explorer.shown["outputs"]].index(1) == 7


def test_a_map_that_is_chosen_opens_where_it_is_largest(explorer, cnn, seven):
    maps = cnn(seven[np.newaxis])
    for layer, index in ((0, 17), (1, 2), (2, 14), (3, 57)):
        explorer.chosen = {"layer": layer, "map": index}
        answer = explorer.arithmetic
        value = maps[layer][0, answer["row"], answer["column"], index]
        assert value == maps[layer][0, :, :, index].max()
        kinds = ("convolution", "pooling", "convolution", "pooling")
        assert answer["kind"] == kinds[layer]


def test_every_place_of_every_layer_agrees_with_its_map(explorer):
    """No place is met with the sentence about weights that do not belong."""
    for layer, (height, width, n_maps) in enumerate(SHAPES):
        for row, column in np.ndindex(height, width):
            place = {"layer": layer, "map": (row * width + column) % n_maps}
            explorer.chosen = place | {"row": row, "column": column}
            assert explorer.arithmetic["kind"] != "map"


def test_a_part_of_a_sum_leads_to_the_place_of_its_largest_product(explorer):
    explorer.chosen = {"layer": 2, "map": 14, "row": 6, "column": 6, "term": 28}
    answer = explorer.arithmetic
    row, column = np.array(answer["place"][28]) - 6
    assert np.abs(answer["products"]).argmax() == 3 * row + column
    assert sum(answer["products"]) == pytest.approx(answer["terms"][28], abs=1e-3)


def test_the_sentence_says_place_and_arithmetic(explorer):
    explorer.chosen = {"layer": 0, "map": 17, "row": 8, "column": 9}
    assert explorer.arithmetic["said"] == (
        "conv 1, map 17, row 8, column 9: sum of the 9 products: 0.713, "
        "plus the bias of \N{MINUS SIGN}0.009: 0.704, after ReLU: 0.704."
    )


def test_the_numbers_that_the_lesson_names(explorer):
    logits = [output["logit"] for output in explorer.shown["outputs"]]
    assert logits[7] == 13.65
    assert max(np.delete(logits, 7)) < 2
    assert round(explorer.arithmetic["terms"][14], 2) == 0.92
    explorer.chosen = {"layer": 4, "map": 2}
    assert round(explorer.arithmetic["terms"][14], 2) == 0.95
    explorer.chosen = {"layer": 4, "map": 7, "term": 14}
    row, column = explorer.arithmetic["place"][14]
    explorer.chosen = {"layer": 3, "map": 14, "row": row, "column": column}
    ((row, column),) = explorer.arithmetic["place"]
    explorer.chosen = {"layer": 2, "map": 14, "row": row, "column": column}
    parts = explorer.arithmetic["terms"]
    assert np.argsort(parts)[::-1][:2].tolist() == [28, 2]


def test_the_maps_that_are_bright_for_a_stroke_as_the_lesson_says(cnn):
    counts = {}
    for name, stroke in {
        "upright": [[0.5, 0.2], [0.5, 0.8]],
        "level": [[0.2, 0.5], [0.8, 0.5]],
    }.items():
        maps = np.asarray(cnn(DigitPad(strokes=[stroke]).image[np.newaxis])[0])[0]
        counts[name] = (maps > maps.max() / 2).sum(axis=(0, 1))
    assert np.argsort(-counts["upright"])[:3].tolist() == [26, 27, 2]
    assert counts["upright"][[26, 27, 2, 4]].tolist() == [39, 38, 37, 34]
    assert counts["level"].argmax() == 0
    assert counts["level"][[0, 6, 17, 26]].tolist() == [38, 20, 20, 20]


def test_a_pool_of_nothing_says_so(explorer):
    explorer.chosen = {"layer": 1, "map": 17, "row": 0, "column": 0}
    assert explorer.arithmetic["lines"] == [
        "largest of four values: 0.000",
        "all four of conv 1 are 0",
    ]


def test_maps_that_are_0_everywhere_are_listed(explorer):
    assert [layer["silent"] for layer in explorer.shown["layers"]] == [[], [], [20, 49], [20, 49]]


def test_the_arithmetic_follows_the_pad_and_the_strongest_output_until_one_is_chosen(cnn):
    pad = DigitPad(strokes=SEVEN)
    maps = live_activations(pad, cnn, NAMES, weights=load_cnn_weights()).children[-1]
    assert maps.arithmetic["title"] == "output 7"
    pad.strokes = [[[0.5, 0.1], [0.5, 0.9]]]
    assert maps.arithmetic["title"] == "output 1"
    maps.chosen = {"layer": 4, "map": 7}
    before = maps.arithmetic
    pad.strokes = SEVEN
    assert maps.arithmetic["title"] == "output 7"
    assert maps.arithmetic["lines"] != before["lines"]


def test_other_images_are_chosen_by_number(cnn):
    images = load_mnist().test_images[:3]
    (maps,) = activation_explorer(images, cnn, NAMES, load_cnn_weights()).children
    maps.number = 2
    assert maps.arithmetic["title"] == "output 1"
    assert maps.shown["image"]["levels"] == images[2].tobytes()


def test_wrong_sums_are_not_shown(cnn, seven):
    weights = [array * 1.5 for array in load_cnn_weights()]
    (maps,) = activation_explorer(seven, cnn, NAMES, weights).children
    maps.chosen = {"layer": 2, "map": 14}
    answer = maps.arithmetic
    assert answer["kind"] == "map"
    assert "they do not belong to these maps" in answer["lines"][1]
    assert "products" not in answer


def test_without_weights_the_value_is_shown():
    pad = DigitPad(strokes=SEVEN)
    maps = live_activations(pad, one_map, ["mine"]).children[-1]
    maps.chosen = {"layer": 0, "map": 2}
    assert maps.arithmetic["lines"] == ["value: 0.500"]
    assert maps.shown["outputs"] == []


@pytest.mark.parametrize("n_maps", [10, 16, 20])
def test_any_number_of_maps_and_images_that_are_not_square_have_their_arithmetic(n_maps):
    rng = np.random.default_rng(0)
    weights = [
        rng.normal(size=(3, 3, 1, n_maps)),
        rng.normal(size=n_maps),
        rng.normal(size=(4 * 6 * n_maps, 5)),
        rng.normal(size=5),
    ]

    def layer(images):
        windows = np.lib.stride_tricks.sliding_window_view(images / 255, (3, 3), axis=(1, 2))
        sums = np.einsum("nrcij,ijk->nrck", windows, weights[0][:, :, 0]) + weights[1]
        return [np.maximum(sums, 0)]

    image = np.zeros((6, 8), np.uint8)
    image[2:4, 2:7] = 200
    view = activation_explorer(image, layer, ["mine"], weights)
    (maps,) = view.children
    assert maps.arithmetic["kind"] == "output"
    assert len(maps.arithmetic["terms"]) == n_maps
    assert (len(maps.arithmetic["inputs"]), maps.arithmetic["columns"]) == (24, 6)
    assert "text/html" in view._repr_mimebundle_()
    maps.chosen = {"layer": 0, "map": n_maps - 1, "row": 3, "column": 5}
    assert (maps.arithmetic["kind"], maps.arithmetic["columns"]) == ("convolution", 3)


@pytest.mark.parametrize("chosen", [{"layer": -1}, {"map": "3"}, {"row": 1.5}, {"place": 1}])
def test_a_place_that_cannot_be_is_refused(explorer, chosen):
    before = explorer.arithmetic
    with pytest.raises(ValueError, match="each with a whole number from 0 up, got"):
        explorer.chosen = chosen
    assert explorer.arithmetic == before


def test_integers_of_numpy_choose_too_and_what_is_too_far_is_the_last(explorer):
    explorer.chosen = {"layer": np.int64(0), "map": np.argmax([0, 1])}
    assert [type(number) for number in explorer.chosen.values()] == [int, int]
    explorer.chosen = {"layer": 0, "map": 99}
    assert explorer.arithmetic["map"] == 31


def test_another_activation_is_asked_about(seven):
    weights = load_cnn_weights()[:2]

    def tanh(images):
        return [np.tanh(cnn_layers(load_cnn_weights())(images)[0])]

    (maps,) = activation_explorer(seven, tanh, ["conv_1"], weights).children
    maps.chosen = {"layer": 0, "map": 17}
    assert "Or is the activation of this layer not ReLU?" in maps.arithmetic["lines"][1]


@pytest.mark.parametrize(
    ("images", "message"),
    [
        ([[1, 2], [3]], r"expected images of shape \(height, width\) or .*different shapes"),
        (None, "got None"),
        (np.zeros(784), r"got \(784,\): is it flat"),
        (np.zeros((2, 28, 28, 1)), r"got \(2, 28, 28, 1\)"),
    ],
)
def test_images_of_another_kind_are_refused(images, message):
    with pytest.raises(ValueError, match=message):
        activation_explorer(images, one_map, ["mine"])


class Tensor:
    """Numbers as another library keeps them."""

    def __init__(self, numbers):
        self.numbers = numbers

    def __array__(self, dtype=None, copy=None):
        return np.array(self.numbers, dtype)


def test_several_images_may_be_a_tensor(seven):
    (maps,) = activation_explorer(Tensor([seven, seven]), one_map, ["mine"]).children
    assert maps._n_images == 2


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (load_cnn_weights()[0], "expected weights: a list of arrays.*got ndarray"),
        (7, "got int"),
        ([None], "got None"),
        ([array * np.nan for array in load_cnn_weights()], "finite numbers"),
        (load_cnn_weights()[2:], "for 'conv_1', whose maps have shape"),
    ],
)
def test_weights_of_another_kind_are_refused(cnn, seven, weights, message):
    with pytest.raises(ValueError, match=message):
        activation_explorer(seven, cnn, NAMES, weights)


def test_the_explorer_starts_at_the_place_that_is_chosen(cnn, seven):
    place = ("conv_1", 17, 8, 8)
    view = activation_explorer(seven, cnn, NAMES, load_cnn_weights(), chosen=place)
    (maps,) = view.children
    assert maps.arithmetic["said"].startswith("conv 1, map 17, row 8, column 8: sum of the 9")
    assert "conv 1, map 17, row 8, column 8" in view._repr_mimebundle_()["text/html"]
    assert maps._with_image


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ("conv_1", r"one of \['conv_1', .*, the number of a map, row and column, got 'conv_1'"),
        (("conv_1", 17), "the number of a map, row and column"),
        (("conv 1", 17, 8, 8), "expected chosen: one of"),
        (("conv_1", 32, 8, 8), "expected the map of conv_1: from 0 to 31, got 32"),
        (("conv_1", 17, 26, 8), "expected the row of conv_1: from 0 to 25, got 26"),
        (("conv_1", 17, 8, 8.0), "expected the column of conv_1: from 0 to 25, got 8.0"),
    ],
)
def test_a_place_that_is_not_there_is_refused(cnn, seven, chosen, message):
    with pytest.raises(ValueError, match=message):
        activation_explorer(seven, cnn, NAMES, load_cnn_weights(), chosen=chosen)


def test_a_function_that_fails_is_shown_though_a_place_is_chosen(seven):
    view = activation_explorer(seven, lambda images: 1 / 0, ["mine"], chosen=("mine", 1, 2, 3))
    assert "ZeroDivisionError" in shown(view)["error"]


def test_an_old_lesson_is_told_where_the_kernel_explorer_is():
    with pytest.raises(ImportError, match="is now a part of activation_explorer"):
        from course_utils.widgets import kernel_explorer  # noqa: F401
    assert not hasattr(widgets, "nothing_of_this_name")
