"""Tensors: what a learner sees of an array, and what a function sees of an array on a tape.

A `Tensor` is an array that cannot be changed. Outside of a tape an operation on it is NumPy's, at
once. While a tape runs, its arrays are `Tracer` objects: NumPy hands every operation on them to
`record`, which notes the step on the tape.

>>> tensor = Tensor(np.array([1.0, 2.0]))
>>> tensor + 1
<Tensor: shape=(2,), dtype=float64, numpy=array([2., 3.])>
>>> np.exp(tensor)
array([2.71828183, 7.3890561 ])
"""

import functools

import numpy as np

from keras_numpy import tape
from keras_numpy.tape import Node, Step, Undecided, flat, mapped


class NotRecorded(TypeError, AttributeError):
    """The numbers of a tracer were asked for where they may not leave the tape."""


class Storage:
    """A place for an array, such as a variable: while a tape runs, its content is on the tape."""

    array = None

    @property
    def _value(self):
        if not tape.running or self.array is None:
            return wrap(self.array)
        now = tape.running.read(self)
        return Tracer(tape.running, now) if type(now) is Node else wrap(now)

    @_value.setter
    def _value(self, value):
        value = unwrap(value)
        if value is None:
            self.array = None
        elif tape.running and self.array is not None:
            tape.running.write(self, nodes_of(value))
        else:
            self.array = np.array(value._choose() if type(value) is Tracer else value)

    def __array__(self, dtype=None, copy=None):
        return self.value.__array__(dtype)


def _operator(ufunc):
    """Return the methods for `tensor + other` and `other + tensor`."""
    return (
        lambda self, other: wrap(record(ufunc, self, self._like(other))),
        lambda self, other: wrap(record(ufunc, self._like(other), self)),
    )


class Tensor:
    """An array that cannot be changed; NumPy's functions take it and return plain arrays."""

    __array_priority__ = 100  # an array on the left of an operator leaves the work to the tensor
    __add__, __radd__ = _operator(np.add)
    __sub__, __rsub__ = _operator(np.subtract)
    __mul__, __rmul__ = _operator(np.multiply)
    __truediv__, __rtruediv__ = _operator(np.divide)
    __floordiv__, __rfloordiv__ = _operator(np.floor_divide)
    __mod__, __rmod__ = _operator(np.remainder)
    __pow__, __rpow__ = _operator(np.power)
    __matmul__, __rmatmul__ = _operator(np.matmul)
    __and__, __rand__ = _operator(np.bitwise_and)
    __or__, __ror__ = _operator(np.bitwise_or)
    __xor__, __rxor__ = _operator(np.bitwise_xor)
    __eq__, __ne__ = _operator(np.equal)[0], _operator(np.not_equal)[0]
    __lt__, __le__ = _operator(np.less)[0], _operator(np.less_equal)[0]
    __gt__, __ge__ = _operator(np.greater)[0], _operator(np.greater_equal)[0]

    def __init__(self, array):
        self._array = array

    shape = property(lambda self: self._array.shape)
    ndim = property(lambda self: self._array.ndim)
    size = property(lambda self: self._array.size)
    dtype = property(lambda self: self._array.dtype)

    def __neg__(self):
        return wrap(record(np.negative, self))

    def __abs__(self):
        return wrap(record(np.absolute, self))

    def __invert__(self):
        return wrap(record(np.invert, self))

    def _like(self, other):
        """Return floats in an array or list as floats of the type of this tensor."""
        if isinstance(other, (np.ndarray, list)):
            other = np.asarray(other)
            if other.dtype.kind == self.dtype.kind == "f":
                return other.astype(self.dtype)
        return other

    def __getitem__(self, index):
        return wrap(record(get_item, self, index))

    def __len__(self):
        return len(self._array)

    def __iter__(self):
        if self.ndim == 0:
            raise TypeError("A tensor of shape () cannot be iterated over: it is a single number.")
        return (self[i] for i in range(len(self)))

    def _read(self):
        return self._array

    def numpy(self):
        """Return a copy, as an array or a NumPy scalar."""
        return np.array(self._read())[()]

    def __array__(self, dtype=None, copy=None):
        return np.array(self._read(), dtype=dtype)

    def __float__(self):
        return float(self._read())

    def __int__(self):
        return int(self._array)

    def __bool__(self):
        return bool(self._array)

    def __index__(self):
        return self._array.__index__()

    def __format__(self, spec):
        return format(self._array[()], spec) if self.ndim == 0 else format(str(self), spec)

    def __str__(self):
        return str(self._array)

    def __repr__(self):
        value = repr(self._array[()])
        return f"<Tensor: shape={self.shape}, dtype={self.dtype}, numpy={value}>"


class Tracer(Tensor):
    """A tensor on a tape. To NumPy's functions it is an array, and what they do is recorded."""

    def __init__(self, on, node):
        self.tape, self.node = on, node

    @property
    def _array(self):
        return self.node.value

    T = property(lambda self: record(np.transpose, self))

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **kwargs):
        if out is not None:
            raise NotRecorded("A tensor cannot be changed, so it cannot be given as `out`.")
        if method == "reduce":
            ufunc = {np.add: np.sum, np.maximum: np.max, np.minimum: np.min}.get(
                ufunc, ufunc.reduce
            )
            kwargs.setdefault("axis", 0)
        elif method != "__call__":
            ufunc = getattr(ufunc, method)
        return record(ufunc, *inputs, **kwargs)

    def __array_function__(self, func, types, args, kwargs):
        return WRITTEN_OUT.get(func, functools.partial(record, func))(*args, **kwargs)

    def __getattr__(self, name):
        """Return a method of arrays: the function of NumPy that has its name."""
        if name.startswith("_") or not (hasattr(np.ndarray, name) and hasattr(np, name)):
            raise NotRecorded(f"'Tensor' object has no attribute '{name}'")
        return lambda *args, **kwargs: record(getattr(np, name), self, *args, **kwargs)

    def astype(self, dtype, copy=True):
        return self if self.dtype == dtype else record(cast, self, np.dtype(dtype))

    def reshape(self, *shape):
        return record(np.reshape, self, shape[0] if len(shape) == 1 else shape)

    def transpose(self, *axes):
        return record(np.transpose, self, axes[0] if len(axes) == 1 else axes or None)

    def copy(self):
        return Tracer(self.tape, self.node)

    def flatten(self):
        return self.reshape(-1)

    def __getitem__(self, index):
        if any(is_array(part) and part.dtype == np.bool_ for part in flat((index,))):
            self._choose()  # how many numbers there are depends on them
        return record(get_item, self, index)

    def __setitem__(self, index, value):
        # From here on this name means the changed array. What was recorded before has the old one.
        self.node = record(set_item, self, index, value).node

    def _read(self):
        if self.tape is tape.running and not self.tape.readable:
            raise NotRecorded(
                "A tensor cannot be made an array while Keras records a step in order to "
                "differentiate it: the gradient would be lost. Use the functions of keras.ops "
                "instead of NumPy's, or compile the model with run_eagerly=True."
            )
        return self._array

    def _choose(self):
        """The numbers, for a decision: what follows holds for this call only."""
        if self.tape.hollow:
            raise Undecided
        return self._array

    def __format__(self, spec):
        return format(Tensor(self._choose()), spec)

    def __repr__(self):
        return f"<Tensor: shape={self.shape}, dtype={self.dtype}>"

    __str__ = __repr__

    def __float__(self):
        return float(self._choose())

    def __int__(self):
        return int(self._choose())

    def __bool__(self):
        return bool(self._choose())

    def __index__(self):
        return self._choose().__index__()


def wrap(value):
    """Return arrays as tensors, also in lists, tuples and dictionaries."""
    if isinstance(value, (np.ndarray, np.generic)):
        return Tensor(np.asarray(value))
    return mapped(wrap, value)


def unwrap(value):
    """Return tensors as arrays, unless they are on the running tape."""
    if isinstance(value, Storage):
        value = value.value
    if isinstance(value, Tensor):
        return value if type(value) is Tracer and value.tape is tape.running else value._array
    return mapped(unwrap, value)


# Recording


def record(function, *args, **kwargs):
    """Compute a function of arrays, and note the step if an argument is on the running tape."""
    step = Step(function, nodes_of(unwrap(args)), nodes_of(unwrap(kwargs)))
    if not step.nodes or function in PLAIN:
        return step.compute()
    if function in DATA_SHAPED and tape.running.hollow:
        raise Undecided
    return _tracers(tape.running.record(step))


def nodes_of(arg):
    """Return arguments with nodes in place of tracers."""
    return arg.node if type(arg) is Tracer else mapped(nodes_of, arg)


def _tracers(node):
    # Each caller gets a tracer of its own: it may be changed in place.
    if isinstance(node.value, (list, tuple)):
        return [record(part, Tracer(tape.running, node), i) for i in range(len(node.value))]
    return Tracer(tape.running, node)


def traced(on, value):
    """Return arrays as tracers on a tape, also in lists, tuples and dictionaries."""
    if is_array(value):
        return Tracer(on, on.input(np.asarray(value)))
    return mapped(lambda item: traced(on, item), value)


def is_array(value):
    return hasattr(value, "dtype") and hasattr(value, "shape")


# What has no name in NumPy


def part(values, i):
    """One of several results."""
    return values[i]


def cast(x, dtype):
    return x.astype(dtype)


def get_item(x, index):
    return x[index]


def set_item(x, index, value):
    x = x.copy()
    x[index] = value
    return x


def drawn(seed, distribution, args, kwargs):
    """Random numbers of one of the distributions of NumPy's generators."""
    return getattr(np.random.default_rng(seed), distribution)(*args, **kwargs)


def _diff(x, n=1, axis=-1):
    for _ in range(n):
        x = np.moveaxis(x, axis, 0)
        x = np.moveaxis(x[1:] - x[:-1], 0, axis)
    return x


def _rot90(x, k=1, axes=(0, 1)):
    for _ in range(k % 4):
        x = np.flip(np.swapaxes(x, *axes), axes[0])
    return x


# Functions that are recorded as what they consist of, which has rules for its gradient.
WRITTEN_OUT = {
    np.diff: _diff,
    np.rot90: _rot90,
    np.hstack: lambda arrays: np.concatenate(arrays, axis=min(np.ndim(arrays[0]) - 1, 1)),
    np.vstack: lambda arrays: np.concatenate([np.atleast_2d(array) for array in arrays]),
    np.outer: lambda a, b: np.reshape(a, (-1, 1)) * np.reshape(b, (1, -1)),
    np.trace: lambda x, offset=0, axis1=0, axis2=1, dtype=None: np.sum(
        np.diagonal(x, offset, axis1, axis2), axis=-1, dtype=dtype
    ),
}
# The shape of what these return depends on the numbers.
DATA_SHAPED = {np.nonzero, np.argwhere, np.flatnonzero, np.unique, np.extract, np.compress}
# These tell of an array what is the same each time; they are not recorded.
PLAIN = {np.shape, np.ndim, np.size, np.result_type, np.iscomplexobj, np.isrealobj, np.can_cast}
