"""The checks of "Choosing a network" say what is wrong with this answer."""

import numpy as np

from course_utils.checks import choosing_a_network as checks
from tests.unit.answers import verdicts

GRID = {
    "hidden_layer_sizes": [(20,), (40,), (80,)],
    "learning_rate_init": [0.001, 0.003],
    "batch_size": [50, 200],
}


def smallest(scores):
    means = scores.mean(axis=1)
    best = means.argmax()
    return np.flatnonzero(means >= means[best] - scores[best].std())[0]


def by_a_loop(scores):
    means = [sum(row) / len(row) for row in scores.tolist()]
    best = means.index(max(means))
    for row, mean in enumerate(means):
        if mean >= means[best] - np.std(scores[best]):
            return row


def by_argmax(scores):
    means = np.mean(scores, 1)
    return np.argmax(means > means.max() - scores[means.argmax()].std())


def with_ddof(scores):
    means = scores.mean(axis=1)
    return int(np.argmax(means >= means.max() - np.std(scores[means.argmax()], ddof=1)))


def own_spread(scores):
    return np.argmax(scores.mean(axis=1) + scores.std(axis=1) >= scores.mean(axis=1).max())


def of_the_table(scores):
    means = scores.mean(axis=1)
    return np.argmax(means >= means.max() - scores.std())


def of_the_means(scores):
    means = scores.mean(axis=1)
    return np.argmax(means >= means.max() - means.std())


def last(scores):
    means = scores.mean(axis=1)
    return np.flatnonzero(means >= means.max() - scores[means.argmax()].std())[-1]


GIVEN = {}

RIGHT = [
    ("smallest_good", smallest),
    ("smallest_good", by_a_loop),
    ("smallest_good", by_argmax),
    ("smallest_good", with_ddof),
    ("smallest_good", lambda scores: float(smallest(scores))),
    ("remedy", "c"),
    ("remedy", "C)"),
    ("remedy", " (c) "),
    ("remedy", "'c'"),
    ("stops_and_keeps", (8, 4)),
    ("stops_and_keeps", [8, 4]),
    ("stops_and_keeps", np.array([8, 4])),
    ("stops_and_keeps", (8.0, np.int64(4))),
    ("my_grid", GRID),
    ("my_grid", [GRID]),
    ("my_grid", GRID | {"hidden_layer_sizes": [20, 40, 80]}),
    ("my_grid", GRID | {"hidden_layer_sizes": ([80], [40], [20])}),
    ("my_grid", GRID | {"batch_size": np.array([50, 200]), "learning_rate_init": (0.003, 1e-3)}),
    ("n_fits", 61),
    ("n_fits", 61.0),
    ("n_fits", np.int64(61)),
    ("n_fits", np.array([61])),
]

WRONG = [
    ("smallest_good", lambda s: s.mean(axis=1).argmax(), "that is the best row"),
    ("smallest_good", lambda s: s.max(axis=1).argmax(), "the best single seed"),
    ("smallest_good", own_spread, "each row its own standard deviation"),
    ("smallest_good", of_the_table, "of the whole table"),
    ("smallest_good", of_the_means, "of the means"),
    ("smallest_good", last, "the last row that is good enough"),
    ("smallest_good", lambda s: smallest(s) + 1, "counts the rows from 1"),
    ("smallest_good", lambda s: s.mean(axis=1)[smallest(s)], "a mean. It should return the index"),
    ("smallest_good", lambda s: 0, "that is the first row"),
    ("smallest_good", lambda s: 2, "The means are", "is the first that is"),
    ("smallest_good", lambda s: s.mean(axis=1), "should be a number. You have an array"),
    ("smallest_good", lambda s: print(end=""), "should be a number. You have None"),
    ("smallest_good", 2, "should be a function"),
    ("smallest_good", lambda s: s.means(), "stops with AttributeError"),
    ("remedy", "a", "it reads at 0.999 already"),
    ("remedy", "b", "fits at 0.999 already"),
    ("remedy", "d", "taken part in the choice"),
    ("remedy", "e", 'one of "a", "b", "c", "d"'),
    ("stops_and_keeps", (4, 8), "in the other order"),
    ("stops_and_keeps", (7, 3), "Epochs count from 1"),
    ("stops_and_keeps", (7, 4), "more than three"),
    ("stops_and_keeps", (9, 9), "There is no epoch 9"),
    ("stops_and_keeps", (9, 4), "There is no epoch 9"),
    ("stops_and_keeps", (8, 6), "which is no improvement"),
    ("stops_and_keeps", (8, 8), "You have it keep epoch 8"),
    ("stops_and_keeps", (5, 4), "does not stop after epoch 5"),
    ("stops_and_keeps", 8, "should be two numbers"),
    ("stops_and_keeps", (8, 4, 1), "should be two numbers"),
    ("my_grid", GRID | {"hidden_layer_sizes": [(20, 40, 80)]}, "one network with three hidden"),
    ("my_grid", GRID | {"learning_rate": [0.001]}, "the rate itself is learning_rate_init"),
    ("my_grid", GRID | {"batch": [50]}, "is called batch_size"),
    ("my_grid", GRID | {"mlp__alpha": [50]}, "'mlp__alpha' is none of the three"),
    ("my_grid", GRID | {"batch_size": 50}, "should be a list of the values", "You have 50"),
    ("my_grid", GRID | {"batch_size": ["50", "200"]}, "written without quotes"),
    ("my_grid", GRID | {"batch_size": [50]}, "does not have 200"),
    ("my_grid", GRID | {"batch_size": [50, 100, 200]}, "has 100, which is not asked for"),
    ("my_grid", GRID | {"batch_size": [50, 200, 50]}, "has a value twice"),
    ("my_grid", {name: GRID[name] for name in list(GRID)[:2]}, "batch_size is missing"),
    ("my_grid", list(GRID.items()), "should be a dictionary"),
    ("n_fits", 60, "the refit is missing"),
    ("n_fits", 12, "those are the combinations"),
    ("n_fits", 13, "for each of five folds"),
    ("n_fits", 35, "combinations multiply"),
    ("n_fits", 36, "combinations multiply"),
    ("n_fits", 72, "one refit in all"),
    ("n_fits", 25, "with two folds"),
    ("n_fits", 62, "and there are fewer"),
    ("n_fits", "61", "n_fits"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)
