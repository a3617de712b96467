"""Products of float32 matrices and sums of their rows by BLAS, whatever their order in memory.

A convolution turns its tables on their side, so half of its matrices are stored by columns. BLAS's
`sgemm` reads both orders, and is asked for directly:

>>> a, b = np.ones((2, 3), FLOAT), np.ones((4, 3), FLOAT)
>>> product(a, b.T).shape
(2, 4)
"""

import numpy as np
from scipy.linalg.blas import sgemm

FLOAT = np.dtype("float32")


def product(a, b):
    """The product of two matrices."""
    if not (a.dtype == b.dtype == FLOAT and a.size and b.size):
        return a @ b
    # BLAS stores columns: to it, a matrix in our order is its own transpose, and b.T @ a.T is
    # (a @ b).T.
    left, turn_left = (b.T, 0) if b.flags.c_contiguous else (b, 1)
    right, turn_right = (a.T, 0) if a.flags.c_contiguous else (a, 1)
    return sgemm(1, left, right, trans_a=turn_left, trans_b=turn_right).T


def sum_rows(x):
    """The sum along all axes but the last."""
    order = sorted(range(x.ndim - 1), key=lambda axis: -x.strides[axis])
    rows = x.transpose(*order, x.ndim - 1).reshape(-1, x.shape[-1])
    return product(np.ones((1, len(rows)), rows.dtype), rows)[0]
