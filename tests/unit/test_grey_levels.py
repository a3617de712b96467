"""Grey levels go from 0, paper, to 255, ink: whatever takes an image refuses the same things."""

import numpy as np
import pytest

from course_utils import plots, widgets
from course_utils._grey_levels import has_bright_paper
from course_utils.datasets import load_mnist
from course_utils.preprocessing import downscale, preprocess

KERNEL = np.array([[-1, 0, 1]] * 3) / 3
FUNCTIONS = {
    "image_grid": lambda image: plots.image_grid([image]),
    "framed_images": lambda image: plots.framed_images([image], ["a"], [(0, 0)], 8),
    "pixel_values": lambda image: plots.pixel_values(image, (0, 2), (0, 2)),
    "flattening": lambda image: plots.flattening(image, (0, 2)),
    "class_probabilities": lambda image: plots.class_probabilities(image, [0.5, 0.5]),
    "convolution_and_relu": lambda image: plots.convolution_and_relu(
        image, KERNEL, np.ones((26, 26)), np.ones((26, 26))
    ),
    "occlusion_maps": lambda image: plots.occlusion_maps(
        image, np.zeros((1, 23, 23)), ["a", "b"], 6
    ),
    "flattening_explorer": lambda image: widgets.flattening_explorer([image]),
    "activation_explorer": lambda image: widgets.activation_explorer(
        image, lambda images: [np.ones((1, 26, 26, 1))], ["mine"]
    ),
    "feature_map_explorer": lambda image: widgets.feature_map_explorer(
        [image], lambda images: np.ones((1, 26, 26, 1)), [KERNEL]
    ),
    "weight_explorer": lambda image: widgets.weight_explorer(
        np.ones((784, 1)), [0], [image] * 6, [7] * 6
    ),
    "preprocess": preprocess,
    "downscale": downscale,
}
every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


@pytest.fixture(scope="module")
def mnist():
    return load_mnist()


@pytest.fixture(scope="module")
def digit(mnist):
    return mnist.test_images[0]


@every_function
@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64])
def test_a_mask_of_0_and_1_is_refused(function, dtype, digit):
    message = f"got {np.dtype(dtype)} up to 1: are these 0 and 1\\? Multiply them by 255"
    with pytest.raises(ValueError, match=message):
        function((digit > 120).astype(dtype))


@every_function
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_image_that_was_scaled_is_refused(function, dtype, digit):
    with pytest.raises(ValueError, match=r"0 to 255 as stored, got float\d\d up to 1: pass "):
        function((digit / 255).astype(dtype))


@every_function
@pytest.mark.parametrize(
    ("level", "message"), [(300, "got 0 to 300"), (-5, "got -5 to 2"), (np.nan, "got nan to nan")]
)
def test_a_number_outside_0_to_255_is_refused(function, level, message, digit):
    image = digit.astype(float)
    image[0, 0] = level
    with pytest.raises(ValueError, match="expected grey levels 0 to 255, " + message):
        function(image)


@every_function
def test_dark_ink_on_bright_paper_is_refused(function, digit):
    with pytest.raises(ValueError, match=r"dark ink on bright paper\? Pass `255 - image`"):
        function(255 - digit)


@every_function
@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.float64])
def test_grey_levels_of_any_dtype_are_taken(function, dtype, digit):
    function(digit.astype(dtype))
    function(np.zeros((28, 28), dtype=dtype))  # empty paper


def test_no_digit_of_mnist_has_bright_paper_and_each_has_when_it_is_inverted(mnist):
    for images in (mnist.train_images, mnist.test_images):
        assert not has_bright_paper(images).any()
        assert has_bright_paper(255 - images).all()


def test_a_digit_cropped_to_its_ink_is_not_taken_for_bright_paper(mnist):
    for image in mnist.test_images:
        rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
        cropped = image[np.newaxis, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        assert not has_bright_paper(cropped).any()


def test_a_photograph_of_a_sheet_is_refused_and_its_ink_alone_is_taken(digit):
    rng = np.random.default_rng(0)
    rows, columns = np.indices((280, 280))
    light = 230 - 0.2 * rows - 0.1 * columns  # brighter at the upper left
    ink = digit.repeat(10, axis=0).repeat(10, axis=1) / 255
    photo = np.clip(light * (1 - 0.85 * ink) + rng.normal(scale=5, size=ink.shape), 0, 255)
    with pytest.raises(ValueError, match="dark ink on bright paper"):
        preprocess(photo.astype(np.uint8))
    mask = photo < 100
    with pytest.raises(ValueError, match="Multiply them by 255"):
        preprocess(mask.astype(np.uint8))
    image = preprocess(255 * mask)
    assert np.corrcoef(image.ravel(), digit.ravel())[0, 1] > 0.8


def test_an_image_beside_its_negative_can_be_compared(digit):
    figure = plots.image_grid([digit, 255 - digit])
    assert np.array_equal(figure.axes[1].images[0].get_array(), 255 - digit)
