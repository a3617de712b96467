"""Checks of the lesson "Choosing a network"."""

from collections.abc import Mapping

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_number,
    call,
    choice,
    count,
    describe,
    exercise,
)

# Settings by seeds. In each, wrong ways to choose lead to other rows than the right one.
TABLES = np.array(
    [
        [
            [0.82, 0.81, 0.82, 0.81],
            [0.88, 0.96, 0.86, 0.87],
            [0.87, 0.87, 0.87, 0.87],
            [0.92, 0.9, 0.89, 0.91],
            [0.93, 0.93, 0.89, 0.94],
        ],
        [
            [0.89, 0.89, 0.89, 0.89],
            [0.92, 0.92, 0.92, 0.92],
            [0.92, 0.93, 0.93, 0.93],
            [0.94, 0.94, 0.94, 0.94],
            [0.97, 0.9, 0.94, 0.97],
        ],
        [
            [0.89, 0.89, 0.89, 0.9],
            [0.93, 0.91, 0.92, 0.93],
            [0.92, 0.94, 0.95, 0.92],
            [0.9, 0.93, 0.97, 0.98],
            [0.94, 0.95, 0.95, 0.93],
        ],
    ]
)  # (n_tables, n_settings, n_seeds)


def _rows(means, limit):
    return int(np.flatnonzero(means >= limit)[0])


def _smallest_good(scores):
    means = scores.mean(axis=1)
    return _rows(means, means.max() - scores[means.argmax()].std())


def _own_spread(scores):
    means = scores.mean(axis=1)
    return int(np.flatnonzero(means + scores.std(axis=1) >= means.max())[0])


def _spread_of_all(scores):
    means = scores.mean(axis=1)
    return _rows(means, means.max() - scores.std())


def _spread_of_means(scores):
    means = scores.mean(axis=1)
    return _rows(means, means.max() - means.std())


def _largest_good(scores):
    means = scores.mean(axis=1)
    return int(np.flatnonzero(means >= means.max() - scores[means.argmax()].std())[-1])


WRONG_ROWS = (
    (lambda s: int(s.mean(axis=1).argmax()), "that is the best row; a smaller network within one "
     "standard deviation of it is asked for"),
    (lambda s: int(s.max(axis=1).argmax()), "that is the row with the best single seed; compare "
     "the means of the rows"),
    (_own_spread, "you allow each row its own standard deviation; take that of the best row for "
     "all"),
    (_spread_of_all, "you take the standard deviation of the whole table; take that of the best "
     "row, scores[best].std()"),
    (_spread_of_means, "you take the standard deviation of the means, which is not that of seeds; "
     "take scores[best].std()"),
    (_largest_good, "that is the last row that is good enough; the first one is the smallest "
     "network"),
    (lambda s: 0, "that is the first row, and it is further from the best than one standard "
     "deviation"),
)  # fmt: skip


@exercise
def smallest_good(answer: object) -> str:
    """A function that finds the smallest network that is as good as the best.

    Parameters
    ----------
    answer : callable
        Takes scores of shape (n_settings, n_seeds) and returns the index of a row.
    """
    given = [call(answer, "smallest_good", scores) for scores in TABLES]
    found = [as_number(row, "what smallest_good returns") for row in given]
    right = [_smallest_good(scores) for scores in TABLES]
    if found == right:
        return "Where seeds cannot tell two networks apart, it takes the smaller one."
    means = [scores.mean(axis=1) for scores in TABLES]
    if all(np.isclose(m, row).any() for m, row in zip(means, found, strict=True)):
        raise Mistake(
            f"Your function returns {found[0]:.4g}, a mean. It should return the index of a row."
        )
    if all(row == wanted + 1 for row, wanted in zip(found, right, strict=True)):
        raise Mistake("Your function counts the rows from 1. An index counts from 0.")
    for wrong, message in WRONG_ROWS:
        if found == [wrong(scores) for scores in TABLES]:
            place = next(i for i in range(len(TABLES)) if found[i] != right[i])
            raise Mistake(f"For {TABLES[place].tolist()} it returns {found[place]}: {message}.")
    place = next(i for i in range(len(TABLES)) if found[i] != right[i])
    m, best = means[place], int(means[place].argmax())
    raise Mistake(
        f"For {TABLES[place].tolist()} it returns {found[place]}. The means are "
        f"{[round(float(value), 4) for value in m]}, the best row is {best} with a standard "
        f"deviation of {TABLES[place][best].std():.3f}, so row {right[place]} is the first that is "
        "good enough."
    )


@exercise
def remedy(answer: object) -> str:
    """Which change aims at the gap between training and validation accuracy.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "More epochs go on fitting images that it reads at 0.999 already. Nothing in them "
        "aims at other images.",
        "b": "A wider network has more parameters to fit the training images with, and those it "
        "fits at 0.999 already.",
        "d": "Then the test images have taken part in the choice. Their accuracy no longer "
        "says how the network does on images it has never seen.",
    }
    choice(answer, "remedy", "abcd", wrong)
    return "Validation images are not trained on, so they show when more epochs stop helping."


@exercise
def stops_and_keeps(answer: object) -> str:
    """After which epoch a run stops, and whose parameters it keeps.

    Parameters
    ----------
    answer : tuple of two ints
    """
    if isinstance(answer, np.ndarray) and answer.ndim:
        answer = answer.tolist()
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise Mistake(
            "stops_and_keeps should be two numbers, such as (5, 2): the epoch after which it "
            f"stops, and the one it keeps. You have {describe(answer)}."
        )
    stops, keeps = (as_number(n, f"stops_and_keeps[{i}]") for i, n in enumerate(answer))
    if (stops, keeps) == (4, 8):
        raise Mistake("Both numbers are right, in the other order: first where it stops.")
    if (stops, keeps) == (7, 3):
        raise Mistake("You count from 0. Epochs count from 1.")
    if keeps == 9 or stops == 9:
        raise Mistake(
            "There is no epoch 9: the run has stopped before, and never learns of its 0.96."
        )
    if keeps == 6:
        raise Mistake("Epoch 6 equals the 0.95 of epoch 4, which is no improvement.")
    if keeps != 4:
        hint = "It goes back to the best epoch before it stops."
        raise Mistake(f"You have it keep epoch {keeps}. {hint}")
    if stops == 7:
        raise Mistake(
            "After epoch 7 three epochs have brought no improvement. It stops after more than "
            "three."
        )
    if stops != 8:
        raise Mistake(
            f"Epoch 4 is the one it keeps. It does not stop after epoch {stops}: from epoch 5 on, "
            "count those that are not better than 0.95."
        )
    return "Epochs 5 to 8 are four that bring no improvement. It goes back to epoch 4."


@exercise
def my_grid(answer: object) -> str:
    """The grid of three widths, two learning rates and two sizes of batches.

    Parameters
    ----------
    answer : dict of str to list
    """
    if isinstance(answer, (list, tuple)) and len(answer) == 1:
        answer = answer[0]  # scikit-learn takes a list of grids, too
    if not isinstance(answer, Mapping):
        raise Mistake(f"my_grid should be a dictionary. You have {describe(answer)}.")
    wanted = {
        "hidden_layer_sizes": {20, 40, 80},
        "learning_rate_init": {0.001, 0.003},
        "batch_size": {50, 200},
    }
    hints = {
        "learning_rate": "In MLPClassifier, learning_rate is the name of a schedule; the rate "
        "itself is learning_rate_init.",
        "hidden_layers": "The argument is called hidden_layer_sizes.",
        "batch": "The argument is called batch_size.",
    }
    for name in answer:
        if name not in wanted:
            hint = hints.get(str(name), "The names are those of the arguments of MLPClassifier.")
            raise Mistake(f"{name!r} is none of the three arguments that the grid needs. {hint}")
    for name, values in wanted.items():
        if name not in answer:
            raise Mistake(f"{name} is missing from the grid.")
        given = answer[name]
        if isinstance(given, np.ndarray):
            given = given.tolist()
        if not isinstance(given, (list, tuple)):
            raise Mistake(
                f"my_grid[{name!r}] should be a list of the values to try. You have "
                f"{describe(given)}."
            )
        found = [_value(entry) for entry in given]
        if text := [value for value in found if isinstance(value, str)]:
            raise Mistake(
                f"my_grid[{name!r}] has the text {text[0]!r}. Numbers are written without quotes."
            )
        if name == "hidden_layer_sizes" and found == [(20, 40, 80)]:
            raise Mistake(
                "(20, 40, 80) is one network with three hidden layers. The grid should try three "
                "networks with one: [(20,), (40,), (80,)]."
            )
        if missing := sorted(values - set(found)):
            raise Mistake(f"my_grid[{name!r}] does not have {missing[0]}.")
        if extra := [value for value in found if value not in values]:
            raise Mistake(f"my_grid[{name!r}] has {extra[0]}, which is not asked for.")
        if len(found) > len(values):
            raise Mistake(f"my_grid[{name!r}] has a value twice.")
    return "3 * 2 * 2 combinations: GridSearchCV tries all 12."


def _value(entry):
    """One value of a grid; a hidden layer of 20 units may be given as 20, (20,) or [20]."""
    if isinstance(entry, np.ndarray):
        entry = entry.tolist()
    if isinstance(entry, (list, tuple)):
        return entry[0] if len(entry) == 1 else tuple(entry)
    return entry


@exercise
def n_fits(answer: object) -> str:
    """How many networks a grid search trains: 12 combinations, five folds, and the refit.

    Parameters
    ----------
    answer : int
    """
    mistakes = {
        60: "the refit is missing: one more network, trained on all the images",
        12: "those are the combinations; each is trained once for each of five folds",
        13: "each combination is trained once for each of five folds",
        72: "there is one refit in all, not one for each combination",
        7: "combinations multiply: three widths, each with two rates, each with two batches",
        35: "combinations multiply: 3 * 2 * 2, not 3 + 2 + 2",
        36: "combinations multiply: 3 * 2 * 2, not 3 + 2 + 2",
        49: "with five folds each combination is trained five times, each time on four of them",
        48: "with five folds each combination is trained five times, each time on four of them",
        25: "that is with two folds; here there are five",
    }
    hint = "Combinations times folds, and the refit."
    count(answer, "n_fits", 61, mistakes, hint)
    return "12 combinations times 5 folds, and one network more, which is the one you get."
