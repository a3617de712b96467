"""Load the MNIST digits and trained weights from files that ship with the package."""

import hashlib
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

MNIST_FILE = Path(__file__).parent / "data" / "mnist.npz"
MNIST_BYTES = 11_490_519
MNIST_SHA256 = "06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64"

CNN_FILE = Path(__file__).parent / "data" / "cnn.npz"
CNN_SHAPES = {  # in the order of `get_weights`
    "conv_1_kernel": (3, 3, 1, 32),
    "conv_1_bias": (32,),
    "conv_2_kernel": (3, 3, 32, 64),
    "conv_2_bias": (64,),
    "dense_kernel": (1600, 10),
    "dense_bias": (10,),
}
CNN_TRAINING_FILE = Path(__file__).parent / "data" / "cnn_training.npz"
N_RECORDS = 68  # of the training that made these weights
CNN_TRAINING_SHAPES = {
    "updates": ((N_RECORDS,), "int64"),
    "kernels": ((N_RECORDS, 3, 3, 1, 32), "float32"),
    "biases": ((N_RECORDS, 32), "float32"),
    "loss": ((N_RECORDS,), "float64"),
    "accuracy": ((N_RECORDS,), "float64"),
}


class MNIST(NamedTuple):
    """The standard split of MNIST.

    Attributes
    ----------
    train_images : ndarray of shape (60000, 28, 28), uint8
        Grey levels from 0 (paper) to 255 (ink).
    train_labels : ndarray of shape (60000,), int64
        The digit each image shows, 0 to 9; int32 in a browser tab, where integers have 32 bits.
    test_images : ndarray of shape (10000, 28, 28), uint8
    test_labels : ndarray of shape (10000,), int64
    """

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def load_mnist() -> MNIST:
    """Load the 60,000 training and 10,000 test images of MNIST, without the internet.

    The images stay uint8: 55 MB for all 70,000. As float32 they take 220 MB and as float64
    440 MB, so convert only the part you need.

    Concatenated, train and test are in the order of OpenML's ``mnist_784``: results published with
    ``fetch_openml`` can be reproduced.

    Returns
    -------
    MNIST
        Named tuple with ``train_images``, ``train_labels``, ``test_images`` and
        ``test_labels``.

    Raises
    ------
    FileNotFoundError
        If the data file is missing.
    ValueError
        If the data file is truncated or altered. The message says which, and how to
        get the file back.
    """
    _verify(MNIST_FILE)
    with np.load(MNIST_FILE, allow_pickle=False) as arrays:
        return MNIST(
            train_images=arrays["x_train"],
            train_labels=arrays["y_train"].astype(np.intp),
            test_images=arrays["x_test"],
            test_labels=arrays["y_test"].astype(np.intp),
        )


@cache  # a file that passed is not read again; a failure is not cached
def _verify(path: Path) -> None:
    """Raise unless `path` is the MNIST file, byte for byte."""
    remedy = (
        "Get it back with `git checkout -- course_utils/data/mnist.npz` in the folder of the "
        "course, or download the course again."
    )
    if not path.is_file():
        raise FileNotFoundError(f"The MNIST file is missing: {path} does not exist. {remedy}")
    content = path.read_bytes()
    if len(content) != MNIST_BYTES:
        fault = "truncated" if len(content) < MNIST_BYTES else "too long"
        raise ValueError(
            f"The MNIST file is {fault}: {path} has {len(content):,} bytes "
            f"instead of {MNIST_BYTES:,}. {remedy}"
        )
    digest = hashlib.sha256(content).hexdigest()
    if digest != MNIST_SHA256:
        raise ValueError(
            f"The MNIST file was altered: {path} has the right length, but its sha256 is "
            f"{digest} instead of {MNIST_SHA256}. {remedy}"
        )


def load_cnn_weights() -> list[np.ndarray]:
    """Load the trained weights of the convolutional network of the course.

    ``make weights`` makes the file: it runs the code of the lesson "Training a convolutional
    network" and keeps what the network learned.

    Returns
    -------
    list of ndarray, float32
        Kernel and bias of the first convolution, (3, 3, 1, 32) and (32,), of the second,
        (3, 3, 32, 64) and (64,), and of the dense layer, (1600, 10) and (10,): the order that
        ``get_weights`` gives and ``set_weights`` takes.

    Raises
    ------
    FileNotFoundError
        If the weight file is missing.
    ValueError
        If the weight file is damaged, or holds arrays other than these. The message says how to
        get it back.
    """
    weights = _load(CNN_FILE, {name: (shape, "float32") for name, shape in CNN_SHAPES.items()})
    return list(weights.values())


class CNNTraining(NamedTuple):
    """The first layer of the convolutional network of the course, recorded while it trained.

    Attributes
    ----------
    updates : ndarray of shape (68,), int64
        After how many of the 1,876 updates each record was taken: 0, 28, 56 and so on. An epoch
        has 469.
    kernels : ndarray of shape (68, 3, 3, 1, 32), float32
    biases : ndarray of shape (68, 32), float32
        The last ones are those of `load_cnn_weights`.
    loss, accuracy : ndarray of shape (68,), float64
        On the training images, means since the epoch began; nan before the first update.
    """

    updates: np.ndarray
    kernels: np.ndarray
    biases: np.ndarray
    loss: np.ndarray
    accuracy: np.ndarray


def load_cnn_training() -> CNNTraining:
    """Load what the first layer was while the weights of `load_cnn_weights` were trained.

    ``make weights`` makes both files in one run.

    Returns
    -------
    CNNTraining
        Named tuple with ``updates``, ``kernels``, ``biases``, ``loss`` and ``accuracy``.

    Raises
    ------
    FileNotFoundError, ValueError
        As `load_cnn_weights`.
    """
    return CNNTraining(**_load(CNN_TRAINING_FILE, CNN_TRAINING_SHAPES))


def _load(path, expected):
    """Load the arrays of a file by their names, if it has those that are expected."""
    remedy = (
        f"Get it back with `git checkout -- course_utils/data/{path.name}` in the folder of the "
        "course, or make it with `make weights`."
    )
    if not path.is_file():
        raise FileNotFoundError(f"The weight file is missing: {path} does not exist. {remedy}")
    try:
        with np.load(path, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError(f"The weight file is damaged: {path} ({error}). {remedy}") from error
    shapes = {name: (array.shape, str(array.dtype)) for name, array in found.items()}
    if shapes != expected:
        raise ValueError(
            f"The weight file does not fit the convolutional network: {path} has {shapes}, "
            f"expected {expected}. {remedy}"
        )
    return {name: found[name] for name in expected}
