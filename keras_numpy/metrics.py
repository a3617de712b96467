"""Metrics: what is reported while a network trains. Nothing is learned from them."""

import numpy as np

from .losses import (  # Keras takes losses as metrics, too
    categorical_crossentropy,
    sparse_categorical_crossentropy,
)
from .missing import getattr_of, unknown
from .tensors import tensor

__getattr__ = getattr_of(__name__)


def sparse_categorical_accuracy(y_true, y_pred):
    """1 where the largest answer stands at the place that an integer names, else 0."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.ndim == y_pred.ndim and y_true.shape[-1] == 1:
        y_true = y_true[..., 0]
    return tensor((y_pred.argmax(axis=-1) == y_true).astype(np.float32))


def categorical_accuracy(y_true, y_pred):
    """1 where the largest answer stands at the place of the largest label, else 0."""
    return sparse_categorical_accuracy(np.asarray(y_true).argmax(axis=-1), y_pred)


def accuracy(y_true, y_pred):
    """1 where an answer is equal to the label, else 0. The name "accuracy" does not mean this."""
    return tensor((np.asarray(y_true) == np.asarray(y_pred)).astype(np.float32))


class Metric:
    """The mean of a function of labels and answers over all images seen so far.

    Parameters
    ----------
    function : callable
    name : str
    """

    def __init__(self, function, name):
        self.function, self.name = function, name
        self.reset_state()

    def reset_state(self):
        """Begin again."""
        self.total, self.count = 0.0, 0

    def update_state(self, y_true, y_pred):
        """Take in one batch."""
        values = np.asarray(self.function(y_true, y_pred))
        self.total += float(values.sum())
        self.count += values.size

    def result(self):
        """The mean so far."""
        return tensor(np.float32(self.total / self.count if self.count else 0))

    def __call__(self, y_true, y_pred):
        self.update_state(y_true, y_pred)
        return self.result()

    def get_config(self):
        return {"name": self.name}


def _metric_class(class_name, function):
    def __init__(self, name=function.__name__):
        Metric.__init__(self, function, name)

    return type(class_name, (Metric,), {"__init__": __init__, "__doc__": function.__doc__,
                                        "__module__": __name__})  # fmt: skip


Accuracy = _metric_class("Accuracy", accuracy)
CategoricalAccuracy = _metric_class("CategoricalAccuracy", categorical_accuracy)
SparseCategoricalAccuracy = _metric_class("SparseCategoricalAccuracy", sparse_categorical_accuracy)

CLASSES = (Accuracy, CategoricalAccuracy, SparseCategoricalAccuracy)
BY_NAME = {kind.__name__: kind for kind in CLASSES}
BY_NAME |= {kind().name: kind for kind in CLASSES}
BY_NAME |= {
    loss.__name__: loss for loss in (categorical_crossentropy, sparse_categorical_crossentropy)
}


def get(identifier, target_shape, output_shape):
    """A metric by its name, function or object; ``"accuracy"`` is the one that fits the labels."""
    name = identifier
    if str(identifier).lower() in ("accuracy", "acc"):
        if len(target_shape) < len(output_shape) or target_shape[-1] == 1:
            metric = SparseCategoricalAccuracy
        else:
            metric = CategoricalAccuracy
    elif isinstance(identifier, str):
        if identifier not in BY_NAME:
            raise unknown("metric", identifier, BY_NAME)
        metric = BY_NAME[identifier]
    else:
        metric = identifier
    if isinstance(metric, type):
        metric = metric()
    if isinstance(metric, Metric):
        metric.name = name if isinstance(name, str) else metric.name
        return metric
    if not callable(metric):
        raise unknown("metric", identifier, BY_NAME)
    return Metric(metric, name if isinstance(name, str) else metric.__name__)
