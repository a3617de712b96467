"""The flattening explorer sends flattened images, and refuses what would look wrong."""

import numpy as np
import pytest

from course_utils.widgets import flattening_explorer

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, size=(5, 28, 28), dtype=np.uint8)


def test_the_vector_that_is_sent_is_the_flattened_image():
    data = flattening_explorer(IMAGES, image=3)._data
    assert data["shape"] == [5, 28, 28]
    assert data["image"] == 3
    sent = np.frombuffer(data["levels"], dtype=np.uint8).reshape(5, 784)
    assert np.array_equal(sent[3], IMAGES[3].reshape(784))


def test_grey_levels_may_be_floats_up_to_255():
    data = flattening_explorer(IMAGES.astype(np.float32))._data
    assert data["levels"] == IMAGES.tobytes()


def test_the_fallback_frames_the_pixel_in_the_middle_and_its_place_in_the_vector():
    bundle, _ = flattening_explorer(IMAGES)._repr_mimebundle_()
    assert (
        "pixel in row 14, column 14 framed, and below it the vector of 784 numbers with the same "
        "pixel framed at place 406."
    ) in bundle["text/html"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"images": IMAGES[0]}, "is this one image"),
        ({"images": IMAGES.reshape(5, 784)}, "are these flat"),
        ({"images": IMAGES / 255}, "pass the images before scaling"),
        ({"images": IMAGES + 1.0}, "expected grey levels 0 to 255, got 1 to 256"),
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
