"""A tensor can be used as one of TensorFlow can: with Python, with NumPy, and not be changed."""

import copy
import operator
import re
import tracemalloc
import warnings

import numpy as np
import pytest

from tests.keras_numpy.experiments import close

ARRAY = np.arange(24, dtype=np.float32).reshape(2, 3, 4) - 9.5
BYTES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
OTHER = np.linspace(1, 2, 24).reshape(2, 3, 4)  # float64


def named(result):
    """A result with the kind of its type: a tensor's own name differs between backends."""
    kind = type(result).__name__ if isinstance(result, (np.ndarray, np.generic)) else "tensor"
    kind = type(result).__name__ if type(result).__module__ == "builtins" else kind
    return kind, [named(part) for part in result] if isinstance(result, (list, tuple)) else result


USES = {
    "numpy": lambda k, t: t.numpy(),
    "number": lambda k, t: t[0, 0, 0].numpy(),
    "asarray": lambda k, t: np.asarray(t),
    "array of another type": lambda k, t: np.array(t, dtype="int32"),
    "astype": lambda k, t: t.numpy().astype("int32"),
    "shape": lambda k, t: [t.shape[0], tuple(t.shape), t.shape[1:] == (3, 4), len(t.shape)],
    "shape is a shape": lambda k, t: t.shape == (2, 3, 4),
    "ndim": lambda k, t: t.ndim,
    "dtype": lambda k, t: [k.backend.standardize_dtype(t.dtype), t.dtype == "float32"],
    "len": lambda k, t: len(t),
    "iteration": lambda k, t: list(t),
    "unpacking": lambda k, t: (lambda one, other: other)(*t),
    "index": lambda k, t: t[1, 2],
    "last": lambda k, t: t[-1],
    "slice": lambda k, t: t[:, ::2, 1:-1],
    "ellipsis": lambda k, t: t[..., None, 0],
    "float": lambda k, t: float(t[0, 0, 0]),
    "int": lambda k, t: int(t[1, 2, 3]),
    "bool": lambda k, t: [bool(t[0, 0, 0] > 0), bool(t[1, 0, 0] > 0)],
    "index of a list": lambda k, t: [5, 6, 7, 8][k.ops.argmax(t[0, 0])],
    "range": lambda k, t: list(range(k.ops.argmax(t[0, 0]))),
    "format": lambda k, t: [f"{t[1, 1, 1]:.2f}", f"{t[0, 0, 0]:8.3f}", f"{k.ops.max(t):g}"],
    "text of a number": lambda k, t: str(t[0, 0, 0].numpy()),
    "round": lambda k, t: round(float(t[0, 0, 0]), 1),
    "comparison": lambda k, t: t > 0,
    "equality": lambda k, t: t == t[:, :, :1],
    "inequality": lambda k, t: t != ARRAY,
    "any, all": lambda k, t: [bool(k.ops.any(t > 3)), bool(k.ops.all(t > 3))],
    "@": lambda k, t: t @ ARRAY.transpose(0, 2, 1),
    "array @": lambda k, t: ARRAY.transpose(0, 2, 1) @ t,
    "+ array": lambda k, t: t + ARRAY,
    "array +": lambda k, t: ARRAY + t,
    "+ float64 array": lambda k, t: t + OTHER,
    "float64 array -": lambda k, t: OTHER - t,
    "+ number": lambda k, t: [t + 1, 1 - t, 2 * t, t / 2, 1 / t, t**2, 2**t, t // 2, t % 3],
    "signs": lambda k, t: [-t, abs(t)],
    "number of NumPy *": lambda k, t: [np.float32(2) * t, t * np.float32(2)],
    "* list": lambda k, t: t * [1.0, 2.0, 3.0, 4.0],
    "logic": lambda k, t: [(t > 0) & (t < 5), (t > 0) | (t < -5), ~(t > 0)],
    "np.sum": lambda k, t: np.sum(t),
    "np.sum of an axis": lambda k, t: np.sum(t, axis=1),
    "np.mean, std, max": lambda k, t: [np.mean(t), np.std(t), np.max(t), np.argmax(t, axis=-1)],
    "np.exp": lambda k, t: np.exp(t),
    "np.maximum": lambda k, t: np.maximum(t, 0),
    "np.roll": lambda k, t: np.roll(t, 3, axis=2),
    "np.concatenate": lambda k, t: np.concatenate([t, ARRAY]),
    "np.stack": lambda k, t: np.stack([t, t]),
    "np.pad": lambda k, t: np.pad(t, ((0, 0), (1, 1), (0, 0))),
    "np.where": lambda k, t: np.where(t > 0, t, 0),
    "np.transpose": lambda k, t: np.transpose(t),
    "np.reshape": lambda k, t: np.reshape(t, (6, 4)),
    "np.expand_dims": lambda k, t: np.expand_dims(t, 0),
    "np.zeros_like": lambda k, t: np.zeros_like(t),
    "np.empty_like": lambda k, t: np.empty_like(t).shape,
    "np.allclose": lambda k, t: [np.allclose(t, ARRAY), np.array_equal(t, ARRAY)],
    "np.dot": lambda k, t: np.dot(t, ARRAY[0].T),
    "np.linalg.norm": lambda k, t: np.linalg.norm(t),
    "np.unique": lambda k, t: np.unique(t),
    "np.random.permutation": lambda k, t: np.random.default_rng(0).permutation(t),
    "tolist": lambda k, t: t.numpy().tolist(),
    "min of Python": lambda k, t: [max(float(x) for x in t[0, 0]), float(sum(t[0, 0]))],
    "sorted": lambda k, t: [float(x) for x in sorted(t[0, 0], reverse=True)],
    "zip": lambda k, t: [float(a * b) for a, b in zip(t[0, 0], ARRAY[0, 0], strict=True)],
    "an index of an array": lambda k, t: ARRAY[int(k.ops.argmax(t[:, 0, 0]))],
    "array at a tensor": lambda k, t: OTHER[0, 0][np.asarray(t[0, 0] > -8)],
    "is_tensor": lambda k, t: [k.ops.is_tensor(t), k.ops.is_tensor(t.numpy()), k.ops.is_tensor(3)],
    "no ndarray": lambda k, t: [isinstance(t, np.ndarray), isinstance(t.numpy(), np.ndarray)],
    "of a list": lambda k, t: [k.ops.convert_to_tensor([1, 2]), k.ops.convert_to_tensor([1.5])],
    "of numbers": lambda k, t: [k.ops.convert_to_tensor(3), k.ops.convert_to_tensor(0.5)],
    "of float64": lambda k, t: k.ops.convert_to_tensor(OTHER),
    "of another type": lambda k, t: k.ops.convert_to_tensor([1, 2], dtype="float32"),
    "of tensors": lambda k, t: k.ops.convert_to_tensor([t[0], t[1]]),
    "convert_to_numpy": lambda k, t: k.ops.convert_to_numpy(t),
    "cast": lambda k, t: [k.ops.cast(t, "int32"), k.ops.cast(t > 0, "float32")],
    "operations": lambda k, t: [k.ops.sum(t), k.ops.mean(t, axis=0), k.ops.exp(t), k.ops.shape(t)],
    "operations of arrays": lambda k, t: [k.ops.sum(ARRAY), k.ops.matmul(ARRAY[0].T, ARRAY[0])],
    "a layer": lambda k, t: k.layers.ReLU()(t),
    "a layer, of an array": lambda k, t: k.layers.Rescaling(0.5)(BYTES),
    "a variable": lambda k, t: [k.Variable(t).numpy(), k.Variable(ARRAY) + 1, t * k.Variable(t)],
    "value of a variable": lambda k, t: k.Variable(t).value,
    "array of a variable": lambda k, t: np.asarray(k.Variable(t)),
    "in a dictionary": lambda k, t: {"loss": t}["loss"],
    "copies": lambda k, t: copy.copy(t),
    "random": lambda k, t: k.ops.is_tensor(k.random.normal((2, 3))),
    "to_categorical": lambda k, t: k.utils.to_categorical([0, 3, 1]),
    "to_categorical of a column": lambda k, t: k.utils.to_categorical([[0], [2]], num_classes=4),
}  # fmt: skip


def use(k, name):
    return named(USES[name](k, k.ops.convert_to_tensor(ARRAY)))


@pytest.mark.parametrize("name", USES)
def test_use(both, name):
    close(*both(use, name), 1e-6)


# What cannot be done, and a text in the errors of both.
MISUSES = {
    "item assignment": (lambda k, t: operator.setitem(t, 0, 1.0), "support item assignment"),
    "item assignment by a mask": (lambda k, t: operator.setitem(t, t > 0, 1.0), ""),
    "item deletion": (lambda k, t: operator.delitem(t, 0), "support item deletion"),
    "truth of many": (lambda k, t: bool(t), "more than one element is ambiguous"),
    "float of many": (lambda k, t: float(t), "converted to Python scalars"),
    "int of many": (lambda k, t: int(t), "converted to Python scalars"),
    "index of many": (lambda k, t: [1, 2][t], "converted to a scalar index"),
    "len of a number": (lambda k, t: len(t[0, 0, 0]), r"len\(\)"),
    "iteration of a number": (lambda k, t: list(t[0, 0, 0]), "itera"),
    "hash": (lambda k, t: hash(t), "unhashable"),
    "too many indices": (lambda k, t: t[0, 0, 0, 0], "[Ii]ndex|indices"),
    "shapes": (lambda k, t: t + ARRAY[:, :2], r"shapes.*2, ?3, ?4.*2, ?2, ?4"),
    "shapes of a product": (lambda k, t: t @ ARRAY, "size|shape"),
    "a word": (lambda k, t: t + "a", ""),
    "misspelt": (lambda k, t: t.shap, "has no attribute 'shap'"),
    "ragged": (lambda k, t: k.ops.convert_to_tensor([[1, 2], [3]]), "rectangular|inhomogeneous"),
}  # fmt: skip


def misuse(k, name):
    try:
        MISUSES[name][0](k, k.ops.convert_to_tensor(ARRAY))
    except Exception as error:
        return [kind.__name__ for kind in type(error).__mro__], str(error)
    return [], ""


@pytest.mark.parametrize("name", MISUSES)
def test_misuse(both, name):
    (ours, our_text), (theirs, their_text) = both(misuse, name)
    if theirs[0] == "InvalidArgumentError":  # a class of TensorFlow's
        assert {"ValueError", "TypeError", "IndexError"} & set(ours)
    else:
        assert ours == theirs
    assert re.search(MISUSES[name][1], our_text)
    assert re.search(MISUSES[name][1], their_text)


def misspelt(k):
    """What Python looks at in order to suggest the right name."""
    tensor = k.ops.convert_to_tensor(ARRAY)
    try:
        tensor.shap  # noqa: B018
    except AttributeError as error:
        return error.name, error.obj is tensor, "shape" in dir(tensor)


def test_python_can_suggest_a_name(both):
    ours, theirs = both(misspelt)
    assert ours == theirs == ["shap", True, True]


def warned(k):
    """Whether numbers that overflow, or are none, are warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        tensor = k.ops.convert_to_tensor(ARRAY)
        numbers = [tensor / 0, 1 / (0 * tensor), k.ops.log(tensor), k.ops.exp(100 * tensor)]
        model = k.Sequential([k.Input((3, 4)), k.layers.Flatten(), k.layers.Dense(3)])
        model.compile(k.optimizers.SGD(1e30), "mse")
        model.fit(1e9 * ARRAY, ARRAY[:, 0, :3], epochs=2, verbose=0)
        numbers.append(bool(np.isfinite(model.predict(ARRAY, verbose=0)).any()))
    return numbers, [str(w.message) for w in caught if w.category is RuntimeWarning]


def test_numbers_that_overflow_are_not_warned_of(both):
    ours, theirs = both(warned)
    close(ours, theirs, 1e-6)
    assert theirs[1] == []


def updated(k):
    """Updating operators make a new tensor, and leave the first one and its parts as they were."""
    array = ARRAY.copy()
    first = tensor = k.ops.convert_to_tensor(array)
    tensor += 1
    tensor *= 2
    row = first[0]
    row -= 3
    variable = k.Variable(first)
    variable.assign_add(k.ops.ones_like(first))
    return first, array, tensor, row, variable


def test_updating_makes_a_new_tensor(both):
    ours, theirs = both(updated)
    close(ours, theirs, 0)
    close(ours[:2], [ARRAY, ARRAY], 0)


ARRAYS = {
    "numpy": lambda t: t.numpy(),
    "array": np.array,
    "asarray": np.asarray,
    "roll": lambda t: np.roll(t, 3, axis=2),
    "sum": lambda t: np.sum(t, axis=0),
    "maximum": lambda t: np.maximum(t, 0),
    "reshape": lambda t: np.reshape(t, (6, 4)),
    "transpose": np.transpose,
    "pad": lambda t: np.pad(t, 1),
}


def written(k, name):
    tensor = k.ops.convert_to_tensor(ARRAY.copy())
    array = ARRAYS[name](tensor)
    array += 100
    array[0] = 0
    return type(array).__name__, tensor


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_of_a_tensor_may_be_written_into_and_leave_it_as_it_was(patched, name):
    """With TensorFlow, some of them are read-only: `np.asarray`, and what only looks at it."""
    kind, tensor = patched(written, name)
    assert kind == "ndarray"
    close(tensor, ARRAY, 0)


def weights_set(k):
    layer = k.layers.Dense(2)
    layer.build((None, 4))
    weights = [np.ones((4, 2), np.float32), np.zeros(2, np.float32)]
    layer.set_weights(weights)
    weights[0][:] = 5
    layer.get_weights()[1][:] = 5
    return layer.get_weights()


def test_weights_that_were_set_or_read_are_copies(both):
    ours, theirs = both(weights_set)
    close(ours, theirs, 0)


def memory(k):
    """How many bytes are held for a tensor of 47 MB, beside the array that it was made of."""
    images = np.zeros((60_000, 28, 28, 1), np.uint8)
    tracemalloc.start()
    tensor = k.ops.convert_to_tensor(images)
    same = k.ops.convert_to_tensor(tensor)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return held, list(same.shape)


def test_a_tensor_holds_no_second_copy_of_a_large_array(patched):
    held, shape = patched(memory)
    assert shape == [60_000, 28, 28, 1]
    assert held < 1_000_000
