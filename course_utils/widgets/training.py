"""A progress bar and curves that follow a network while it trains, for both libraries."""

import html
import math
import re
import sys
import time
import warnings
from contextlib import contextmanager

from IPython.display import DisplayHandle
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils.plots import figure_bundle

LOSS_LINE = re.compile(r"Iteration \d+, loss = (\S+)")
SCORE_LINE = re.compile(r"Validation score: (\S+)")
REDRAW_SECONDS = 0.5  # at most two pictures a second
DRAWING_SHARE = 0.2  # and at most this share of the time goes into drawing them


@contextmanager
def training_view(network, *, caption="Training loss after each epoch.", on_line=None):
    """Draw the progress of a scikit-learn network from the lines that its `fit` prints.

    It only reads what ``fit`` prints, so the network comes out the same as without the view,
    to the last bit, early stopping works, and an interrupt is handled by scikit-learn itself.
    Warnings raised on the way are printed under the figure, each once.

    Parameters
    ----------
    network : MLPClassifier or MLPRegressor
        The network to be fitted inside the ``with`` block, made with ``verbose=True``.
    caption : str, optional
        The line under the figure.
    on_line : callable, optional
        Called with each line that is printed, a str, as soon as it is; what it returns is
        ignored. What it raises is raised inside ``fit``: a KeyboardInterrupt ends the training
        as the stop button does, and the network keeps what it has learned; any other exception
        leaves ``fit`` and the block.

    Yields
    ------
    None
        The block is run as it stands: ``fit`` the network in it.

    Raises
    ------
    ValueError
        If the network does not print its progress, its solver has no epochs to follow, or the
        caption is empty or not a string. All of this is said before the block is run.

    Examples
    --------
    >>> network = MLPClassifier(max_iter=20, verbose=True)  # doctest: +SKIP
    >>> with training_view(network):  # doctest: +SKIP
    ...     network.fit(images, labels)
    """
    if getattr(network, "solver", None) == "lbfgs":
        raise ValueError(
            "The view follows epochs, and solver='lbfgs' has none. Use 'adam' or 'sgd'."
        )
    if not getattr(network, "verbose", False):
        raise ValueError(
            "The view reads the lines that fit prints, and this network prints none. "
            "Make it with verbose=True."
        )
    progress = _Progress(network.max_iter, caption, on_line, sys.stdout)
    sys.stdout = progress
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
    finally:
        sys.stdout = progress.stdout
        progress.finish()
        messages = [f"{w.category.__name__}: {' '.join(str(w.message).split())}" for w in caught]
        for message in dict.fromkeys(messages):
            print(message)


class _LiveFigure:
    """A figure in the notebook that is drawn again while a network trains.

    A subclass says what is drawn (`_draw`), how it reads (`_alt`), how many epochs are `_done`,
    and what stands beside the progress bar (`_left`).
    """

    def __init__(self, epochs, caption):
        self.epochs, self.caption = epochs, caption
        self.start = time.monotonic()
        self.next_redraw = self.start + REDRAW_SECONDS
        self.handle = DisplayHandle()
        self.handle.display(self._bundle(running=True), raw=True)

    def redraw_if_due(self):
        begin = time.monotonic()
        if begin > self.next_redraw:
            # Outside a notebook, showing prints: no redraw in a redraw.
            self.next_redraw = float("inf")
            self.handle.update(self._bundle(running=True), raw=True)
            end = time.monotonic()
            self.next_redraw = end + max(REDRAW_SECONDS, (end - begin) / DRAWING_SHARE)

    def finish(self):
        self.handle.update(self._bundle(running=False), raw=True)

    def _bundle(self, running):
        """The curves so far, under a progress bar while the network trains."""
        bundle = figure_bundle(self._draw(), caption=self.caption, alt=self._alt())
        if running:
            bundle["text/html"] = self._progress_bar() + bundle["text/html"]
        # The same before and after training: a frontend may keep either.
        bundle["text/plain"] = f"Figure: {self.caption}"
        return bundle

    def _progress_bar(self):
        done, left = self._done(), "starting"
        if done:
            seconds = (time.monotonic() - self.start) / done * (self.epochs - done)
            left = self._left(done, f"{seconds:.0f} s left")
        bar = f'<progress max="{self.epochs}" value="{done:g}"></progress>'
        return f"<label>Training: {bar} {left}</label>"


class _Progress(_LiveFigure):
    """Stands in for `sys.stdout`: keeps the losses and scores it reads, passes the rest on."""

    def __init__(self, max_epochs, caption, on_line, stdout):
        self.on_line = on_line
        self.stdout = stdout
        self.losses, self.scores = [], []
        self.unfinished = self.last_line = ""
        super().__init__(max_epochs, caption)

    def __getattr__(self, name):
        return getattr(self.stdout, name)  # encoding, flush, isatty, ...

    def write(self, text):
        *lines, self.unfinished = (self.unfinished + text).split("\n")
        for line in lines:
            self._read(line)
        return len(text)

    def _read(self, line):
        if match := LOSS_LINE.match(line):
            self.losses.append(float(match[1]))
        elif match := SCORE_LINE.match(line):
            self.scores.append(float(match[1]))
        else:
            self.stdout.write(line + "\n")
        self.last_line = line
        self.redraw_if_due()
        if self.on_line is not None:
            self.on_line(line)

    def finish(self):
        self.stdout.write(self.unfinished)
        super().finish()

    def _alt(self):
        alt = "Curve of the training loss, epoch by epoch"
        if self.losses:
            alt += (
                f": {self.losses[0]:.2f} after epoch 1, "
                f"{self.losses[-1]:.2f} after epoch {len(self.losses)}"
            )
        if self.scores:
            alt += f". Beside it the validation accuracy: {max(self.scores):.3f} at best"
        return f"{alt}."

    def _done(self):
        return len(self.losses)

    def _left(self, done, time_left):
        return f"epoch {done} of at most {self.epochs}, at most {time_left}"

    def _progress_bar(self):
        return f"{super()._progress_bar()}<br><code>{html.escape(self.last_line)}</code>"

    def _draw(self):
        # Not through pyplot: an interrupt in the middle leaves no open figure behind.
        figure = Figure(figsize=(8, 3), layout="constrained")
        axis = figure.subplots()
        # A run that diverges prints nan, inf, and numbers too large to draw: left out.
        losses = [loss if abs(loss) < 1e300 else math.nan for loss in self.losses]
        axis.plot(range(1, len(losses) + 1), losses, marker=".", color="C0")
        axis.set(xlabel="epoch", xlim=(0, self.epochs + 1))
        axis.set_ylabel("training loss", color="C0")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        highest = max((loss for loss in losses if not math.isnan(loss)), default=1)
        axis.set_ylim(0, (highest or 1) * 1.05)
        if self.scores:
            right = axis.twinx()
            right.plot(range(1, len(self.scores) + 1), self.scores, marker=".", color="C1")
            right.set_ylabel("validation accuracy", color="C1")
            right.spines["right"].set_visible(True)
        return figure


def training_callback(*, caption="Loss and accuracy while the network trains."):
    """A Keras callback that draws progress bar, loss and accuracy while `fit` runs.

    It reads the logs that Keras hands to every callback and changes nothing about the
    training. Within an epoch Keras reports means since its beginning; the curve shows the
    mean over each tenth of an epoch, recovered from them.

    Parameters
    ----------
    caption : str, optional
        The line under the figure.

    Returns
    -------
    keras.callbacks.Callback
        To be passed to ``fit(..., verbose=0, callbacks=[...])``. Accuracy is drawn if the
        network was compiled with it, validation values if ``fit`` computes them.

    Examples
    --------
    >>> network.fit(X, y, epochs=4, verbose=0, callbacks=[training_callback()])  # doctest: +SKIP
    """
    import keras  # only here: course_utils works where there is no Keras

    class TrainingView(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.curves = _Curves(self.params["epochs"], self.params["steps"], caption)

        def on_train_batch_end(self, batch, logs=None):
            self.curves.after_batch(batch + 1, logs)

        def on_epoch_end(self, epoch, logs=None):
            self.curves.after_epoch(logs)

        def on_train_end(self, logs=None):
            self.curves.finish()

    return TrainingView()


METRICS = ("loss", "accuracy")  # what is drawn
TENTHS = 10  # points of a curve in one epoch


class _Curves(_LiveFigure):
    """The curves of one Keras training."""

    def __init__(self, epochs, steps, caption):
        self.steps = steps
        self.epoch = self.batch = 0  # finished epochs, and batches of the one that runs
        self.training = {name: ([], []) for name in METRICS}  # epochs, values
        self.validation = {name: ([], []) for name in METRICS}
        self.last = (0, {name: 0.0 for name in METRICS})  # batch of the last point, means there
        super().__init__(epochs, caption)

    def after_batch(self, batch, means):
        self.batch = min(batch, self.steps)  # with steps_per_execution Keras may count past it
        if (self.batch - self.last[0]) * TENTHS >= self.steps:
            self._add_point(self.batch, means)
        self.redraw_if_due()

    def after_epoch(self, logs):
        if self.last[0] < self.steps:
            self._add_point(self.steps, logs)
        self.epoch, self.batch = self.epoch + 1, 0
        self.last = (0, {name: 0.0 for name in METRICS})
        for name, (epochs, values) in self.validation.items():
            if f"val_{name}" in logs:
                epochs.append(self.epoch)
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

    def _alt(self):
        alt = [f"Curves of {' and '.join(self._drawn())} over {self.epochs} epochs"]
        for name in self._drawn():
            for kind, curves in (("training", self.training), ("validation", self.validation)):
                if values := curves[name][1]:
                    alt.append(f"{kind} {name} from {values[0]:.3f} to {values[-1]:.3f}")
        return f"{'; '.join(alt)}."

    def _done(self):
        return self.epoch + self.batch / self.steps

    def _left(self, done, time_left):
        return f"epoch {math.ceil(done)} of {self.epochs}, about {time_left}"

    def _drawn(self):
        """Loss always, accuracy once it is reported."""
        return [name for name in METRICS if name == "loss" or self.training[name][1]]

    def _draw(self):
        # Not through pyplot: an interrupt in the middle leaves no open figure behind.
        names = self._drawn()
        figure = Figure(figsize=(9.5, 3), layout="constrained")
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
