"""The course's own tools that get a model work with the patched Keras as with TensorFlow's."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Their unit tests, but for those that spend seconds on drawing, and those with a data set of
# TensorFlow, whose length is unknown.
UNIT_TESTS = """
import sys

from tests.keras_numpy.experiments import start_with

start_with(sys.argv[1])
import pytest

files = ["test_checks_the_same_network_in_keras.py", "test_training_callback.py"]
settings = ["-q", "-p", "no:cacheprovider", "-k", "not the_view and not unknown"]
sys.exit(pytest.main([*settings, *(f"tests/unit/{file}" for file in files)]))
"""


def test_their_unit_tests_pass(patched_tree):
    result = subprocess.run(
        [sys.executable, "-c", UNIT_TESTS, patched_tree],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert " passed" in result.stdout
