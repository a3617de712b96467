"""What all tests of the helpers share."""

import types

import matplotlib.pyplot as plt
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

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
