"""The feature maps that a network makes of the digit on a pad while it is drawn."""

from collections.abc import Callable, Sequence
from pathlib import Path

import anywidget
import numpy as np
import traitlets
from matplotlib import colormaps
from numpy.typing import ArrayLike

from course_utils.plots import figure_bundle
from course_utils.plots._styles import POSITIVE, POSITIVE_FINE
from course_utils.plots._validation import feature_maps
from course_utils.plots.feature_maps import tile_feature_maps
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.static_fallback import WithStaticFallback, caption_only
from course_utils.widgets.digit_pad import CAPTION, DigitPad, draw_pad, follow
from course_utils.widgets.live_prediction import (
    Model,
    Predictions,
    check_function,
    check_pad,
    in_a_row,
)

HERE = Path(__file__).parent
COLUMNS = 8  # tiles in a row
GAP = 255  # the level between two tiles; activations have levels 0 to 254
COLORS = colormaps[POSITIVE_FINE].resampled(GAP)(range(GAP), bytes=True)  # (255, 4), red to alpha


def live_activations(
    pad: DigitPad,
    activations: Callable[[np.ndarray], Sequence[ArrayLike]],
    names: Sequence[str],
    models: dict[str, Model] | None = None,
) -> WithStaticFallback:
    """Show a pad beside the feature maps that layers make of what is drawn on it.

    Parameters
    ----------
    pad : DigitPad
    activations : callable
        Takes images, an array of shape (n, 28, 28) and dtype uint8, and returns a list with an
        array of shape (n, height, width, n_maps) per layer, from 0 up. It is called with one
        image. If it fails, the error is shown beside the pad, in place of the maps.
    names : sequence of str
        One per layer.
    models : dict of str to callable, optional
        As in `live_prediction`: their bars are shown beside the pad too.

    Returns
    -------
    WithStaticFallback
        Shown when it is the last line of a cell. Its children are the pad, the `Predictions` if
        there are `models`, and the `Activations`. When it is made again for the same pad and
        names, as when a cell is run again, it replaces the one before, whose maps no longer
        follow the pad.

    Raises
    ------
    TypeError
        If `pad` is not a pad, `activations` is not a function, `names` is not a list of names, or
        `models` is not a dict of functions.

    Examples
    --------
    >>> def shades(images):
    ...     return [images[..., np.newaxis] / np.array([255, 510])]  # one layer, two maps
    >>> view = live_activations(DigitPad(), shades, ["shades"])
    """
    maps = Activations(pad, activations, names)
    if models is None:
        return in_a_row([pad, maps], _fallback(pad, [], maps.shown))
    bars = Predictions(pad, models)
    return in_a_row([pad, bars, maps], _fallback(pad, bars.answers, maps.shown))


class Activations(anywidget.AnyWidget):
    """The maps of layers as tiles, made by `live_activations`; they follow a pad.

    Attributes
    ----------
    shown : dict
        Either ``layers``, a list with a dict for each, as `_layer` makes it, or an ``error``, a
        sentence that says what went wrong.
    """

    _esm = HERE / "live_activations.js"
    _css = HERE / "live_activations.css"

    shown = traitlets.Dict().tag(sync=True)
    # Sent once, so that each layer takes only one byte per pixel.
    _colors = traitlets.Bytes(COLORS.tobytes() + bytes(4)).tag(sync=True)  # the gap: transparent

    def __init__(
        self,
        pad: DigitPad,
        activations: Callable[[np.ndarray], Sequence[ArrayLike]],
        names: Sequence[str],
    ):
        check_pad(pad)
        check_function(activations, "images")
        if isinstance(names, str) or not all(isinstance(name, str) for name in names) or not names:
            raise TypeError(f"expected names: a list with a name for each layer, got {names!r}.")
        super().__init__()
        self._pad, self._activations, self._names = pad, activations, list(names)
        self._ask()
        follow(pad, ("activations", *names), self._ask)

    def _ask(self, _change=None):
        self.shown = _shown(self._activations, self._pad.image, self._names)


def _shown(activations, image, names):
    """The layers of one image, or what went wrong."""
    try:
        # A copy: what the function does to its image must not reach the pad or a model.
        outputs = activations(image[np.newaxis].copy())
        outputs = () if outputs is None else outputs
        outputs = [np.asarray(output, dtype=float) for output in outputs]
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    shapes = ", ".join(str(output.shape) for output in outputs) or "nothing"
    expected = f"For one image, of shape (1, 28, 28), it should return {len(names)} arrays of shape"
    if len(outputs) != len(names) or any(o.ndim != 4 or len(o) != 1 for o in outputs):
        hint = "." if outputs else ": did you forget `return`?"
        return {"error": f"{expected} (1, height, width, n_maps), and it returned {shapes}{hint}"}
    try:
        return {"layers": [_layer(o[0], name) for o, name in zip(outputs, names, strict=True)]}
    except ValueError as error:
        return {"error": str(error)}


def _layer(maps, name):
    """What the browser shows of one layer.

    Parameters
    ----------
    maps : ndarray of shape (height, width, n_maps), float
    name : str

    Returns
    -------
    dict
        ``title``; ``highest``, the largest activation, as text; ``inWords``, which maps have
        activations above half of it; ``width``, that of a row of tiles in pixels; ``levels``, a
        byte per pixel, row by row; and ``first``, the number of the first map in each row of
        tiles.
    """
    maps = feature_maps(maps)  # refuses empty arrays and values below 0
    if not np.isfinite(maps).all():
        raise ValueError(f"expected activations that are finite numbers, got nan or inf in {name}.")
    table, _, _ = tile_feature_maps(maps, COLUMNS)
    levels = np.nan_to_num(table / (maps.max() or 1) * (GAP - 1), nan=GAP)
    bright = (maps > maps.max() / 2).sum(axis=(0, 1))  # (n_maps,) places above half the scale
    words = f"{np.count_nonzero(bright)} of {len(bright)} maps are bright"
    if bright.any():
        words += f", map {bright.argmax()} in most places"
    return {
        "title": f"{name.replace('_', ' ')}: {maps.shape}",
        "highest": f"{maps.max():.2f}",
        "inWords": words,
        "width": table.shape[1],
        "levels": np.rint(levels).astype(np.uint8).tobytes(),
        "first": list(range(0, len(bright), COLUMNS)),
    }


def _fallback(pad, answers, shown):
    """The pad as `pad_fallback` draws it, and under it the layers."""
    layers = shown.get("layers", [])
    figure = standalone_figure(9.9, 2.6 + 2.7 * bool(layers))
    above, below = figure.subfigures(2, 1) if layers else (figure, None)
    alt = [draw_pad(above, pad, answers)]
    for number, layer in enumerate(layers):
        panel = below.add_subplot(1, len(layers), number + 1)
        levels = np.frombuffer(layer["levels"], dtype=np.uint8).reshape(-1, layer["width"])
        panel.imshow(np.ma.masked_equal(levels, GAP), cmap=POSITIVE, vmin=0, vmax=GAP - 1)
        panel.set_title(layer["title"], fontsize=11)
        panel.set_anchor("N")  # layers with fewer maps are lower: this keeps the titles in line
        panel.axis("off")
        alt.append(f"{layer['title']}: {layer['inWords']}.")
    return caption_only(figure_bundle(figure, caption=CAPTION, alt=" ".join(alt)))
