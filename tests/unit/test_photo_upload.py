"""The button for photographs reads a file that is chosen, and says what it cannot read."""

import datetime
import io

import numpy as np
import pytest
from PIL import Image

from course_utils.widgets import photo_upload

FIRST = np.full((40, 60, 3), 200, dtype=np.uint8)


@pytest.fixture
def upload():
    return photo_upload(FIRST)


def choose(upload, name, content):
    """Do what the browser does when a file is chosen."""
    now = datetime.datetime.now(datetime.UTC)
    upload.children[0].value = [
        {"name": name, "type": "", "size": len(content), "content": content, "last_modified": now}
    ]


def png(height, width):
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(stream, "PNG")
    return stream.getvalue()


def caption(upload):
    return upload.children[-1].value.split("<figcaption>")[1].split("</figcaption>")[0]


def test_it_begins_with_the_photograph_of_the_lesson(upload):
    assert np.array_equal(upload.photo, FIRST)
    assert caption(upload) == "The photograph that comes with the lesson."


def test_a_chosen_file_takes_its_place_and_is_announced(upload):
    choose(upload, "seven.png", png(30, 20))
    assert upload.photo.shape == (30, 20, 3)
    assert (upload.photo[0, 0] == [255, 0, 0]).all()
    assert caption(upload) == "seven.png, read as 30 rows and 20 columns."
    assert upload.children[-2].text == caption(upload)
    choose(upload, "other.png", png(10, 20))
    assert upload.photo.shape == (10, 20, 3)


def test_a_file_that_is_no_picture_leaves_the_photograph_and_says_so(upload):
    choose(upload, "seven.png", png(30, 20))
    choose(upload, "notes.txt", b"hello")
    assert upload.photo.shape == (30, 20, 3)
    assert caption(upload).startswith("notes.txt: this is not a picture that can be read here")
    assert caption(upload).endswith("The photograph is the one from before.")


@pytest.mark.parametrize("photo", [FIRST[..., 0], FIRST / 255, FIRST[..., :2]])
def test_what_is_no_photograph_is_refused(photo):
    with pytest.raises(ValueError, match=r"expected a photograph of shape \(height, width, 3\)"):
        photo_upload(photo)
