"""The explorers take what fits, and refuse what would look wrong."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from course_utils.plots._styles import SIGNED
from course_utils.widgets import flattening_explorer, kernel_explorer

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, size=(5, 28, 28), dtype=np.uint8)
KERNELS = RNG.normal(size=(4, 3, 3))
BIASES = RNG.normal(size=4)


def test_the_vector_that_is_sent_is_the_flattened_image():
    data = flattening_explorer(IMAGES, image=3)._data
    assert data["shape"] == [5, 28, 28]
    assert data["image"] == 3
    sent = np.frombuffer(data["levels"], dtype=np.uint8).reshape(5, 784)
    assert np.array_equal(sent[3], IMAGES[3].reshape(784))


def test_grey_levels_may_be_floats_up_to_255():
    data = flattening_explorer(IMAGES.astype(np.float32))._data
    assert data["levels"] == IMAGES.tobytes()


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


@pytest.mark.parametrize(
    ("explorer", "alt"),
    [
        (
            flattening_explorer(IMAGES),
            "pixel in row 14, column 14 framed, and below it the vector of 784 numbers with the "
            "same pixel framed at place 406.",
        ),
        (
            kernel_explorer(np.full((28, 28), 255), [np.full((3, 3), 0.5)], [-0.25]),
            "they give 4.25.",
        ),
    ],
)
def test_a_still_with_alternative_text_stands_where_no_kernel_runs(explorer, alt):
    bundle, _ = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "<figcaption>" in bundle["text/html"]
    assert "Run this cell" in bundle["text/html"]
    assert alt in bundle["text/html"]
    Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))).verify()
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"images": IMAGES[0]}, "is this one image"),
        ({"images": IMAGES.reshape(5, 784)}, "are these flat"),
        ({"images": IMAGES / 255}, "pass the images before scaling"),
        ({"images": IMAGES + 1.0}, "expected grey levels 0 to 255 as stored, got 1 to 256"),
        ({"images": IMAGES - 300.0}, "expected grey levels 0 to 255"),
        ({"images": IMAGES * np.nan}, "got nan to nan"),
        ({"images": np.zeros((1001, 2, 2))}, r"at most 1000 images, got 1001.*a slice"),
        ({"image": 5}, "expected the image: from 0 to 4, got 5"),
        ({"image": -1}, "expected the image: from 0 to 4, got -1"),
    ],
)
def test_images_that_do_not_fit_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        flattening_explorer(**{"images": IMAGES} | arguments)


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
def test_what_does_not_fit_an_image_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        kernel_explorer(**{"image": IMAGES[0], "kernels": KERNELS, "biases": BIASES} | arguments)
