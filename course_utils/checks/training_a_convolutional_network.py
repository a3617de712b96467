"""Checks of lesson 07: Training a convolutional network."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    call,
    choice,
    count,
    describe,
    exercise,
    is_untouched,
    same_values,
)


def _valid(image, kernel):
    """The sums of a kernel over every window of an image, as the lesson computes them."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))


@exercise
def moving_kernel(answer, image):
    """A 3 by 3 kernel that moves an image by one pixel to the right.

    Parameters
    ----------
    answer : array_like of shape (3, 3)
    image : ndarray of shape (height, width)
        What the kernel is tried on.
    """
    name = "kernel"
    kernel = as_array(answer, name)
    if kernel.shape == (9,):
        raise Mistake("kernel has shape (9,), all numbers in a row. Fold them: reshape(3, 3).")
    if kernel.shape != (3, 3):
        raise Mistake(f"kernel has shape {kernel.shape}. It should have shape (3, 3).")
    kernel = kernel.astype(float)
    right = np.array([[0, 0, 0], [1, 0, 0], [0, 0, 0]], dtype=float)
    if not kernel.any():
        raise Mistake("All nine numbers are 0, so every sum is 0: the feature map is blank.")
    places = {
        (1, 1): "the 1 stands in the middle: each pixel stays where it is. That is the identity",
        (1, 2): "it moves the image to the left: each sum takes the pixel to the RIGHT of its "
        "place, so what you see comes from the right. Take the other neighbour",
        (0, 1): "it moves the image down: each sum takes the pixel above. The stroke that was "
        "above is now here. For a move to the right you need another neighbour",
        (2, 1): "it moves the image up: each sum takes the pixel below. For a move to the right "
        "you need another neighbour",
    }
    nonzero = np.argwhere(kernel)
    if len(nonzero) == 1:
        place = tuple(int(i) for i in nonzero[0])
        if place in places:
            raise Mistake(f"kernel has the right shape, but {places[place]}.")
        if place != (1, 0):
            raise Mistake(
                f"kernel takes the pixel at {list(place)} of each window, a corner: that moves "
                "the image along a diagonal. Stay in the middle row."
            )
        if kernel[place] != 1:
            raise Mistake(
                f"The place is right, but its number is {kernel[place]:.4g}: that also changes "
                "every grey level. To keep the greys, the number should be 1."
            )
        return "Each sum takes its left neighbour, so the whole image moves to the right."
    if np.allclose(kernel, np.array([[-1, 0, 1]] * 3) / 3):
        raise Mistake("That is the vertical edge kernel: it compares left and right.")
    if np.array_equal(kernel, [[1, 0, 0]] * 3):
        raise Mistake(
            "The column is right, but with three 1s each sum adds three pixels: the image is "
            "smeared upwards and downwards. One of the three is enough."
        )
    difference = np.abs(_valid(image, kernel) - _valid(image, right)).max()
    raise Mistake(
        f"{len(nonzero)} of your nine numbers are not 0, so each sum mixes that many pixels (the "
        f"greys are off by up to {difference:.4g}). To move an image, each sum should be one "
        "pixel of its window, with weight 1: which one?"
    )


def output_size(answer):
    """A function for the size of a feature map.

    Parameters
    ----------
    answer : callable
        Called with size, kernel, stride and padding.
    """
    _output_size(... if is_untouched(answer, 28, 3, 1, 0) else answer)


@exercise
def _output_size(answer):
    name = "output_size"
    cases = [(28, 3, 1, 0), (28, 5, 1, 2), (28, 2, 2, 0), (11, 2, 2, 0), (28, 5, 3, 1)]
    cases.append((28, 5, 3, 0))  # 23 / 3: rounded to the nearest it would be one place too many
    given = [call(answer, name, *case) for case in cases]
    for case, value in zip(cases, given, strict=True):
        is_number = isinstance(value, (int, float, np.integer, np.floating))
        if not is_number or isinstance(value, bool):
            raise Mistake(f"{name}{case} should be a whole number. You have {describe(value)}.")
    right = [(n + 2 * p - k) // s + 1 for n, k, s, p in cases]
    slips = [
        ([(n + 2 * p - k) // s for n, k, s, p in cases], "the + 1 is missing: a window that has "
         "nowhere to go still has one place"),
        ([(n + p - k) // s + 1 for n, k, s, p in cases], "padding is added on one side only; it "
         "stands on both sides"),
        ([n - k + 1 for n, k, s, p in cases], "stride and padding are not used"),
        ([(n - k) // s + 1 for n, k, s, p in cases], "padding is not used"),
        ([n + 2 * p - k + 1 for n, k, s, p in cases], "the stride is not used"),
        ([(n + 2 * p - k + 1) // s for n, k, s, p in cases], "the 1 is added before dividing. "
         "First count the moves, (size + 2 * padding - kernel) // stride, then add 1"),
        ([(n + 2 * p - k) / s + 1 for n, k, s, p in cases], "it divides with /. A window that "
         "does not fit is left out, so divide with // (which rounds down)"),
        ([-(-(n + 2 * p - k) // s) + 1 for n, k, s, p in cases], "it rounds up. A window that "
         "does not fit is left out: round down"),
        ([round((n + 2 * p - k) / s) + 1 for n, k, s, p in cases], "it rounds to the nearest. A "
         "window that does not fit is left out: round down"),
        ([n // k for n, k, s, p in cases], "it divides by the kernel; windows overlap, unless "
         "the stride is as large as the kernel"),
    ]  # fmt: skip
    if not np.allclose(np.array(given, dtype=float), right):
        for values, hint in slips:
            if np.allclose(np.array(given, dtype=float), values):
                raise Mistake(f"It gives {_sizes(cases, given, right)}: {hint}.")
        raise Mistake(f"It gives {_sizes(cases, given, right)}. Draw the row of pixels and try.")
    if any(isinstance(value, (float, np.floating)) for value in given):
        raise Mistake(
            f"The sizes are right, but {name}{cases[0]} is {given[0]!r}: use // to divide."
        )
    return "From 28: 26 after a kernel of 3, 28 with kernel 5 and padding 2, 14 after pooling."


def _sizes(cases, given, right):
    """The first case that went wrong, in words."""
    wrong = next(
        i for i, (g, r) in enumerate(zip(given, right, strict=True)) if not np.isclose(g, r)
    )
    n, k, s, p = cases[wrong]
    return (
        f"{given[wrong]:.4g} for size {n}, kernel {k}, stride {s}, padding {p}, and it should be "
        f"{right[wrong]}"
    )


@exercise
def pooled(answer, feature_map):
    """A feature map after max pooling with windows of 2 by 2.

    Parameters
    ----------
    answer : array_like of shape (height // 2, width // 2)
    feature_map : ndarray of shape (height, width)
        Height and width are even.
    """
    name = "pooled"
    height, width = (side // 2 for side in feature_map.shape)
    blocks = feature_map.reshape(height, 2, width, 2)
    hints = {
        (height, 2, width, 2): "the four numbers of each window are still there. Take their "
        "largest: .max(axis=(1, 3)).",
        (height, width, 2, 2): "the four numbers of each window are still there. Take their "
        "largest over the two last axes.",
        feature_map.shape: "nothing got smaller yet.",
        (height, width, 2): "one axis of length 2 is left: take the maximum over both.",
        (): "that is the largest number of the whole map. Take it window by window.",
    }
    array = as_array(answer, name)
    if array.shape != (height, width):
        hint = hints.get(array.shape, "one number for each window of 2 by 2.")
        raise Mistake(
            f"pooled has shape {array.shape}. It should have shape {(height, width)}: {hint}"
        )
    right = blocks.max(axis=(1, 3))
    slips = [
        (feature_map.reshape(height, width, 2, 2).max(axis=(2, 3)), "that is the classmate's "
         "picture: reshape reads along the rows, so four pixels that follow one another in a row "
         "became a window. The rows must be split into pairs, and the columns into pairs: "
         "reshape to (13, 2, 13, 2), then take the maximum over axes 1 and 3."),
        (blocks.mean(axis=(1, 3)), "it holds the mean of each window. Max pooling keeps the "
         "largest."),
        (blocks.sum(axis=(1, 3)), "it holds the sum of each window. Max pooling keeps the "
         "largest."),
        (blocks.min(axis=(1, 3)), "it holds the smallest number of each window."),
        (feature_map[::2, ::2], "it takes the first pixel of each window, whatever the other "
         "three are."),
        (feature_map[1::2, 1::2], "it takes the last pixel of each window, whatever the other "
         "three are."),
        (feature_map.reshape(2, height, 2, width).max(axis=(0, 2)), "each maximum is over four "
         "pixels that lie 13 apart. The axes of length 2 must come after the 13s: "
         "(13, 2, 13, 2)."),
        (right.T, "rows and columns have changed places."),
    ]  # fmt: skip
    same_values(array, right, name, slips)
    return "Each number is the largest of a window of 2 by 2, and the 4 is still a 4."


@exercise
def parameter_counts(answer):
    """Parameters of the two convolutions and the dense layer of the lesson's network.

    Parameters
    ----------
    answer : sequence of int
        Three counts.
    """
    right = [320, 18_496, 16_010]
    if not isinstance(answer, (list, tuple, np.ndarray)):
        if isinstance(answer, (int, np.integer)) and answer == sum(right):
            raise Mistake(
                "34,826 is the right sum. Asked for are the three counts: "
                "n_parameters = [.., .., ..]."
            )
        raise Mistake(
            f"n_parameters should be a list of three counts. You have {describe(answer)}."
        )
    counts = as_array(answer, "n_parameters", (3,))
    if not np.isfinite(counts.astype(float)).all():
        raise Mistake("n_parameters should hold three counts; one of yours is not a number.")
    slips = [
        {
            288: "those are the 32 * 9 weights; each kernel has a bias too",
            10: "that is one kernel with its bias; the layer has 32",
            9: "that is one kernel; the layer has 32, each with a bias",
            32 * 26 * 26: "that is how many numbers come out. The same kernel is used at all "
            "places of a map, so places do not count",
            320 * 26 * 26: "you gave each place kernels of its own. They are shared by all places",
            289: "one bias per kernel, not one for the whole layer: 32 of them",
        },
        {
            18_432: "those are the weights; each of the 64 kernels has a bias too",
            640: "that is 64 * (3 * 3 + 1): each kernel reads all 32 maps of the layer before, so "
            "it has 3 * 3 * 32 weights",
            576: "that is 64 * 3 * 3: each kernel reads all 32 maps of the layer before (and has "
            "a bias)",
            64 * 32 * 10: "you have one bias for each map that comes in. A kernel adds up all 32 "
            "maps and then adds one bias",
            289: "that is one kernel of the layer, 3 * 3 * 32 + 1; there are 64",
            288: "that is one kernel of the layer without its bias; there are 64",
            18_464: "the layer has 64 biases, one per kernel that it has, not 32",
        },
        {
            16_000: "those are the weights; the 10 units have biases too",
            64 * 11 * 11 * 10 + 10: "Flatten comes after the second pooling: the maps are 5 by 5 "
            "then, not 11 by 11",
            64 * 13 * 13 * 10 + 10: "Flatten comes after the second pooling, when the maps are 5 "
            "by 5, not 13 by 13",
            64 * 7 * 7 * 10 + 10: "7 by 7 would need padding. Without, the maps go 28, 26, 13, "
            "11, 5",
            64 * 6 * 6 * 10 + 10: "the last row and column of the 11 by 11 maps do not fill a "
            "window: 11 // 2 is 5",
            650: "that is one number per map. Flatten keeps all 5 * 5 places of the 64 maps",
            7_850: "that reads 784 pixels. The layer reads what comes out of Flatten: 64 maps of "
            "5 by 5",
            12_810: "Dropout sets a fifth of the numbers to 0, another fifth each time; it "
            "removes no weights",
        },
    ]
    names = ["first convolution", "second convolution", "dense layer"]
    hint = (
        "Count the weights of one kernel or unit, add its bias, and multiply by how many there are."
    )
    if sorted(counts.tolist()) == sorted(right) and counts.tolist() != right:
        raise Mistake(
            "All three counts are right, in another order. Asked for: from input to output."
        )
    for name, value, expected, known in zip(names, counts.tolist(), right, slips, strict=True):
        count(value, "n_parameters", expected, known, hint, begin=f"For the {name} you have")
    return "320 + 18,496 + 16,010 = 34,826 numbers to learn."


@exercise
def why_it_falls(answer):
    """Why a convolutional network, too, misreads digits that are moved far.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "The kernels slide over the whole image: the feature map of a moved digit is the "
        "moved feature map, as you saw with the 4. They find their strokes wherever they are.",
        "b": "Up to 3 pixels nearly all ink stays in the field, as the first table shows, and the "
        "accuracy falls already. A lost edge explains a part of what happens at 5 and 6.",
        "d": "Dropout is off when the network predicts: the same image gets the same answer.",
    }
    choice(answer, "reason", "abcd", wrong)
    return "Convolutions follow a digit, Flatten and Dense do not: each place has its own weights."
