"""What tests of all kinds share."""

import types

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


@pytest.fixture(scope="module")
def shell():
    """IPython in this process: figures and quizzes are shown through it, as in a notebook."""
    config = Config()
    config.HistoryManager.enabled = False  # writes nothing into the home folder
    yield InteractiveShell.instance(config=config, user_module=types.ModuleType("lesson"))
    InteractiveShell.clear_instance()
