"""Keras with TensorFlow, and the course's NumPy edition of it, side by side."""

import ast
import functools
import types

import numpy as np

from course_utils.datasets import load_mnist
from course_utils.environment import quiet_keras_import
from tools.lesson_code import code_of

with quiet_keras_import():
    import keras
    import tensorflow as tf

import keras_numpy

EDITIONS = (keras, keras_numpy)

# Where the models of the lessons stand: lesson, a text in the cell, the model in it.
LESSON_MODELS = {
    "small": ("the_same_network_in_keras", 'name="small"', "small"),
    "exercise": ("the_same_network_in_keras", "my_model_solution = ", "my_model_solution"),
    "classmate": ("the_same_network_in_keras", 'name="classmate"', "classmate"),
    "two layers": ("the_same_network_in_keras", "def build(", "build()"),
    "two layers with a penalty": (
        "the_same_network_in_keras",
        "def build(",
        "build(kernel_regularizer=keras.regularizers.L2(0.0025))",
    ),
    "two wide layers": ("what_each_layer_looks_for", "def build(", "build(512, 256)"),
    "templates": ("what_each_layer_looks_for", "def build(", "build()"),
    "mlp": ("training_a_convolutional_network", "mlp = keras.Sequential", "mlp"),
    "cnn to train": ("training_a_convolutional_network", "cnn = keras.Sequential", "cnn"),
    "cnn to look into": ("inside_a_convolutional_network", "cnn = keras.Sequential", "cnn"),
}


def model_of(name, edition):
    """A lesson's own model, made by its own cell in one of the two editions."""
    lesson, text, expression = LESSON_MODELS[name]
    cell = code_of(lesson, text)
    checks = types.SimpleNamespace(the_same_network=lambda model: None)
    names = {"keras": edition, "layers": edition.layers, "checks": checks, "np": np}
    edition.utils.clear_session(free_memory=False)
    kept = [
        part
        for part in ast.parse(cell).body
        if "summary" not in ast.dump(part) and "'print'" not in ast.dump(part)
    ]
    exec(compile(ast.Module(kept, []), name, "exec"), names)
    return eval(expression, names)


def both_models(name):
    """A lesson's model in both editions, from the same weights."""
    return in_both(lambda edition: model_of(name, edition))


def in_both(build, seed=0):
    """What `build` makes in each edition, of the same weights if it has any."""
    results = []
    for edition in EDITIONS:
        edition.utils.clear_session(free_memory=False)
        edition.utils.set_random_seed(seed)
        results.append(build(edition))
    theirs, ours = results
    if theirs.weights:
        ours.set_weights(theirs.get_weights())
    return theirs, ours


def close(ours, theirs, tolerance):
    """Fail unless two arrays agree, relative to the size of the larger numbers in them."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype
    assert np.abs(ours - theirs).max() <= tolerance * max(1, np.abs(theirs).max())


@functools.cache
def digits(n, begin=0):
    """Images of MNIST, uint8 of shape (n, 28, 28, 1), and their labels."""
    mnist = load_mnist()
    part = slice(begin, begin + n)
    return mnist.train_images[part, ..., np.newaxis].copy(), mnist.train_labels[part].copy()


__all__ = ["EDITIONS", "LESSON_MODELS", "both_models", "close", "digits", "in_both", "keras",
           "keras_numpy", "model_of", "tf"]  # fmt: skip
