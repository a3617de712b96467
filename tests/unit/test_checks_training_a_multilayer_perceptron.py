"""The checks of "Training a multilayer perceptron" say what is wrong with this answer."""

import numpy as np
import pytest

from course_utils.checks import training_a_multilayer_perceptron as checks
from tests.unit.answers import changed, verdicts

COUNTS = np.array(
    [np.roll([80 + digit, 5, 2, 1, 0, 0, 3, 0, 1, digit], digit) for digit in range(10)]
)
SHARES = np.diag(COUNTS) / COUNTS.sum(axis=1)
GIVEN = {"recognised_per_digit": (COUNTS,)}

RIGHT = [
    ("parameters_of_16_16", 13_002),
    ("parameters_of_16_16", np.int64(13_002)),
    ("parameters_of_16_16", 13_002.0),
    ("parameters_of_16_16", np.array([13_002])),
    ("learned_by_fit", {"coefs_", "intercepts_"}),
    ("learned_by_fit", ["intercepts_", "coefs_"]),
    ("learned_by_fit", {"network.coefs_", "Intercepts_ "}),
    ("learned_by_fit", np.array(["coefs_", "intercepts_"])),
    ("learned_by_fit", ("coefs_", "intercepts_")),
    ("updates_of_20_epochs", 6_000),
    ("updates_of_20_epochs", 60_000 / 200 * 20),
    ("updates_of_20_epochs", np.int64(6_000)),
    ("updates_of_20_epochs", np.array(6_000)),
    ("line_with_the_slip", 3),
    ("line_with_the_slip", 3.0),
    ("line_with_the_slip", np.int64(3)),
    ("line_with_the_slip", np.array([3])),
    ("recognised_per_digit", SHARES),
    ("recognised_per_digit", SHARES.tolist()),
    ("recognised_per_digit", SHARES.round(2)),
    ("recognised_per_digit", tuple(SHARES.round(3))),
    ("recognised_per_digit", SHARES.astype(np.float32)),
]

WRONG = [
    ("parameters_of_16_16", 12_960, "those are the weights alone"),
    ("parameters_of_16_16", 42, "those are the biases alone"),
    ("parameters_of_16_16", 12_992, "output units have biases too"),
    ("parameters_of_16_16", 12_832, "the output layer is missing"),
    ("parameters_of_16_16", 13_786, "pixels, not units"),
    ("parameters_of_16_16", 12_560, "that is the first hidden layer"),
    ("parameters_of_16_16", 12_544, "the weights of the first hidden layer"),
    ("parameters_of_16_16", 826, "you counted units"),
    ("parameters_of_16_16", 784 * 16 * 16 * 10, "add the layers"),
    ("parameters_of_16_16", 13_001, "13,001, and there are more"),
    ("parameters_of_16_16", 20_000, "20,000, and there are fewer"),
    ("learned_by_fit", set(), "Your set is empty"),
    ("learned_by_fit", {"coefs"}, "'coefs' is not one of the eight. The underscore at the end"),
    ("learned_by_fit", {"weights"}, "'weights' is not one of the eight. Copy the names"),
    ("learned_by_fit", {"coefs_", "max_iter"}, "max_iter is chosen before training"),
    ("learned_by_fit", {"coefs_", "intercepts_", "loss_curve_"}, "a record of the training"),
    ("learned_by_fit", {"coefs_"}, "adds one more number"),
    ("learned_by_fit", {"intercepts_"}, "42 of the 13,002"),
    (
        "learned_by_fit",
        {"hidden_layer_sizes", "learning_rate_init", "batch_size", "max_iter", "random_state"},
        "the five that you choose",
    ),
    ("learned_by_fit", "coefs_", "should be a set of names"),
    ("updates_of_20_epochs", 300, "that is one epoch"),
    ("updates_of_20_epochs", 20, "the number of epochs"),
    ("updates_of_20_epochs", 200, "the size of a batch"),
    ("updates_of_20_epochs", 4_000, "use the number of batches"),
    ("updates_of_20_epochs", 60_000, "the number of images"),
    ("updates_of_20_epochs", 1_200_000, "how many images it looks at"),
    ("updates_of_20_epochs", 12_000_000, "divide by the size of a batch"),
    ("updates_of_20_epochs", 5_400, "5,400, and there are more"),
    ("updates_of_20_epochs", 6_001, "6,001, and there are fewer"),
    ("line_with_the_slip", 1, "Line 1 is fine: it draws"),
    ("line_with_the_slip", 2, "Line 2 is fine: it takes"),
    ("line_with_the_slip", 4, "Line 4 is fine: it is the network"),
    ("line_with_the_slip", 5, "Line 5 is fine: test images"),
    ("line_with_the_slip", 6, "from 1 to 5"),
    ("recognised_per_digit", np.float64(0.95), "You have one number, 0.95"),
    ("recognised_per_digit", np.int64(1), "You have one number, 1"),
    ("recognised_per_digit", COUNTS / COUNTS.sum(axis=1), "Only the diagonal"),
    ("recognised_per_digit", np.diag(COUNTS), "these are counts"),
    ("recognised_per_digit", np.diag(COUNTS) / COUNTS.sum(axis=0), "sums of columns"),
    ("recognised_per_digit", np.diag(COUNTS) / COUNTS.sum(), "divided by all test images"),
    ("recognised_per_digit", 1 - SHARES, "the share that is missed"),
    ("recognised_per_digit", (1 - SHARES).round(2), "the share that is missed"),
    ("recognised_per_digit", (np.diag(COUNTS) / COUNTS.sum(axis=0)).round(3), "sums of columns"),
    ("learned_by_fit", np.array(["coefs_"]), "adds one more number"),
    ("recognised_per_digit", 100 * SHARES, "these are percentages"),
    ("recognised_per_digit", COUNTS.sum(axis=1), "the numbers of test images"),
    ("recognised_per_digit", SHARES[:9], "shape (9,). It should have shape (10,)"),
    # not foreseen: what came, and what is expected
    (
        "recognised_per_digit",
        changed(SHARES, 4, 0.123),
        "run from 0.123 to",
        f"they should run from {SHARES.min():.4g} to {SHARES.max():.4g}",
        f"at [4]: you have 0.123, it should be {SHARES[4]:.4g}",
    ),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


def test_an_exercise_that_has_moved_says_where_it_is(says):
    assert "'Choosing a network'" in says(checks.remedy, "c")
    with pytest.raises(AttributeError):
        _ = checks.no_such_exercise
