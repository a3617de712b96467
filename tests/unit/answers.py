"""What the tests of the checks share: verdicts on answers, and nonsense answers."""

import numpy as np
import pytest


class Odd:
    """An object that no check knows."""

    def __repr__(self):
        return "Odd()"


NONSENSE = [
    None,
    True,
    np.True_,
    np.nan,
    np.inf,
    -1,
    1j,
    10**400,
    "",
    "nonsense",
    "word " * 50,
    b"a",
    len,
    Odd,
    Odd(),
    range(3),
    iter([1]),
    {},
    {"a": 1},
    {1},
    {"integers": [], "one-hot": {}},
    *[[content] * n for content in (None, ..., "a", np.nan, -1, 10**400, []) for n in range(1, 6)],
    *[[content] * n for content in ({}, np.zeros(3), np.zeros((2, 2)), (1, None)) for n in (3, 4)],
    *[(content,) * n for content in ((None, 1), ([1], [1]), (np.zeros(3),) * 3) for n in (3, 4)],
    [],
    (),
    ["a", "b", "c"],
    [[1], [2, 3]],
    [Odd()] * 3,
    np.array([]),
    np.array(5),
    np.array("b"),
    np.array(None),
    np.array([None] * 3),
    np.array(["a"] * 3),
    np.array(["2000-01-01"], dtype="datetime64[D]"),
    np.zeros((2, 0)),
    np.zeros((1, 1, 1)),
    np.full((3, 3), np.nan),
    np.full(3, 1j),
    np.ma.masked_all(3),
]
# The same as what a function returns.
NONSENSE += [lambda *_, answer=answer: answer for answer in NONSENSE if answer is not ...]


def changed(array, place, value):
    """A copy of an array with another value in one place."""
    array = array.copy()
    array[place] = value
    return array


def verdicts(checks, given, right, wrong):
    """Make a test that each given answer gets its verdict and its sentence.

    Parameters
    ----------
    checks : module
        The checks of a lesson.
    given : dict of str to tuple
        What a check gets after the answer; nothing if its name is missing.
    right, wrong : list of tuple
        Name of a check, an answer, and fragments of what must be said about it.
    """
    rows = [("Right.", *row) for row in right] + [("Not yet.", *row) for row in wrong]

    @pytest.mark.parametrize(
        ("verdict", "name", "answer", "fragments"),
        [(verdict, name, answer, fragments) for verdict, name, answer, *fragments in rows],
        ids=[f"{name}: {[*fragments, verdict][0]}" for verdict, name, _, *fragments in rows],
    )
    def test(says, verdict, name, answer, fragments):
        text = says(getattr(checks, name), answer, *given.get(name, ()))
        assert text.startswith(verdict)
        for fragment in fragments:
            assert fragment in text

    return test
