"""Feature maps: as tiles, to scale, switched off one by one, and under an occluded image."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from course_utils.plots._styles import EDGE, POSITIVE, SIGNED, signed_scale
from course_utils.plots._validation import (
    feature_maps,
    numbers,
    one_for_each,
    one_image,
    stack,
    whole,
)
from course_utils.plots.kernels import _table


def activation_grid(maps, name, *, per_map=False, columns=8):
    """The feature maps that one layer makes of one image, as separate tiles.

    Parameters
    ----------
    maps : array_like of shape (height, width, n_maps), float
        Activations from 0 up, in the order of a Keras layer: the maps stand last.
    name : str
        The layer. It is the title, with the shape.
    per_map : bool, default=False
        If False, all tiles share one scale, from 0 to the largest activation of the layer. If
        True, each tile runs from 0 to its own largest: weak maps can be seen, but no longer
        compared.
    columns : int, default=8
        Tiles to a row.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `maps` has another number of dimensions, is empty or holds negative numbers, or
        `columns` is not a whole number from 1.
    """
    maps = feature_maps(maps)
    whole("columns", columns)
    height, _, n_maps = maps.shape
    shown, label = maps, "activation"
    if per_map:
        highest = maps.max(axis=(0, 1))
        shown = maps / np.where(highest > 0, highest, 1)
        label = "share of the map's largest"
    canvas, rows, gap = tiled(shown, columns)
    figure, axis = plt.subplots(figsize=(9.5, 0.98 * rows + 0.75), layout="constrained")
    drawn = axis.imshow(canvas, cmap=POSITIVE, vmin=0, vmax=shown.max() or 1)
    axis.set_title(f"{name.replace('_', ' ')}: {maps.shape}", fontsize=13)
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0, labelsize=11)
    axis.set_yticks(np.arange(rows) * (height + gap) + (height - 1) / 2)
    axis.set_yticklabels(range(0, n_maps, columns))
    axis.set_xticks([])
    figure.colorbar(drawn, ax=axis, shrink=0.9, aspect=7 * rows, pad=0.01, label=label)
    return figure


def maps_to_scale(maps, titles):
    """Feature maps of different sizes side by side: one pixel is as large in each of them.

    Parameters
    ----------
    maps : sequence of array_like of shape (height, width), float
        Their sizes may differ. All share one colour scale, centred on zero.
    titles : sequence of str
        One per map.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a map is not a table of numbers, there is none, or the titles do not match.
    """
    maps = [_table(map_, "feature map") for map_ in maps]
    if not maps:
        raise ValueError("expected at least one feature map, got an empty list.")
    one_for_each(titles, "titles", len(maps), "map")
    limit = max(np.abs(map_).max() for map_ in maps) or 1
    widths, heights = ([map_.shape[side] for map_ in maps] for side in (1, 0))
    gap = 0.12 * max(widths)
    total = sum(widths) + gap * (len(maps) - 1)
    inch = 8.2 / total  # of one pixel
    size = (9.5, inch * max(heights) + 0.5)
    figure = plt.figure(figsize=size)
    figure.set_layout_engine("none")  # every place is computed here
    left = 0.1
    for map_, title in zip(maps, titles, strict=True):
        height, width = map_.shape
        place = (left, 0.1 + inch * (max(heights) - height), inch * width, inch * height)
        axis = figure.add_axes(np.array(place) / np.tile(size, 2))
        shown = axis.imshow(map_, cmap="RdBu_r", vmin=-limit, vmax=limit, aspect="auto")
        axis.set(xticks=[], yticks=[])
        axis.set_title(title, fontsize=12, loc="left")
        axis.spines[:].set(visible=True, color="0.8", linewidth=0.5)
        left += inch * (width + gap)
    place = np.array((8.6, 0.1, 0.12, inch * max(heights))) / np.tile(size, 2)
    figure.colorbar(shown, cax=figure.add_axes(place))
    return figure


def ablation_grid(drops, row_name, rows=None):
    """How much accuracy each digit loses when a feature map is switched off.

    Parameters
    ----------
    drops : array_like of shape (n_maps, 10), float
        Accuracy before minus accuracy after, from -1 to 1: positive where the map was needed.
    row_name : str
        What a row stands for.
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
            f"expected drops from -1 to 1, got up to {np.abs(drops).max():.4g}: are these per cent "
            "or counts?"
        )
    if rows is None:
        rows = range(len(drops))
    one_for_each(rows, "rows", len(drops), "row of drops")
    points = 100 * drops.T  # (10, n_maps): maps side by side, as wide as the page
    scale = signed_scale(points)
    figure, axis = plt.subplots(figsize=(9.9, 4.1), layout="constrained")
    drawn = axis.imshow(points, cmap=SIGNED, norm=scale, aspect="auto")
    axis.set(xlabel=row_name, ylabel="digit", yticks=range(10), xticks=range(len(drops)))
    axis.set_xticklabels(rows, fontsize=10)
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0)
    axis.set_xticks(np.arange(0.5, len(drops) - 1), minor=True)
    axis.set_yticks(np.arange(0.5, 9), minor=True)
    axis.grid(which="minor", color="white", linewidth=1)
    axis.tick_params(which="minor", length=0)
    figure.colorbar(drawn, ax=axis, pad=0.01, label="points lost (red) or won (blue)")
    return figure


def occlusion_maps(image, maps, titles, size):
    """An image, and what a network answers while a square covers one place of it.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 to 255.
    maps : array_like of shape (n_maps, height - size + 1, width - size + 1), float
        Probabilities from 0 to 1, one for each place of the square. Each is drawn where the
        middle of the square was, with the outline of the ink over it.
    titles : sequence of str
        One for the image and one for each map.
    size : int
        Height and width of the square in pixels.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, or the maps are no probabilities.
    """
    image, maps = one_image(image), stack(maps)
    one_for_each(titles, "titles", len(maps) + 1, "panel")
    whole("size", size, min(image.shape), " pixels")
    places = tuple(side - size + 1 for side in image.shape)
    if maps.shape[1:] != places:
        raise ValueError(
            f"expected maps of shape (n_maps, {places[0]}, {places[1]}), one number for each place "
            f"of a square of {size} pixels, got {maps.shape}."
        )
    if maps.min() < 0 or maps.max() > 1:
        raise ValueError(
            f"expected probabilities from 0 to 1, got {maps.min():.4g} to {maps.max():.4g}."
        )
    panels = len(maps) + 1
    figure, axes = plt.subplots(
        1, panels, figsize=(min(9.9, 3.2 * panels + 0.6), 3.5), layout="constrained"
    )
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=255)
    frame = {"fill": False, "color": "C1", "linewidth": 2}
    axes[0].add_patch(Rectangle((-0.3, -0.3), size, size, **frame))
    first = (size - 1) / 2 - 0.5  # the middle of the square in its first place, half a pixel back
    extent = (first, first + places[1], first + places[0], first)
    for axis, table in zip(axes[1:], maps, strict=True):
        drawn = axis.imshow(table, cmap=POSITIVE, vmin=0, vmax=1, extent=extent)
        axis.contour(image, levels=[127.5], colors="white", linewidths=2.5)
        axis.contour(image, levels=[127.5], colors="black", linewidths=1)
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=12)
        axis.set(xticks=[], yticks=[], aspect="equal")
        axis.set(xlim=(-0.5, image.shape[1] - 0.5), ylim=(image.shape[0] - 0.5, -0.5))
        axis.spines[:].set(visible=True, **EDGE)
    figure.colorbar(drawn, ax=axes, shrink=0.8, pad=0.01, label="probability", ticks=[0, 0.5, 1])
    return figure


def tiled(maps, columns=8):
    """Feature maps side by side in one table, with gaps of nan between them.

    Parameters
    ----------
    maps : ndarray of shape (height, width, n_maps), float
    columns : int, default=8
        Tiles to a row.

    Returns
    -------
    table : ndarray of shape (rows * (height + gap) - gap, columns * (width + gap) - gap), float
    rows, gap : int
    """
    height, width, n_maps = maps.shape
    rows, gap = -(-n_maps // columns), max(1, width // 12)
    table = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap), np.nan)
    for index in range(n_maps):
        top, left = (index // columns) * (height + gap), (index % columns) * (width + gap)
        table[top : top + height, left : left + width] = maps[:, :, index]
    return table, rows, gap
