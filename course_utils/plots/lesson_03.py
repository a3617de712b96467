"""Figures of lesson 03: Training a multilayer perceptron."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from course_utils.plots.inputs import numbers, one_image, whole


def probabilities(image, probabilities):
    """An image beside the probability that a network gives each digit, the largest on top.

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
        If `image` is not one image or was scaled to floats from 0 to 1, or `probabilities` is not
        one row of numbers from 0 to 1.
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
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        raise ValueError(
            f"expected probabilities from 0 to 1, got numbers from {probabilities.min():.4g} to "
            f"{probabilities.max():.4g}."
        )
    order = np.argsort(probabilities, kind="stable")  # the smallest first: bars grow upwards
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(8, 3.6), width_ratios=(1, 1.5), layout="constrained"
    )
    left.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    left.axis("off")
    bars = right.barh(range(len(order)), probabilities[order], color="C0")
    right.bar_label(bars, fmt="%.3f", padding=4, fontsize=11)
    right.set_yticks(range(len(order)), [str(digit) for digit in order])
    right.set(xlabel="probability", ylabel="digit", xlim=(0, 1.15), xticks=(0, 0.5, 1))
    return figure


def confusion_matrix(counts):
    """Which classes are taken for which: a table of counts, the mistakes coloured.

    The diagonal (what was recognised) is left white, or its large counts would leave one
    pale colour for all mistakes.

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
    whole = MaxNLocator(integer=True)
    figure.colorbar(shown, ax=axis, label="mistakes", ticks=whole, shrink=0.9, pad=0.02)
    return figure


def early_stopping(losses, scores, best_epoch):
    """Training loss above, validation accuracy below, and the epoch that is kept.

    Parameters
    ----------
    losses : array_like of shape (n_epochs,), float
        Training loss after each epoch: a network's ``loss_curve_``.
    scores : array_like of shape (n_epochs,), float
        Validation accuracy after each epoch: its ``validation_scores_``.
    best_epoch : int
        The epoch whose weights are kept; the first epoch is 1.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is not one loss and one score per epoch, or `best_epoch` is not the whole number
        of one of them.
    """
    if scores is None:
        raise ValueError(
            "expected one loss and one score per epoch, got None for the scores: was the network "
            "made with early_stopping=True?"
        )
    losses = numbers(losses, "one loss per epoch")
    scores = numbers(scores, "one score per epoch")
    if losses.ndim != 1 or losses.shape != scores.shape or not len(losses):
        raise ValueError(
            "expected one loss and one score per epoch, got losses of shape "
            f"{losses.shape} and scores of shape {scores.shape}."
        )
    hint = ": is it an index, or a score? Try `int(np.argmax(scores)) + 1`"
    whole("best_epoch, counted from 1", best_epoch, last=len(losses), hint=hint)
    epochs = np.arange(1, len(losses) + 1)
    figure, (upper, lower) = plt.subplots(
        2, 1, figsize=(8, 5), sharex=True, height_ratios=(1, 1.3), layout="constrained"
    )
    upper.plot(epochs, losses, marker=".")
    upper.set(ylabel="training loss")
    upper.set_ylim(bottom=0)
    lower.plot(epochs, scores, marker=".", color="C1")
    lower.plot(best_epoch, scores[best_epoch - 1], marker="o", markersize=10, color="C1")
    where = {"xytext": (-10, -50), "textcoords": "offset points", "ha": "right"}
    lower.annotate(f"best: epoch {best_epoch}", (best_epoch, scores[best_epoch - 1]), **where)
    lower.set(xlabel="epoch", ylabel="validation accuracy")
    waited = len(epochs) - best_epoch
    for axis in (upper, lower):
        axis.axvline(best_epoch, color="0.4", linewidth=1, linestyle="--")
        if waited:
            axis.axvspan(best_epoch + 0.5, len(epochs) + 0.5, color="0.9", zorder=0)
    if waited:
        centre = (best_epoch + len(epochs) + 1) / 2
        place = {"transform": lower.get_xaxis_transform(), "ha": "center", "va": "bottom"}
        lower.text(centre, 0.04, f"{waited} epochs\nno better", fontsize=11, **place)
    return figure
