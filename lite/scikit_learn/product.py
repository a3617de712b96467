# ruff: noqa: F821
def _product(a, b):
    """The product of two matrices by SciPy's BLAS: NumPy has none in a browser tab."""
    if type(a) is type(b) is np.ndarray and a.dtype == b.dtype and a.ndim == b.ndim == 2:
        by_type = {"float32": linalg.blas.sgemm, "float64": linalg.blas.dgemm}
        multiply = by_type.get(a.dtype.name)
        if multiply and a.size and b.size and a.shape[1] == len(b):
            # BLAS stores columns: to it, a matrix in NumPy's order is its own transpose.
            left, turn_left = (b.T, 0) if b.flags.c_contiguous else (b, 1)
            right, turn_right = (a.T, 0) if a.flags.c_contiguous else (a, 1)
            return multiply(1, left, right, trans_a=turn_left, trans_b=turn_right).T
    return a @ b
