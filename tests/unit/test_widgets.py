"""What is true of every public widget, in one place."""

import base64
import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import HTML
from PIL import Image

from course_utils import widgets
from tests.drawn_digits import strokes_of

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, size=(8, 28, 28), dtype=np.uint8)
LABELS = np.arange(8)
KERNELS = RNG.normal(size=(4, 3, 3))
TRAINED = {
    "DigitPad",
    "activation_explorer",
    "epoch_viewer",
    "live_activations",
    "live_prediction",
    "playground",
    "weight_explorer",
}


def maps(images):
    return images[:, 1:-1, 1:-1, np.newaxis] / 255 * [1, 0.5, 0.25, 0]


def pad():
    return widgets.DigitPad(strokes=strokes_of(IMAGES[0] > 200))


MAKE = {
    "DigitPad": pad,
    "activation_explorer": lambda: widgets.activation_explorer(
        IMAGES, lambda i: [maps(i)], ["mine"]
    ),
    "epoch_viewer": lambda: widgets.epoch_viewer(RNG.normal(size=(3, 4, 28, 28)), [0, 1, 2]),
    "feature_map_explorer": lambda: widgets.feature_map_explorer(IMAGES, maps, KERNELS),
    "flattening_explorer": lambda: widgets.flattening_explorer(IMAGES),
    "live_activations": lambda: widgets.live_activations(pad(), lambda i: [maps(i)], ["mine"]),
    "live_prediction": lambda: widgets.live_prediction(
        pad(), {"fair": lambda images: np.full((len(images), 10), 0.1)}
    ),
    "neuron_explorer": lambda: widgets.neuron_explorer([[0.1, 0.1], [0.9, 0.9]], [0, 1]),
    "parameter_counter": widgets.parameter_counter,
    "photo_upload": lambda: widgets.photo_upload(np.full((40, 60, 3), 200, dtype=np.uint8)),
    "playground": widgets.playground,
    "weight_explorer": lambda: widgets.weight_explorer(
        RNG.normal(size=(784, 5)), np.zeros(5), IMAGES, LABELS
    ),
}
NOT_SHOWN = {"playground_points", "training_callback", "training_view"}


@pytest.fixture(scope="module", params=MAKE)
def made(request):
    """The name of a widget, the widget, and what a notebook first stores for it."""
    widget = MAKE[request.param]()
    return request.param, widget, bundle(widget)


def bundle(widget):
    shown = widget._repr_mimebundle_()
    return shown[0] if isinstance(shown, tuple) else shown  # anywidget adds metadata


def with_children(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from with_children(child)


def move_everything(widget):
    """Move all sliders and number fields to their ends."""
    for control in with_children(widget):
        if control.has_trait("description") and control.has_trait("max"):
            control.value = control.max


def test_all_public_widgets_are_tested_here():
    assert set(widgets.__all__) == MAKE.keys() | NOT_SHOWN


def test_a_picture_with_caption_and_description_is_shown_where_no_kernel_runs(made):
    name, widget, shown = made
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert "<p><em>Run this cell: controls appear here, and the " in shown["text/html"]
    if name == "parameter_counter":  # a table, which is text already
        assert "<caption>" in shown["text/html"]
        return
    assert re.search(r"<figcaption>.+</figcaption>", shown["text/html"])
    assert re.search(r'<img alt="[^"]+"', shown["text/html"])
    Image.open(io.BytesIO(base64.b64decode(shown["image/png"]))).verify()
    # Notebooks are compared by plain text, and training gives other numbers on other processors.
    caption, *description = shown["text/plain"].splitlines()
    assert caption.startswith("Figure: ")
    assert bool(description) == (name not in TRAINED)


def test_every_control_has_a_name(made):
    for part in with_children(made[1]):
        if part.has_trait("value") and not isinstance(part, HTML):
            assert part.description


def test_the_fallback_keeps_the_first_state(made):
    _, widget, before = made
    move_everything(widget)
    after = bundle(widget)
    for kind in ("text/html", "text/plain"):
        assert after[kind] == before[kind]


@pytest.mark.filterwarnings("ignore:Deprecated in traitlets")  # by the oldest anywidget
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", MAKE)
def test_in_the_style_of_the_course_no_figure_is_left_open_and_no_warning_is_raised(name):
    with plt.style.context("course_utils.course"):
        widget = MAKE[name]()
        move_everything(widget)
        bundle(widget)
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: widgets.epoch_viewer(None, [0, 1]),
        lambda: widgets.feature_map_explorer(None, maps, KERNELS),
        lambda: widgets.flattening_explorer(None),
        lambda: widgets.activation_explorer(None, maps, ["mine"]),
        lambda: widgets.live_activations(None, maps, ["mine"]),
        lambda: widgets.live_prediction(None, {"fair": maps}),
        lambda: widgets.neuron_explorer(None, [0, 1]),
        lambda: widgets.photo_upload(None),
        lambda: widgets.weight_explorer(None, np.zeros(5), IMAGES, LABELS),
        lambda: widgets.playground(None),
        lambda: widgets.playground_points(None),
    ],
)
def test_nonsense_is_met_with_what_was_expected_and_what_came(make):
    with pytest.raises((TypeError, ValueError), match=r"^expected .*, got None"):
        make()
