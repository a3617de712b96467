"""What a picture says after a change, for screen readers."""

from pathlib import Path

import anywidget
import traitlets


class LiveRegion(anywidget.AnyWidget):
    """Put into a box of widgets, invisible: a screen reader says its text when it has changed.

    A picture that follows a slider is silent: its alternative text is read only where the reader
    stands on it.

    Attributes
    ----------
    text : str
        What is said once it has not changed for a moment. The first is not said.
    """

    _esm = Path(__file__).parent / "live_region.js"
    _css = Path(__file__).parent / "live_region.css"
    text = traitlets.Unicode().tag(sync=True)
