"""Small helpers: seeds, one-hot labels, a fresh start."""

import numpy as np

from . import tensors
from .missing import getattr_of

__getattr__ = getattr_of(__name__)


def set_random_seed(seed):
    """Seed everything: first weights, the order of the images, dropout.

    The numbers drawn from a seed are other ones than those of Keras with TensorFlow.
    """
    if not isinstance(seed, (int, np.integer)):
        raise ValueError(
            "Expected `seed` argument to be an integer. "
            f"Received: seed={seed} (of type {type(seed)})"
        )
    tensors.seed_everything(int(seed))


def clear_session(free_memory=True):
    """Count the names of layers from the beginning: the next is ``dense`` again."""
    tensors.forget_names()


def to_categorical(x, num_classes=None):
    """Integers as rows of switches, of which one is on.

    Parameters
    ----------
    x : array_like of int
    num_classes : int, optional
        One more than the largest integer if not given.

    Returns
    -------
    ndarray of shape x.shape + (num_classes,), float64
    """
    x = np.asarray(x, dtype=np.int64)
    shape = x.shape[:-1] if x.ndim > 1 and x.shape[-1] == 1 else x.shape
    x = x.ravel()
    num_classes = num_classes or int(x.max()) + 1
    switches = np.zeros((len(x), num_classes))
    switches[np.arange(len(x)), x] = 1
    return switches.reshape(*shape, num_classes)
