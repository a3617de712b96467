"""The playground trains what its menus say, and starts over when one of them changes."""

import re
import sys

import numpy as np
import pytest

from course_utils.widgets import playground, playground_points


@pytest.fixture(autouse=True)
def one_picture_per_press(monkeypatch):
    monkeypatch.setattr(sys.modules["course_utils.widgets.playground"], "REDRAWS", 1)


def caption(picture):
    return re.search("<figcaption>(.*?)</figcaption>", picture.value)[1]


class Controls:
    """The controls of a playground, by the names that a learner reads."""

    def __init__(self):
        children = playground().children
        rows, buttons, self.picture = children[:3], children[3], children[-1]
        self.menus = {menu.description: menu for row in rows for menu in row.children}
        self.train, self.restart = buttons.children[:2]

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
def test_changing_any_setting_starts_a_new_network(name, value):
    controls = Controls()
    controls.train.click()
    controls.menus[name].value = value
    assert caption(controls.picture) == "Not trained yet."
    controls.train.click()
    assert caption(controls.picture).startswith("Step 100, ")


def test_starting_over_gives_the_same_network_again():
    controls = Controls()
    controls.train.click()
    first = controls.picture.value
    controls.restart.click()
    assert caption(controls.picture) == "Not trained yet."
    controls.train.click()
    assert controls.picture.value == first


@pytest.mark.filterwarnings("ignore:Deprecated in traitlets")  # by the oldest anywidget
@pytest.mark.filterwarnings("error")
def test_no_learning_rate_causes_a_warning():
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
