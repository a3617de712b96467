"""Make cnn.npz and cnn_training.npz in course_utils/data: what a lesson's code learns, and how.

``python -m tools.weights`` runs the cells of "Training a convolutional network" that build, train
and measure the network, and saves the arrays of its ``get_weights()``, and the kernels and biases
of its first layer as the lesson records them while it trains.
"""

import numpy as np

from course_utils.datasets import CNN_FILE, CNN_SHAPES, CNN_TRAINING_FILE, CNN_TRAINING_SHAPES
from tools.lesson_code import run_cells

LESSON = "training_a_convolutional_network"
CELLS = [
    "    import keras",
    "load_mnist()",
    "def build(",
    "def schedule_for(",
    "def train(",
    "def recorder(",
    "cnn = build(",
    "cnn.evaluate(",
]
NO_VIEW = {'training_callback("cnn_training", tab_seconds=25), recorder': "recorder"}


def train(
    replace: dict[str, str] | None = None,
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Run the cells, and return the arrays by their names in the two files.

    Parameters
    ----------
    replace : dict of str to str, optional
        As in `run_cells`; by default the cells run as they are.

    Returns
    -------
    weights : dict of str to ndarray
    training : dict of str to ndarray
    """
    names = run_cells(LESSON, *CELLS, replace=NO_VIEW | (replace or {}))
    weights = dict(zip(CNN_SHAPES, names["cnn"].get_weights(), strict=True))
    columns = zip(*names["records"], strict=True)
    training = {
        name: np.array(column, dtype)
        for (name, (_, dtype)), column in zip(CNN_TRAINING_SHAPES.items(), columns, strict=True)
    }
    return weights, training


def main():
    for path, arrays in zip((CNN_FILE, CNN_TRAINING_FILE), train(), strict=True):
        np.savez_compressed(path, **arrays)
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
