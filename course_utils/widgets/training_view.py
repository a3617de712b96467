"""A progress bar and curves that follow a scikit-learn network while it trains."""

import html
import math
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils.plots import figure_caption
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.training_figure import TrainingFigure

if TYPE_CHECKING:  # course_utils works without scikit-learn
    from sklearn.neural_network import MLPClassifier, MLPRegressor

LOSS_LINE = re.compile(r"Iteration (\d+), loss = (\S+)")
SCORE_LINE = re.compile(r"Validation score: (\S+)")
INTERRUPTED = "Training interrupted by user"  # scikit-learn's warning


@contextmanager
def training_view(
    network: "MLPClassifier | MLPRegressor",
    name: str | None = None,
    *,
    on_line: Callable[[str], Any] | None = None,
    tab_seconds: float | None = None,
    **values: object,
) -> Iterator[None]:
    """Draw the progress of a scikit-learn network from the lines that its `fit` prints.

    The view only reads what ``fit`` prints, so the network comes out the same as without it, to
    the last bit, and early stopping works. An interrupt, by the notebook's toolbar or by the
    button above the curve, is handled by scikit-learn itself: the network keeps what it has
    learned, and the view says so. Each warning that is raised on the way is printed once, under
    the figure.

    Several calls in one block, of ``partial_fit`` or with ``warm_start``, make one curve. A ``fit``
    that begins anew makes a new one.

    Parameters
    ----------
    network : MLPClassifier or MLPRegressor
        The network to be fitted inside the ``with`` block, made with ``verbose=True``.
    name : str, optional
        Of the figure; its caption is looked up as `plots.show` does.
    on_line : callable, optional
        Called with each line that is printed, a str, as soon as it is printed; what it returns
        is ignored. What it raises is raised inside ``fit``: a KeyboardInterrupt ends the training
        as the stop button does, and the network keeps what it has learned; any other exception
        leaves ``fit`` and the block.
    tab_seconds : float, optional
        About how long the training takes in a browser tab (JupyterLite). A running cell cannot be
        stopped there, so the view says this before it begins.
    **values
        Values for the ``{placeholders}`` in the caption.

    Yields
    ------
    None
        Fit the network in the block.

    Raises
    ------
    ValueError
        Before the block is run, if the network does not print its progress, its solver has no
        epochs to follow, or no figure has this name and a caption.

    Examples
    --------
    In a notebook::

        network = MLPClassifier(max_iter=20, verbose=True)
        with training_view(network):
            network.fit(images, labels)
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
    caption = "Training loss, the average of each epoch."
    if name is not None or values:
        caption = figure_caption(name, **values)
    reader = _LineReader(network, caption, tab_seconds, on_line, sys.stdout)
    sys.stdout = reader
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            reader.wait_for_page()
            yield
    finally:
        sys.stdout = reader.stdout
        messages = [f"{w.category.__name__}: {' '.join(str(w.message).split())}" for w in caught]
        reader.stopped = any(INTERRUPTED in message for message in messages)
        reader.finish()
        for message in dict.fromkeys(messages):
            print(message)


class _LineReader(TrainingFigure):
    """Stands in for `sys.stdout`: keeps the losses and scores it reads, passes on the rest."""

    def __init__(
        self,
        network: "MLPClassifier | MLPRegressor",
        caption: str,
        tab_seconds: float | None,
        on_line: Callable[[str], Any] | None,
        stdout: TextIO,
    ):
        self.network = network
        self.on_line = on_line
        self.stdout = stdout
        self.losses, self.scores = [], []
        self.unfinished = self.last_line = ""
        super().__init__(network.max_iter, caption, tab_seconds)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stdout, name)  # encoding, flush, isatty, ...

    def write(self, text: str) -> int:
        *lines, self.unfinished = (self.unfinished + text).split("\n")
        for line in lines:
            self._read(line)
        return len(text)

    def _read(self, line):
        if match := LOSS_LINE.match(line):
            if match[1] == "1":
                self._begin()
            self.losses.append(float(match[2]))
            self.epochs = max(self.epochs, len(self.losses))
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

    def _begin(self):
        """Begin a curve, or go on with the one that is there: scikit-learn counts from 1 again."""
        if len(getattr(self.network, "loss_curve_", [])) <= 1:
            self.losses, self.scores = [], []
            self.start = time.monotonic()
        self.epochs = self.network.max_iter
        if self.losses and self.network.warm_start:
            self.epochs += len(self.losses)

    def finish(self) -> None:
        self.stdout.write(self.unfinished)
        super().finish()

    def describe(self) -> str:
        alt = "Curve of the training loss, epoch by epoch"
        if self.losses:
            alt += (
                f": {self.losses[0]:.2f} on average during epoch 1, "
                f"{self.losses[-1]:.2f} during epoch {len(self.losses)}"
            )
        if self.scores:
            alt += f". Beside it the {self._score()}: {max(self.scores):.3f} at best"
        return f"{alt}."

    def _score(self):
        from sklearn.base import is_regressor  # here: course_utils works without scikit-learn

        return "validation R²" if is_regressor(self.network) else "validation accuracy"

    def epochs_done(self) -> float:
        return len(self.losses)

    def progress(self, done: float, seconds_left: str) -> str:
        return f"epoch {done} of at most {self.epochs}, at most {seconds_left}"

    def _progress_bar(self):
        return f"{super()._progress_bar()}<br><code>{html.escape(self.last_line)}</code>"

    def draw(self) -> Figure:
        figure = standalone_figure(8, 3)
        axis = figure.subplots()
        # A run that diverges prints nan, inf and numbers too large to draw, which are left out.
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
            right.set_ylabel(self._score(), color="C1")
            right.spines["right"].set_visible(True)
        return figure
