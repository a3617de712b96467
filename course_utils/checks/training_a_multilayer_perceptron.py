"""Checks of the lesson "Training a multilayer perceptron"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_number,
    as_printed,
    count,
    describe,
    exercise,
    moved,
    same_shape,
    same_values,
)
from course_utils.checks._parameter_counts import of_network


@exercise
def parameters_of_16_16(answer: object) -> str:
    """Number of parameters of a network with layers of 784, 16, 16 and 10.

    Parameters
    ----------
    answer : int
    """
    hint = "Go layer by layer: (inputs of the layer) * (its units) weights, and a bias per unit."
    count(answer, "n_parameters", 13_002, of_network(784, 16, 16, 10), hint)
    return "784 * 16 + 16, then 16 * 16 + 16, then 16 * 10 + 10: 13,002 numbers to learn."


@exercise
def learned_by_fit(answer: object) -> str:
    """Names of those of eight attributes of a network that are its parameters.

    Parameters
    ----------
    answer : set of str
    """
    if isinstance(answer, np.ndarray):
        answer = answer.ravel().tolist()
    if not isinstance(answer, (set, frozenset, list, tuple)) or not all(
        isinstance(name, str) for name in answer
    ):
        raise Mistake(
            'learned should be a set of names, such as {"max_iter", "loss_curve_"}. '
            f"You have {describe(answer)}."
        )
    names = {name.strip().lower().removeprefix("network.") for name in answer}
    parameters = {"coefs_", "intercepts_"}
    chosen = {"hidden_layer_sizes", "learning_rate_init", "batch_size", "max_iter", "random_state"}
    if not names:
        raise Mistake("Your set is empty: which attributes does fit fill with what predict needs?")
    eight = parameters | chosen | {"loss_curve_"}
    if unknown := sorted(names - eight):
        hint = "Copy the names from the question."
        if f"{unknown[0]}_" in eight:
            hint = "The underscore at the end is part of the name."
        raise Mistake(f"{unknown[0]!r} is not one of the eight. {hint}")
    if names == chosen:
        raise Mistake("Those are the five that you choose. The question is which ones fit learns.")
    if wrong := sorted(names & chosen):
        raise Mistake(f"{wrong[0]} is chosen before training, and fit leaves it as it is.")
    if "loss_curve_" in names:
        raise Mistake(
            "loss_curve_ is written by fit, but it is a record of the training: predict does "
            "not use it."
        )
    if names == {"coefs_"}:
        raise Mistake("coefs_ is right. A unit adds one more number to its weighted sum: which?")
    if names == {"intercepts_"}:
        raise Mistake("intercepts_ is right. Those are 42 of the 13,002: where are the others?")
    return "coefs_ holds the weights and intercepts_ the biases. You choose or read the rest."


@exercise
def updates_of_20_epochs(answer: object) -> str:
    """How many times the parameters change in 20 epochs of 60,000 images.

    Parameters
    ----------
    answer : int
    """
    mistakes = {
        300: "that is one epoch; the run has 20",
        20: "that is the number of epochs; in each, every batch changes the parameters",
        200: "that is the size of a batch; the question is how many batches there are",
        4_000: "you multiplied epochs by the size of a batch; use the number of batches",
        60_000: "that is the number of images; 200 of them share one change",
        1_200_000: "that is how many images it looks at; 200 of them share one change",
        12_000_000: "divide by the size of a batch where you multiplied",
    }
    hint = "How many batches of 200 do 60,000 images make? That many changes happen in each epoch."
    count(answer, "n_updates", 6_000, mistakes, hint)
    return "300 batches an epoch, 20 epochs: 6,000 small changes to all 13,002 parameters."


@exercise
def line_with_the_slip(answer: object) -> str:
    """The line in which images and labels no longer belong together.

    Parameters
    ----------
    answer : int
        From 1 to 5.
    """
    answer = as_number(answer, "slip_line")
    fine = {
        1: "Line 1 is fine: it draws 10,000 different row numbers, in random order.",
        2: "Line 2 is fine: it takes the images in exactly those rows.",
        4: "Line 4 is fine: it is the network you trained above, with fewer images and epochs.",
        5: "Line 5 is fine: test images and test labels, both in their own order.",
    }
    if answer in fine:
        raise Mistake(f"{fine[answer]} Which label does image X_few[0] get?")
    if answer != 3:
        raise Mistake(f"You have {answer}. The answer is the number of a line, from 1 to 5.")
    return "The labels must come from the same rows as the images: y_few = y_train[rows]."


@exercise
def recognised_per_digit(answer: object, confusion: np.ndarray) -> str:
    """The share of the test images of each digit that is recognised.

    Parameters
    ----------
    answer : array_like of shape (10,), in [0, 1]
    confusion : ndarray of shape (10, 10), int
        Test images by true digit (row) and answer of the network (column).
    """
    if isinstance(answer, (int, float, np.number)):
        answer = as_number(answer, "recognised")
        raise Mistake(
            f"You have one number, {answer:.4g}. The question is about each digit: ten shares, "
            "an array of shape (10,)."
        )
    array = as_array(answer, "recognised")
    right, of_true, of_said = np.diag(confusion), confusion.sum(axis=1), confusion.sum(axis=0)
    if array.shape == confusion.shape:
        raise Mistake(
            f"recognised has shape {array.shape}, a number for each cell of the table. Only the "
            "diagonal counts images that were recognised."
        )
    same_shape(array, (10,), "recognised")
    array = array.astype(float)
    mistakes = [
        (right, "these are counts; divide each by how many test images show that digit"),
        (right / of_said, "you divided by the sums of columns: how often an answer is right. "
         "How often a digit is recognised needs the sums of rows"),
        (right / confusion.sum(), "you divided by all test images; divide by those of the digit"),
        (1 - right / of_true, "this is the share that is missed"),
        (100 * right / of_true, "these are percentages; as shares they lie between 0 and 1"),
        (of_true, "these are the numbers of test images; divide the recognised ones by them"),
    ]  # fmt: skip
    for wrong, message in mistakes:
        if as_printed(array, wrong).all() and not as_printed(array, right / of_true).all():
            raise Mistake(f"recognised has the right shape, but {message}.")
    same_values(array, right / of_true, "recognised", decimals=2)
    return "recognised.argmax() is the digit it reads best, recognised.argmin() the hardest one."


# For one release: a saved copy of the lesson may still call what has moved.
__getattr__ = moved("Choosing a network", {"remedy"})
