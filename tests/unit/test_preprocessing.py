"""A drawing is preprocessed the way MNIST was: it comes out like MNIST's own digits."""

import numpy as np
import pytest
from PIL import Image

from course_utils.datasets import load_mnist
from course_utils.preprocessing import downscale, preprocess, scale_and_centre, shrink


@pytest.fixture(scope="module")
def digits():
    return load_mnist().test_images[:200]


def centre_of_mass(image):
    rows, columns = np.indices(image.shape)
    return (image * rows).sum() / image.sum(), (image * columns).sum() / image.sum()


def bounding_box(image):
    """Rows and columns that the ink covers."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return np.ptp(rows) + 1, np.ptp(columns) + 1


def enlarged(image, times):
    return np.asarray(image).repeat(times, axis=0).repeat(times, axis=1)


def test_digits_of_mnist_come_back_as_they_are(digits):
    assert all(np.array_equal(preprocess(digit), digit) for digit in digits)


def test_where_a_digit_lies_does_not_matter(digits):
    for digit in digits:
        page = np.zeros((60, 80), dtype=np.uint8)
        page[31:59, 2:30] = digit
        assert np.array_equal(preprocess(page), digit)


@pytest.mark.parametrize("times", [2, 3, 10])
def test_an_enlarged_digit_comes_back_as_it_was(digits, times):
    assert all(np.array_equal(preprocess(enlarged(digit, times)), digit) for digit in digits)


@pytest.mark.parametrize("side", [100, 173, 280])
def test_a_digit_enlarged_by_any_factor_comes_back_nearly_as_it_was(digits, side):
    differences = []
    for digit in digits:
        large = Image.fromarray(digit).resize((side, side), Image.Resampling.NEAREST)
        differences.append(np.abs(preprocess(np.asarray(large)).astype(int) - digit).mean())
    assert np.median(differences) < 4


def test_preprocessing_twice_changes_nothing(digits):
    for digit in digits:
        once = preprocess(enlarged(digit[:, ::-1].T, 7))
        assert np.array_equal(preprocess(once), once)


@pytest.mark.parametrize("seed", range(20))
def test_the_ink_fills_20_pixels_and_its_centre_of_mass_is_in_the_centre_pixel(seed):
    rng = np.random.default_rng(seed)
    page = np.zeros((280, 280), dtype=np.uint8)
    for _ in range(3):
        top, left = rng.integers(0, 200, 2)
        height, width = rng.integers(20, 80, 2)
        page[top : top + height, left : left + width] = rng.integers(100, 256)
    image = preprocess(page)
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    assert max(bounding_box(image)) == 20
    for place in centre_of_mass(image.astype(float)):
        assert 13.5 <= place < 14.5


@pytest.mark.parametrize(
    ("height", "width", "box"),
    [
        (100, 50, (20, 10)),
        (30, 90, (7, 20)),
        (280, 1, (20, 1)),
        (1, 280, (1, 20)),
        (2, 2, (20, 20)),
    ],
)
def test_proportions_are_kept(height, width, box):
    page = np.zeros((300, 300), dtype=np.uint8)
    page[10 : 10 + height, 5 : 5 + width] = 255
    assert bounding_box(preprocess(page)) == box


def test_edges_are_smooth():
    rows, columns = np.indices((280, 280))
    disc = (rows - 100) ** 2 + (columns - 90) ** 2 < 60**2
    assert len(np.unique(preprocess(disc * np.uint8(255)))) > 5


def test_ink_is_not_cut_off_where_the_centre_of_mass_lies_at_one_end():
    page = np.zeros((200, 200), dtype=np.uint8)
    page[:, 100:101] = 255  # a long thread
    page[:20, 60:140] = 255  # and most of the mass at one end
    image = preprocess(page)
    assert bounding_box(image)[0] == 20
    assert centre_of_mass(image.astype(float))[0] < 13.5


@pytest.mark.parametrize("shape", [(280, 280), (28, 28), (5, 9), (0, 0)])
def test_no_ink_gives_an_empty_image(shape):
    image = preprocess(np.zeros(shape, dtype=np.uint8))
    assert image.shape == (28, 28)
    assert not image.any()


def test_faint_specks_far_apart_vanish():
    page = np.zeros((280, 280), dtype=np.uint8)
    page[[0, -1], [0, -1]] = 2
    assert not preprocess(page).any()


def test_the_picture_is_left_alone(digits):
    picture = digits[0].copy()
    preprocess(picture)[:] = 0
    downscale(picture)[:] = 0
    assert np.array_equal(picture, digits[0])


@pytest.mark.parametrize("function", [preprocess, downscale])
@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (np.zeros(784), r"is it flat\? Try `.reshape\(28, 28\)`"),
        (np.zeros((2, 28, 28)), "several pictures, or one in colour"),
        ("a seven", r"got shape \(\) of <U7"),
    ],
)
def test_what_is_not_one_picture_is_refused(function, picture, message):
    with pytest.raises(ValueError, match=message):
        function(picture)


def test_a_downscaled_picture_stays_where_it_is(digits):
    page = np.zeros((280, 280), dtype=np.uint8)
    page[100:110, 200:220] = 255
    image = downscale(page)
    assert (image == 255).sum() == 2
    assert image[10, 20:22].tolist() == [255, 255]
    assert np.array_equal(downscale(enlarged(digits[0], 10)), digits[0])
    with pytest.raises(ValueError, match="square"):
        downscale(page[:100])


def test_a_pad_filled_with_ink_is_scaled_without_checking_its_paper(digits):
    full = np.full((280, 280), 255, dtype=np.uint8)
    full[100:180, 100:180] = 0
    assert scale_and_centre(full).max() == shrink(full).max() == 255
    assert np.array_equal(scale_and_centre(digits[0]), preprocess(digits[0]))
    assert np.array_equal(shrink(digits[0]), downscale(digits[0]))
