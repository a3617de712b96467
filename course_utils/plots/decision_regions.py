"""What a classifier with two inputs says at every point of the plane."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils.plots._styles import DARK_BLUE, DARK_RED, SIGNED_FINE
from course_utils.plots._validation import labelled_points, numbers, one_for_each, values_on_grid

# Sizes of the points, in square points of type: seen from the last row of a room.
SIZE, FEW, SIZE_OF_FEW = 40, 50, 140  # fewer than 50 points are drawn larger


def decision_regions(
    grid: ArrayLike,
    values: ArrayLike,
    points: ArrayLike,
    labels: ArrayLike,
    titles: Sequence[str] | None = None,
    *,
    scale: str,
) -> Figure:
    """Draw the plane as one classifier or several see it, with its two axes and a named scale.

    Parameters
    ----------
    grid : array_like of shape (n,), float
        Coordinates where the classifiers were evaluated, the same on both axes.
    values : array_like of shape (n_panels, n, n), float
        Their outputs, from 0 (blue) to 1 (red), one row for each point of the second axis. A line
        is drawn at 0.5.
    points : array_like of shape (n_points, 2), float
    labels : array_like of shape (n_points,), int
        0 (circles) or 1 (triangles).
    titles : sequence of str, optional
        One per panel.
    scale : str
        What the colours mean, written beside them.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, there is no panel, or a label is neither 0 nor 1.
    """
    grid = numbers(grid, "numbers for the grid")
    values = values_on_grid(values, grid, grid)
    n = len(values)
    size = (9.5, 3.7) if n > 2 else (4.4 * n + 0.7, 4)
    figure, axes, drawn = _side_by_side(grid, grid, values, points, labels, titles, size)
    ticks = (-1, 0, 1) if grid.min() < 0 else (0, 0.5, 1)
    for axis in axes:
        axis.set(xlabel="x₁", aspect="equal")
        axis.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axis.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes[0].set_ylabel("x₂")
    figure.colorbar(drawn, ax=axes, label=scale, ticks=[0, 0.5, 1], shrink=0.8)
    return figure


def decision_boundary(
    grid_x: ArrayLike,
    grid_y: ArrayLike,
    values: ArrayLike,
    points: ArrayLike,
    labels: ArrayLike,
    titles: Sequence[str] | None = None,
) -> Figure:
    """Draw what a classifier says at every point of the plane, for one classifier or several.

    Parameters
    ----------
    grid_x : array_like of shape (n_x,), float
    grid_y : array_like of shape (n_y,), float
        Coordinates where the classifier was evaluated.
    values : array_like of shape (n_panels, n_y, n_x), float
        Its probability of class 1 at each point, from 0 to 1. The line is drawn at 0.5.
    points : array_like of shape (n_points, 2), float
        The examples it learned from.
    labels : array_like of shape (n_points,), int
        Their classes, 0 or 1.
    titles : sequence of str, optional
        One per panel.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, there is no panel, or a label is neither 0 nor 1.
    """
    grid_x, grid_y = numbers(grid_x, "numbers for grid_x"), numbers(grid_y, "numbers for grid_y")
    values = values_on_grid(values, grid_x, grid_y)
    size = (9.5, 9.5 / len(values) + 0.5)
    figure, axes, drawn = _side_by_side(grid_x, grid_y, values, points, labels, titles, size)
    for axis in axes:
        axis.set(xticks=[], yticks=[])
    figure.colorbar(drawn, ax=axes, label="probability of class 1", ticks=[0, 0.5, 1])
    return figure


def draw_decision_regions(
    axis: Axes,
    grid_x: np.ndarray,
    grid_y: np.ndarray,
    values: np.ndarray,
    points: np.ndarray,
    labels: np.ndarray,
) -> QuadContourSet:
    """Draw one plane: values from blue to red, a line at 0.5, circles for 0, triangles for 1.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    grid_x, grid_y, points, labels : ndarray
        As in `decision_boundary`.
    values : ndarray of shape (n_y, n_x), float
        From 0 to 1.

    Returns
    -------
    matplotlib.contour.QuadContourSet
        For a colour bar.
    """
    drawn = axis.contourf(
        grid_x, grid_y, values, levels=np.linspace(0, 1, 11), cmap=SIGNED_FINE, alpha=0.7
    )
    if values.min() <= 0.5 <= values.max():
        axis.contour(grid_x, grid_y, values, levels=[0.5], colors="black", linewidths=2)
    size = SIZE_OF_FEW if len(points) < FEW else SIZE
    for label, marker, color in ((0, "o", DARK_BLUE), (1, "^", DARK_RED)):
        axis.scatter(
            *points[labels == label].T, s=size, marker=marker, color=color, edgecolor="white"
        )
    return drawn


def _side_by_side(grid_x, grid_y, values, points, labels, titles, figsize):
    """Draw one plane per panel; the figure, its panels and what a colour bar needs."""
    points, labels = labelled_points(points, labels)
    if titles is not None:
        one_for_each(titles, "titles", len(values), "panel")
    figure, (axes,) = plt.subplots(
        1, len(values), figsize=figsize, squeeze=False, sharey=True, layout="constrained"
    )
    for index, (axis, said) in enumerate(zip(axes, values, strict=True)):
        drawn = draw_decision_regions(axis, grid_x, grid_y, said, points, labels)
        if titles is not None:
            axis.set_title(titles[index], fontsize=12)
    return figure, axes, drawn
