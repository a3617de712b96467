"""Experiments are functions of `keras`: run in two processes, they can be compared.

Each is a function at the top of a module, so that another process finds it by its name. Its first
argument is the module `keras`; it returns numbers, texts, and lists and dictionaries of them.
"""

import functools
import os
import sys
import traceback
import warnings

import numpy as np

from course_utils.datasets import load_mnist
from course_utils.environment import quiet_keras_import


def start_with(tree):
    """Make `import keras` find the patched Keras: the first thing that its process does."""
    sys.path.insert(0, str(tree))
    os.environ.pop("KERAS_BACKEND", None)
    os.environ["KERAS_HOME"] = str(tree)  # where nobody chose a backend
    import keras

    assert keras.__file__.startswith(str(tree))


def run(experiment, *arguments):
    """Run an experiment, and return what another process can read."""
    with quiet_keras_import():
        import keras
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return plain(experiment(keras, *arguments))


def attempt(experiment, *arguments):
    """Run an experiment for another process, which may not know the class of an error."""
    try:
        return run(experiment, *arguments), None
    except Exception:
        return None, traceback.format_exc()


def plain(result):
    """Arrays in place of tensors."""
    if isinstance(result, dict):
        return {name: plain(value) for name, value in result.items()}
    if isinstance(result, (list, tuple)):
        return [plain(value) for value in result]
    return np.asarray(result) if hasattr(result, "__array__") else result


def close(ours, theirs, tolerance):
    """Fail unless numbers agree, relative to the larger ones of their array; the rest is equal.

    Arrays of numbers that cancel out are measured by the largest of all arrays.
    """
    _close(ours, theirs, tolerance, max(map(largest, arrays(theirs)), default=0) / 100)


def arrays(result):
    """All arrays of floats in a result."""
    parts = result.values() if isinstance(result, dict) else result
    if isinstance(result, (dict, list)):
        return [array for part in parts for array in arrays(part)]
    array = np.asarray(result)
    return [array] if array.dtype.kind == "f" else []


def largest(array):
    return np.abs(array[np.isfinite(array)]).max(initial=0)


def _close(ours, theirs, tolerance, least):
    assert type(ours) is type(theirs)
    if isinstance(theirs, dict):
        assert list(ours) == list(theirs)
        ours, theirs = list(ours.values()), list(theirs.values())
    if isinstance(theirs, list):
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            _close(one, other, tolerance, least)
    elif isinstance(theirs, float) or (hasattr(theirs, "dtype") and theirs.dtype.kind == "f"):
        ours, theirs = np.asarray(ours), np.asarray(theirs)
        assert (ours.shape, ours.dtype) == (theirs.shape, theirs.dtype)
        scale = max(largest(theirs), least)
        assert np.allclose(ours, theirs, rtol=0, atol=tolerance * scale, equal_nan=True), (
            f"off by up to {largest(ours - theirs)}, where the largest number is {scale}"
        )
    else:
        assert np.array_equal(ours, theirs)


def eager(keras):
    """Let TensorFlow compute step by step: compiling its graphs would take minutes."""
    return keras.backend.backend() == "tensorflow"


def same_weights(model):
    """Give a model, or a layer, weights that depend on their shapes alone."""
    rng = np.random.default_rng(1)

    def drawn(first):
        values = rng.standard_normal(first.shape).astype(first.dtype)
        if first.dtype.kind != "f":
            return first
        return values / np.sqrt(values[..., 0].size) if first.ndim > 1 else first + values / 10

    model.set_weights([drawn(weight) for weight in model.get_weights()])
    return model


def shift(keras, shape):
    """Return a layer that adds 0: the gradient of what it adds is that of its input."""

    class Shift(keras.layers.Layer):
        def build(self, _):
            self.shift = self.add_weight(shape=shape, initializer="zeros")

        def call(self, x):
            return x + self.shift

    return Shift()


def at_work(keras, build, x):
    """Return a layer's answers, in training and out of it, and the gradients of two steps.

    Parameters
    ----------
    keras : module
    build : function of `keras`
        It returns a layer, or a function of a tensor.
    x : ndarray
        What the layer gets.
    """
    image = keras.Input(batch_shape=x.shape, dtype=x.dtype)
    start = shift(keras, x.shape) if x.dtype == np.float32 else keras.layers.Identity()
    outputs = build(keras)(start(image))
    model = same_weights(keras.Model(image, outputs))
    start.set_weights([np.zeros(x.shape)] * len(start.weights))  # zeros and equal numbers stay so
    answers = {
        "shape": list(outputs.shape),
        "out of training": model(x),
        "in training": model(x, training=True),
        "what came in": x,
    }
    y = np.random.default_rng(2).standard_normal(answers["in training"].shape).astype(np.float32)

    def distance(y, prediction):
        return keras.ops.sum(keras.ops.square(y - prediction))

    # The velocity after the first step is the gradient, times the rate.
    model.compile(keras.optimizers.SGD(0.01, momentum=0.5), distance, run_eagerly=eager(keras))
    losses, gradients = [], []
    for _ in range(2):
        losses.append(model.train_on_batch(x, y))
        gradients.append([v.numpy() for v in model.optimizer.variables[2:]])
    return answers, losses, gradients, model.get_weights()


def close_at_work(ours, theirs):
    """Fail unless answers agree to 1e-6, and losses, gradients and weights to 1e-5."""
    for one, other, tolerance in zip(ours, theirs, (1e-6, 1e-5, 1e-5, 1e-5), strict=True):
        close(one, other, tolerance)


@functools.cache
def digits(n, begin=0):
    """Images of MNIST, uint8 of shape (n, 28, 28, 1), and their labels."""
    mnist = load_mnist()
    part = slice(begin, begin + n)
    return mnist.train_images[part, ..., np.newaxis].copy(), mnist.train_labels[part].copy()
