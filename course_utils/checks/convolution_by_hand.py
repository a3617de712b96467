"""Checks of the lesson "Convolution by hand"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_number,
    call,
    exercise,
    same_shape,
    same_values,
)
from course_utils.checks._parameter_counts import compare_counts, of_convolution, of_dense


def _valid(image, kernel):
    """The sums of a kernel over every window of an image, as the lesson computes them."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))


# No two numbers of these are alike, and no two sides of the image.
IMAGE = np.random.default_rng(0).normal(size=(6, 8)).round(2)
KERNEL = np.array([[1.0, 2, -1], [0.5, -2, 3], [-0.25, 4, 1.5]])
WIDE = np.array([[1.0, -2, 3], [0.5, 4, -1]])
MAP = np.random.default_rng(1).random((6, 8)).round(3)
ODD = np.random.default_rng(2).random((7, 11)).round(3)
LARGE = np.random.default_rng(3).random((28, 28)).round(3)


def _run(answer, name, argument, *more, large, right_of_large):
    """What a learner's function returns. If it stops: whether it would on the lesson's own sizes.

    `large` is an argument of the lesson's size, `right_of_large` what should come out for it.
    """
    try:
        return call(answer, name, argument, *more)
    except Mistake as mistake:
        if "setting an array element" in str(mistake):
            raise Mistake(
                "Several numbers are put into one place of the map, which takes one: a sum or a "
                "largest is missing."
            ) from None
        try:
            result = np.asarray(call(answer, name, large, *more), dtype=float)
        except Exception:
            raise mistake from None
        shape = " by ".join(map(str, argument.shape))
        if result.shape == right_of_large.shape and np.allclose(result, right_of_large.T):
            raise Mistake("Rows and columns are swapped where the window is cut out.") from None
        if result.shape == right_of_large.shape:
            sides = " by ".join(map(str, large.shape))
            raise Mistake(
                f"It runs on {sides} numbers, and stops on {shape}: are the sizes written into it? "
                "Take them from .shape."
            ) from None
        raise mistake from None


@exercise
def convolve(answer: object) -> str:
    """A function that slides a kernel over an image, without turning it.

    Parameters
    ----------
    answer : callable
        Called with an image and a kernel; returns the feature map.
    """
    name, right = "The feature map", _valid(IMAGE, KERNEL)
    result = _run(
        answer, "convolve", IMAGE, KERNEL, large=LARGE, right_of_large=_valid(LARGE, KERNEL)
    )
    if result is None:
        raise Mistake("convolve returns None. Its last line should be: return feature_map.")
    feature_map = as_array(result, name)
    rows, columns = right.shape
    height, width = IMAGE.shape
    hints = {
        (rows - 1, columns - 1): "one row and one column are missing. A kernel of height 3 has "
        "6 - 3 + 1 places in 6 rows.",
        (columns, rows): "rows and columns are swapped.",
        (height, width): "that is the size of the image. Where the kernel hangs over the edge "
        "there is no place for it.",
        (height + 2, width + 2): "that counts places where the kernel hangs over the edge, too.",
        (rows + 1, columns + 1): "one row and one column too many: the last windows hang over the "
        "edge.",
        (height - 1, width - 1): "a kernel of height 3 takes away two rows, not one.",
        (3, 3): "that is the shape of the kernel.",
        (): "that is one number. There should be one for each place of the kernel.",
    }
    about = f"for an image of shape {IMAGE.shape} and a kernel of shape {KERNEL.shape}"
    if feature_map.shape != right.shape:
        hint = hints.get(feature_map.shape, "one number for each place of the kernel.")
        raise Mistake(
            f"{about[0].upper()}{about[1:]} the feature map has shape {feature_map.shape}. It "
            f"should have shape {right.shape}: {hint}"
        )
    whole = np.trunc(right)
    first_only, no_first, no_last = np.zeros_like(right), right.copy(), right.copy()
    first_only[0, 0] = right[0, 0]
    no_first[0], no_first[:, 0] = 0, 0
    no_last[-1], no_last[:, -1] = 0, 0
    windows = np.lib.stride_tricks.sliding_window_view(IMAGE, KERNEL.shape)
    as_matrices = (windows @ KERNEL).sum(axis=(2, 3))
    mistakes = [
        (_valid(IMAGE, KERNEL[::-1, ::-1]), "the kernel is turned by 180°. That is the convolution "
         "of mathematics; here the upper left weight belongs to the upper left pixel."),
        (_valid(IMAGE, KERNEL.T), "the kernel is transposed: its rows lie along the columns of the "
         "window."),
        (_valid(IMAGE, KERNEL[:, ::-1]), "the kernel is reversed from left to right."),
        (_valid(IMAGE, KERNEL[::-1]), "the kernel is upside down."),
        (right / KERNEL.size, "each number is the mean of the nine products. The step in the "
         "figure adds them up: their sum."),
        ((windows * KERNEL).max(axis=(2, 3)), "each number is the largest of the nine products. "
         "Add them up."),
        (windows[:, :, -1, -1] * KERNEL[-1, -1], "each number is the last of the nine products. "
         "Add each to what is there already, with +=."),
        (windows.sum(axis=(2, 3)), "each number is the sum of the window: the kernel is not used."),
        (as_matrices, "window and kernel are multiplied as matrices. Multiply each weight by the "
         "pixel under it: window * kernel."),
        (np.maximum(right, 0), "negative sums have become 0. That is ReLU, and it comes later."),
        (np.abs(right), "all signs are plus. A negative sum says that ink ends."),
        (whole, "the numbers are cut to whole ones. Does the array of zeros hold integers?"),
        (np.zeros_like(right), "all its numbers are 0: no sum was put in its place."),
        (first_only, "only the first place is filled. Does return stand inside the loop?"),
        (no_first, "its first row and column are still 0. range(rows) begins with 0."),
        (no_last, "its last row and column are still 0. range(rows) ends with rows - 1, so "
         "range(rows - 1) is one short."),
    ]  # fmt: skip
    same_values(feature_map, right, name, mistakes)
    try:
        wide = as_array(call(answer, "convolve", IMAGE, WIDE), name)
    except Mistake as mistake:
        raise Mistake(
            "It is right for a kernel of 3 by 3. For one of 2 by 3 numbers it is not: "
            f"{mistake} Take both sides from kernel.shape."
        ) from None
    expected = _valid(IMAGE, WIDE)
    if wide.shape != expected.shape or not np.allclose(wide.astype(float), expected, rtol=1e-3):
        raise Mistake(
            "It is right for a kernel of 3 by 3. For one of 2 by 3 numbers the feature map has "
            f"shape {wide.shape} and should have {expected.shape}. Take both sides from "
            "kernel.shape."
            if wide.shape != expected.shape
            else "It is right for a kernel of 3 by 3, and has other numbers for one of 2 by 3. "
            "Take both sides from kernel.shape."
        )
    return "Each number is the sum over one window, for kernels of any height and width."


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
def pool(answer: object) -> str:
    """A function that does max pooling with windows of 2 by 2.

    Parameters
    ----------
    answer : callable
        Called with a feature map; returns the pooled map.
    """
    name = "The pooled map"
    rows, columns = (side // 2 for side in MAP.shape)
    large = LARGE[:26, :26]
    pooled_large = large.reshape(13, 2, 13, 2).max(axis=(1, 3))
    result = _run(answer, "pool", MAP, large=large, right_of_large=pooled_large)
    if result is None:
        raise Mistake("pool returns None. Its last line should return the pooled map.")
    pooled = as_array(result, name)
    blocks = MAP.reshape(rows, 2, columns, 2)
    right = blocks.max(axis=(1, 3))
    hints = {
        blocks.shape: "the four numbers of each window are still there. Take their largest: "
        ".max(axis=(1, 3)).",
        (rows, columns, 2, 2): "the four numbers of each window are still there. Take their "
        "largest over the last two axes.",
        MAP.shape: "nothing got smaller yet.",
        (rows, columns, 2): "one axis of length 2 is left: take the maximum over both.",
        (columns, rows): "rows and columns are swapped.",
        (MAP.shape[0] - 1, MAP.shape[1] - 1): "the windows overlap. They should lie side by side, "
        "so the next one begins two pixels further: the stride is 2.",
        (13, 13): "the sizes of the lesson's map are written into it. Take them from "
        "feature_map.shape.",
        (): "that is the largest number of the whole map. Take it window by window.",
    }
    if pooled.shape != right.shape:
        hint = hints.get(pooled.shape, "one number for each window of 2 by 2.")
        raise Mistake(
            f"For a map of shape {MAP.shape} the pooled map has shape {pooled.shape}. It should "
            f"have shape {right.shape}: {hint}"
        )
    first_only = np.zeros_like(right)
    first_only[0, 0] = right[0, 0]
    overlapping = np.lib.stride_tricks.sliding_window_view(MAP, (2, 2)).max(axis=(2, 3))
    mistakes = [
        (MAP.reshape(rows, columns, 2, 2).max(axis=(2, 3)), "that is the classmate's picture: "
         "reshape reads along the rows, so four pixels that follow one another in a row became a "
         "window. The rows must be split into pairs, and the columns into pairs: reshape to (rows, "
         "2, columns, 2), then take the maximum over axes 1 and 3."),
        (blocks.mean(axis=(1, 3)), "it holds the mean of each window. Max pooling keeps the "
         "largest."),
        (blocks.sum(axis=(1, 3)), "it holds the sum of each window. Max pooling keeps the "
         "largest."),
        (blocks.min(axis=(1, 3)), "it holds the smallest number of each window."),
        (MAP[::2, ::2], "it takes the first pixel of each window, whatever the other three are."),
        (MAP[1::2, 1::2], "it takes the last pixel of each window, whatever the other three are."),
        (MAP.reshape(2, rows, 2, columns).max(axis=(0, 2)), "each maximum is over four pixels that "
         "lie half a map apart. The axes of length 2 must come after the others: (rows, 2, "
         "columns, 2)."),
        (overlapping[:rows, :columns], "the windows overlap: the next one should begin two pixels "
         "further, at 2 * row and 2 * column."),
        (np.zeros_like(right), "all its numbers are 0: no maximum was put in its place."),
        (first_only, "only the first place is filled. Does return stand inside the loop?"),
    ]  # fmt: skip
    same_values(pooled, right, name, mistakes)
    fits = tuple(side // 2 for side in ODD.shape)
    whole = ODD[: 2 * fits[0], : 2 * fits[1]].reshape(fits[0], 2, fits[1], 2)
    begin = f"It is right for even sides. For a map of shape {ODD.shape}"
    try:
        odd = as_array(call(answer, "pool", ODD), name)
    except Mistake as mistake:
        raise Mistake(
            f"{begin} it is not: {mistake} Leave out the last row and column first."
        ) from None
    if odd.shape == (fits[0] + 1, fits[1] + 1):
        raise Mistake(
            f"{begin} it gives {odd.shape}: the windows at the end are not full. Leave them out."
        )
    if odd.shape != fits:
        raise Mistake(f"{begin} it gives {odd.shape}, and it should be {fits}.")
    same_values(odd, whole.max(axis=(1, 3)), f"The pooled map of one of shape {ODD.shape}")
    return "Each number is the largest of a window of 2 by 2, whatever the size of the map."


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
