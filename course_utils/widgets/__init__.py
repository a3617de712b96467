"""Widgets: a pad to draw on, explorers, and views that follow a training."""

from course_utils.widgets.digit_pad import DigitPad
from course_utils.widgets.epoch_viewer import epoch_viewer
from course_utils.widgets.feature_map_explorer import feature_map_explorer
from course_utils.widgets.flattening_explorer import flattening_explorer
from course_utils.widgets.live_activations import activation_explorer, live_activations
from course_utils.widgets.live_prediction import live_prediction
from course_utils.widgets.neuron_explorer import neuron_explorer
from course_utils.widgets.parameter_counter import parameter_counter
from course_utils.widgets.photo_upload import photo_upload
from course_utils.widgets.playground import playground, playground_points
from course_utils.widgets.training_callback import training_callback
from course_utils.widgets.training_view import training_view
from course_utils.widgets.weight_explorer import weight_explorer

__all__ = [
    "DigitPad",
    "activation_explorer",
    "epoch_viewer",
    "feature_map_explorer",
    "flattening_explorer",
    "live_activations",
    "live_prediction",
    "neuron_explorer",
    "parameter_counter",
    "photo_upload",
    "playground",
    "playground_points",
    "training_callback",
    "training_view",
    "weight_explorer",
]


def __getattr__(name):
    """Say where a widget has gone that saved copies of older lessons still import."""
    if name == "kernel_explorer":
        raise ImportError(
            "kernel_explorer is now a part of activation_explorer: this page is a copy of an older "
            "lesson. Open 'Look inside a convolutional network' from the list of notebooks; what "
            "you wrote here stays here."
        )
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
