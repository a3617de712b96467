"""The checks of "From pixels to vectors" say what is wrong with this answer."""

import math
import re

import numpy as np
import pytest

from course_utils.checks import from_pixels_to_vectors as checks
from tests.unit.answers import changed, verdicts

rng = np.random.default_rng(0)
MEAN_IMAGES = np.zeros((10, 28, 28))  # digit d: d + 1 bright rows, so that the ink differs
for _digit in range(10):
    MEAN_IMAGES[_digit, 2 * _digit : 2 * _digit + 3 + _digit % 3] = 200 + _digit
LABELS = rng.integers(0, 10, 60)
NOISE = rng.uniform(0, 0.6, (60, 784))
X = (MEAN_IMAGES.reshape(10, 784)[LABELS] / 255 * 0.5 + NOISE * 0.5).astype(np.float32)
LABELS = np.where(np.arange(60) % 7 == 0, (LABELS + 1) % 10, LABELS)  # so that guesses can be wrong


def nearest(X, X_known):
    return ((X_known**2).sum(axis=1) - 2 * X @ X_known.T).argmin(axis=1)


MEANS = MEAN_IMAGES.reshape(10, 784) / 255
GUESSES = nearest(X, MEANS)

SHARE = (GUESSES == LABELS).mean()
assert 0.5 < SHARE < 1

GIVEN = {"nearest_mean": (X, MEAN_IMAGES, LABELS)}


def after(dtype):
    """The distance, with both images converted to `dtype` first."""
    return lambda a, b: np.sqrt(((a.astype(dtype) - b.astype(dtype)) ** 2).sum())


RIGHT = [
    ("flat_shape", (200, 784), "200 * 28 * 28 / 784"),
    ("flat_shape", [200, 784], "200 * 28 * 28 / 784"),
    ("flat_shape", np.array([200, 784]), "200 * 28 * 28 / 784"),
    ("position", lambda row, column: 28 * row + column, "All 784 pixels"),
    (
        "safe_distance",
        lambda a, b: np.sqrt(((a.astype(float) - b) ** 2).sum()),
        "nothing wraps around",
    ),
    (
        "safe_distance",
        lambda a, b: np.sqrt(((a.astype(np.int32) - b.astype(np.int32)) ** 2).sum()),
        "nothing wraps around",
    ),
    ("safe_distance", lambda a, b: np.linalg.norm(a / 1.0 - b / 1.0), "nothing wraps around"),
    ("safe_distance", lambda a, b: round(after(float)(a, b)), "nothing wraps around"),
    ("safe_distance", lambda a, b: int(after(float)(a, b) + 0.5), "nothing wraps around"),
    ("safe_distance", lambda a, b: np.round(after(np.float64)(a, b), 1), "nothing wraps around"),
    ("safe_distance", lambda a, b: 255 * after(float)(a / 255, b / 255), "nothing wraps around"),
    ("safe_distance", lambda a, b: math.dist(a.flatten().tolist(), b.flatten().tolist())),
    ("safe_distance", lambda a, b: [[after(float)(a, b)]] @ np.eye(1), "nothing wraps around"),
    ("nearest_mean", GUESSES.tolist(), f"{SHARE:.3f} of the digits"),
    ("nearest_mean", tuple(GUESSES), f"{SHARE:.3f} of the digits"),
    ("nearest_mean", GUESSES.astype(np.uint8), f"{SHARE:.3f} of the digits"),
    ("nearest_mean", GUESSES.astype(float), f"{SHARE:.3f} of the digits"),
    ("nearest_mean", GUESSES, f"Right. Ten mean images guess {SHARE:.3f} of the digits."),
    ("same_neighbours", "B", "a sum does not depend"),
    ("same_neighbours", "b", "a sum does not depend"),
    ("same_neighbours", " B ", "a sum does not depend"),
]

WRONG = [
    ("flat_shape", (-1, 784), "find the length that fits"),
    ("flat_shape", (784, 200), "transpose"),
    ("flat_shape", (200, 28, 28), "the shape before"),
    ("flat_shape", (156_800,), "one long row"),
    ("flat_shape", (60_000, 784), "60,000 images?"),
    ("flat_shape", np.zeros((200, 784)), "the array itself, of shape (200, 784)"),
    ("flat_shape", 200, "tuple of whole numbers"),
    ("flat_shape", "(200, 784)", "You have the text"),
    ("flat_shape", (200, 100), "holds 20,000 numbers"),
    ("flat_shape", (400, 392), "the last of length 392"),
    ("position", lambda row, column: 28 * column + row, "down the columns"),
    ("position", lambda row, column: 28 * row + column + 1, "one place too far"),
    ("position", lambda row, column: 28 * (row - 1) + column, "28 places too early"),
    ("position", lambda row, column: row * column, "the whole of row 0"),
    ("position", lambda row, column: 27 * row + column, "a row takes 27 of your places"),
    ("position", lambda row, column: (row, column), "returns 2 numbers"),
    ("position", lambda row, column: None, "forget to return"),
    ("position", lambda row, column: row**2.5 ^ column, "A power is written **"),
    ("position", lambda row: row, "stops with TypeError"),
    ("position", 28 * 3 + 4, "should be a function"),
    ("safe_distance", lambda a, b: np.sqrt(((a - b) ** 2).sum()), "still wrap around"),
    (
        "safe_distance",
        lambda a, b: np.sqrt(((a - b).astype(float) ** 2).sum()),
        "When the difference becomes another type",
    ),
    ("safe_distance", lambda a, b: np.linalg.norm(a - b), "3 - 5 is 254"),
    (
        "safe_distance",
        lambda a, b: round(np.sqrt(((a - b) ** 2).sum())),
        "The numbers still wrap around",
    ),
    (
        "safe_distance",
        lambda a, b: np.sqrt(((np.maximum(a, b) - np.minimum(a, b)) ** 2).sum()),
        "20 squared is 144",
    ),
    ("safe_distance", lambda a, b: after(float)(a, b) + 1, "too large"),
    ("safe_distance", lambda a, b: math.floor(after(float)(a, b)), "too small: it should give"),
    ("safe_distance", after(np.int8), "int8"),
    ("safe_distance", after(np.int16), "int16"),
    ("safe_distance", after(np.float16), "float16 ends at 65,504"),
    ("safe_distance", lambda a, b: ((a.astype(float) - b) ** 2).sum(), "square root is missing"),
    ("safe_distance", lambda a, b: np.abs(a.astype(float) - b).sum(), "absolute differences"),
    (
        "safe_distance",
        lambda a, b: np.sqrt(((a.astype(float) - b) ** 2).mean()),
        "root of the mean",
    ),
    (
        "safe_distance",
        lambda a, b: np.sqrt(((a / 255 - b / 255) ** 2).sum()),
        "between the scaled images",
    ),
    ("safe_distance", lambda a, b: (a.astype(float) - b) ** 2, "array of shape (28, 28)"),
    ("safe_distance", lambda a, b: 2 * after(float)(a, b), "too large"),
    ("safe_distance", lambda a, b: 1.0, "too small"),
    ("safe_distance", lambda a, b: print("", end=""), "forget to return"),
    ("safe_distance", lambda a: a, "stops with TypeError"),
    ("safe_distance", 2387, "should be a function"),
    ("nearest_mean", nearest(X, MEAN_IMAGES.reshape(10, 784)), "divide the means by 255"),
    ("nearest_mean", nearest(X / 255, MEANS), "X_test already runs from 0 to 1"),
    ("nearest_mean", nearest(X, MEANS / 255), "a mean with much ink"),
    ("nearest_mean", nearest(MEANS, X), "Swap the arguments"),
    ("nearest_mean", X @ MEANS.T, "argmin(axis=1)"),
    ("nearest_mean", -2 * X @ MEANS.T @ np.eye(10)[:, :3], "one digit for each test image"),
    ("nearest_mean", ((MEANS**2).sum(axis=1) - 2 * X @ MEANS.T).argmax(axis=1), "is farthest"),
    ("nearest_mean", LABELS, "labels of the test images"),
    ("nearest_mean", np.roll(np.arange(10), 3)[GUESSES], "do not look it up among the labels"),
    ("nearest_mean", GUESSES + 1, "from 1 to 10"),
    (
        "nearest_mean",
        np.full(60, 5),
        "it should be",
    ),  # one digit throughout does not exchange any
    ("nearest_mean", np.arange(60) * 100, "not digits"),
    ("nearest_mean", GUESSES + 0.5 * (GUESSES < 9), "not whole numbers"),
    ("nearest_mean", 0.82, "one number, 0.82"),
    ("same_neighbours", "A", "Nothing is learned"),
    ("same_neighbours", "C", "many different images"),
    ("same_neighbours", "D", "lost its lines"),
    ("same_neighbours", "E", 'reason should be one of "a", "b", "c", "d"'),
    ("same_neighbours", 2, 'reason should be one of "a", "b", "c", "d"'),
    # not foreseen: what came, and what is expected
    (
        "position",
        lambda row, column: 28 * row + min(column, 20),
        "position(0, 21) is 20, but reshape puts this pixel at 21",
    ),
    (
        "nearest_mean",
        changed(GUESSES, 5, (GUESSES[5] + 1) % 10),
        "values run from",
        f"at [5]: you have {(GUESSES[5] + 1) % 10}, it should be {GUESSES[5]}",
    ),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


def test_images_divided_by_255_twice_are_found_out(says):
    smaller = X / np.float32(255)
    text = says(checks.nearest_mean, nearest(smaller, MEANS), smaller, MEAN_IMAGES, LABELS)
    assert "X_test has been divided by 255 a second time" in text


@pytest.mark.parametrize("factor", [255, 1 / 255])
def test_images_and_means_in_another_range_give_the_same_guesses(says, factor):
    given = X * np.float32(factor), MEAN_IMAGES, LABELS
    assert says(checks.nearest_mean, GUESSES, *given).startswith("Right.")


def test_two_numbers_that_differ_are_not_shown_alike(says):
    text = says(checks.safe_distance, lambda a, b: math.floor(after(float)(a, b)))
    given, expected = re.findall(r"\d{4}(?:\.\d+)?", text)
    assert given != expected
