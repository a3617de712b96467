"""Figures of lesson 01: From pixels to vectors."""

import matplotlib.pyplot as plt
from matplotlib.patches import ConnectionPatch

from course_utils.plots.inputs import one_image


def pixel_values(image, rows, columns):
    """An image, and beside it a part of it enlarged, with the number of each pixel written in.

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
        If `image` is not one image of whole numbers, or the part lies outside it or is empty.
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
    edges = (columns[0] - 0.5, rows[0] - 0.5)
    whole.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    size = (columns[1] - columns[0], rows[1] - rows[0])
    whole.add_patch(plt.Rectangle(edges, *size, fill=False, edgecolor="C1", linewidth=2.5))
    part.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    part.set(xlim=(edges[0], columns[1] - 0.5), ylim=(rows[1] - 0.5, edges[1]))
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


def rows_side_by_side(image, rows):
    """Three views of flattening: an image, a few of its rows laid side by side, all of them.

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
        If `image` is not one image, it was scaled to floats from 0 to 1, it does not have these
        rows, or they are not one to four.
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
    square.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    square.set(xlabel="column", ylabel="row", yticks=sorted({0, start, stop - 1, height - 1}))
    square.tick_params(axis="y", labelsize=11)
    for strip, (first, last) in ((few, (start, stop)), (every, (0, height))):
        strip.imshow(vector, cmap="gray_r", vmin=0, vmax=255, aspect="auto", interpolation="none")
        strip.set(xlim=(first * width - 0.5, last * width - 0.5), yticks=[])
    few.set(xticks=[])
    every.set(xticks=[0, start * width, stop * width, height * width - 1])
    every.set_xlabel("position in the vector")
    for axis in (square, few, every):
        axis.spines[:].set_visible(True)
    for index, row in enumerate(range(start, stop)):
        style = {"fill": False, "edgecolor": f"C{index}", "linewidth": 2, "clip_on": False}
        square.add_patch(plt.Rectangle((-0.5, row - 0.5), width, 1, **style))
        left = row * width - 0.5
        few.add_patch(plt.Rectangle((left + 0.15, -0.5), width - 0.3, 1, **style))
        label = f"row {row}, from position {row * width}"
        few.text(left + 0.15, -0.62, label, color=f"C{index}", ha="left", va="bottom")
        every.add_patch(plt.Rectangle((left, -0.5), width, 1, **style))
    for end in (start, stop):  # from the enlarged rows down to their place in the whole vector
        position = end * width - 0.5
        ends = {"xyA": (position, 0.5), "axesA": few, "xyB": (position, -0.5), "axesB": every}
        figure.add_artist(ConnectionPatch(coordsA="data", **ends, color="0.5", linewidth=1))
    return figure
