"""Diagrams: a network with its layers and names, and the way through a course."""

import textwrap
from collections.abc import Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from course_utils.plots._validation import one_for_each, valid_index, whole_number

PER_ROW = 3
WIDTH, HEIGHT = 2.85, 0.86  # inches of a box
GAP_X, GAP_Y = 0.4, 0.28
MOST_UNITS = 16  # of one layer that are drawn; larger layers get dots in their middle
END_UNITS = 7  # drawn above the dots, and below them


def course_map(lessons: Sequence[tuple[str, str, int, str]]) -> Figure:
    """Draw the lessons as boxes, three to a row, with arrows from each to the next.

    Parameters
    ----------
    lessons : sequence of (str, str, int, str)
        Number, title, minutes, and what you do in it, in a few words.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no lesson, a lesson does not have four entries, or its minutes are not a whole
        number from 1.
    """
    lessons = [tuple(lesson) for lesson in lessons]
    if not lessons or {len(lesson) for lesson in lessons} != {4}:
        raise ValueError(
            "expected lessons as (number, title, minutes, what you do), at least one, got "
            f"{lessons[:1] or 'none'}."
        )
    for _, title, minutes, _ in lessons:
        whole_number(f"the minutes of {title}", minutes)
    rows = -(-len(lessons) // PER_ROW)
    pitch_x, pitch_y = WIDTH + GAP_X, HEIGHT + GAP_Y
    size = (PER_ROW * pitch_x - GAP_X + 0.1, rows * pitch_y - GAP_Y + 0.1)
    figure, axis = plt.subplots(figsize=size, layout="constrained")
    figure.get_layout_engine().set(w_pad=0, h_pad=0)  # so a unit of the axes is an inch
    axis.set(xlim=(-0.05, size[0] - 0.05), ylim=(-0.05, size[1] - 0.05))
    axis.axis("off")
    corners = [
        (index % PER_ROW * pitch_x, (rows - 1 - index // PER_ROW) * pitch_y)
        for index in range(len(lessons))
    ]
    for (x, y), (number, title, minutes, what) in zip(corners, lessons, strict=True):
        box = FancyBboxPatch((x + 0.08, y + 0.08), WIDTH - 0.16, HEIGHT - 0.16)
        box.set_boxstyle("round", pad=0.08)
        axis.add_patch(box)
        box.set(facecolor="0.95", edgecolor="C0", linewidth=1.5)
        axis.text(x + 0.12, y + HEIGHT - 0.12, number, va="top", fontsize=18, color="C0")
        axis.text(x + WIDTH - 0.12, y + 0.12, f"{minutes} min", ha="right", fontsize=11)
        title = "\n".join(textwrap.wrap(title, 24))
        axis.text(x + 0.5, y + HEIGHT - 0.14, title, va="top", fontsize=11, weight="bold")
        axis.text(x + 0.12, y + 0.12, what, fontsize=11)
    for (x, y), (next_x, next_y) in pairwise(corners):
        if next_y == y:
            path = [(x + WIDTH, y + HEIGHT / 2), (next_x, y + HEIGHT / 2)]
        else:  # from the end of a row to the beginning of the next
            middle = y - GAP_Y / 2
            path = [(x + WIDTH / 2, y), (x + WIDTH / 2, middle), (next_x + WIDTH / 2, middle)]
            path.append((next_x + WIDTH / 2, next_y + HEIGHT))
        axis.plot(*zip(*path[:-1], strict=True), color="0.35", linewidth=1.8)
        style = {"arrowstyle": "-|>", "color": "0.35", "linewidth": 1.8, "mutation_scale": 16}
        axis.annotate("", path[-1], path[-2], arrowprops=style | {"shrinkA": 0, "shrinkB": 1})
    return figure


def layered_network(
    sizes: Sequence[int],
    names: Sequence[str] | None = None,
    *,
    into: int | None = None,
    play_sign: bool = False,
) -> Figure:
    """Draw the units of a layered network as circles, its weights as lines between them.

    A layer of more than 16 units is drawn as its first seven, three dots, and its last seven.

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer, the inputs first. At least two layers.
    names : sequence of str, optional
        One per layer, written above it. The number of units is always written below.
    into : int, optional
        A layer, counted from the inputs, which are 0. The lines into its first unit are drawn
        stronger: the weights of that unit.
    play_sign : bool, default=False
        Whether a triangle on a disc says that the figure leads to a video.

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
        whole_number("sizes", size)
    if names is not None:
        one_for_each(names, "names", len(sizes), "layer")
    if into is not None:
        hint = ": nothing leads into the inputs, layer 0" if into == 0 else ""
        whole_number("into", into, last=len(sizes) - 1, hint=hint)
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
    """Place the units of a layer: x is the layer, y counts units from the middle."""
    if size <= MOST_UNITS:
        y = (size - 1) / 2 - np.arange(size)
    else:  # the dots take the room of two units
        y = np.arange(END_UNITS, 0, -1) + 0.5
        y = np.concatenate([y, -y[::-1]])
    return np.column_stack([np.full(len(y), layer), y])


def path_of_a_weight(
    sizes: Sequence[int], names: Sequence[str], weight: tuple[int, int, int], rates: Sequence
) -> Figure:
    """Draw a network in which one weight is followed from its unit to the outputs.

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer, the inputs first; at most 16 in each.
    names : sequence of str
        One per layer.
    weight : tuple of int
        The layer that the weight leads into, the unit there, and the unit it comes from.
    rates : sequence of array_like
        How fast units change with the weight, written above them: one number for its own unit,
        then one for each unit of every later layer.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        As `layered_network`; or if the weight is not in the network, or the rates do not fit.
    """
    figure = layered_network(sizes, names)
    (axis,) = figure.axes
    layers = [_places(size, layer) for layer, size in enumerate(sizes)]
    layer, unit, source = weight
    whole_number("the layer of the weight", layer, last=len(sizes) - 1)
    valid_index("unit of the weight", unit, sizes[layer])
    valid_index("unit that the weight comes from", source, sizes[layer - 1])
    changing = [layers[layer][unit : unit + 1], *layers[layer + 1 :]]
    rates = [np.atleast_1d(rate) for rate in rates]
    expected, got = [len(places) for places in changing], [len(rate) for rate in rates]
    if got != expected:
        raise ValueError(f"expected {expected} rates in the layers that change, got {got}.")
    style = {"colors": "C1", "zorder": 2}
    followed = [(layers[layer - 1][source], layers[layer][unit])]
    axis.add_collection(LineCollection(followed, linewidths=5, **style))
    later = [(a, b) for left, right in pairwise(changing) for b in right for a in left]
    axis.add_collection(LineCollection(later, linewidths=2, **style))
    for places, values in zip(changing, rates, strict=True):
        for (x, y), value in zip(places, values, strict=True):
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
            axis.text(x, y + 0.32, f"{value:.4f}", ha="center", va="bottom", zorder=5, bbox=box)
    axis.set_ylim(top=axis.get_ylim()[1] + 0.3)  # room for the rates of the uppermost units
    return figure


def network_notation(sizes: Sequence[int]) -> Figure:
    """Draw a layered network with the names that formulas give its numbers.

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer, the inputs first. At least two layers.

    Returns
    -------
    matplotlib.figure.Figure
        Above each layer its number and its activations, between two layers the weights and
        biases that lead from one to the other.

    Raises
    ------
    ValueError
        As `layered_network`.
    """
    sizes = list(sizes)
    names = [f"layer {layer}\n$a^{{({layer})}}$" for layer in range(len(sizes))]
    names[0] = "layer 0\n$a^{(0)} = x$"
    figure = layered_network(sizes, names)
    (axis,) = figure.axes
    for layer in range(1, len(sizes)):
        text = f"$W^{{({layer})}},\\ b^{{({layer})}}$"
        place = {"transform": axis.get_xaxis_transform(), "ha": "center", "va": "bottom"}
        axis.text(layer - 0.5, 1.02, text, color="C1", **place)
    return figure
