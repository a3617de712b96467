"""A drawing made into a picture like those of MNIST."""

import math

import numpy as np
from PIL import Image

BOX = 20  # the ink fits into this square, in pixels
SIZE = 28
CENTRE = 14  # row and column of the pixel that holds the centre of mass: so it is in all of MNIST


def preprocess(picture):
    """Scale and centre a picture of a digit the way the digits of MNIST were.

    The ink is scaled to fit into 20 x 20 pixels, its proportions kept: each pixel gets the mean
    grey of the place it covers. It is put into 28 x 28 pixels so that its centre of mass is in
    the centre pixel. It is moved by whole pixels, as MNIST was: the digits of MNIST come back as
    they are.

    Parameters
    ----------
    picture : array_like of shape (height, width), int or float
        Grey levels from 0 (paper) to 255 (ink). Every level above 0 counts as ink.

    Returns
    -------
    ndarray of shape (28, 28), uint8
        All zeros if there is no ink. Ink is never cut off: where the centre of mass lies at the
        very end of a shape, the shape stays inside and the centre of mass off the centre.

    Raises
    ------
    ValueError
        If `picture` is not one picture, or its grey levels are not from 0 to 255.

    References
    ----------
    Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits",
    http://yann.lecun.com/exdb/mnist/
    """
    ink = _ink_alone(_checked(picture))
    image = np.zeros((SIZE, SIZE), dtype=np.uint8)
    if not ink.size:
        return image
    scale = BOX / max(ink.shape)
    height, width = (max(1, round(scale * side)) for side in ink.shape)
    small = np.asarray(Image.fromarray(ink).resize((width, height), Image.Resampling.BOX))
    if small.any():  # not so of a few faint specks, far apart
        top, left = _offset(small, axis=0), _offset(small, axis=1)
        image[top : top + height, left : left + width] = small
    return image


def downscale(picture):
    """Scale a square picture to 28 x 28 pixels as it stands: neither cropped nor centred.

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
        If `picture` is not one square picture, or its grey levels are not from 0 to 255.
    """
    picture = _checked(picture)
    if picture.shape[0] != picture.shape[1] or not picture.size:
        raise ValueError(f"expected a square picture, got shape {picture.shape}.")
    return np.array(Image.fromarray(picture).resize((SIZE, SIZE), Image.Resampling.BOX))


def _ink_alone(picture):
    """The smallest part of a picture that has all of its ink: (0, 0) if there is none."""
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    if not rows.size:
        return picture[:0, :0]
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _offset(ink, axis):
    """Where the first row (axis 0) or column (axis 1) of some ink goes in 28 pixels."""
    mass = ink.sum(axis=1 - axis, dtype=float)
    centre_of_mass = mass @ np.arange(len(mass)) / mass.sum()
    offset = math.ceil(CENTRE - 0.5 - centre_of_mass)  # then it is at 13.5 or more, under 14.5
    return min(max(offset, 0), SIZE - len(mass))


def _checked(picture):
    """The picture as uint8, or a `ValueError` that says what came instead."""
    picture = np.asarray(picture)
    if picture.ndim != 2 or picture.dtype.kind not in "biuf":
        hint = ""
        if picture.shape == (SIZE * SIZE,):
            hint = ": is it flat? Try `.reshape(28, 28)`"
        elif picture.ndim == 3:
            hint = ": are these several pictures, or one in colours? It takes one, in grey"
        raise ValueError(
            f"expected one picture of shape (height, width), got shape {picture.shape} of "
            f"{picture.dtype}{hint}."
        )
    if picture.dtype.kind in "bf" and picture.any() and picture.max() <= 1:
        raise ValueError(
            f"expected grey levels 0 to 255, got {picture.dtype} up to {float(picture.max()):.4}: "
            "pass the picture before scaling."
        )
    if picture.size and not (picture.min() >= 0 and picture.max() <= 255):  # so is nan
        raise ValueError(
            f"expected grey levels 0 to 255, got {picture.min():.4g} to {picture.max():.4g}."
        )
    if picture.dtype.kind == "f":
        picture = np.rint(picture)
    return picture.astype(np.uint8)
