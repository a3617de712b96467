"""Feature maps switched off, and images with a covered part."""

import numpy as np
import pytest

from course_utils import plots

RNG = np.random.default_rng(0)
IMAGE = RNG.integers(0, 256, size=(28, 28), dtype=np.uint8)


def panels(figure):
    return [axis for axis in figure.axes if axis.images]


def test_ablations_are_shown_in_points_by_digit():
    drops = np.zeros((3, 10))
    drops[1, 7] = 0.02
    axis, bar = plots.ablation_grid(drops, "map", ["a", "b", "c"]).axes
    shown = axis.images[0].get_array()
    assert shown.shape == (10, 3)
    assert shown[7, 1] == 2
    assert axis.images[0].get_clim() == (-2, 2)
    assert [label.get_text() for label in axis.get_xticklabels()] == ["a", "b", "c"]
    assert "points" in bar.get_ylabel()


@pytest.mark.parametrize(
    ("drops", "message"),
    [
        (np.zeros(10), r"expected drops of shape \(n_maps, 10\), got \(10,\)"),
        (np.zeros((10, 3)), r"got \(10, 3\)"),
        (np.full((3, 10), 5), "percentages or counts"),
    ],
)
def test_anything_but_drops_is_refused(drops, message):
    with pytest.raises(ValueError, match=message):
        plots.ablation_grid(drops, "map")


def test_an_occlusion_is_drawn_where_the_middle_of_the_square_was():
    figure = plots.occlusion_maps(IMAGE, np.zeros((2, 23, 23)), ["a", "b", "c"], 6)
    image, one, other = panels(figure)
    assert [axis.get_title() for axis in (image, one, other)] == ["a", "b", "c"]
    # The first square covers pixels 0 to 5; its middle is 2.5, its cell from 2 to 3.
    assert one.images[0].get_extent() == [2, 25, 25, 2]
    assert one.images[0].get_clim() == (0, 1)
    assert one.get_xlim() == image.get_xlim() == (-0.5, 27.5)


def test_the_dot_of_a_square_is_on_its_number_in_each_map():
    figure = plots.occlusion_maps(IMAGE, np.zeros((1, 23, 23)), ["a", "b"], 6, place=(3, 10))
    image, one = panels(figure)
    assert image.patches[0].get_xy() == (9.5, 2.5)
    for axis in (image, one):
        (dot,) = axis.lines
        assert (dot.get_xdata(), dot.get_ydata()) == (12.5, 5.5)  # the middle of 10 to 15, 3 to 8
    with pytest.raises(ValueError, match=r"expected a place from \(0, 0\) to \(22, 22\), got"):
        plots.occlusion_maps(IMAGE, np.zeros((1, 23, 23)), ["a", "b"], 6, place=(23, 0))


def test_each_draw_is_a_dot_in_points_and_each_group_has_its_median():
    (axis,) = plots.ablation_draws([[0.02], [0.01, 0.03, 0.05]], ["a", "b"]).axes
    dots = [line.get_xdata().tolist() for line in axis.lines]
    assert dots == [[2], [2, 2], [1, 3, 5], [3, 3]]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["a", "b"]


@pytest.mark.parametrize("drops", [np.zeros((2, 3)), [2], []])
def test_anything_but_a_row_of_drops_is_refused(drops):
    with pytest.raises(ValueError, match=r"expected drops of shape \(n_draws,\)"):
        plots.ablation_draws([drops], ["a"])


@pytest.mark.parametrize(
    ("maps", "size", "message"),
    [
        (np.zeros((1, 22, 22)), 6, r"expected maps of shape \(n_maps, 23, 23\).*\(1, 22"),
        (np.full((1, 23, 23), 2), 6, "expected probabilities from 0 to 1, got 2 to 2"),
        (np.zeros((1, 23, 23)), 0, "expected size: a whole number from 1 to 28"),
    ],
)
def test_occlusions_that_do_not_fit_are_refused(maps, size, message):
    with pytest.raises(ValueError, match=message):
        plots.occlusion_maps(IMAGE, maps, ["a", "b"], size)
