"""How a layer draws its first weights."""

import numpy as np

from .missing import getattr_of, unknown
from .tensors import generator

__getattr__ = getattr_of(__name__)


class Initializer:
    """Draws an array of a shape. With a seed it draws the same ones each time."""

    def __init__(self, seed=None):
        self.seed = seed

    def __call__(self, shape, dtype="float32"):
        return np.asarray(self.draw(generator(self.seed), tuple(shape)), dtype=dtype)

    def draw(self, rng, shape):
        raise NotImplementedError


class Zeros(Initializer):
    """Nothing but 0."""

    def __init__(self):
        super().__init__()

    def draw(self, rng, shape):
        return np.zeros(shape)


class GlorotUniform(Initializer):
    """Keras's own choice: evenly spread between ±√(6 / (n_in + n_out)).

    A kernel of a convolution is used at many places; what counts is one window: `n_in` are the
    numbers that one sum reads, `n_out` those that one number is read by.
    """

    def draw(self, rng, shape):
        n_in, n_out = _fans(shape)
        limit = np.sqrt(6 / (n_in + n_out))
        return rng.uniform(-limit, limit, shape)


def _fans(shape):
    window = int(np.prod(shape[:-2]))  # 1 for a dense layer, 9 for kernels of 3×3
    return window * shape[-2], window * shape[-1]


BY_NAME = {"zeros": Zeros, "glorot_uniform": GlorotUniform}
BY_NAME |= {kind.__name__: kind for kind in BY_NAME.values()}


def get(identifier):
    """An initializer by its name, or the object that is given."""
    if isinstance(identifier, type):
        return identifier()
    if callable(identifier):
        return identifier
    if identifier in BY_NAME:
        return BY_NAME[identifier]()
    raise unknown("initializer", identifier, BY_NAME)
