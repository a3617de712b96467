"""Penalties for large weights, which are added to the loss."""

import numpy as np

from .missing import getattr_of, unknown

__getattr__ = getattr_of(__name__)


class L2:
    """The sum of the squares, times a factor."""

    def __init__(self, l2=0.01):
        self.l2 = l2 = 0.01 if l2 is None else l2
        if not isinstance(l2, (int, float, np.number)) or l2 < 0 or not np.isfinite(l2):
            raise ValueError(
                "Invalid value for regularization factor. Expected a non-negative, finite float. "
                f"Received: {l2}"
            )

    def __call__(self, x):
        return np.float32(self.l2) * np.square(x, dtype=np.float32).sum()

    def gradient(self, x):
        return np.float32(2 * self.l2) * x


l2 = L2
BY_NAME = {"l2": L2, "L2": L2}


def get(identifier):
    """A regularizer by its name, or the object that is given, or None."""
    if identifier is None or (callable(identifier) and not isinstance(identifier, type)):
        return identifier
    if isinstance(identifier, type):
        return identifier()
    if identifier in BY_NAME:
        return BY_NAME[identifier]()
    raise unknown("regularizer", identifier, BY_NAME)
