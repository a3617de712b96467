"""The course's NumPy edition of Keras: the part that its lessons use, for the browser.

TensorFlow, JAX and PyTorch, which compute for Keras, have no build that runs in a browser. This
package stands in for Keras there. The names, defaults, shapes, errors and results are those of
Keras 3, and its tests compare it with Keras layer by layer. The random numbers are others.

It is also meant to be read: `convolution` is the two loops of "Training a convolutional
network" at full speed, `layers` has the way forward and back of each layer, `losses` and
`optimizers` the formulas of "A network by hand" and "Training a multilayer perceptron".
"""

import sys

from . import (
    activations,
    callbacks,
    initializers,
    layers,
    losses,
    metrics,
    models,
    ops,
    optimizers,
    regularizers,
    utils,
)
from .layers import Input, Layer
from .missing import getattr_of
from .models import Model, Sequential

__version__ = "3.15.1+numpy"  # the Keras it follows
__all__ = [
    "Input", "Layer", "Model", "Sequential", "activations", "callbacks", "initializers", "layers",
    "losses", "metrics", "models", "ops", "optimizers", "regularizers", "utils",
]  # fmt: skip
__getattr__ = getattr_of(__name__)

if sys.platform == "emscripten":
    print("This is the course's NumPy edition of Keras, the part that the lessons use.")
