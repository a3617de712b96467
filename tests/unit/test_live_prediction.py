"""The bars beside a pad say what each model makes of its image."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets.widgets import widget

from course_utils.datasets import load_cnn_weights
from course_utils.widgets import DigitPad, live_prediction
from course_utils.widgets.live_prediction import Predictions
from tests.drawn_digits import cnn_probabilities

SEVEN = [[[0.2, 0.2], [0.7, 0.2], [0.4, 0.8]]]


@pytest.fixture(scope="module")
def cnn():
    return cnn_probabilities(load_cnn_weights())


def ones(images):
    """A model that is sure it sees a 1."""
    return np.eye(10)[[1] * len(images)]


def answers(view):
    return {answer["name"]: answer for answer in view.children[1].answers}


def test_each_model_is_asked_about_the_image_of_the_pad(cnn):
    pad, asked = DigitPad(), []

    def note(images):
        asked.append(images)
        return ones(images)

    view = live_prediction(pad, {"CNN": cnn, "note": note})
    pad.strokes = SEVEN
    assert asked[-1].shape == (1, 28, 28)
    assert asked[-1].dtype == np.uint8
    assert np.array_equal(asked[-1][0], pad.image)
    assert answers(view)["CNN"]["probabilities"] == pytest.approx(
        cnn(pad.image[np.newaxis])[0], abs=1e-4
    )
    assert np.argmax(answers(view)["CNN"]["probabilities"]) == 7
    assert answers(view)["note"]["probabilities"] == ones([0])[0].tolist()


def test_nothing_is_said_about_an_empty_pad():
    pad = DigitPad(strokes=SEVEN)
    view = live_prediction(pad, {"sure": ones})
    assert answers(view)["sure"]["probabilities"]
    pad.strokes = []
    assert answers(view) == {"sure": {"name": "sure", "probabilities": []}}


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (lambda images: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda images: None, "it returned shape (): did you forget `return`?"),
        (lambda images: ones(images)[0], "it returned shape (10,)"),
        (lambda images: images, "it returned shape (1, 28, 28)"),
        (lambda images: "seven", "ValueError: could not convert string to float"),
        (lambda images: 5 * ones(images) - 1, "from -1 to 4: are they logits?"),
        (lambda images: np.nan * ones(images), "from nan to nan"),
    ],
)
def test_an_error_in_a_model_is_shown_and_the_others_go_on(model, message):
    pad = DigitPad()
    view = live_prediction(pad, {"broken": model, "sure": ones})
    pad.strokes = SEVEN
    assert message in answers(view)["broken"]["error"]
    assert "probabilities" not in answers(view)["broken"]
    assert answers(view)["sure"]["probabilities"][1] == 1


def test_what_a_model_does_to_its_images_reaches_nothing_else(cnn):
    def wipe(images):
        images[:] = 0
        return ones(images)

    pad = DigitPad()
    view = live_prediction(pad, {"wipe": wipe, "CNN": cnn})
    pad.strokes = SEVEN
    assert pad.image.any()
    assert np.argmax(answers(view)["CNN"]["probabilities"]) == 7


def test_a_cell_run_again_asks_each_model_once():
    pad, asked = DigitPad(), []

    def note(images):
        asked.append(0)
        return ones(images)

    views = [live_prediction(pad, {"note": note}) for _ in range(3)]
    other = live_prediction(pad, {"other": ones})
    pad.strokes = SEVEN
    assert len(asked) == 1
    assert answers(views[-1])["note"]["probabilities"]
    assert answers(other)["other"]["probabilities"]


def test_500_changes_leave_nothing_behind(cnn):
    pad = DigitPad()
    live_prediction(pad, {"CNN": cnn})
    widgets = len(widget._instances)
    for i in range(500):
        pad.strokes = [[[0.2, 0.2], [0.8, i / 500]]]
    assert len(widget._instances) == widgets
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("pad", "models", "message"),
    [
        (None, {"sure": ones}, "expected a DigitPad first, got NoneType"),
        (DigitPad, {"sure": ones}, "expected a DigitPad first, got"),
        (DigitPad(), ones, 'for one model write `{"my network": predict}`'),
        (DigitPad(), {}, "expected a dict"),
        (DigitPad(), {"none": None}, "for 'none', got NoneType"),
        (DigitPad(), {"array": np.zeros(3)}, "for 'array', got ndarray"),
    ],
)
def test_anything_but_a_pad_and_functions_is_refused(pad, models, message):
    with pytest.raises(TypeError, match=message):
        live_prediction(pad, models)


def test_a_model_in_place_of_its_function_is_refused_with_a_hint():
    class Model:
        def predict(self, images):
            return ones(images)

    with pytest.raises(TypeError, match="pass a function that calls its predict"):
        live_prediction(DigitPad(), {"model": Model()})


def test_numbers_may_name_models():
    pad = DigitPad(strokes=SEVEN)
    assert Predictions(pad, {1: ones}).answers[0]["name"] == "1"


def test_the_fallback_says_what_the_models_answer(cnn):
    view = live_prediction(DigitPad(strokes=SEVEN), {"CNN": cnn, "sure": ones})
    assert "CNN says 7. sure says 1." in view._repr_mimebundle_()["text/html"]
