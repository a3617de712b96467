"""Operations on tensors: the three that the course uses."""

import numpy as np
from scipy.linalg.blas import sgemm

from .missing import getattr_of
from .tensors import KerasTensor, Variable, tensor

__getattr__ = getattr_of(__name__)


def convert_to_tensor(x, dtype=None, sparse=None, ragged=None):
    """A tensor of the same numbers. Python's own numbers become float32 and int32.

    Parameters
    ----------
    x : array_like
    dtype : str, optional

    Returns
    -------
    Tensor
        It looks at the memory of an array that is given, and copies nothing.
    """
    if isinstance(x, KerasTensor):
        return x
    if dtype is None and not isinstance(x, (np.ndarray, np.generic, Variable)):
        kind = np.asarray(x).dtype
        dtype = {"f": "float32", "i": "int32"}.get(kind.kind, kind)
    return tensor(np.asarray(x, dtype=dtype))


def convert_to_numpy(x):
    """The numbers of a tensor as a plain array."""
    return np.array(x)


def matmul(a, b):
    """The product of two matrices of float32, a (n, k) and b (k, m).

    The work is done by BLAS, which reads a table column by column while NumPy writes it row by
    row: what NumPy calls ``a``, BLAS takes for ``a.T``. So it is asked for ``b.T @ a.T``, which
    is ``(a @ b).T``, and nothing has to be copied. In the browser this is three times as fast
    as ``@``.

    Parameters
    ----------
    a, b : ndarray of float32
        Each in NumPy's order of memory, or the transpose (``.T``) of such an array.

    Returns
    -------
    ndarray of shape (n, m)
    """
    left, turn_left = (b.T, 0) if b.flags.c_contiguous else (b, 1)
    right, turn_right = (a.T, 0) if a.flags.c_contiguous else (a, 1)
    return sgemm(1, left, right, trans_a=turn_left, trans_b=turn_right).T
