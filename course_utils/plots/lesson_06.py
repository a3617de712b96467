"""Figures of lesson 06: What each layer looks for."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from course_utils.plots.inputs import numbers, one_for_each, panels_of, stack


def picture_rows(rows, names, scales, titles=None):
    """Rows of pictures, each row with its name, its own scale and its colour bar.

    Parameters
    ----------
    rows : sequence of array_like of shape (n_images, height, width)
        As many images in each row.
    names : sequence of str
        One per row, written upwards at its left.
    scales : sequence of tuple
        One per row: a Matplotlib colour map, the value at its lower and at its upper end.
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
    figure, axes = plt.subplots(
        len(rows),
        n_columns,
        figsize=(n_columns * side + 1.1, len(rows) * (side + 0.05) + 0.4),
        squeeze=False,
        layout="constrained",
    )
    for axis_row, row, name, (cmap, low, high) in zip(axes, rows, names, scales, strict=True):
        for axis, image in zip(axis_row, row, strict=True):
            shown = axis.imshow(image, cmap=cmap, vmin=low, vmax=high, interpolation="nearest")
            axis.set(xticks=[], yticks=[])
            axis.spines[:].set(visible=True, color="0.8", linewidth=0.5)
        axis_row[0].set_ylabel(name, fontsize=11)
        bar = figure.colorbar(shown, ax=axis_row, shrink=0.85, aspect=9, pad=0.01)
        bar.ax.tick_params(labelsize=10)
        bar.set_ticks([low, (low + high) / 2, high] if low < 0 else [low, high])
    for axis, title in zip(axes[0], titles if titles is not None else [], strict=False):
        axis.set_title(title, fontsize=12)
    return figure


def touch_map(touches):
    """Which digits ever touch a pixel, written into the pixels that one or two of them touch.

    Parameters
    ----------
    touches : array_like of shape (10, 784), bool
        Whether any image of the digit has ink in the pixel.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `touches` has another shape or is not boolean.
    """
    touches = numbers(touches, "booleans of shape (10, 784)")
    if touches.shape != (10, 784) or touches.dtype != bool:
        raise ValueError(
            f"expected booleans of shape (10, 784), one row for each digit, got shape "
            f"{touches.shape} and dtype {touches.dtype}: compare with > 0."
        )
    n_digits = touches.sum(axis=0).reshape(28, 28)
    figure, axis = plt.subplots(figsize=(7.6, 7.6), layout="constrained")
    axis.imshow(np.minimum(n_digits, 3), cmap="Greys", vmin=0, vmax=12)
    for row, column in np.argwhere((n_digits == 1) | (n_digits == 2)):
        digits = "".join(str(digit) for digit in np.flatnonzero(touches[:, 28 * row + column]))
        color = "#7a0c1e" if len(digits) == 1 else "#0b3d6b"
        weight = "bold" if len(digits) == 1 else "normal"
        axis.text(
            column, row, digits, ha="center", va="center", fontsize=10, color=color, weight=weight
        )
    axis.set(xticks=range(0, 28, 9), yticks=range(0, 28, 9), xlabel="column", ylabel="row")
    axis.set_xticks(np.arange(-0.5, 28), minor=True)
    axis.set_yticks(np.arange(-0.5, 28), minor=True)
    axis.grid(which="minor", color="0.9", linewidth=0.5)
    axis.tick_params(which="minor", length=0)
    axis.spines[:].set(visible=True, color="0.7")
    return figure


def frame_pixels(figure, masks):
    """Draw a frame around chosen pixels of each panel of a grid.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A figure from `image_grid`, `weight_grid` or `picture_rows`. It is changed.
    masks : array_like of shape (n_panels, height, width), bool
        The pixels to frame, panel by panel.

    Returns
    -------
    matplotlib.figure.Figure
        The same figure.

    Raises
    ------
    ValueError
        If the figure has no panels, or the masks do not match them or are not boolean.
    """
    panels = panels_of(figure)
    masks = stack(masks)
    one_for_each(masks, "masks", len(panels), "panel")
    shape = panels[0].images[0].get_array().shape
    if masks.dtype != bool or masks.shape[1:] != shape:
        raise ValueError(
            f"expected masks of shape {shape} and dtype bool, got {masks.shape[1:]} and "
            f"{masks.dtype}."
        )
    for axis, mask in zip(panels, masks, strict=True):
        frames = [Rectangle((c - 0.5, r - 0.5), 1, 1) for r, c in np.argwhere(mask)]
        axis.add_collection(
            PatchCollection(frames, facecolor="none", edgecolor="black", linewidth=1.2)
        )
    return figure
