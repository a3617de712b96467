"""Points of many dimensions, drawn in a plane."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils.plots._styles import outline_panel
from course_utils.plots._validation import numbers, one_for_each


def digits_in_plane(
    planes: Sequence[ArrayLike], labels: ArrayLike, titles: Sequence[str]
) -> Figure:
    """Draw each image as its digit at a point of the plane, one panel for each set of points.

    Parameters
    ----------
    planes : sequence of array_like of shape (n_images, 2), float
        Each panel has a scale of its own.
    labels : array_like of shape (n_images,), int
        Digits from 0 to 9. Each has its colour, and is written as text.
    titles : sequence of str
        One per panel.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the points are not in a plane, there is not one digit for each, or the titles do not
        match.
    """
    planes = [numbers(points, "points of shape (n_images, 2)") for points in planes]
    digits = numbers(labels, "labels of shape (n_images,)")
    one_for_each(titles, "titles", len(planes), "panel")
    for points in planes:
        if points.ndim != 2 or points.shape[1] != 2 or digits.shape != points.shape[:1]:
            raise ValueError(
                f"expected points of shape (n_images, 2) and one digit for each, got shapes "
                f"{points.shape} and {digits.shape}."
            )
    if not np.isin(digits, range(10)).all():
        raise ValueError(f"expected digits from 0 to 9, got {np.unique(digits)[:5].tolist()}.")
    figure, axes = plt.subplots(
        1, len(planes), figsize=(9.9, 5.2), squeeze=False, layout="constrained"
    )
    for axis, points, title in zip(axes[0], planes, titles, strict=True):
        for (x, y), digit in zip(points, digits, strict=True):
            color = plt.colormaps["tab10"](int(digit))
            axis.text(
                x, y, digit, color=color, fontsize=12, weight="bold", ha="center", va="center"
            )
        low, high = points.min(axis=0), points.max(axis=0)
        margin = 0.05 * (high - low)
        axis.set(xlim=(low[0] - margin[0], high[0] + margin[0]))
        axis.set(ylim=(low[1] - margin[1], high[1] + margin[1]))
        axis.set_title(title, fontsize=13)
        outline_panel(axis)
    return figure
