"""The conftest.py beside Keras when its own tests run; its source distribution comes without one.

Libraries that Keras can compute with are hidden, since a browser tab has none of them. Most of
Keras's tests import one at their top and use it in a few places: a test is skipped when it comes to
such a place.
"""

import builtins
import sys
from fnmatch import fnmatchcase

import pytest

ABSENT = ("tensorflow", "tf_keras", "jax", "torch", "grain", "pandas")


class Hidden:
    """Looked into before the folders that hold the libraries."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in ABSENT:
            raise ModuleNotFoundError(f"{name} is hidden", name=name)


sys.meta_path.insert(0, Hidden)

import keras  # noqa: E402
from keras.src.backend.common import dtypes  # noqa: E402
from keras.src.backend.numpy import trainer  # noqa: E402
from keras.src.models import model  # noqa: E402
from keras.src.testing import test_case  # noqa: E402

# Keras's tests of the trainer take it from where Keras has it. They get the one that models use.
trainer.NumpyTrainer = model.Trainer

# There is no bfloat16 in NumPy, and two modules of tests make arrays of each type when imported.
TYPES = {name: getattr(dtypes, name) for name in ("ALLOWED_DTYPES", "FLOAT_TYPES")}
collecting = True


class Absent:
    """What a test module gets for a library that is hidden."""

    def __init__(self, library):
        self._library = library

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self()

    def __call__(self, *_, **__):
        if not collecting:
            pytest.skip(f"needs {self._library}")
        return self


class ModelOfScaledInput(keras.Model):
    """What Keras's check of a layer trains: with a weight before the layer.

    So there is a gradient through each layer, also through those without a weight of their own;
    but for preprocessing, as nothing before it is ever trained.
    """

    scale = None

    def __call__(self, inputs, **options):
        if ".preprocessing." not in type(self.layer).__module__:
            inputs = keras.tree.map_structure(self.scaled, inputs)
        return super().__call__(inputs, **options)

    def scaled(self, x):
        if not keras.backend.is_float_dtype(keras.backend.standardize_dtype(x.dtype)):
            return x
        if self.scale is None:
            self.scale = self.add_weight(shape=(), initializer="ones")
        return x * keras.ops.cast(self.scale, x.dtype)


test_case.Model = ModelOfScaledInput


def _import(name, globals=None, locals=None, fromlist=(), level=0):
    library = name.partition(".")[0]
    if level == 0 and library in ABSENT and (globals or {}).get("__name__", "").endswith("_test"):
        return Absent(library)
    return _builtin_import(name, globals, locals, fromlist, level)


_builtin_import, builtins.__import__ = builtins.__import__, _import


def skip_if_backend(backend, reason):
    """Keras's tests import this from their conftest.py."""
    return pytest.mark.skipif(keras.backend.backend() == backend, reason=reason)


def pytest_addoption(parser):
    parser.addoption("--only", action="append", help="run the tests that match this pattern")


def pytest_collection():
    for name, types in TYPES.items():
        setattr(dtypes, name, tuple(dtype for dtype in types if dtype != "bfloat16"))


def pytest_collection_modifyitems(config, items):
    if patterns := config.getoption("only"):
        names = [item.nodeid.removeprefix("keras/src/") for item in items]
        items[:] = [
            item
            for item, name in zip(items, names, strict=True)
            if any(fnmatchcase(name, pattern) for pattern in patterns)
        ]


def pytest_collection_finish():
    global collecting
    collecting = False
    for name, types in TYPES.items():
        setattr(dtypes, name, types)
