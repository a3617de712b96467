"""The checks of "Start here" say what is wrong with this answer."""

import numpy as np
import pytest

from course_utils.checks import start_here as checks
from tests.unit.answers import verdicts

GIVEN = {}

RIGHT = [
    ("pixels", 784),
    ("pixels", 784.0),
    ("pixels", np.int64(784)),
    ("after_three_runs", 25),
    ("images_in_shape", 200),
    ("images_in_shape", np.array(200)),
    ("superscript", "b"),
    ("superscript", "(B)"),
    ("superscript", "b)"),
    ("superscript", np.str_("b")),
    ("pixels", 28.0 * 28),
    ("after_three_runs", 25.0),
    ("after_three_runs", np.int32(25)),
    ("after_three_runs", np.array([25])),
    ("images_in_shape", np.zeros((200, 28, 28)).shape[0]),
    ("images_in_shape", 200.0),
]

WRONG = [
    ("pixels", 56, "that is 28 + 28"),
    ("pixels", 28, "that is one row"),
    ("pixels", 27 * 27, "Rows 0 to 27 are 28 rows"),
    ("pixels", 28**28, "A single star multiplies"),
    ("pixels", 60_000, "how many images there are"),
    ("pixels", "784", "Quotes make it text"),
    ("pixels", "28 * 28", "Quotes make it text"),
    ("pixels", 28.0**28, "28 to the power of 28"),
    ("pixels", np.float64(56), "that is 28 + 28"),
    ("pixels", 60.0, "in code a dot is a decimal point"),
    ("pixels", 28 / 28, "You have 1, and there are more"),
    ("pixels", 783.5, "a whole number. You have 783.5"),
    ("pixels", [28, 28], "a list"),
    ("pixels", (28, 28), "a comma makes it several"),
    ("after_three_runs", "25", "Quotes make it text"),
    ("after_three_runs", [15, 20, 25], "You have [15, 20, 25], a list"),
    ("after_three_runs", None, "forget to return"),
    ("images_in_shape", 156.8, "in code a dot is a decimal point"),
    ("images_in_shape", "(200, 28, 28)", "Quotes make it text"),
    ("images_in_shape", (200,), "a comma makes it several"),
    ("images_in_shape", 28.0, "the rows of each image"),
    ("superscript", "b, c", "'b, c'"),
    ("after_three_runs", 15, "The kernel keeps total"),
    ("after_three_runs", 20, "after two runs"),
    ("after_three_runs", 30, "takes four runs"),
    ("after_three_runs", 10, "what the first cell sets total to"),
    ("after_three_runs", 45, "There is only one total"),
    ("images_in_shape", 28, "the rows of each image"),
    ("images_in_shape", 3, "counts the numbers in the shape"),
    ("images_in_shape", 784, "the pixels of one image"),
    ("images_in_shape", 156_800, "all numbers in the array"),
    ("images_in_shape", 256, "the sum of the three numbers"),
    ("images_in_shape", (200, 28, 28), "the whole shape"),
    ("images_in_shape", [200, 28, 28], "the whole shape"),
    ("superscript", "a", "without brackets"),
    ("superscript", "c", "the layer they lead into, 3"),
    ("superscript", "d", "the same for every image"),
    # not foreseen: what came, and what is expected
    ("pixels", 100, "You have 100", "more", "Multiply the rows by the columns"),
    ("after_three_runs", 7, "You have 7", "Try it"),
    ("images_in_shape", 201, "You have 201", "fewer", "The first number of a shape"),
    ("superscript", "e", "meaning", "'e'"),
    ("superscript", 2, "meaning", "2, an int"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


@pytest.mark.parametrize(
    ("name", "number"), [("pixels", 784), ("after_three_runs", 25), ("images_in_shape", 200)]
)
def test_a_solution_that_was_run_by_chance_does_not_print_the_number(says, name, number):
    assert str(number) not in says(getattr(checks, name), number)
