"""What networks say about the digit on a pad, while it is drawn."""

from pathlib import Path

import anywidget
import numpy as np
import traitlets

from course_utils.widgets._base.static_fallback import WithStaticFallback
from course_utils.widgets.digit_pad import DigitPad, follow, still

HERE = Path(__file__).parent


def live_prediction(pad, models):
    """A pad beside the ten probabilities that each of some models gives to what is drawn on it.

    Parameters
    ----------
    pad : DigitPad
    models : dict of str to callable
        For each name a function that takes images, an array of shape (n, 28, 28) and dtype uint8,
        and returns probabilities, an array of shape (n, 10). It is called with one image. What
        goes wrong in it is said beside the pad, where its bars would be.

    Returns
    -------
    WithStaticFallback
        To be shown as the last line of a cell. Its children are the pad and the `Predictions`.
        Made again for the same pad and names, as when a cell is run again, it takes the place of
        the one before, whose bars then rest.

    Raises
    ------
    TypeError
        If `pad` is no pad, or `models` not a dict of functions.

    Examples
    --------
    >>> live_prediction(  # doctest: +SKIP
    ...     DigitPad(), {"MLP": lambda images: mlp.predict_proba(images.reshape(-1, 784) / 255)}
    ... )
    """
    predictions = Predictions(pad, models)
    return in_a_row([pad, predictions], still(pad, predictions.answers))


def in_a_row(children, picture):
    """Widgets beside each other, or under each other where there is no room."""
    view = WithStaticFallback(children, picture)
    view.layout.flex_flow = "row wrap"
    return view


class Predictions(anywidget.AnyWidget):
    """Ten bars for each model, made by `live_prediction`; they follow the picture of a pad.

    Attributes
    ----------
    answers : list of dict
        For each model its ``name``, and its ``probabilities``, ten numbers (none while the pad
        is empty), or ``error``, a sentence that says what went wrong.
    """

    _esm = HERE / "live_prediction.js"
    _css = HERE / "live_prediction.css"

    answers = traitlets.List().tag(sync=True)

    def __init__(self, pad, models):
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
    """Refuse anything else than a pad and a dict of functions."""
    check_pad(pad)
    if not isinstance(models, dict) or not models:
        raise TypeError(
            f"expected a dict, a name and a function for each model, got {models!r}: for one model "
            'write `{"my network": predict}`.'
        )
    for name, model in models.items():
        check_function(model, f"images for {name!r}")


def check_pad(pad):
    """Refuse anything else than a pad."""
    if not isinstance(pad, DigitPad):
        raise TypeError(f"expected a DigitPad first, got {type(pad).__name__}.")


def check_function(model, of):
    """Refuse anything else than a function, with a hint where it is a network."""
    if not callable(model):
        hint = ": pass a function that calls its predict" if hasattr(model, "predict") else ""
        raise TypeError(f"expected a function of {of}, got {type(model).__name__}{hint}.")


def _answer(model, image):
    """What one model says of one image."""
    if not image.any():
        return {"probabilities": []}
    try:
        # A copy: what a model does to its images must not reach the pad or another model.
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
            "turns them into probabilities."
        }
    return {"probabilities": probabilities[0].round(4).tolist()}
