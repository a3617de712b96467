"""A progress bar and a loss curve that follow a network while it trains."""

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


class _Progress:
    """Stands in for `sys.stdout`: keeps the losses and scores it reads, passes the rest on."""

    def __init__(self, max_epochs, caption, on_line, stdout):
        self.max_epochs = max_epochs
        self.caption = caption
        self.on_line = on_line
        self.stdout = stdout
        self.losses, self.scores = [], []
        self.unfinished = self.last_line = ""
        self.start = time.monotonic()
        self.next_redraw = self.start + REDRAW_SECONDS
        self.handle = DisplayHandle()
        self.handle.display(self._bundle(running=True), raw=True)

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
        if time.monotonic() > self.next_redraw:
            self._redraw()
        if self.on_line is not None:
            self.on_line(line)

    def _redraw(self):
        begin = time.monotonic()
        self.next_redraw = float("inf")  # outside a notebook, showing prints: no redraw in a redraw
        self.handle.update(self._bundle(running=True), raw=True)
        end = time.monotonic()
        self.next_redraw = end + max(REDRAW_SECONDS, (end - begin) / DRAWING_SHARE)

    def finish(self):
        self.stdout.write(self.unfinished)
        self.handle.update(self._bundle(running=False), raw=True)

    def _bundle(self, running):
        """The curves so far, under a progress bar while the network trains."""
        alt = "Curve of the training loss, epoch by epoch"
        if self.losses:
            alt += (
                f": {self.losses[0]:.2f} after epoch 1, "
                f"{self.losses[-1]:.2f} after epoch {len(self.losses)}"
            )
        if self.scores:
            alt += f". Beside it the validation accuracy: {max(self.scores):.3f} at best"
        bundle = figure_bundle(self._draw(), caption=self.caption, alt=alt + ".")
        if running:
            bundle["text/html"] = self._progress_bar() + bundle["text/html"]
        # The same before and after training: a frontend may keep either.
        bundle["text/plain"] = f"Figure: {self.caption}"
        return bundle

    def _progress_bar(self):
        done = len(self.losses)
        left = "starting"
        if done:
            seconds = (time.monotonic() - self.start) / done * (self.max_epochs - done)
            left = f"epoch {done} of at most {self.max_epochs}, at most {seconds:.0f} s left"
        return (
            f'<label>Training: <progress max="{self.max_epochs}" value="{done}"></progress> '
            f"{left}</label><br><code>{html.escape(self.last_line)}</code>"
        )

    def _draw(self):
        # Not through pyplot: an interrupt in the middle leaves no open figure behind.
        figure = Figure(figsize=(8, 3), layout="constrained")
        axis = figure.subplots()
        # A run that diverges prints nan, inf, and numbers too large to draw: left out.
        losses = [loss if abs(loss) < 1e300 else math.nan for loss in self.losses]
        axis.plot(range(1, len(losses) + 1), losses, marker=".", color="C0")
        axis.set(xlabel="epoch", xlim=(0, self.max_epochs + 1))
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
