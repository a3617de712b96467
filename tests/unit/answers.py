"""What the tests of the checks share: what a check says, and answers that nobody means."""

import numpy as np
import pytest

NONSENSE = [
    None,
    "nonsense",
    np.array([]),
    np.array(5),
    np.array("b"),
    [],
    ["a", "b", "c"],
    [None],
    {},
    {1},
    len,
    True,
    np.nan,
    [[1], [2, 3]],
]


def said_by(checks):
    """A function that says what a check prints about an answer.

    Parameters
    ----------
    checks : dict of str to tuple
        For each name the check, and what it is given after the answer.
    """

    def said(capsys, name, answer):
        check, given = checks[name]
        assert check(answer, *given) is None
        return capsys.readouterr().out

    return said


def a_sentence_for_each(slips, said):
    """The test that a foreseen slip has its own sentence, with a case for each of some slips.

    Parameters
    ----------
    slips : list of tuple of (str or callable, object, str)
        The check, or its name, an answer, and what must be said about it.
    said : callable
        As `said_by` makes it.
    """

    @pytest.mark.parametrize(("check", "answer", "message"), slips)
    def test(capsys, check, answer, message):
        text = said(capsys, check, answer)
        assert text.startswith("Not yet.")
        assert message in text

    return test
