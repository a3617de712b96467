"""How well a classifier does: probabilities, confusion matrix, accuracy, calibration."""

from collections.abc import Mapping, Sequence
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullFormatter, PercentFormatter
from numpy.typing import ArrayLike

from course_utils.plots._styles import GREY_LEVELS
from course_utils.plots._validation import (
    from_0_to_1,
    numbers,
    one_for_each,
    one_image,
    table,
    whole_number,
)

MARKERS = "os^Dv"  # networks differ in colour and in marker


def class_probabilities(image: ArrayLike, probabilities: ArrayLike) -> Figure:
    """Draw an image beside the probability that a network gives each digit, the largest on top.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 (paper) to 255 (ink).
    probabilities : array_like of shape (n_classes,), float
        Numbers from 0 to 1, as one row of ``predict_proba``.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `image` is not one image of grey levels, or `probabilities` is not one row of numbers
        from 0 to 1.
    """
    image = one_image(image)
    probabilities = numbers(probabilities, "probabilities of shape (n_classes,)")
    if probabilities.ndim != 1 or not len(probabilities):
        hint = ""
        if probabilities.ndim == 2:
            hint = ": is this one row per image? Take one, `probabilities[0]`"
        raise ValueError(
            f"expected probabilities of shape (n_classes,), got {probabilities.shape}{hint}."
        )
    from_0_to_1(probabilities)
    order = np.argsort(probabilities, kind="stable")  # the smallest first: bars grow upwards
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(8, 3.6), width_ratios=(1, 1.5), layout="constrained"
    )
    left.imshow(image, **GREY_LEVELS)
    left.axis("off")
    bars = right.barh(range(len(order)), probabilities[order], color="C0")
    right.bar_label(bars, fmt="%.3f", padding=4, fontsize=11)
    right.set_yticks(range(len(order)), [str(digit) for digit in order])
    right.set(xlabel="probability", ylabel="digit", xlim=(0, 1.15), xticks=(0, 0.5, 1))
    return figure


def confusion_matrix(counts: ArrayLike) -> Figure:
    """Draw which classes are taken for which: a table of counts, the mistakes coloured.

    The diagonal (what was recognised) stays white: its large counts would leave one pale colour
    for all mistakes.

    Parameters
    ----------
    counts : array_like of shape (n_classes, n_classes), int
        ``counts[true, said]``: a row for each true class, a column for each answer.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `counts` is not a square table of counts.
    """
    counts = numbers(counts, "counts of shape (n_classes, n_classes)")
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not len(counts):
        raise ValueError(
            f"expected counts of shape (n_classes, n_classes), got shape {counts.shape}."
        )
    if counts.dtype.kind not in "iu" or (counts < 0).any():
        raise ValueError("expected counts: whole numbers, none of them negative.")
    mistakes = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    most = max(mistakes.max(), 1)
    figure, axis = plt.subplots(figsize=(8, 6), layout="constrained")
    shown = axis.imshow(mistakes, cmap="Oranges", vmin=0, vmax=most)
    for (true, said), count in np.ndenumerate(counts):
        dark = mistakes[true, said] > 0.75 * most
        style = {"weight": "bold"} if true == said else {"color": "white" if dark else "black"}
        axis.text(said, true, count, ha="center", va="center", fontsize=11, **style)
    axis.set(xticks=range(len(counts)), yticks=range(len(counts)))
    axis.set(xlabel="what the network says", ylabel="what it is")
    axis.tick_params(length=0)
    figure.colorbar(
        shown, ax=axis, label="mistakes", ticks=MaxNLocator(integer=True), shrink=0.9, pad=0.02
    )
    return figure


def accuracy_by_shift(pixels: ArrayLike, accuracies: Mapping[str, ArrayLike]) -> Figure:
    """Draw how the accuracy of some networks falls as the digits are moved.

    A dashed line at 0.1 marks what guessing one of ten digits gives.

    Parameters
    ----------
    pixels : array_like of shape (n_shifts,), int
        How far the digits are moved.
    accuracies : dict of str to array_like of shape (n_shifts,), float
        By the name of the network, values from 0 to 1.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no network, or one does not have an accuracy from 0 to 1 for each shift.
    """
    pixels = numbers(pixels, "shifts in pixels")
    if not accuracies:
        raise ValueError("expected accuracies of at least one network, got an empty dictionary.")
    figure, axis = plt.subplots(figsize=(8, 3.8), layout="constrained")
    for name, marker in zip(accuracies, cycle(MARKERS), strict=False):
        values = numbers(accuracies[name], f"accuracies of {name!r}")
        one_for_each(values, f"accuracies of {name!r}", len(pixels), "shift")
        hint = ": are these percentages?"
        from_0_to_1(values, f"accuracies of {name!r}", hint)
        axis.plot(pixels, values, marker=marker, label=name)
    axis.axhline(0.1, color="0.5", linewidth=1, linestyle="--")
    axis.text(pixels[0], 0.11, "guessing", color="0.35", fontsize=11, va="bottom")
    axis.set(
        xlabel="digits moved by … pixels", ylabel="test accuracy", xticks=pixels, ylim=(0, 1.04)
    )
    axis.legend(loc="center left")
    return figure


def scores_by_setting(scores: ArrayLike, settings: Sequence[object]) -> Figure:
    """Draw the scores of some settings: a row for each, a dot for each seed, a line at the mean.

    Parameters
    ----------
    scores : array_like of shape (n_settings, n_seeds), float
        Accuracies from 0 to 1.
    settings : sequence of length n_settings
        Their names, from the top.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `scores` is not a table of accuracies, or there is not one name for each row.
    """
    scores = table(scores, "scores")
    hint = ": are these percentages?" if scores.max() > 1 else ""
    from_0_to_1(scores, "scores", hint)
    one_for_each(settings, "settings", len(scores), "row of scores")
    figure, axis = plt.subplots(figsize=(8, 1.2 + 0.5 * len(scores)), layout="constrained")
    rows = np.arange(len(scores))
    axis.vlines(scores.mean(axis=1), rows - 0.35, rows + 0.35, color="0.35", linewidth=2)
    for row, values in enumerate(scores):
        axis.plot(values, np.full(len(values), row), "o", color="C0", markersize=9, alpha=0.6)
    axis.set(xlabel="accuracy (line: mean)", yticks=rows, yticklabels=map(str, settings))
    axis.grid(axis="x", color="0.9")
    axis.invert_yaxis()
    return figure


def calibration(
    panels: Mapping[str, Mapping[str, Sequence[ArrayLike]]], *, fewest: int = 20
) -> Figure:
    """Draw confidence against accuracy, and below it how many answers have that confidence.

    Parameters
    ----------
    panels : dict of str to dict
        For each title the networks by name, and for each network three array_like of shape
        (n_bins,): mean confidence, share of right answers, number of answers in each bin.
    fewest : int, default=20
        A bin with fewer answers has no point above: its share would be a matter of chance.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no panel, or the three arrays of a network differ in length.
    """
    whole_number("fewest", fewest)
    if not panels:
        raise ValueError("expected at least one panel, got an empty dictionary.")
    figure, axes = plt.subplots(
        2,
        len(panels),
        figsize=(9.5, 5.6),
        height_ratios=(2.2, 1),
        squeeze=False,
        sharex=True,
        sharey="row",
        layout="constrained",
    )
    for (upper, lower), (title, networks) in zip(axes.T, panels.items(), strict=True):
        upper.plot([0, 1], [0, 1], color="0.5", linewidth=1, linestyle="--")
        for index, (name, marker) in enumerate(zip(networks, cycle(MARKERS), strict=False)):
            bins = [numbers(values, f"three arrays for {name!r}") for values in networks[name]]
            if len(bins) != 3 or len({len(values) for values in bins}) != 1:
                raise ValueError(
                    f"expected confidence, accuracy and number of answers for {name!r}, all of "
                    f"one length, got lengths {[len(values) for values in bins]}."
                )
            confidence, accuracy, counts = bins
            enough = counts >= fewest
            upper.plot(confidence[enough], accuracy[enough], marker=marker, label=name)
            edges = np.linspace(0, 1, len(counts) + 1)
            width = 1 / len(counts) / (len(networks) + 0.5)
            left = edges[:-1] + (index + 0.25) * width
            hatch = "//" if index else None  # not by colour alone
            lower.bar(left, counts, width, align="edge", hatch=hatch, edgecolor="white")
        upper.set(title=title, ylim=(0, 1.02))
        lower.set(xlabel="confidence", yscale="log", xlim=(0, 1.02))
        lower.yaxis.set_minor_formatter(NullFormatter())
        lower.xaxis.set_major_formatter(PercentFormatter(1))
        upper.yaxis.set_major_formatter(PercentFormatter(1))
    axes[0, 0].set_ylabel("share of right answers")
    axes[1, 0].set_ylabel("answers")
    axes[0, 0].legend(loc="upper left")
    return figure
