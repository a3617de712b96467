"""What a browser tab cannot do says so in one sentence that names where it works."""

import json
import re

import pytest

from tests.keras_numpy.tab import run

ELSEWHERE = "on a laptop or in Binder"
TENSORFLOW = rf"ModuleNotFoundError: A browser tab has no TensorFlow: .* {ELSEWHERE}\.$"
BFLOAT16 = rf"NotImplementedError: Numbers of type bfloat16 .* a browser tab .* {ELSEWHERE}\.$"
DOWNLOAD = rf"OSError: Python in a browser tab cannot download https://\S+: run this {ELSEWHERE}"
MNIST = "keras.datasets.mnist.load_data()"

# What to try in a tab, and the error that it ends with.
TRIED = {
    "import tensorflow as tf": TENSORFLOW,
    "from tensorflow import keras": TENSORFLOW,
    "from tensorflow.keras import layers": TENSORFLOW,
    "keras.callbacks.TensorBoard().set_model(model)": TENSORFLOW,
    "keras.utils.timeseries_dataset_from_array(np.eye(9), None, 2)": (
        rf"ImportError: This needs TensorFlow, which runs {ELSEWHERE}, not in a browser tab\.$"
    ),
    "keras.config.set_floatx('bfloat16')": BFLOAT16,
    "keras.config.set_dtype_policy('mixed_bfloat16')": BFLOAT16,
    "keras.config.set_dtype_policy('bfloat16')": BFLOAT16,
    "keras.mixed_precision.DTypePolicy('mixed_bfloat16')": BFLOAT16,
    "keras.layers.Dense(1, dtype='bfloat16')": BFLOAT16,
    "keras.ops.cast([1.0], 'bfloat16')": BFLOAT16,
    "keras.Input((2,), dtype='bfloat16')": BFLOAT16,
    "keras.ops.cast([1.0], 'float8_e5m2')": BFLOAT16.replace("bfloat16", "float8_e5m2"),
    "import ml_dtypes; ml_dtypes.bfloat16": BFLOAT16,
    "import ml_dtypes; ml_dtypes.nothing": "AttributeError: module 'ml_dtypes' has no attribute",
    MNIST: rf"{DOWNLOAD}, or use load_mnist from course_utils.datasets\.$",
    "keras.datasets.cifar10.load_data()": rf"{DOWNLOAD}, or upload the file and copy it to \S+\.$",
    "keras.utils.get_file(origin='https://a.b/c.zip')": rf"{DOWNLOAD}, or upload .*/c\.zip\.$",
    "keras.applications.MobileNetV3Small()": rf"{DOWNLOAD}\.$",
    "keras.utils.get_file(origin='https://a.b/there.txt')": "no error",
}
CODE = f"""
import io
import json
import sys
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Rescaling(2), keras.layers.Dense(1)])
model.compile("sgd", "mse")

def attempt(code, note=""):
    sys.stderr = io.StringIO()
    try:
        exec(code)
        said = "no error"
    except Exception as error:
        said = f"{{type(error).__name__}}: {{error}}"
        sys.excepthook(*sys.exc_info())
    print(json.dumps([code + note, [said, sys.stderr.getvalue()]]))

attempt("keras.layers.Conv2d")
attempt("from keras.layers import Conv2d")
attempt("from sklearn.neural_network import MLPClassifier as C; C().fit(np.eye(2), [0, 1])")
attempt("keras.utils.set_random_seed(0)")
attempt("model.fit((pair for pair in [(np.eye(4), np.ones((4, 1)))]), verbose=0)")
attempt({MNIST!r}, " on a laptop")
sys.platform = "emscripten"
for code in {list(TRIED)!r}:
    attempt(code)
sys.modules["course_utils"] = None
attempt({MNIST!r}, " without the course")
"""


@pytest.fixture(scope="module")
def said(patched_tree, tmp_path_factory):
    """The error that each attempt ended with, and what Python printed of it."""
    home = tmp_path_factory.mktemp("home")
    (home / "datasets").mkdir()
    (home / "datasets" / "there.txt").touch()
    printed = run(CODE, home, patched_tree).splitlines()
    return dict(json.loads(line) for line in printed if line.startswith("["))


@pytest.mark.parametrize("code", TRIED)
def test_it_says_where_it_works(said, code):
    assert re.match(TRIED[code], said[code][0])


def test_the_course_is_named_only_where_it_is(said):
    error, _ = said[f"{MNIST} without the course"]
    assert re.match(rf"{DOWNLOAD}, or upload the file and copy it to \S+/mnist.npz\.$", error)


def test_on_a_laptop_a_failed_download_is_an_error_of_keras(said):
    error, _ = said[f"{MNIST} on a laptop"]
    assert error.startswith("Exception: URL fetch failure on https://")


def test_others_do_not_take_the_stand_ins_for_what_they_stand_for(said):
    uses = [code for code in said if "fit(" in code or "set_random_seed" in code]
    assert [said[code][0] for code in uses] == ["no error"] * 3


def test_a_misspelt_name_is_an_error_of_python(said):
    _, printed = said["keras.layers.Conv2d"]
    assert "AttributeError: module 'keras.layers' has no attribute 'Conv2d'. Did you" in printed
    error, _ = said["from keras.layers import Conv2d"]
    assert error.startswith("ImportError: cannot import name 'Conv2d' from 'keras.layers'")
