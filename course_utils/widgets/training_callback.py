"""A Keras callback that draws a progress bar and curves while a network trains."""

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from IPython import get_ipython
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils.plots import figure_caption
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.training_figure import TrainingFigure, interrupts_stop

if TYPE_CHECKING:  # course_utils works without Keras
    from keras.callbacks import Callback

METRICS = ("loss", "accuracy")  # what is drawn
POINTS_PER_EPOCH = 10


def training_callback(
    name: str | None = None, *, tab_seconds: float | None = None, **values: object
) -> "Callback":
    """Make a Keras callback that draws progress bar, loss and accuracy while `fit` runs.

    It reads the logs that Keras hands to every callback and changes nothing about the training.
    Within an epoch Keras reports means since the epoch began; the curve shows the mean over each
    tenth of the epoch, computed from them.

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
        For ``fit(..., verbose=0, callbacks=[...])``. Accuracy is drawn if the network was
        compiled with it, validation curves if ``fit`` gets validation data.

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

    caption = "Loss and accuracy while the network trains."
    if name is not None or values:
        caption = figure_caption(name, **values)

    class TrainingCallback(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            epochs, steps = self.params["epochs"], self.params["steps"]
            self.curves = _Curves(epochs, steps, caption, tab_seconds)
            self.curves.wait_for_page()

        def on_train_batch_end(self, batch, logs=None):
            self.curves.after_batch(batch + 1, logs)
            self.model.stop_training |= self.curves.stopped

        def on_epoch_end(self, epoch, logs=None):
            self.curves.after_epoch(logs)

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


class _Curves(TrainingFigure):
    """The curves of one Keras training."""

    def __init__(self, epochs: int, steps: int, caption: str, tab_seconds: float | None):
        self.steps = steps
        self.epoch = self.batch = 0  # epochs done, and batches of the current one
        self.training = {name: ([], []) for name in METRICS}  # epochs, values
        self.validation = {name: ([], []) for name in METRICS}
        self.last = (0, dict.fromkeys(METRICS, 0.0))  # batch of the last point, means there
        super().__init__(epochs, caption, tab_seconds)
        self.while_training = ExitStack()
        self.while_training.enter_context(interrupts_stop(self))
        self.while_training.enter_context(_at_end_of_cell(self.finish))

    def finish(self) -> None:
        self.while_training.close()
        super().finish()

    def after_batch(self, batch: int, means: dict[str, float]) -> None:
        self.batch = min(batch, self.steps)  # Keras may count past it with steps_per_execution
        if (self.batch - self.last[0]) * POINTS_PER_EPOCH >= self.steps:
            self._add_point(self.batch, means)
        self.redraw_if_due()

    def after_epoch(self, logs: dict[str, float]) -> None:
        end = self.batch if self.stopped else self.steps
        if self.last[0] < end:
            self._add_point(end, logs)
        self.epoch, self.batch = self.epoch + end // self.steps, end % self.steps
        self.last = (0, dict.fromkeys(METRICS, 0.0))
        for name, (epochs, values) in self.validation.items():
            if f"val_{name}" in logs:
                epochs.append(self.epochs_done())
                values.append(logs[f"val_{name}"])

    def _add_point(self, batch, means):
        """The mean since the last point, from the means since the beginning of the epoch."""
        before, means_before = self.last
        for name, (epochs, values) in self.training.items():
            if name in means:
                total = batch * means[name] - before * means_before[name]
                epochs.append(self.epoch + batch / self.steps)
                values.append(total / (batch - before))
        self.last = (batch, {name: means.get(name, 0.0) for name in METRICS})

    def describe(self) -> str:
        alt = [f"Curves of {' and '.join(self._drawn())} over {self.epochs} epochs"]
        for name in self._drawn():
            for kind, curves in (("training", self.training), ("validation", self.validation)):
                if values := curves[name][1]:
                    alt.append(f"{kind} {name} from {values[0]:.3f} to {values[-1]:.3f}")
        return f"{'; '.join(alt)}."

    def epochs_done(self) -> float:
        return self.epoch + self.batch / self.steps

    def progress(self, done: float, seconds_left: str) -> str:
        return f"epoch {math.ceil(done)} of {self.epochs}, about {seconds_left}"

    def _drawn(self):
        """Loss always, accuracy once it is reported."""
        return [name for name in METRICS if name == "loss" or self.training[name][1]]

    def draw(self) -> Figure:
        names = self._drawn()
        figure = standalone_figure(9.5, 3)
        for axis, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
            axis.plot(*self.training[name], color="C0", label="training")
            if self.validation[name][1]:
                axis.plot(*self.validation[name], "o-", color="C1", label="validation")
            axis.set(xlabel="epoch", ylabel=name, xlim=(0, self.epochs))
            axis.xaxis.set_major_locator(MaxNLocator(integer=True))
            if name == "loss":
                axis.set_ylim(bottom=0)
            if axis.lines[0].get_xdata().size:
                axis.legend()
        return figure
