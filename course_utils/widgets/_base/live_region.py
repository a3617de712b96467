"""Text that screen readers announce after a change."""

from pathlib import Path

import anywidget
import traitlets


class LiveRegion(anywidget.AnyWidget):
    """An invisible widget: screen readers announce its text when it changes.

    A picture that follows a slider is silent: its alternative text is read only when the reader
    moves to it.

    Attributes
    ----------
    text : str
        Announced once it has not changed for a moment. The initial text is not announced.
    """

    _esm = Path(__file__).parent / "live_region.js"
    _css = Path(__file__).parent / "live_region.css"
    text = traitlets.Unicode().tag(sync=True)
