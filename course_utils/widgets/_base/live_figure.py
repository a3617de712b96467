"""Controls above a figure that follows them."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import ipywidgets
from matplotlib.figure import Figure

from course_utils.plots import figure_bundle, figure_html
from course_utils.widgets._base.live_region import LiveRegion
from course_utils.widgets._base.static_fallback import WithStaticFallback, caption_only


class LiveFigure(WithStaticFallback):
    """Controls above a figure that is redrawn, and announced, when one of them changes.

    Where no kernel runs, the first figure is shown.

    Parameters
    ----------
    controls : sequence of ipywidgets.Widget
        Those with a value redraw the figure when it changes. The others, such as buttons and
        boxes, are only laid out: what they do may call `redraw`. A `Slider` guards its own keys;
        other controls need a `KeyboardGuard` among them.
    draw : callable
        Takes nothing; returns a figure and a dict with its ``caption`` and its ``alt``. If it
        returns the same figure each time, and changes only what is new in it, the picture follows
        twice as fast: its panels are placed once, and again if ``draw`` sets a layout engine.
    announced : {"alt", "caption"}, default="alt"
        Which of the two texts screen readers announce after a change.
    trained : bool, default=False
        Whether the figure depends on a trained network: the plain text of the fallback is then
        the caption alone (see `caption_only`).
    """

    def __init__(
        self,
        controls: Sequence[ipywidgets.Widget],
        draw: Callable[[], tuple[Figure, dict[str, str]]],
        *,
        announced: Literal["alt", "caption"] = "alt",
        trained: bool = False,
    ):
        self._draw, self._announced = draw, announced
        figure, texts = draw()
        first = figure_bundle(figure, **texts)
        self._picture, self._live_region = ipywidgets.HTML(first["text/html"]), LiveRegion()
        super().__init__(
            [*controls, self._live_region, self._picture],
            caption_only(first) if trained else first,
        )
        for control in controls:
            if control.has_trait("value"):
                control.observe(self.redraw, names="value")

    def redraw(self, _change: Any = None) -> None:
        """Draw the figure again and announce it."""
        figure, texts = self._draw()
        self._picture.value = figure_html(figure, **texts)
        figure.set_layout_engine("none")  # the panels are in their places
        self._live_region.text = texts[self._announced]
