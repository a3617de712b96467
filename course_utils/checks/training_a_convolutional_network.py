"""Checks of the lesson "Training a convolutional network"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_number,
    call,
    choice,
    exercise,
    moved,
)
from course_utils.checks._parameter_counts import compare_counts, of_convolution, of_dense

# A saved copy of the lesson as it was before it was split still calls these: for one release.
__getattr__ = moved(
    "Convolution by hand", {"another_network", "moving_kernel", "output_size", "pooled"}
)


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
def learning_rate(answer: object, n_updates: int, warm_up: int, peak: float) -> str:
    """A function for the learning rate at an update: warm-up, then cosine decay.

    Parameters
    ----------
    answer : callable
        Called with the number of an update.
    n_updates, warm_up : int
        All updates, and how many of them are warm-up.
    peak : float
        The largest rate.
    """
    name = "rate_of"
    early, middle = warm_up // 2, (n_updates + warm_up) // 2
    updates = [0, early, warm_up, (3 * warm_up + n_updates) // 4, middle, n_updates]
    u = np.array(updates, dtype=float)
    done = (u - warm_up) / (n_updates - warm_up)
    rising, falling = peak * (0.1 + 0.9 * u / warm_up), peak * (1 + np.cos(np.pi * done)) / 2

    def schedule(before, after):
        return np.where(u < warm_up, before, after)

    right = schedule(rising, falling)
    given = [as_number(call(answer, name, update), f"{name}({update})") for update in updates]
    if np.allclose(given, right, rtol=0, atol=0.01 * peak):
        return (
            f"{right[0]:.4f} at update 0, {peak} at update {warm_up}, {right[4]:.4f} halfway down "
            f"at {middle}, and 0 at the end."
        )
    whole = u / n_updates
    mistakes = [
        (falling, "the warm-up is missing: before the peak the rate should grow in a straight "
         "line"),
        (schedule(peak * u / warm_up, falling), "the warm-up starts at 0. It should start at "
         "peak / 10"),
        (schedule(peak * (0.1 + u / warm_up), falling), "the straight line ends above the peak: "
         "it starts at a tenth, so 0.9 of the peak is left to climb"),
        (schedule(np.full_like(u, peak / 10), falling), "the rate does not grow during the "
         "warm-up"),
        (schedule(rising, peak * (1 + np.cos(np.pi * whole)) / 2), "t counts from update 0. The "
         "cosine begins at the peak: t should be 0 at update warm_up"),
        (schedule(rising, peak * (1 + np.cos(np.pi * (u - warm_up) / n_updates)) / 2), "t does not "
         "reach 1 at the end: from the peak to the end there are n_updates - warm_up updates"),
        (schedule(rising, peak * (1 + np.cos(np.pi * done))), "the cosine part is twice as large: "
         "(1 + cos) runs from 2 to 0, so divide by 2"),
        (schedule(rising, peak * np.cos(np.pi * done)), "the rate becomes negative: 1 is added to "
         "the cosine, and the sum divided by 2"),
        (schedule(rising, peak * np.cos(np.pi / 2 * done)), "that is a quarter of a wave. Half a "
         "wave, (1 + cos(pi t)) / 2, also ends slowly"),
        (schedule(rising, peak * (1 - np.cos(np.pi * done)) / 2), "the cosine part rises. It "
         "should fall: 1 + cos, not 1 - cos"),
        (schedule(rising, peak * (1 + np.cos(done)) / 2), "pi is missing in the cosine"),
        (schedule(rising, peak * (1 + np.cos(180 * done)) / 2), "np.cos takes radians: half a wave "
         "is np.pi, not 180"),
        (schedule(rising, peak * (1 - done)), "the rate falls in a straight line. It should follow "
         "half a cosine wave"),
        (schedule(rising, np.full_like(u, peak)), "after the warm-up the rate stays at its peak"),
        (rising, "the straight line goes on: from update warm_up on the rate should fall"),
        (right / peak, "the shape is right, but its highest value is 1. Multiply by peak"),
    ]  # fmt: skip
    place = next(
        i
        for i, (g, r) in enumerate(zip(given, right, strict=True))
        if not np.isclose(g, r, rtol=0, atol=0.01 * peak)
    )
    found = f"{given[place]:.5g} at update {updates[place]}, and it should be {right[place]:.5g}"
    for values, hint in mistakes:
        if np.allclose(given, values, rtol=0, atol=0.01 * peak):
            raise Mistake(f"It gives {found}: {hint}.")
    part = "warm-up" if updates[place] < warm_up else "cosine part"
    raise Mistake(f"It gives {found}. Look at the {part}.")


# Digits as small frames: a 2 by 2 block of its own grey in each image, and a line along each edge.
N_IMAGES = 500
BLOCK = 13  # upper left corner of the block


def _test_images():
    images = np.zeros((N_IMAGES, 28, 28, 1), dtype=np.uint8)
    greys = 100 + np.arange(N_IMAGES) % 150
    images[:, BLOCK : BLOCK + 2, BLOCK : BLOCK + 2, 0] = greys[:, np.newaxis, np.newaxis]
    images[:, [0, -1], :, 0] = 255
    images[:, :, [0, -1], 0] = 255
    return images


@exercise
def moved_at_random(answer: object) -> str:
    """A function that moves each image by its own random number of pixels, up to 3.

    Parameters
    ----------
    answer : callable
        Called with images of shape (n, 28, 28, 1) and a generator of random numbers; returns the
        moved images.
    """
    name, images = "The result", _test_images()
    result = call(answer, "moved_at_random", images, np.random.default_rng(0))
    if result is None:
        raise Mistake("moved_at_random returns None. Its last line should return the new images.")
    array = as_array(result, name)
    if array.shape != images.shape:
        hints = {
            images.shape[:3]: ": the axis of the channel is missing.",
            (N_IMAGES, 34, 34, 1): ": that is padded, but no window was cut out.",
            images.shape[1:]: ": that is one image.",
        }
        hint = hints.get(array.shape, ".")
        raise Mistake(
            f"For images of shape {images.shape} the result has shape {array.shape}. It should "
            f"have the same shape{hint}"
        )
    if array.dtype != images.dtype:
        raise Mistake(
            f"The images are {images.dtype} and the result is {array.dtype}. np.empty_like(images) "
            "keeps the type."
        )
    if np.array_equal(array, images):
        raise Mistake("Nothing has moved.")
    moves = np.array([_move(image, new) for image, new in zip(images, array, strict=True)])
    if np.isnan(moves).any():
        if (array == 0).all(axis=(1, 2, 3)).any():
            raise Mistake("Some images are blank: not every image was put into the result.")
        raise Mistake(
            "Not every image is a moved copy of the one in its place: are images exchanged, or "
            "moved by other than a whole number of pixels?"
        )
    _judge_moves(moves.astype(int))
    for image, new, move in zip(images, array, moves.astype(int), strict=True):
        if not np.array_equal(_moved(image, *move), new):
            if np.array_equal(np.roll(image, move, axis=(0, 1)), new):
                raise Mistake(
                    "What leaves on one side comes in on the other: np.roll goes round. Pad with "
                    "paper first, and cut a window out."
                )
            raise Mistake(
                "The digits are in the right places, but around them is something else than paper "
                "(0), or ink at the edge was lost before it left the field."
            )
    return "Each image has its own move, from -3 to 3 in both directions, and paper comes in."


def _move(image, new):
    """How far the block of an image has moved, downwards and to the right; nan if not found."""
    grey = image[BLOCK, BLOCK, 0]
    found = np.argwhere(new[1:-1, 1:-1, 0] == grey) + 1
    is_block = len(found) == 4 and np.ptp(found, axis=0).tolist() == [1, 1]
    return found.min(axis=0) - BLOCK if is_block else (np.nan, np.nan)


def _moved(image, down, right):
    """An image moved downwards and to the right, up to 3 pixels; paper comes in."""
    padded = np.pad(image, ((3, 3), (3, 3), (0, 0)))
    return padded[3 - down : 31 - down, 3 - right : 31 - right]


def _judge_moves(moves):
    """Raise `Mistake` unless moves of shape (n, 2) are random, separate, and from -3 to 3."""
    if (moves == moves[0]).all():
        raise Mistake(
            "All images are moved by the same number of pixels. Draw numbers for each image."
        )
    directions = ("downwards", "to the right")
    for axis, direction in enumerate(directions):
        if not moves[:, axis].any():
            raise Mistake(f"The images move only {directions[1 - axis]}, never {direction}.")
        if (moves[:, axis] == moves[0, axis]).all():
            raise Mistake(f"All images move by the same number {direction}.")
    if np.array_equal(moves[:, 0], moves[:, 1]) or np.array_equal(moves[:, 0], -moves[:, 1]):
        raise Mistake(
            "Each image moves by the same number in both directions, along a diagonal. Draw the "
            "two numbers separately."
        )
    if (moves == 0).any(axis=1).all():
        raise Mistake("Each image moves in one direction only. Draw two numbers for each.")
    for axis, direction in enumerate(directions):
        low, high = moves[:, axis].min(), moves[:, axis].max()
        if (low, high) == (-3, 2):
            raise Mistake(
                f"The moves {direction} run from -3 to 2: integers(-3, 3) leaves its end out. Take "
                "integers(-3, 4), or integers(0, 7) for the corner of the window."
            )
        if (low, high) == (-2, 3):
            raise Mistake(
                f"The moves {direction} run from -2 to 3. The generator's integers leave their "
                "end out: for the corner of the window take integers(0, 7)."
            )
        if low >= 0 or high <= 0:
            raise Mistake(
                f"The moves {direction} run from {low} to {high}: the other way is missing."
            )
        if (low, high) != (-3, 3):
            raise Mistake(f"The moves {direction} run from {low} to {high}, not from -3 to 3.")
        values = np.unique(moves[:, axis])
        if len(values) < 7:
            raise Mistake(
                f"The moves {direction} are only {', '.join(map(str, values))}. Each whole number "
                "from -3 to 3 should occur."
            )


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
        "moved feature map, as you saw in 'Convolution by hand'. They find their strokes anywhere.",
        "b": "Up to 3 pixels nearly all ink stays in the field, as the lesson printed, and the "
        "accuracy falls already. A lost edge cannot explain that.",
        "d": "Dropout is off when the network predicts: the same image gets the same answer.",
    }
    choice(answer, "reason", "abcd", wrong)
    return "Convolutions follow a digit, Flatten and Dense do not: each place has its own weights."
