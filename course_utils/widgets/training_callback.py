"""A Keras callback that draws a progress bar and curves while a network trains."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import numpy as np
from IPython import get_ipython
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils.plots import figure_caption
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.training_figure import TrainingFigure, interrupts_stop

if TYPE_CHECKING:  # course_utils works without Keras
    from keras.callbacks import Callback

POINTS_PER_EPOCH = 10


def training_callback(
    name: str | None = None, *, tab_seconds: float | None = None, **values: object
) -> "Callback":
    """Make a Keras callback that draws progress bar, loss and a metric while `fit` runs.

    It reads the logs that Keras hands to every callback and changes nothing about the training.
    Within an epoch Keras reports means since the epoch began; the curve shows the mean over each
    tenth of the epoch, computed from them.

    The metric is an accuracy of any kind, whatever its name, or else the first that Keras reports.
    As long as nobody knows how many batches a generator gives, the curve goes from batch to batch.

    An interrupt, by the notebook's toolbar or by the button above the curves, ends the training
    after the current batch: the network keeps what it has learned, the view says so, and ``fit``
    returns its history as usual. A second interrupt raises KeyboardInterrupt.

    Parameters
    ----------
    name : str, optional
        Of the figure; its caption is looked up as `plots.show` does.
    tab_seconds : float, optional
        About how long the training takes in a browser tab (JupyterLite). A running cell cannot be
        stopped there, so the view says this before it begins.
    **values
        Values for the ``{placeholders}`` in the caption.

    Returns
    -------
    keras.callbacks.Callback
        For ``fit(..., verbose=0, callbacks=[...])``. A metric is drawn if the network was
        compiled with one, validation curves if ``fit`` gets validation data.

    Raises
    ------
    ValueError
        If no figure has this name and a caption.

    Examples
    --------
    In a notebook::

        network.fit(X, y, epochs=4, verbose=0, callbacks=[training_callback()])
    """
    import keras  # here: course_utils works without Keras

    caption = "Loss and metric while the network trains."
    if name is not None or values:
        caption = figure_caption(name, **values)

    class TrainingCallback(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            epochs, steps = self.params["epochs"], self.params["steps"]
            self.curves = _Curves(epochs, steps, caption, tab_seconds)
            self.curves.wait_for_page()

        def on_epoch_begin(self, epoch, logs=None):
            self.curves.before_epoch(epoch)

        def on_train_batch_end(self, batch, logs=None):
            self.curves.after_batch(batch + 1, logs)
            self.model.stop_training |= self.curves.stopped

        def on_epoch_end(self, epoch, logs=None):
            self.curves.after_epoch(logs, self.model.stop_training)

        def on_train_end(self, logs=None):
            self.curves.finish()

    return TrainingCallback()


@contextmanager
def _at_end_of_cell(finish: Callable[[], None]) -> Iterator[None]:
    """Call `finish` when the cell ends: Keras does not tell its callbacks about an error.

    Without this, a progress bar that no longer moves would stay in the notebook.
    """
    shell = get_ipython()
    if shell is None:
        yield
        return

    def end(_result=None):
        finish()

    shell.events.register("post_run_cell", end)
    try:
        yield
    finally:
        shell.events.unregister("post_run_cell", end)


def _metric(means: dict[str, float]) -> list[str]:
    """Choose what is drawn beside the loss: the name of one metric, or none."""
    names = [name for name, mean in means.items() if "loss" not in name and np.ndim(mean) == 0]
    accuracies = [name for name in names if "acc" in name.lower()]  # "acc", "binary_accuracy", ...
    return (accuracies or names)[:1]


class _Curves(TrainingFigure):
    """The curves of one Keras training.

    For a generator of unknown length Keras gives no number of steps. Then a batch counts as an
    epoch, until the first epoch is over and it is known.
    """

    def __init__(self, epochs: int, steps: int | None, caption: str, tab_seconds: float | None):
        self.steps = steps
        self.epoch = self.batch = 0  # epochs done, and batches of the current one
        self.names = ["loss"]  # of what is drawn
        self.training = defaultdict(lambda: ([], []))  # by name: epochs, values
        self.validation = defaultdict(lambda: ([], []))
        self.last = (0, {})  # batch of the last point, means there
        super().__init__(epochs, caption, tab_seconds)
        self.while_training = ExitStack()
        self.while_training.enter_context(interrupts_stop(self))
        self.while_training.enter_context(_at_end_of_cell(self.finish))

    def finish(self) -> None:
        self.while_training.close()
        super().finish()

    def before_epoch(self, epoch: int) -> None:
        self.epoch = epoch
        if not self.training["loss"][0]:
            self.first = epoch  # not 0 with fit(..., initial_epoch=...)

    def after_batch(self, batch: int, means: dict[str, float]) -> None:
        # Keras may count past the end with steps_per_execution.
        self.batch = min(batch, self.steps or batch)
        self.names = ["loss", *_metric(means)]
        if (self.batch - self.last[0]) * POINTS_PER_EPOCH >= (self.steps or 1):
            self._add_point(self.batch, means)
        self.redraw_if_due()

    def after_epoch(self, logs: dict[str, float], ended_early: bool) -> None:
        if self.steps is None and self.batch and not ended_early:
            self.steps = self.batch
            for epochs, _ in self.training.values():
                epochs[:] = [self.epoch + (end - self.epoch) / self.steps for end in epochs]
        end = self.batch if ended_early or self.steps is None else self.steps
        if self.last[0] < end:
            self._add_point(end, logs)
        if self.steps:
            self.epoch, self.batch = self.epoch + end // self.steps, end % self.steps
        self.last = (0, {})
        for name in self.names:
            if f"val_{name}" in logs:
                epochs, values = self.validation[name]
                epochs.append(self.epochs_done())
                values.append(logs[f"val_{name}"])

    def _add_point(self, batch, means):
        """The mean since the last point, from the means since the beginning of the epoch."""
        before, means_before = self.last
        for name in self.names:
            if name in means:
                total = batch * means[name] - before * means_before.get(name, 0.0)
                epochs, values = self.training[name]
                epochs.append(self.epoch + batch / (self.steps or 1))
                values.append(total / (batch - before))
        self.last = (batch, dict(means))

    def describe(self) -> str:
        over = f"{self.batch} batches"
        if not self._counts_batches():
            over = f"{self.epochs - self.first} epochs"
        alt = [f"Curves of {' and '.join(map(_in_words, self.names))} over {over}"]
        for name in self.names:
            for kind, curves in (("training", self.training), ("validation", self.validation)):
                if values := curves[name][1]:
                    said = f"{kind} {_in_words(name)} from {values[0]:.3f} to {values[-1]:.3f}"
                    alt.append(said)
        return f"{'; '.join(alt)}."

    def epochs_done(self) -> float:
        return self.epoch + self.batch / (self.steps or 1)

    def _counts_batches(self):
        return self.steps is None and self.batch > 0

    def progress(self, done: float, seconds_left: str) -> str:
        return f"epoch {math.ceil(done)} of {self.epochs}, about {seconds_left}"

    def _progress_bar(self):
        if self._counts_batches():
            text = f"epoch {self.epoch + 1} of {self.epochs}, batch {self.batch}"
            return f"<label>Training: <progress></progress> {text}</label>"
        return super()._progress_bar()

    def _how_far(self):
        if self._counts_batches():
            return f"{self.batch} batches"
        return super()._how_far()

    def draw(self) -> Figure:
        figure = standalone_figure(9.5, 3)
        axes = figure.subplots(1, len(self.names), squeeze=False)[0]
        for axis, name in zip(axes, self.names, strict=True):
            axis.plot(*self.training[name], color="C0", label="training")
            if self.validation[name][1]:
                axis.plot(*self.validation[name], "o-", color="C1", label="validation")
            axis.set(xlabel="epoch", ylabel=_in_words(name), xlim=(self.first, self.epochs))
            if self._counts_batches():
                axis.set(xlabel="batch", xlim=(self.first, self.first + self.batch))
            axis.xaxis.set_major_locator(MaxNLocator(integer=True))
            if name == "loss":
                axis.set_ylim(bottom=0)
            if axis.lines[0].get_xdata().size:
                axis.legend()
        return figure


def _in_words(name):
    """The name of a metric as a label: without the underscores of code."""
    return name.replace("_", " ")
