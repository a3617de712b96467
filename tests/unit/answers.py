"""What the tests of the checks share: what a check says, and answers that nobody means."""

import numpy as np

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
