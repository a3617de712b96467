"""What a network loses when a feature map is switched off or a part of the image is covered."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils.plots._styles import (
    GREY_LEVELS,
    POSITIVE,
    SIGNED,
    draw_frame,
    outline_panel,
    signed_scale,
)
from course_utils.plots._validation import (
    from_0_to_1,
    numbers,
    one_for_each,
    one_image,
    stack,
    whole_number,
)


def ablation_grid(drops: ArrayLike, row_name: str, rows: Sequence[Any] | None = None) -> Figure:
    """Draw how much accuracy each digit loses when a feature map is switched off.

    Parameters
    ----------
    drops : array_like of shape (n_maps, 10), float
        Accuracy before minus accuracy after, from -1 to 1: positive where the map was needed.
    row_name : str
        What a row of `drops` stands for: the label of the horizontal axis.
    rows : sequence of str or of numbers, optional
        One per row; by default their numbers from 0.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `drops` has another shape or is not between -1 and 1, or the rows do not match.
    """
    drops = numbers(drops, "drops of shape (n_maps, 10)")
    if drops.ndim != 2 or drops.shape[1] != 10 or not len(drops):
        raise ValueError(f"expected drops of shape (n_maps, 10), got {drops.shape}.")
    if np.abs(drops).max() > 1:
        raise ValueError(
            f"expected drops from -1 to 1, got up to {np.abs(drops).max():.4g}: are these "
            "percentages or counts?"
        )
    if rows is None:
        rows = range(len(drops))
    one_for_each(rows, "rows", len(drops), "row of drops")
    points = 100 * drops.T  # (10, n_maps): maps side by side, as wide as the page
    scale = signed_scale(points)
    figure, axis = plt.subplots(figsize=(9.9, 4.1), layout="constrained")
    drawn = axis.imshow(points, cmap=SIGNED, norm=scale, aspect="auto")
    axis.set(xlabel=row_name, ylabel="digit", yticks=range(10), xticks=range(len(drops)))
    axis.set_xticklabels(rows, fontsize=11)
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0)
    axis.set_xticks(np.arange(0.5, len(drops) - 1), minor=True)
    axis.set_yticks(np.arange(0.5, 9), minor=True)
    axis.grid(which="minor", color="white", linewidth=1)
    axis.tick_params(which="minor", length=0)
    figure.colorbar(drawn, ax=axis, pad=0.01, label="points lost (red) or won (blue)")
    return figure


def ablation_draws(drops: Sequence[ArrayLike], names: Sequence[str]) -> Figure:
    """Draw what each of several draws of feature maps costs, one row of dots for each group.

    Parameters
    ----------
    drops : sequence of array_like of shape (n_draws,), float
        Accuracy before minus accuracy after, from -1 to 1. Groups may differ in size.
    names : sequence of str
        One per group.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a group is not a row of drops, or the names do not match.
    """
    groups = [numbers(group, "drops of shape (n_draws,)") for group in drops]
    one_for_each(names, "names", len(groups), "group")
    for group in groups:
        if group.ndim != 1 or not group.size or np.abs(group).max() > 1:
            raise ValueError(
                f"expected drops of shape (n_draws,) from -1 to 1, got shape {group.shape}."
            )
    figure, axis = plt.subplots(figsize=(9.5, 0.8 * len(groups) + 1), layout="constrained")
    for row, group in enumerate(groups):
        shift = 0.12 * (np.arange(len(group)) % 3 - 1)  # so that equal draws do not hide each other
        axis.plot(100 * group, row + shift, "o", markersize=9, alpha=0.6)
        axis.plot(np.full(2, 100 * np.median(group)), (row - 0.35, row + 0.35), "k", linewidth=2)
    axis.set(yticks=range(len(groups)), ylim=(len(groups) - 0.5, -0.5))
    axis.set_yticklabels(names, fontsize=13)
    axis.set_xlabel("points of accuracy lost (line: median)", fontsize=13)
    axis.tick_params(axis="x", labelsize=12)
    return figure


def occlusion_maps(
    image: ArrayLike,
    maps: ArrayLike,
    titles: Sequence[str],
    size: int,
    *,
    place: tuple[int, int] = (0, 0),
) -> Figure:
    """Draw an image, and what a network answers while a square covers part of it.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 (paper) to 255 (ink).
    maps : array_like of shape (n_maps, height - size + 1, width - size + 1), float
        Probabilities from 0 to 1, one for each position of the square. Each is drawn where the
        middle of the square was, with the outline of the ink over it.
    titles : sequence of str
        One for the image and one for each map.
    size : int
        Height and width of the square in pixels.
    place : tuple of int, default=(0, 0)
        Row and column of the upper left pixel of one square. It is drawn over the image as a frame
        with a dot in its middle; the same dot is on the number that belongs to it in each map.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, the square leaves the image, or the maps are not
        probabilities.
    """
    image, maps = one_image(image), stack(maps)
    one_for_each(titles, "titles", len(maps) + 1, "panel")
    whole_number("size", size, min(image.shape), " pixels")
    places = tuple(side - size + 1 for side in image.shape)
    if maps.shape[1:] != places:
        raise ValueError(
            f"expected maps of shape (n_maps, {places[0]}, {places[1]}), one number for each place "
            f"of a square of {size} pixels, got {maps.shape}."
        )
    from_0_to_1(maps)
    if not (0 <= place[0] < places[0] and 0 <= place[1] < places[1]):
        raise ValueError(
            f"expected a place from (0, 0) to ({places[0] - 1}, {places[1] - 1}), got {place}."
        )
    panels = len(maps) + 1
    figure, axes = plt.subplots(
        1, panels, figsize=(min(9.9, 3.2 * panels + 0.6), 3.5), layout="constrained"
    )
    axes[0].imshow(image, **GREY_LEVELS)
    draw_frame(axes[0], *place, size, size, linewidth=2.5)
    row, column = np.add(place, (size - 1) / 2)
    for axis in axes:
        axis.plot(column, row, "o", color="C1", markersize=9, markeredgecolor="white", zorder=3)
    first = (size - 1) / 2 - 0.5  # the middle of the square in its first place, half a pixel back
    extent = (first, first + places[1], first + places[0], first)
    for axis, table in zip(axes[1:], maps, strict=True):
        drawn = axis.imshow(table, cmap=POSITIVE, vmin=0, vmax=1, extent=extent)
        axis.contour(image, levels=[127.5], colors="white", linewidths=2.5)
        axis.contour(image, levels=[127.5], colors="black", linewidths=1)
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=12)
        outline_panel(axis)
        axis.set_aspect("equal")
        axis.set(xlim=(-0.5, image.shape[1] - 0.5), ylim=(image.shape[0] - 0.5, -0.5))
    figure.colorbar(drawn, ax=axes, shrink=0.8, pad=0.01, label="probability", ticks=[0, 0.5, 1])
    return figure
