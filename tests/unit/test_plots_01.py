"""The figures of lesson 01: what they draw, and what they say about bad input."""

import numpy as np
import pytest

from course_utils import plots

IMAGE = np.arange(784, dtype=np.uint16).reshape(28, 28) // 4


def test_pixel_values_writes_the_number_of_each_pixel():
    figure = plots.pixel_values(IMAGE, rows=(4, 6), columns=(10, 13))
    written = [int(text.get_text()) for text in figure.axes[1].texts]
    assert written == IMAGE[4:6, 10:13].ravel().tolist()


def test_pixel_values_shows_the_part_and_frames_it():
    whole, part = plots.pixel_values(IMAGE, rows=(4, 6), columns=(10, 13)).axes
    assert part.get_xlim() == (9.5, 12.5)
    assert part.get_ylim() == (5.5, 3.5)
    assert whole.patches[0].get_bbox().bounds == (9.5, 3.5, 3, 2)


@pytest.mark.parametrize(
    ("rows", "columns", "name"),
    [((4, 29), (0, 5), "rows"), ((-1, 4), (0, 5), "rows"), ((0, 5), (7, 7), "columns")],
)
def test_pixel_values_names_the_part_that_is_outside(rows, columns, name):
    with pytest.raises(ValueError, match=f"{name} must lie within 0 to 28"):
        plots.pixel_values(IMAGE, rows, columns)


def test_rows_side_by_side_shows_the_rows_and_the_whole_vector():
    square, few, every = plots.rows_side_by_side(IMAGE, rows=(7, 10)).axes
    np.testing.assert_array_equal(square.images[0].get_array(), IMAGE)
    np.testing.assert_array_equal(every.images[0].get_array(), IMAGE.reshape(1, 784))
    assert few.get_xlim() == (195.5, 279.5)
    assert every.get_xlim() == (-0.5, 783.5)


def test_rows_side_by_side_says_where_each_row_begins():
    few = plots.rows_side_by_side(IMAGE, rows=(7, 9)).axes[1]
    labels = [text.get_text() for text in few.texts]
    assert labels == ["row 7, from position 196", "row 8, from position 224"]


@pytest.mark.parametrize("rows", [(26, 29), (-1, 2), (5, 5), (0, 5)])
def test_rows_side_by_side_refuses_rows_it_cannot_show(rows):
    with pytest.raises(ValueError, match="one to four of 0 to 28"):
        plots.rows_side_by_side(IMAGE, rows)


@pytest.mark.parametrize(
    ("image", "hint"),
    [
        (np.zeros(784), r"reshape\(28, 28\)"),
        (np.zeros((3, 28, 28)), r"images\[0\]"),
        (3, r"got \(\)"),
    ],
)
@pytest.mark.parametrize(
    "draw",
    [
        lambda image: plots.pixel_values(image, (0, 2), (0, 2)),
        lambda image: plots.rows_side_by_side(image, (0, 2)),
    ],
)
def test_what_is_not_one_image_is_refused_with_a_hint(draw, image, hint):
    with pytest.raises(ValueError, match=hint):
        draw(image)


@pytest.mark.parametrize(
    "draw",
    [
        lambda image: plots.pixel_values(image, (0, 2), (0, 2)),
        lambda image: plots.rows_side_by_side(image, (0, 2)),
        lambda image: plots.probabilities(image, [0.5, 0.5]),
    ],
)
def test_an_image_that_was_scaled_is_refused(draw):
    message = "0 to 255 as stored, got floats up to 1.0: pass the image before scaling"
    with pytest.raises(ValueError, match=message):
        draw(IMAGE / IMAGE.max())


def test_pixel_values_writes_whole_numbers_only():
    with pytest.raises(ValueError, match=r"got floats up to 195\.5, not all whole: .*round"):
        plots.pixel_values(IMAGE + 0.5, (0, 2), (0, 2))
    assert (
        plots.pixel_values(IMAGE.astype(float), (0, 2), (0, 2)).axes[1].texts[0].get_text() == "0"
    )


@pytest.mark.parametrize("image", [None, [[1, 2], [3]]])
def test_what_is_no_array_is_not_one_image(image):
    with pytest.raises(ValueError, match=r"expected one image of shape \(height, width\), got "):
        plots.rows_side_by_side(image, (0, 2))
