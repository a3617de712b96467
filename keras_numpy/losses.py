"""Losses: the number that must fall, and which way it falls.

A loss function returns one number for each image. Its slope is the gradient of their mean with
respect to what the network answered, or to the logits before its softmax.
"""

import numpy as np

from .activations import OfLogits, softmax
from .missing import getattr_of, not_here, refuse, unknown
from .tensors import tensor

__getattr__ = getattr_of(__name__)

EPSILON = np.float32(1e-7)  # probabilities stay this far from 0 and 1


class InvalidArgumentError(Exception):
    """What TensorFlow raises for labels that do not fit. Only its name is TensorFlow's."""


def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False):
    """Minus the logarithm of the probability of the right class, which an integer names.

    Parameters
    ----------
    y_true : array_like of shape (n, ...)
        Integers.
    y_pred : array_like of shape (n, ..., n_classes)
        Probabilities, or logits.

    Returns
    -------
    Tensor of shape (n, ...)
    """
    y_true, y_pred = _sparse(y_true, y_pred)
    check_shapes("sparse_categorical_crossentropy", y_true.shape, y_pred.shape)
    logs = _log_probabilities(y_pred, from_logits)
    _check_labels(y_true, logs.shape[-1])
    return tensor(-np.take_along_axis(logs, y_true[..., np.newaxis], axis=-1)[..., 0])


def categorical_crossentropy(y_true, y_pred, from_logits=False):
    """Minus the logarithm of the probability of the right class, which one switch names.

    Parameters
    ----------
    y_true, y_pred : array_like of shape (n, ..., n_classes)

    Returns
    -------
    Tensor of shape (n, ...)
    """
    y_true, y_pred = np.asarray(y_true, dtype=np.float32), _prediction(y_pred)
    check_shapes("categorical_crossentropy", y_true.shape, y_pred.shape)
    if not from_logits and not hasattr(y_pred, "_keras_logits"):
        # so that rows that do not add up to 1 are read as Keras reads them
        y_pred = y_pred / y_pred.sum(axis=-1, keepdims=True)
        return tensor(-(y_true * np.log(np.clip(y_pred, EPSILON, 1 - EPSILON))).sum(axis=-1))
    return tensor(-(y_true * _log_probabilities(y_pred, from_logits)).sum(axis=-1))


# The slopes: gradients of the mean of what the functions above return.


def _sparse_slope(y_true, y_pred, from_logits):
    labels, y_pred = _sparse(y_true, y_pred)
    p, result = _softmax_of(y_pred, from_logits)
    gradient = p.reshape(-1, p.shape[-1]).copy()
    gradient[np.arange(len(gradient)), labels.ravel()] -= 1  # the right class should get 1
    gradient *= np.float32(1 / len(gradient))
    return _back(gradient.reshape(p.shape), p, result)


def _categorical_slope(y_true, y_pred, from_logits):
    y_true = np.asarray(y_true, dtype=np.float32)
    p, result = _softmax_of(y_pred, from_logits)
    gradient = p * y_true.sum(axis=-1, keepdims=True) - y_true
    gradient *= np.float32(p.shape[-1] / p.size)
    return _back(gradient, p, result)


SLOPES = {
    sparse_categorical_crossentropy: _sparse_slope,
    categorical_crossentropy: _categorical_slope,
}


def _prediction(y_pred):
    logits = getattr(y_pred, "_keras_logits", None)
    y_pred = np.asarray(y_pred)
    y_pred = tensor(y_pred if y_pred.dtype.kind == "f" else y_pred.astype(np.float32))
    if logits is not None:
        y_pred._keras_logits = logits
    return y_pred


def _sparse(y_true, y_pred):
    """Labels as integers without an axis of length 1, and what was answered."""
    y_true, y_pred = np.asarray(y_true), _prediction(y_pred)
    if y_true.ndim == y_pred.ndim and y_true.ndim and y_true.shape[-1] == 1:
        y_true = y_true[..., 0]
    return y_true.astype(np.int64), y_pred


def _logits(y_pred, from_logits):
    """The logits, if they are known."""
    return np.asarray(y_pred) if from_logits else getattr(y_pred, "_keras_logits", None)


def _log_probabilities(y_pred, from_logits):
    """Logarithms of probabilities, from the logits if they are known."""
    logits = _logits(y_pred, from_logits)
    if logits is None:
        logits = np.log(np.clip(np.asarray(y_pred), EPSILON, 1 - EPSILON))
    logits = logits - logits.max(axis=-1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))


def _softmax_of(y_pred, from_logits):
    """Probabilities, and with respect to what the gradient will be: OfLogits, or the answers."""
    if from_logits:
        return np.asarray(softmax(y_pred)), np.ndarray
    known = hasattr(y_pred, "_keras_logits")
    return np.asarray(y_pred), OfLogits if known else None


def _back(gradient, p, result):
    if result is None:  # no softmax before: back through the logarithm, p - onehot becomes ...
        inside = (p >= EPSILON) & (p <= 1 - EPSILON)
        return inside * gradient / np.clip(p, EPSILON, 1 - EPSILON)
    return gradient.view(result)


def check_shapes(name, target, output):
    """Raise Keras's error if labels of one shape do not go with answers of the other."""
    shapes = f"target.shape={target}, output.shape={output}"
    if name == "sparse_categorical_crossentropy":
        if len(target) == len(output) and target and target[-1] == 1:
            target = target[:-1]
        if len(target) != len(output) - 1:
            raise ValueError(
                f"Argument `output` must have rank (ndim) `target.ndim - 1`. Received: {shapes}"
            )
        same, what = target[1:] == output[1:-1], " up until the last dimension: "
    elif name == "categorical_crossentropy":
        if len(target) != len(output):
            raise ValueError(
                "Arguments `target` and `output` must have the same rank (ndim). "
                f"Received: {shapes}"
            )
        same, what = target[1:] == output[1:], ". Received: "
    else:
        return
    if not same:
        raise ValueError(f"Arguments `target` and `output` must have the same shape{what}{shapes}")


def _check_labels(labels, n_classes):
    wrong = labels[(labels < 0) | (labels >= n_classes)]
    if wrong.size:
        shown = " ".join(str(label) for label in labels.ravel()[:64])
        raise InvalidArgumentError(
            f"Received a label value of {wrong[-1]} which is outside the valid range of "
            f"[0, {n_classes}).  Label values: {shown}"
        )


class Loss:
    """A loss function with its settings, and the mean of what it returns.

    Parameters
    ----------
    function : callable
        Of labels and answers, one number for each image.
    name : str
    """

    def __init__(self, function, name, from_logits=False, **others):
        defaults = {"reduction": "sum_over_batch_size", "dtype": None, "label_smoothing": 0.0,
                    "axis": -1, "ignore_class": None}  # fmt: skip
        if unknown := refuse(type(self).__name__, others, defaults):
            raise TypeError(
                f"{type(self).__name__}.__init__() got an unexpected keyword argument "
                f"'{next(iter(unknown))}'"
            )
        self.function, self.name, self.from_logits = function, name, from_logits
        self.settings = {"from_logits": True} if from_logits else {}

    def __call__(self, y_true, y_pred):
        return tensor(self.each(y_true, y_pred).mean(dtype=np.float32))

    def each(self, y_true, y_pred):
        return np.asarray(self.function(y_true, y_pred, **self.settings))

    def gradient(self, y_true, y_pred):
        """Of the mean, with respect to `y_pred` or, as OfLogits, to the sums before softmax."""
        if self.function not in SLOPES:
            raise not_here("Training with a loss function of your own")
        return SLOPES[self.function](y_true, y_pred, self.from_logits)

    def get_config(self):
        return {"name": self.name, "reduction": "sum_over_batch_size",
                "from_logits": self.from_logits}  # fmt: skip


def _loss_class(class_name, function):
    """The class of a loss function, as Keras has one for each."""

    def __init__(self, from_logits=False, name=function.__name__, **others):
        Loss.__init__(self, function, name, from_logits, **others)

    return type(class_name, (Loss,), {"__init__": __init__, "__doc__": function.__doc__,
                                      "__module__": __name__})  # fmt: skip


SparseCategoricalCrossentropy = _loss_class(
    "SparseCategoricalCrossentropy", sparse_categorical_crossentropy
)
CategoricalCrossentropy = _loss_class("CategoricalCrossentropy", categorical_crossentropy)

BY_NAME = {kind.__name__: kind
           for kind in (SparseCategoricalCrossentropy, CategoricalCrossentropy)}  # fmt: skip
BY_NAME |= {function.__name__: function for function in SLOPES}


def get(identifier):
    """A loss by its name, as a function or as an object."""
    if isinstance(identifier, (list, tuple)) and len(identifier) == 1:
        identifier = identifier[0]
    if isinstance(identifier, dict) and len(identifier) == 1:
        identifier = next(iter(identifier.values()))
    if isinstance(identifier, (list, tuple, dict)):
        raise not_here("A network with several losses")
    loss, name = identifier, identifier
    if isinstance(identifier, str):
        if identifier not in BY_NAME:
            raise unknown("loss", identifier, BY_NAME)
        loss = BY_NAME[identifier]
    if isinstance(loss, type):
        loss = loss()
    if isinstance(loss, Loss):
        return loss
    if not callable(loss):
        raise unknown("loss", identifier, BY_NAME)
    return Loss(loss, name if isinstance(name, str) else loss.__name__)
