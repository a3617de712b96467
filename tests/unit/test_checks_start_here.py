"""The checks of lesson 0 say what is wrong with this answer."""

import numpy as np
import pytest

from course_utils.checks import start_here as checks
from tests.unit.answers import a_sentence_for_each

CHECKS = [
    checks.pixels,
    checks.after_three_runs,
    checks.images_in_shape,
    checks.superscript,
]


def said(capsys, check, answer):
    """What a check prints: one line, whatever the answer."""
    assert check(answer) is None
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    return printed


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (checks.pixels, 784),
        (checks.pixels, 784.0),
        (checks.pixels, np.int64(784)),
        (checks.after_three_runs, 25),
        (checks.images_in_shape, 200),
        (checks.images_in_shape, np.array(200)),
        (checks.superscript, "b"),
        (checks.superscript, "(B)"),
    ],
)
def test_right(capsys, check, answer):
    text = said(capsys, check, answer)
    assert text.startswith("Right.")


def test_a_solution_that_was_run_by_chance_does_not_print_the_number(capsys):
    for check, number in zip(CHECKS[:3], (784, 25, 200), strict=True):
        assert str(number) not in said(capsys, check, number)


test_a_foreseen_slip_has_its_own_sentence = a_sentence_for_each(
    [
        (checks.pixels, 56, "that is 28 + 28"),
        (checks.pixels, 28, "that is one row"),
        (checks.pixels, 27 * 27, "Rows 0 to 27 are 28 rows"),
        (checks.pixels, 28**28, "One star multiplies"),
        (checks.pixels, 60_000, "how many images there are"),
        (checks.pixels, "784", "Quotes make a text"),
        (checks.after_three_runs, 15, "The kernel keeps total"),
        (checks.after_three_runs, 20, "after two runs"),
        (checks.after_three_runs, 30, "takes four runs"),
        (checks.after_three_runs, 10, "where the first cell puts total"),
        (checks.after_three_runs, 45, "There is one total"),
        (checks.images_in_shape, 28, "the rows of each image"),
        (checks.images_in_shape, 3, "counts the numbers in the shape"),
        (checks.images_in_shape, 784, "the pixels of one image"),
        (checks.images_in_shape, 156_800, "all numbers in the array"),
        (checks.images_in_shape, 256, "adds the three numbers"),
        (checks.images_in_shape, (200, 28, 28), "the whole shape"),
        (checks.images_in_shape, [200, 28, 28], "the whole shape"),
        (checks.superscript, "a", "without brackets"),
        (checks.superscript, "c", "the layer they lead into, 3"),
        (checks.superscript, "d", "the same for every image"),
    ],
    said,
)


@pytest.mark.parametrize(
    ("check", "answer", "messages"),
    [
        (checks.pixels, 100, ["You have 100", "more", "Multiply the rows by the columns"]),
        (checks.after_three_runs, 7, ["You have 7", "Try it"]),
        (checks.images_in_shape, 201, ["You have 201", "fewer", "The first number of a shape"]),
        (checks.superscript, "e", ["meaning", "'e'"]),
        (checks.superscript, 2, ["meaning", "2, an int"]),
    ],
)
def test_an_unforeseen_answer_is_told_what_came_and_what_to_try(capsys, check, answer, messages):
    text = said(capsys, check, answer)
    assert text.startswith("Not yet.")
    for message in messages:
        assert message in text


@pytest.mark.parametrize("check", CHECKS)
def test_untouched(capsys, check):
    assert said(capsys, check, ...).startswith("Not attempted yet")


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    "nonsense",
    [None, "nonsense", "", [], [None], {}, {1}, len, True, np.nan, np.inf, np.array([]), 1j],
    ids=repr,
)
def test_nonsense_gets_a_sentence(capsys, check, nonsense):
    text = said(capsys, check, nonsense)
    assert text.startswith("Not yet.")
    assert len(text) > 30
