"""One function per exercise: is this answer right, and if not, what is wrong with it?

A check prints one message and never raises, so that *Run All* reaches the end. An untouched
answer (``...``) is "not attempted yet". A wrong one is met with a sentence about that answer.
"""

import math
from functools import wraps

import numpy as np


class _Slip(Exception):
    """A wrong answer; its text tells the learner what is wrong with it."""


def _exercise(check):
    """Turn a function that returns what is right, or raises `_Slip`, into a check that prints."""

    @wraps(check)
    def run(answer, *given):
        if answer is ...:
            print("Not attempted yet: replace the ... by your answer and run both cells again.")
            return
        try:
            print("Right.", check(answer, *given))
        except _Slip as slip:
            print("Not yet.", slip)
        except Exception as error:  # an answer that nobody foresaw must not stop Run All
            reason = f"{type(error).__name__}: {error}"
            print(f"Not yet. The check cannot read this answer ({reason}).")

    return run


def _as_number(answer, name):
    """`answer` as a Python number, or a slip that says what came instead."""
    if isinstance(answer, np.ndarray) and answer.size == 1:
        answer = answer.item()
    if isinstance(answer, bool) or not isinstance(answer, (int, float, np.integer, np.floating)):
        raise _Slip(f"{name} should be a number. You have {_describe(answer)}.")
    return answer


def _count(answer, name, expected, slips, hint):
    """Slip unless `answer` is the expected count. `slips` explains counts that were foreseen."""
    answer = _as_number(answer, name)
    if not math.isfinite(answer):
        raise _Slip(f"{name} should be a count. You have {answer}.")
    if answer in slips:
        raise _Slip(f"You have {answer:,.0f}: {slips[answer]}.")
    if answer != expected:
        few = "more" if answer < expected else "fewer"
        raise _Slip(f"You have {answer:,}, and there are {few}. {hint}")


def _choice(answer, name, letters):
    """The letter of a multiple choice in lower case, whether typed "b", "B)" or "(b)."."""
    letter = answer.strip(" ().:\"'").lower() if isinstance(answer, str) else ""
    if len(letter) != 1 or letter not in letters:
        options = ", ".join(f'"{option}"' for option in letters)
        raise _Slip(f"{name} should be one of {options}. You have {_describe(answer)}.")
    return letter


def _as_array(answer, name, shape=None):
    """`answer` as a numeric array of the given shape, or a slip that says what came instead."""
    if answer is None or isinstance(answer, str) or callable(answer):
        raise _Slip(f"{name} should be an array of numbers. You have {_describe(answer)}.")
    try:
        array = np.asarray(answer)
    except ValueError:
        raise _Slip(f"{name} has rows of different lengths, so it is not an array.") from None
    if array.dtype.kind not in "buif":
        raise _Slip(f"{name} should be an array of numbers. You have {_describe(answer)}.")
    if shape is not None and array.shape != shape:
        raise _Slip(f"{name} has shape {array.shape}. It should have shape {shape}.")
    return array


def _same_values(answer, expected, name):
    """Slip unless two arrays of one shape agree; it shows ranges and the first difference."""
    answer = answer.astype(float)
    wrong = ~np.isclose(answer, expected, rtol=1e-4, atol=1e-6)
    if wrong.any():
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        at = ", ".join(str(i) for i in place)
        ranges = [f"from {a.min():.4g} to {a.max():.4g}" for a in (answer, expected)]
        range_ = f"its values run {ranges[0]} as they should"
        if ranges[0] != ranges[1]:
            range_ = f"its values run {ranges[0]}; they should run {ranges[1]}"
        raise _Slip(
            f"{name} has the right shape, and {range_}. The first that differs is at [{at}]: you "
            f"have {answer[place]:.4g}, it should be {expected[place]:.4g}."
        )


def _describe(answer):
    """What a learner handed in, in a few words."""
    if answer is None:
        return "None (did a function forget to return, or a call print instead?)"
    if isinstance(answer, str):
        return f"the text {answer!r}"
    if isinstance(answer, np.ndarray):
        return f"an array of shape {answer.shape}"
    if callable(answer):
        return "a function (did you forget to call it?)"
    return f"{answer!r}, a {type(answer).__name__}"


# Lesson 01: From pixels to vectors


@_exercise
def flat_shape(answer):
    """Shape of 200 images after ``reshape(-1, 784)``."""
    if isinstance(answer, np.ndarray) and answer.size > 4:
        raise _Slip(
            f"You have the array itself, of shape {answer.shape}. The question is its shape: two "
            "numbers in brackets."
        )
    if isinstance(answer, (str, dict, set)) or not np.iterable(answer):
        raise _Slip(
            "A shape is a tuple of whole numbers, such as (60000, 28, 28). "
            f"You have {_describe(answer)}."
        )
    shape = tuple(answer)
    if not shape or not all(isinstance(n, (int, np.integer)) for n in shape):
        raise _Slip(f"A shape is a tuple of whole numbers. You have {shape}.")
    shape = tuple(int(n) for n in shape)
    if shape == (200, 784):
        return "The -1 stands for the length that fits: 200 * 28 * 28 / 784 = 200."
    if -1 in shape:
        raise _Slip(
            "-1 asks NumPy to find the length that fits; the array that comes back has a real "
            "length there. How many images go in?"
        )
    if shape == (784, 200):
        raise _Slip("(784, 200) is the transpose: one image to a column. Images are rows here.")
    if shape == (200, 28, 28):
        raise _Slip("(200, 28, 28) is the shape before. reshape(-1, 784) makes two axes.")
    if shape == (200 * 784,):
        raise _Slip(
            "All 200 images in one long row: that is reshape(-1). Here 784 stands in second place."
        )
    if shape[1:] == (784,) and shape[0] in (10_000, 60_000):
        raise _Slip(f"{shape[0]:,} images? The slice [:200] keeps only some of them.")
    size = math.prod(shape)
    if size != 200 * 784:
        raise _Slip(
            f"An array of shape {shape} holds {size:,} numbers. 200 images of 28 * 28 pixels hold "
            f"{200 * 784:,}, and reshape neither adds nor drops any."
        )
    raise _Slip(
        f"{shape} holds the right number of values, but reshape(-1, 784) makes an array with two "
        f"axes whose second length is 784. You have {len(shape)} "
        f"{'axis' if len(shape) == 1 else 'axes'}, the last of length {shape[-1]}."
    )


def position(answer):
    """Where pixel (row, column) lands in the flattened image, as a function."""
    _position(... if _is_untouched(answer, 0, 0) else answer)


@_exercise
def _position(answer):
    rows, columns = np.mgrid[:28, :28]
    expected = 28 * rows + columns
    places = np.empty((28, 28))
    for row in range(28):
        for column in range(28):
            place = _call(answer, "position", row, column)
            if isinstance(place, tuple):
                raise _Slip(
                    f"position(0, 0) returns {len(place)} numbers. The vector has one axis, so one "
                    "number says where the pixel is."
                )
            place = _as_number(place, f"position({row}, {column})")
            if not -784 <= place <= 10 * 784:
                raise _Slip(f"position({row}, {column}) is {place:.4g}; a vector has 784 places.")
            places[row, column] = place
    if np.array_equal(places, expected):
        return "All 784 pixels land where reshape puts them."
    if np.array_equal(places, 28 * columns + rows):
        raise _Slip(
            "Your vector runs down the columns: pixel (0, 1) lands at 28. reshape goes along row 0 "
            "first, so that (0, 1) lands at 1 and (1, 0) at 28."
        )
    if np.array_equal(places, expected + 1):
        raise _Slip("Every pixel lands one place too far: pixel (0, 0) is at 0, not at 1.")
    if np.array_equal(places, expected - 28):
        raise _Slip(
            "Every pixel lands 28 places too early: pixel (0, 0) is at -28. Before row 7 there are "
            "seven full rows, 0 to 6."
        )
    if np.array_equal(places, rows * columns):
        raise _Slip(
            "row * column sends the whole of row 0 to place 0. Count instead how many pixels come "
            "before this one: the full rows above it, then those on its left."
        )
    if np.array_equal(places, places[1, 0] * rows + columns):
        raise _Slip(
            f"You count {places[1, 0]:g} pixels to a row: pixel (1, 0) lands at {places[1, 0]:g}. "
            "How many columns does an image have?"
        )
    _same_values(places, expected, "position(row, column) for all pixels")


def safe_distance(answer):
    """The distance between two uint8 images, without wrapping around, as a function."""
    black = np.zeros((28, 28), np.uint8)
    _safe_distance(... if _is_untouched(answer, black, black) else answer)


@_exercise
def _safe_distance(answer):
    a, b = np.random.default_rng(0).integers(0, 256, (2, 28, 28), dtype=np.uint8)
    with np.errstate(all="ignore"):
        distance = _call(answer, "safe_distance", a, b)
        if isinstance(distance, np.ndarray) and distance.size > 1:
            raise _Slip(
                f"safe_distance returns an array of shape {distance.shape}. A distance is one "
                "number: the square root of the sum of the squares."
            )
        distance = _as_number(distance, "The distance")
        difference = a.astype(float) - b
        short = (a.astype(np.int16) - b.astype(np.int16)) ** 2
    expected = np.sqrt((difference**2).sum())
    if np.isclose(distance, expected, rtol=1e-4):
        return "Converted before the subtraction, nothing wraps around."
    slips = {
        np.sqrt(((a - b) ** 2).sum()): (
            "The numbers still wrap around: as uint8, 3 - 5 is 254. Both images must become "
            "another type before they are subtracted."
        ),
        np.sqrt(((a - b).astype(float) ** 2).sum()): (
            "You convert the difference, and by then it has wrapped around: as uint8, 3 - 5 is "
            "254. Convert the images, then subtract."
        ),
        np.sqrt(short.sum()): (
            "int16 holds the difference, but ends at 32,767, and the square of 255 is 65,025: now "
            "the squares wrap around. Take a larger type."
        ),
        expected**2: "That is the squared distance. The square root is missing.",
        np.abs(difference).sum(): (
            "That is the sum of the absolute differences. Square them, add up, take the root."
        ),
        expected / 28: "That is the root of the mean of the squares. The distance takes their sum.",
        expected / 255: (
            "That is the distance between the scaled images. Here they stay as stored, 0 to 255."
        ),
    }
    for value, sentence in slips.items():
        if np.isclose(distance, value, rtol=1e-4):
            raise _Slip(sentence)
    if np.isnan(distance):
        raise _Slip(
            "The distance comes out as nan, the root of a negative sum: the squares have wrapped "
            "around. int8 ends at 127, and 255 squared is 65,025. Take a type with room for it."
        )
    if np.isinf(distance):
        raise _Slip(
            "The distance comes out as inf: float16 ends at 65,504, and the sum of the squares is "
            "larger. Take float32."
        )
    raise _Slip(
        f"For two random images your function gives {distance:.4g}, which is too "
        f"{'large' if distance > expected else 'small'}: it should give {expected:.4g}."
    )


@_exercise
def nearest_mean(answer, X, mean_images, labels):
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
    guesses = _as_array(answer, "mean_guesses")
    means = np.asarray(mean_images).reshape(10, -1).astype(X.dtype)
    if means.max() <= 1:  # the learner has scaled mean_images itself
        means *= 255
    n_images = len(X)
    if guesses.ndim == 0:
        raise _Slip(
            f"mean_guesses is one number, {guesses}. It should hold a digit for each image."
        )
    if guesses.shape == (10,) and n_images != 10:
        raise _Slip(
            "mean_guesses has shape (10,): for each mean image you found the nearest test image. "
            "Swap the arguments: nearest(whose guesses, among which)."
        )
    if guesses.shape == (n_images, 10):
        raise _Slip(
            f"mean_guesses has shape {guesses.shape}: ten values for each image. Keep the position "
            "of the smallest, argmin(axis=1)."
        )
    if guesses.shape != (n_images,):
        raise _Slip(
            f"mean_guesses has shape {guesses.shape}. It should have shape ({n_images},), one "
            "digit for each test image."
        )
    scaled, raw = ((m**2).sum(axis=1) - 2 * X @ m.T for m in (means / X.dtype.type(255), means))
    if guesses.min() < 0 or guesses.max() > 9:
        raise _Slip(
            f"mean_guesses runs from {guesses.min():g} to {guesses.max():g}: these are no digits. "
            "Did you look for the nearest training image instead of the nearest of the ten means?"
        )
    if not np.array_equal(guesses, np.round(guesses)):
        raise _Slip("Some guesses are not whole numbers. Each should be one of the digits 0 to 9.")
    guesses = guesses.astype(int)
    closest = np.arange(n_images), guesses
    if (scaled[closest] <= scaled.min(axis=1) + 1e-2).all():  # float32 may toss up between two
        return f"Ten mean images guess {(guesses == labels).mean():.3f} of the digits."
    for matrix, sentence in (
        (
            -scaled,
            "These are the digits whose mean image is farthest. Take the smallest distance.",
        ),
        (
            raw,
            "The mean images run from 0 to 255, X_test from 0 to 1: the mean with the least ink is "
            "nearest to all of them. Divide the means by 255.",
        ),
    ):
        if np.mean(guesses == matrix.argmin(axis=1)) > 0.999:
            raise _Slip(sentence)
    if np.array_equal(guesses, labels):
        raise _Slip("These are the labels of the test images. Guess them from the images.")
    _same_values(guesses, scaled.argmin(axis=1), "mean_guesses")


@_exercise
def same_neighbours(answer):
    """Why one permutation for all pixels leaves every nearest neighbour as it is."""
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
    letter = _choice(answer, "reason", "abcd")
    if letter in wrong:
        raise _Slip(wrong[letter])
    return "The distance is a sum over positions, and a sum does not depend on their order."


def _is_untouched(answer, *arguments):
    """Is `answer` still ``...``, or a function that still returns it?"""
    if not callable(answer):
        return answer is ...
    try:
        return answer(*arguments) is ...
    except Exception:
        return False


def _call(answer, name, *arguments):
    """What a learner's function returns, or a slip that says why it returns nothing."""
    if not callable(answer):
        raise _Slip(f"{name} should be a function. You have {_describe(answer)}.")
    try:
        return answer(*arguments)
    except Exception as error:
        raise _Slip(f"{name} stops with {type(error).__name__}: {error}.") from None


# Lesson 03: Training a multilayer perceptron


@_exercise
def parameters_of_16_16(answer):
    """How many parameters has a network with layers of 784, 16, 16 and 10?"""
    slips = {
        12_960: "those are the weights alone; each of the 16 + 16 + 10 units has a bias too",
        42: "those are the biases alone; add one weight for each connection",
        12_992: "the 10 output units have biases too",
        12_832: "the output layer is missing: 16 weights and a bias for each of its 10 units",
        13_786: "the 784 inputs are pixels, not units: they have no biases",
        12_560: "that is the first hidden layer; two more layers follow",
        12_544: "those are the weights of the first hidden layer; two more layers follow",
        826: "you counted units (and inputs); count the connections between them",
        784 * 16 * 16 * 10: "add the layers, do not multiply them: each has its own weights",
    }
    hint = "Go layer by layer: (inputs of the layer) * (its units) weights, and a bias per unit."
    _count(answer, "n_parameters", 13_002, slips, hint)
    return "784 * 16 + 16, then 16 * 16 + 16, then 16 * 10 + 10: 13,002 numbers to learn."


@_exercise
def learned_by_fit(answer):
    """Which of eight attributes of a network are its parameters?"""
    if not isinstance(answer, (set, frozenset, list, tuple)) or not all(
        isinstance(name, str) for name in answer
    ):
        raise _Slip(
            'learned should be a set of names, such as {"max_iter", "loss_curve_"}. '
            f"You have {_describe(answer)}."
        )
    names = set(answer)
    parameters = {"coefs_", "intercepts_"}
    chosen = {"hidden_layer_sizes", "learning_rate_init", "batch_size", "max_iter", "random_state"}
    if not names:
        raise _Slip("Your set is empty: which attributes does fit fill with what predict needs?")
    if unknown := sorted(names - parameters - chosen - {"loss_curve_"}):
        raise _Slip(f"{unknown[0]!r} is none of the eight. A closing underscore is part of a name.")
    if names == chosen:
        raise _Slip("Those are the five that you choose. The question is which ones fit learns.")
    if wrong := sorted(names & chosen):
        raise _Slip(f"{wrong[0]} is chosen before training, and fit leaves it as it is.")
    if "loss_curve_" in names:
        raise _Slip(
            "loss_curve_ is written by fit, but it is a record of the training: predict does "
            "not use it."
        )
    if names == {"coefs_"}:
        raise _Slip("coefs_ is right. A unit adds one more number to its weighted sum: which?")
    if names == {"intercepts_"}:
        raise _Slip("intercepts_ is right. Those are 42 of the 13,002: where are the others?")
    return "coefs_ holds the weights and intercepts_ the biases. The rest you choose, or read."


@_exercise
def updates_of_20_epochs(answer):
    """How many times are the parameters changed in 20 epochs of 60,000 images?"""
    slips = {
        300: "that is one epoch; the run has 20",
        20: "that is the number of epochs; in each, every batch changes the parameters",
        200: "that is the size of a batch; the question is how many batches there are",
        4_000: "you multiplied epochs by the size of a batch; use the number of batches",
        60_000: "that is the number of images; 200 of them share one change",
        1_200_000: "that is how many images it looks at; 200 of them share one change",
        12_000_000: "divide by the size of a batch where you multiplied",
    }
    hint = "How many batches of 200 do 60,000 images make? That many changes happen in each epoch."
    _count(answer, "n_updates", 6_000, slips, hint)
    return "300 batches an epoch, 20 epochs: 6,000 small changes of all 13,002 parameters."


@_exercise
def line_with_the_slip(answer):
    """In which line do images and labels part?"""
    answer = _as_number(answer, "slip_line")
    fine = {
        1: "Line 1 is fine: it draws 10,000 different row numbers, in random order.",
        2: "Line 2 is fine: it takes the images in exactly those rows.",
        4: "Line 4 is fine: it is the network you trained above, with fewer images and epochs.",
        5: "Line 5 is fine: test images and test labels, both in their own order.",
    }
    if answer in fine:
        raise _Slip(f"{fine[answer]} Which label does image X_few[0] get?")
    if answer != 3:
        raise _Slip(f"You have {answer}. The answer is the number of a line, from 1 to 5.")
    return "The labels must come from the same rows as the images: y_few = y_train[rows]."


@_exercise
def recognised_per_digit(answer, confusion):
    """For each digit, which share of its test images is recognised?

    Parameters
    ----------
    answer : array_like of shape (10,), in [0, 1]
    confusion : ndarray of shape (10, 10), int
        Test images by true digit (row) and answer of the network (column).
    """
    if isinstance(answer, (float, np.floating)):
        raise _Slip(
            f"You have one number, {answer:.4g}. The question is about each digit: ten numbers, "
            "an array of shape (10,)."
        )
    array = _as_array(answer, "recognised")
    right, of_true, of_said = np.diag(confusion), confusion.sum(axis=1), confusion.sum(axis=0)
    if array.shape == confusion.shape:
        raise _Slip(
            f"recognised has shape {array.shape}, a number for each cell of the table. Only the "
            "diagonal counts images that were recognised."
        )
    array = _as_array(array, "recognised", (10,)).astype(float)
    slips = [
        (right, "these are counts; divide each by how many test images show that digit"),
        (right / of_said, "you divided by the sums of columns: how often an answer is right. "
         "How often a digit is recognised needs the sums of rows"),
        (right / confusion.sum(), "you divided by all test images; divide by those of the digit"),
        (1 - right / of_true, "this is the share that is missed"),
        (100 * right / of_true, "these are per cent; as shares they lie between 0 and 1"),
        (of_true, "these are the numbers of test images; divide the recognised ones by them"),
    ]  # fmt: skip
    for wrong, message in slips:
        if np.allclose(array, wrong):
            raise _Slip(f"recognised[0] is {array[0]:.4g}: {message}.")
    if not np.allclose(array, right / of_true, atol=5e-4):  # rounded to three digits will do
        _same_values(array, right / of_true, "recognised")
    return "recognised.argmin() is the digit this network finds hardest."


@_exercise
def remedy(answer):
    """Which change aims at the gap between training and test accuracy?"""
    letter = _choice(answer, "remedy", "abcd")
    slips = {
        "a": "More epochs make the training accuracy grow; it is 0.999 already, and the gap stays",
        "b": "A wider network has more parameters to learn single images with: the gap grows",
        "d": "Then the test images have taken part in the choice. Their accuracy no longer "
        "tells how the network does on images it never met",
    }
    if letter in slips:
        raise _Slip(f"{slips[letter]}.")
    return "Validation images are not trained on, so they show when learning turns into memory."


# Lesson 04: Seeing the weights


@_exercise
def panel_count(answer):
    """Number of 28 by 28 weight images of a network with ``hidden_layer_sizes=(64, 32)``.

    Parameters
    ----------
    answer : int
    """
    answer = _as_number(answer, "n_panels")
    slips = {
        32: "32 is the second hidden layer. Its weights sit on the 64 units before it, not on "
        "pixels: a column of coefs_[1] has 64 numbers, which make no 28 by 28 image.",
        96: "96 counts both hidden layers. Only units whose inputs are pixels give an image of "
        "28 by 28: which layer is connected to the pixels?",
        784: "784 is the number of pixels, the rows of coefs_[0]. One panel is one column.",
        10: "10 is the number of classes, the columns of the last matrix. The images are columns "
        "of the first.",
        50176: "50176 is the number of weights, 784 * 64. One panel shows 784 of them.",
    }
    if answer in slips:
        raise _Slip(slips[answer])
    if answer != 64:
        raise _Slip(
            f"You have {answer}. coefs_[0] has one row for each of the 784 inputs and one column "
            "for each unit of the first hidden layer; a panel is one column."
        )
    return "One panel for each of the 64 units that are connected to the pixels."


@_exercise
def weight_images(answer, weights):
    """The first-layer weights as images, one for each unit.

    Parameters
    ----------
    answer : ndarray of shape (n_units, 28, 28)
    weights : ndarray of shape (784, n_units)
        ``coefs_[0]``, one column for each unit.
    """
    n_inputs, n_units = weights.shape
    name, shape = "unit_images", (n_units, 28, 28)
    images = _as_array(answer, name)
    hints = {
        (n_units, n_inputs): "each unit is still a row of 784 numbers. Fold it: reshape.",
        (n_inputs, n_units): "nothing happened to coefs_[0] yet: transpose, then reshape.",
        (28, 28, n_units): "the units stand last. Turn the matrix first, so that they stand first.",
        (28, 28): f"this is one image. All {n_units} are asked for.",
        (16, 28, 28): f"these are 16 of {n_units}. Leave out the [:16].",
    }
    if images.shape != shape:
        hint = hints.get(images.shape, "each column of coefs_[0] should become one image.")
        raise _Slip(f"{name} has shape {images.shape}. It should have shape {shape}: {hint}")
    right = weights.T.reshape(shape)
    if np.array_equal(images, weights.reshape(shape)):
        raise _Slip(
            f"{name} has the right shape, but reshape came first: coefs_[0] was read row after "
            f"row, so each image mixes the weights of all {n_units} units. One unit is a column: "
            "transpose before you reshape."
        )
    if np.array_equal(images, right.transpose(0, 2, 1)):
        raise _Slip(
            f"Every image in {name} is mirrored: its rows and columns have changed places. "
            "Transpose the matrix coefs_[0], not the images."
        )
    if np.array_equal(images, np.abs(right)):
        raise _Slip(f"{name} has lost its signs: a weight below zero matters as much.")
    _same_values(images, right, name)
    return f"Each of the {n_units} columns has become an image of 28 by 28."


@_exercise
def active_share(answer, inputs, weights, biases):
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
    active = _as_array(answer, name)
    sums = inputs @ weights + biases
    hints = {
        (): "this is one number for the whole layer. Average over the images only: axis=0.",
        (len(inputs),): "this is one number for each image. Average over the images: axis=0.",
        sums.shape: "this says for each image and unit whether it is active. Average over the "
        "images: .mean(axis=0).",
    }
    if active.shape != (n_units,):
        hint = hints.get(active.shape, "one number for each hidden unit is asked for.")
        raise _Slip(f"{name} has shape {active.shape}. It should have shape ({n_units},): {hint}")
    right = (sums > 0).mean(axis=0)
    slips = [
        ((inputs @ weights > 0).mean(axis=0), "the biases are missing: a unit adds its bias to "
         "the sum before it is compared with 0."),
        (np.maximum(sums, 0).mean(axis=0), "these are mean activations. Asked for is how often a "
         "unit is active, not how strongly: compare the sum with 0, then average."),
        ((np.maximum(sums, 0) >= 0).mean(axis=0), "every unit is active all the time. After "
         "ReLU no value is below 0: compare with > 0, not >= 0."),
        (1 - right, "this is how often each unit is silent: the comparison is turned round."),
        (100 * right, "these are percentages. A share runs from 0 to 1."),
        ((sums > 0).sum(axis=0), "these are counts of images. Divide by their number: mean "
         "instead of sum."),
        (sums.mean(axis=0), "these are the mean sums. Compare each sum with 0 before you "
         "average."),
    ]  # fmt: skip
    if not np.allclose(active, right, rtol=1e-6, atol=1e-9):
        for wrong, hint in slips:
            if np.allclose(active, wrong, rtol=1e-4, atol=1e-6):
                raise _Slip(f"{name} has the right shape, but {hint}")
    _same_values(active, right, name)
    return f"{(right == 0).sum()} of the {n_units} units are never active on these images."


@_exercise
def why_smooth(answer):
    """Why some dead units have smooth images after training at a high learning rate.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "A unit that had learned to see a digit would be active when it comes. These units "
        "are active on no image, and their strokes are blue: ink there lowers the sum.",
        "c": "A unit that never learned keeps its first random weights, with a roughness near 2 "
        "and a norm near 1.2, like unit 6. Look at the numbers under unit 9.",
        "d": "alpha is 0.0001 in both networks, so it cannot be what sets them apart.",
    }
    letter = _choice(answer, "reason", "abcd")
    if letter in wrong:
        raise _Slip(wrong[letter])
    return "The last big step wrote images into the weights, and nothing came after it."


@_exercise
def alpha_verdicts(answer):
    """Whether the networks with alpha 0.0001, 10 and 50 overfit, fit or underfit.

    Parameters
    ----------
    answer : list of str
        Three of the words "overfits", "fits" and "underfits", in the order of the alphas.
    """
    words = ("overfits", "fits", "underfits")
    is_row = isinstance(answer, np.ndarray) and answer.ndim == 1
    if not (is_row or isinstance(answer, (list, tuple))):
        raise _Slip(f"verdicts should be a list of three words. You have {_describe(answer)}.")
    if len(answer) != 3:
        raise _Slip(f"verdicts has {len(answer)} entries. It should have three, one per alpha.")
    given = [str(word).strip().lower() for word in answer]
    for word in given:
        if word not in words:
            raise _Slip(f"verdicts holds {word!r}. The words to choose from: {', '.join(words)}.")
    low, middle, high = given
    if (low, high) == ("underfits", "overfits"):
        raise _Slip(
            "The two ends are exchanged. A network that overfits scores much better on the images "
            "it learned from than on new ones; one that underfits scores badly on both."
        )
    if low != "overfits":
        raise _Slip(
            f"You say that the network with alpha 0.0001 {low}. Compare its two scores: which is "
            "higher, and what are the labels worth that it learned?"
        )
    if high != "underfits":
        raise _Slip(
            f"You say that the network with alpha 50 {high}. How well does it do on the images "
            "that it learned from?"
        )
    if middle != "fits":
        raise _Slip(
            f"You say that the network with alpha 10 {middle}. Its train score is below 1 because "
            "many of the labels are wrong; look at its test score and compare it with the others."
        )
    return "High variance on the left, high bias on the right, and the best test score between."
