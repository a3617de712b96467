"""What `keras.ops` offers to layers of one's own gives the numbers and gradients of TensorFlow."""

import re

import numpy as np
import pytest

from tests.keras_numpy.experiments import at_work, close_at_work

RNG = np.random.default_rng(0)
X = RNG.standard_normal((6, 20)).astype(np.float32)
POSITIVE = RNG.uniform(0.1, 2, (6, 20)).astype(np.float32)
IMAGES = RNG.standard_normal((4, 6, 7, 3)).astype(np.float32)
SQUARES = (RNG.standard_normal((3, 4, 4)) + 4 * np.eye(4)).astype(np.float32)
STEPS = RNG.integers(-1, 2, (6, 20)).astype(np.float32)  # with zeros, and many equal numbers
W = RNG.standard_normal((20, 4)).astype(np.float32)
PLACES = np.array([3, 0, 3, 19])
KERNEL = RNG.standard_normal((3, 3, 3, 2)).astype(np.float32)

OPS = {
    "operators": (lambda o, x: 2 - x * x / (3 + x**2) + (-x) % 3 + abs(x) // 0.5, X),
    "@": (lambda o, x: x @ W + (W.T @ o.transpose(x))[0, 0], X),
    "arrays on the left": (lambda o, x: (W.T[:1] - x) * X + X / (2 + o.abs(x)), X),
    "comparison": (lambda o, x: o.cast(x > 0.1, "float32") * x + o.where(x <= X, x, 3 * x), X),
    "index": (lambda o, x: x[1:5, ::2] + x[0, 3] + x[..., -10:][1:5], X),
    "new axis": (lambda o, x: x[:, None, :5] * x[:, :5, None], X),
    "add, subtract": (lambda o, x: o.subtract(o.add(x, 3), o.multiply(x, x[0])), X),
    "abs, sign, floor": (lambda o, x: o.abs(x) * o.sign(x) + o.floor(x) * x + o.round(x), X),
    "exp, log": (lambda o, x: o.exp(-x) + o.log(x) + o.log1p(x) + o.expm1(x), POSITIVE),
    "roots": (lambda o, x: o.sqrt(x) + o.rsqrt(x) + o.power(x, 1.5) + o.square(x), POSITIVE),
    "sin, cos": (lambda o, x: o.sin(x) + o.cos(x) * o.tanh(x) + o.arctan2(x, 1 + x * x), X),
    "erf": (lambda o, x: o.erf(x), X),
    "limits": (
        lambda o, x: o.maximum(x, 0.1) + o.minimum(x, X[0]) + o.clip(x, -0.5, 0.5), X
    ),
    "limits, at the limit": (
        lambda o, x: o.maximum(x, 0) + o.minimum(x, 1) + o.clip(x, 0, 1) + o.relu(x), STEPS
    ),
    "abs, sign of 0": (lambda o, x: o.abs(x) + x * o.sign(x), STEPS),
    "softplus, elu, ... of 0": (
        lambda o, x: o.softplus(x) + o.elu(x) + o.leaky_relu(x) + o.selu(x), STEPS
    ),
    "max, min of equal numbers": (lambda o, x: o.max(x, axis=1) + o.min(x, axis=1), STEPS),
    "top_k of equal numbers": (lambda o, x: x + o.cast(o.top_k(x, 20)[1], "float32"), STEPS),
    "pooling of equal numbers": (
        lambda o, x: o.max_pool(o.reshape(x, (1, 6, 20, 1)), 2), STEPS
    ),
    "where": (lambda o, x: o.where(o.isfinite(o.log(x)), x, 0.0), X),
    "sum": (lambda o, x: x - o.sum(x, axis=1, keepdims=True), X),
    "mean": (lambda o, x: x * o.mean(x, axis=0) + o.mean(x), X),
    "prod": (lambda o, x: x * o.prod(x[:, :3]), X),
    "max, min": (lambda o, x: x * o.max(x, axis=1, keepdims=True) + o.min(x) + o.amax(x, 0), X),
    "std, var": (lambda o, x: x / o.std(x, axis=0) + o.var(x, axis=1, keepdims=True), X),
    "norm": (lambda o, x: x / o.norm(x, axis=1, keepdims=True) + o.normalize(x), X),
    "logsumexp": (lambda o, x: x - o.logsumexp(x, axis=1, keepdims=True), X),
    "cumsum": (lambda o, x: o.cumsum(x, axis=1), X),
    "cumprod": (lambda o, x: o.cumprod(x, axis=0), X),
    "diff": (lambda o, x: o.diff(x), X),
    "matmul, dot": (lambda o, x: o.matmul(x, W) + o.dot(x, W) + o.tensordot(x, W, 1), X),
    "einsum": (lambda o, x: o.einsum("ij,jk->ki", x, W), X),
    "outer": (lambda o, x: o.outer(x[0], x[1]), X),
    "reshape": (lambda o, x: o.transpose(o.reshape(x, (3, -1))) + o.ravel(x)[:3], X),
    "axes": (lambda o, x: o.squeeze(o.expand_dims(o.swapaxes(x, 1, 2), 0), 0), IMAGES),
    "moveaxis": (lambda o, x: o.moveaxis(x, -1, 1), IMAGES),
    "concatenate": (lambda o, x: o.concatenate([x, o.hstack([x, 2 * x])], axis=1), X),
    "vstack": (lambda o, x: o.vstack([x, 2 * x]), X),
    "stack": (lambda o, x: o.stack([x, x * x], axis=1), X),
    "split": (lambda o, x: o.multiply(*o.split(x, 2, axis=1)), X),
    "unstack": (lambda o, x: o.multiply(*o.unstack(x, axis=1)[:2]), X),
    "tile, repeat": (lambda o, x: o.tile(x, (1, 2)) + o.repeat(x, 2, axis=1), X),
    "roll, flip": (lambda o, x: o.roll(x, 3, axis=1) * o.flip(x, 1), X),
    "pad": (lambda o, x: o.pad(x, ((0, 0), (1, 2)), constant_values=2.0), X),
    "pad, reflect": (lambda o, x: o.pad(x, ((0, 0), (1, 2)), "reflect"), X),
    "rot90": (lambda o, x: o.rot90(x, axes=(1, 2)), IMAGES),
    "take": (lambda o, x: o.take(x, PLACES, axis=1), X),
    "take_along_axis": (lambda o, x: o.take_along_axis(x, np.tile(PLACES, (6, 1)), 1), X),
    "sort": (lambda o, x: o.sort(x, axis=1) + o.cast(o.argsort(x), "float32") * x, X),
    "top_k": (lambda o, x: x * o.sum(o.top_k(x, 3)[0], axis=1, keepdims=True), X),
    "argmax, one_hot": (lambda o, x: o.one_hot(o.argmax(x, axis=1), 20) * x, X),
    "tril, triu": (lambda o, x: o.tril(x) + 2 * o.triu(x, 1), X),
    "diagonals": (lambda o, x: o.diagonal(x) + o.trace(x), X),
    "ones and zeros": (lambda o, x: x * o.ones_like(x) + o.zeros((20,)) + o.arange(20.0), X),
    "full_like": (lambda o, x: x * o.full_like(x, 3), X),
    "broadcast_to": (lambda o, x: o.broadcast_to(x[:, :1], (6, 20)), X),
    "scatter": (lambda o, x: o.scatter(PLACES[1:, None], x[0, :3], (20,)) + x, X),
    "segment_sum": (lambda o, x: o.segment_sum(x, np.array([0, 0, 1, 1, 2, 2]), 3), X),
    "softmax": (lambda o, x: o.softmax(x) + o.log_softmax(x, axis=0) + o.softmax(x, axis=0), X),
    "conv": (lambda o, x: o.conv(x, KERNEL, strides=2, padding="same"), IMAGES),
    "pooling": (lambda o, x: o.max_pool(x, 2) + o.average_pool(x, 2), IMAGES),
    "resize": (lambda o, x: o.image.resize(x, (9, 5)), IMAGES),
    "resize, nearest": (lambda o, x: o.image.resize(x, (9, 5), "nearest"), IMAGES),
    "gray": (lambda o, x: o.image.rgb_to_grayscale(x), IMAGES),
    "cond": (lambda o, x: o.cond(o.mean(x) > 0, lambda: x * 2, lambda: x * x), X),
    "while_loop": (
        lambda o, x: o.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), (0, x))[1], X
    ),
    "fori_loop": (lambda o, x: o.fori_loop(0, 3, lambda i, y: y * x, x), X),
    "map": (lambda o, x: o.map(lambda row: row * o.sum(row), x), X),
    "vectorized_map": (lambda o, x: o.vectorized_map(lambda row: row * o.sum(row), x), X),
    "scan": (
        lambda o, x: o.scan(lambda total, row: (total + row, total * row), o.zeros((20,)), x)[1], X
    ),
    "stop_gradient": (lambda o, x: o.stop_gradient(x) * x, X),
    "cast": (lambda o, x: o.cast(o.cast(x, "float16"), "float32"), X),
}  # fmt: skip


def in_a_layer(k, name):
    operation, x = OPS[name]

    class Mine(k.layers.Layer):
        def call(self, x):
            return operation(k.ops, x)

    return at_work(k, lambda k: Mine(), x)


@pytest.mark.parametrize("name", OPS)
def test_operation(both, name):
    close_at_work(*both(in_a_layer, name))


def refused(k, name):
    class Mine(k.layers.Layer):
        def call(self, x):
            return getattr(k.ops, name)(x, 0.3) if name == "quantile" else getattr(k.ops, name)(x)

    model = k.Sequential([k.Input((20,)), k.layers.Dense(4), Mine()])
    model.compile("sgd", "mse")
    try:
        model.train_on_batch(X, X[:, 0])
    except NotImplementedError as error:
        return str(error)


@pytest.mark.parametrize("name", ["median", "quantile"])
def test_what_has_no_gradient_is_named_with_where_it_has_one(patched, name):
    assert re.search(rf"no gradient for {name}\..*laptop", patched(refused, name))


def not_a_number(k):
    images = np.full((4, 2, 2, 1), -1, np.float32)
    images.reshape(4, 4)[range(4), range(4)] = np.nan  # at each place of a window in turn
    return [np.isnan(part).sum() for part in (k.ops.relu(images), k.ops.max_pool(images, 2))]


def test_what_is_not_a_number_stays_so_after_relu_and_in_a_pool(patched):
    assert patched(not_a_number) == [4, 4]
