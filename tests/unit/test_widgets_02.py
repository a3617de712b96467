"""The neuron and the playground of lesson 2 answer their controls and leave nothing behind."""

import re
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.widgets.neuron_explorer import neuron_explorer
from course_utils.widgets.playground import playground, playground_points

POINTS = np.array([[0.1, 0.1], [0.9, 0.9], [0.8, 0.7]])
LABELS = np.array([0, 1, 1])


@pytest.fixture(autouse=True)
def no_figure_is_left_open():
    yield
    assert not plt.get_fignums()


@pytest.fixture(autouse=True)
def one_picture_at_a_press(monkeypatch):
    monkeypatch.setattr(sys.modules["course_utils.widgets.playground"], "REDRAWS", 1)


def caption(picture):
    return re.search("<figcaption>(.*?)</figcaption>", picture.value)[1]


def alt(picture):
    return re.search('<img alt="(.*?)"', picture.value)[1]


def test_the_picture_follows_the_sliders_of_a_neuron():
    view = neuron_explorer(POINTS, LABELS, weights=(0, 5), bias=-4)
    *sliders, _, picture = view.children
    assert [slider.description for slider in sliders] == ["weight 1", "weight 2", "bias"]
    assert "2 of 3 points right" in alt(picture)
    before = picture.value
    for slider, value in zip(sliders, (4, 4, -4), strict=True):
        slider.value = value
    assert picture.value != before
    assert "weights 4.0 and 4.0 and bias -4.0" in alt(picture)
    assert "3 of 3 points right" in alt(picture)
    assert caption(picture) == "One neuron: sigmoid(4.0 x₁ + 4.0 x₂ - 4.0)."


@pytest.mark.filterwarnings("ignore:Deprecated in traitlets")  # by the oldest anywidget
@pytest.mark.filterwarnings("error")
def test_a_neuron_that_says_the_same_everywhere_draws_no_line_and_no_warning():
    view = neuron_explorer(POINTS, LABELS, weights=(0, 0), bias=10)
    for value in (0, -10):
        view.children[2].value = value
    assert "1 of 3 points right" in alt(view.children[-1])


@pytest.mark.parametrize(
    ("points", "labels", "message"),
    [
        (POINTS.T[:, :2], LABELS, "one label for each"),
        (POINTS, [1, 2, 3], "expected labels 0 and 1"),
        (None, LABELS, "got None"),
    ],
)
def test_a_neuron_needs_points_with_labels(points, labels, message):
    with pytest.raises(ValueError, match=message):
        neuron_explorer(points, labels)


@pytest.mark.parametrize("make", [lambda: neuron_explorer(POINTS, LABELS), playground])
def test_without_a_kernel_a_picture_with_a_note_stands_for_the_widget(make):
    widget = make()
    bundle = widget._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert bundle["text/html"].startswith(widget.children[-1].value)
    assert "Run this cell" in bundle["text/html"]
    assert bundle["text/plain"].startswith("Figure: ")
    assert "VBox" not in bundle["text/plain"]


class Controls:
    """The controls of a playground, by the names that a learner reads."""

    def __init__(self):
        *rows, buttons, self.picture = playground().children
        self.menus = {menu.description: menu for row in rows for menu in row.children}
        self.train, self.anew = buttons.children[:2]

    def choose(self, **values):
        for name, value in values.items():
            self.menus[name.replace("_", " ")].value = value

    def loss(self):
        return float(re.search(r"loss (\d+\.\d+)", caption(self.picture))[1])

    def accuracy(self):
        return float(re.search(r"accuracy (\d\.\d+)", caption(self.picture))[1])


def test_the_playground_begins_with_a_linear_model():
    controls = Controls()
    assert list(controls.menus) == [
        "data", "features", "hidden layers", "activation", "alpha", "learning rate",
    ]  # fmt: skip
    assert controls.menus["hidden layers"].value == "none (linear model)"
    assert caption(controls.picture) == "Not trained yet."


def test_training_redraws_boundary_and_loss_on_the_way(monkeypatch):
    monkeypatch.setattr(sys.modules["course_utils.widgets.playground"], "REDRAWS", 5)
    controls, seen = Controls(), []
    controls.picture.observe(lambda change: seen.append(change["new"]), names="value")
    controls.train.click()
    assert len(set(seen)) == 5
    assert caption(controls.picture).startswith("Step 100, loss ")
    first = controls.loss()
    controls.choose(data="two groups")
    controls.train.click()
    controls.train.click()
    assert caption(controls.picture).startswith("Step 200, loss ")
    assert controls.loss() < first


def test_product_squares_and_hidden_layers_do_what_the_lesson_says():
    controls = Controls()
    reached = {}
    for data in ("four corners", "ring"):
        for features in ("x₁, x₂", "x₁, x₂, product", "x₁, x₂, squares"):
            controls.choose(data=data, features=features)
            controls.train.click()
            reached[data, features] = controls.accuracy()
    assert reached["four corners", "x₁, x₂, product"] > 0.85
    assert reached["ring", "x₁, x₂, squares"] > 0.95
    for pair in (
        ("four corners", "x₁, x₂"), ("four corners", "x₁, x₂, squares"),
        ("ring", "x₁, x₂"), ("ring", "x₁, x₂, product"),
    ):  # fmt: skip
        assert reached[pair] < 0.75, pair
    controls.choose(features="x₁, x₂", hidden_layers="8 and 8 units")
    controls.train.click()
    assert controls.accuracy() > 0.95
    controls.choose(activation="none")
    controls.train.click()
    assert controls.accuracy() < 0.65  # without an activation, layers are one linear model


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("data", "two spirals"),
        ("features", "x₁, x₂, product, squares"),
        ("hidden layers", "2 units"),
        ("activation", "ReLU"),
        ("alpha", "10"),
        ("learning rate", "0.1"),
    ],
)
def test_a_change_of_any_setting_begins_with_a_new_network(name, value):
    controls = Controls()
    controls.train.click()
    controls.menus[name].value = value
    assert caption(controls.picture) == "Not trained yet."
    controls.train.click()
    assert caption(controls.picture).startswith("Step 100, ")


def test_starting_again_gives_the_same_network_again():
    controls = Controls()
    controls.train.click()
    first = controls.picture.value
    controls.anew.click()
    assert caption(controls.picture) == "Not trained yet."
    controls.train.click()
    assert controls.picture.value == first


@pytest.mark.filterwarnings("ignore:Deprecated in traitlets")  # by the oldest anywidget
@pytest.mark.filterwarnings("error")
def test_no_setting_of_the_rate_ends_in_a_warning():
    controls = Controls()
    for activation in controls.menus["activation"].options:
        controls.choose(hidden_layers="8 and 8 units", learning_rate="1", activation=activation)
        controls.train.click()
        assert np.isfinite(controls.loss())


@pytest.mark.parametrize("name", sys.modules["course_utils.widgets.playground"].DATA)
def test_the_points_are_two_balanced_groups_in_view_and_the_same_each_time(name):
    X, y = playground_points(name)
    assert X.shape == (200, 2)
    assert y.shape == (200,)
    assert 0.4 < y.mean() < 0.6
    assert np.abs(X).max() < 1.25
    assert np.array_equal(X, playground_points(name)[0])


def test_an_unknown_data_set_is_refused_with_the_names_there_are():
    with pytest.raises(ValueError, match=r"expected one of two groups, .* got 'moons'"):
        playground_points("moons")
