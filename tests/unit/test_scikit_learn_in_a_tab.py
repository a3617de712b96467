"""scikit-learn's products of matrices in a browser tab are those of NumPy, by SciPy's BLAS."""

import zipfile

import numpy as np
import pytest
from scipy import linalg, sparse

from tools.lite import LITE, scikit_learn_wheel

MODULE = "sklearn/utils/extmath.py"


@pytest.fixture(scope="module")
def product():
    names = {"np": np, "linalg": linalg}
    exec((LITE / "scikit_learn" / "product.py").read_text(), names)
    return names["_product"]


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
@pytest.mark.parametrize("order_a", "CF")
@pytest.mark.parametrize("order_b", "CF")
def test_a_product_is_that_of_numpy_whatever_the_order(product, dtype, order_a, order_b):
    rng = np.random.default_rng(0)
    a = rng.normal(0, 9, (5, 3)).astype(dtype, order=order_a)
    b = rng.normal(0, 9, (3, 4)).astype(dtype, order=order_b)
    assert product(a, b).dtype == dtype
    np.testing.assert_allclose(product(a, b), a @ b, rtol=1e-4)
    np.testing.assert_allclose(product(a[::2], b[:, 1:]), a[::2] @ b[:, 1:], rtol=1e-4)


def test_what_is_no_pair_of_matrices_is_left_to_numpy(product):
    matrix = np.arange(6.0).reshape(2, 3)
    assert product(matrix, np.ones(3)).tolist() == [3, 12]
    assert product(matrix[:0], matrix.T).shape == (0, 2)
    assert product(matrix, matrix.T.astype("float32")).tolist() == [[5, 14], [14, 50]]
    assert product(sparse.csr_matrix(matrix), matrix.T).tolist() == [[5, 14], [14, 50]]
    with pytest.raises(ValueError, match="mismatch"):
        product(matrix, matrix)


def test_a_wheel_gets_the_product_and_a_name_of_its_own_or_the_build_stops(tmp_path):
    name = "scikit_learn-1.6.1-cp312-cp312-any.whl"
    for code in ("    else:\n        ret = a @ b\n", "    ret = dot(a, b)\n"):
        with zipfile.ZipFile(tmp_path / name, "w") as wheel:
            wheel.writestr(MODULE, code)
        if "@" not in code:
            with pytest.raises(ValueError, match=r"expected one `ret = a @ b`"):
                scikit_learn_wheel(tmp_path / name, tmp_path / "other")
        else:
            faster = scikit_learn_wheel(tmp_path / name, tmp_path / "new")
            assert faster.name.startswith("scikit_learn-1.6.1-0_")
            with zipfile.ZipFile(faster) as wheel:
                code = wheel.read(MODULE).decode()
            assert "ret = _product(a, b)\n" in code
            assert "def _product(a, b):\n" in code
