"""The checks of "A network by hand" say what is wrong with this answer."""

import numpy as np

from course_utils.checks import a_network_by_hand as checks
from tests.unit.answers import verdicts

X = np.column_stack(
    [
        [0.1, 0.3, 0.1, 0.6, 0.4, 0.6, 0.5, 0.9, 0.4, 0.7],
        [0.1, 0.4, 0.5, 0.9, 0.2, 0.3, 0.6, 0.2, 0.4, 0.6],
    ]
)
LABELS = np.array([0] * 5 + [1] * 5)

GIVEN = {
    "neuron_by_hand": (X, LABELS),
}


def test_one_neuron_gets_nine_points_and_no_neuron_ten():
    """Three circles span a triangle around a point of the other class."""
    a, b, c = X[[1, 4, 3]]
    shares = np.linalg.solve(np.column_stack([b - a, c - a]), X[8] - a)
    assert (shares > 0).all()
    assert shares.sum() < 1


RIGHT = [
    ("neuron_by_hand", (4, 4, -3), "9 of 10 points"),
    ("neuron_by_hand", [8.0, 4.0, -4.1], "9 of 10 points"),
    ("neuron_by_hand", np.array([4, 4, -3]), "9 of 10 points"),
    ("neuron_by_hand", ((4, 4), -3), "9 of 10 points"),
    ("layer_shapes", [(16, 784), (16,), (16,)], "A row of 784 weights"),
    ("layer_shapes", ((16, 784), (16,), (16,)), "A row of 784 weights"),
    ("layer_shapes", [[16, 784], [16], [16]], "A row of 784 weights"),
    ("line_with_the_slip", 2, "[:, np.newaxis] makes it a column"),
    ("cost_of_half", 0.25, "0.25: half of"),
    ("cost_of_half", np.float64(0.25), "0.25: half of"),
    ("tanh_slope", lambda a: 1 - a**2, "1 at a = 0"),
    ("tanh_slope", lambda a: (1 - a) * (1 + a), "1 at a = 0"),
    ("cross_entropy_of_guessing", np.log(10), "2.30"),
    ("cross_entropy_of_guessing", 2.3, "2.30"),
]

WRONG = [
    ("neuron_by_hand", (-4, -4, 3), "Flip all three signs"),
    ("neuron_by_hand", (4, 4, 3), 'says "triangle" for all points'),
    ("neuron_by_hand", (4, 4, -30), 'says "circle" for all points'),
    ("neuron_by_hand", (7, -4, 1), "change its sign"),
    ("neuron_by_hand", (0, 0, 1), "Both weights are 0"),
    ("neuron_by_hand", (0, 5, -1.5), "Wrong: the circle at (0.3, 0.4)"),
    ("neuron_by_hand", (4, 4), "three numbers: weight 1"),
    ("neuron_by_hand", (4, 4, np.inf), "three finite numbers"),
    ("layer_shapes", [(784, 16), (16,), (16,)], "scikit-learn stores it"),
    ("layer_shapes", [(16, 784), (784,), (16,)], "not for each pixel"),
    ("layer_shapes", [(16, 784), (16,), (10,)], "the last layer"),
    ("layer_shapes", [(16, 784), (16,), (1, 16)], "not a batch with one row"),
    ("layer_shapes", [(16, 784), 16, 16], "with a comma: (16,)"),
    ("layer_shapes", [(16, 784), (16)], "a list of three tuples"),
    ("layer_shapes", [(16, 784), "16", (16,)], "The shape of b should be a tuple"),
    ("line_with_the_slip", 1, "Line 1 is fine"),
    ("line_with_the_slip", 3, "Line 3 is fine"),
    ("line_with_the_slip", 4, "Line 4 only prints"),
    ("cost_of_half", 0.5, "the factor 1/2"),
    ("cost_of_half", 2.5, "Divide by 10"),
    ("cost_of_half", 5, "1/2 and 1/10 are missing"),
    ("cost_of_half", 0.125, "one of the two outputs"),
    ("cost_of_half", 0.354, "no root"),
    ("cost_of_half", 0.7071, "no root"),
    ("cost_of_half", 0, "half right is not right"),
    ("tanh_slope", lambda a: a * (1 - a), "the slope of the sigmoid"),
    ("tanh_slope", lambda a: 1 - np.tanh(a) ** 2, "once too often"),
    ("tanh_slope", lambda a: 1 - a, "not squared"),
    ("tanh_slope", lambda a: (1 - a) ** 2, "belongs to a alone"),
    ("tanh_slope", lambda a: a**2 - 1, "sign is flipped"),
    ("tanh_slope", lambda a: 1 + a**2, "subtracted, not added"),
    ("tanh_slope", lambda a: a > 0, "the slope of ReLU"),
    ("tanh_slope", lambda a: 1.0, "one slope for each activation"),
    ("tanh_slope", lambda a: None, "forget to return"),
    ("tanh_slope", lambda: 1, "stops with TypeError"),
    ("cross_entropy_of_guessing", -2.3, "sign is flipped"),
    ("cross_entropy_of_guessing", (2, 30), "a comma makes it several: (2, 30)"),
    ("cross_entropy_of_guessing", 1, "to base 10"),
    ("cross_entropy_of_guessing", np.log2(10), "to base 2"),
    ("cross_entropy_of_guessing", 0.1, "Its cost is minus its logarithm"),
    ("cross_entropy_of_guessing", -np.log(0.9), "what the right digit got"),
    ("cross_entropy_of_guessing", 10 * np.log(10), "Only the right one counts"),
    ("cross_entropy_of_guessing", np.log(2), "two equal probabilities"),
    # not foreseen: what came, and what is expected
    ("neuron_by_hand", (1, 2, 3, 4), "shape (4,)", "three numbers"),
    ("layer_shapes", [(3, 3), (16,), (16,)], "(3, 3)", "784 numbers in"),
    ("line_with_the_slip", 7, "1, 2, 3 or 4", "You have 7"),
    ("cost_of_half", 0.8, "You have 0.8", "(0.5, -0.5)"),
    ("tanh_slope", lambda a: 0 * a + 3, "values run from 3 to 3", "[0]"),
    ("cross_entropy_of_guessing", 7, "You have 7", "natural logarithm"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)
