"""Kernels of convolutions: with their numbers, at work on an image, beside their maps."""

from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils.plots._grids import panel_grid, side_colorbar
from course_utils.plots._styles import (
    GREY_LEVELS,
    SCALED_GREY_LEVELS,
    SIGNED,
    draw_frame,
    mappable,
    outline_panel,
    signed_scale,
)
from course_utils.plots._validation import one_for_each, one_image, stack, table, whole_number


def kernel_grid(
    kernels: ArrayLike,
    titles: Sequence[Any] | None = None,
    *,
    directions: Sequence[float] | None = None,
    columns: int = 8,
) -> Figure:
    """Draw kernels in a grid on one scale, each weight written into its cell to one decimal.

    Parameters
    ----------
    kernels : array_like of shape (n_kernels, height, width), float
    titles : sequence of str or of numbers, optional
        One per kernel; by default their numbers from 0.
    directions : sequence of float, optional
        One angle per kernel in degrees, 0 to the right, 90 upwards. An arrow is drawn in place
        of the numbers; for nan there is none.
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
    whole_number("columns", columns)
    side = 9 / columns
    figure, (axes,) = panel_grid(len(kernels), columns, (side, side + 0.25), (0.9, 0.2))
    scale = signed_scale(kernels)
    for index, (axis, kernel) in enumerate(zip(axes, kernels, strict=False)):
        if directions is None:
            draw_kernel(axis, kernel, scale)
        else:
            draw_kernel(axis, kernel, scale, decimals=None)
            _draw_arrow(axis, kernel.shape, directions[index])
        axis.set_title(titles[index], fontsize=11, pad=3)
    side_colorbar(figure, mappable(scale, SIGNED), axes, len(axes) // columns)
    return figure


def convolution_and_relu(
    image: ArrayLike,
    kernel: ArrayLike,
    sums: ArrayLike,
    activations: ArrayLike,
    *,
    limit: float | None = None,
) -> Figure:
    """Draw an image, a kernel, the sums the kernel makes of it, and what ReLU lets through.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 (paper) to 255 (ink).
    kernel : array_like of shape (kernel_height, kernel_width), float
    sums, activations : array_like of shape (map_height, map_width), float
        Before and after bias and ReLU. They share one scale; the kernel has its own.
    limit : float, optional
        The magnitude that ends the scale of the kernel, as where the same kernel is drawn among
        others; by default its own largest.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If one of them is not a table of numbers, the two maps differ in shape, or a weight is
        beyond the limit.
    """
    image, kernel = one_image(image), table(kernel, "kernel")
    sums, activations = table(sums, "sums"), table(activations, "activations")
    if sums.shape != activations.shape:
        raise ValueError(
            f"expected sums and activations of one shape, got {sums.shape} and {activations.shape}."
        )
    largest = np.abs(kernel).max()
    if limit is not None and not largest <= limit:
        raise ValueError(f"expected a limit from {largest:.4g}, the largest weight, got {limit}.")
    figure, axes = plt.subplots(
        1, 4, figsize=(9.9, 2.8), width_ratios=(28, 18, 26, 26), layout="constrained"
    )
    axes[0].imshow(image, **GREY_LEVELS)
    kernel_scale = signed_scale(kernel if limit is None else np.array(limit))
    draw_kernel(axes[1], kernel, kernel_scale, fontsize=12)
    scale = signed_scale(sums)
    for axis, map_ in zip(axes[2:], (sums, activations), strict=True):
        axis.imshow(map_, cmap=SIGNED, norm=scale)
    titles = ("image", "kernel", "sums", "plus bias, after ReLU")
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=12)
        outline_panel(axis)
    figure.colorbar(mappable(scale, SIGNED), ax=axes[2:], shrink=0.8, pad=0.01)
    return figure


def convolution_step(image: ArrayLike, kernel: ArrayLike, row: int, column: int) -> Figure:
    """Draw one step of a convolution: a window of an image, times a kernel, and the products.

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
    image, kernel = table(image, "image"), table(kernel, "kernel")
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
    axes[0].imshow(image, **SCALED_GREY_LEVELS)
    draw_frame(axes[0], row, column, height, width, linewidth=2.5)
    axes[0].set_title("image", fontsize=12)
    panels = {"window": window, "kernel": kernel, f"products, sum {products.sum():.2f}": products}
    for axis, sign, (title, numbers) in zip(
        axes[1:], " \N{MULTIPLICATION SIGN}=", panels.items(), strict=True
    ):
        draw_kernel(axis, numbers, Normalize(-1, 1), decimals=2, fontsize=12)
        axis.set_title(title, fontsize=12)
        axis.text(-0.17, 0.5, sign, transform=axis.transAxes, ha="center", va="center", fontsize=20)
    for axis in axes:
        outline_panel(axis, color="black", linewidth=0.8)
    axes[1].spines[:].set(color="C1", linewidth=2.5)
    return figure


def kernels_and_maps(
    kernels: Iterable[ArrayLike], maps: Iterable[ArrayLike], names: Sequence[str]
) -> Figure:
    """Draw kernels with their numbers, and below each what it makes of an image, on one scale.

    Parameters
    ----------
    kernels : iterable of array_like of shape (kernel_height, kernel_width), float
    maps : iterable of array_like of shape (height, width), float
        One feature map per kernel.
    names : sequence of str
        One per kernel.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no kernel, one is not a table of numbers, or the maps or names do not match.
    """
    kernels, maps = list(kernels), list(maps)
    if not kernels:
        raise ValueError("expected at least one kernel, got none.")
    one_for_each(maps, "feature maps", len(kernels), "kernel")
    one_for_each(names, "names", len(kernels), "kernel")
    kernels = [table(kernel, "kernel") for kernel in kernels]
    maps = [table(map_, "feature map") for map_ in maps]
    scale = signed_scale(np.concatenate([array.ravel() for array in [*kernels, *maps]]))
    figure, axes = panel_grid(
        len(kernels), len(kernels), (9.5 / len(kernels), 4.7), panels_per_item=2
    )
    for (above, below), kernel, map_, name in zip(axes.T, kernels, maps, names, strict=True):
        draw_kernel(above, kernel, scale, decimals=2, fontsize=12)
        above.set_title(name, fontsize=12)
        below.imshow(map_, cmap=SIGNED, norm=scale)
        outline_panel(below)
    side_colorbar(figure, mappable(scale, SIGNED), axes, n_rows=2)
    return figure


def draw_kernel(
    axis: Axes,
    kernel: np.ndarray,
    scale: Normalize,
    *,
    decimals: int | None = 1,
    fontsize: float = 10,
) -> None:
    """Draw one kernel in colours, with its numbers in the cells.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    kernel : ndarray of shape (height, width), float
        Cells of nan stay empty.
    scale : matplotlib.colors.Normalize
        Centred on zero.
    decimals : int or None, default=1
        Decimals of the numbers; None writes no numbers.
    fontsize : float, default=10
        Of the numbers, in points.
    """
    axis.imshow(kernel, cmap=SIGNED, norm=scale)
    for (row, column), weight in np.ndenumerate(kernel) if decimals is not None else ():
        if np.isnan(weight):
            continue
        text = f"{np.round(weight, decimals) + 0.0:.{decimals}f}"  # + 0.0 makes -0.0 a 0.0
        dark = abs(weight) > 0.6 * scale.vmax
        color = "white" if dark else "black"
        axis.text(column, row, text, ha="center", va="center", fontsize=fontsize, color=color)
    outline_panel(axis)


def _draw_arrow(axis: Axes, shape: tuple[int, int], degrees: float) -> None:
    """Draw an arrow across a kernel; 0 degrees to the right, 90 upwards. Nothing for nan."""
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
