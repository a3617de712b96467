"""Notes and frames on the panels of a grid."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils import plots

IMAGES = np.linspace(-1, 1, 3 * 784).reshape(3, 28, 28)


def panels(figure):
    return [axis for axis in figure.axes if axis.images]


def written(figure):
    return [[text.get_text() for text in axis.texts] for axis in figure.axes if axis.images]


def test_each_panel_gets_its_note_and_each_row_its_name():
    grid = plots.weight_grid(np.ones((4, 28, 28)), columns=2)
    height = grid.get_figheight()
    figure = plots.annotate_panels(grid, ["a", "b", "c", "d\ne"], row_names=["first", "second"])
    assert figure is grid
    assert written(figure) == [["a", "first"], ["b"], ["c", "second"], ["d\ne"]]
    assert figure.get_figheight() > height


def test_notes_need_no_row_names():
    figure = plots.annotate_panels(
        plots.image_grid(np.zeros((3, 28, 28)), columns=2), ["a", "b", "c"]
    )
    assert written(figure) == [["a"], ["b"], ["c"]]


def test_the_chosen_pixels_of_each_panel_are_framed():
    masks = np.zeros((3, 28, 28), dtype=bool)
    masks[0, 5, 6] = masks[2, 0, 0] = masks[2, 27, 27] = True
    grid = plots.weight_grid(IMAGES)
    figure = plots.frame_pixels(grid, masks)
    assert figure is grid
    frames = [axis.collections[0].get_paths() for axis in panels(figure)]
    assert [len(paths) for paths in frames] == [1, 0, 2]
    corners = frames[0][0].get_extents()
    assert (corners.x0, corners.y0, corners.x1, corners.y1) == (5.5, 4.5, 6.5, 5.5)


@pytest.mark.parametrize(
    ("masks", "message"),
    [
        (np.zeros((3, 28, 28)), r"dtype bool, got \(28, 28\) and float64"),
        (np.zeros((3, 14, 14), dtype=bool), r"masks of shape \(28, 28\)"),
    ],
)
def test_frames_that_do_not_fit_are_refused(masks, message):
    with pytest.raises(ValueError, match=message):
        plots.frame_pixels(plots.weight_grid(IMAGES), masks)


@pytest.mark.parametrize(
    "change",
    [
        lambda figure: plots.annotate_panels(figure, ["a"]),
        lambda figure: plots.annotate_panels(figure, []),
        lambda figure: plots.frame_pixels(figure, np.zeros((1, 28, 28), dtype=bool)),
    ],
)
def test_a_figure_without_panels_is_refused(change):
    for figure in (plt.figure(), None):
        with pytest.raises(ValueError, match=r"expected a figure with panels, .* image_grid"):
            change(figure)
