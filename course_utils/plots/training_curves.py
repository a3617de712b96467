"""Curves of a training."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils.plots._validation import numbers, whole_number


def early_stopping(losses: ArrayLike, scores: ArrayLike, best_epoch: int) -> Figure:
    """Draw the training loss, the validation accuracy below it, and the epoch that is kept.

    Parameters
    ----------
    losses : array_like of shape (n_epochs,), float
        Training loss, the average of each epoch: a network's ``loss_curve_``.
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
    whole_number("best_epoch, counted from 1", best_epoch, last=len(losses), hint=hint)
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
