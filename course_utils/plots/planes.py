"""What a classifier of two numbers says at every place of the plane."""

import numpy as np

from course_utils.plots.inputs import numbers, one_for_each


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
