"""The checks of "Training a convolutional network" say what is wrong with this answer."""

import numpy as np
import pytest

from course_utils.checks import training_a_convolutional_network as checks
from tests.unit.answers import verdicts

N_UPDATES, WARM_UP, PEAK = 1_876, 187, 0.006
GIVEN = {"learning_rate": (N_UPDATES, WARM_UP, PEAK)}


def rate(start=0.1, climb=0.9, falling=lambda t: (1 + np.cos(np.pi * t)) / 2, t=None):
    """The schedule, with something else in place of a part."""

    def rate_of(update):
        if update < WARM_UP:
            return PEAK * (start + climb * update / WARM_UP)
        return PEAK * falling(t(update) if t else (update - WARM_UP) / (N_UPDATES - WARM_UP))

    return rate_of


def with_where(update):
    done = (update - WARM_UP) / (N_UPDATES - WARM_UP)
    rising, falling = PEAK * (0.1 + 0.9 * update / WARM_UP), PEAK * np.cos(np.pi * done / 2) ** 2
    return np.where(update < WARM_UP, rising, falling)


def moving(draw, pad=3, fill=0):
    """A function that moves each image: `draw` gets n and a generator and returns the moves."""

    def moved_at_random(images, rng):
        padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)), constant_values=fill)
        result = np.empty_like(images)
        for i, (down, right) in enumerate(draw(len(images), rng)):
            top, left = pad - down, pad - right
            result[i] = padded[i, top : top + 28, left : left + 28]
        return result

    return moved_at_random


def both(low, high):
    return lambda n, rng: rng.integers(low, high, size=(n, 2))


def one_for_both(n, rng):
    return np.repeat(rng.integers(-3, 4, size=(n, 1)), 2, axis=1)


def one_axis(axis):
    return lambda n, rng: both(-3, 4)(n, rng) * (np.arange(2) == axis)


def rolled(images, rng):
    moves = rng.integers(-3, 4, size=(len(images), 2))
    return np.stack([np.roll(i, m, axis=(0, 1)) for i, m in zip(images, moves, strict=True)])


def without_a_loop(images, rng):
    padded = np.pad(images, ((0, 0), (3, 3), (3, 3), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (28, 28), axis=(1, 2))
    tops, lefts = rng.integers(0, 7, size=(2, len(images)))
    return np.moveaxis(windows[np.arange(len(images)), tops, lefts], 1, -1)


def with_choice(images, rng):
    def draw(n, rng):
        return rng.choice(range(-3, 4), size=(n, 2))

    return list(moving(draw)(images, rng))


right_moves = moving(both(-3, 4))


def along_the_axis_of_images(images, rng):
    return np.roll(images, int(rng.integers(1, 4)), axis=0)


RIGHT = [
    ("learning_rate", rate(), "0.0006 at update 0, 0.006 at update 187, 0.0030 halfway"),
    ("learning_rate", with_where, "0.0006 at update 0"),
    ("learning_rate", lambda update: np.float32(rate()(update)), "0.0006 at update 0"),
    ("learning_rate", lambda update: round(rate()(update), 4), "0.0006 at update 0"),
    ("moved_at_random", right_moves, "Each image has its own move"),
    ("moved_at_random", moving(both(-3, 4), pad=6), "Each image has its own move"),
    ("moved_at_random", without_a_loop, "Each image has its own move"),
    ("moved_at_random", with_choice, "Each image has its own move"),
    ("parameter_counts", [320, 18_496, 16_010], "34,826 numbers to learn"),
    ("parameter_counts", np.array([320, 18_496, 16_010]), "34,826 numbers to learn"),
    ("parameter_counts", (320.0, 18_496.0, 16_010.0), "34,826 numbers to learn"),
    ("why_it_falls", "c", "each place has its own weights"),
    ("why_it_falls", "(C)", "each place has its own weights"),
]

WRONG = [
    (
        "learning_rate",
        lambda u: PEAK * (1 + np.cos(np.pi * (u - WARM_UP) / (N_UPDATES - WARM_UP))) / 2,
        "the warm-up is missing",
    ),
    ("learning_rate", rate(start=0, climb=1), "starts at 0"),
    ("learning_rate", rate(climb=1), "ends above the peak"),
    ("learning_rate", rate(climb=0), "does not grow during the warm-up"),
    ("learning_rate", rate(t=lambda u: u / N_UPDATES), "t counts from update 0"),
    ("learning_rate", rate(t=lambda u: (u - WARM_UP) / N_UPDATES), "does not reach 1 at the end"),
    ("learning_rate", rate(falling=lambda t: 1 + np.cos(np.pi * t)), "twice as large"),
    ("learning_rate", rate(falling=lambda t: np.cos(np.pi * t)), "becomes negative"),
    ("learning_rate", rate(falling=lambda t: np.cos(np.pi * t / 2)), "a quarter of a wave"),
    ("learning_rate", rate(falling=lambda t: (1 - np.cos(np.pi * t)) / 2), "the cosine part rises"),
    ("learning_rate", rate(falling=lambda t: (1 + np.cos(t)) / 2), "pi is missing"),
    ("learning_rate", rate(falling=lambda t: (1 + np.cos(180 * t)) / 2), "takes radians"),
    ("learning_rate", rate(falling=lambda t: 1 - t), "falls in a straight line"),
    ("learning_rate", rate(falling=lambda t: 1), "stays at its peak"),
    ("learning_rate", lambda u: PEAK * (0.1 + 0.9 * u / WARM_UP), "the straight line goes on"),
    ("learning_rate", lambda u: rate()(u) / PEAK, "Multiply by peak"),
    ("learning_rate", lambda u: None, "rate_of(0) should be a number"),
    ("learning_rate", lambda: 1, "rate_of stops with TypeError"),
    ("learning_rate", 0.006, "should be a function"),
    ("moved_at_random", lambda images, rng: images, "Nothing has moved"),
    ("moved_at_random", lambda images, rng: None, "returns None"),
    ("moved_at_random", lambda images: images, "stops with TypeError"),
    ("moved_at_random", moving(lambda n, rng: [rng.integers(-3, 4, size=2)] * n), "by the same"),
    ("moved_at_random", moving(both(-3, 3)), "leaves its end out"),
    ("moved_at_random", moving(lambda n, rng: 3 - both(0, 6)(n, rng)), "from -2 to 3"),
    ("moved_at_random", moving(both(0, 4)), "from 0 to 3: the other way is missing"),
    ("moved_at_random", moving(both(-4, 5), pad=4), "from -4 to 4, not from -3 to 3"),
    ("moved_at_random", moving(lambda n, rng: 3 * both(-1, 2)(n, rng)), "only -3, 0, 3"),
    ("moved_at_random", moving(one_for_both), "along a diagonal"),
    ("moved_at_random", moving(one_axis(1)), "only to the right, never downwards"),
    ("moved_at_random", moving(one_axis(0)), "only downwards, never to the right"),
    ("moved_at_random", rolled, "np.roll goes round"),
    ("moved_at_random", along_the_axis_of_images, "are images exchanged"),
    ("moved_at_random", moving(both(-3, 4), fill=9), "something else than paper"),
    ("moved_at_random", lambda i, rng: right_moves(i, rng)[..., 0], "the channel is missing"),
    ("moved_at_random", lambda i, rng: np.pad(i, ((0, 0), (3, 3), (3, 3), (0, 0))), "no window"),
    ("moved_at_random", lambda i, rng: right_moves(i, rng) / 255, "the result is float64"),
    ("moved_at_random", lambda i, rng: right_moves(i, rng)[0], "that is one image"),
    ("parameter_counts", [288, 18_496, 16_010], "each of the 32 kernels has a bias too"),
    ("parameter_counts", [10, 18_496, 16_010], "the layer has 32"),
    ("parameter_counts", [320 * 26 * 26, 18_496, 16_010], "shared by all places"),
    ("parameter_counts", [320, 640, 16_010], "reads all 32 maps"),
    ("parameter_counts", [320, 18_432, 16_010], "each of the 64 kernels has a bias"),
    ("parameter_counts", [320, 20_480, 16_010], "then adds one bias"),
    ("parameter_counts", [320, 18_496, 16_000], "each of the 10 units has a bias too"),
    ("parameter_counts", [320, 18_496, 77_450], "not 11 by 11"),
    ("parameter_counts", [320, 18_496, 31_370], "would need padding"),
    ("parameter_counts", [320, 18_496, 23_050], "11 // 2 is 5"),
    ("parameter_counts", [320, 18_496, 650], "all 5 * 5 places"),
    ("parameter_counts", [320, 18_496, 12_810], "removes no weights"),
    ("parameter_counts", [18_496, 320, 16_010], "in another order"),
    ("parameter_counts", 34_826, "is the right sum"),
    ("parameter_counts", [320, 18_496], "has 2 entries"),
    ("why_it_falls", "a", "slide over the whole image"),
    ("why_it_falls", "b", "nearly all ink stays"),
    ("why_it_falls", "D", "Dropout is off"),
    ("parameter_counts", [321, 18_496, 16_010], "first convolution", "321", "fewer"),
    ("parameter_counts", [320, 18_496, 9], "dense layer", "9", "more"),
    ("why_it_falls", "e", "reason", "'e'"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


@pytest.mark.parametrize("name", ["another_network", "moving_kernel", "output_size", "pooled"])
def test_a_copy_of_the_older_lesson_is_told_where_its_exercise_is(name, says):
    assert "'Convolution by hand'" in says(getattr(checks, name), ..., None)
