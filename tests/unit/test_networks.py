"""Numbers that describe weights, and weights seen through layers."""

import numpy as np
import pytest

from course_utils import networks

RNG = np.random.default_rng(0)
FIRST, SECOND, THIRD = (RNG.normal(size=shape) for shape in ((784, 6), (6, 4), (4, 3)))


def test_a_unit_is_active_where_its_sum_with_the_bias_is_above_zero():
    inputs = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 1.0]])
    weights = np.array([[1.0, -1.0, 1.0], [0.0, -1.0, 1.0]])
    biases = np.array([0.0, 0.0, 0.5])
    share = networks.active_share(inputs, weights, biases)
    assert share.tolist() == [0.5, 0.0, 1.0]
    assert share.shape == (3,)
    assert share.dtype == np.float64


def test_active_share_takes_float32():
    share = networks.active_share(np.ones((4, 2), "f4"), np.ones((2, 3), "f4"), np.zeros(3, "f4"))
    assert share.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("inputs", "weights", "biases", "message"),
    [
        ((5, 28, 28), (784, 4), (4,), r"got \(5, 28, 28\): did you forget to flatten\?"),
        ((784,), (784, 4), (4,), r"expected inputs of shape \(n_samples, n_inputs\), got \(784,\)"),
        ((0, 784), (784, 4), (4,), r"got \(0, 784\)"),
        ((5, 784), (4, 784), (4,), r"got \(4, 784\): is it transposed\?"),
        ((5, 784), (100, 4), (4,), r"one row for each input, got \(100, 4\)\."),
        ((5, 784), (784,), (4,), r"got \(784,\)"),
        ((5, 784), (784, 4), (3,), r"expected 4 biases, one for each unit, got shape \(3,\)"),
    ],
)
def test_active_share_says_which_shape_does_not_fit(inputs, weights, biases, message):
    with pytest.raises(ValueError, match=message):
        networks.active_share(np.zeros(inputs), np.zeros(weights), np.zeros(biases))


def test_independent_noise_has_a_roughness_of_two():
    noise = np.random.default_rng(0).normal(size=(3, 100, 100))
    rough = networks.roughness(noise)
    assert rough.shape == (3,)
    assert rough.dtype == np.float64
    assert rough == pytest.approx([2, 2, 2], abs=0.05)


def test_a_ramp_is_smooth_and_a_chessboard_as_rough_as_can_be():
    ramp = np.add.outer(np.arange(28), np.arange(28))
    board = np.indices((28, 28)).sum(axis=0) % 2
    smooth, rough = networks.roughness([ramp, board])
    assert smooth < 0.01
    assert rough == pytest.approx(4)


def test_roughness_does_not_depend_on_scale_and_offset():
    image = np.random.default_rng(0).normal(size=(1, 28, 28))
    assert networks.roughness(3 * image - 7) == pytest.approx(networks.roughness(image))


def test_only_the_pixels_of_the_mask_count():
    images = np.random.default_rng(0).normal(size=(2, 28, 28))
    mask = np.zeros((28, 28), dtype=bool)
    mask[4:20, 6:25] = True
    inside = networks.roughness(images, mask)
    assert inside == pytest.approx(networks.roughness(images[:, 4:20, 6:25]))
    images[:, ~mask] = 1000
    assert networks.roughness(images, mask) == pytest.approx(inside)


def test_equal_weights_have_no_roughness():
    assert np.isnan(networks.roughness(np.ones((1, 28, 28)))).all()


@pytest.mark.parametrize(
    ("images", "mask", "message"),
    [
        ((40, 784), None, r"got \(40, 784\): are these flat\? Try `.reshape\(-1, 28, 28\)`"),
        ((28, 28), None, r"got \(28, 28\)\."),
        ((2, 28, 28), np.ones(784, dtype=bool), r"mask of shape \(28, 28\) .* got shape \(784,\)"),
        ((2, 28, 28), np.ones((28, 28)), "dtype bool, got shape .* dtype float64"),
        ((2, 28, 28), np.eye(28, dtype=bool), "no two neighbouring pixels"),
    ],
)
def test_roughness_refuses_what_it_cannot_compare(images, mask, message):
    with pytest.raises(ValueError, match=message):
        networks.roughness(np.zeros(images), mask)


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
        ((SECOND, FIRST), "order reversed"),
        ((FIRST, np.zeros(6), SECOND), r"got shape \(6,\) as number 2: are there biases"),
        ((np.zeros((2, 28, 28)),), r"got shape \(2, 28, 28\) as number 1\."),
    ],
)
def test_matrices_that_do_not_fit_are_named(weights, message):
    with pytest.raises(ValueError, match=message):
        networks.seen_through(*weights)
