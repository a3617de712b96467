"""Figures of lesson 6: rows of pictures, the map of touched pixels, framed pixels."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils import plots

IMAGES = np.linspace(-1, 1, 3 * 784).reshape(3, 28, 28)
SIGNED, GREY = ("RdBu_r", -1, 1), ("gray", 0, 255)


def panels(figure):
    return [axis for axis in figure.axes if axis.images]


def test_each_row_has_its_name_and_its_scale():
    figure = plots.picture_rows([IMAGES, 100 * IMAGES], ["a", "b"], [SIGNED, GREY], [7, 8, 9])
    drawn = panels(figure)
    assert [axis.get_ylabel() for axis in drawn] == ["a", "", "", "b", "", ""]
    assert [axis.get_title() for axis in drawn] == ["7", "8", "9", "", "", ""]
    assert [axis.images[0].get_clim() for axis in drawn] == [(-1, 1)] * 3 + [(0, 255)] * 3
    assert len(figure.axes) == 6 + 2  # a colour bar for each row


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rows": [IMAGES, IMAGES[:2]]}, r"as many images each, got \[3, 2\]"),
        ({"rows": []}, r"as many images each, got \[\]"),
        ({"rows": [IMAGES.reshape(3, 784)] * 2}, r"\(3, 784\): are these flat\?"),
        ({"names": ["a"]}, "expected 2 names, one per row, got 1"),
        ({"scales": [SIGNED]}, "expected 2 scales, one per row, got 1"),
        ({"scales": [SIGNED, ("gray", 1, 1)]}, r"from low to high, got 1 to 1 \(gray\)"),
        ({"titles": ["a"]}, "expected 3 titles, one per column, got 1"),
    ],
)
def test_rows_that_do_not_match_are_refused(change, message):
    arguments = {"rows": [IMAGES, IMAGES], "names": ["a", "b"], "scales": [SIGNED, SIGNED]}
    with pytest.raises(ValueError, match=message):
        plots.picture_rows(**arguments | change)


def test_the_map_names_the_digits_of_pixels_that_one_or_two_touch():
    touches = np.zeros((10, 784), dtype=bool)
    touches[7, 0] = touches[[2, 6], 29] = True
    touches[[1, 2, 3], 30] = True
    figure = plots.touch_map(touches)
    written = [(t.get_text(), t.get_position()) for t in figure.axes[0].texts]
    assert written == [("7", (0, 0)), ("26", (1, 1))]


@pytest.mark.parametrize(
    ("touches", "message"),
    [
        (np.zeros((784, 10), dtype=bool), r"got shape \(784, 10\)"),
        (np.zeros((10, 784)), "dtype float64: compare with > 0"),
        (None, r"booleans of shape \(10, 784\), got None"),
    ],
)
def test_a_map_of_something_else_is_refused(touches, message):
    with pytest.raises(ValueError, match=message):
        plots.touch_map(touches)


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
        (np.zeros((2, 28, 28), dtype=bool), "expected 3 masks, one per panel, got 2"),
        (np.zeros((3, 28, 28)), r"dtype bool, got \(28, 28\) and float64"),
        (np.zeros((3, 14, 14), dtype=bool), r"masks of shape \(28, 28\)"),
        (np.zeros((3, 784), dtype=bool), r"got \(3, 784\)"),
    ],
)
def test_frames_that_do_not_fit_are_refused(masks, message):
    with pytest.raises(ValueError, match=message):
        plots.frame_pixels(plots.weight_grid(IMAGES), masks)


def test_frames_need_panels():
    with pytest.raises(ValueError, match="expected a figure with panels"):
        plots.frame_pixels(plt.figure(), np.zeros((1, 28, 28), dtype=bool))
