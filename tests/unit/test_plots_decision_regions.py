"""Decision regions: each classifier's plane with the points it learned from."""

import numpy as np
import pytest

from course_utils import plots

GRID = np.linspace(0, 1, 5)
POINTS, LABELS = np.array([[0, 0], [1, 1], [0.5, 1]]), np.array([0, 1, 1])
GRID_X, GRID_Y = np.linspace(-1, 1, 5), np.linspace(-2, 2, 7)


def test_each_classifier_is_drawn_with_the_points_on_one_named_scale():
    values = np.tile(np.linspace(0, 1, 5), (2, 5, 1))  # (2, 5, 5)
    figure = plots.decision_regions(GRID, values, POINTS, LABELS, ["a", "b"], scale="output")
    *panels, bar = figure.axes
    assert [axis.get_title() for axis in panels] == ["a", "b"]
    assert bar.get_ylabel() == "output"
    for axis in panels:
        circles, triangles = axis.collections[-2:]
        assert circles.get_offsets().tolist() == [[0, 0]]
        assert triangles.get_offsets().tolist() == [[1, 1], [0.5, 1]]


def test_few_points_are_drawn_larger_than_many():
    values = np.zeros((1, 5, 5))
    sizes = []
    for n in (10, 200):
        figure = plots.decision_regions(GRID, values, np.zeros((n, 2)), [0] * n, scale="output")
        sizes.append(figure.axes[0].collections[-2].get_sizes()[0])
    assert sizes[0] > 2 * sizes[1] > 60


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [0, 0.5, 1])
def test_a_plane_of_one_colour_has_no_boundary(value):
    plots.decision_regions(GRID, np.full((1, 5, 5), value), POINTS, LABELS, scale="output")


def test_a_boundary_is_drawn_for_each_classifier_with_the_points():
    values = np.tile(np.linspace(0, 1, 5), (2, 7, 1))  # (2, 7, 5)
    figure = plots.decision_boundary(GRID_X, GRID_Y, values, POINTS, LABELS, ["a", "b"])
    panels = figure.axes[:2]
    assert [axis.get_title() for axis in panels] == ["a", "b"]
    for axis in panels:
        circles, triangles = axis.collections[-2:]
        assert circles.get_offsets().tolist() == [[0, 0]]
        assert triangles.get_offsets().tolist() == [[1, 1], [0.5, 1]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"values": np.zeros((7, 5))}, r"expected values of shape \(n_panels, 7, 5\).* \(7, 5\)"),
        ({"values": np.zeros((1, 5, 7))}, r"one row for each place of grid_y, got \(1, 5, 7\)"),
        ({"points": np.zeros((3, 3))}, r"got shapes \(3, 3\) and \(3,\)"),
        ({"labels": np.zeros(2)}, r"got shapes \(3, 2\) and \(2,\)"),
        ({"values": np.zeros((0, 7, 5))}, r"got \(0, 7, 5\): no panel in it"),
        ({"values": []}, r"got \(0,\): no panel in it"),
        ({"values": None}, r"expected values of shape \(n_panels, 7, 5\), got None"),
        ({"labels": [1, 2, 3]}, r"expected labels 0 and 1, got \[1, 2, 3\]: .*labels == one_class"),
        ({"labels": [-1, 1, 1]}, r"got \[-1, 1\]"),
        ({"labels": ["a", "b", "c"]}, "something other than numbers"),
    ],
)
def test_a_boundary_of_arrays_that_do_not_fit_is_refused(change, message):
    arguments = {
        "grid_x": GRID_X,
        "grid_y": GRID_Y,
        "values": np.zeros((1, 7, 5)),
        "points": POINTS,
        "labels": LABELS,
        "titles": None,
    }
    with pytest.raises(ValueError, match=message):
        plots.decision_boundary(**arguments | change)


def test_regions_of_arrays_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="expected values of shape"):
        plots.decision_regions(GRID, np.zeros((5, 5)), POINTS, LABELS, scale="output")
    with pytest.raises(ValueError, match="expected labels 0 and 1"):
        plots.decision_regions(GRID, np.zeros((1, 5, 5)), POINTS, [1, 2, 3], scale="output")
