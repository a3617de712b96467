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
from course_utils.preprocessing import BOX, SIZE, centre, shrink
from course_utils.widgets._base.assets import KEYBOARD, concatenate
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.static_fallback import caption_only, with_note

HERE = Path(__file__).parent
SIDE = 280  # of the pad, in pixels
CAPTION = "Draw a digit with mouse, finger, pen or keys."
OVERSAMPLING = 2  # strokes are drawn this much larger, then scaled down: smooth edges

# The pen of `draw_as_mnist`, in pixels of the 28 x 28 image, chosen on training images: the last
# 3,000 were traced with tests/drawn_digits.py, drawn again and read by the CNN of the course. It
# reads 0.993 of them with a pen of 2.5, 0.989 with 1.5 or 3 and 0.987 with 3.5, and 0.997 of the
# images themselves. Their mean grey is 33, that of the digits drawn with 2.5 is 35.
PEN = 2.5
FINE = 8  # it is drawn so many times larger, then scaled down
SMALL = 0.1  # of the pad; what is smaller is not a digit, and is enlarged no more than this


class DigitPad(anywidget.AnyWidget):
    """Draw a digit with mouse, finger, pen or keys; `image` is what a network gets.

    With the keyboard, arrow keys move a cursor (Shift: in larger steps; Home, Page Up, End and
    Page Down: diagonally), Space lowers and lifts the pen, Delete clears, Ctrl+Z undoes, also
    what was cleared.

    Attributes
    ----------
    strokes : list of list of [float, float]
        The drawing: for each stroke its points [x, y], from (0, 0), top left, to (1, 1). To draw
        from Python, assign a new list; arrays and tuples of that shape work too.
    brush : float
        Width of the ink on the pad, in 28ths of it, from 1 to 5. The image has this width only if
        it is not `preprocessed`.
    preprocessed : bool
        Whether the strokes are scaled, drawn again and centred so that they look like MNIST (see
        `draw_as_mnist`), or the pad is only scaled down, as it stands.
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
        if self.preprocessed:
            image = draw_as_mnist(self.strokes)
        else:
            image = shrink(draw(self.strokes, self.brush))
        if not np.array_equal(image, self.image):
            self._pixels = image.tobytes()
            self.set_trait("image", _locked(image))

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
    lines = [np.multiply(stroke, side) for stroke in strokes]
    return _ink(lines, round(brush / SIZE * side), (side, side), OVERSAMPLING)


def draw_as_mnist(strokes: Sequence) -> np.ndarray:
    """Draw strokes as large as the digits of MNIST, with a pen as wide as theirs.

    The strokes are scaled first, and then drawn: with their ink they fit into 20 x 20 pixels,
    proportions kept. Scaling the drawing instead would scale the width of its ink too, and a
    small digit would come out so heavy that networks misread it. The centre of mass is placed in
    the centre pixel, as `preprocess` does.

    A dot is drawn as a dot. Strokes that cover less than a tenth of the pad, such as a slip of
    the hand, are enlarged as much as those that cover a tenth, so they stay small.

    Parameters
    ----------
    strokes : list of list of [float, float]
        As in `DigitPad`.

    Returns
    -------
    ndarray of shape (28, 28), uint8
        From 0 (paper) to 255 (ink).
    """
    if not len(strokes):
        return np.zeros((SIZE, SIZE), dtype=np.uint8)
    points = np.concatenate(strokes)
    first, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = (BOX - PEN) / max(*extent, SMALL)
    box = np.ceil((scale * extent + PEN).round(6)).astype(int)  # width, height
    margin = (box - scale * extent) / 2
    # In Pillow whole numbers are the middles of pixels, not their edges.
    lines = [FINE * (scale * (stroke - first) + margin) - 0.5 for stroke in strokes]
    return centre(_ink(lines, round(FINE * PEN), tuple(FINE * box), FINE))


def _ink(lines, width, size, oversampling):
    """Draw lines with a round pen, then scale the picture down."""
    picture = Image.new("L", size)
    pen = ImageDraw.Draw(picture)
    r = width / 2
    for line in lines:
        points = [tuple(point) for point in line.tolist()]
        pen.line(points, fill=255, width=width)
        for x, y in points:  # round ends, and no gap at a turn
            pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
    return np.array(picture.reduce(oversampling))


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
