"""Figures of lesson 02: Build a network by hand."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection

from course_utils.plots.inputs import one_for_each, whole
from course_utils.plots.planes import check_planes, draw_plane

MOST_UNITS = 16  # of one layer that are drawn; larger layers get dots in their middle
END_UNITS = 7  # drawn above the dots, and below them


def layered_network(sizes, names=None, *, into=None, play_sign=False):
    """The units of a layered network as circles, its weights as lines between them.

    A layer of more than 16 units is drawn as its first seven, three dots, and its last seven.

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer, the inputs first. At least two layers.
    names : sequence of str, optional
        One per layer, written above it. By default nothing is; the number of units always
        stands below.
    into : int, optional
        A layer, counted from the inputs, which are 0. The lines into its first unit are drawn
        stronger: the weights of that unit.
    play_sign : bool, default=False
        Whether a triangle on a disc says that the picture leads to a video.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are fewer than two layers, a size is not a whole number from 1, the names do
        not match, or `into` is not a layer after the inputs.
    """
    sizes = list(sizes) if np.iterable(sizes) else sizes
    if not isinstance(sizes, list) or len(sizes) < 2:
        raise ValueError(
            f"expected sizes: the units of at least two layers, such as (2, 3, 2), got {sizes}."
        )
    for size in sizes:
        whole("sizes", size)
    if names is not None:
        one_for_each(names, "names", len(sizes), "layer")
    if into is not None:
        hint = ": nothing leads into the inputs, layer 0" if into == 0 else ""
        whole("into", into, last=len(sizes) - 1, hint=hint)
    tallest = min(max(sizes), MOST_UNITS)
    pitch = min(0.7, 3.6 / tallest)  # inches from one unit to the next
    height = max(pitch * tallest, 1.5)
    figure, axis = plt.subplots(figsize=(9.5, height + 1.1), layout="constrained")
    layers = [_places(size, layer) for layer, size in enumerate(sizes)]
    weights = [(a, b) for left, right in pairwise(layers) for b in right for a in left]
    width = 1.2 if len(weights) < 60 else 0.4
    axis.add_collection(LineCollection(weights, colors="0.65", linewidths=width, zorder=1))
    if into is not None:
        chosen = [(a, layers[into][0]) for a in layers[into - 1]]
        axis.add_collection(LineCollection(chosen, colors="C1", linewidths=2.2, zorder=2))
    area = (0.6 * 72 * min(pitch, 0.6)) ** 2  # of a circle, in square points
    for layer, (places, size) in enumerate(zip(layers, sizes, strict=True)):
        fill = ["C1" if layer == into and unit == 0 else "white" for unit in range(len(places))]
        axis.scatter(*places.T, s=area, c=fill, edgecolors="black", linewidths=1.3, zorder=3)
        if size > MOST_UNITS:
            axis.scatter([layer] * 3, [-0.55, 0, 0.55], s=9, color="black", zorder=3)
        text = {"ha": "center", "transform": axis.get_xaxis_transform()}
        axis.text(layer, -0.02, f"{size:,}", va="top", **text)
        if names is not None:
            axis.text(layer, 1.02, names[layer], va="bottom", **text)
    if play_sign:
        centre = {"transform": axis.transAxes, "zorder": 4, "clip_on": False}
        axis.scatter(0.5, 0.5, s=3600, color="black", alpha=0.75, **centre)
        axis.scatter(0.505, 0.5, s=900, color="white", marker=">", **centre)
    edge = tallest / 2 + 0.1
    axis.set(xlim=(-0.4, len(sizes) - 0.6), ylim=(-edge, edge))
    axis.axis("off")
    return figure


def _places(size, layer):
    """Where the units of a layer are drawn: x is the layer, y counts units from the middle."""
    if size <= MOST_UNITS:
        y = (size - 1) / 2 - np.arange(size)
    else:  # the dots take the room of two units
        y = np.arange(END_UNITS, 0, -1) + 0.5
        y = np.concatenate([y, -y[::-1]])
    return np.column_stack([np.full(len(y), layer), y])


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
