"""Gradient descent: its steps stand where the path says, on a curve or on contour lines."""

import numpy as np
import pytest

from course_utils import plots

GRID = np.linspace(-1, 1, 21)
CURVE = {"grid": GRID, "costs": GRID**2, "paths": [[0.9, 0.5, 0.1], [0.9, -1.5, 2]]}
X, Y = np.linspace(-1, 1, 5), np.linspace(-2, 2, 7)
PLANE = {
    "grid_x": X,
    "grid_y": Y,
    "costs": np.add.outer(Y**2, X**2),
    "paths": [[[0.5, 1], [0.2, 0.5]]],
}


def test_the_steps_lie_on_the_curve_and_those_outside_are_left_out():
    figure = plots.descent_on_curve(**CURVE, titles=["near", "far"], xlabel="w")
    near, far = figure.axes
    assert [axis.get_title() for axis in figure.axes] == ["near", "far"]
    assert np.allclose(near.lines[1].get_xydata(), [[0.9, 0.81], [0.5, 0.25], [0.1, 0.01]])
    assert np.isnan(far.lines[1].get_ydata()).tolist() == [False, True, True]
    assert near.get_xlabel() == "w"


def test_a_path_in_the_plane_begins_at_the_square_and_the_star_is_the_lowest_place():
    figure = plots.descent_on_plane(**PLANE, titles=["rate 1"], labels=("w", "b"))
    (axis,) = figure.axes
    star, path, start = axis.lines
    assert star.get_xydata().tolist() == [[0, 0]]
    assert path.get_xydata().tolist() == PLANE["paths"][0]
    assert start.get_xydata().tolist() == [[0.5, 1]]
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("w", "b")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"costs": [1, 2]}, r"expected one cost for each place, got \(21,\) and \(2,\)"),
        ({"paths": [1, 2]}, r"expected paths of shape \(n_panels, n_steps \+ 1\), got \(2,\)"),
        ({"paths": np.zeros((0, 3))}, r"got \(0, 3\)"),
        ({"titles": ["one"]}, "expected 2 titles, one per panel, got 1"),
    ],
)
def test_a_curve_of_arrays_that_do_not_fit_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        plots.descent_on_curve(**CURVE | {"titles": ["a", "b"], "xlabel": "w"} | change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"costs": np.zeros((5, 7))}, r"expected values of shape \(n_panels, 7, 5\)"),
        ({"paths": np.zeros((1, 4, 3))}, r"got \(1, 4, 3\)"),
        ({"labels": ["w"]}, "expected 2 labels, one per number, got 1"),
    ],
)
def test_a_plane_of_arrays_that_do_not_fit_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        plots.descent_on_plane(**PLANE | {"titles": ["a"], "labels": ("w", "b")} | change)
