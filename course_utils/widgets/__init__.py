"""The interactive parts of the lessons."""

from course_utils.widgets.activations import live_activations
from course_utils.widgets.digit_pad import DigitPad
from course_utils.widgets.explorers import flattening_explorer, kernel_explorer
from course_utils.widgets.prediction import live_prediction
from course_utils.widgets.training import training_view

__all__ = [
    "DigitPad",
    "flattening_explorer",
    "kernel_explorer",
    "live_activations",
    "live_prediction",
    "training_view",
]
