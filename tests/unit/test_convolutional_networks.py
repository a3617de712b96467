"""One value at a time gives what the whole layer gives, and weights find their layers."""

import numpy as np
import pytest

from course_utils.convolutional_networks import (
    convolution_products,
    logit_products,
    match_weights,
    pooling_window,
    softmax,
)
from course_utils.datasets import load_cnn_weights, load_mnist
from tests.drawn_digits import cnn_layers, cnn_probabilities

NAMES = ["conv_1", "pool_1", "conv_2", "pool_2"]
SHAPES = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64)]
WEIGHTS = load_cnn_weights()


@pytest.fixture(scope="module")
def seven():
    return load_mnist().test_images[0]


@pytest.fixture(scope="module")
def maps(seven):
    """The image as one map, and those of the four layers."""
    layers = cnn_layers(WEIGHTS)(seven[np.newaxis])
    return [seven[..., np.newaxis] / 255, *(layer[0] for layer in layers)]


@pytest.mark.parametrize(("before", "number"), [(0, 0), (2, 2)])
def test_the_products_of_every_place_add_up_to_the_map(maps, before, number):
    kernels, biases = WEIGHTS[number], WEIGHTS[number + 1]
    own = maps[before + 1]
    for index in (0, 17, 31):
        for row, column in np.ndindex(own.shape[:2]):
            products = convolution_products(maps[before], kernels[..., index], row, column)
            value = max(0, products.sum() + biases[index])
            assert value == pytest.approx(own[row, column, index], abs=1e-5)


@pytest.mark.parametrize("before", [1, 3])
def test_the_largest_of_each_window_is_the_pooled_map(maps, before):
    pooled = maps[before + 1]
    for row, column, index in np.ndindex(pooled.shape):
        window = pooling_window(maps[before][..., index], row, column)
        assert window.shape == (2, 2)
        assert window.max() == pooled[row, column, index]


def test_logits_and_softmax_are_those_of_the_network(maps, seven):
    kernel, bias = WEIGHTS[4:]
    logits = np.array(
        [logit_products(maps[-1], kernel[:, i]).sum() + bias[i] for i in range(10)], dtype=float
    )
    powers, probabilities = softmax(logits)
    assert powers.max() == 1
    expected = cnn_probabilities(WEIGHTS)(seven[np.newaxis])[0]
    assert np.allclose(probabilities, expected, atol=1e-6)


def test_softmax_of_large_logits_does_not_overflow():
    _, probabilities = softmax(np.array([1000.0, 1001.0]))
    assert probabilities == pytest.approx([0.2689, 0.7311], abs=1e-4)


def test_convolutions_and_the_output_take_their_weights_and_pools_none():
    layers = match_weights(WEIGHTS, (28, 28), SHAPES, NAMES)
    kinds = [layer.kind for layer in layers]
    assert kinds == ["convolution", "pooling", "convolution", "pooling", "output"]
    for layer, number in ((0, 0), (2, 2), (4, 4)):
        assert layers[layer].weights is WEIGHTS[number]
        assert layers[layer].biases is WEIGHTS[number + 1]


def test_a_convolution_that_halves_its_maps_is_no_pool():
    weights = [np.zeros((3, 3, 1, 4)), np.zeros(4), np.zeros((3, 3, 4, 4)), np.zeros(4)]
    layers = match_weights(weights, (5, 5), [(3, 3, 4), (1, 1, 4)], NAMES[:2])
    assert [layer.kind for layer in layers] == ["convolution", "convolution"]
    (_, pool) = match_weights(weights[:2], (5, 5), [(3, 3, 4), (1, 1, 4)], NAMES[:2])
    assert pool.kind == "pooling"


@pytest.mark.parametrize("n", [1, 2])
def test_the_first_layers_alone_have_no_output(n):
    layers = match_weights(WEIGHTS, (28, 28), SHAPES[:n], NAMES[:n])
    assert len(layers) == n


@pytest.mark.parametrize(
    ("weights", "shapes", "message"),
    [
        (WEIGHTS[2:], SHAPES, r"\(3, 3, 1, 32\) and \(32,\) for 'conv_1'.*got \[\(3, 3, 32, 64\)"),
        (WEIGHTS[:2], SHAPES, "for 'conv_2'.*got no more: are they of another network"),
        (WEIGHTS[::2], SHAPES, "for 'conv_1'"),
        (WEIGHTS[:5], SHAPES, r"\(1600, n_outputs\) and \(n_outputs,\) for the output"),
        ([*WEIGHTS[:4], WEIGHTS[4][:576], WEIGHTS[5]], SHAPES, r"got \[\(576, 10\), \(10,\)\]"),
        (WEIGHTS, [SHAPES[0], SHAPES[2]], "is a layer missing among the names"),
        (WEIGHTS, [(28, 28, 32), *SHAPES[1:]], "for 'conv_1'.*made with padding='same' or strides"),
        (WEIGHTS, [(13, 13, 32), *SHAPES[1:]], "for 'conv_1'.*made with padding='same' or strides"),
        ([np.zeros((3, 5, 1, 2)), np.zeros(2)], [(26, 24, 2)], "as high as wide for 'conv_1'"),
    ],
)
def test_weights_that_do_not_fit_are_refused(weights, shapes, message):
    names = NAMES[::2] if len(shapes) == 2 else NAMES[: len(shapes)]
    with pytest.raises(ValueError, match=message):
        match_weights(weights, (28, 28), shapes, names)
