"""Maps and their arithmetic in JupyterLab: with mouse and keyboard, checked against NumPy."""

from itertools import product

import numpy as np
import pytest
from playwright.sync_api import expect

from course_utils.datasets import load_cnn_weights, load_mnist
from tests.browser.jupyterlab import assert_axe_finds_nothing, stroke
from tests.drawn_digits import cnn_layers, cnn_probabilities

SETUP = """
import numpy as np
from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.widgets import DigitPad, activation_explorer, live_activations
from tests.drawn_digits import cnn_layers, cnn_probabilities

weights = load_cnn_weights()
digits = load_mnist().test_images[:3]
layers, cnn = cnn_layers(weights), cnn_probabilities(weights)
names = ["conv_1", "pool_1", "conv_2", "pool_2"]

def halves(images):
    return [images[..., np.newaxis] / 255 * [0, 1, 0.5]]
"""
CELLS = [
    "pad = DigitPad()\nlive_activations(pad, layers, names, {'CNN': cnn}, weights)",
    "other = DigitPad()\nlive_activations(other, halves, ['mine'])",
]
STILL = "activation_explorer(digits, layers, names, weights)"
SHAPES = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64)]
CONV_1, POOL_1, CONV_2, POOL_2 = range(4)
SEVEN = [(0.2, 0.2), (0.7, 0.2), (0.4, 0.8)]
# The colour at some places on a canvas, from 0 to 1, as "red,green,blue,opacity".
COLORS_AT = """(canvas, places) => places.map(([x, y]) => canvas.getContext('2d').getImageData(
  Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data.join())"""
PIXELS = """(canvas) => canvas.getContext('2d').getImageData(
  0, 0, canvas.width, canvas.height).data.join()"""
WEIGHTS, MINUS = load_cnn_weights(), "\N{MINUS SIGN}"
DARKEST, GAP = "68,1,84,255", "0,0,0,0"


@pytest.fixture
def notebook(run_notebook):
    """A notebook with the four layers of the CNN, and another pad beside a layer of three maps."""
    notebook = run_notebook(SETUP, *CELLS)
    expect(tiles(notebook)).to_have_count(5)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def tiles(notebook):
    return notebook.page.locator(".live-activations .tiles")


def test_a_stroke_drawn_with_the_mouse_lights_up_all_four_layers(notebook):
    before = [tiles(notebook).nth(i).evaluate(PIXELS) for i in range(5)]
    stroke(notebook, SEVEN)
    notebook.wait("len(pad.strokes[0])", 17)
    expect(notebook.page.locator(".digit-predictions caption")).to_have_text("CNN: 7")
    for i in range(4):
        notebook.page.wait_for_function(
            f"([canvas, before]) => ({PIXELS})(canvas) !== before",
            arg=[tiles(notebook).nth(i).element_handle(), before[i]],
        )
    assert tiles(notebook).nth(4).evaluate(PIXELS) == before[4]  # another pad


def test_the_tiles_have_the_colors_of_their_maps(notebook):
    stroke(notebook, [(0.5, 0.2), (0.5, 0.8)], index=1)
    canvas = tiles(notebook).nth(4)
    expect(canvas).to_have_attribute(
        "aria-label",
        "mine: (28, 28, 3): 1 of 3 maps are bright, map 1 in most places. "
        "Arrow keys go from map to map, Enter into the large one.",
    )
    width = 8 * 30 - 2  # tiles of 28 pixels with gaps of 2
    places = [(x / width, 0.5) for x in (14.5, 29, 44.5, 74.5, 150)]
    nothing, gap, full, half, no_tile = canvas.evaluate(COLORS_AT, places)
    assert (nothing, gap, no_tile) == (DARKEST, GAP, GAP)
    assert full.startswith("253,231,")
    assert half not in (DARKEST, full)


def test_a_stroke_drawn_with_keys_changes_the_maps_and_their_names(notebook):
    canvas = tiles(notebook).first
    blank, said = canvas.evaluate(PIXELS), canvas.get_attribute("aria-label")
    assert said.startswith("conv 1: (26, 26, 32): ")
    notebook.page.locator(".digit-pad .paper").first.focus()
    for key in ["Space", "Shift+ArrowDown", "Shift+ArrowDown"]:
        notebook.page.keyboard.press(key)
    expect(canvas).not_to_have_attribute("aria-label", said)
    assert canvas.evaluate(PIXELS) != blank
    notebook.page.keyboard.press("Delete")
    expect(canvas).to_have_attribute("aria-label", said)


def test_python_can_draw_and_the_scale_says_how_strong_the_strongest_is(notebook):
    scale = notebook.page.locator(".live-activations .scale").last
    expect(scale).to_contain_text("0.00")
    notebook.ask("setattr(other, 'strokes', [[[0.5, 0.1], [0.5, 0.9]]])")
    expect(scale).to_contain_text("1.00")


def test_an_error_is_shown_in_place_of_the_maps_until_it_is_fixed(run_notebook):
    notebook = run_notebook(
        SETUP,
        "def moody(images):\n"
        "    return layers(images)[0 if images.any() else 4:]\n"
        "live_activations(DigitPad(), moody, names, weights=weights)",
    )
    error = notebook.page.locator(".live-activations .error")
    expect(error).to_contain_text("it returned nothing")
    expect(tiles(notebook)).to_have_count(0)
    stroke(notebook, SEVEN)
    expect(tiles(notebook).first).to_be_visible()
    expect(error).to_be_empty()
    choose(notebook, CONV_2, 14)
    expect(part(notebook, "said")).to_contain_text("conv 2, map 14")
    notebook.page.get_by_role("button", name="Clear").click()
    expect(error).to_contain_text("For one image, of shape (1, 28, 28), it should return")
    expect(tiles(notebook).first).to_be_hidden()
    expect(part(notebook, "said")).to_be_empty()
    stroke(notebook, SEVEN)
    expect(title(notebook)).to_contain_text("conv 2, map 14")
    assert not notebook.complaints
    notebook.close()


# The arithmetic, on a still image


@pytest.fixture(scope="module")
def maps():
    """The first test image from 0 to 1, and what the four layers make of it."""
    image = load_mnist().test_images[0]
    return [image / 255, *(layer[0] for layer in cnn_layers(WEIGHTS)(image[np.newaxis]))]


@pytest.fixture(scope="module")
def still(run_notebook):
    """An explorer of still images, for the tests that follow: each says where it begins."""
    notebook = run_notebook(SETUP, STILL)
    expect(tiles(notebook)).to_have_count(4)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def part(notebook, name):
    return notebook.page.locator(f".live-activations .{name}")


def title(notebook):
    return part(notebook, "title")


def choose(notebook, layer, index):
    """Click on the tile of a map."""
    canvas = tiles(notebook).nth(layer)
    box = canvas.bounding_box()
    rows = SHAPES[layer][2] // 8
    x, y = (index % 8 + 0.5) / 8 * box["width"], (index // 8 + 0.5) / rows * box["height"]
    canvas.click(position={"x": x, "y": y})
    name = ("conv 1", "pool 1", "conv 2", "pool 2")[layer]
    expect(title(notebook).first).to_contain_text(f"{name}, map {index}, row ")


def hover(canvas, row, column, shape):
    """Move the mouse to the middle of a cell."""
    box = canvas.bounding_box()
    x, y = (column + 0.5) / shape[1] * box["width"], (row + 0.5) / shape[0] * box["height"]
    canvas.hover(position={"x": x, "y": y})


def numbers_in(cells):
    texts = cells.locator("span").all_inner_texts()
    return np.array([as_number(text) for text in texts])


def as_number(text):
    return float(text.replace(MINUS, "-"))


def text(number):
    return f"{number:.3f}".replace("-", MINUS)


def says(notebook, *lines):
    expect(part(notebook, "reading")).to_have_text("\n".join(lines), use_inner_text=True)


def tables(notebook):
    return [numbers_in(part(notebook, "numbers").nth(i)) for i in range(3)]


def test_the_mouse_on_a_map_of_conv_1_shows_nine_pixels_products_bias_and_relu(still, maps):
    kernel, bias = WEIGHTS[0][:, :, 0, 17], WEIGHTS[1][17]
    choose(still, CONV_1, 17)
    for canvas, shift, shape in (("map", 0, (26, 26)), ("source", 1, (28, 28))):
        for row, column in ((6, 8), (8, 9)):
            hover(part(still, canvas), row + shift, column + shift, shape)
            expect(title(still)).to_have_text(f"conv 1, map 17, row {row}, column {column}")
            patch = maps[0][row : row + 3, column : column + 3]
            total = (patch * kernel).sum()
            says(
                still,
                f"sum of the 9 products: {text(total)}",
                f"plus the bias of {text(bias)}: {text(total + bias)}",
                f"after ReLU: {text(maps[1][row, column, 17])}",
            )
            for shown, true in zip(tables(still), (patch, kernel, patch * kernel), strict=True):
                assert np.abs(shown - true.ravel()).max() <= 0.0051


def test_a_pool_shows_its_four_values_and_which_won(still, maps):
    choose(still, POOL_1, 17)
    hover(part(still, "map"), 4, 4, (13, 13))
    expect(title(still)).to_have_text("pool 1, map 17, row 4, column 4")
    four = maps[1][8:10, 8:10, 17]
    down, right = divmod(int(four.argmax()), 2)
    says(
        still,
        f"largest of four values: {text(four.max())}",
        f"at row {8 + down}, column {8 + right} of conv 1",
    )
    assert np.abs(numbers_in(part(still, "numbers").first) - four.ravel()).max() <= 0.0051
    winner = part(still, "numbers").first.locator(".chosen")
    assert as_number(winner.inner_text()) == pytest.approx(four.max(), abs=0.0051)


def test_a_value_of_conv_2_is_the_sum_of_32_parts_the_strongest_three_named(still, maps):
    choose(still, CONV_2, 14)
    hover(part(still, "map"), 6, 6, (11, 11))
    expect(title(still)).to_have_text("conv 2, map 14, row 6, column 6")
    patch, kernel, bias = maps[2][6:9, 6:9], WEIGHTS[2][..., 14], WEIGHTS[3][14]
    parts = (patch * kernel).sum(axis=(0, 1))  # (32,)
    first, second, third = np.argsort(-np.abs(parts))[:3]
    says(
        still,
        f"sum over 32 maps: {text(parts.sum())}; strongest: map {first} +{parts[first]:.3f}, "
        f"map {second} +{parts[second]:.3f}, map {third} +{parts[third]:.3f}",
        f"plus the bias of {text(bias)}: {text(parts.sum() + bias)}",
        f"after ReLU: {text(maps[3][6, 6, 14])}",
    )
    cells = part(still, "terms")
    assert np.abs(numbers_in(cells) - parts).max() <= 0.0051
    cells.locator("span").nth(5).hover()
    expect(part(still, "of-tables")).to_contain_text("map 5: 9 values × 9 weights add")
    for shown, true in zip(
        tables(still), (patch[..., 5], kernel[..., 5], (patch * kernel)[..., 5]), strict=True
    ):
        assert np.abs(shown - true.ravel()).max() <= 0.0051


def test_an_output_shows_what_each_map_adds_to_its_logit_and_the_softmax(still, maps):
    part(still, "output").nth(3).click()
    expect(title(still)).to_have_text("output 3")
    products = maps[4].reshape(25, 64) * WEIGHTS[4][:, 3].reshape(25, 64)
    parts, bias = products.sum(axis=0), WEIGHTS[5][3]
    assert np.abs(numbers_in(part(still, "terms")) - parts).max() <= 0.0051
    order = np.argsort(parts)
    reading = part(still, "reading")
    expect(reading).to_contain_text(f"for it: map {order[-1]} +{parts[order[-1]]:.3f}, map ")
    expect(reading).to_contain_text(f"against it: map {order[0]} {text(parts[order[0]])}, map ")
    logits = maps[4].reshape(-1) @ WEIGHTS[4] + WEIGHTS[5]
    expect(reading).to_contain_text(f"plus the bias of {text(bias)}: logit {text(logits[3])}")
    rows = part(still, "softmax tbody tr")
    expect(rows).to_have_count(10)
    shown = np.array([[as_number(cell) for cell in row.split()] for row in rows.all_inner_texts()])
    powers = np.exp(logits - logits.max())
    expected = [np.arange(10), logits, powers, powers / powers.sum()]
    assert np.abs(shown - np.transpose(expected)).max() <= 0.0051
    image = load_mnist().test_images[:1]
    assert np.abs(shown[:, 3] - cnn_probabilities(WEIGHTS)(image)[0]).max() <= 0.0001


def test_clicks_lead_from_the_output_down_to_the_image_and_back(still):
    part(still, "output").nth(7).click()
    back = part(still, "back")
    expect(back).to_be_hidden()
    part(still, "terms").locator("span").nth(14).click()
    expect(title(still)).to_contain_text("pool 2, map 14, row ")
    part(still, "source").click()
    expect(title(still)).to_contain_text("conv 2, map 14, row ")
    part(still, "terms").locator("span").nth(28).click()
    expect(title(still)).to_contain_text("pool 1, map 28, row ")
    part(still, "source").click()
    expect(title(still)).to_contain_text("conv 1, map 28, row ")
    expect(part(still, "of-source")).to_have_text("image")
    for name in ("pool 1, map 28", "conv 2, map 14", "pool 2, map 14", "output 7"):
        back.click()
        expect(title(still)).to_contain_text(name)
    expect(back).to_be_hidden()


def test_keys_go_from_tile_to_tile_into_the_map_and_down_to_the_image(still):
    press, focused = still.page.keyboard.press, still.page.locator(":focus")
    tiles(still).first.focus()
    expect(title(still)).to_contain_text("conv 1, map 0, row ")
    for key, name in [
        ("ArrowRight", "conv 1, map 1"),
        ("ArrowDown", "conv 1, map 9"),
        ("ArrowLeft", "conv 1, map 8"),
        ("ArrowLeft", "conv 1, map 8"),  # there is none
        *[("ArrowRight", f"conv 1, map {k}") for k in range(9, 16)],
        ("ArrowRight", "pool 1, map 8"),  # the next layer
        ("ArrowUp", "pool 1, map 0"),
    ]:
        press(key)
        expect(title(still)).to_contain_text(f"{name}, row ")
    press("Enter")
    assert focused.evaluate("part => part.className") == "map"
    found = title(still).inner_text()
    press("ArrowDown")
    expect(title(still)).not_to_have_text(found)
    press("ArrowUp")
    expect(title(still)).to_have_text(found)
    press("Enter")
    expect(title(still)).to_contain_text("conv 1, map 0, row ")
    part(still, "outputs").focus()
    expect(title(still)).to_have_text("output 7")
    press("ArrowLeft")
    expect(title(still)).to_have_text("output 6")
    press("Enter")
    assert focused.evaluate("part => part.className") == "terms"
    press("ArrowRight")
    press("Enter")
    expect(title(still)).to_contain_text("pool 2, map ")
    expect(part(still, "map")).to_be_focused()
    part(still, "back").press("Enter")
    expect(title(still)).to_have_text("output 6")
    expect(part(still, "terms")).to_be_focused()


def test_screen_readers_hear_one_sentence_about_the_value_and_find_names(still):
    choose(still, CONV_1, 17)
    hover(part(still, "map"), 8, 9, (26, 26))
    expect(part(still, "said")).to_contain_text(
        "conv 1, map 17, row 8, column 9: sum of the 9 products: 0."
    )
    expect(part(still, "said")).to_contain_text("after ReLU: 0.704.")
    expect(still.page.locator(".live-activations")).to_match_aria_snapshot("""
      - group "Feature maps":
        - spinbutton "image": "0"
        - checkbox "numbers"
        - figure:
          - application /conv 1. .*Arrow keys go from map to map/
    """)


def test_maps_that_are_0_everywhere_are_marked_and_numbers_are_shown_on_demand(still):
    marks = part(still, "marks").nth(CONV_2)
    white = """(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(
      Math.floor(x * canvas.width) - 2, Math.floor(y * canvas.height) - 2, 5, 5
    ).data].some(Boolean)"""
    corner = {k: [(k % 8 + 0.7) / 8, (k // 8 + 0.7) / 8] for k in (20, 26, 49)}

    def marked():
        return {k: marks.evaluate(white, place) for k, place in corner.items()}

    assert marked() == {20: True, 26: False, 49: True}
    before = marks.evaluate(PIXELS)
    still.page.get_by_label("numbers").check()
    assert marked() == {20: True, 26: False, 49: True}  # no number covers the cross
    assert marks.evaluate(PIXELS) != before
    still.page.get_by_label("numbers").uncheck()
    assert marks.evaluate(PIXELS) == before


def test_keys_on_the_widget_are_not_commands_of_the_notebook(still):
    cells = still.page.locator(".jp-Notebook .jp-Cell").count()
    for name in ("tiles", "map", "source", "outputs", "terms"):
        if name in ("outputs", "terms"):
            part(still, "output").first.click()
        part(still, name).first.focus()
        for key in ["a", "b", "d", "d", "x", "0", "0", "Enter", "ArrowDown"]:
            still.page.keyboard.press(key)
    assert still.page.locator(".jp-Notebook .jp-Cell").count() == cells
    expect(still.page.locator(".jp-Dialog")).to_have_count(0)


def test_another_image_is_chosen_by_its_number_and_the_place_is_kept(still):
    choose(still, CONV_1, 17)
    hover(part(still, "map"), 8, 9, (26, 26))
    expect(title(still)).to_have_text("conv 1, map 17, row 8, column 9")
    thumb = still.page.get_by_role("img", name="The image")
    first = thumb.evaluate(PIXELS)
    still.page.get_by_label("image", exact=True).fill("2")
    still.page.wait_for_function(
        f"([canvas, before]) => ({PIXELS})(canvas) !== before",
        arg=[thumb.element_handle(), first],
    )
    expect(part(still, "output").nth(1)).to_contain_text("1.00")
    expect(title(still)).to_have_text("conv 1, map 17, row 8, column 9")
    image = load_mnist().test_images[2]
    value = cnn_layers(WEIGHTS)(image[np.newaxis])[0][0, 8, 9, 17]
    expect(part(still, "reading")).to_contain_text(f"after ReLU: {text(value)}")


def test_labels_names_and_contrast_pass_axe_and_it_looks_right(still, screenshots):
    page = still.page
    for look, width in product(("light", "dark", "forced light"), (1280, 800)):
        still.wear(look)
        still.resize(width, 720)
        for name, click in {
            "conv_1": lambda: choose(still, CONV_1, 17),
            "conv_2": lambda: choose(still, CONV_2, 14),
            "output": lambda: part(still, "output").nth(7).click(),
        }.items():
            click()
            page.get_by_label("numbers").set_checked(name != "output")
            page.locator(".live-activations").evaluate("el => el.scrollIntoView()")
            page.wait_for_timeout(300)
            page.screenshot(path=screenshots / f"activations_{name}_{look}_{width}.png")
            boxes = [part(still, one).first.bounding_box() for one in ("tiles", "terms", "map")]
            assert all(box["x"] + box["width"] <= width for box in boxes if box)
            if width == 1280:  # seen together with its tile
                reading = part(still, "reading").bounding_box()
                assert reading["y"] + reading["height"] <= 720
        if look != "forced light" and width == 800:
            assert_axe_finds_nothing(page, ".live-activations")


def test_two_views_of_one_explorer_agree_on_what_is_chosen(run_notebook):
    notebook = run_notebook(SETUP, f"view = {STILL}\ndisplay(view, view)")
    expect(tiles(notebook)).to_have_count(8)
    choose(notebook, CONV_1, 17)
    expect(title(notebook).nth(1)).to_contain_text("conv 1, map 17, row ")
    second = tiles(notebook).nth(4 + CONV_2)
    second.click(position={"x": 10, "y": 10})
    second.press("ArrowRight")
    for i in range(2):
        expect(title(notebook).nth(i)).to_contain_text("conv 2, map 1, row ")
    tiles(notebook).nth(CONV_2).press("ArrowRight")  # from where the other view is
    for i in range(2):
        expect(title(notebook).nth(i)).to_contain_text("conv 2, map 2, row ")
    fields = notebook.page.get_by_label("image", exact=True)
    fields.first.fill("2")
    expect(fields.nth(1)).to_have_value("2")
    notebook.ask("setattr(view.children[0], 'chosen', {'layer': 0, 'map': 99})")
    for i in range(2):
        expect(title(notebook).nth(i)).to_contain_text("conv 1, map 31, row ")
    tiles(notebook).first.press("ArrowRight")
    tiles(notebook).first.click(position={"x": 10, "y": 10})
    expect(title(notebook).first).to_contain_text("conv 1, map 0, row ")
    assert not notebook.complaints
    notebook.close()


# The arithmetic, live


def test_the_arithmetic_follows_a_stroke(notebook):
    choose(notebook, CONV_1, 17)
    hover(part(notebook, "map").first, 9, 9, (26, 26))
    expect(title(notebook).first).to_have_text("conv 1, map 17, row 9, column 9")
    expect(part(notebook, "reading").first).to_contain_text("sum of the 9 products: 0.000")
    stroke(notebook, SEVEN)
    notebook.wait("len(pad.strokes[0])", 17)
    patch = np.array(notebook.ask("(pad.image[9:12, 9:12] / 255).tolist()"))
    total = (patch * WEIGHTS[0][:, :, 0, 17]).sum()
    assert abs(total) > 0.1
    expect(part(notebook, "reading").first).to_contain_text(f"sum of the 9 products: {text(total)}")
    expect(title(notebook).first).to_have_text("conv 1, map 17, row 9, column 9")


def test_without_weights_a_map_opens_large_with_the_value_under_the_cursor(notebook):
    stroke(notebook, [(0.5, 0.2), (0.5, 0.8)], index=1)
    canvas = tiles(notebook).nth(4)
    canvas.click(position={"x": canvas.bounding_box()["width"] * 2.5 / 8, "y": 10})
    expect(title(notebook).nth(1)).to_contain_text("mine, map 2, row ")
    expect(part(notebook, "reading").nth(1)).to_have_text("value: 0.500")
    expect(part(notebook, "source").nth(1)).to_be_hidden()


def test_weights_that_do_not_belong_to_the_maps_are_named_instead_of_wrong_sums(run_notebook):
    notebook = run_notebook(
        SETUP, "activation_explorer(digits[0], layers, names, [w * 1.5 for w in weights])"
    )
    choose(notebook, CONV_2, 14)
    expect(part(notebook, "reading")).to_contain_text("they do not belong to these maps")
    expect(part(notebook, "source")).to_be_hidden()
    expect(part(notebook, "terms")).to_be_hidden()
    assert not notebook.complaints
    notebook.close()
