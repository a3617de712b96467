"""Training: batches, losses, gradients, updates, and the reports on the way."""

import math

import numpy as np

from . import losses, metrics, optimizers
from .callbacks import CallbackList
from .layers import add
from .missing import not_here, refuse
from .tensors import KerasTensor, generator

IN_KERAS = {"loss_weights": None, "weighted_metrics": None, "run_eagerly": False,
            "jit_compile": "auto", "auto_scale_loss": True}  # fmt: skip
ONLY_ARRAYS = {"sample_weight": None, "class_weight": None, "steps_per_epoch": None, "steps": None,
               "validation_steps": None}  # fmt: skip


class Trainer:
    """The part of a model that learns.

    A class on top of it gives ``forward`` and ``backward``, see `layers.Layer`.
    """

    optimizer = loss = history = None
    compiled = stop_training = False

    def compile(
        self,
        optimizer="rmsprop",
        loss=None,
        loss_weights=None,
        metrics=None,
        *,
        steps_per_execution=1,
        **others,
    ):
        """Say how to learn.

        Parameters
        ----------
        optimizer : str or Optimizer, optional
        loss : str, callable or Loss
        metrics : list of str, callable or Metric, optional
        steps_per_execution : int, optional
            After how many updates callbacks are called.
        """
        others["loss_weights"] = loss_weights
        if unknown := refuse("compile", others, IN_KERAS):
            raise TypeError(
                f"Trainer.compile() got an unexpected keyword argument '{next(iter(unknown))}'"
            )
        self.optimizer = optimizers.get(optimizer)
        if metrics and not isinstance(metrics, (list, tuple, dict)):
            raise ValueError(
                "Expected `metrics` argument to be a list, tuple, or dict. Received instead: "
                f"metrics={metrics} of type {type(metrics)}"
            )
        if loss is not None:
            self.loss = loss
        self._asked_metrics, self.steps_per_execution = metrics, steps_per_execution
        self._loss = self._metrics = None  # made with the first images, when shapes are known
        self.compiled = True

    def get_compile_config(self):
        """What `compile` was told."""
        return {
            "optimizer": {"class_name": type(self.optimizer).__name__} if self.compiled else None,
            "loss": _described(self.loss),
            "metrics": _described(self._asked_metrics) if self.compiled else None,
        }

    # Learning

    def fit(
        self,
        x=None,
        y=None,
        batch_size=None,
        epochs=1,
        verbose="auto",
        callbacks=None,
        validation_split=0.0,
        validation_data=None,
        shuffle=True,
        initial_epoch=0,
        validation_batch_size=None,
        validation_freq=1,
        **others,
    ):
        """Learn from images and labels.

        Parameters
        ----------
        x, y : array_like
            Images and labels.
        batch_size : int, optional
            Images per update, 32 if not given.
        epochs : int, optional
        verbose : {"auto", 0, 1, 2}, optional
            2 prints one line per epoch, 1 (the same as "auto") a bar that moves.
        callbacks : list of Callback, optional
        validation_split : float, optional
            Share of the images, the last ones, that is not learned from but measured on.
        validation_data : tuple of two arrays, optional
            Images and labels to measure on instead.
        shuffle : bool, optional
            Whether each epoch takes the images in another order.

        Returns
        -------
        History
        """
        self._check_compiled(others, "fit")
        x, y, batch_size = *_data(x, y), batch_size or 32
        if validation_split and validation_data is None:
            x, y, *validation_data = _split(x, y, validation_split)
        self._prepare_for(x, y, batch_size, training=True)
        steps = -(-len(x) // batch_size)
        verbose = 1 if verbose == "auto" else verbose
        callbacks = CallbackList(
            callbacks, self, verbose != 0, verbose=verbose, epochs=epochs, steps=steps
        )
        rng = generator()
        self.stop_training = False
        logs = None
        callbacks.on_train_begin()
        for epoch in range(initial_epoch, epochs):
            callbacks.on_epoch_begin(epoch)
            order = rng.permutation(len(x)) if shuffle else None
            logs = self._epoch(x, y, batch_size, callbacks, "train", self._learn, order)
            if validation_data is not None and (epoch + 1) % validation_freq == 0:
                measured = self._measure(
                    *_data(*validation_data), validation_batch_size or batch_size, callbacks
                )
                logs |= {f"val_{name}": value for name, value in measured.items()}
            callbacks.on_epoch_end(epoch, logs=logs)
            if self.stop_training:
                break
        callbacks.on_train_end(logs=logs)
        return self.history or callbacks.history

    def evaluate(
        self, x=None, y=None, batch_size=None, verbose="auto", callbacks=None, return_dict=False,
        **others,
    ):  # fmt: skip
        """Measure the loss and the metrics on images and labels.

        Returns
        -------
        float, or list of float
            The loss, and the metrics if there are any, in the order of `compile`.
        """
        self._check_compiled(others, "evaluate")
        x, y, batch_size = *_data(x, y), batch_size or 32
        self._prepare_for(x, y, batch_size, training=False)
        callbacks = self._callbacks(callbacks, verbose, x, batch_size)
        logs = self._measure(x, y, batch_size, callbacks)
        if return_dict:
            return logs
        return list(logs.values()) if len(logs) > 1 else logs["loss"]

    def predict(self, x, batch_size=None, verbose="auto", callbacks=None, **others):
        """What the network answers.

        Parameters
        ----------
        x : array_like of shape (n, ...)
        batch_size : int, optional
            Images at a time, 32 if not given.

        Returns
        -------
        ndarray of shape (n, ...), or a list of them for a model with several outputs
        """
        _refuse_here("predict", others)
        x, batch_size = _array(x, "x"), batch_size or 32
        callbacks = self._callbacks(callbacks, verbose, x, batch_size)
        answers = []
        callbacks.on_predict_begin()
        for step, start in enumerate(range(0, len(x), batch_size)):
            callbacks.on_predict_batch_begin(step)
            answers.append(self.predict_on_batch(x[start : start + batch_size]))
            callbacks.on_predict_batch_end(step)
        callbacks.on_predict_end()
        if isinstance(answers[0], list):
            return [np.concatenate(parts) for parts in zip(*answers, strict=True)]
        return np.concatenate(answers)

    def predict_on_batch(self, x):
        """The same for a few images, without batches and callbacks around it."""
        answers = self._answers(_array(x, "x"), training=False)
        if isinstance(answers, list):
            return [np.asarray(answer) for answer in answers]
        return np.asarray(answers)

    # One epoch, one batch

    def _epoch(self, x, y, batch_size, callbacks, kind, one_batch, order=None):
        """All batches once. Returns the loss and the metrics as means over all images."""
        for metric in self._metrics:
            metric.reset_state()
        steps, at_once = -(-len(x) // batch_size), self.steps_per_execution
        begin, end = (getattr(callbacks, f"on_{kind}_batch_{when}") for when in ("begin", "end"))
        total = seen = 0
        logs = {}
        for step in range(steps):
            if step % at_once == 0:
                begin(step)
            batch = slice(step * batch_size, (step + 1) * batch_size)
            batch = batch if order is None else order[batch]
            loss, n = one_batch(x[batch], y[batch]), len(y[batch])
            total, seen = total + loss * n, seen + n
            if (step + 1) % at_once == 0 or step == steps - 1:
                results = {metric.name: float(metric.result()) for metric in self._metrics}
                logs = {"loss": total / seen, **results}
                end(step, logs=logs)
                if self.stop_training and kind == "train":
                    break
        return logs

    def _learn(self, x, y):
        """Forward, loss, back, one update. Returns the loss, penalties included."""
        answers, saved = self.forward(self._standard(x), training=True)
        loss = float(self._loss(y, answers)) + self._penalty()
        for metric in self._metrics:
            metric.update_state(y, answers)
        gradients = {}
        self.backward(self._loss.gradient(y, answers), saved, gradients, needs_input=False)
        variables = self.trainable_weights
        for variable in variables:
            if variable.regularizer is not None:
                add(gradients, variable, variable.regularizer.gradient(variable.array))
        self.optimizer.apply_gradients((gradients[id(one)], one) for one in variables)
        return loss

    def _test(self, x, y):
        answers = self._answers(x, training=False)
        for metric in self._metrics:
            metric.update_state(y, answers)
        return float(self._loss(y, answers)) + self._penalty()

    def _measure(self, x, y, batch_size, callbacks):
        callbacks.on_test_begin()
        logs = self._epoch(x, y, batch_size, callbacks, "test", self._test)
        callbacks.on_test_end(logs=logs)
        return logs

    def _penalty(self):
        return sum(float(v.regularizer(v.array)) for v in self.weights if v.regularizer)

    # Before it begins

    def _check_compiled(self, others, method):
        if not self.compiled:
            raise ValueError("You must call `compile()` before using the model.")
        _refuse_here(method, others)

    def _callbacks(self, callbacks, verbose, x, batch_size):
        verbose, steps = 1 if verbose == "auto" else verbose, -(-len(x) // batch_size)
        return CallbackList(callbacks, self, verbose != 0, verbose=verbose, epochs=1, steps=steps)

    def _prepare_for(self, x, y, batch_size, training):
        """Build the model, and find out about shapes that do not fit before the first batch."""
        if not self.built:
            self.build((None, *x.shape[1:]))
        self._check((None, *x.shape[1:]), training)
        if isinstance(self.output_shape, list):
            raise not_here("Training a network with several outputs")
        if self.loss is None:
            raise ValueError("No loss to compute. Provide a `loss` argument in `compile()`.")
        if self._loss is None:
            self._loss = losses.get(self.loss)
            wanted = _flat(self._asked_metrics)
            self._metrics = [metrics.get(one, y.shape, self.output_shape) for one in wanted]
        if y.dtype.kind not in "biuf":
            raise ValueError(f"Invalid dtype: {y.dtype.name}")
        if self._loss.function in losses.SLOPES:
            shape = (None, *self.output_shape[1:])
            losses.check_shapes(self._loss.function.__name__, (None, *y.shape[1:]), shape)


def _flat(metrics):
    if isinstance(metrics, dict):
        metrics = list(metrics.values())
    if isinstance(metrics, (list, tuple)):
        return [one for metric in metrics for one in _flat(metric)]
    return [] if metrics is None else [metrics]


def _described(thing):
    """Something as `get_compile_config` names it."""
    if isinstance(thing, (list, tuple)):
        return [_described(one) for one in thing]
    if isinstance(thing, dict):
        return {key: _described(one) for key, one in thing.items()}
    if hasattr(thing, "get_config"):
        return {"class_name": type(thing).__name__, "config": thing.get_config()}
    if callable(thing):
        return {"class_name": "function", "config": thing.__name__}
    return thing


def _refuse_here(method, others):
    if unknown := refuse(method, others, ONLY_ARRAYS):
        raise TypeError(f"{method}() got an unexpected keyword argument '{next(iter(unknown))}'")


def _array(x, name):
    """Images or labels as an array; Keras takes arrays, no lists."""
    if isinstance(x, (list, tuple, dict)) and len(x) and hasattr(next(iter(x)), "shape"):
        raise not_here("A network with several inputs")
    if isinstance(x, KerasTensor) or not hasattr(x, "__array__"):
        raise ValueError(f"Unrecognized data type: {name}={x} (of type {type(x)})")
    return np.asarray(x)


def _data(x, y):
    if y is None:
        raise ValueError("None values not supported.")
    x = _array(x, "x")
    y = _array(y, "y") if hasattr(y, "__array__") else None
    if y is None:
        raise ValueError(f"Unrecognized data type: x={x} (of type {type(x)})")
    if len(x) != len(y):
        raise ValueError(
            "Data cardinality is ambiguous. Make sure all arrays contain the same number of "
            f"samples.'x' sizes: {len(x)}\n'y' sizes: {len(y)}\n"
        )
    return x, y


def _split(x, y, share):
    """The last share of the images set aside, before anything is shuffled."""
    place = math.floor(len(x) * (1.0 - share))
    if place in (0, len(x)):
        raise ValueError(
            f"Training data contains {len(x)} samples, which is not sufficient to split it into a "
            f"validation and training set as specified by `validation_split={share}`. Either "
            "provide more data, or a different value for the `validation_split` argument."
        )
    return x[:place], y[:place], x[place:], y[place:]
