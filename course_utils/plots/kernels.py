"""Kernels of convolutions: with their numbers, at work on an image, beside their maps."""

import matplotlib.pyplot as plt
import numpy as np

from course_utils.plots._styles import EDGE, SIGNED, mappable, signed_scale
from course_utils.plots._validation import numbers, one_for_each, one_image, stack, whole


def kernel_grid(kernels, titles=None, *, directions=None, columns=8):
    """Kernels in a grid on one scale, each weight written into its cell to one decimal.

    Parameters
    ----------
    kernels : array_like of shape (n_kernels, height, width), float
    titles : sequence of str or of numbers, optional
        One per kernel; by default their numbers from 0.
    directions : sequence of float, optional
        One angle per kernel in degrees, 0 to the right, 90 upwards. An arrow is drawn in place
        of the numbers; nan leaves it out.
    columns : int, default=8
        Panels to a row.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `kernels` is not a stack of tables, the titles or directions do not match, or
        `columns` is not a whole number from 1.
    """
    kernels = stack(kernels)
    if titles is None:
        titles = range(len(kernels))
    one_for_each(titles, "titles", len(kernels), "kernel")
    if directions is not None:
        one_for_each(directions, "directions", len(kernels), "kernel")
    whole("columns", columns)
    rows = -(-len(kernels) // columns)
    scale = signed_scale(kernels)
    figure, axes = plt.subplots(
        rows,
        columns,
        figsize=(9.9, rows * (9 / columns + 0.25) + 0.2),
        squeeze=False,
        layout="constrained",
    )
    for axis in axes.flat[len(kernels) :]:
        axis.axis("off")
    for index, (axis, kernel) in enumerate(zip(axes.flat, kernels, strict=False)):
        if directions is None:
            draw_kernel(axis, kernel, scale)
        else:
            draw_kernel(axis, kernel, scale, written=False)
            _draw_arrow(axis, kernel.shape, directions[index])
        axis.set_title(titles[index], fontsize=11, pad=3)
    figure.colorbar(mappable(scale, SIGNED), ax=axes, shrink=0.9, aspect=12 * rows, pad=0.01)
    return figure


def kernel_at_work(image, kernel, sums, activations):
    """An image, a kernel, the sums the kernel makes of the image, and what ReLU lets through.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 to 255.
    kernel : array_like of shape (kernel_height, kernel_width), float
    sums, activations : array_like of shape (map_height, map_width), float
        Before and after bias and ReLU. They share one scale; the kernel has its own.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If one of them is not a table of numbers, or the two maps differ in shape.
    """
    image = one_image(image)
    kernel, sums, activations = (
        stack([numbers(table, f"{name}: one table of numbers")])[0]
        for name, table in (("kernel", kernel), ("sums", sums), ("activations", activations))
    )
    if sums.shape != activations.shape:
        raise ValueError(
            f"expected sums and activations of one shape, got {sums.shape} and {activations.shape}."
        )
    figure, axes = plt.subplots(
        1, 4, figsize=(9.9, 2.8), width_ratios=(28, 18, 26, 26), layout="constrained"
    )
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=255)
    draw_kernel(axes[1], kernel, signed_scale(kernel))
    scale = signed_scale(sums)
    for axis, table in zip(axes[2:], (sums, activations), strict=True):
        axis.imshow(table, cmap=SIGNED, norm=scale)
    titles = ("image", "kernel", "sums", "plus bias, after ReLU")
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=12)
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set(visible=True, **EDGE)
    figure.colorbar(mappable(scale, SIGNED), ax=axes[2:], shrink=0.8, pad=0.01)
    return figure


def convolution_step(image, kernel, row, column):
    """One step of a convolution: a window of an image, times a kernel, and the products.

    Parameters
    ----------
    image : array_like of shape (height, width), float
        Grey levels from 0 (paper) to 1 (ink).
    kernel : array_like of shape (kernel_height, kernel_width), float
    row, column : int
        The upper left pixel of the window.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `image` or `kernel` is not a table of numbers, or the window leaves the image.
    """
    image, kernel = _table(image, "image"), _table(kernel, "kernel")
    last = np.subtract(image.shape, kernel.shape)
    if not (0 <= row <= last[0] and 0 <= column <= last[1]):
        raise ValueError(
            f"expected a window inside the image: row from 0 to {last[0]} and column from 0 to "
            f"{last[1]}, got row {row} and column {column}."
        )
    height, width = kernel.shape
    window = image[row : row + height, column : column + width]
    products = window * kernel
    figure, axes = plt.subplots(
        1, 4, figsize=(9.5, 3.1), width_ratios=(1.5, 1, 1, 1), layout="constrained"
    )
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=1)
    frame = {"fill": False, "edgecolor": "C1", "linewidth": 2.5}
    axes[0].add_patch(plt.Rectangle((column - 0.5, row - 0.5), width, height, **frame))
    axes[0].set_title("image", fontsize=12)
    tables = {"window": window, "kernel": kernel, f"products, sum {products.sum():.2f}": products}
    for axis, sign, (title, table) in zip(
        axes[1:], " \N{MULTIPLICATION SIGN}=", tables.items(), strict=True
    ):
        _written(axis, table, limit=1)
        axis.set_title(title, fontsize=12)
        axis.text(-0.17, 0.5, sign, transform=axis.transAxes, ha="center", va="center", fontsize=20)
    axes[1].spines[:].set(color="C1", linewidth=2.5)
    for axis in axes:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set_visible(True)
    return figure


def kernels_and_maps(kernels, maps, names):
    """Kernels with their numbers above, and below what each makes of an image, on one scale.

    Parameters
    ----------
    kernels : array_like of shape (n_kernels, kernel_height, kernel_width), float
    maps : array_like of shape (n_kernels, height, width), float
        One feature map per kernel.
    names : sequence of str
        One per kernel.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no kernel, or not one table of numbers and one name for each.
    """
    kernels, maps = list(kernels), list(maps)
    if not kernels:
        raise ValueError("expected at least one kernel, got none.")
    one_for_each(maps, "feature maps", len(kernels), "kernel")
    one_for_each(names, "names", len(kernels), "kernel")
    kernels = [_table(kernel, "kernel") for kernel in kernels]
    maps = [_table(map_, "feature map") for map_ in maps]
    limit = max(np.abs(table).max() for table in [*kernels, *maps])
    figure, axes = plt.subplots(
        2, len(kernels), figsize=(9.5, 4.7), squeeze=False, layout="constrained"
    )
    for axis, kernel, name in zip(axes[0], kernels, names, strict=True):
        _written(axis, kernel, limit)
        axis.set_title(name, fontsize=12)
    for axis, map_ in zip(axes[1], maps, strict=True):
        shown = axis.imshow(map_, cmap="RdBu_r", vmin=-limit, vmax=limit)
    for axis in axes.flat:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set(visible=True, color="0.8", linewidth=0.5)
    figure.colorbar(shown, ax=axes, shrink=0.9, aspect=24, pad=0.01)
    return figure


def draw_kernel(axis, kernel, scale, *, written=True):
    """Draw one kernel into an axis, with its weights to one decimal unless `written` is False.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    kernel : ndarray of shape (height, width), float
    scale : matplotlib.colors.Normalize
        Centred on zero.
    written : bool, default=True
    """
    axis.imshow(kernel, cmap=SIGNED, norm=scale)
    for (row, column), weight in np.ndenumerate(kernel) if written else ():
        text = f"{np.round(weight, 1) + 0.0:.1f}"  # + 0.0 makes -0.0 a 0.0
        dark = abs(weight) > 0.6 * scale.vmax
        color = "white" if dark else "black"
        axis.text(column, row, text, ha="center", va="center", fontsize=10, color=color)
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(visible=True, **EDGE)


def _draw_arrow(axis, shape, degrees):
    """An arrow across a kernel; 0 degrees to the right, 90 upwards. Nothing for nan."""
    if not np.isfinite(degrees):
        return
    middle = (np.array(shape)[::-1] - 1) / 2
    angle = np.deg2rad(degrees)
    half = 1.05 * np.array([np.cos(angle), -np.sin(angle)])  # rows count downwards
    for color, width in (("white", 4.5), ("black", 2)):
        axis.annotate(
            "",
            xy=middle + half,
            xytext=middle - half,
            arrowprops={"arrowstyle": "->", "color": color, "linewidth": width},
        )


def _written(axis, table, limit):
    """A table in colours, each number written on it."""
    axis.imshow(table, cmap="RdBu_r", vmin=-limit, vmax=limit)
    for (row, column), value in np.ndenumerate(table):
        color = "white" if abs(value) > 0.6 * limit else "black"
        text = f"{value + 0:.2f}"  # + 0 turns -0.0 into 0.0
        axis.text(column, row, text, color=color, ha="center", va="center", fontsize=12)


def _table(values, name):
    """`values` as a table of numbers, or a `ValueError` that says what came instead."""
    table = numbers(values, f"{name} of shape (height, width)")
    if table.ndim != 2 or not table.size:
        raise ValueError(f"expected {name} of shape (height, width), got shape {table.shape}.")
    return table
