"""A pad to draw a digit on, and the image that a network gets."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets
from matplotlib.figure import FigureBase
from PIL import Image, ImageDraw

from course_utils.plots import figure_bundle
from course_utils.plots._styles import GREY_LEVELS
from course_utils.preprocessing import SIZE, scale_and_centre, shrink
from course_utils.widgets._base.assets import KEYBOARD, concatenate
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.static_fallback import caption_only, with_note

HERE = Path(__file__).parent
SIDE = 280  # of the pad, in pixels
CAPTION = "Draw a digit with mouse, finger, pen or keys."
OVERSAMPLING = 2  # strokes are drawn this much larger, then scaled down: smooth edges


class DigitPad(anywidget.AnyWidget):
    """Draw a digit with mouse, finger, pen or keys; `image` is what a network gets.

    With the keyboard, arrow keys move a cursor (Shift: in larger steps; Home, Page Up, End and
    Page Down: diagonally), Space lowers and lifts the pen, Delete clears, Ctrl+Z undoes.

    Attributes
    ----------
    strokes : list of list of [float, float]
        The drawing: for each stroke its points [x, y], from (0, 0), top left, to (1, 1). To draw
        from Python, assign a new list; arrays and tuples of that shape work too.
    brush : float
        Width of the pen in pixels of the 28 x 28 image, from 1 to 5.
    preprocessed : bool
        Whether the drawing is scaled and centred as MNIST was, or only scaled down.
    image : ndarray of shape (28, 28), uint8, read-only
        From 0 (paper) to 255 (ink). ``pad.observe(function, "image")`` calls a function whenever
        it changes: up to 30 times a second during a stroke.

    Raises
    ------
    ValueError
        If `strokes` or `brush` is set to anything else.

    Examples
    --------
    >>> pad = DigitPad()
    >>> pad.strokes = [[[0.5, 0.2], [0.5, 0.8]]]
    >>> pad.image.shape, pad.image.max()
    ((28, 28), np.uint8(255))
    """

    _esm = concatenate(KEYBOARD, HERE / "digit_pad.js")
    _css = HERE / "digit_pad.css"

    # The browser owns a stroke while it is drawn: an echo would undo its last points.
    strokes = traitlets.List().tag(sync=True, echo_update=False)
    brush = traitlets.Float(2.5).tag(sync=True, echo_update=False)  # digits as heavy as MNIST's
    preprocessed = traitlets.Bool(True).tag(sync=True)
    image = traitlets.Instance(np.ndarray, read_only=True)
    _pixels = traitlets.Bytes(bytes(SIZE * SIZE)).tag(sync=True)  # `image`, for the browser

    @traitlets.default("image")
    def _blank(self):
        return _locked(np.zeros((SIZE, SIZE), dtype=np.uint8))

    @traitlets.validate("strokes")
    def _validate_strokes(self, proposal):
        return [_points(stroke) for stroke in proposal.value]

    @traitlets.validate("brush")
    def _validate_brush(self, proposal):
        if not 1 <= proposal.value <= 5:
            raise ValueError(f"expected brush: a width from 1 to 5, got {proposal.value}.")
        return proposal.value

    @traitlets.observe("strokes", "brush", "preprocessed")
    def _draw_again(self, _change):
        drawing = draw(self.strokes, self.brush)
        image = _locked(scale_and_centre(drawing) if self.preprocessed else shrink(drawing))
        if not np.array_equal(image, self.image):
            self._pixels = image.tobytes()
            self.set_trait("image", image)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | with_note(pad_fallback(self)), metadata


def draw(strokes: Sequence, brush: float) -> np.ndarray:
    """Draw strokes with a round pen.

    Parameters
    ----------
    strokes : list of list of [float, float]
        As in `DigitPad`.
    brush : float
        Width of the pen, in 28ths of the pad.

    Returns
    -------
    ndarray of shape (280, 280), uint8
        From 0 (paper) to 255 (ink).
    """
    side = SIDE * OVERSAMPLING
    width = max(1, round(brush / SIZE * side))
    picture = Image.new("L", (side, side))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        points = [(x * side, y * side) for x, y in stroke]
        pen.line(points, fill=255, width=width)
        for x, y in points:  # round ends, and no gap at a turn
            r = width / 2
            pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
    return np.array(picture.reduce(OVERSAMPLING))


def pad_fallback(pad: DigitPad, answers: Sequence[dict[str, Any]] = ()) -> dict[str, str]:
    """Draw a pad for pages without a kernel: the drawing, the image, and what models answer.

    Parameters
    ----------
    pad : DigitPad
    answers : sequence of dict, optional
        As in `Predictions`.

    Returns
    -------
    dict of str to str
        The bundle that `figure_bundle` returns, with the caption alone as its plain text.
    """
    figure = standalone_figure(2.4 * (2 + len(answers)), 2.6)
    alt = draw_pad(figure, pad, answers)
    return caption_only(figure_bundle(figure, caption=CAPTION, alt=alt))


def draw_pad(figure: FigureBase, pad: DigitPad, answers: Sequence[dict[str, Any]] = ()) -> str:
    """Draw what `pad_fallback` shows into a figure or a part of one.

    Parameters
    ----------
    figure : matplotlib.figure.FigureBase
    pad : DigitPad
    answers : sequence of dict, optional
        As in `Predictions`.

    Returns
    -------
    str
        What is shown, as an alternative text.
    """
    n_panels = 2 + len(answers)
    panels = figure.subplots(1, n_panels)
    pictures = {"drawn": draw(pad.strokes, pad.brush), "what a network gets": pad.image}
    for panel, (title, picture) in zip(panels, pictures.items(), strict=False):
        panel.imshow(picture, **GREY_LEVELS)
        panel.set(title=title, xticks=[], yticks=[])
    said = []
    for panel, answer in zip(panels[2:], answers, strict=True):
        probabilities = answer.get("probabilities") or np.zeros(10)
        panel.barh(range(10), probabilities)
        panel.set(title=answer["name"], xlim=(0, 1), xticks=[0, 1], yticks=range(10))
        panel.invert_yaxis()
        if np.any(probabilities):
            said.append(f"{answer['name']} says {np.argmax(probabilities)}.")
    alt = "A pad to draw a digit on, and the 28 by 28 pixels that a network gets of it"
    alt += ": both are empty." if not pad.image.any() else "."
    return " ".join([alt, *said])


def follow(pad: DigitPad, role: tuple[str, ...], listener: Callable[[Any], None]) -> None:
    """Call a function whenever the image of a pad changes.

    The function replaces the one that had the same role before: when a cell is run again, the
    widget it made last time stops following the pad.

    Parameters
    ----------
    pad : DigitPad
    role : tuple of str
    listener : callable
        Called with the change, as with `observe`.
    """
    listeners = vars(pad).setdefault("_listeners", {})
    if before := listeners.get(role):
        pad.unobserve(before, "image")
    pad.observe(listener, "image")
    listeners[role] = listener


def _points(stroke):
    """One stroke as a list of [x, y], or a `ValueError` that says what it is instead."""
    try:
        points = np.asarray(stroke, dtype=float)
    except (TypeError, ValueError):
        points = np.empty(0)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        hint = ": is this one point? A stroke is a list of points" if points.shape == (2,) else ""
        raise ValueError(
            "expected strokes: a list with a list of points [x, y] for each stroke, got a stroke "
            f"of shape {points.shape}{hint}."
        )
    if not ((points >= 0) & (points <= 1)).all():
        raise ValueError(
            f"expected points from 0 to 1, got {points.min():.4g} to {points.max():.4g}: "
            "0, 0 is the top left corner of the pad, and 1, 1 the bottom right corner."
        )
    return points.tolist()


def _locked(image):
    """The image, protected from being changed by mistake: it is the state of a pad."""
    image.flags.writeable = False
    return image
