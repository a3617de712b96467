"""`fit`, `evaluate` and `predict`: a step of Keras is recorded, then replayed.

Keras's own trainer for NumPy evaluates and predicts; what it lacks is the training. A step is an
ordinary method: run the model, compute the loss, ask the tape for the gradients, hand them to the
optimizer. `Replay` turns it into a program the first time it is called with a batch of some shape::

    step = Replay(model.train_step)
    logs = step((images, labels))  # recorded, and replayed for each other batch of this shape
"""

import contextlib
import functools
import re
import warnings

import numpy as np
from keras.src import backend, tree
from keras.src import callbacks as callbacks_module
from keras.src import optimizers as optimizers_module
from keras.src.backend import KerasTensor, config, standardize_dtype
from keras.src.backend.numpy.trainer import NumpyTrainer
from keras.src.trainers.data_adapters import array_slicing, data_adapter_utils
from keras.src.trainers.epoch_iterator import EpochIterator
from keras.src.utils import traceback_utils
from keras.src.utils.python_utils import pythonify_logs

from keras_numpy.gradients import gradients
from keras_numpy.replay import Replay
from keras_numpy.tape import Tape
from keras_numpy.tensors import traced, unwrap, wrap


def _symbolic(leaf):
    if not hasattr(leaf, "dtype"):
        return leaf
    return KerasTensor(leaf.shape, standardize_dtype(leaf.dtype))


def _n_images(batch):
    """How many images there are in a batch; one of several inputs may be None."""
    return next(leaf.shape[0] for leaf in tree.flatten(batch) if leaf is not None)


@contextlib.contextmanager
def _of_any_number(batches):
    """Let errors speak of any number of images, as Keras does with TensorFlow."""
    try:
        yield
    except ValueError as error:
        if type(error) is not ValueError:
            raise
        text = re.sub(rf"(?<=shape[ =]\(){_n_images(batches)}(?=,)", "None", str(error))
        raise ValueError(text).with_traceback(error.__traceback__) from None


class Trainer(NumpyTrainer):
    def __init__(self):
        super().__init__()
        self.train_function = None

    # One batch

    def train_step(self, data):
        x, y, sample_weight = data_adapter_utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=True) if self._call_has_training_arg else self(x)
        loss = self._compute_loss(
            x=x, y=y, y_pred=y_pred, sample_weight=sample_weight, training=True
        )
        self._loss_tracker.update_state(loss, sample_weight=_n_images(x))
        if self.optimizer is not None:
            loss = self.optimizer.scale_loss(loss)
        weights = self.trainable_weights
        if weights:
            self.optimizer.apply(gradients(loss, [weight._value for weight in weights]), weights)
        else:
            warnings.warn("The model does not have any trainable weights.", stacklevel=2)
        return self.compute_metrics(x, y, y_pred, sample_weight=sample_weight)

    def _recorded_train_step(self, batch):
        with Tape(readable=True) as tape:
            return unwrap(self.train_step(traced(tape, unwrap(batch))))

    def _for_batches(self, step, training):
        """A function of a list of batches: what the last of them gives, or for predict all."""
        one = (lambda batch: step(wrap(batch))) if self.run_eagerly else Replay(step)
        is_first = True

        def several(batches, one_by_hand=False):
            nonlocal is_first
            exact = one_by_hand or training is None
            with contextlib.nullcontext() if exact else _of_any_number(batches):
                if is_first:
                    self._symbolic_build(batches[0], training)
                    is_first = False
                results = [unwrap(one(batch)) for batch in batches]
            if training is None and len(results) > 1:
                return tree.map_structure(lambda *parts: np.concatenate(parts), *results)
            return results[-1]

        return several

    def make_train_function(self, force=False):
        if self.train_function is None or force:
            step = self._recorded_train_step if self.run_eagerly else self.train_step
            self.train_function = self._for_batches(step, training=True)

    def make_test_function(self, force=False):
        if self.test_function is None or force:
            self.test_function = self._for_batches(self.test_step, training=False)

    def make_predict_function(self, force=False):
        if self.predict_function is None or force:
            self.predict_function = self._for_batches(self.predict_step, training=None)

    def _symbolic_build(self, data_batch, training=None):
        """Make the variables of what has none yet, from the shapes of a batch."""
        x, y, sample_weight = data_adapter_utils.unpack_x_y_sample_weight(
            tree.map_structure(_symbolic, data_batch)
        )
        learning = [p for p in (self._compile_loss, self._compile_metrics) if p and not p.built]
        learning = learning if y is not None else []
        if learning or not all(layer.built for layer in self._flatten_layers()):
            how = {"training": training} if self._call_has_training_arg else {}
            y_pred = backend.compute_output_spec(self, x, **how)
            for function in (self._compute_loss, self.compute_metrics) if learning else ():
                backend.compute_output_spec(function, x, y, y_pred, sample_weight=sample_weight)
        self._post_build()

    # All batches

    @traceback_utils.filter_traceback
    def fit(self, x=None, y=None, batch_size=None, epochs=1, verbose="auto", callbacks=None,
            validation_split=0.0, validation_data=None, shuffle=True, class_weight=None,
            sample_weight=None, initial_epoch=0, steps_per_epoch=None, validation_steps=None,
            validation_batch_size=None, validation_freq=1):  # fmt: skip
        self._assert_compile_called("fit")
        if config.max_epochs() and config.max_epochs() < epochs:
            warnings.warn(f"Limiting epochs to {config.max_epochs()}", stacklevel=2)
            epochs = config.max_epochs()
        x, y, sample_weight, validation_data = unwrap((x, y, sample_weight, validation_data))
        if validation_split and validation_data is None:
            (x, y, sample_weight), validation_data = array_slicing.train_validation_split(
                (x, y, sample_weight), validation_split=validation_split
            )
        validation = None
        if validation_data is not None:
            val_x, val_y, val_weight = data_adapter_utils.unpack_x_y_sample_weight(validation_data)
            validation = {
                "x": val_x,
                "y": val_y,
                "sample_weight": val_weight,
                "batch_size": validation_batch_size or batch_size,
            }
        batches = EpochIterator(
            x=x, y=y, sample_weight=sample_weight, batch_size=batch_size,
            steps_per_epoch=steps_per_epoch, shuffle=shuffle, class_weight=class_weight,
            steps_per_execution=self.steps_per_execution,
        )  # fmt: skip
        if not isinstance(callbacks, callbacks_module.CallbackList):
            callbacks = callbacks_module.CallbackList(
                callbacks, add_history=True, add_progbar=verbose != 0, verbose=verbose,
                epochs=epochs, steps=batches.num_batches, model=self,
            )  # fmt: skip
        self.stop_training = False
        self.make_train_function()
        self._eval_epoch_iterator = validation and EpochIterator(
            **validation, shuffle=False, steps_per_epoch=validation_steps,
            steps_per_execution=self.steps_per_execution,
        )  # fmt: skip
        callbacks.on_train_begin()
        epoch_logs = None
        for epoch in range(self._initial_epoch or initial_epoch, epochs):
            self.reset_metrics()
            callbacks.on_epoch_begin(epoch)
            logs = {}
            for first, last, data in batches:
                callbacks.on_train_batch_begin(first)
                logs = self.train_function(data)
                callbacks.on_train_batch_end(last, logs)
                if self.stop_training:
                    break
            epoch_logs = dict(self._get_metrics_result_or_logs(logs)) if logs else {}
            if validation and self._should_eval(epoch, validation_freq):
                measured = self.evaluate(
                    **validation, steps=validation_steps, callbacks=callbacks, return_dict=True,
                    _use_cached_eval_dataset=True,
                )  # fmt: skip
                epoch_logs |= {f"val_{name}": value for name, value in measured.items()}
            callbacks.on_epoch_end(epoch, epoch_logs)
            if self.stop_training:
                break
        if isinstance(self.optimizer, optimizers_module.Optimizer) and epochs > 0:
            self.optimizer.finalize_variable_values(self.trainable_weights)
        self._eval_epoch_iterator = None
        callbacks.on_train_end(logs=epoch_logs)
        return self.history

    @functools.wraps(NumpyTrainer.evaluate)
    def evaluate(self, *args, **kwargs):
        self._assert_compile_called("evaluate")
        return super().evaluate(*unwrap(args), **unwrap(kwargs))

    @functools.wraps(NumpyTrainer.predict)
    def predict(self, *args, **kwargs):
        return super().predict(*unwrap(args), **unwrap(kwargs))

    # One batch from outside

    def train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, return_dict=False):
        self._assert_compile_called("train_on_batch")
        if class_weight is not None:
            if sample_weight is not None:
                raise ValueError(
                    "Arguments `sample_weight` and `class_weight` cannot be specified at the same "
                    f"time. Received: sample_weight={sample_weight}, class_weight={class_weight}"
                )
            sample_weight = data_adapter_utils.class_weight_to_sample_weights(y, class_weight)
        self.make_train_function()
        return self._on_batch(self.train_function, (x, y, sample_weight), return_dict)

    def test_on_batch(self, x, y=None, sample_weight=None, return_dict=False):
        self._assert_compile_called("test_on_batch")
        self.make_test_function()
        return self._on_batch(self.test_function, (x, y, sample_weight), return_dict)

    def _on_batch(self, function, data, return_dict):
        data = data_adapter_utils.pack_x_y_sample_weight(*unwrap(data))
        data = tree.map_structure(np.asarray, data)
        self.reset_metrics()
        logs = pythonify_logs(function([data], one_by_hand=True))
        return logs if return_dict else self._flatten_metrics_in_order(logs)

    def predict_on_batch(self, x):
        return super().predict_on_batch(tree.map_structure(np.asarray, unwrap(x)))
