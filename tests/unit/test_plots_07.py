"""Figures of lesson 7: convolutions, pooled maps, moved digits, calibration."""

import numpy as np
import pytest

from course_utils import plots

IMAGE = np.arange(30.0).reshape(5, 6) / 30
KERNEL = np.array([[-1, 0, 1]] * 3) / 3


def written(axis):
    return [text.get_text() for text in axis.texts]


def test_a_convolution_step_writes_the_window_the_kernel_the_products_and_their_sum():
    figure = plots.convolution_step(IMAGE, KERNEL, row=1, column=2)
    image, window, kernel, products = figure.axes
    np.testing.assert_allclose(window.images[0].get_array(), IMAGE[1:4, 2:5])
    np.testing.assert_allclose(kernel.images[0].get_array(), KERNEL)
    right = IMAGE[1:4, 2:5] * KERNEL
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
        ({"image": IMAGE.ravel()}, r"expected image of shape \(height, width\), got shape \(30,\)"),
        ({"kernel": None}, r"expected kernel of shape \(height, width\), got None"),
    ],
)
def test_a_step_that_leaves_the_image_is_refused(change, message):
    arguments = {"image": IMAGE, "kernel": KERNEL, "row": 1, "column": 2}
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
        ([KERNEL], [], ["a"], "expected 1 feature maps, one per kernel, got 0"),
        ([KERNEL], [IMAGE], ["a", "b"], "expected 1 names, one per kernel, got 2"),
        ([KERNEL.ravel()], [IMAGE], ["a"], r"expected kernel .* got shape \(9,\)"),
        ([KERNEL], [IMAGE[0]], ["a"], r"expected feature map .* got shape \(6,\)"),
        ([], [], [], "expected at least one kernel"),
    ],
)
def test_kernels_without_their_maps_are_refused(kernels, maps, names, message):
    with pytest.raises(ValueError, match=message):
        plots.kernels_and_maps(kernels, maps, names)


def test_maps_of_different_sizes_have_pixels_of_one_size():
    figure = plots.maps_to_scale([np.ones((26, 26)), np.ones((13, 13)), np.ones((5, 8))], "abc")
    *panels, _ = figure.axes
    figure.draw_without_rendering()
    pixels = []
    for axis in panels:
        place, (height, width) = axis.get_window_extent(), axis.images[0].get_array().shape
        pixels += [place.width / width, place.height / height]
    np.testing.assert_allclose(pixels, pixels[0])
    assert [axis.get_title(loc="left") for axis in panels] == ["a", "b", "c"]


def test_a_blank_map_can_be_shown():
    figure = plots.maps_to_scale([np.zeros((4, 4))], ["blank"])
    assert figure.axes[0].images[0].get_clim() == (-1, 1)


@pytest.mark.parametrize(
    ("maps", "titles", "message"),
    [
        ([], [], "at least one feature map"),
        ([IMAGE], ["a", "b"], "expected 1 titles, one per map, got 2"),
        ([IMAGE[0]], ["a"], r"got shape \(6,\)"),
        ([None], ["a"], "got None"),
    ],
)
def test_maps_that_are_none_are_refused(maps, titles, message):
    with pytest.raises(ValueError, match=message):
        plots.maps_to_scale(maps, titles)


def test_the_accuracy_of_each_network_is_a_curve_with_its_name():
    figure = plots.accuracy_by_shift(range(3), {"MLP": [0.9, 0.5, 0.1], "CNN": [1, 0.9, 0.5]})
    axis = figure.axes[0]
    labels = [text.get_text() for text in axis.get_legend().get_texts()]
    assert labels == ["MLP", "CNN"]
    np.testing.assert_allclose(axis.lines[1].get_ydata(), [1, 0.9, 0.5])
    assert axis.lines[0].get_marker() != axis.lines[1].get_marker()


@pytest.mark.parametrize(
    ("accuracies", "message"),
    [
        ({}, "at least one network"),
        ({"MLP": [0.9]}, "expected 3 accuracies of 'MLP', one per shift, got 1"),
        ({"MLP": [95, 50, 10]}, "from 0 to 1, got 10 to 95: are these per cent"),
        ({"MLP": None}, "got None"),
    ],
)
def test_accuracies_that_do_not_fit_are_refused(accuracies, message):
    with pytest.raises(ValueError, match=message):
        plots.accuracy_by_shift(range(3), accuracies)


BINS = (np.linspace(0.05, 0.95, 10), np.linspace(0, 0.9, 10), np.arange(10) * 10)


def test_calibration_draws_no_point_for_a_bin_with_few_answers_but_its_bar():
    figure = plots.calibration({"left": {"MLP": BINS}, "right": {"MLP": BINS, "CNN": BINS}})
    upper_left, upper_right, lower_left, lower_right = figure.axes
    assert [axis.get_title() for axis in figure.axes] == ["left", "right", "", ""]
    diagonal, curve = upper_left.lines
    np.testing.assert_allclose(diagonal.get_xdata(), diagonal.get_ydata())
    np.testing.assert_allclose(curve.get_xdata(), BINS[0][2:])  # 0 and 10 answers are too few
    np.testing.assert_allclose(curve.get_ydata(), BINS[1][2:])
    assert len(upper_right.lines) == 3
    assert [bar.get_height() for bar in lower_left.patches] == BINS[2].tolist()
    assert len(lower_right.patches) == 20


@pytest.mark.parametrize(
    ("panels", "fewest", "message"),
    [
        ({}, 20, "at least one panel"),
        ({"a": {"MLP": BINS[:2]}}, 20, r"for 'MLP', all of one length, got lengths \[10, 10\]"),
        ({"a": {"MLP": (*BINS[:2], [1])}}, 20, r"got lengths \[10, 10, 1\]"),
        ({"a": {"MLP": BINS}}, 0, "expected fewest: a whole number from 1"),
    ],
)
def test_calibration_of_arrays_that_do_not_fit_is_refused(panels, fewest, message):
    with pytest.raises(ValueError, match=message):
        plots.calibration(panels, fewest=fewest)
