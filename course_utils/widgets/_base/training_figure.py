"""What a learner sees of a training run: a progress bar and curves, then the curves alone."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anywidget
import traitlets
from IPython import get_ipython
from IPython.display import DisplayHandle
from matplotlib.figure import Figure

from course_utils.plots import figure_bundle, figure_html
from course_utils.widgets._base.assets import KEYBOARD, concatenate

HERE = Path(__file__).parent
REDRAW_SECONDS = 0.5  # at most two pictures a second
DRAWING_SHARE = 0.2  # and drawing them takes at most this share of the time
LOADING_SECONDS = 0.5  # for the page to load the view, before training takes all cores


class TrainingWidget(anywidget.AnyWidget):
    """The picture while a network trains, and a button that interrupts the kernel.

    Attributes
    ----------
    picture : str
        HTML.
    stoppable : bool
        Whether a running cell can be interrupted.
    """

    _esm = concatenate(KEYBOARD, HERE / "training_figure.js")
    _css = HERE / "training_figure.css"

    picture = traitlets.Unicode().tag(sync=True)
    stoppable = traitlets.Bool().tag(sync=True)


class TrainingFigure:
    """A figure in the notebook that is redrawn while a network trains.

    Each library has a subclass, which collects what the library reports and defines the four
    methods that raise NotImplementedError here.

    Parameters
    ----------
    epochs : int
        How many epochs the training takes at most.
    caption : str
        The line under the figure.
    tab_seconds : float or None
        About how long the training takes in a browser tab.

    Attributes
    ----------
    stopped : bool
        Whether the learner has stopped the training.
    first : int
        How many epochs an earlier training has done: a training may go on from there.
    """

    def __init__(self, epochs: int, caption: str, tab_seconds: float | None):
        self.epochs, self.caption = epochs, caption
        self.stopped = False
        self.first = 0
        self.notice = ""
        stoppable = sys.platform != "emscripten"
        if not stoppable:
            self.notice = "In a browser tab a running cell cannot be stopped."
            if tab_seconds is not None:
                self.notice += f" Expect about {tab_seconds:.0f} seconds."
        self.start = time.monotonic()
        self.next_redraw = self.start + REDRAW_SECONDS
        self.widget = TrainingWidget(picture=self._running(), stoppable=stoppable)
        self.handle = DisplayHandle()
        widget, _ = self.widget._repr_mimebundle_()
        # The HTML is for pages without widgets.
        self.handle.display(widget | self._texts(self.widget.picture), raw=True)

    def draw(self) -> Figure:
        """Draw the curves so far."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return the alternative text of the curves so far."""
        raise NotImplementedError

    def epochs_done(self) -> float:
        """Return how many epochs are done, with the part of the current one."""
        raise NotImplementedError

    def progress(self, done: float, seconds_left: str) -> str:
        """Return the text beside the progress bar."""
        raise NotImplementedError

    def wait_for_page(self) -> None:
        """Wait a moment: a view that is not loaded after two seconds of training never will be."""
        if self.widget.stoppable and hasattr(get_ipython(), "kernel"):
            with interrupts_stop(self):  # a press of the button now waits for the first epoch
                time.sleep(LOADING_SECONDS)
            self.start += LOADING_SECONDS

    def redraw_if_due(self) -> None:
        """Redraw the figure unless it was redrawn a moment ago."""
        begin = time.monotonic()
        if begin > self.next_redraw:
            # Outside a notebook, displaying prints, and a line that is printed may call this again.
            self.next_redraw = float("inf")
            self.widget.picture = self._running()
            end = time.monotonic()
            self.next_redraw = end + max(REDRAW_SECONDS, (end - begin) / DRAWING_SHARE)

    def finish(self) -> None:
        """Put the curves in place of the widget: they stay in the notebook without a kernel."""
        bundle = figure_bundle(self.draw(), caption=self.caption, alt=self.describe())
        page = bundle["text/html"]
        if self.stopped:
            page += (
                f"<p>Stopped after {self._how_far()}: the network keeps what it has learned.</p>"
            )
        self.handle.update(bundle | self._texts(page), raw=True)
        self.widget.close()

    def _how_far(self):
        return f"{self.epochs_done():.3g} of {self.epochs} epochs"

    def _texts(self, page):
        # The plain text is the same before and after training: a frontend may keep either.
        return {"text/html": page, "text/plain": f"Figure: {self.caption}"}

    def _running(self):
        """The curves so far, under a progress bar."""
        picture = figure_html(self.draw(), caption=self.caption, alt=self.describe())
        notice = f"<p>{self.notice}</p>" if self.notice else ""
        return notice + self._progress_bar() + picture

    def _progress_bar(self):
        done, text = self.epochs_done(), "starting"
        here, all_here = done - self.first, self.epochs - self.first
        if here:
            seconds = (time.monotonic() - self.start) / here * (all_here - here)
            text = self.progress(done, f"{seconds:.0f} s left")
        bar = f'<progress max="{all_here}" value="{here:g}"></progress>'
        return f"<label>Training: {bar} {text}</label>"


@contextmanager
def interrupts_stop(figure: TrainingFigure) -> Iterator[None]:
    """Let an interrupt mark a training as stopped; a second one raises KeyboardInterrupt.

    Parameters
    ----------
    figure : TrainingFigure
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread gets signals
        return

    def stop(*_signal):
        if figure.stopped:
            raise KeyboardInterrupt
        figure.stopped = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
