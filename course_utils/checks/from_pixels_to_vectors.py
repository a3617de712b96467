"""Checks of the lesson "From pixels to vectors"."""

import math

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_number,
    as_printed,
    as_shape,
    call,
    choice,
    exercise,
    same_values,
)


@exercise
def flat_shape(answer: object) -> str:
    """Shape of 200 images after ``reshape(-1, 784)``.

    Parameters
    ----------
    answer : tuple of int
    """
    if isinstance(answer, np.ndarray) and answer.size > 4:
        raise Mistake(
            f"You have the array itself, of shape {answer.shape}. The question asks for its shape: "
            "two numbers in brackets."
        )
    shape = as_shape(answer, "flat_shape")
    if shape == (200, 784):
        return "The -1 stands for the length that fits: 200 * 28 * 28 / 784 = 200."
    if -1 in shape:
        raise Mistake(
            "-1 asks NumPy to find the length that fits; the array that comes back has a real "
            "length there. How many images go in?"
        )
    if shape == (784, 200):
        raise Mistake("(784, 200) is the transpose: one image per column. Images are rows here.")
    if shape == (200, 28, 28):
        raise Mistake("(200, 28, 28) is the shape before. reshape(-1, 784) gives two axes.")
    if shape == (200 * 784,):
        raise Mistake(
            "All 200 images in one long row: that is reshape(-1). Here 784 is the second length."
        )
    if shape[1:] == (784,) and shape[0] in (10_000, 60_000):
        raise Mistake(f"{shape[0]:,} images? The slice [:200] keeps only some of them.")
    size = math.prod(shape)
    if size != 200 * 784:
        raise Mistake(
            f"An array of shape {shape} holds {size:,} numbers. 200 images of 28 * 28 pixels hold "
            f"{200 * 784:,}, and reshape neither adds nor drops any."
        )
    raise Mistake(
        f"{shape} holds the right number of values, but reshape(-1, 784) makes an array with two "
        f"axes whose second length is 784. You have {len(shape)} "
        f"{'axis' if len(shape) == 1 else 'axes'}, the last of length {shape[-1]}."
    )


@exercise
def position(answer: object) -> str:
    """Where pixel (row, column) lands in the flattened image, as a function.

    Parameters
    ----------
    answer : callable
        Called with row and column, from 0 to 27; returns an int from 0 to 783.
    """
    rows, columns = np.mgrid[:28, :28]
    expected = 28 * rows + columns
    places = np.empty((28, 28))
    for row in range(28):
        for column in range(28):
            place = call(answer, "position", row, column)
            if isinstance(place, tuple):
                raise Mistake(
                    f"position(0, 0) returns {len(place)} numbers. The vector has one axis, so one "
                    "number says where the pixel is."
                )
            place = as_number(place, f"position({row}, {column})")
            if not -784 <= place <= 10 * 784:
                raise Mistake(f"position({row}, {column}) is {place:.4g}; a vector has 784 places.")
            places[row, column] = place
    if np.array_equal(places, expected):
        return "All 784 pixels land where reshape puts them."
    if np.array_equal(places, 28 * columns + rows):
        raise Mistake(
            "Your vector runs down the columns: pixel (0, 1) lands at 28. reshape goes along row 0 "
            "first, so that (0, 1) lands at 1 and (1, 0) at 28."
        )
    if np.array_equal(places, expected + 1):
        raise Mistake("Every pixel lands one place too far: pixel (0, 0) belongs at 0, not at 1.")
    if np.array_equal(places, expected - 28):
        raise Mistake(
            "Every pixel lands 28 places too early: pixel (0, 0) lands at -28. Before row 7 there "
            "are seven full rows, 0 to 6."
        )
    if np.array_equal(places, rows * columns):
        raise Mistake(
            "row * column sends the whole of row 0 to place 0. Count instead how many pixels come "
            "before this one: the full rows above it, then those on its left."
        )
    if np.array_equal(places, places[1, 0] * rows + columns):
        raise Mistake(
            f"Pixel (1, 0) lands at {places[1, 0]:g}, so a row takes {places[1, 0]:g} of your "
            "places. How many columns does an image have?"
        )
    row, column = np.argwhere(places != expected)[0]
    raise Mistake(
        f"position({row}, {column}) is {places[row, column]:g}, but reshape puts this pixel at "
        f"{expected[row, column]}. How many pixels come before it?"
    )


@exercise
def safe_distance(answer: object) -> str:
    """The distance between two uint8 images, without wrapping around, as a function.

    Parameters
    ----------
    answer : callable
        Called with two ndarrays of shape (28, 28), uint8; returns a float.
    """
    a, b = np.random.default_rng(0).integers(0, 256, (2, 28, 28), dtype=np.uint8)
    distance = call(answer, "safe_distance", a, b)
    if isinstance(distance, np.ndarray) and distance.size > 1:
        raise Mistake(
            f"safe_distance returns an array of shape {distance.shape}. A distance is one "
            "number: the square root of the sum of the squares."
        )
    distance = as_number(distance, "The distance")
    difference = a.astype(float) - b
    short = (a.astype(np.int16) - b.astype(np.int16)) ** 2
    expected = np.sqrt((difference**2).sum())
    if as_printed(distance, expected, 0):  # the lesson prints no decimals
        return "Converted before the subtraction, nothing wraps around."
    mistakes = {
        np.sqrt(((a - b) ** 2).sum()): (
            "The numbers still wrap around: as uint8, 3 - 5 is 254, and 20 squared is 144. Both "
            "images must become another type before anything else."
        ),
        np.sqrt(((a - b).astype(float) ** 2).sum()): (
            "When the difference becomes another type, it has wrapped around already: as uint8, "
            "3 - 5 is 254. Convert the images, then subtract."
        ),
        np.sqrt(short.sum()): (
            "int16 holds the difference, but ends at 32,767, and the square of 255 is 65,025: now "
            "the squares wrap around. Use a larger type."
        ),
        expected**2: "That is the squared distance. The square root is missing.",
        np.abs(difference).sum(): (
            "That is the sum of the absolute differences. Square them, add up, take the root."
        ),
        expected / 28: "That is the root of the mean of the squares. The distance uses their sum.",
        expected / 255: (
            "That is the distance between the scaled images. Here they stay as stored, 0 to 255."
        ),
    }
    for value, sentence in mistakes.items():
        if as_printed(distance, value, 0):
            raise Mistake(sentence)
    if np.isnan(distance):
        raise Mistake(
            "The distance comes out as nan, the root of a negative sum: the squares have wrapped "
            "around. int8 ends at 127, and 255 squared is 65,025. Use a type with room for it."
        )
    if np.isinf(distance):
        raise Mistake(
            "The distance comes out as inf: float16 ends at 65,504, and the sum of the squares is "
            "larger. Use float32."
        )
    raise Mistake(
        f"For two random images your function gives {distance:.7g}, which is too "
        f"{'large' if distance > expected else 'small'}: it should give {expected:.7g}."
    )


@exercise
def nearest_mean(answer: object, X: np.ndarray, mean_images: np.ndarray, labels: np.ndarray) -> str:
    """For each image the digit whose mean image is nearest.

    Parameters
    ----------
    answer : array_like of shape (n_images,)
    X : ndarray of shape (n_images, 784), float
        Images in [0, 1].
    mean_images : ndarray of shape (10, 28, 28) or (10, 784)
        The mean image of each digit, in [0, 255] or in [0, 1].
    labels : ndarray of shape (n_images,)
    """
    guesses = as_array(answer, "mean_guesses")
    means = np.asarray(mean_images).reshape(10, -1).astype(X.dtype)
    if means.max() <= 1:  # the learner has scaled mean_images itself
        means *= 255
    divided_again = 0 < X.max() < 0.02  # or X_test
    if divided_again or X.max() > 1:
        X = X / X.max()
    n_images = len(X)
    if guesses.ndim == 0:
        raise Mistake(
            f"mean_guesses is one number, {guesses}. It should hold a digit for each image."
        )
    if guesses.shape == (10,) and n_images != 10:
        raise Mistake(
            "mean_guesses has shape (10,): for each mean image you found the nearest test image. "
            "Swap the arguments: nearest(whose guesses, among which)."
        )
    if guesses.shape == (n_images, 10):
        raise Mistake(
            f"mean_guesses has shape {guesses.shape}: ten values for each image. Keep the position "
            "of the smallest, argmin(axis=1)."
        )
    if guesses.shape != (n_images,):
        raise Mistake(
            f"mean_guesses has shape {guesses.shape}. It should have shape ({n_images},), one "
            "digit for each test image."
        )
    ranges = (means / X.dtype.type(255), means, means / X.dtype.type(255**2))
    scaled, raw, tiny = ((m**2).sum(axis=1) - 2 * X @ m.T for m in ranges)
    if guesses.min() == 1 and guesses.max() == 10:
        raise Mistake(
            "mean_guesses runs from 1 to 10. Digits run from 0 to 9, and so do positions."
        )
    if guesses.min() < 0 or guesses.max() > 9:
        raise Mistake(
            f"mean_guesses runs from {guesses.min():g} to {guesses.max():g}: these are not digits. "
            "Did you look for the nearest training image instead of the nearest of the ten means?"
        )
    if not np.array_equal(guesses, np.round(guesses)):
        raise Mistake(
            "Some guesses are not whole numbers. Each should be one of the digits 0 to 9."
        )
    guesses = guesses.astype(int)
    closest = np.arange(n_images), guesses
    if (scaled[closest] <= scaled.min(axis=1) + 1e-2).all():  # in float32 a tie may go either way
        return f"Ten mean images guess {(guesses == labels).mean():.3f} of the digits."
    for matrix, sentence in (
        (
            -scaled,
            "These are the digits whose mean image is farthest. Take the smallest distance.",
        ),
        (
            raw,
            "X_test has been divided by 255 a second time, so every image is nearest to the mean "
            "with the least ink. Run the cell that makes X_test again."
            if divided_again
            else "The means have 255 times the range of the images that you compare them with, so "
            "every image is nearest to the mean with the least ink. X_test already runs from 0 to "
            "1; mean_images runs from 0 to 255: divide the means by 255, and only them.",
        ),
        (
            tiny,
            "The images have 255 times the range of the means that you compare them with, so every "
            "image takes a mean with much ink. Divide the means by 255, once.",
        ),
    ):
        if np.mean(guesses == matrix.argmin(axis=1)) > 0.999:
            raise Mistake(sentence)
    if np.array_equal(guesses, labels):
        raise Mistake("These are the labels of the test images. Guess them from the images.")
    positions = scaled.argmin(axis=1)
    swapped = [np.unique(guesses[positions == digit]) for digit in range(10)]
    if all(len(values) == 1 for values in swapped) and len(np.unique(guesses)) > 1:
        raise Mistake(
            "You find the nearest mean image and then replace its position with another "
            f"digit: {swapped[0][0]} for 0, {swapped[1][0]} for 1. The position of a mean image is "
            "its digit already; do not look it up among the labels."
        )
    same_values(guesses, positions, "mean_guesses")


@exercise
def same_neighbours(answer: object) -> str:
    """Why one permutation for all pixels leaves every nearest neighbour as it is.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": (
            "Nothing is learned here: nearest keeps the images and measures distances. And it "
            "never uses where a pixel was, before or after."
        ),
        "c": (
            "The ink does stay the same, but many different images have as much of it. The "
            "distance compares pixel by pixel: think of its sum."
        ),
        "d": (
            "The picture you saw has lost its lines: pixels that touched are far apart now. Think "
            "of what the distance adds up."
        ),
    }
    choice(answer, "reason", "abcd", wrong)
    return "The distance is a sum over positions, and a sum does not depend on their order."
