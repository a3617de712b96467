"""What is true of the check of every exercise in every lesson."""

import inspect
import pkgutil
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


def test_an_answer_that_nobody_foresaw_does_not_stop_a_notebook(capsys):
    @_core.exercise
    def check(answer):
        raise RuntimeError("no idea")

    check(1)
    printed = "Not yet. The check cannot read this answer (RuntimeError: no idea).\n"
    assert capsys.readouterr().out == printed


def test_a_function_may_change_the_arrays_it_is_called_with():
    array = np.zeros(3)

    def change(array):
        array += 1
        return array

    assert (_core.call(change, "change", array) == 1).all()
    assert (array == 0).all()
