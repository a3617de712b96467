"""Images: in grids and rows, with their pixels' numbers, flattened, with a crop below."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch, Rectangle
from numpy.typing import ArrayLike

from course_utils._grey_levels import grey_levels
from course_utils.plots._grids import grid_on_one_scale, panel_grid
from course_utils.plots._styles import (
    DARK_BLUE,
    DARK_RED,
    GREY_LEVELS,
    draw_frame,
    outline_panel,
)
from course_utils.plots._validation import (
    numbers,
    one_for_each,
    one_image,
    stack,
    table,
    whole_number,
)


def image_grid(
    images: ArrayLike,
    titles: Sequence[Any] | None = None,
    *,
    columns: int | None = None,
    limits: tuple[float, float] = (0, 255),
) -> Figure:
    """Draw images side by side on one grey scale, paper white and ink black.

    Parameters
    ----------
    images : array_like of shape (n_images, height, width), int or float
        Grey levels from 0 (paper) to 255 (ink). If they were divided by 255, `limits` must say so.
    titles : sequence of str or of numbers, optional
        One per image.
    columns : int, optional
        Panels to a row; by default all in one row up to ten.
    limits : tuple of float, default=(0, 255)
        The values shown white and black. All panels share them.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `images` is not a stack of images, the titles do not match, or `columns` is not a whole
        number from 1. On the scale from 0 to 255 also if the numbers are not grey levels: outside
        it, 0 and 1 only (they would look blank), or dark ink on bright paper.
    """
    images = stack(images)
    if tuple(limits) == (0, 255):
        if images.min() < 0:
            raise ValueError(
                f"expected grey levels 0 to 255, got {images.min():.4g} to {images.max():.4g}: "
                "weight_grid shows signed numbers."
            )
        grey_levels(images, if_scaled="pass limits=(0, 1)")
    return grid_on_one_scale(images, titles, columns, limits, GREY_LEVELS["cmap"])


def photo_steps(photo: ArrayLike, steps: Mapping[str, ArrayLike] | None = None) -> Figure:
    """Draw a photograph and, beside it, what becomes of it step by step.

    Parameters
    ----------
    photo : array_like of shape (height, width, 3), uint8
        Red, green and blue, as a photograph has them.
    steps : mapping of str to array_like of shape (any, any), optional
        Pictures with their titles, from 0 (paper, drawn white) to 255 (ink, drawn black).

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `photo` has another shape or type, or a step is not a table of numbers from 0 to 255.
    """
    photo, steps = np.asarray(photo), steps or {}
    if photo.ndim != 3 or photo.shape[2] != 3 or photo.dtype != np.uint8:
        raise ValueError(
            "expected a photograph of shape (height, width, 3) of uint8, got shape "
            f"{photo.shape} of {photo.dtype}."
        )
    tables = {title: table(step, f"the step {title!r}") for title, step in steps.items()}
    for title, step in tables.items():
        if not (step.min() >= 0 and step.max() <= 255):
            raise ValueError(
                f"expected the step {title!r} from 0 (paper) to 255 (ink), got {step.min():.4g} "
                f"to {step.max():.4g}."
            )
    pictures = {"photograph": photo, **tables}
    n = len(pictures)
    figure, axes = plt.subplots(1, n, figsize=(min(12, 4.5 * n), 3.8), squeeze=False)
    for axis, (title, picture) in zip(axes[0], pictures.items(), strict=True):
        axis.imshow(picture, **({} if picture.ndim == 3 else GREY_LEVELS))
        axis.set_title(title, fontsize=14)
        outline_panel(axis)
    return figure


def pixel_values(image: ArrayLike, rows: tuple[int, int], columns: tuple[int, int]) -> Figure:
    """Draw an image, and beside it a part enlarged with the number of each pixel written in.

    Parameters
    ----------
    image : array_like of shape (height, width)
        Whole numbers from 0 (paper) to 255 (ink), as MNIST stores them.
    rows, columns : tuple of int
        First row (or column) of the part, and the one after its last, as in a slice.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `image` is not one image of whole grey levels, or the part lies outside it or is empty.
    """
    image = one_image(image)
    if (image % 1).any():
        raise ValueError(
            f"expected grey levels 0 to 255 as stored, got floats up to {float(image.max()):.4}, "
            "not all whole: is this a mean image? Round it, `image.round()`."
        )
    for name, (start, stop), length in zip(
        ("rows", "columns"), (rows, columns), image.shape, strict=True
    ):
        if not 0 <= start < stop <= length:
            raise ValueError(f"{name} must lie within 0 to {length}, got {start} to {stop}.")
    figure, (whole, part) = plt.subplots(1, 2, figsize=(9.5, 4.4), width_ratios=(4, 5))
    (top, bottom), (left, right) = rows, columns
    whole.imshow(image, **GREY_LEVELS)
    draw_frame(whole, top, left, bottom - top, right - left, linewidth=2.5)
    part.imshow(image, **GREY_LEVELS)
    part.set(xlim=(left - 0.5, right - 0.5), ylim=(bottom - 0.5, top - 0.5))
    part.set(xticks=range(*columns), yticks=range(*rows))
    for row in range(*rows):
        for column in range(*columns):
            value = int(image[row, column])
            ink = "white" if value > 127 else "black"
            part.text(column, row, value, color=ink, ha="center", va="center", fontsize=10)
    for axis in (whole, part):
        axis.set(xlabel="column", ylabel="row")
        axis.spines[:].set_visible(True)
    part.spines[:].set(color="C1", linewidth=2.5)
    return figure


def flattening(image: ArrayLike, rows: tuple[int, int]) -> Figure:
    """Draw how an image is flattened: the image, a few rows laid side by side, the whole vector.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 (paper) to 255 (ink).
    rows : tuple of int
        The first of the rows that are shown large, and the one after the last, as in a slice.
        One to four of them.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `image` is not one image of grey levels, it does not have these rows, or they are not
        one to four.
    """
    image = one_image(image)
    height, width = image.shape
    start, stop = rows
    if not (0 <= start < stop <= height and stop - start <= 4):
        raise ValueError(f"rows must be one to four of 0 to {height}, got {start} to {stop}.")
    figure, (square, few, every) = plt.subplots(
        3, 1, figsize=(9.5, 6), height_ratios=(5, 1, 0.9), layout="constrained"
    )
    figure.get_layout_engine().set(hspace=0.08)
    vector = image.reshape(1, -1)
    square.imshow(image, **GREY_LEVELS)
    square.set(xlabel="column", ylabel="row", yticks=sorted({0, start, stop - 1, height - 1}))
    square.tick_params(axis="y", labelsize=11)
    for strip, (first, last) in ((few, (start, stop)), (every, (0, height))):
        strip.imshow(vector, **GREY_LEVELS, aspect="auto", interpolation="none")
        strip.set(xlim=(first * width - 0.5, last * width - 0.5), yticks=[])
    few.set(xticks=[])
    every.set(xticks=[0, start * width, stop * width, height * width - 1])
    every.set_xlabel("position in the vector")
    for axis in (square, few, every):
        axis.spines[:].set_visible(True)
    for index, row in enumerate(range(start, stop)):
        style = {"fill": False, "edgecolor": f"C{index}", "linewidth": 2, "clip_on": False}
        square.add_patch(Rectangle((-0.5, row - 0.5), width, 1, **style))
        left = row * width - 0.5
        few.add_patch(Rectangle((left + 0.15, -0.5), width - 0.3, 1, **style))
        label = f"row {row}, from position {row * width}"
        few.text(left + 0.15, -0.62, label, color=f"C{index}", ha="left", va="bottom")
        every.add_patch(Rectangle((left, -0.5), width, 1, **style))
    for end in (start, stop):  # from the enlarged rows down to their place in the whole vector
        position = end * width - 0.5
        ends = {"xyA": (position, 0.5), "axesA": few, "xyB": (position, -0.5), "axesB": every}
        figure.add_artist(ConnectionPatch(coordsA="data", **ends, color="0.5", linewidth=1))
    return figure


def image_rows(
    rows: Sequence[ArrayLike],
    names: Sequence[str],
    scales: Sequence[tuple[str | Colormap, float, float]],
    titles: Sequence[Any] | None = None,
) -> Figure:
    """Draw rows of images, each row with its name, its own scale and its colour bar.

    Parameters
    ----------
    rows : sequence of array_like of shape (n_images, height, width)
    names : sequence of str
        One per row.
    scales : sequence of (cmap, float, float)
        Colour map, lowest and highest value of each row.
    titles : sequence of str or of numbers, optional
        One per column.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a row is not a stack of images, the rows differ in length, the names, scales or titles
        do not match them, or a scale is empty.
    """
    rows = [stack(row) for row in rows]
    if not rows or len({len(row) for row in rows}) > 1:
        raise ValueError(
            f"expected rows with as many images each, got {[len(row) for row in rows]}: is one "
            "sliced differently?"
        )
    one_for_each(names, "names", len(rows), "row")
    one_for_each(scales, "scales", len(rows), "row")
    n_columns = len(rows[0])
    if titles is not None:
        one_for_each(titles, "titles", n_columns, "column")
    for cmap, low, high in scales:
        if not low < high:
            raise ValueError(f"expected a scale from low to high, got {low} to {high} ({cmap}).")
    side = min(1.6, 8.4 / n_columns)
    figure, (axes,) = panel_grid(len(rows) * n_columns, n_columns, (side, side + 0.05), (1.1, 0.4))
    axes = axes.reshape(len(rows), n_columns)
    for axis_row, row, name, (cmap, low, high) in zip(axes, rows, names, scales, strict=True):
        for axis, image in zip(axis_row, row, strict=True):
            drawn = axis.imshow(image, cmap=cmap, vmin=low, vmax=high, interpolation="nearest")
            outline_panel(axis)
        axis_row[0].set_ylabel(name, fontsize=11)
        bar = figure.colorbar(drawn, ax=axis_row, shrink=0.85, aspect=9, pad=0.01)
        bar.ax.tick_params(labelsize=10)
        bar.set_ticks([low, (low + high) / 2, high] if low < 0 else [low, high])
    for axis, title in zip(axes[0], titles if titles is not None else [], strict=False):
        axis.set_title(title, fontsize=12)
    return figure


def framed_images(
    images: ArrayLike,
    titles: Sequence[Any],
    places: ArrayLike,
    size: int,
    *,
    columns: int = 8,
) -> Figure:
    """Draw images with a square frame in each, and below each what is inside the frame.

    Parameters
    ----------
    images : array_like of shape (n_images, height, width), int or float
        Grey levels from 0 (paper) to 255 (ink).
    titles : sequence of str or of numbers
        One per image.
    places : array_like of shape (n_images, 2), int
        Row and column of the upper left pixel of each frame.
    size : int
        Height and width of a frame in pixels.
    columns : int, default=8
        Images to a row.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `images` is not a stack of grey levels, there is not one title and one place per image,
        or a frame leaves its image.
    """
    images = grey_levels(stack(images))
    one_for_each(titles, "titles", len(images), "image")
    whole_number("columns", columns)
    places = numbers(places, "places of shape (n_images, 2)")
    if places.shape != (len(images), 2):
        raise ValueError(f"expected places of shape ({len(images)}, 2), got {places.shape}.")
    whole_number("size", size, min(images.shape[1:]), " pixels")
    if places.min() < 0 or (places + size > images.shape[1:]).any():
        raise ValueError(
            f"expected frames of {size} pixels inside images of {images.shape[1:]}, got places up "
            f"to {places.max(axis=0).tolist()}."
        )
    side = 9.5 / columns
    figure, axes = panel_grid(len(images), columns, (side, 2 * side + 0.35), panels_per_item=2)
    for image, title, (top, left), (above, below) in zip(
        images, titles, places, axes.T, strict=False
    ):
        above.imshow(image, **GREY_LEVELS)
        above.set_title(title, fontsize=11, pad=3)
        draw_frame(above, top, left, size, size)
        outline_panel(above)
        below.imshow(image[top : top + size, left : left + size], **GREY_LEVELS)
        outline_panel(below, color="C1", linewidth=2)
    return figure


def digits_per_pixel(has_ink: ArrayLike) -> Figure:
    """Draw how many digits ever have ink in a pixel; where it is one or two, write which.

    Parameters
    ----------
    has_ink : array_like of shape (10, 784), bool
        Whether any image of the digit has ink in the pixel.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `has_ink` has another shape or is not boolean.
    """
    has_ink = numbers(has_ink, "booleans of shape (10, 784)")
    if has_ink.shape != (10, 784) or has_ink.dtype != bool:
        raise ValueError(
            f"expected booleans of shape (10, 784), one row for each digit, got shape "
            f"{has_ink.shape} and dtype {has_ink.dtype}: compare with > 0."
        )
    n_digits = has_ink.sum(axis=0).reshape(28, 28)
    figure, axis = plt.subplots(figsize=(7.6, 7.6), layout="constrained")
    axis.imshow(np.minimum(n_digits, 3), cmap="Greys", vmin=0, vmax=12)
    for row, column in np.argwhere((n_digits == 1) | (n_digits == 2)):
        digits = "".join(str(digit) for digit in np.flatnonzero(has_ink[:, 28 * row + column]))
        color, weight = (DARK_RED, "bold") if len(digits) == 1 else (DARK_BLUE, "normal")
        axis.text(
            column, row, digits, ha="center", va="center", fontsize=10, color=color, weight=weight
        )
    outline_panel(axis, color="0.7", linewidth=0.8)
    axis.set(xticks=range(0, 28, 9), yticks=range(0, 28, 9), xlabel="column", ylabel="row")
    axis.set_xticks(np.arange(-0.5, 28), minor=True)
    axis.set_yticks(np.arange(-0.5, 28), minor=True)
    axis.grid(which="minor", color="0.9", linewidth=0.5)
    axis.tick_params(which="minor", length=0)
    return figure
