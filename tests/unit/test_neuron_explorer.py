"""The neuron explorer follows its sliders."""

import re

import numpy as np
import pytest

from course_utils.widgets import neuron_explorer

POINTS = np.array([[0.1, 0.1], [0.9, 0.9], [0.8, 0.7]])
LABELS = np.array([0, 1, 1])


def caption(picture):
    return re.search("<figcaption>(.*?)</figcaption>", picture.value)[1]


def alt(picture):
    return re.search('<img alt="(.*?)"', picture.value)[1]


def test_the_picture_follows_the_sliders_of_a_neuron():
    view = neuron_explorer(POINTS, LABELS, weights=(0, 5), bias=-4)
    sliders, picture = view.children[:3], view.children[-1]
    assert [slider.description for slider in sliders] == ["weight 1", "weight 2", "bias"]
    assert "2 of 3 points right" in alt(picture)
    before = picture.value
    for slider, value in zip(sliders, (4, 4, -4), strict=True):
        slider.value = value
    assert picture.value != before
    assert "weights 4.0 and 4.0 and bias -4.0" in alt(picture)
    assert "3 of 3 points right" in alt(picture)
    assert caption(picture) == "One neuron: sigmoid(4.0 x₁ + 4.0 x₂ - 4.0)."


def test_a_picture_that_was_moved_to_is_the_one_that_would_have_been_drawn_anew():
    moved = neuron_explorer(POINTS, LABELS, weights=(5, 5), bias=10)  # without a line
    for weight in (4, -3, 2):
        moved.children[0].value = weight
    moved.children[2].value = -1
    new = neuron_explorer(POINTS, LABELS, weights=(2, 5), bias=-1)
    new.redraw()
    assert moved.children[-1].value == new.children[-1].value


@pytest.mark.filterwarnings("ignore:Deprecated in traitlets")  # by the oldest anywidget
@pytest.mark.filterwarnings("error")
def test_a_neuron_with_one_answer_everywhere_draws_no_line_and_no_warning():
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
        (POINTS * np.nan, LABELS, "points of finite numbers"),
    ],
)
def test_a_neuron_needs_points_with_labels(points, labels, message):
    with pytest.raises(ValueError, match=message):
        neuron_explorer(points, labels)


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ({"weights": None}, "expected two weights, got None"),
        ({"weights": (1,)}, r"expected two weights from -10 to 10, got \(1,\)"),
        ({"weights": (1, np.nan)}, "expected two weights from -10 to 10, got"),
        ({"weights": (20, 0)}, r"expected two weights from -10 to 10, got \(20, 0\)"),
        ({"bias": np.nan}, "expected a bias from -10 to 10, got nan"),
        ({"bias": (1, 2)}, r"expected a bias from -10 to 10, got \(1, 2\)"),
        ({"bias": "1"}, "expected a bias, got str"),
    ],
)
def test_sliders_start_within_their_range(start, message):
    with pytest.raises(ValueError, match=message):
        neuron_explorer(POINTS, LABELS, **start)
