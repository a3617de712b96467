"""Checks of the lesson "Seeing the weights"."""

import math

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_number,
    call,
    exercise,
    moved,
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
def rough(answer: object) -> str:
    """How rough an image is: neighbours' squared differences over the variance.

    Parameters
    ----------
    answer : callable
        ``rough(image)`` for an image of shape (28, 28).
    """
    rng = np.random.default_rng(0)
    grain = rng.normal(3, 2, size=(28, 28))
    images = [grain + 0.1 * grain.cumsum(axis=0), grain.T + 0.3 * grain.cumsum(axis=1)]
    for image in images:
        found = as_array(call(answer, "rough", image), "rough(image)")
        same_shape(found, (), "rough(image)", {}, "one number for the whole image.")
        expected = _rough(image)
        if math.isclose(found, expected, rel_tol=3e-3, abs_tol=6e-3):  # ddof=1, two decimals
            continue
        for slip, hint in _rough_slips(image):
            if math.isclose(found, slip, rel_tol=1e-3):
                raise Mistake(f"rough gives {found:.4g} for an image where it should give "
                              f"{expected:.4g}: {hint}")  # fmt: skip
        raise Mistake(
            f"rough gives {found:.4g} for an image where it should give {expected:.4g}. Its two "
            f"parts there: the mean squared difference is {expected * image.var():.4g}, the "
            f"variance {image.var():.4g}."
        )
    return (
        "Neighbours' differences against all differences: 2 for noise, near 0 where it is smooth."
    )


def _differences(image):
    """Differences of neighbours, side by side and one above the other."""
    return (image[:, 1:] - image[:, :-1]).ravel(), (image[1:] - image[:-1]).ravel()


def _rough(image):
    return (np.concatenate(_differences(image)) ** 2).mean() / image.var()


def _rough_slips(image):
    """Pairs of a wrong result and what is wrong with it."""
    right, down = _differences(image)
    both = np.concatenate([right, down])
    squared = (both**2).mean()
    around = [image - np.roll(image, 1, axis) for axis in (0, 1)]
    return [
        ((right**2).mean() / image.var(), "only neighbours side by side are compared, those "
         "one above the other are missing."),
        ((down**2).mean() / image.var(), "only neighbours one above the other are compared, those "
         "side by side are missing."),
        (squared, "the division by the variance is missing."),
        (squared / image.std(), "you divide by the standard deviation, the root of the variance."),
        (squared / image.var() ** 2, "you divide by the square of the variance."),
        (squared / (image**2).mean(), "you divide by the mean square. The variance measures "
         "from the mean: image.var()."),
        (image.var() / squared, "numerator and denominator have changed places."),
        (np.abs(both).mean() / image.var(), "the differences are not squared."),
        (both.mean() / image.var(), "the differences are not squared, so many cancel."),
        (both.mean() ** 2 / image.var(), "square each difference first, then take the mean."),
        ((both**2).sum() / image.var(), "the squared differences are summed: take their mean."),
        (2 * squared / image.var(), "the means of the two directions are added: take one mean over "
         "all pairs."),
        (np.sqrt(squared) / image.std(), "this is the root of it."),
        (np.sqrt(squared / image.var()), "this is the root of it."),
        ((np.array(around) ** 2).mean() / image.var(), "the last pixel of each row is "
         "compared with the first one (np.roll goes around). These are no neighbours."),
        ((np.diff(image.ravel()) ** 2).mean() / image.var(), "the image is flattened, so the "
         "end of a row meets the next one, and pixels one above the other are not compared."),
    ]  # fmt: skip


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
    same_values(active, right, name, mistakes, rounding=2e-4, decimals=2)
    return f"{(right == 0).sum()} of the {n_units} units are never active on these images."


@exercise
def changed_answers(
    answer: object, hidden: np.ndarray, weights: np.ndarray, biases: np.ndarray
) -> str:
    """On how many inputs the network gives another answer without each hidden unit.

    Parameters
    ----------
    answer : ndarray of shape (n_units,), int
    hidden : ndarray of shape (n_samples, n_units)
        What the hidden units put out.
    weights : ndarray of shape (n_units, n_classes)
        ``coefs_[1]``.
    biases : ndarray of shape (n_classes,)
        ``intercepts_[1]``.
    """
    name, (n_samples, n_units) = "changed", hidden.shape
    changed = as_array(answer, name)
    hints = {
        (): "this is one number. Switch the units off one at a time.",
        (n_samples,): "this is one number for each image. Count the images for each unit.",
        (n_units, n_samples): "count the True in each row: .sum(axis=1).",
        (n_samples, n_units): "count the True in each column: .sum(axis=0).",
        (weights.shape[1],): "these are ten numbers, so columns were set to zero. A hidden unit is "
        "a row.",
    }
    same_shape(changed, (n_units,), name, hints, "there should be one count for each hidden unit.")
    outputs = hidden @ weights + biases
    before = outputs.argmax(axis=1)
    right, piled_up = np.zeros(n_units), np.zeros(n_units)
    without_all = outputs.copy()
    for unit, row in enumerate(weights):
        share = hidden[:, [unit]] * row
        right[unit] = ((outputs - share).argmax(axis=1) != before).sum()
        without_all -= share
        piled_up[unit] = (without_all.argmax(axis=1) != before).sum()
    if np.abs(changed - right).max() <= 1:  # two outputs may be equal to the last bit
        return (
            f"Without {(right == 0).sum()} of the {n_units} units no answer changes; the unit that "
            f"is worth most changes {right.max():.0f}."
        )
    if not changed.any():
        raise Mistake(
            "No answer changes, whichever unit is off. Are the new answers computed from the "
            "matrix with the zeros?"
        )
    if piled_up[1:].any() and np.abs(changed - piled_up).max() <= 1:
        raise Mistake(
            "The zeros of the units before are still there, so the last count is that of a network "
            "without any hidden unit. Take a fresh copy of W2 for each unit."
        )
    mistakes = [
        (np.full(n_units, piled_up[-1]), "these are the counts of a network whose W2 is all zeros. "
         "Run the cell with W2 again, then take a copy of it for each unit."),
        (right / n_samples, "these are shares of the images. The question asks for counts."),
        (100 * right / n_samples, "these are percentages. The question asks for counts."),
        (n_samples - right, "these answers stay the same: the comparison is reversed."),
        (1 - right / n_samples, "these are shares of the answers that stay the same."),
    ]  # fmt: skip
    same_values(changed, right, name, mistakes)
    return ""


# For saved copies of the lesson as it was before it was divided: for one release.
__getattr__ = moved("What weights tell", {"why_smooth", "alpha_verdicts"})
