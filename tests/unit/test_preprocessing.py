"""A drawing is preprocessed the way MNIST was: it comes out like MNIST's own digits."""

import io

import numpy as np
import pytest
from PIL import Image

from course_utils.datasets import load_mnist
from course_utils.preprocessing import (
    centre,
    downscale,
    like_a_photograph,
    preprocess,
    read_photograph,
    shrink,
)


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


def test_a_pad_filled_with_ink_is_shrunk_and_centred_without_checking_its_paper(digits):
    full = np.full((20, 20), 255, dtype=np.uint8)
    full[6:14, 6:14] = 0
    assert np.array_equal(centre(full)[4:24, 4:24], full)
    assert shrink(full).max() == 255
    assert np.array_equal(shrink(digits[0]), downscale(digits[0]))


# Photographs


@pytest.mark.parametrize("seed", range(20))
def test_a_made_photograph_is_dark_ink_on_bright_paper_in_uneven_light(digits, seed):
    photo = like_a_photograph(digits[seed], np.random.default_rng(seed))
    assert photo.shape == (240, 300, 3)
    assert photo.dtype == np.uint8
    red, _, blue = photo.reshape(-1, 3).mean(axis=0)
    assert red > blue  # yellowish
    corners = photo[[5, 5, -5, -5], [5, -5, 5, -5]].mean(axis=1)
    assert corners.max() > 1.4 * corners.min()
    assert 0.002 < np.mean(photo.max(axis=2) < 0.5 * corners.max()) < 0.7


def test_the_same_draws_make_the_same_photograph_and_tilt_changes_nothing_but_the_angle(digits):
    first, again, straight = (
        like_a_photograph(digits[0], np.random.default_rng(3), tilt=tilt) for tilt in (10, 10, 0)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, straight)
    assert np.array_equal(first[:20], straight[:20])  # paper: light and noise are the same


@pytest.mark.parametrize(
    ("digit", "message"),
    [
        (np.zeros((20, 20), dtype=np.uint8), r"shape \(28, 28\), got shape \(20, 20\)"),
        (np.zeros(784, dtype=np.uint8), "is it flat"),
        (np.eye(28), "pass the picture before scaling"),
    ],
)
def test_what_is_no_digit_of_mnist_makes_no_photograph(digit, message):
    with pytest.raises(ValueError, match=message):
        like_a_photograph(digit, np.random.default_rng(0))


def file_of(picture, kind="PNG", **options):
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


@pytest.fixture(scope="module")
def red():
    """A picture, red above and white below, 40 rows and 60 columns."""
    pixels = np.full((40, 60, 3), 255, dtype=np.uint8)
    pixels[:20, :, 1:] = 0
    return Image.fromarray(pixels)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_pictures_of_several_kinds_are_read(red, kind):
    photo = read_photograph(memoryview(file_of(red, kind)))
    assert photo.shape == (40, 60, 3)
    assert photo.dtype == np.uint8
    assert np.abs(photo[5, 30].astype(int) - [255, 0, 0]).max() < 12
    assert np.abs(photo[35, 30].astype(int) - 255).max() < 12


def test_a_large_photograph_becomes_smaller_and_keeps_its_proportions(red):
    assert read_photograph(file_of(red.resize((3000, 2000)))).shape == (200, 300, 3)


def test_a_photograph_that_lies_on_its_side_is_turned_upright(red):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the right side is up
    assert read_photograph(file_of(red, "JPEG", exif=exif)).shape == (60, 40, 3)


def test_a_transparent_drawing_lies_on_white_paper():
    drawing = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert (read_photograph(file_of(drawing)) == 255).all()


@pytest.mark.parametrize("mode", ["L", "1", "P", "I;16"])
def test_pictures_without_colours_are_read(mode):
    picture = Image.new(mode, (8, 6))
    assert read_photograph(file_of(picture)).shape == (6, 8, 3)


def test_what_is_no_picture_is_met_with_what_to_try(red):
    for content in (b"", b"hello", b"\x00\x00\x00\x18ftypheic"):
        with pytest.raises(ValueError, match=r"not a picture that can be read here.*PNG or JPEG"):
            read_photograph(content)
    with pytest.raises(ValueError, match="damaged"):
        read_photograph(file_of(red)[:-60])
