"""Make a drawing or photograph of a digit into an image like those of MNIST; read photographs."""

import io
import math

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from course_utils._grey_levels import grey_levels

BOX = 20  # the ink fits into this square, in pixels
SIZE = 28
CENTRE = 14  # row and column of the pixel with the centre of mass, as in all of MNIST

PHOTO_SHAPE = (240, 300)  # rows and columns of a photograph
PAPER = (238, 232, 218)  # red, green, blue in full light
PEN = (60, 70, 125)
DIM = (0.3, 0.6)  # light in the darkest corner, as a share of the full light


def preprocess(picture: ArrayLike) -> np.ndarray:
    """Scale and centre a picture of a digit the way the digits of MNIST were.

    The ink is scaled to fit into 20 x 20 pixels with its proportions kept: each pixel gets the mean
    grey of the area it covers. It is placed in 28 x 28 pixels so that its centre of mass lies in
    the centre pixel. As in MNIST it is moved by whole pixels: the digits of MNIST come back as they
    are.

    On a photograph of a sheet no pixel is exactly 0. ``255 * (photo < 120)`` keeps the ink alone,
    if it is darker than 120.

    Parameters
    ----------
    picture : array_like of shape (height, width), int or float
        Grey levels from 0 (paper) to 255 (ink). Every level above 0 counts as ink.

    Returns
    -------
    ndarray of shape (28, 28), uint8
        All zeros if there is no ink. Ink is never cut off: if the centre of mass lies at the very
        end of a shape, the shape stays inside and the centre of mass is off the centre.

    Raises
    ------
    ValueError
        If `picture` is not one picture, its grey levels are not from 0 to 255 or are 0 and 1 only,
        or its ink is dark on bright paper.

    References
    ----------
    Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits",
    http://yann.lecun.com/exdb/mnist/
    """
    ink = _crop_to_ink(_checked(picture))
    if not ink.size:
        return centre(ink)
    scale = BOX / max(ink.shape)
    height, width = (max(1, round(scale * side)) for side in ink.shape)
    return centre(np.asarray(Image.fromarray(ink).resize((width, height), Image.Resampling.BOX)))


def centre(ink: np.ndarray) -> np.ndarray:
    """Place ink in 28 x 28 pixels as MNIST did: its centre of mass lies in the centre pixel.

    Parameters
    ----------
    ink : ndarray of shape (height, width), uint8
        From 0 (paper) to 255 (ink), at most 28 x 28 pixels.

    Returns
    -------
    ndarray of shape (28, 28), uint8
        All zeros if there is no ink.
    """
    image = np.zeros((SIZE, SIZE), dtype=np.uint8)
    if ink.any():  # a few faint specks, far apart, vanish when they are scaled
        height, width = ink.shape
        top, left = _offset(ink, axis=0), _offset(ink, axis=1)
        image[top : top + height, left : left + width] = ink
    return image


def downscale(picture: ArrayLike) -> np.ndarray:
    """Scale a square picture to 28 x 28 pixels as it is: neither cropped nor centred.

    Parameters
    ----------
    picture : array_like of shape (side, side), int or float
        Grey levels from 0 (paper) to 255 (ink).

    Returns
    -------
    ndarray of shape (28, 28), uint8

    Raises
    ------
    ValueError
        If `picture` is not one square picture, its grey levels are not from 0 to 255 or are 0 and 1
        only, or its ink is dark on bright paper.
    """
    picture = _checked(picture)
    if picture.shape[0] != picture.shape[1] or not picture.size:
        raise ValueError(f"expected a square picture, got shape {picture.shape}.")
    return shrink(picture)


def shrink(picture: np.ndarray) -> np.ndarray:
    """Do what `downscale` does without checking the paper: a pad may be filled with ink.

    Parameters
    ----------
    picture : ndarray of shape (side, side), uint8
        From 0 (paper) to 255 (ink).

    Returns
    -------
    ndarray of shape (28, 28), uint8
    """
    return np.array(Image.fromarray(picture).resize((SIZE, SIZE), Image.Resampling.BOX))


def like_a_photograph(
    digit: ArrayLike, rng: np.random.Generator, *, tilt: float = 10.0
) -> np.ndarray:
    """Make an image of MNIST look like a photograph of a digit on a sheet of paper.

    Blue ink on yellowish paper, somewhere on the sheet and of any size, turned by a few degrees,
    slightly out of focus; light that falls off from one side to the other, and some noise. It is
    a made picture: the true digit is known, and no camera, wrinkle or ruled line is in it.

    Parameters
    ----------
    digit : array_like of shape (28, 28), int or float
        From 0 (paper) to 255 (ink).
    rng : numpy.random.Generator
        Draws place, size, angle, light and noise.
    tilt : float, default=10.0
        The sheet is turned by up to so many degrees in either direction.

    Returns
    -------
    ndarray of shape (240, 300, 3), uint8
        Red, green and blue from 0 (dark) to 255 (bright).

    Raises
    ------
    ValueError
        If `digit` is not one image of 28 x 28 grey levels from 0 (paper) to 255 (ink).
    """
    digit = _checked(digit)
    if digit.shape != (SIZE, SIZE):
        raise ValueError(f"expected a digit of shape (28, 28), got shape {digit.shape}.")
    height, width = PHOTO_SHAPE
    side = int(rng.integers(100, 180))  # of the 28 pixels
    drawn = Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC)
    drawn = drawn.rotate(rng.uniform(-tilt, tilt), Image.Resampling.BICUBIC)
    sheet = Image.new("L", (width, height))
    top, left = (int(rng.integers(0, length - side)) for length in (height, width))
    sheet.paste(drawn, (left, top))
    ink = np.asarray(sheet.filter(ImageFilter.GaussianBlur(1.2)))[..., np.newaxis] / 255

    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    shade = np.cos(angle) * x + np.sin(angle) * y
    shade = (shade - shade.min()) / np.ptp(shade)  # from 0, bright, to 1, dark
    light = 1 - (1 - rng.uniform(*DIM)) * shade[..., np.newaxis]

    colours = (1 - ink) * PAPER + ink * PEN  # (height, width, 3)
    noise = rng.normal(0, 4, (height, width, 1))
    return np.clip(np.rint(colours * light + noise), 0, 255).astype(np.uint8)


def read_photograph(content: bytes, side: int = 300) -> np.ndarray:
    """Read the bytes of a picture file, upright and no larger than needed.

    Parameters
    ----------
    content : bytes-like
        What is in a file: PNG, JPEG or another format that Pillow reads.
    side : int, default=300
        A larger picture is made smaller, until its longer side has so many pixels.

    Returns
    -------
    ndarray of shape (height, width, 3), uint8
        Red, green and blue from 0 (dark) to 255 (bright). Where a drawing is transparent there is
        white paper.

    Raises
    ------
    ValueError
        If the bytes are not a picture that can be read.
    """
    try:
        with Image.open(io.BytesIO(content)) as file:
            picture = ImageOps.exif_transpose(file).convert("RGBA")
    except UnidentifiedImageError:
        raise ValueError(
            "this is not a picture that can be read here: save it as PNG or JPEG. (A phone may "
            "save photographs as HEIC.)"
        ) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError(f"this picture is damaged or too large ({error}).") from None
    picture.thumbnail((side, side))
    paper = Image.new("RGBA", picture.size, "white")
    return np.array(Image.alpha_composite(paper, picture).convert("RGB"))


def _crop_to_ink(picture):
    """Crop a picture to its ink: shape (0, 0) if there is none."""
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    if not rows.size:
        return picture[:0, :0]
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _offset(ink, axis):
    """Place the first row (axis 0) or column (axis 1) of some ink in 28 pixels."""
    mass = ink.sum(axis=1 - axis, dtype=float)
    centre_of_mass = mass @ np.arange(len(mass)) / mass.sum()
    offset = math.ceil(CENTRE - 0.5 - centre_of_mass)  # then it is at 13.5 or more, under 14.5
    return min(max(offset, 0), SIZE - len(mass))


def _checked(picture):
    """Return the picture as uint8, or raise a `ValueError` that says what it is instead."""
    picture = np.asarray(picture)
    if picture.ndim != 2 or picture.dtype.kind not in "biuf":
        hint = ""
        if picture.shape == (SIZE * SIZE,):
            hint = ": is it flat? Try `.reshape(28, 28)`"
        elif picture.ndim == 3:
            hint = ": are these several pictures, or one in colour? It takes one, in grey"
        raise ValueError(
            f"expected one picture of shape (height, width), got shape {picture.shape} of "
            f"{picture.dtype}{hint}."
        )
    grey_levels(picture, if_scaled="pass the picture before scaling")
    if picture.dtype.kind == "f":
        picture = np.rint(picture)
    return picture.astype(np.uint8)
