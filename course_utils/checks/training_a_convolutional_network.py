"""Checks of the lesson "Training a convolutional network"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_number,
    call,
    choice,
    exercise,
    same_shape,
    same_values,
)
from course_utils.checks._parameter_counts import compare_counts, of_convolution, of_dense


def _valid(image, kernel):
    """The sums of a kernel over every window of an image, as the lesson computes them."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))


@exercise
def moving_kernel(answer: object, image: np.ndarray) -> str:
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
    same_shape(kernel, (3, 3), name)
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


@exercise
def output_size(answer: object) -> str:
    """A function for the size of a feature map.

    Parameters
    ----------
    answer : callable
        Called with size, kernel, stride and padding; returns an int.
    """
    name = "output_size"
    cases = [(28, 3, 1, 0), (28, 5, 1, 2), (28, 2, 2, 0), (11, 2, 2, 0), (28, 5, 3, 1)]
    cases.append((28, 5, 3, 0))  # 23 / 3: rounded to the nearest it would be one place too many
    given = [as_number(call(answer, name, *case), f"{name}{case}") for case in cases]
    right = [(n + 2 * p - k) // s + 1 for n, k, s, p in cases]
    mistakes = [
        ([(n + 2 * p - k) // s for n, k, s, p in cases], "the + 1 is missing: a window that has "
         "nowhere to go still has one place"),
        ([(n + p - k) // s + 1 for n, k, s, p in cases], "padding is added on one side only; it "
         "belongs on both sides"),
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
        for values, hint in mistakes:
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
def pooled(answer: object, feature_map: np.ndarray) -> str:
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
        "largest over the last two axes.",
        feature_map.shape: "nothing got smaller yet.",
        (height, width, 2): "one axis of length 2 is left: take the maximum over both.",
        (): "that is the largest number of the whole map. Take it window by window.",
    }
    array = as_array(answer, name)
    same_shape(array, (height, width), name, hints, "one number for each window of 2 by 2.")
    right = blocks.max(axis=(1, 3))
    mistakes = [
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
        (right.T, "rows and columns are swapped."),
    ]  # fmt: skip
    same_values(array, right, name, mistakes)
    return "Each number is the largest of a window of 2 by 2, and the 4 is still a 4."


@exercise
def parameter_counts(answer: object) -> str:
    """Parameters of the two convolutions and the dense layer of the lesson's network.

    Parameters
    ----------
    answer : list of int
        Three counts.
    """
    if isinstance(answer, (int, np.integer)) and answer == 34_826:
        raise Mistake(
            "34,826 is the right sum. The question asks for the three counts: "
            "n_parameters = [.., .., ..]."
        )
    other_sizes = {
        64 * 11 * 11 * 10 + 10: "Flatten comes after the second pooling: the maps are 5 by 5 then, "
        "not 11 by 11",
        64 * 13 * 13 * 10 + 10: "Flatten comes after the second pooling, when the maps are 5 by 5, "
        "not 13 by 13",
        64 * 7 * 7 * 10 + 10: "7 by 7 would need padding. Without it, the maps go 28, 26, 13, 11, "
        "5",
        64 * 6 * 6 * 10 + 10: "the last row and column of the 11 by 11 maps do not fill a window: "
        "11 // 2 is 5",
        650: "that is one number per map. Flatten keeps all 5 * 5 places of the 64 maps",
        260: "that is one map. Flatten keeps all 64 maps of 5 * 5 places",
        7_850: "that reads 784 pixels. The layer reads what comes out of Flatten: 64 maps of 5 "
        "by 5",
        12_810: "Dropout sets a fifth of the numbers to 0, another fifth each time; it removes no "
        "weights",
    }
    layers = [
        ("the first convolution", 320, of_convolution(32, 3, 1, 26 * 26)),
        ("the second convolution", 18_496, of_convolution(64, 3, 32, 11 * 11)),
        ("the dense layer", 16_010, of_dense(10, 1_600) | other_sizes),
    ]
    compare_counts(answer, "n_parameters", "three counts", layers)
    return "320 + 18,496 + 16,010 = 34,826 numbers to learn."


@exercise
def another_network(answer: object) -> str:
    """Parameters of a network with one convolution of 16 kernels, 5 by 5, and one pooling.

    Parameters
    ----------
    answer : list of int
        Three counts: the convolution, the dense layer with 10 units, and the whole network.
    """
    other_sizes = {
        16 * 24 * 24 * 10 + 10: "Flatten comes after the pooling: the maps are smaller then than "
        "24 by 24",
        16 * 14 * 14 * 10 + 10: "14 by 14 would need padding. Without it, a kernel of 5 takes 4 "
        "away before the pooling halves",
        16 * 13 * 13 * 10 + 10: "13 by 13 follows from a kernel of 3. One of 5 takes 4 away before "
        "the pooling halves",
        16 * 28 * 28 * 10 + 10: "the maps are 28 by 28 neither after the convolution nor after "
        "the pooling",
        170: "that is one number per map. Flatten keeps all places of the 16 maps",
        1_450: "that is one map. Flatten keeps all 16 maps",
        7_850: "that reads 784 pixels. The layer reads what comes out of Flatten",
    }
    sums = {
        400 + 23_040: "those are the weights alone; the biases count as well",
        416 * 23_050: "add the two layers, do not multiply them",
    }
    layers = [
        ("the convolution", 416, of_convolution(16, 5, 1, 24 * 24)),
        ("the dense layer", 23_050, of_dense(10, 2_304) | other_sizes),
        ("the whole network", 23_466, sums),
    ]
    compare_counts(answer, "another", "three counts", layers)
    return "16 * (5 * 5 + 1) + 10 * (12 * 12 * 16 + 1): pooling and Flatten have none."


@exercise
def why_it_falls(answer: object) -> str:
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
        "accuracy falls already. A lost edge explains only part of what happens at 5 and 6.",
        "d": "Dropout is off when the network predicts: the same image gets the same answer.",
    }
    choice(answer, "reason", "abcd", wrong)
    return "Convolutions follow a digit, Flatten and Dense do not: each place has its own weights."
