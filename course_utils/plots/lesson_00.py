"""Figures of lesson 00: Start here."""

import textwrap
from itertools import pairwise

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

from course_utils.plots.inputs import whole
from course_utils.plots.lesson_02 import layered_network

PER_ROW = 3
WIDTH, HEIGHT = 2.85, 0.95  # inches of a box
GAP_X, GAP_Y = 0.4, 0.45


def course_map(lessons):
    """The lessons as boxes, three to a row, with arrows from each to the next.

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
        If there is no lesson, one has not four entries, or its minutes are not a whole number
        from 1.
    """
    lessons = [tuple(lesson) for lesson in lessons]
    if not lessons or {len(lesson) for lesson in lessons} != {4}:
        raise ValueError(
            "expected lessons as (number, title, minutes, what you do), at least one, got "
            f"{lessons[:1] or 'none'}."
        )
    for _, title, minutes, _ in lessons:
        whole(f"the minutes of {title}", minutes)
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


def notation(sizes):
    """A layered network with the names that formulas give its numbers.

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
