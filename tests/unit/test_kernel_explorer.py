"""The kernel explorer sends kernels and biases as they are, and refuses what would look wrong."""

import numpy as np
import pytest

from course_utils.plots._styles import SIGNED
from course_utils.widgets import kernel_explorer

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, size=(5, 28, 28), dtype=np.uint8)
KERNELS = RNG.normal(size=(4, 3, 3))
BIASES = RNG.normal(size=4)


def test_kernels_and_biases_arrive_as_they_are():
    data = kernel_explorer(IMAGES[0], KERNELS, BIASES, kernel=2)._data
    assert np.array_equal(data["kernels"], KERNELS)
    assert np.array_equal(data["biases"], BIASES)
    assert (data["kernel"], data["shape"], data["levels"]) == (2, [28, 28], IMAGES[0].tobytes())


def test_kernels_have_the_colours_of_the_kernel_grid():
    signed = kernel_explorer(IMAGES[0], KERNELS, BIASES)._data["signed"]
    assert signed[40] == list(SIGNED(0.5, bytes=True)[:3])  # zero in the middle
    assert signed[0][2] > signed[0][0]  # negative: blue
    assert signed[-1][0] > signed[-1][2]  # positive: red


def test_a_kernel_begins_on_ink():
    image = np.zeros((28, 20))
    image[6, 9] = image[8, 11] = 255
    assert kernel_explorer(image, KERNELS, BIASES)._data["place"] == [6, 9]


def test_kernels_may_have_any_size_that_fits_into_the_image():
    for size in (1, 2, 5, 28):
        kernels = np.ones((2, size, size), dtype=np.float32)
        data = kernel_explorer(IMAGES[0], kernels, [0, 1])._data
        assert np.shape(data["kernels"]) == (2, size, size)


def test_the_fallback_says_what_the_kernel_computes():
    view = kernel_explorer(np.full((28, 28), 255), [np.full((3, 3), 0.5)], [-0.25])
    assert "they give 4.25." in view._repr_mimebundle_()[0]["text/html"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image": IMAGES}, "are these several images"),
        ({"image": IMAGES[0].reshape(784)}, "is it flat"),
        ({"image": IMAGES[0] / 255}, "pass the image before scaling"),
        ({"image": IMAGES[0] * 2.0}, "expected grey levels 0 to 255"),
        ({"kernels": KERNELS[0]}, r"got \(3, 3\)"),
        ({"kernels": KERNELS.transpose(1, 2, 0)}, r"\(3, 3, 4\): the number of the kernel comes"),
        ({"kernels": np.zeros((4, 29, 29))}, r"no larger than the image of \(28, 28\)"),
        ({"kernels": KERNELS * np.nan}, "finite numbers"),
        ({"biases": BIASES[:3]}, "expected 4 biases, one per kernel, got 3"),
        ({"biases": 0.5}, r"expected biases of shape \(4,\), got \(\)"),
        ({"biases": BIASES * np.inf}, "finite numbers"),
        ({"biases": None}, "got None"),
        ({"kernel": 4}, "expected the kernel: from 0 to 3, got 4"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        kernel_explorer(**{"image": IMAGES[0], "kernels": KERNELS, "biases": BIASES} | arguments)
