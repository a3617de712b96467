"""Where Keras's backend meets the tape: its `np`, and the edge at which tensors become arrays.

The modules of Keras's NumPy backend are written for arrays, and they keep on seeing arrays, or
tracers, which behave like arrays. Two things are needed. What makes an array of anything, such as
`numpy.array`, must let a tracer be: their `np` is `numpy` from here. And whoever calls them from
outside has tensors and expects tensors: `with_tensors` wraps their functions.

>>> with Tape() as tape:
...     type(numpy.array([traced(tape, np.ones(3)), np.zeros(3)])).__name__
'Tracer'
"""

import types

import numpy as np

from keras_numpy import tape
from keras_numpy.products import product
from keras_numpy.tape import flat
from keras_numpy.tensors import NotRecorded, Tensor, Tracer, drawn, record, unwrap, wrap


def _array(x, dtype=None, **kwargs):
    """`numpy.array` of tracers is a tracer."""
    x = unwrap(x)
    if type(x) is Tracer:
        return x.copy() if dtype is None else x.copy().astype(dtype)
    if type(x) in (list, tuple) and any(type(item) is Tracer for item in flat(x)):
        parts = [_array(item) for item in x]
        dtype = np.result_type(*parts) if dtype is None else dtype
        return record(np.stack, [item.astype(dtype) for item in parts])
    return np.array(x, dtype=dtype, **kwargs)


def _asarray(x, dtype=None):
    x = unwrap(x)
    if type(x) is Tracer:
        return x if dtype is None else x.astype(dtype)
    return _array(x, dtype) if isinstance(x, (list, tuple)) else np.asarray(x, dtype=dtype)


def _full(shape, fill_value, dtype=None):
    if type(fill_value) is Tracer:
        return record(np.broadcast_to, _array(fill_value, dtype), shape)
    return np.full(shape, fill_value, dtype=dtype)


class _Generator:
    """Random numbers from a seed on a tape; the backend draws once from each seed."""

    def __init__(self, seed):
        self._seed = seed

    def __getattr__(self, distribution):
        return lambda *args, **kwargs: record(drawn, self._seed, distribution, args, kwargs)


class _Random:
    @staticmethod
    def default_rng(seed=None):
        seed = unwrap(seed)
        return _Generator(seed) if type(seed) is Tracer else np.random.default_rng(seed)

    def __getattr__(self, name):
        return getattr(np.random, name)


def _matmul(a, b):
    """The product of two matrices by BLAS, and of more axes as one product of two matrices."""
    if a.dtype == b.dtype == np.float32 and a.ndim >= 2 == b.ndim and a.shape[-1] == len(b):
        if a.ndim == 2:
            return record(product, a, b)
        rows = record(product, np.reshape(a, (-1, a.shape[-1])), b)
        return np.reshape(rows, (*a.shape[:-1], b.shape[1]))
    return np.matmul(a, b)


def _einsum(*args, **kwargs):
    """By products of matrices, where that is possible."""
    return np.einsum(*args, optimize=True, **kwargs)


class _NumPy:
    """NumPy, except that what makes an array of anything lets a tracer be."""

    array, asarray, ascontiguousarray = map(staticmethod, (_array, _asarray, _asarray))
    full, matmul, einsum = map(staticmethod, (_full, _matmul, _einsum))
    random = _Random()

    def __getattr__(self, name):
        return getattr(np, name)


numpy = _NumPy()


# The edge


def is_tensor(x):
    """What `keras.ops.is_tensor` says; inside, the backend counts arrays among the tensors."""
    return isinstance(x, Tensor)


def with_tensors(namespace):
    """Return the public functions and modules of a namespace so that they take and give tensors.

    Inside, the functions work on arrays as they were written to do, and on tracers. One that a
    tracer cannot pass through, because it needs the numbers, is recorded as a single step.
    """

    def outside(value):
        if isinstance(value, types.ModuleType):
            module = types.ModuleType(value.__name__, value.__doc__)
            module.__dict__.update(vars(value))
            module.__dict__.update(with_tensors(vars(value)))
            return module
        return _boundary(value)

    places = ("keras.src.backend.numpy", "keras_numpy")
    special = {"is_tensor": is_tensor} if "is_tensor" in namespace else {}
    return special | {
        name: outside(value)
        for name, value in namespace.items()
        if not name.startswith("_")
        and name not in ("convert_to_numpy", "is_tensor")
        and isinstance(value, (types.ModuleType, types.FunctionType))
        and getattr(value, "__module__", value.__name__).startswith(places)
    }


def _boundary(function):
    def call(*args, **kwargs):
        first = args[0] if args else None
        if not hasattr(function, "takes_tensors"):
            args, kwargs = unwrap(args), unwrap(kwargs)
        try:
            with np.errstate(all="ignore"):
                result = function(*args, **kwargs)
        except NotRecorded:
            if tape.running is None:
                raise
            result = record(function, *args, **kwargs)
        if type(first) is Tensor and result is first._array:
            return first  # and what Keras noted on it: its mask, its logits
        return wrap(result)

    call.__name__, call.__doc__, call.__wrapped__ = function.__name__, function.__doc__, function
    return call
