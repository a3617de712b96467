"""What all tests of the helpers share."""

import types

import matplotlib.pyplot as plt
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from course_utils.checks import _core

pytest.register_assert_rewrite("tests.unit.answers")  # its test shows what a check has said


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def shell():
    """IPython in this process: figures and quizzes are shown through it, as in a notebook."""
    config = Config()
    config.HistoryManager.enabled = False  # writes nothing into the home folder
    yield InteractiveShell.instance(config=config, user_module=types.ModuleType("lesson"))
    InteractiveShell.clear_instance()


@pytest.fixture
def says(capsys, monkeypatch):
    """A function that returns what a check prints: one message, whatever the answer.

    An error inside a check is raised. Learners get a sentence in its place, so that *Run All*
    goes on; but an answer that needs it is one that the check should have foreseen.
    """

    def raise_again(error):
        raise error

    def says(check, answer, *given):
        capsys.readouterr()
        assert check(answer, *given) is None
        printed = capsys.readouterr()
        assert printed.out.count("\n") == 1
        assert not printed.err
        return printed.out

    monkeypatch.setattr(_core, "unforeseen", raise_again)
    return says
