"""A slider that screen readers can name."""

from pathlib import Path

import anywidget
import traitlets

from course_utils.widgets._base.assets import KEYBOARD, concatenate

NUMBER = [traitlets.Int(), traitlets.Float()]  # an integer stays one: it may be an index


class Slider(anywidget.AnyWidget):
    """The browser's own slider, with a name; used like those of ipywidgets.

    The handle of ``ipywidgets.IntSlider`` has no name that a screen reader could read out, and
    Python cannot give it one.

    Attributes
    ----------
    description : str
        The name.
    value, min, max, step : int or float
        A value outside the range is clipped to it.
    """

    _esm = concatenate(KEYBOARD, Path(__file__).with_name("slider.js"))
    _css = Path(__file__).parent / "slider.css"

    description = traitlets.Unicode().tag(sync=True)
    # The browser owns the value during a drag: an echo would move the handle back.
    value = traitlets.Union(NUMBER, default_value=0).tag(sync=True, echo_update=False)
    min = traitlets.Union(NUMBER, default_value=0).tag(sync=True)
    max = traitlets.Union(NUMBER, default_value=100).tag(sync=True)
    step = traitlets.Union(NUMBER, default_value=1).tag(sync=True)

    @traitlets.validate("value")
    def _clip(self, proposal):
        return min(max(proposal.value, self.min), self.max)
