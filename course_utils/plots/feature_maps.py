"""Feature maps: those of a layer as tiles, and maps of different sizes to scale."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from numpy.typing import ArrayLike

from course_utils.plots._styles import POSITIVE, SIGNED_FINE, outline_panel, signed_scale
from course_utils.plots._validation import feature_maps, one_for_each, table, whole_number


def feature_map_grid(
    maps: ArrayLike, name: str, *, per_map: bool = False, columns: int = 8
) -> Figure:
    """Draw the feature maps that one layer makes of one image, as tiles with their numbers.

    Parameters
    ----------
    maps : array_like of shape (height, width, n_maps), float
        Activations from 0 up, as one image of a Keras layer's output.
    name : str
        The layer's name: with the shape it is the title.
    per_map : bool, default=False
        If False, all tiles share one scale, from 0 to the largest activation of the layer. If
        True, each tile runs from 0 to its own largest: weak maps can be seen, but not compared.
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
    whole_number("columns", columns)
    height, width, n_maps = maps.shape
    shown, label = maps, "activation"
    if per_map:
        highest = maps.max(axis=(0, 1))
        shown = maps / np.where(highest > 0, highest, 1)
        label = "share of the map's largest"
    canvas, rows, gap = tile_feature_maps(shown, columns)
    figure, axis = plt.subplots(figsize=(9.5, 0.98 * rows + 0.75), layout="constrained")
    drawn = axis.imshow(canvas, cmap=POSITIVE, vmin=0, vmax=shown.max() or 1)
    axis.set_title(f"{name.replace('_', ' ')}: {maps.shape}", fontsize=13)
    axis.spines[:].set_visible(False)
    axis.set(xticks=[], yticks=[])
    for number in range(n_maps):
        row, column = divmod(number, columns)
        corner = (column * (width + gap) - 0.4, row * (height + gap) - 0.4)
        text = axis.text(*corner, number, fontsize=11, color="white", ha="left", va="top")
        text.set_path_effects([withStroke(linewidth=2.5, foreground="black")])
    figure.colorbar(drawn, ax=axis, shrink=0.9, aspect=7 * rows, pad=0.01, label=label)
    return figure


def feature_maps_to_scale(maps: Sequence[ArrayLike], titles: Sequence[str]) -> Figure:
    """Draw feature maps of different sizes side by side, a pixel as large in each of them.

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
    maps = [table(map_, "feature map") for map_ in maps]
    if not maps:
        raise ValueError("expected at least one feature map, got an empty list.")
    one_for_each(titles, "titles", len(maps), "map")
    scale = signed_scale(np.concatenate([map_.ravel() for map_ in maps]))
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
        shown = axis.imshow(map_, cmap=SIGNED_FINE, norm=scale, aspect="auto")
        outline_panel(axis)
        axis.set_title(title, fontsize=12, loc="left")
        left += inch * (width + gap)
    place = np.array((8.6, 0.1, 0.12, inch * max(heights))) / np.tile(size, 2)
    figure.colorbar(shown, cax=figure.add_axes(place))
    return figure


def tile_feature_maps(maps: np.ndarray, columns: int) -> tuple[np.ndarray, int, int]:
    """Put feature maps side by side on one canvas, with gaps of nan between them.

    Parameters
    ----------
    maps : ndarray of shape (height, width, n_maps), float
    columns : int
        Tiles to a row.

    Returns
    -------
    canvas : ndarray of shape (rows * (height + gap) - gap, columns * (width + gap) - gap), float
    rows : int
        Rows of tiles.
    gap : int
        Pixels between two tiles.
    """
    height, width, n_maps = maps.shape
    rows, gap = -(-n_maps // columns), max(1, width // 12)
    canvas = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap), np.nan)
    for index in range(n_maps):
        top, left = (index // columns) * (height + gap), (index % columns) * (width + gap)
        canvas[top : top + height, left : left + width] = maps[:, :, index]
    return canvas, rows, gap
