"""Activations: what becomes of the sums of a layer.

Each is a function of an array. `backward` knows the slope of each.
"""

import numpy as np

from .missing import getattr_of, not_here, unknown
from .tensors import tensor

__getattr__ = getattr_of(__name__)


def _numbers(x):
    """Floating-point numbers, float32 unless they came as float64."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float32)


def linear(x):
    """The sums as they are."""
    return x


def relu(x):
    """Negative sums become 0."""
    return tensor(np.maximum(_numbers(x), 0))


def sigmoid(x):
    """Between 0 and 1, and 0.5 for the sum 0."""
    x = _numbers(x)
    small = np.exp(-np.abs(x))  # never overflows
    return tensor(np.where(x >= 0, 1, small) / (1 + small))


def tanh(x):
    """Between -1 and 1."""
    return tensor(np.tanh(_numbers(x)))


def softmax(x, axis=-1):
    """Probabilities: e to the power of each sum, divided by the total along an axis.

    The sums stay with the result as ``_keras_logits`` (Keras does the same): a loss takes the
    logarithm of the probabilities from them, exactly, also where a probability rounds to 0.
    """
    x = _numbers(x)
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    result = tensor(powers / powers.sum(axis=axis, keepdims=True))
    result._keras_logits = x
    return result


class OfLogits(np.ndarray):
    """A gradient with respect to the logits: the loss has gone through softmax already."""


def _softmax_slope(gradient, p):
    if isinstance(gradient, OfLogits):
        return gradient.view(np.ndarray)
    return p * (gradient - (gradient * p).sum(axis=-1, keepdims=True))


def _relu_slope(gradient, y):
    """In place: where the sum was negative, nothing comes back."""
    gradient *= np.sign(y)
    return gradient


# The gradient with respect to the sums, from that with respect to the result y.
SLOPES = {
    linear: lambda gradient, y: gradient,
    relu: _relu_slope,
    sigmoid: lambda gradient, y: gradient * y * (1 - y),
    tanh: lambda gradient, y: gradient * (1 - y * y),
    softmax: _softmax_slope,
}


def get(identifier):
    """An activation by its name; a function or a layer as it is; None is `linear`."""
    if identifier is None:
        return linear
    if callable(identifier):
        return identifier
    by_name = {function.__name__: function for function in SLOPES}
    if identifier in by_name:
        return by_name[identifier]
    raise unknown("activation function", identifier, by_name)


def function_of(activation):
    """The function in an activation: itself, or that of a layer such as ``ReLU()``."""
    return getattr(activation, "function", activation)


def apply(activation, x):
    """The activation of sums that nobody else needs: ReLU works in place."""
    function = function_of(activation)
    if function is relu:
        return np.maximum(x, 0, out=x)
    return function(x)


def backward(activation, gradient, y):
    """The gradient of the loss with respect to the sums.

    Parameters
    ----------
    activation : callable
        As `get` returns it.
    gradient : ndarray
        With respect to the result. May be changed in place.
    y : ndarray
        The result.

    Raises
    ------
    NotImplementedError
        For a function whose slope is not known here.
    """
    function = function_of(activation)
    if function not in SLOPES:
        name = getattr(function, "__name__", function)
        raise not_here(f"Training with the activation {name}")
    return SLOPES[function](gradient, y)
