"""Hover over an image and see where each pixel lands in the vector."""

from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from course_utils._grey_levels import grey_levels
from course_utils.plots import figure_bundle
from course_utils.plots._styles import GREY_LEVELS, draw_frame, outline_panel
from course_utils.plots._validation import stack, valid_index
from course_utils.widgets._base.assets import CANVAS, EXPLORER_STYLE, KEYBOARD, concatenate
from course_utils.widgets._base.explorer import Explorer
from course_utils.widgets._base.standalone_figure import standalone_figure

HERE = Path(__file__).parent
MOST_IMAGES = 1000  # all of them are sent to the browser


class FlatteningExplorer(Explorer):
    """An image and its vector, made by `flattening_explorer`."""

    _esm = concatenate(KEYBOARD, CANVAS, HERE / "flattening_explorer.js")
    _css = concatenate(EXPLORER_STYLE, HERE / "flattening_explorer.css")


def flattening_explorer(images: ArrayLike, *, image: int = 0) -> FlatteningExplorer:
    """Hover over a pixel and see its place in the vector, or over the vector and see the pixel.

    With the keyboard, arrow keys move from pixel to pixel in the image and from place to place
    in the vector.

    Parameters
    ----------
    images : array_like of shape (n_images, height, width), int or float
        Grey levels from 0 to 255, to choose from. At most 1000.
    image : int, default=0
        Which of them is shown first.

    Returns
    -------
    FlatteningExplorer
        Shown when it is the last line of a cell.

    Raises
    ------
    ValueError
        If `images` is not a stack of grey levels or is too long, or there is no such image.
    """
    images = stack(images)
    if len(images) > MOST_IMAGES:
        raise ValueError(
            f"expected at most {MOST_IMAGES} images, got {len(images)}: all of them are sent to "
            "the browser. Take a slice, `images[:100]`."
        )
    levels = np.round(grey_levels(images)).astype(np.uint8)
    valid_index("image", image, len(levels))
    data = {"shape": list(levels.shape), "image": int(image), "levels": levels.tobytes()}
    return FlatteningExplorer(data, _fallback(levels[image]))


def _fallback(image):
    """The pixel in the middle, and its place in the vector."""
    height, width = image.shape
    row, column = height // 2, width // 2
    place = width * row + column
    figure = standalone_figure(8.5, 3.6)
    square, strip = figure.subplots(2, 1, height_ratios=(5, 1))
    square.imshow(image, **GREY_LEVELS)
    strip.imshow(image.reshape(1, -1), aspect="auto", interpolation="none", **GREY_LEVELS)
    for axis, x, y in ((square, column, row), (strip, place, 0)):
        draw_frame(axis, y, x, 1, 1)
        outline_panel(axis)
    square.set(xticks=[column], yticks=[row], xlabel="column", ylabel="row")
    strip.set(xticks=[0, place, image.size - 1], yticks=[], xlabel="place in the vector")
    alt = (
        f"An image with the pixel in row {row}, column {column} framed, and below it the vector of "
        f"{image.size} numbers with the same pixel framed at place {place}."
    )
    caption = f"Row {row}, column {column} lands at {width} × {row} + {column} = {place}."
    return figure_bundle(figure, caption=caption, alt=alt)
