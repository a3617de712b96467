"""The MNIST digits, from a file that ships with the course."""

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

MNIST_FILE = Path(__file__).parent / "data" / "mnist.npz"
MNIST_BYTES = 11_490_519
MNIST_SHA256 = "06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64"


class MNIST(NamedTuple):
    """The standard split of MNIST.

    Attributes
    ----------
    train_images : ndarray of shape (60000, 28, 28), uint8
        Grey levels from 0 (paper) to 255 (ink).
    train_labels : ndarray of shape (60000,), int64
        The digit each image shows, 0 to 9.
    test_images : ndarray of shape (10000, 28, 28), uint8
    test_labels : ndarray of shape (10000,), int64
    """

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def load_mnist():
    """Load the 60,000 training and 10,000 test images of MNIST, without a network.

    The images stay uint8: 55 MB for all 70,000. The same numbers as float32 take
    220 MB and as float64 440 MB, so convert only the part you need.

    With train and test concatenated, the rows stand in the order of OpenML's
    ``mnist_784``: results published with ``fetch_openml`` can be reproduced.

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
            train_labels=arrays["y_train"].astype(np.int64),
            test_images=arrays["x_test"],
            test_labels=arrays["y_test"].astype(np.int64),
        )


@cache  # a file that passed is not read a second time; a failure is not remembered
def _verify(path):
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
