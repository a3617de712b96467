"""Widgets bear what happens to notebooks: a cell run again, a kernel restarted, a tab closed."""

import pytest

SETUP = """
import numpy as np
from course_utils import widgets
from course_utils.datasets import load_mnist
from course_utils.widgets.feature_maps import feature_map_view
from course_utils.widgets.neuron import neuron_view
from course_utils.widgets.parameter_counter import parameter_counter
from course_utils.widgets.playground import playground
from course_utils.widgets.weight_explorer import weight_explorer

rng = np.random.default_rng(0)
images, labels = load_mnist()[2:]
maps = rng.random((26, 26, 4), dtype=np.float32)
certain = lambda images: np.tile(np.eye(10)[3], (len(images), 1))
"""
# As many as the course has; small arrays stand for what a trained network would say.
MADE = {
    "DigitPad": "pad = widgets.DigitPad(); pad",
    "live_prediction": "widgets.live_prediction(pad, {'a model': certain})",
    "flattening_explorer": "widgets.flattening_explorer(images)",
    "kernel_explorer": KERNELS,
    "neuron_view": "neuron_view(rng.random((20, 2)), rng.integers(0, 2, 20))",
    "playground": "playground()",
    "weight_explorer": WEIGHTS,
    "parameter_counter": "parameter_counter()",
    "feature_map_view": MAPS,
    "live_activations": ACTIVATIONS,
}
