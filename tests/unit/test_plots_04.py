"""Figures of lesson 4: notes under panels, boundaries in the plane, histograms."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils import plots


def written(figure):
    return [[text.get_text() for text in axis.texts] for axis in figure.axes if axis.images]


def test_each_panel_gets_its_note_and_each_row_its_name():
    grid = plots.weight_grid(np.ones((4, 28, 28)), columns=2)
    height = grid.get_figheight()
    figure = plots.note_panels(grid, ["a", "b", "c", "d\ne"], row_names=["first", "second"])
    assert figure is grid
    assert written(figure) == [["a", "first"], ["b"], ["c", "second"], ["d\ne"]]
    assert figure.get_figheight() > height


def test_notes_need_no_row_names():
    figure = plots.note_panels(plots.image_grid(np.zeros((3, 28, 28)), columns=2), ["a", "b", "c"])
    assert written(figure) == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize(
    ("notes", "row_names", "message"),
    [
        (["a"], None, "expected 2 notes, one per panel, got 1"),
        (["a", "b"], ["x", "y"], "expected 1 row names, one per row, got 2"),
    ],
)
def test_notes_must_match_the_panels(notes, row_names, message):
    with pytest.raises(ValueError, match=message):
        plots.note_panels(plots.weight_grid(np.ones((2, 28, 28))), notes, row_names)


@pytest.mark.parametrize("notes", [["a"], []])
def test_notes_on_a_figure_without_panels_are_refused(notes):
    for figure in (plt.figure(), None):
        with pytest.raises(ValueError, match=r"expected a figure with panels, .* image_grid"):
            plots.note_panels(figure, notes)


GRID_X, GRID_Y = np.linspace(-1, 1, 5), np.linspace(-2, 2, 7)
POINTS, LABELS = np.array([[0, 0], [1, 1], [-1, 1]]), np.array([0, 1, 1])


def test_a_boundary_is_drawn_for_each_classifier_with_the_points():
    values = np.tile(np.linspace(0, 1, 5), (2, 7, 1))  # (2, 7, 5)
    figure = plots.decision_boundary(GRID_X, GRID_Y, values, POINTS, LABELS, ["a", "b"])
    panels = figure.axes[:2]
    assert [axis.get_title() for axis in panels] == ["a", "b"]
    for axis in panels:
        circles, triangles = axis.collections[-2:]
        assert circles.get_offsets().tolist() == [[0, 0]]
        assert triangles.get_offsets().tolist() == [[1, 1], [-1, 1]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"values": np.zeros((7, 5))}, r"expected values of shape \(n_panels, 7, 5\).* \(7, 5\)"),
        ({"values": np.zeros((1, 5, 7))}, r"one row for each place of grid_y, got \(1, 5, 7\)"),
        ({"points": np.zeros((3, 3))}, r"got shapes \(3, 3\) and \(3,\)"),
        ({"labels": np.zeros(2)}, r"got shapes \(3, 2\) and \(2,\)"),
        ({"titles": ["a", "b"]}, "expected 1 titles, one per panel, got 2"),
        ({"values": np.zeros((0, 7, 5))}, r"got \(0, 7, 5\): no panel in it"),
        ({"values": []}, r"got \(0,\): no panel in it"),
        ({"values": None}, r"expected values of shape \(n_panels, 7, 5\), got None"),
        ({"labels": [1, 2, 3]}, r"expected labels 0 and 1, got \[1, 2, 3\]: .*labels == one_class"),
        ({"labels": [-1, 1, 1]}, r"got \[-1, 1\]"),
        ({"labels": ["a", "b", "c"]}, "something else than numbers"),
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


def test_histograms_share_their_bins_and_count_every_weight():
    weights = [np.linspace(-1, 1, 50), np.zeros((4, 5))]
    figure = plots.weight_histograms(weights, ["wide", "narrow"], n_bins=10)
    counts = [[bar.get_height() for bar in axis.patches] for axis in figure.axes]
    assert [sum(heights) for heights in counts] == [50, 20]
    assert [len(heights) for heights in counts] == [10, 10]
    assert [axis.get_title() for axis in figure.axes] == ["wide", "narrow"]


@pytest.mark.parametrize(
    ("weights", "titles", "message"),
    [
        ([], [], "at least one array of weights"),
        ([np.array([])], ["a"], "none of them empty"),
        ([np.ones(3)], ["a", "b"], "expected 1 titles, one per panel, got 2"),
        ([np.ones(3)], None, "expected 1 titles, one per panel, got None"),
        (None, ["a"], r"at least one array of weights, .* got None"),
        ([None], ["a"], "at least one array of weights, .* got None"),
    ],
)
def test_histograms_of_nothing_are_refused(weights, titles, message):
    with pytest.raises(ValueError, match=message):
        plots.weight_histograms(weights, titles)


@pytest.mark.parametrize("n_bins", [0, 2.5])
def test_histograms_without_bins_are_refused(n_bins):
    with pytest.raises(ValueError, match="expected n_bins: a whole number from 1"):
        plots.weight_histograms([np.ones(3)], ["a"], n_bins=n_bins)
