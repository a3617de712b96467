"""A slider that screen readers can name."""

from pathlib import Path

import anywidget
import traitlets

from course_utils.widgets._base.keyboard_guard import with_keys

NUMBER = [traitlets.Int(), traitlets.Float()]  # a whole number stays one: it may be an index


class Slider(anywidget.AnyWidget):
    """A slider as the browser makes it, with its name; used like that of ipywidgets.

    The handle of ``ipywidgets.IntSlider`` has no name that a screen reader could say, and there
    is no way to give it one from Python.

    Attributes
    ----------
    description : str
        The name.
    value, min, max, step : int or float
        A value beyond the ends becomes the end.
    """

    _esm = with_keys(Path(__file__).with_name("slider.js"))
    _css = Path(__file__).parent / "slider.css"

    description = traitlets.Unicode().tag(sync=True)
    # The browser owns the value while it is dragged: an echo would move the handle back.
    value = traitlets.Union(NUMBER, default_value=0).tag(sync=True, echo_update=False)
    min = traitlets.Union(NUMBER, default_value=0).tag(sync=True)
    max = traitlets.Union(NUMBER, default_value=100).tag(sync=True)
    step = traitlets.Union(NUMBER, default_value=1).tag(sync=True)

    @traitlets.validate("value")
    def _between_the_ends(self, proposal):
        return min(max(proposal.value, self.min), self.max)
