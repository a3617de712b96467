"""The layout engine of grids: panels in rows, titles above them, one scale at their side."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colorbar import Colorbar
from matplotlib.colors import Colormap
from matplotlib.figure import Figure

from course_utils.plots._styles import outline_panel
from course_utils.plots._validation import one_for_each, whole_number


def panel_grid(
    n_items: int,
    columns: int,
    item: tuple[float, float],
    margin: tuple[float, float] = (0, 0),
    *,
    panels_per_item: int = 1,
) -> tuple[Figure, np.ndarray]:
    """Lay out empty panels in rows.

    Parameters
    ----------
    n_items : int
    columns : int
        Items to a row.
    item : tuple of float
        Width and height of an item, its title included, in inches.
    margin : tuple of float, default=(0, 0)
        What the figure needs beside and below the items, in inches.
    panels_per_item : int, default=1
        Panels of an item, one below the other.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : ndarray of shape (panels_per_item, n_rows * columns), of matplotlib.axes.Axes
        The panels of item i are ``axes[:, i]``. Those after the last item are invisible.
    """
    rows = -(-n_items // columns)
    figure, axes = plt.subplots(
        rows * panels_per_item,
        columns,
        figsize=(columns * item[0] + margin[0], rows * item[1] + margin[1]),
        squeeze=False,
        layout="constrained",
    )
    axes = axes.reshape(rows, panels_per_item, columns).swapaxes(0, 1).reshape(panels_per_item, -1)
    for axis in axes[:, n_items:].flat:
        axis.axis("off")
    return figure, axes


def side_colorbar(figure: Figure, drawn: ScalarMappable, axes: np.ndarray, n_rows: int) -> Colorbar:
    """Draw the one scale of a grid at its right, as high as the panels.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    drawn : matplotlib.cm.ScalarMappable
    axes : ndarray of matplotlib.axes.Axes
        All panels of the grid.
    n_rows : int
        Rows of panels.

    Returns
    -------
    matplotlib.colorbar.Colorbar
    """
    return figure.colorbar(drawn, ax=axes, shrink=0.9, aspect=12 * n_rows, pad=0.01)


def grid_on_one_scale(
    images: np.ndarray,
    titles: Sequence[Any] | None,
    columns: int | None,
    limits: tuple[float, float],
    cmap: str | Colormap,
) -> Figure:
    """Draw images side by side on one scale, which is shown.

    Parameters
    ----------
    images : ndarray of shape (n_images, height, width)
    titles : sequence of str or of numbers, or None
        One per image.
    columns : int or None
        Panels to a row; None is all in one row up to ten.
    limits : tuple of float
        The ends of the scale.
    cmap : str or matplotlib.colors.Colormap

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the titles do not match, or `columns` is not a whole number from 1.
    """
    if titles is not None:
        one_for_each(titles, "titles", len(images), "image")
    if columns is None:
        columns = min(len(images), 10)
    whole_number("columns", columns)
    side = min(2.0, 9.5 / columns)
    # A further line takes 0.2 inch; the panels are centred, so some of the space goes below them.
    title_height = 0 if titles is None else 0.35 + 0.3 * (n_lines(titles) - 1)
    figure, (axes,) = panel_grid(len(images), columns, (side, side + title_height), (0.9, 0.1))
    for index, (axis, image) in enumerate(zip(axes, images, strict=False)):
        scale = {"cmap": cmap, "vmin": limits[0], "vmax": limits[1]}
        drawn = axis.imshow(image, interpolation="nearest", **scale)
        outline_panel(axis)
        if titles is not None:
            axis.set_title(titles[index], fontsize=12)
    side_colorbar(figure, drawn, axes, len(axes) // columns)
    return figure


def n_lines(texts: Sequence[Any]) -> int:
    """Count the lines of the longest of some texts.

    Parameters
    ----------
    texts : sequence of str or of numbers

    Returns
    -------
    int
    """
    return max(str(text).count("\n") for text in texts) + 1
