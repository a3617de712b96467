"""What all figures refuse, and the message that says what they got and what to try."""

import numpy as np
import pytest

from course_utils import plots

IMAGE = np.arange(784, dtype=np.uint16).reshape(28, 28) // 4
KERNEL = np.array([[-1, 0, 1]] * 3) / 3
NUMBERS = ("RdBu_r", -1, 1)
GRID = np.linspace(-1, 1, 5)
POINTS, LABELS = np.array([[0, 0], [1, 1]]), np.array([0, 1])

TAKE_A_STACK = {
    "image_grid": plots.image_grid,
    "weight_grid": plots.weight_grid,
    "kernel_grid": plots.kernel_grid,
    "image_rows": lambda images: plots.image_rows([images], ["a"], [NUMBERS]),
    "framed_images": lambda images: plots.framed_images(images, ["a"], [(0, 0)], 8),
    "occlusion_maps": lambda maps: plots.occlusion_maps(IMAGE, maps, ["a", "b"], 6),
}
TAKE_ONE_IMAGE = {
    "pixel_values": lambda image: plots.pixel_values(image, (0, 2), (0, 2)),
    "flattening": lambda image: plots.flattening(image, (0, 2)),
    "class_probabilities": lambda image: plots.class_probabilities(image, [0.5, 0.5]),
    "convolution_and_relu": lambda image: plots.convolution_and_relu(image, KERNEL, IMAGE, IMAGE),
    "occlusion_maps": lambda image: plots.occlusion_maps(
        image, np.zeros((1, 23, 23)), ["a", "b"], 6
    ),
}
TAKE_COLUMNS = {
    "image_grid": lambda columns: plots.image_grid([IMAGE], columns=columns),
    "weight_grid": lambda columns: plots.weight_grid([KERNEL], columns=columns),
    "kernel_grid": lambda columns: plots.kernel_grid([KERNEL], columns=columns),
    "framed_images": lambda columns: plots.framed_images(
        [IMAGE], ["a"], [(0, 0)], 8, columns=columns
    ),
    "feature_map_grid": lambda columns: plots.feature_map_grid(
        np.ones((5, 5, 3)), "conv_1", columns=columns
    ),
}


def by_name(functions):
    return pytest.mark.parametrize("draw", functions.values(), ids=functions)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((3, 784), r"got \(3, 784\): are these flat\? Try `.reshape\(-1, 28, 28\)`"),
        ((28, 28), r"got \(28, 28\): is this one image\? Put it in a list"),
        ((784,), r"got \(784,\)\."),
        ((0, 28, 28), r"got \(0, 28, 28\): nothing in it\. Does a slice or a mask select nothing"),
        ((0,), r"got \(0,\): nothing in it"),
    ],
)
@by_name(TAKE_A_STACK)
def test_what_is_not_a_stack_of_images_is_refused_with_the_likely_slip(draw, shape, message):
    with pytest.raises(ValueError, match=message):
        draw(np.zeros(shape))


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (None, "got None: does the function that makes it end with `return`"),
        (..., r"got \.\.\.: is this still to be filled in"),
        ([np.ones((28, 28)), np.ones((20, 20))], "different shapes: are they all of one size"),
        ([[[1, 2], [3]]], "different shapes"),
        ([[["a"]]], "got list that holds something other than numbers"),
    ],
)
@by_name(TAKE_A_STACK)
def test_a_stack_of_something_other_than_numbers_is_refused(draw, images, message):
    expected = r"expected images of shape \(n, height, width\), "
    with pytest.raises(ValueError, match=expected + ".*" + message):
        draw(images)


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros(784), r"got \(784,\): is it flat\? Try `.reshape\(28, 28\)`"),
        (np.zeros((3, 28, 28)), r"got \(3, 28, 28\): .* Take one, `images\[0\]`"),
        (np.zeros((0, 28)), r"got \(0, 28\)\."),
        (3, r"got \(\)\."),
        (None, "got None"),
        ([[1, 2], [3]], "different shapes"),
    ],
)
@by_name(TAKE_ONE_IMAGE)
def test_what_is_not_one_image_is_refused_with_the_likely_slip(draw, image, message):
    with pytest.raises(ValueError, match=r"expected one image of shape .*" + message):
        draw(image)


@pytest.mark.parametrize("columns", [0, -1, 2.5, "2"])
@by_name(TAKE_COLUMNS)
def test_columns_are_a_whole_number_from_1(draw, columns):
    message = f"expected columns: a whole number from 1, got {columns!r}"
    with pytest.raises(ValueError, match=message):
        draw(columns)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plots.image_grid([IMAGE] * 2, ["a"]), "2 titles, one per image, got 1"),
        (lambda: plots.weight_grid([KERNEL], ["a", "b"]), "1 titles, one per image, got 2"),
        (lambda: plots.kernel_grid([KERNEL], []), "1 titles, one per kernel, got 0"),
        (
            lambda: plots.kernel_grid([KERNEL] * 2, directions=[0]),
            "2 directions, one per kernel, got 1",
        ),
        (
            lambda: plots.framed_images([IMAGE] * 3, "ab", [(0, 0)] * 3, 8),
            "3 titles, one per image, got 2",
        ),
        (
            lambda: plots.image_rows([[IMAGE]] * 2, ["a"], [NUMBERS] * 2),
            "2 names, one per row, got 1",
        ),
        (
            lambda: plots.image_rows([[IMAGE]] * 2, ["a", "b"], [NUMBERS]),
            "2 scales, one per row, got 1",
        ),
        (
            lambda: plots.image_rows([[IMAGE] * 3], ["a"], [NUMBERS], ["a"]),
            "3 titles, one per column, got 1",
        ),
        (
            lambda: plots.annotate_panels(plots.image_grid([IMAGE] * 2), ["a"]),
            "2 notes, one per panel, got 1",
        ),
        (
            lambda: plots.annotate_panels(plots.image_grid([IMAGE]), ["a"], ["x", "y"]),
            "1 row names, one per row, got 2",
        ),
        (
            lambda: plots.kernels_and_maps([KERNEL], [], ["a"]),
            "1 feature maps, one per kernel, got 0",
        ),
        (
            lambda: plots.kernels_and_maps([KERNEL], [IMAGE], ["a", "b"]),
            "1 names, one per kernel, got 2",
        ),
        (lambda: plots.feature_maps_to_scale([IMAGE], ["a", "b"]), "1 titles, one per map, got 2"),
        (
            lambda: plots.occlusion_maps(IMAGE, np.zeros((1, 23, 23)), "a", 6),
            "2 titles, one per panel, got 1",
        ),
        (
            lambda: plots.ablation_grid(np.zeros((3, 10)), "map", ["a"]),
            "3 rows, one per row of drops, got 1",
        ),
        (
            lambda: plots.weight_histograms([KERNEL], ["a", "b"]),
            "1 titles, one per panel, got 2",
        ),
        (lambda: plots.weight_histograms([KERNEL], None), "1 titles, one per panel, got None"),
        (
            lambda: plots.decision_regions(
                GRID, np.zeros((1, 5, 5)), POINTS, LABELS, ["a", "b"], scale="output"
            ),
            "1 titles, one per panel, got 2",
        ),
        (
            lambda: plots.decision_boundary(
                GRID, GRID, np.zeros((1, 5, 5)), POINTS, LABELS, ["a", "b"]
            ),
            "1 titles, one per panel, got 2",
        ),
        (lambda: plots.layered_network((3, 2), ["a"]), "2 names, one per layer, got 1"),
        (
            lambda: plots.accuracy_by_shift(range(3), {"MLP": [0.9]}),
            "3 accuracies of 'MLP', one per shift, got 1",
        ),
    ],
)
def test_names_must_match_what_they_name(draw, message):
    with pytest.raises(ValueError, match="expected " + message):
        draw()


class Symbol:
    """Refuses as the tensors between the layers of Keras do."""

    def __array__(self, dtype=None, copy=None):
        raise ValueError("A KerasTensor is symbolic: it's a placeholder for a shape an a dtype.")


def test_a_symbolic_tensor_is_refused_with_its_own_reason():
    with pytest.raises(ValueError, match=r"got a symbolic tensor.*call a model on images"):
        plots.image_grid(Symbol())
    with pytest.raises(ValueError, match="items of different shapes"):
        plots.image_grid([IMAGE, IMAGE[:5]])
