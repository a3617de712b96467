"""The checks of lesson 01: each right answer, each foreseen slip, and everything else."""

import numpy as np
import pytest

from course_utils.checks import from_pixels_to_vectors as checks

NONSENSE = [None, "no idea", [], np.array([]), ["a", "b"], {"a": 1}, object()]

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


def said(capsys, check, *answer):
    """What a check prints: one line, whatever the answer."""
    check(*answer)
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    return printed


# flat_shape


@pytest.mark.parametrize("answer", [(200, 784), [200, 784], np.array([200, 784])])
def test_flat_shape_right(capsys, answer):
    assert said(capsys, checks.flat_shape, answer).startswith("Right.")


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        ((-1, 784), "find the length that fits"),
        ((784, 200), "transpose"),
        ((200, 28, 28), "the shape before"),
        ((156_800,), "one long row"),
        ((60_000, 784), "60,000 images?"),
        (np.zeros((200, 784)), "the array itself, of shape (200, 784)"),
        (200, "tuple of whole numbers"),
        ("(200, 784)", "You have the text"),
        ((200, 100), "holds 20,000 numbers"),
        ((400, 392), "the last of length 392"),
    ],
)
def test_flat_shape_slips(capsys, answer, fragment):
    printed = said(capsys, checks.flat_shape, answer)
    assert printed.startswith("Not yet.")
    assert fragment in printed


# position


def test_position_right(capsys):
    printed = said(capsys, checks.position, lambda row, column: 28 * row + column)
    assert printed.startswith("Right.")


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (lambda row, column: 28 * column + row, "down the columns"),
        (lambda row, column: 28 * row + column + 1, "one place too far"),
        (lambda row, column: 28 * (row - 1) + column, "28 places too early"),
        (lambda row, column: row * column, "the whole of row 0"),
        (lambda row, column: 27 * row + column, "a row takes 27 of your places"),
        (lambda row, column: (row, column), "returns 2 numbers"),
        (lambda row, column: None, "forget to return"),
        (lambda row, column: row**2.5 ^ column, "A power is written **"),
        (lambda row: row, "stops with TypeError"),
        (28 * 3 + 4, "should be a function"),
    ],
)
def test_position_slips(capsys, answer, fragment):
    printed = said(capsys, checks.position, answer)
    assert printed.startswith("Not yet.")
    assert fragment in printed


def test_position_shows_the_first_place_that_differs(capsys):
    printed = said(capsys, checks.position, lambda row, column: 28 * row + min(column, 20))
    assert "position(0, 21) is 20, and reshape puts this pixel at 21" in printed


# safe_distance


@pytest.mark.parametrize(
    "answer",
    [
        lambda a, b: np.sqrt(((a.astype(float) - b) ** 2).sum()),
        lambda a, b: np.sqrt(((a.astype(np.int32) - b.astype(np.int32)) ** 2).sum()),
        lambda a, b: np.linalg.norm(a / 1.0 - b / 1.0),
    ],
)
def test_safe_distance_right(capsys, answer):
    assert said(capsys, checks.safe_distance, answer).startswith("Right.")


def after(dtype):
    """The distance, with both images converted to `dtype` first."""
    return lambda a, b: np.sqrt(((a.astype(dtype) - b.astype(dtype)) ** 2).sum())


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (lambda a, b: np.sqrt(((a - b) ** 2).sum()), "still wrap around"),
        (lambda a, b: np.sqrt(((a - b).astype(float) ** 2).sum()), "You convert the difference"),
        (after(np.int8), "int8"),
        (after(np.int16), "int16"),
        (after(np.float16), "float16 ends at 65,504"),
        (lambda a, b: ((a.astype(float) - b) ** 2).sum(), "square root is missing"),
        (lambda a, b: np.abs(a.astype(float) - b).sum(), "absolute differences"),
        (lambda a, b: np.sqrt(((a.astype(float) - b) ** 2).mean()), "root of the mean"),
        (lambda a, b: np.sqrt(((a / 255 - b / 255) ** 2).sum()), "between the scaled images"),
        (lambda a, b: (a.astype(float) - b) ** 2, "array of shape (28, 28)"),
        (lambda a, b: 2 * after(float)(a, b), "too large"),
        (lambda a, b: 1.0, "too small"),
        (lambda a, b: print("", end=""), "forget to return"),
        (lambda a: a, "stops with TypeError"),
        (2387, "should be a function"),
    ],
)
def test_safe_distance_slips(capsys, answer, fragment):
    printed = said(capsys, checks.safe_distance, answer)
    assert printed.startswith("Not yet.")
    assert fragment in printed


# nearest_mean


def test_nearest_mean_right(capsys):
    share = (GUESSES == LABELS).mean()
    assert 0.5 < share < 1
    printed = said(capsys, checks.nearest_mean, GUESSES, X, MEAN_IMAGES, LABELS)
    assert printed == f"Right. Ten mean images guess {share:.3f} of the digits.\n"


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (nearest(X, MEAN_IMAGES.reshape(10, 784)), "Divide the means by 255"),
        (nearest(MEANS, X), "Swap the arguments"),
        (X @ MEANS.T, "argmin(axis=1)"),
        (-2 * X @ MEANS.T @ np.eye(10)[:, :3], "one digit for each test image"),
        (((MEANS**2).sum(axis=1) - 2 * X @ MEANS.T).argmax(axis=1), "is farthest"),
        (LABELS, "labels of the test images"),
        (np.roll(np.arange(10), 3)[GUESSES], "do not look it up among the labels"),
        (GUESSES + 1, "from 1 to 10"),
        (np.full(60, 5), "it should be"),  # one digit throughout is no exchange of digits
        (np.arange(60) * 100, "no digits"),
        (GUESSES + 0.5 * (GUESSES < 9), "not whole numbers"),
        (0.82, "one number, 0.82"),
    ],
)
def test_nearest_mean_slips(capsys, answer, fragment):
    printed = said(capsys, checks.nearest_mean, answer, X, MEAN_IMAGES, LABELS)
    assert printed.startswith("Not yet.")
    assert fragment in printed


def test_nearest_mean_shows_the_first_place_that_differs(capsys):
    answer = GUESSES.copy()
    answer[5] = (answer[5] + 1) % 10
    printed = said(capsys, checks.nearest_mean, answer, X, MEAN_IMAGES, LABELS)
    assert "values run from" in printed
    assert f"at [5]: you have {answer[5]}, it should be {GUESSES[5]}" in printed


# same_neighbours


@pytest.mark.parametrize("answer", ["B", "b", " B "])
def test_same_neighbours_right(capsys, answer):
    assert said(capsys, checks.same_neighbours, answer).startswith("Right.")


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        ("A", "Nothing is learned"),
        ("C", "many different images"),
        ("D", "lost its lines"),
        ("E", 'reason should be one of "a", "b", "c", "d"'),
        (2, 'reason should be one of "a", "b", "c", "d"'),
    ],
)
def test_same_neighbours_slips(capsys, answer, fragment):
    printed = said(capsys, checks.same_neighbours, answer)
    assert printed.startswith("Not yet.")
    assert fragment in printed


# all of them

CHECKS = [
    (checks.flat_shape, ()),
    (checks.position, ()),
    (checks.safe_distance, ()),
    (checks.nearest_mean, (X, MEAN_IMAGES, LABELS)),
    (checks.same_neighbours, ()),
]


@pytest.mark.parametrize(("check", "given"), CHECKS)
def test_untouched(capsys, check, given):
    assert said(capsys, check, ..., *given).startswith("Not attempted yet")


@pytest.mark.parametrize("check", [checks.position, checks.safe_distance])
def test_untouched_function(capsys, check):
    assert said(capsys, check, lambda a, b: ...).startswith("Not attempted yet")


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize(("check", "given"), CHECKS)
def test_nonsense(capsys, check, given, nonsense):
    assert said(capsys, check, nonsense, *given).startswith("Not yet.")


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("check", [checks.position, checks.safe_distance])
def test_function_that_returns_nonsense(capsys, check, nonsense):
    assert said(capsys, check, lambda a, b: nonsense).startswith("Not yet.")
