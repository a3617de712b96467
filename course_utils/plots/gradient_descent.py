"""The way of gradient descent over the cost of one number, or of two."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils.plots._validation import numbers, one_for_each, values_on_grid


def descent_on_curve(
    grid: ArrayLike, costs: ArrayLike, paths: ArrayLike, titles: Sequence[str], *, xlabel: str
) -> Figure:
    """Draw the cost as a curve over one number, and the steps of gradient descent on it.

    Parameters
    ----------
    grid : array_like of shape (n,), float
        Values of the number, ascending.
    costs : array_like of shape (n,), float
        The cost at each.
    paths : array_like of shape (n_panels, n_steps + 1), float
        The number before the first step and after each; places outside the grid are left out.
    titles : sequence of str
        One per panel.
    xlabel : str
        What the number is.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, or there is no panel.
    """
    grid, costs = numbers(grid, "numbers for the grid"), numbers(costs, "numbers for the costs")
    if grid.ndim != 1 or grid.shape != costs.shape:
        raise ValueError(f"expected one cost for each place, got {grid.shape} and {costs.shape}.")
    paths = _paths(paths, 2, "(n_panels, n_steps + 1)")
    figure, axes = _panels(paths, titles)
    for axis, path in zip(axes, paths, strict=True):
        axis.plot(grid, costs, color="0.6")
        heights = np.interp(path, grid, costs, left=np.nan, right=np.nan)
        axis.plot(path, heights, "o-", color="C1", markersize=8, linewidth=1.5)
        axis.plot(path[0], heights[0], "s", color="black", markersize=10)
        margin = 0.05 * (costs.max() - costs.min())
        axis.set(
            xlabel=xlabel,
            xlim=(grid.min(), grid.max()),
            ylim=(min(0, costs.min()) - margin, costs.max() + margin),
        )
    axes[0].set_ylabel("cost")
    return figure


def descent_on_plane(
    grid_x: ArrayLike,
    grid_y: ArrayLike,
    costs: ArrayLike,
    paths: ArrayLike,
    titles: Sequence[str],
    *,
    labels: tuple[str, str],
) -> Figure:
    """Draw the cost as contour lines over two numbers, and the steps of gradient descent on it.

    Parameters
    ----------
    grid_x : array_like of shape (n_x,), float
    grid_y : array_like of shape (n_y,), float
        Values of the two numbers, ascending.
    costs : array_like of shape (n_y, n_x), float
    paths : array_like of shape (n_panels, n_steps + 1, 2), float
        The two numbers before the first step and after each.
    titles : sequence of str
        One per panel.
    labels : tuple of str
        What the two numbers are.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, or there is no panel.
    """
    grid_x, grid_y = numbers(grid_x, "numbers for grid_x"), numbers(grid_y, "numbers for grid_y")
    costs = values_on_grid(np.asarray(costs)[np.newaxis], grid_x, grid_y)[0]
    paths = _paths(paths, 3, "(n_panels, n_steps + 1, 2)")
    one_for_each(labels, "labels", 2, "number")
    figure, axes = _panels(paths, titles)
    levels = costs.min() + (costs.max() - costs.min()) * np.linspace(0.1, 1, 12) ** 3
    lowest = np.unravel_index(costs.argmin(), costs.shape)
    for axis, path in zip(axes, paths, strict=True):
        axis.contour(grid_x, grid_y, costs, levels=levels, colors="0.65", linewidths=1)
        axis.plot(grid_x[lowest[1]], grid_y[lowest[0]], "*", color="C2", markersize=16)
        axis.plot(*path.T, "o-", color="C1", markersize=5, linewidth=1.5)
        axis.plot(*path[0], "s", color="black", markersize=10)
        axis.set(
            xlabel=labels[0],
            xlim=(grid_x.min(), grid_x.max()),
            ylim=(grid_y.min(), grid_y.max()),
        )
    axes[0].set_ylabel(labels[1])
    return figure


def _paths(paths, ndim, shape):
    paths = numbers(paths, f"paths of shape {shape}")
    if paths.ndim != ndim or not len(paths) or (ndim == 3 and paths.shape[2] != 2):
        raise ValueError(f"expected paths of shape {shape}, got {paths.shape}.")
    return paths


def _panels(paths, titles):
    """One panel for each path, side by side."""
    one_for_each(titles, "titles", len(paths), "panel")
    figure, (axes,) = plt.subplots(
        1, len(paths), figsize=(9.5, 3.6), squeeze=False, sharey=True, layout="constrained"
    )
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title)
    return figure, axes
