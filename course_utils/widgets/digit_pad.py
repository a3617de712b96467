"""A pad to draw a digit on, and the picture that a network gets of it."""

from pathlib import Path

import anywidget
import numpy as np
import traitlets
from matplotlib.figure import Figure
from PIL import Image, ImageDraw

from course_utils.plots import figure_bundle
from course_utils.preprocessing import SIZE, scale_and_centre, shrink
from course_utils.widgets._base.keyboard_guard import with_keys
from course_utils.widgets._base.static_fallback import caption_alone, with_note

HERE = Path(__file__).parent
SIDE = 280  # of the pad, in pixels
CAPTION = "Draw a digit with mouse, finger, pen or keys."
FINER = 2  # the strokes are drawn this much larger, then scaled down: smooth edges


class DigitPad(anywidget.AnyWidget):
    """Draw a digit with mouse, finger, pen or keys; `image` is what a network gets to see.

    With the keyboard: arrow keys move a cursor (Shift: in larger steps; Home, Page Up, End and
    Page Down: diagonally), Space lowers and lifts the pen, Delete clears, Ctrl+Z undoes.

    Attributes
    ----------
    strokes : list of list of [float, float]
        The state of the pad, the points [x, y] of each stroke from (0, 0), top left, to (1, 1).
        To draw from Python, assign a new list: anything of that shape is taken.
    brush : float
        Width of the pen in pixels of the 28 x 28 picture, from 1 to 5.
    preprocessed : bool
        Whether the picture is scaled and centred as MNIST was, or only scaled down.
    image : ndarray of shape (28, 28), uint8, read-only
        From 0 (paper) to 255 (ink). ``pad.observe(function, "image")`` calls a function each
        time it has changed: while a stroke goes on, up to 30 times a second.

    Raises
    ------
    ValueError
        If `strokes` or `brush` are set to something else.

    Examples
    --------
    >>> pad = DigitPad()
    >>> pad.strokes = [[[0.5, 0.2], [0.5, 0.8]]]
    >>> pad.image.shape, pad.image.max()
    ((28, 28), np.uint8(255))
    """

    _esm = with_keys(HERE / "digit_pad.js")
    _css = HERE / "digit_pad.css"

    # The browser owns a stroke while it is drawn: an echo would take its last points back.
    strokes = traitlets.List().tag(sync=True, echo_update=False)
    brush = traitlets.Float(2.5).tag(sync=True, echo_update=False)  # digits as heavy as MNIST's
    preprocessed = traitlets.Bool(True).tag(sync=True)
    image = traitlets.Instance(np.ndarray, read_only=True)
    _pixels = traitlets.Bytes(bytes(SIZE * SIZE)).tag(sync=True)  # `image`, for the browser

    @traitlets.default("image")
    def _blank(self):
        return _locked(np.zeros((SIZE, SIZE), dtype=np.uint8))

    @traitlets.validate("strokes")
    def _strokes_fit(self, proposal):
        return [_points(stroke) for stroke in proposal.value]

    @traitlets.validate("brush")
    def _brush_fits(self, proposal):
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

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | with_note(still(self)), metadata


def draw(strokes, brush):
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
    side = SIDE * FINER
    width = max(1, round(brush / SIZE * side))
    picture = Image.new("L", (side, side))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        points = [(x * side, y * side) for x, y in stroke]
        pen.line(points, fill=255, width=width)
        for x, y in points:  # round ends, and no gap where the stroke turns
            r = width / 2
            pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
    return np.array(picture.reduce(FINER))


def still(pad, answers=()):
    """A picture of a pad for pages without a kernel: the drawing, the image, and some answers.

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
    # Not through pyplot: an interrupt in the middle leaves no open figure behind.
    figure = Figure(figsize=(2.4 * (2 + len(answers)), 2.6), layout="constrained")
    alt = draw_pad(figure, pad, answers)
    return caption_alone(figure_bundle(figure, caption=CAPTION, alt=alt))


def draw_pad(figure, pad, answers=()):
    """Draw what `still` shows into a figure or a part of one; what it shows, in words."""
    n_panels = 2 + len(answers)
    panels = figure.subplots(1, n_panels)
    pictures = {"drawn": draw(pad.strokes, pad.brush), "what a network gets": pad.image}
    for panel, (title, picture) in zip(panels, pictures.items(), strict=False):
        panel.imshow(picture, cmap="gray_r", vmin=0, vmax=255)
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


def follow(pad, role, listener):
    """Call a function with each new image of a pad.

    It takes the place of the function that had the same role before: when a cell is run again,
    what it made the last time shall no longer work.

    Parameters
    ----------
    pad : DigitPad
    role : tuple of str
    listener : callable
        Called with the change, as `observe` does.
    """
    followers = vars(pad).setdefault("_followers", {})
    if before := followers.get(role):
        pad.unobserve(before, "image")
    pad.observe(listener, "image")
    followers[role] = listener


def _points(stroke):
    """One stroke as a list of [x, y], or a `ValueError` that says what came instead."""
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
            "0, 0 is the top left corner of the pad and 1, 1 the bottom right one."
        )
    return points.tolist()


def _locked(image):
    """The image, so that it cannot be changed by mistake: it is the state of a pad."""
    image.flags.writeable = False
    return image
