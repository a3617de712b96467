"""Checks of the lesson "What weights tell"."""

import math

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_list,
    as_number,
    call,
    choice,
    exercise,
    same_shape,
)


@exercise
def rougher_units(answer: object, early: np.ndarray, late: np.ndarray, active: np.ndarray) -> str:
    """Number of units, without the dead ones, whose picture got rougher.

    Parameters
    ----------
    answer : int
    early, late : ndarray of shape (n_units,), float
        Roughness before and after.
    active : ndarray of shape (n_units,), float
        Share of images on which a unit is active after; 0 for a dead unit.
    """
    name, rougher, alive = "n_rougher", late > early, active > 0
    if isinstance(answer, np.ndarray) and answer.shape == early.shape:
        raise Mistake(
            f"{name} has {len(early)} entries, one for each unit. Count the True: .sum()."
        )
    answer = as_number(answer, name)
    right, n_alive = int((rougher & alive).sum()), int(alive.sum())
    mistakes = [
        (rougher.sum(), "this counts the dead units too. Their roughness changes by a trace, and "
         "nothing was learned: combine two conditions with &."),
        ((~rougher & alive).sum(), "these are the units that got smoother, or stayed the same. The "
         "comparison is reversed."),
        ((~rougher).sum(), "the comparison is reversed, and the dead units are counted."),
        (n_alive, "this is the number of all units that are not dead. Compare late with early."),
        (len(early), "this is the number of all units. Compare late with early."),
        ((rougher | alive).sum(), "| means or: such units are rougher, or not dead. Both should "
         "hold: &."),
        ((rougher & ~alive).sum(), "these are the dead units that are rougher: the condition on "
         "active is reversed."),
        (right / n_alive, "this is a share of the units. The question asks how many."),
        (right / len(early), "this is a share of the units. The question asks how many."),
        (rougher.mean(), "this is a share, and the dead units are in it. The question asks for a "
         "number of units."),
    ]  # fmt: skip
    if answer != right:
        for slip, hint in mistakes:
            if math.isclose(answer, slip, abs_tol=1e-6):
                raise Mistake(f"{hint[0].upper()}{hint[1:]}")
        raise Mistake(
            f"You have {answer:.4g}. Compare late with early for each unit, leave out those whose "
            "active is 0, and count the True."
        )
    return f"{right} of the {n_alive} units that are not dead got rougher."


@exercise
def weight_price(answer: object, coefs: list[np.ndarray]) -> str:
    """The price of large weights: alpha / 2 times the sum of their squares, over the batch size.

    Parameters
    ----------
    answer : callable
        ``price(coefs, alpha, batch_size=200)``.
    coefs : list of ndarray
        Weight matrices of a network.
    """
    for matrices, alpha, batch_size in (
        ([np.array([[3.0, -4.0]]), np.array([[1.0], [-2.0]])], 0.3, 10),
        ([np.array([[0.5, 2.0], [-1.0, 3.0]])], 0.1, 4),
        (coefs, 1e-4, 200),
    ):
        given = [matrix.copy() for matrix in matrices]
        try:
            result = call(answer, "price", given, alpha, batch_size)
        except Mistake as mistake:
            if "list" not in str(mistake) and "inhomogeneous" not in str(mistake):
                raise
            raise Mistake(
                f"{mistake} coefs is a list of matrices: take one after the other, and add up."
            ) from None
        found = as_array(result, "price(...)")
        same_shape(found, (), "price(...)", {}, "one number for all matrices together.")
        squares = sum((matrix**2).sum() for matrix in matrices)
        right = alpha / 2 * squares / batch_size
        if math.isclose(found, right, rel_tol=1e-3):
            continue
        for slip, hint in _price_slips(matrices, alpha, batch_size):
            if math.isclose(found, slip, rel_tol=1e-4):
                raise Mistake(f"price gives {found:.4g} where it should give {right:.4g}: {hint}")
        raise Mistake(
            f"price gives {found:.4g} where it should give {right:.4g}. There the squares add up "
            f"to {squares:.4g}, alpha {alpha:g} and the batch size {batch_size}."
        )
    return f"The published network pays {right:.5f}: small beside its loss of 0.0553."


def _price_slips(matrices, alpha, batch_size):
    """Pairs of a wrong price and what is wrong with it."""
    each = [(matrix**2).sum() for matrix in matrices]
    squares, flat = sum(each), np.concatenate([matrix.ravel() for matrix in matrices])
    factor = alpha / 2 / batch_size
    slips = [
        (alpha * squares / batch_size, "the factor 1/2 is missing."),
        (alpha / 2 * squares, "the division by the batch size is missing."),
        (alpha * squares, "the factor 1/2 and the division by the batch size are missing."),
        (squares / 2 / batch_size, "alpha is missing."),
        (factor * squares * 4, "you multiply by 2 instead of dividing."),
        (alpha / 2 * squares * batch_size, "you multiply by the batch size instead of dividing."),
        (alpha / 2 * squares / 200, "200 is written in. Use batch_size, which changes."),
        (1e-4 / 2 * squares / batch_size, "0.0001 is written in. Use alpha, which changes."),
        (factor * np.abs(flat).sum(), "the weights are not squared (these are their absolute "
         "values)."),
        (factor * flat.sum(), "the weights are not squared."),
        (factor * flat.sum() ** 2, "square each weight first, then take the sum."),
        (factor * math.sqrt(squares), "this has the norm in it, the root of the sum of squares. "
         "Leave out the root."),
        (factor * sum(math.sqrt(part) for part in each), "np.linalg.norm takes a root. Square it."),
        (factor * sum((matrix**2).mean() for matrix in matrices), "the squares are averaged. Take "
         "their sum."),
        (factor * (flat**2).mean(), "the squares are averaged. Take their sum."),
    ]  # fmt: skip
    if len(each) > 1:
        slips += [
            (factor * each[0], "only the first matrix is counted."),
            (factor * each[-1], "only the last matrix is counted."),
        ]
    return slips


@exercise
def why_smooth(answer: object) -> str:
    """Why some dead units have smooth images after training at a high learning rate.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "A unit that had learned to see a digit would be active on that digit. These units "
        "are active on no image, and their strokes are blue: ink there lowers the sum.",
        "c": "A unit that never learned keeps its first random weights, with a roughness near 2 "
        "and a norm near 1.1, like unit 6. Look at the roughness and the norm of unit 9.",
        "d": "alpha is 0.0001 in both networks, so it cannot be what sets them apart.",
    }
    choice(answer, "reason", "abcd", wrong)
    return "Large steps wrote images into the weights, and then no gradient came to change them."


@exercise
def alpha_verdicts(answer: object) -> str:
    """Whether the networks with alpha 0.0001, 10 and 50 overfit, fit or underfit.

    Parameters
    ----------
    answer : list of str
        Three of the words "overfits", "fits" and "underfits", in the order of the alphas.
    """
    words = ("overfits", "fits", "underfits")
    entries = as_list(answer, "verdicts", "three words, one per alpha", 3)
    given = [str(word).strip().lower() for word in entries]
    for word in given:
        if word not in words:
            raise Mistake(f"verdicts holds {word!r}. The words to choose from: {', '.join(words)}.")
    low, middle, high = given
    if (low, high) == ("underfits", "overfits"):
        raise Mistake(
            "The two ends are swapped. A network that overfits scores much better on the images "
            "it learned from than on new ones; one that underfits scores badly on both."
        )
    if low != "overfits":
        raise Mistake(
            f"You say that the network with alpha 0.0001 {low}. Compare its two scores: which is "
            "higher, and how good are the labels that it learned?"
        )
    if high != "underfits":
        raise Mistake(
            f"You say that the network with alpha 50 {high}. How well does it do on the images "
            "that it learned from?"
        )
    if middle == "overfits":
        raise Mistake(
            "You say that the network with alpha 10 overfits. Such a network does better on the "
            "images it learned from than on new ones. Compare its two scores: which is higher?"
        )
    if middle != "fits":
        raise Mistake(
            f"You say that the network with alpha 10 {middle}. Its train score is below 1 because "
            "many of the labels are wrong; look at its test score and compare it with the others."
        )
    return "High variance on the left, high bias on the right, and the best test score in between."
