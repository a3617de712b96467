"""What is true of the check of every exercise in every lesson."""

import inspect
import pkgutil
import re
import sys
import warnings
from importlib import import_module

import numpy as np
import pytest

from course_utils import checks
from course_utils.checks import _core
from tests.unit.answers import NONSENSE

LESSONS = [name for _, name, _ in pkgutil.iter_modules(checks.__path__) if name[0] != "_"]
ANSWERS = {lesson: import_module(f"tests.unit.test_checks_{lesson}") for lesson in LESSONS}
CHECKS = {
    f"{lesson}.{name}": (check, *ANSWERS[lesson].GIVEN.get(name, ()))
    for lesson in LESSONS
    for name, check in vars(import_module(f"course_utils.checks.{lesson}")).items()
    if inspect.isfunction(check) and not name.startswith("_") and check.__module__.endswith(lesson)
}
every_check = pytest.mark.parametrize("name", CHECKS)


@every_check
def test_a_right_and_a_wrong_answer_are_recorded(name):
    lesson, name = name.split(".")
    for rows in (ANSWERS[lesson].RIGHT, ANSWERS[lesson].WRONG):
        assert name in {row[0] for row in rows}


@every_check
def test_an_untouched_answer_is_not_attempted(says, name):
    check, *given = CHECKS[name]
    assert says(check, ..., *given).startswith("Not attempted yet")


@pytest.mark.parametrize(
    "name",
    sorted(
        {
            f"{lesson}.{name}"
            for lesson in LESSONS
            for name, answer, *_ in ANSWERS[lesson].RIGHT
            if inspect.isfunction(answer)
        }
    ),
)
def test_an_untouched_function_is_not_attempted(says, name):
    check, *given = CHECKS[name]
    assert says(check, lambda *_: ..., *given).startswith("Not attempted yet")


@every_check
def test_nonsense_gets_a_sentence(says, name):
    check, *given = CHECKS[name]
    lesson, name = name.split(".")
    right = [row[1] for row in ANSWERS[lesson].RIGHT if row[0] == name]
    shapes = {answer.shape for answer in right if isinstance(answer, np.ndarray)}
    fillings = (np.nan, np.inf, 1e308, None)
    of_right_shape = [np.full(shape, filling) for shape in shapes for filling in fillings]
    faults = []
    for nonsense in NONSENSE + of_right_shape:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                text = says(check, nonsense, *given)
        except Exception as error:
            faults.append(f"{nonsense!r:.100}: {error!r}")
        else:
            if not text.startswith("Not yet.") or not 30 < len(text) < 500:
                faults.append(f"{nonsense!r:.100}: {text}")
    assert not faults, "\n".join(faults)


@every_check
def test_no_sentence_ends_twice(says, name):
    check, *given = CHECKS[name]
    lesson, name = name.split(".")
    rows = [row for row in ANSWERS[lesson].RIGHT + ANSWERS[lesson].WRONG if row[0] == name]
    for text in (says(check, row[1], *given) for row in rows):
        text = re.sub(r"signature \S+", "", text)  # NumPy writes (n?,k)
        assert not re.search(r"(?<![.\[ ])[.?!:,;][.,;:](?![.\]])", text), text


def test_an_error_that_ends_with_a_full_stop_gets_no_other():
    def stop():
        raise ValueError("as NumPy says it.")

    with pytest.raises(_core.Mistake, match=r"f stops with ValueError: as NumPy says it\.$"):
        _core.call(stop, "f")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (12_000, r"You have 12,000: that is half\.$"),
        (12_000.0, r"You have 12,000: that is half\.$"),
        (2.0**80, "You have 1,208,925,819,614,629,174,706,177: is it too much\\?$"),
        (24.0, "You have 24.0: in code a dot is a decimal point"),
        (np.float64(24), "You have 24.0: in code a dot is a decimal point"),
        (24, "You have 24, and there are more. Count."),
        (24.5, r"n should be a count, a whole number. You have 24.5\.$"),
        ("24_000", "n is the text '24_000'. Quotes make it text"),
    ],
)
def test_a_wrong_count_is_explained(answer, sentence):
    mistakes = {12_000: "that is half.", 2**80 + 1: "is it too much?"}
    with pytest.raises(_core.Mistake, match=sentence):
        _core.count(answer, "n", 24_000, mistakes, "Count.")


@pytest.mark.parametrize("answer", [24_000, 24_000.0, np.int32(24_000), 0.24 * 100_000])
def test_a_right_count_may_be_a_float(answer):
    _core.count(answer, "n", 24_000, {}, "Count.")


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (0.9347, True),
        (0.93471, True),
        (0.935, True),
        (0.93, True),
        (np.float32(0.93), True),
        (0.94, False),
        (0.931, False),
        (0.9, False),
        (np.nan, False),
    ],
)
def test_a_number_may_be_rounded_as_it_is_printed(answer, right):
    assert _core.as_printed(answer, 0.9347) == right


def test_half_of_the_last_decimal_may_be_rounded_either_way():
    assert _core.as_printed([0.12, 0.13], [0.125, 0.125]).all()


def test_an_array_may_be_rounded_but_not_wrong():
    expected = np.array([0.1234, 0.5678, 0.0071])
    slip = expected + np.array([0.004, 0, 0])
    given = {"decimals": 2, "mistakes": [(slip, "here is the slip.")]}
    _core.same_values(expected.round(2), expected, "shares", **given)
    _core.same_values(expected.round(3), expected, "shares", **given)
    for answer in (slip, slip.round(2)):
        with pytest.raises(_core.Mistake, match="here is the slip"):
            _core.same_values(answer, expected, "shares", **given)
    with pytest.raises(_core.Mistake, match="The first that differs"):
        _core.same_values(expected.round(1), expected, "shares", **given)


def test_an_answer_that_nobody_foresaw_does_not_stop_a_notebook(capsys):
    @_core.exercise
    def check(answer):
        raise RuntimeError("no idea")

    check(1)
    printed = "Not yet. The check cannot read this answer (RuntimeError: no idea).\n"
    assert capsys.readouterr().out == printed


@pytest.fixture
def graded(monkeypatch):
    """What nbgrader sets while it grades."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")


@_core.exercise
def is_two(answer):
    if answer == 3:
        print("as a warning", file=sys.stderr)
    if answer not in (2, 3):
        raise _core.Mistake("It is another.")
    return "So it is."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (1, "Not yet. It is another."),
        (..., "Not attempted yet: replace the ... with your answer and run both cells again."),
        (np.zeros(2), "Not yet. The check cannot read this answer"),
    ],
)
def test_while_nbgrader_grades_an_answer_that_is_not_right_raises(graded, capsys, answer, sentence):
    with pytest.raises(_core.NotRight) as raised:
        is_two(answer)
    assert str(raised.value).startswith(sentence)
    assert not capsys.readouterr().out


@pytest.mark.parametrize("answer", [2, 3])
def test_while_nbgrader_grades_a_right_answer_prints_and_nothing_goes_to_stderr(
    graded, capsys, answer
):
    """A cell that writes to stderr gets no points, and a right answer may warn."""
    is_two(answer)
    printed = capsys.readouterr()
    assert printed.out.endswith("Right. So it is.\n")
    assert ("as a warning" in printed.out) == (answer == 3)
    assert not printed.err


def test_while_nbgrader_grades_a_notebook_shows_the_sentence_alone(graded, shell, capsys):
    shell.user_ns["is_two"] = is_two
    shell.run_cell("is_two(1)")
    assert capsys.readouterr().out == "Not yet. It is another.\n"


def test_while_nbgrader_grades_an_exercise_that_has_moved_raises(graded):
    with pytest.raises(_core.NotRight, match="This page is a copy of an older lesson"):
        _core.moved("Another", {"old"})("old")(1)


def test_a_function_may_change_the_arrays_it_is_called_with():
    array = np.zeros(3)

    def change(array):
        array += 1
        return array

    assert (_core.call(change, "change", array) == 1).all()
    assert (array == 0).all()
