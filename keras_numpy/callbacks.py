"""Callbacks: what is called while a network trains."""

import os
import sys
import time

from .missing import getattr_of

__getattr__ = getattr_of(__name__)


class Callback:
    """Write a class on top of it with the methods that you want to be called.

    Attributes
    ----------
    params : dict
        ``verbose``, ``epochs`` and ``steps``, the batches of an epoch.
    model : Model
    """

    params, model = None, None

    def set_params(self, params):
        self.params = params

    def set_model(self, model):
        self.model = model

    def on_batch_begin(self, batch, logs=None):
        """A backwards compatibility alias for `on_train_batch_begin`."""

    def on_batch_end(self, batch, logs=None):
        """A backwards compatibility alias for `on_train_batch_end`."""

    def on_train_batch_begin(self, batch, logs=None):
        self.on_batch_begin(batch, logs=logs)

    def on_train_batch_end(self, batch, logs=None):
        self.on_batch_end(batch, logs=logs)


def _nothing(self, logs=None):
    """Called at its time; does nothing unless a class on top of this one says what."""


def _nothing_numbered(self, number, logs=None):
    """Called with the number of the epoch or batch; does nothing by itself."""


for _when in ("begin", "end"):
    for _what in ("train", "test", "predict"):
        setattr(Callback, f"on_{_what}_{_when}", _nothing)
    for _what in ("epoch", "test_batch", "predict_batch"):
        setattr(Callback, f"on_{_what}_{_when}", _nothing_numbered)


class CallbackList:
    """Calls all callbacks, one after the other."""

    def __init__(self, callbacks, model, add_progress, **params):
        if callbacks is None:
            callbacks = []
        elif not isinstance(callbacks, (list, tuple)):
            callbacks = [callbacks]
        self.callbacks = list(callbacks)
        kept = [one for one in self.callbacks if isinstance(one, History)]
        self.history = kept[-1] if kept else History()
        if not kept:
            self.callbacks.append(self.history)
        if add_progress:
            self.callbacks.append(ProgbarLogger())
        for callback in self.callbacks:
            callback.set_model(model)
            callback.set_params(params)

    def __getattr__(self, name):
        if not name.startswith("on_"):
            raise AttributeError(name)

        def call_all(*place, logs=None):
            # Keras sorts the names, so that history has them in this order too.
            logs = dict(sorted((logs or {}).items()))
            for callback in self.callbacks:
                getattr(callback, name)(*place, logs)

        return call_all


class History(Callback):
    """What `fit` returns: one number per epoch for everything that was measured.

    Attributes
    ----------
    history : dict of str to list of float
    epoch : list of int
    """

    def __init__(self):
        self.history = {}

    def on_train_begin(self, logs=None):
        self.epoch = []

    def on_epoch_end(self, epoch, logs=None):
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
        self.model.history = self


class ProgbarLogger(Callback):
    """The line that `fit`, `evaluate` and `predict` print unless verbose is 0."""

    in_fit = False
    bar = None

    def on_train_begin(self, logs=None):
        self.in_fit = True

    def on_epoch_begin(self, epoch, logs=None):
        self.bar = Progbar(self.params["steps"], self.params["verbose"])
        if self.params["epochs"] > 1:
            print(f"Epoch {epoch + 1}/{self.params['epochs']}")

    def on_train_batch_end(self, batch, logs=None):
        self.bar.update(batch + 1, logs)

    def on_epoch_end(self, epoch, logs=None):
        self.bar.update(self.params["steps"], logs, last=True)

    def on_test_begin(self, logs=None):
        if not self.in_fit:  # the validation of fit prints nothing
            self.bar = Progbar(self.params["steps"], self.params["verbose"])

    def on_test_batch_end(self, batch, logs=None):
        if not self.in_fit:
            self.bar.update(batch + 1, logs)

    def on_test_end(self, logs=None):
        if not self.in_fit:
            self.bar.update(self.params["steps"], logs, last=True)

    def on_predict_begin(self, logs=None):
        self.bar = Progbar(self.params["steps"], self.params["verbose"])

    def on_predict_batch_end(self, batch, logs=None):
        self.bar.update(batch + 1, None)

    def on_predict_end(self, logs=None):
        self.bar.update(self.params["steps"], logs, last=True)


class Progbar:
    """A bar, the time, and the numbers so far, as Keras prints them.

    Parameters
    ----------
    steps : int
    verbose : {1, 2}
        2 prints one line at the end, without a bar.
    """

    WIDTH = 20
    SECONDS = 0.05  # between two lines

    def __init__(self, steps, verbose):
        self.steps, self.verbose = steps, verbose
        # Where a line can be written over; in a browser the kernel is pyodide_kernel.
        self.in_place = (
            (hasattr(sys.stdout, "isatty") and sys.stdout.isatty())
            or not {"ipykernel", "pyodide_kernel", "posix"}.isdisjoint(sys.modules)
            or "PYCHARM_HOSTED" in os.environ
        )
        self.start = time.time()
        self.after_first = None
        self.last_update = 0.0
        self.last_width = 0

    def update(self, done, logs, last=False):
        now = time.time()
        seconds = self._per_step(done, now)
        numbers = "".join(f" - {name}: {_number(value)}" for name, value in (logs or {}).items())
        if self.verbose == 1 and (last or now - self.last_update >= self.SECONDS):
            self._print_bar(done, numbers, seconds, now, last)
        elif self.verbose == 2 and last:
            passed = f"{now - self.start:.0f}s -{_time(seconds)}"
            print(f"{done:{len(str(self.steps))}d}/{self.steps} - {passed}{numbers}")
        self.last_update = now

    def _print_bar(self, done, numbers, seconds, now, last):
        full = int(self.WIDTH * done / self.steps)
        bold, end = "\x1b[1m", "\x1b[0m"
        bar = f"{bold}{done:{len(str(self.steps))}d}/{self.steps}{end} "
        bar += f"\x1b[32m{'━' * full}{end}" * (full > 0)
        bar += f"\x1b[37m{'━' * (self.WIDTH - full)}{end}"
        time_left = f"{now - self.start:.0f}s" if last else _clock(seconds * (self.steps - done))
        line = f"{bar} {bold}{time_left}{end}{_time(seconds)}{numbers}"
        width = len(line) - sum(len(code) * line.count(code) for code in (bold, end))
        width -= 5 * ("\x1b[32m" in line) + 5
        begin = "\b" * self.last_width + "\r" if self.in_place else "\n"
        rest = " " * (self.last_width - width) + "\n" * last
        print(f"{begin}{line}{rest}", end="", flush=True)
        self.last_width = width

    def _per_step(self, done, now):
        """Seconds per step; the first takes longer and is left out."""
        if not done:
            return 0
        if self.after_first is not None and done > 1:
            return (now - self.after_first) / (done - 1)
        if done == 1:
            self.after_first = now
        return (now - self.start) / done


def _number(value):
    return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"


def _time(seconds):
    if seconds >= 1 or seconds == 0:
        return f" {seconds:.0f}s/step"
    return f" {seconds * 1e3:.0f}ms/step" if seconds >= 1e-3 else f" {seconds * 1e6:.0f}us/step"


def _clock(seconds):
    seconds = int(seconds)
    if seconds > 3600:
        return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds > 60 else f"{seconds}s"
