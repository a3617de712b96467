"""The three kinds of arrays in Keras, names, and random numbers.

A `Tensor` holds numbers, a `Variable` holds numbers that training changes, and a `KerasTensor`
holds none: it is the promise that a layer will give an array of this shape.
"""

import random
import re
from collections import Counter

import numpy as np


class Tensor(np.ndarray):
    """A NumPy array that looks like a tensor: it has ``numpy()`` and cannot be changed in place."""

    def numpy(self):
        """The same numbers as a plain array."""
        return np.array(self)

    def __setitem__(self, place, value):
        raise TypeError("'Tensor' object does not support item assignment")

    def __repr__(self):
        array = np.asarray(self)
        return f"<Tensor: shape={self.shape}, dtype={self.dtype}, numpy={array!r}>"


def tensor(array):
    """A `Tensor` that looks at the memory of an array."""
    return np.asarray(array).view(Tensor)


class Variable(np.lib.mixins.NDArrayOperatorsMixin):
    """An array under a name that an optimizer may change.

    Parameters
    ----------
    array : array_like
        The first values.
    name : str
    owner : str
        Name of the layer or optimizer it belongs to.
    trainable : bool, optional
    regularizer : callable, optional
        Gives the penalty of the values, see `regularizers`.
    dtype : str, optional
    """

    def __init__(self, array, name, owner, *, trainable=True, regularizer=None, dtype="float32"):
        self.array = np.array(array, dtype=dtype, order="C")
        self.name, self.path = name, f"{owner}/{name}"
        self.trainable, self.regularizer = trainable, regularizer

    @property
    def shape(self):
        return self.array.shape

    @property
    def ndim(self):
        return self.array.ndim

    @property
    def dtype(self):
        return self.array.dtype.name

    @property
    def value(self):
        return tensor(self.array)

    def numpy(self):
        return self.array.copy()

    def assign(self, value):
        """Put other values in, of the same shape."""
        value = np.asarray(value)
        if value.shape != self.shape:
            raise ValueError(
                "The shape of the target variable and the shape of the target value in "
                f"`variable.assign(value)` must match. variable.shape={self.shape}, "
                f"Received: value.shape={value.shape}. Target variable: {self}"
            )
        self.array[...] = value
        return self

    def __array__(self, dtype=None, copy=None):
        return np.array(self.array, dtype=dtype)

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        arrays = [i.array if isinstance(i, Variable) else i for i in inputs]
        return getattr(ufunc, method)(*arrays, **options)

    def __getitem__(self, place):
        return self.value[place]

    def __float__(self):
        return float(self.array)

    def __int__(self):
        return int(self.array)

    def __repr__(self):
        return (
            f"<Variable path={self.path}, shape={self.shape}, dtype={self.dtype}, "
            f"value={self.array}>"
        )


class KerasTensor:
    """What a layer will give: a shape and a type, and the node of the graph it comes from.

    Parameters
    ----------
    shape : tuple
        With None for the number of images, which stays open.
    name : str, optional
    node : Node, optional
        None for what stands outside any model.
    """

    dtype = "float32"

    def __init__(self, shape, name=None, node=None):
        self.shape, self.node = tuple(shape), node
        self.name = name or unique_name("KerasTensor")

    @property
    def ndim(self):
        return len(self.shape)

    def __iter__(self):
        raise NotImplementedError("Iterating over a symbolic KerasTensor is not supported.")

    def __bool__(self):
        raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")

    def __array__(self, dtype=None, copy=None):
        raise ValueError(
            "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't "
            "have any actual numerical value. You cannot convert it to a NumPy array."
        )

    def __repr__(self):
        return (
            f"<KerasTensor shape={self.shape}, dtype={self.dtype}, sparse=False, ragged=False, "
            f"name={self.name}>"
        )


class Node:
    """One use of a layer: the tensor that goes in and the one that comes out."""

    def __init__(self, layer, source, shape, name=None):
        self.layer, self.source = layer, source
        self.number = len(layer.nodes)
        self.output = KerasTensor(shape, name, node=self)
        layer.nodes.append(self)


_names = Counter()  # how often each name was given
_generator = np.random.Generator(np.random.SFC64())  # SFC64: the quickest where 64 bits are slow


def unique_name(kind):
    """``dense`` for the first `Dense`, then ``dense_1``, and so on."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", kind)
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
    _names[name] += 1
    return name if _names[name] == 1 else f"{name}_{_names[name] - 1}"


def forget_names():
    """Begin again with ``dense``."""
    _names.clear()


def seed_everything(seed):
    """Seed this edition, NumPy and Python's random."""
    global _generator
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002  # as Keras does
    _generator = np.random.Generator(np.random.SFC64(seed))


def generator(seed=None):
    """A generator of random numbers: from a seed, or seeded by what `set_random_seed` began."""
    if seed is None:
        seed = int(_generator.integers(2**63))
    return np.random.Generator(np.random.SFC64(seed))
