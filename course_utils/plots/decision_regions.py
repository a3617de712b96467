"""What a classifier of two numbers says at every place of the plane."""

import matplotlib.pyplot as plt
import numpy as np

from course_utils.plots._validation import numbers, one_for_each


def planes(grid, values, points, labels, titles=None, *, scale):
    """The plane as one classifier or several see it, with its two axes and a named scale.

    Parameters
    ----------
    grid : array_like of shape (n,), float
        Where the classifiers were asked, the same along both axes.
    values : array_like of shape (n_panels, n, n), float
        What they said, from 0 (blue) to 1 (red), a row for each place on the second axis. A line
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
    grid, _, values, points, labels = check_planes(grid, grid, values, points, labels, titles)
    n = len(values)
    size = (9.5, 3.7) if n > 2 else (4.4 * n + 0.7, 4)
    figure, axes = plt.subplots(
        1, n, figsize=size, squeeze=False, sharey=True, layout="constrained"
    )
    ticks = (-1, 0, 1) if grid.min() < 0 else (0, 0.5, 1)
    for index, (axis, said) in enumerate(zip(axes[0], values, strict=True)):
        shown = draw_plane(
            axis, grid, grid, said, points, labels, size=60 if len(points) < 50 else 22
        )
        axis.set(xlabel="x₁", aspect="equal")
        axis.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axis.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        if titles is not None:
            axis.set_title(titles[index], fontsize=12)
    axes[0, 0].set_ylabel("x₂")
    figure.colorbar(shown, ax=axes, label=scale, ticks=[0, 0.5, 1], shrink=0.8)
    return figure


def decision_boundary(grid_x, grid_y, values, points, labels, titles=None):
    """What a classifier says at every place of the plane, for one classifier or several.

    Parameters
    ----------
    grid_x : array_like of shape (n_x,), float
    grid_y : array_like of shape (n_y,), float
        Where the classifier was asked.
    values : array_like of shape (n_panels, n_y, n_x), float
        Its probability of class 1 at each place, from 0 to 1. The line is drawn at 0.5.
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
    arrays = check_planes(grid_x, grid_y, values, points, labels, titles)
    grid_x, grid_y, values, points, labels = arrays
    size = (9.5, 9.5 / len(values) + 0.5)
    figure, axes = plt.subplots(
        1, len(values), figsize=size, squeeze=False, sharey=True, layout="constrained"
    )
    for index, (axis, probability) in enumerate(zip(axes[0], values, strict=True)):
        shown = draw_plane(axis, grid_x, grid_y, probability, points, labels)
        axis.set(xticks=[], yticks=[])
        if titles is not None:
            axis.set_title(titles[index], fontsize=12)
    figure.colorbar(shown, ax=axes, label="probability of class 1", ticks=[0, 0.5, 1])
    return figure


def check_planes(grid_x, grid_y, values, points, labels, titles):
    """The arguments of a figure of planes as arrays; refuse what does not fit together.

    Parameters
    ----------
    grid_x, grid_y, values, points, labels, titles
        As in `decision_boundary`.

    Returns
    -------
    tuple of ndarray
        ``grid_x``, ``grid_y``, ``values``, ``points`` and ``labels``.

    Raises
    ------
    ValueError
        If the shapes do not fit together, there is no panel, or a label is neither 0 nor 1.
    """
    grid_x, grid_y = numbers(grid_x, "numbers for grid_x"), numbers(grid_y, "numbers for grid_y")
    expected = f"values of shape (n_panels, {grid_y.size}, {grid_x.size})"
    values = numbers(values, expected)
    if values.ndim != 3 or not len(values) or values.shape[1:] != grid_y.shape + grid_x.shape:
        hint = "" if values.size else ": no panel in it"
        raise ValueError(
            f"expected {expected}, one row for each place of grid_y, got {values.shape}{hint}."
        )
    points = numbers(points, "points of shape (n_points, 2)")
    labels = numbers(labels, "labels of shape (n_points,)")
    if points.ndim != 2 or points.shape[1] != 2 or labels.shape != points.shape[:1]:
        raise ValueError(
            f"expected points of shape (n_points, 2) and one label for each, got shapes "
            f"{points.shape} and {labels.shape}."
        )
    if not np.isin(labels, (0, 1)).all():
        raise ValueError(
            f"expected labels 0 and 1, got {np.unique(labels)[:5].tolist()}: one class against "
            "the rest is `labels == one_class`."
        )
    if titles is not None:
        one_for_each(titles, "titles", len(values), "panel")
    return grid_x, grid_y, values, points, labels


def draw_plane(axis, grid_x, grid_y, values, points, labels, size=22):
    """Draw one plane: values from blue to red, a line at 0.5, circles for 0, triangles for 1.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    grid_x, grid_y, points, labels : ndarray
        As in `decision_boundary`.
    values : ndarray of shape (n_y, n_x), float
        From 0 to 1.
    size : float, default=22
        Of the points, in square points.

    Returns
    -------
    matplotlib.contour.QuadContourSet
        For a colour bar.
    """
    shown = axis.contourf(
        grid_x, grid_y, values, levels=np.linspace(0, 1, 11), cmap="RdBu_r", alpha=0.7
    )
    if values.min() <= 0.5 <= values.max():
        axis.contour(grid_x, grid_y, values, levels=[0.5], colors="black", linewidths=2)
    for label, marker, color in ((0, "o", "#0b3d6b"), (1, "^", "#7a0c1e")):
        axis.scatter(
            *points[labels == label].T, s=size, marker=marker, color=color, edgecolor="white"
        )
    return shown
