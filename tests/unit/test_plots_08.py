"""Figures of lesson 8: kernels, activations, ablations, framed images, occlusion."""

import numpy as np
import pytest

from course_utils import plots

RNG = np.random.default_rng(0)
KERNELS = RNG.normal(size=(10, 3, 3))
IMAGE = RNG.integers(0, 256, size=(28, 28), dtype=np.uint8)


def panels(figure):
    return [axis for axis in figure.axes if axis.images]


def test_each_weight_is_written_to_one_decimal_into_its_cell():
    kernels = np.array([[[0.26, -0.04, 0], [0, -1.26, 0], [0, 0, 2]]])
    (axis,) = panels(plots.kernel_grid(kernels))
    written = {text.get_position(): text.get_text() for text in axis.texts}
    assert len(written) == 9
    assert written[0, 0] == "0.3"
    assert written[1, 0] == "0.0"  # not -0.0
    assert written[1, 1] == "-1.3"


def test_kernels_share_a_scale_centred_on_zero_that_is_shown():
    figure = plots.kernel_grid(KERNELS)
    limits = {axis.images[0].get_clim() for axis in panels(figure)}
    assert limits == {(-np.abs(KERNELS).max(), np.abs(KERNELS).max())}
    assert [axis.get_title() for axis in panels(figure)] == [str(k) for k in range(10)]
    assert len(figure.axes) == 16 + 1  # two rows of eight, and the colour bar


def test_arrows_point_up_for_90_degrees_and_are_left_out_for_nan():
    figure = plots.kernel_grid(KERNELS[:3], "abc", directions=[90, 0, np.nan])
    up, right, none = (axis.texts for axis in panels(figure))
    assert not none
    assert up[0].xyann[1] > up[0].xy[1]  # rows count downwards
    assert right[0].xyann[0] < right[0].xy[0]
    assert not any(text.get_text() for text in [*up, *right])


@pytest.mark.parametrize(
    ("kernels", "options", "message"),
    [
        (KERNELS[0], {}, r"expected images of shape \(n, height, width\), got \(3, 3\)"),
        (KERNELS, {"titles": ["a"]}, "expected 10 titles, one per kernel, got 1"),
        (KERNELS, {"directions": [0]}, "expected 10 directions, one per kernel, got 1"),
        (KERNELS, {"columns": 0}, "expected columns: a whole number from 1"),
    ],
)
def test_a_kernel_grid_that_does_not_fit_is_refused(kernels, options, message):
    with pytest.raises(ValueError, match=message):
        plots.kernel_grid(kernels, **options)


def test_sums_and_activations_share_a_scale():
    sums = RNG.normal(size=(26, 26))
    figure = plots.kernel_at_work(IMAGE, KERNELS[0], sums, np.maximum(sums, 0))
    image, kernel, before, after = panels(figure)
    assert image.images[0].get_clim() == (0, 255)
    assert len(kernel.texts) == 9
    assert before.images[0].get_clim() == after.images[0].get_clim()
    assert before.images[0].get_clim()[1] == np.abs(sums).max()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((IMAGE / 255, KERNELS[0], IMAGE, IMAGE), "pass the image before scaling"),
        ((IMAGE, KERNELS, IMAGE, IMAGE), r"got \(1, 10, 3, 3\)"),
        ((IMAGE, KERNELS[0], IMAGE, IMAGE[1:]), r"of one shape, got \(28, 28\) and \(27, 28\)"),
        ((IMAGE, KERNELS[0], None, IMAGE), "expected sums"),
    ],
)
def test_a_kernel_at_work_on_something_else_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        plots.kernel_at_work(*arguments)


MAPS = RNG.random((5, 5, 20))
MAPS[:, :, 3] = 0


def test_activations_are_separate_tiles_in_the_order_of_the_maps():
    axis, _bar = plots.activation_grid(MAPS, "pool_2").axes
    shown = axis.images[0].get_array()
    assert shown.shape == (3 * 6 - 1, 8 * 6 - 1)
    assert np.array_equal(shown[:5, :5], MAPS[:, :, 0])
    assert np.array_equal(shown[:5, 6:11], MAPS[:, :, 1])
    assert np.array_equal(shown[6:11, :5], MAPS[:, :, 8])
    assert shown.mask[5].all()  # the gap
    assert shown.mask[12:, 24:].all()  # no map there
    assert axis.get_title() == "pool 2: (5, 5, 20)"
    assert [label.get_text() for label in axis.get_yticklabels()] == ["0", "8", "16"]


def test_the_switch_of_the_scale():
    layer = plots.activation_grid(MAPS, "pool_2").axes[0].images[0]
    assert layer.get_clim() == (0, MAPS.max())
    own = plots.activation_grid(MAPS, "pool_2", per_map=True).axes[0].images[0]
    assert own.get_clim() == (0, 1)
    assert own.get_array()[:5, 6:11].max() == 1
    assert own.get_array()[:5, 18:23].max() == 0  # a dead map stays dark


def test_a_layer_of_zeros_is_dark():
    image = plots.activation_grid(np.zeros((5, 5, 2)), "a").axes[0].images[0]
    assert image.get_clim() == (0, 1)


@pytest.mark.parametrize(
    ("maps", "message"),
    [
        (MAPS[np.newaxis], r"got \(1, 5, 5, 20\): is this a batch\? Take .* `maps\[0\]`"),
        (MAPS[0], r"expected feature maps of shape \(height, width, n_maps\), got \(5, 20\)"),
        (MAPS - 1, "expected activations from 0 up, .* before ReLU"),
        (MAPS[:, :, :0], r"got \(5, 5, 0\)"),
        (None, "got None"),
    ],
)
def test_what_are_no_activations_is_refused(maps, message):
    with pytest.raises(ValueError, match=message):
        plots.activation_grid(maps, "conv_1")


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
    ("drops", "rows", "message"),
    [
        (np.zeros(10), None, r"expected drops of shape \(n_maps, 10\), got \(10,\)"),
        (np.zeros((10, 3)), None, r"got \(10, 3\)"),
        (np.full((3, 10), 5), None, "per cent or counts"),
        (np.zeros((3, 10)), ["a"], "expected 3 rows"),
    ],
)
def test_what_are_no_drops_is_refused(drops, rows, message):
    with pytest.raises(ValueError, match=message):
        plots.ablation_grid(drops, "map", rows)


IMAGES = RNG.integers(0, 256, size=(3, 28, 28), dtype=np.uint8)


def test_what_is_in_a_frame_stands_below_its_image():
    figure = plots.framed_images(IMAGES, [4, 5, 6], [(0, 0), (3, 7), (20, 20)], 8, columns=2)
    above, below = figure.axes[1], figure.axes[3]
    assert above.get_title() == "5"
    assert above.patches[0].get_xy() == (6.5, 2.5)
    assert np.array_equal(below.images[0].get_array(), IMAGES[1, 3:11, 7:15])
    assert len(panels(figure)) == 6


@pytest.mark.parametrize(
    ("titles", "places", "size", "message"),
    [
        ("ab", [(0, 0)] * 3, 8, "expected 3 titles, one per image, got 2"),
        ("abc", [(0, 0)] * 2, 8, r"expected places of shape \(3, 2\), got \(2, 2\)"),
        ("abc", [(21, 0)] * 3, 8, "expected frames of 8 pixels inside"),
        ("abc", [(-1, 0)] * 3, 8, "expected frames of 8 pixels inside"),
        ("abc", [(0, 0)] * 3, 29, "expected size: a whole number from 1 to 28"),
    ],
)
def test_frames_that_do_not_fit_are_refused(titles, places, size, message):
    with pytest.raises(ValueError, match=message):
        plots.framed_images(IMAGES, titles, places, size)


def test_an_occlusion_is_drawn_where_the_middle_of_the_square_was():
    figure = plots.occlusion_maps(IMAGE, np.zeros((2, 23, 23)), ["a", "b", "c"], 6)
    image, one, other = panels(figure)
    assert [axis.get_title() for axis in (image, one, other)] == ["a", "b", "c"]
    # The first square covers pixels 0 to 5; its middle is 2.5, its cell from 2 to 3.
    assert one.images[0].get_extent() == [2, 25, 25, 2]
    assert one.images[0].get_clim() == (0, 1)
    assert one.get_xlim() == image.get_xlim() == (-0.5, 27.5)


@pytest.mark.parametrize(
    ("maps", "titles", "size", "message"),
    [
        (np.zeros((1, 22, 22)), "ab", 6, r"expected maps of shape \(n_maps, 23, 23\).*\(1, 22"),
        (np.zeros((1, 23, 23)), "a", 6, "expected 2 titles, one per panel, got 1"),
        (np.full((1, 23, 23), 2), "ab", 6, "expected probabilities from 0 to 1, got 2 to 2"),
        (np.zeros((1, 23, 23)), "ab", 0, "expected size: a whole number from 1 to 28"),
        (np.zeros((23, 23)), "ab", 6, "is this one image"),
    ],
)
def test_occlusions_that_do_not_fit_are_refused(maps, titles, size, message):
    with pytest.raises(ValueError, match=message):
        plots.occlusion_maps(IMAGE, maps, titles, size)
