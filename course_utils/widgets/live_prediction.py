"""What networks say about the digit on a pad while it is drawn."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import numpy as np
import traitlets

from course_utils.widgets._base.static_fallback import WithStaticFallback
from course_utils.widgets.digit_pad import DigitPad, follow, pad_fallback

HERE = Path(__file__).parent
Model = Callable[[np.ndarray], Any]


def live_prediction(pad: DigitPad, models: dict[str, Model]) -> WithStaticFallback:
    """Show a pad beside the ten probabilities that each model gives to what is drawn on it.

    Parameters
    ----------
    pad : DigitPad
    models : dict of str to callable
        For each name, a function that takes images, an array of shape (n, 28, 28) and dtype
        uint8, and returns probabilities, an array of shape (n, 10). It is called with one image.
        If it fails, the error is shown beside the pad, in place of its bars.

    Returns
    -------
    WithStaticFallback
        Shown when it is the last line of a cell. Its children are the pad and the `Predictions`.
        When it is made again for the same pad and names, as when a cell is run again, it replaces
        the one before, whose bars no longer follow the pad.

    Raises
    ------
    TypeError
        If `pad` is not a pad, or `models` is not a dict of functions.

    Examples
    --------
    >>> def guess(images):
    ...     return np.full((len(images), 10), 0.1)
    >>> view = live_prediction(DigitPad(), {"guess": guess})
    """
    predictions = Predictions(pad, models)
    return in_a_row([pad, predictions], pad_fallback(pad, predictions.answers))


def in_a_row(children: Sequence[ipywidgets.Widget], fallback: dict[str, str]) -> WithStaticFallback:
    """Lay out widgets side by side, or one below the other where there is no room.

    Parameters
    ----------
    children : sequence of ipywidgets.Widget
    fallback : dict of str to str
        As in `WithStaticFallback`.

    Returns
    -------
    WithStaticFallback
    """
    view = WithStaticFallback(children, fallback)
    view.layout.flex_flow = "row wrap"
    return view


class Predictions(anywidget.AnyWidget):
    """Ten bars for each model, made by `live_prediction`; they follow the image of a pad.

    Attributes
    ----------
    answers : list of dict
        For each model its ``name``, and either its ``probabilities``, ten numbers (none while the
        pad is empty), or an ``error``, a sentence that says what went wrong.
    """

    _esm = HERE / "live_prediction.js"
    _css = HERE / "live_prediction.css"

    answers = traitlets.List().tag(sync=True)

    def __init__(self, pad: DigitPad, models: dict[str, Model]):
        _check(pad, models)
        super().__init__()
        self._pad, self._models = pad, models
        self._ask()
        follow(pad, ("predictions", *models), self._ask)

    def _ask(self, _change=None):
        image = self._pad.image
        self.answers = [
            {"name": str(name), **_answer(model, image)} for name, model in self._models.items()
        ]


def _check(pad, models):
    """Refuse anything but a pad and a dict of functions."""
    check_pad(pad)
    if not isinstance(models, dict) or not models:
        raise TypeError(
            f"expected a dict, a name and a function for each model, got {models!r}: for one model "
            'write `{"my network": predict}`.'
        )
    for name, model in models.items():
        check_function(model, f"images for {name!r}")


def check_pad(pad: Any) -> None:
    """Refuse anything but a pad.

    Parameters
    ----------
    pad : object

    Raises
    ------
    TypeError
    """
    if not isinstance(pad, DigitPad):
        raise TypeError(f"expected a DigitPad first, got {type(pad).__name__}.")


def check_function(model: Any, of: str) -> None:
    """Refuse anything but a function, with a hint if it is a network.

    Parameters
    ----------
    model : object
    of : str
        What the function takes.

    Raises
    ------
    TypeError
    """
    if not callable(model):
        hint = ": pass a function that calls its predict" if hasattr(model, "predict") else ""
        raise TypeError(f"expected a function of {of}, got {type(model).__name__}{hint}.")


def _answer(model, image):
    """What one model says about one image."""
    if not image.any():
        return {"probabilities": []}
    try:
        # A copy: what a model does to its image must not reach the pad or another model.
        probabilities = np.asarray(model(image[np.newaxis].copy()), dtype=float)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if probabilities.shape != (1, 10):
        hint = ": did you forget `return`?" if probabilities.shape == () else "."
        return {
            "error": f"For one image, of shape (1, 28, 28), it should return probabilities of "
            f"shape (1, 10), and it returned shape {probabilities.shape}{hint}"
        }
    if not ((probabilities >= 0) & (probabilities <= 1.0001)).all():  # nan neither
        return {
            "error": f"It should return probabilities from 0 to 1, and it returned numbers from "
            f"{probabilities.min():.3g} to {probabilities.max():.3g}: are they logits? Softmax "
            "turns these into probabilities."
        }
    return {"probabilities": probabilities[0].round(4).tolist()}
