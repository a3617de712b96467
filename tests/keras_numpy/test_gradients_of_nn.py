"""The gradients of what keras_numpy computes in its own way, against differences."""

import itertools

import numpy as np
import pytest

from tests.keras_numpy.test_gradients import error_of, signed, some

IMAGES, ROWS = signed(2, 7, 6, 4), signed(2, 9, 3)
ONE_HOT, LABELS = np.eye(5)[[0, 3, 4]], np.array([0, 3, 4])
HOW = [
    {"strides": strides, "padding": padding, "dilation_rate": dilation}
    for strides, padding, dilation in itertools.product((1, 2, (2, 3)), ("valid", "same"), (1, 2))
    if strides == 1 or dilation == 1  # Keras allows one of the two
]
CONVOLUTIONS = {
    f"{name}, {how}": (
        lambda o, *arrays, name=name, how=how: getattr(o, name)(
            *arrays, **{"strides" if k == "strides" else k: v for k, v in how.items()}
        ),
        *arrays,
    )
    for name, arrays in {
        "conv": (IMAGES, signed(3, 2, 4, 5)),
        "depthwise_conv": (IMAGES, signed(3, 2, 4, 2)),
        "separable_conv": (IMAGES, signed(3, 2, 4, 2), signed(1, 1, 8, 3)),
        "conv_transpose": (signed(2, 4, 3, 4), signed(3, 2, 5, 4)),
    }.items()
    for how in HOW
}
POOLS = {
    f"{name}, {strides}, {padding}": (
        lambda o, x, name=name, strides=strides, padding=padding: getattr(o, name)(
            x, (2, 3), strides, padding
        ),
        IMAGES,
    )
    for name in ("max_pool", "average_pool")
    for strides in (None, 1, (3, 2))
    for padding in ("valid", "same")
}
CASES = (
    CONVOLUTIONS
    | POOLS
    | {
        "conv, one dimension": (lambda o, x, k: o.conv(x, k, 2, "same"), ROWS, signed(3, 3, 2)),
        "conv, groups": (lambda o, x, k: o.conv(x, k), IMAGES, signed(3, 2, 2, 6)),
        "conv, channels first": (
            lambda o, x, k: o.conv(x, k, data_format="channels_first"),
            signed(2, 3, 6, 5), signed(2, 2, 3, 4),
        ),
        "conv_transpose, one dimension": (
            lambda o, x, k: o.conv_transpose(x, k, 2, "same"), ROWS, signed(3, 4, 3)
        ),
        "conv_transpose, wider": (
            lambda o, x, k: o.conv_transpose(x, k, 3, "valid", output_padding=2),
            signed(1, 3, 3, 2), signed(2, 2, 3, 2),
        ),
        "max_pool, one dimension": (lambda o, x: o.max_pool(x, 3, 2, "same"), ROWS),
        "average_pool, channels first": (
            lambda o, x: o.average_pool(x, 2, data_format="channels_first"), signed(2, 3, 6, 4)
        ),
        "relu": (lambda o, x: o.relu(x), signed(3, 4)),
        "relu6": (lambda o, x: o.relu6(x * 9), signed(3, 4)),
        "leaky_relu": (lambda o, x: o.leaky_relu(x, 0.3), signed(3, 4)),
        "sigmoid": (lambda o, x: o.sigmoid(x), signed(3, 4)),
        "softmax": (lambda o, x: o.softmax(x), signed(3, 4)),
        "softmax of the first axis": (lambda o, x: o.softmax(x, axis=0), signed(3, 4)),
        "logsumexp": (lambda o, x: o.logsumexp(x, axis=1), signed(3, 4)),
        "logsumexp of all": (lambda o, x: o.logsumexp(x, keepdims=True), signed(3, 4)),
        "batch normalization": (
            lambda o, x, m, s: o.batch_normalization(x, *o.moments(x, [0, 1, 2]), -1, m, s),
            IMAGES, signed(4), signed(4),
        ),
        "matmul": (lambda o, x, y: o.matmul(x, y), signed(2, 3, 4), signed(4, 5)),
        "einsum": (lambda o, x, y: o.einsum("abc,cx->abx", x, y), signed(2, 3, 4), signed(4, 5)),
        "one_hot": (lambda o, x: o.one_hot(o.argmax(x, -1), 4, dtype=x.dtype) * x, signed(3, 4)),
        "scatter": (lambda o, x: o.scatter([[1], [3], [1]], x, (5, 2)), signed(3, 2)),
        "segment_sum": (lambda o, x: o.segment_sum(x, np.array([0, 2, 0]), 3), signed(3, 2)),
        "cond": (
            lambda o, x: o.cond(x[0, 0] > 0, lambda: x * 2, lambda: x * x), some(3, 4)
        ),
        "sparse_categorical_crossentropy": (
            lambda o, x: o.sparse_categorical_crossentropy(LABELS, x, from_logits=True),
            signed(3, 5),
        ),
        "categorical_crossentropy": (
            lambda o, x: o.categorical_crossentropy(ONE_HOT * 2, x, from_logits=True),
            signed(3, 5),
        ),
        "binary_crossentropy": (
            lambda o, x: o.binary_crossentropy(ONE_HOT, x, from_logits=True), signed(3, 5)
        ),
        "sparse_categorical_crossentropy of no probabilities": (
            lambda o, x: o.sparse_categorical_crossentropy(LABELS, x), some(3, 5)
        ),
        "categorical_crossentropy of no probabilities": (
            lambda o, x: o.categorical_crossentropy(ONE_HOT, x), some(3, 5)
        ),
        "binary_crossentropy of probabilities": (
            lambda o, x: o.binary_crossentropy(ONE_HOT, x), some(3, 5)
        ),
    }
)  # fmt: skip


def error(k, name):
    function, *arguments = CASES[name]
    return float(error_of(lambda *arrays: function(k.ops, *arrays), arguments))


@pytest.mark.parametrize("name", CASES)
def test_a_gradient_is_the_slope(patched, name):
    assert patched(error, name) < 1e-6
