"""Figures of lesson 2: layered networks, functions, boundaries of two classes, cost curves."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection

from course_utils import plots


def units(figure):
    """(x, number) of each drawn layer; dots and signs are smaller or on other scales."""
    drawn = [c for c in figure.axes[0].collections if isinstance(c, PathCollection)]
    return [(c.get_offsets()[0, 0], len(c.get_offsets())) for c in drawn if len(c.get_edgecolors())]


def lines(figure):
    drawn = [c for c in figure.axes[0].collections if isinstance(c, LineCollection)]
    return [len(c.get_segments()) for c in drawn]


def test_a_small_network_is_drawn_with_all_units_and_weights():
    figure = plots.layered_network((2, 2, 3, 2), ["a", "b", "c", "d"])
    assert units(figure) == [(0, 2), (1, 2), (2, 3), (3, 2)]
    assert lines(figure) == [2 * 2 + 2 * 3 + 3 * 2]
    written = [text.get_text() for text in figure.axes[0].texts]
    assert written == ["2", "a", "2", "b", "3", "c", "2", "d"]


def test_a_large_layer_is_cut_short_by_dots_and_its_size_is_written():
    figure = plots.layered_network((784, 16, 16, 10))
    assert [text.get_text() for text in figure.axes[0].texts] == ["784", "16", "16", "10"]
    assert [count for _, count in units(figure)][:3] == [14, 3, 16]
    assert lines(figure) == [14 * 16 + 16 * 16 + 16 * 10]


def test_the_weights_of_one_unit_can_be_drawn_stronger():
    figure = plots.layered_network((3, 2, 1), into=1)
    assert lines(figure) == [8, 3]
    weak, strong = figure.axes[0].collections[:2]
    assert strong.get_linewidths()[0] > weak.get_linewidths()[0]


def test_a_play_sign_stands_on_top():
    plain, film = (plots.layered_network((3, 2), play_sign=sign) for sign in (False, True))
    assert len(film.axes[0].collections) == len(plain.axes[0].collections) + 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((3,),), r"at least two layers, such as \(2, 3, 2\), got \[3\]"),
        ((784,), "at least two layers, .* got 784"),
        (((3, 0),), "expected sizes: a whole number from 1, got 0"),
        (((3, 2.5),), "expected sizes: a whole number from 1, got 2.5"),
        (((3, 2), ["a"]), "expected 2 names, one per layer, got 1"),
    ],
)
def test_what_is_no_network_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        plots.layered_network(*arguments)


@pytest.mark.parametrize(
    ("into", "hint"), [(0, "nothing leads into the inputs"), (2, "from 1 to 1")]
)
def test_only_a_layer_after_the_inputs_has_weights_into_it(into, hint):
    with pytest.raises(ValueError, match=hint):
        plots.layered_network((3, 2), into=into)


GRID = np.linspace(0, 1, 5)
POINTS, LABELS = np.array([[0, 0], [1, 1], [0.5, 1]]), np.array([0, 1, 1])


def test_planes_show_each_classifier_with_the_points_on_one_named_scale():
    values = np.tile(np.linspace(0, 1, 5), (2, 5, 1))  # (2, 5, 5)
    figure = plots.planes(GRID, values, POINTS, LABELS, ["a", "b"], scale="output")
    *panels, bar = figure.axes
    assert [axis.get_title() for axis in panels] == ["a", "b"]
    assert bar.get_ylabel() == "output"
    for axis in panels:
        circles, triangles = axis.collections[-2:]
        assert circles.get_offsets().tolist() == [[0, 0]]
        assert triangles.get_offsets().tolist() == [[1, 1], [0.5, 1]]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [0, 0.5, 1])
def test_a_plane_of_one_colour_has_no_border(value):
    plots.planes(GRID, np.full((1, 5, 5), value), POINTS, LABELS, scale="output")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"values": np.zeros((5, 5))}, "expected values of shape"),
        ({"labels": [1, 2, 3]}, "expected labels 0 and 1"),
        ({"titles": ["a", "b"]}, "expected 1 titles, one per panel, got 2"),
    ],
)
def test_planes_that_do_not_fit_together_are_refused(change, message):
    arguments = {"values": np.zeros((1, 5, 5)), "points": POINTS, "labels": LABELS}
    with pytest.raises(ValueError, match=message):
        plots.planes(GRID, **arguments | change, scale="output")
