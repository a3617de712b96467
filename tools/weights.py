"""Make course_utils/data/cnn.npz: the weights that a lesson's code learns.

``python -m tools.weights`` runs the cells of "Training a convolutional network" that build, train
and measure the network, and saves the arrays of its ``get_weights()``.
"""

import numpy as np

from course_utils.datasets import CNN_FILE, CNN_SHAPES
from tools.lesson_code import run_cells

LESSON = "training_a_convolutional_network"
CELLS = [
    "    import keras",
    "load_mnist()",
    "def build(",
    "def schedule_for(",
    "def train(",
    "cnn = build(",
]
MEASURE = "cnn.evaluate("


def train(replace: dict[str, str] | None = None) -> dict[str, np.ndarray]:
    """Run the cells, and return the weights by their names in the file.

    Parameters
    ----------
    replace : dict of str to str, optional
        As in `run_cells`; by default the cells run as they are.
    """
    names = run_cells(
        LESSON, *CELLS, MEASURE, replace={"callbacks=[view]": "callbacks=[]"} | (replace or {})
    )
    return dict(zip(CNN_SHAPES, names["cnn"].get_weights(), strict=True))


def main():
    np.savez_compressed(CNN_FILE, **train())
    print(f"{CNN_FILE.name}: {CNN_FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
