"""What the unit tests share."""

import signal

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.checks import _core
from course_utils.widgets._base import training_figure

pytest.register_assert_rewrite("tests.unit.answers")  # its test shows what a check has said


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


# Training and its view


@pytest.fixture
def every_line_redraws(monkeypatch):
    monkeypatch.setattr(training_figure, "REDRAW_SECONDS", 0)
    monkeypatch.setattr(training_figure, "DRAWING_SHARE", float("inf"))


@pytest.fixture
def pictures(monkeypatch):
    """The pictures that a page shows while a network trains, in order."""
    shown = []

    class Watched(training_figure.TrainingWidget):
        def __init__(self, **traits):
            super().__init__(**traits)
            shown.append(self.picture)
            self.observe(lambda change: shown.append(change.new), "picture")

    monkeypatch.setattr(training_figure, "TrainingWidget", Watched)
    return shown


@pytest.fixture(scope="module")
def data():
    """600 noisy points in 3 classes, float32 as in the lessons."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 600)
    X = rng.normal(size=(600, 20)) + 0.5 * rng.normal(size=(3, 20))[y]
    return X.astype(np.float32), y


@pytest.fixture
def signals_interrupt():
    """As in a kernel, even when a shell runs the tests in the background, which turns this off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def says(capsys, monkeypatch):
    """A function that returns what a check prints: one message, whatever the answer.

    An error inside a check is raised. Learners get a sentence instead, so that *Run All*
    continues; but an answer that needs it is one that the check should have foreseen.
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
