"""Importing Keras in a fresh Python, as a kernel does."""

import subprocess
import sys

START = "import os, sys; from course_utils.environment import quiet_keras_import\n"


def run(code):
    return subprocess.run(
        [sys.executable, "-c", START + code], capture_output=True, text=True, check=False
    )


def test_keras_starts_without_notes_and_without_scikit_learn():
    result = run(
        "with quiet_keras_import():\n    import keras\n"
        "print(keras.__name__, 'sklearn' in sys.modules, 'scipy.stats' in sys.modules)\n"
        "from sklearn.neural_network import MLPClassifier; print(MLPClassifier.__name__)"
    )
    assert result.stderr == ""
    assert result.stdout.split() == ["keras", "False", "False", "MLPClassifier"]


def test_scikit_learn_stays_where_it_was_imported_before():
    result = run(
        "import sklearn.base\nwith quiet_keras_import():\n    print(sys.modules['sklearn'])"
    )
    assert "module 'sklearn'" in result.stdout


def test_a_failed_start_shows_the_notes_and_restores_scikit_learn():
    result = run(
        "try:\n"
        "    with quiet_keras_import():\n"
        "        os.write(2, b'a note')\n"
        "        import nothing_here\n"
        "except ModuleNotFoundError as error:\n"
        "    print(error)\n"
        "import sklearn; print('found')"
    )
    assert result.stderr == "a note"
    assert result.stdout.splitlines() == ["No module named 'nothing_here'", "found"]
