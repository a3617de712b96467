"""Checks of the lesson "Seeing the weights"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_list,
    as_number,
    choice,
    exercise,
    same_shape,
    same_values,
)


@exercise
def panel_count(answer: object) -> str:
    """Number of 28 by 28 weight images of a network with ``hidden_layer_sizes=(64, 32)``.

    Parameters
    ----------
    answer : int
    """
    answer = as_number(answer, "n_panels")
    mistakes = {
        32: "32 is the second hidden layer. Its weights sit on the 64 units before it, not on "
        "pixels: a column of coefs_[1] has 64 numbers, which do not make a 28 by 28 image.",
        96: "96 counts both hidden layers. Only units whose inputs are pixels give an image of "
        "28 by 28: which layer is connected to the pixels?",
        784: "784 is the number of pixels, the rows of coefs_[0]. One panel is one column.",
        10: "10 is the number of classes, the columns of the last matrix. The images are columns "
        "of the first.",
        50176: "50176 is the number of weights, 784 * 64. One panel shows 784 of them.",
    }
    if answer in mistakes:
        raise Mistake(mistakes[answer])
    if answer != 64:
        raise Mistake(
            f"You have {answer}. coefs_[0] has one row for each of the 784 inputs and one column "
            "for each unit of the first hidden layer; a panel is one column."
        )
    return "One panel for each of the 64 units that are connected to the pixels."


@exercise
def weight_images(answer: object, weights: np.ndarray) -> str:
    """The first-layer weights as images, one for each unit.

    Parameters
    ----------
    answer : ndarray of shape (n_units, 28, 28)
    weights : ndarray of shape (784, n_units)
        ``coefs_[0]``, one column for each unit.
    """
    n_inputs, n_units = weights.shape
    name, shape = "unit_images", (n_units, 28, 28)
    images = as_array(answer, name)
    hints = {
        (n_units, n_inputs): "each unit is still a row of 784 numbers. Fold it: reshape.",
        (n_inputs, n_units): "nothing happened to coefs_[0] yet: transpose, then reshape.",
        (28, 28, n_units): "the units come last. Transpose the matrix before you reshape.",
        (28, 28): f"this is one image. The question asks for all {n_units}.",
        (16, 28, 28): f"these are 16 of {n_units}. Leave out the [:16].",
    }
    same_shape(images, shape, name, hints, "each column of coefs_[0] should become one image.")
    right = weights.T.reshape(shape)
    if np.array_equal(images, weights.reshape(shape)):
        raise Mistake(
            f"{name} has the right shape, but reshape came first: coefs_[0] was read row by row, "
            f"so each image mixes the weights of all {n_units} units. One unit is a column: "
            "transpose before you reshape."
        )
    if np.array_equal(images, right.transpose(0, 2, 1)):
        raise Mistake(
            f"Every image in {name} is mirrored: its rows and columns are swapped. "
            "Transpose the matrix coefs_[0], not the images."
        )
    if np.array_equal(images, np.abs(right)):
        raise Mistake(f"{name} has lost its signs: a weight below zero matters as much.")
    same_values(images, right, name)
    return f"Each of the {n_units} columns has become an image of 28 by 28."


@exercise
def active_share(
    answer: object, inputs: np.ndarray, weights: np.ndarray, biases: np.ndarray
) -> str:
    """Share of the inputs on which the sum of each hidden unit is above 0.

    Parameters
    ----------
    answer : ndarray of shape (n_units,)
        From 0 to 1.
    inputs : ndarray of shape (n_samples, n_inputs)
    weights : ndarray of shape (n_inputs, n_units)
        ``coefs_[0]``.
    biases : ndarray of shape (n_units,)
        ``intercepts_[0]``.
    """
    name, n_units = "active", weights.shape[1]
    active = as_array(answer, name)
    sums = inputs @ weights + biases
    hints = {
        (): "this is one number for the whole layer. Average over the images only: axis=0.",
        (len(inputs),): "this is one number for each image. Average over the images: axis=0.",
        sums.shape: "this says for each image and unit whether it is active. Average over the "
        "images: .mean(axis=0).",
    }
    same_shape(active, (n_units,), name, hints, "there should be one number for each hidden unit.")
    right = (sums > 0).mean(axis=0)
    mistakes = [
        ((inputs @ weights > 0).mean(axis=0), "the biases are missing: a unit adds its bias to "
         "the sum before it is compared with 0."),
        (np.maximum(sums, 0).mean(axis=0), "these are mean activations. The question is how "
         "often a unit is active, not how strongly: compare the sum with 0, then average."),
        ((np.maximum(sums, 0) >= 0).mean(axis=0), "every unit is active all the time. After "
         "ReLU no value is below 0: compare with > 0, not >= 0."),
        (1 - right, "this is how often each unit is silent: the comparison is reversed."),
        (100 * right, "these are percentages. A share runs from 0 to 1."),
        ((sums > 0).sum(axis=0), "these are counts of images. Divide by their number: mean "
         "instead of sum."),
        (sums.mean(axis=0), "these are the mean sums. Compare each sum with 0 before you "
         "average."),
    ]  # fmt: skip
    same_values(active, right, name, mistakes, rounding=5e-4)  # three digits will do
    return f"{(right == 0).sum()} of the {n_units} units are never active on these images."


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
        "and a norm near 1.2, like unit 6. Look at the numbers under unit 9.",
        "d": "alpha is 0.0001 in both networks, so it cannot be what sets them apart.",
    }
    choice(answer, "reason", "abcd", wrong)
    return "The last big step wrote images into the weights, and nothing came after it."


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
