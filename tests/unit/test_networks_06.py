"""Weights seen through layers."""

import numpy as np
import pytest

from course_utils import networks

RNG = np.random.default_rng(0)
FIRST, SECOND, THIRD = (RNG.normal(size=shape) for shape in ((784, 6), (6, 4), (4, 3)))


def test_one_matrix_is_transposed():
    assert np.array_equal(networks.seen_through(FIRST), FIRST.T)


def test_each_row_is_the_gradient_of_a_linear_network():
    rows = networks.seen_through(FIRST, SECOND, THIRD)
    assert rows.shape == (3, 784)
    image = RNG.random(784)
    assert rows @ image == pytest.approx(image @ FIRST @ SECOND @ THIRD)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ((), "at least one weight matrix, got none"),
        ((FIRST, THIRD), r"matrices 1 and 2 do not fit together: \(784, 6\) has 6 columns"),
        ((FIRST, SECOND, THIRD.T), r"matrices 2 and 3 do not fit .* \(3, 4\) has 3 rows: is one"),
        ((SECOND, FIRST), "order turned round"),
        ((FIRST, np.zeros(6), SECOND), r"got shape \(6,\) as number 2: are there biases"),
        ((np.zeros((2, 28, 28)),), r"got shape \(2, 28, 28\) as number 1\."),
    ],
)
def test_matrices_that_do_not_fit_are_named(weights, message):
    with pytest.raises(ValueError, match=message):
        networks.seen_through(*weights)
