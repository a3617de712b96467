"""Kernels with their numbers, their arrows, and what they do to an image."""

import numpy as np
import pytest
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from course_utils import plots
from course_utils.plots.kernels import draw_kernel

RNG = np.random.default_rng(0)
KERNELS = RNG.normal(size=(10, 3, 3))
KERNEL = np.array([[-1, 0, 1]] * 3) / 3
SMALL = np.arange(30.0).reshape(5, 6) / 30
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


def test_sums_and_activations_share_a_scale():
    sums = RNG.normal(size=(26, 26))
    figure = plots.convolution_and_relu(IMAGE, KERNELS[0], sums, np.maximum(sums, 0))
    image, kernel, before, after = panels(figure)
    assert image.images[0].get_clim() == (0, 255)
    assert len(kernel.texts) == 9
    assert before.images[0].get_clim() == after.images[0].get_clim()
    assert before.images[0].get_clim()[1] == np.abs(sums).max()


def test_a_kernel_keeps_the_colours_that_it_has_among_others():
    figure = plots.convolution_and_relu(IMAGE, KERNEL, SMALL, SMALL, limit=0.7)
    assert panels(figure)[1].images[0].get_clim() == (-0.7, 0.7)
    with pytest.raises(ValueError, match=r"limit from 0\.3333, the largest weight, got 0\.3"):
        plots.convolution_and_relu(IMAGE, KERNEL, SMALL, SMALL, limit=0.3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((IMAGE, KERNELS, IMAGE, IMAGE), r"expected kernel .* got shape \(10, 3, 3\)"),
        ((IMAGE, KERNELS[0], IMAGE, IMAGE[1:]), r"of one shape, got \(28, 28\) and \(27, 28\)"),
        ((IMAGE, KERNELS[0], None, IMAGE), "expected sums"),
    ],
)
def test_maps_that_do_not_belong_together_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        plots.convolution_and_relu(*arguments)


def written(axis):
    return [text.get_text() for text in axis.texts]


def test_a_convolution_step_writes_the_window_the_kernel_the_products_and_their_sum():
    figure = plots.convolution_step(SMALL, KERNEL, row=1, column=2)
    image, window, kernel, products = figure.axes
    np.testing.assert_allclose(window.images[0].get_array(), SMALL[1:4, 2:5])
    np.testing.assert_allclose(kernel.images[0].get_array(), KERNEL)
    right = SMALL[1:4, 2:5] * KERNEL
    np.testing.assert_allclose(products.images[0].get_array(), right)
    assert products.get_title() == f"products, sum {right.sum():.2f}"
    assert written(kernel)[:3] == ["-0.33", "0.00", "0.33"]
    assert "-0.00" not in written(products)
    frame = image.patches[0]
    assert (*frame.get_xy(), frame.get_width(), frame.get_height()) == (1.5, 0.5, 3, 3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"row": 3}, "row from 0 to 2 and column from 0 to 3, got row 3 and column 2"),
        ({"column": -1}, "got row 1 and column -1"),
        ({"image": SMALL.ravel()}, r"expected image of shape \(height, width\), got shape \(30,\)"),
        ({"kernel": None}, r"expected kernel of shape \(height, width\), got None"),
    ],
)
def test_a_step_that_leaves_the_image_is_refused(change, message):
    arguments = {"image": SMALL, "kernel": KERNEL, "row": 1, "column": 2}
    with pytest.raises(ValueError, match=message):
        plots.convolution_step(**arguments | change)


def test_kernels_and_their_maps_share_one_scale_centred_on_zero():
    maps = [np.full((4, 4), -2.0), np.ones((4, 4))]
    figure = plots.kernels_and_maps([KERNEL, KERNEL.T], maps, ["upright", "level"])
    *panels, _ = figure.axes
    assert [axis.get_title() for axis in panels] == ["upright", "level", "", ""]
    assert {axis.images[0].get_clim() for axis in panels} == {(-2, 2)}
    assert written(panels[1])[:3] == ["-0.33"] * 3


@pytest.mark.parametrize(
    ("kernels", "maps", "names", "message"),
    [
        ([KERNEL.ravel()], [SMALL], ["a"], r"expected kernel .* got shape \(9,\)"),
        ([KERNEL], [SMALL[0]], ["a"], r"expected feature map .* got shape \(6,\)"),
        ([], [], [], "expected at least one kernel"),
    ],
)
def test_kernels_without_their_maps_are_refused(kernels, maps, names, message):
    with pytest.raises(ValueError, match=message):
        plots.kernels_and_maps(kernels, maps, names)


def test_an_empty_cell_has_no_number():
    axis = Figure().subplots()
    draw_kernel(axis, np.array([[0.5, np.nan]]), Normalize(-1, 1))
    assert [text.get_text() for text in axis.texts] == ["0.5"]
