"""A progress bar and curves that follow a network while it trains, for both libraries."""

import html
import math
import re
import signal
import sys
import threading
import time
import warnings
from contextlib import ExitStack, contextmanager
from pathlib import Path

import anywidget
import traitlets
from IPython import get_ipython
from IPython.display import DisplayHandle
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils.plots import figure_bundle, figure_html
from course_utils.widgets._base.assets import KEYBOARD, concatenate

LOSS_LINE = re.compile(r"Iteration \d+, loss = (\S+)")
SCORE_LINE = re.compile(r"Validation score: (\S+)")
INTERRUPTED = "Training interrupted by user"  # scikit-learn's warning
REDRAW_SECONDS = 0.5  # at most two pictures a second
DRAWING_SHARE = 0.2  # and at most this share of the time goes into drawing them
LOADING_SECONDS = 0.5  # before training takes all cores, for the page to put the view up


@contextmanager
def training_view(
    network, *, caption="Training loss after each epoch.", on_line=None, tab_seconds=None
):
    """Draw the progress of a scikit-learn network from the lines that its `fit` prints.

    It only reads what ``fit`` prints, so the network comes out the same as without the view,
    to the last bit, early stopping works, and an interrupt is handled by scikit-learn itself:
    that of the notebook's toolbar, or of the button over the curve. The network keeps what it
    has learned, and the view says so.
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
    tab_seconds : float, optional
        How long the training takes in a browser tab (JupyterLite), about. There a running cell
        cannot be stopped, so the view says this before it begins.

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
    progress = _Progress(network.max_iter, caption, tab_seconds, on_line, sys.stdout)
    sys.stdout = progress
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            progress.let_the_page_load()
            yield
    finally:
        sys.stdout = progress.stdout
        messages = [f"{w.category.__name__}: {' '.join(str(w.message).split())}" for w in caught]
        progress.stopped = any(INTERRUPTED in message for message in messages)
        progress.finish()
        for message in dict.fromkeys(messages):
            print(message)


class _Picture(anywidget.AnyWidget):
    """The picture while a network trains, and a button that interrupts the kernel.

    Attributes
    ----------
    picture : str
        HTML.
    stoppable : bool
        A running cell can be interrupted.
    """

    _esm = concatenate(KEYBOARD, Path(__file__).with_name("training.js"))
    _css = Path(__file__).parent / "training.css"

    picture = traitlets.Unicode().tag(sync=True)
    stoppable = traitlets.Bool().tag(sync=True)


class _LiveFigure:
    """A figure in the notebook that is drawn again while a network trains.

    A subclass says what is drawn (`_draw`), how it reads (`_alt`), how many epochs are `_done`,
    and what stands beside the progress bar (`_left`).
    """

    stopped = False  # by hand

    def __init__(self, epochs, caption, tab_seconds):
        self.epochs, self.caption = epochs, caption
        self.notice = ""
        stoppable = sys.platform != "emscripten"
        if not stoppable:
            self.notice = "In a browser tab a running cell cannot be stopped."
            if tab_seconds is not None:
                self.notice += f" Expect about {tab_seconds:.0f} seconds."
        self.start = time.monotonic()
        self.next_redraw = self.start + REDRAW_SECONDS
        self.widget = _Picture(picture=self._running(), stoppable=stoppable)
        self.handle = DisplayHandle()
        widget, _ = self.widget._repr_mimebundle_()
        # Beside the widget, what a page without widgets shows.
        self.handle.display(widget | self._texts(self.widget.picture), raw=True)

    def let_the_page_load(self):
        """Wait a moment: a view that anywidget has not loaded after two seconds stays as it is."""
        if self.widget.stoppable and hasattr(get_ipython(), "kernel"):
            with _interrupts_stop(self):  # who presses the button now waits for the first epoch
                time.sleep(LOADING_SECONDS)
            self.start += LOADING_SECONDS

    def redraw_if_due(self):
        begin = time.monotonic()
        if begin > self.next_redraw:
            # Outside a notebook, showing prints: no redraw in a redraw.
            self.next_redraw = float("inf")
            self.widget.picture = self._running()
            end = time.monotonic()
            self.next_redraw = end + max(REDRAW_SECONDS, (end - begin) / DRAWING_SHARE)

    def finish(self):
        """Put the curves where the widget was: they stay in the notebook without a kernel."""
        bundle = figure_bundle(self._draw(), caption=self.caption, alt=self._alt())
        page = bundle["text/html"]
        if self.stopped:
            page += (
                f"<p>Stopped after {self._done():.3g} of {self.epochs} epochs: the network keeps "
                "what it has learned.</p>"
            )
        self.handle.update(bundle | self._texts(page), raw=True)
        self.widget.close()

    def _texts(self, page):
        # The plain text is the same before and after training: a frontend may keep either.
        return {"text/html": page, "text/plain": f"Figure: {self.caption}"}

    def _running(self):
        """The curves so far, under a progress bar."""
        picture = figure_html(self._draw(), caption=self.caption, alt=self._alt())
        notice = f"<p>{self.notice}</p>" if self.notice else ""
        return notice + self._progress_bar() + picture

    def _progress_bar(self):
        done, left = self._done(), "starting"
        if done:
            seconds = (time.monotonic() - self.start) / done * (self.epochs - done)
            left = self._left(done, f"{seconds:.0f} s left")
        bar = f'<progress max="{self.epochs}" value="{done:g}"></progress>'
        return f"<label>Training: {bar} {left}</label>"


class _Progress(_LiveFigure):
    """Stands in for `sys.stdout`: keeps the losses and scores it reads, passes the rest on."""

    def __init__(self, max_epochs, caption, tab_seconds, on_line, stdout):
        self.on_line = on_line
        self.stdout = stdout
        self.losses, self.scores = [], []
        self.unfinished = self.last_line = ""
        super().__init__(max_epochs, caption, tab_seconds)

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
        if self.stopped:
            self.stopped = False  # from here on scikit-learn ends the training
            raise KeyboardInterrupt

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


def training_callback(*, caption="Loss and accuracy while the network trains.", tab_seconds=None):
    """A Keras callback that draws progress bar, loss and accuracy while `fit` runs.

    It reads the logs that Keras hands to every callback and changes nothing about the
    training. Within an epoch Keras reports means since its beginning; the curve shows the
    mean over each tenth of an epoch, recovered from them.

    An interrupt, by the notebook's toolbar or by the button over the curves, ends the training
    after the batch at hand: the network keeps what it has learned, the view says so, and ``fit``
    returns its history as usual. A second interrupt is a KeyboardInterrupt.

    Parameters
    ----------
    caption : str, optional
        The line under the figure.
    tab_seconds : float, optional
        How long the training takes in a browser tab (JupyterLite), about. There a running cell
        cannot be stopped, so the view says this before it begins.

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
            epochs, steps = self.params["epochs"], self.params["steps"]
            self.curves = _Curves(epochs, steps, caption, tab_seconds)
            self.curves.let_the_page_load()

        def on_train_batch_end(self, batch, logs=None):
            self.curves.after_batch(batch + 1, logs)
            self.model.stop_training |= self.curves.stopped

        def on_epoch_end(self, epoch, logs=None):
            self.curves.after_epoch(logs)

        def on_train_end(self, logs=None):
            self.curves.finish()

    return TrainingView()


METRICS = ("loss", "accuracy")  # what is drawn
TENTHS = 10  # points of a curve in one epoch


@contextmanager
def _interrupts_stop(curves):
    """An interrupt marks the curves as stopped. A second one is a KeyboardInterrupt."""
    if threading.current_thread() is not threading.main_thread():
        yield  # which gets no signals
        return

    def stop(*_signal):
        if curves.stopped:
            raise KeyboardInterrupt
        curves.stopped = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _at_the_end_of_the_cell(finish):
    """Keras tells its callbacks nothing of an error: without this a dead bar would stay."""
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


class _Curves(_LiveFigure):
    """The curves of one Keras training."""

    def __init__(self, epochs, steps, caption, tab_seconds):
        self.steps = steps
        self.epoch = self.batch = 0  # finished epochs, and batches of the one that runs
        self.training = {name: ([], []) for name in METRICS}  # epochs, values
        self.validation = {name: ([], []) for name in METRICS}
        self.last = (0, {name: 0.0 for name in METRICS})  # batch of the last point, means there
        super().__init__(epochs, caption, tab_seconds)
        self.while_training = ExitStack()
        self.while_training.enter_context(_interrupts_stop(self))
        self.while_training.enter_context(_at_the_end_of_the_cell(self.finish))

    def finish(self):
        self.while_training.close()
        super().finish()

    def after_batch(self, batch, means):
        self.batch = min(batch, self.steps)  # with steps_per_execution Keras may count past it
        if (self.batch - self.last[0]) * TENTHS >= self.steps:
            self._add_point(self.batch, means)
        self.redraw_if_due()

    def after_epoch(self, logs):
        end = self.batch if self.stopped else self.steps
        if self.last[0] < end:
            self._add_point(end, logs)
        self.epoch, self.batch = self.epoch + end // self.steps, end % self.steps
        self.last = (0, {name: 0.0 for name in METRICS})
        for name, (epochs, values) in self.validation.items():
            if f"val_{name}" in logs:
                epochs.append(self._done())
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
