"""Keras on its NumPy backend, in a process of its own, beside Keras with TensorFlow in this one."""

import gc
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.keras_numpy.experiments import attempt, run, start_with
from tests.once import once
from tools.keras_numpy import build_tree


@pytest.fixture(scope="module", autouse=True)
def young_iterators():
    """Delete TensorFlow's iterators over data soon, also those in a cycle of references.

    Deleting one may wait for the thread that tunes it, which sleeps the longer the older it is, up
    to a minute: its loop may be told to end just before it looks whether it is to end.
    """
    yield
    gc.collect()


@pytest.fixture(scope="session")
def patched_tree(tmp_path_factory):
    """The folder with the patched Keras, built once for all workers of a test run.

    `make keras` names one that it built of another version.
    """
    if folder := os.environ.get("KERAS_TREE"):
        return Path(folder)
    return once(tmp_path_factory, "keras_tree", build_tree)


@pytest.fixture(scope="session")
def begun(patched_tree):
    """A function that begins an experiment with the patched Keras, and returns one that ends it.

    In their process, `import keras` gives the patched Keras, and there is no TensorFlow.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), start_with, [patched_tree]) as process:

        def begun(experiment, *arguments):
            future = process.submit(attempt, experiment, *arguments)

            def ended():
                result, error = future.result()
                if error:
                    pytest.fail(f"With the patched Keras:\n{error}", pytrace=False)
                return result

            return ended

        yield begun


@pytest.fixture(scope="session")
def patched(begun):
    """A function that runs an experiment with the patched Keras alone."""
    return lambda *experiment: begun(*experiment)()


@pytest.fixture(scope="session")
def both(begun):
    """A function that runs an experiment with the patched Keras and with TensorFlow's."""

    def both(*experiment):
        ended = begun(*experiment)
        theirs = run(*experiment)
        return ended(), theirs

    return both
