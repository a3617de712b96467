"""Networks as plain NumPy functions: what their weights look like, what their units do.

Weight matrices have the shape that scikit-learn and Keras give them: one row for each input,
one column for each unit.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

if TYPE_CHECKING:  # course_utils works without scikit-learn
    from sklearn.neural_network import MLPClassifier


def active_share(inputs: ArrayLike, weights: ArrayLike, biases: ArrayLike) -> np.ndarray:
    """Compute how often each unit of a ReLU layer is active: the share of sums above 0.

    Parameters
    ----------
    inputs : array_like of shape (n_samples, n_inputs), float
    weights : array_like of shape (n_inputs, n_units), float
    biases : array_like of shape (n_units,), float

    Returns
    -------
    ndarray of shape (n_units,), float64
        From 0 (dead: never active on these inputs) to 1 (always active).

    Raises
    ------
    ValueError
        If the shapes do not fit together, or there are no inputs.
    """
    inputs, weights, biases = np.asarray(inputs), np.asarray(weights), np.asarray(biases)
    if inputs.ndim != 2 or not len(inputs):
        hint = ": did you forget to flatten? Try `.reshape(-1, 784)`" if inputs.ndim == 3 else ""
        raise ValueError(
            f"expected inputs of shape (n_samples, n_inputs), got {inputs.shape}{hint}."
        )
    if weights.ndim != 2 or len(weights) != inputs.shape[1]:
        hint = ": is it transposed?" if weights.shape[::-1][:1] == inputs.shape[1:] else ""
        raise ValueError(
            f"expected weights of shape ({inputs.shape[1]}, n_units), one row for each input, "
            f"got {weights.shape}{hint}."
        )
    if biases.shape != weights.shape[1:]:
        raise ValueError(
            f"expected {weights.shape[1]} biases, one for each unit, got shape {biases.shape}."
        )
    return (inputs @ weights + biases > 0).mean(axis=0)


def roughness(weight_images: ArrayLike, mask: ArrayLike | None = None) -> np.ndarray:
    """Compare how much neighbouring weights differ with how much all weights differ.

    This is the mean squared difference of two neighbours, horizontal or vertical, divided by the
    variance of the weights. Multiplying all weights by one number does not change it. Independent
    noise has a roughness of 2, because the difference of two independent values has twice their
    variance; a smooth image has a roughness near 0.

    Parameters
    ----------
    weight_images : array_like of shape (n_units, height, width), float
    mask : array_like of shape (height, width), bool, optional
        Pixels that count; a pair of neighbours counts if both do. By default all pixels count.

    Returns
    -------
    ndarray of shape (n_units,), float64
        One number per image; nan for an image whose weights are all equal.

    Raises
    ------
    ValueError
        If `weight_images` is not a stack of images, the mask does not fit, or no two of its pixels
        are neighbours.
    """
    images = np.asarray(weight_images, dtype=float)
    if images.ndim != 3:
        hint = ": are these flat? Try `.reshape(-1, 28, 28)`" if images.shape[1:] == (784,) else ""
        raise ValueError(
            f"expected weights of shape (n_units, height, width), got {images.shape}{hint}."
        )
    mask = np.ones(images.shape[1:], dtype=bool) if mask is None else np.asarray(mask)
    if mask.shape != images.shape[1:] or mask.dtype != bool:
        raise ValueError(
            f"expected a mask of shape {images.shape[1:]} and dtype bool, "
            f"got shape {mask.shape} and dtype {mask.dtype}."
        )
    right = (images[:, :, 1:] - images[:, :, :-1])[:, mask[:, 1:] & mask[:, :-1]]
    down = (images[:, 1:] - images[:, :-1])[:, mask[1:] & mask[:-1]]
    differences = np.concatenate([right, down], axis=1)
    if not differences.shape[1]:
        raise ValueError("the mask holds no two neighbouring pixels: nothing to compare.")
    variance = images[:, mask].var(axis=1)
    variance[variance == 0] = np.nan
    return (differences**2).mean(axis=1) / variance


def seen_through(*weights: ArrayLike) -> np.ndarray:
    """Multiply weight matrices, to see the weights of the last layer as images on the input layer.

    The product ignores the activations between the layers, so it shows what a unit *would* look
    for if the network were linear: a picture, not an explanation.

    Parameters
    ----------
    *weights : array_like of shape (n_inputs, n_units_1), (n_units_1, n_units_2), ...
        Weight matrices from the input layer onwards, as Keras and scikit-learn store them.

    Returns
    -------
    ndarray of shape (n_units_last, n_inputs), float
        One row per unit of the last layer.

    Raises
    ------
    ValueError
        If there is no matrix, or two successive ones do not fit together; the message names them.
    """
    matrices = [np.asarray(matrix) for matrix in weights]
    if not matrices:
        raise ValueError("expected at least one weight matrix, got none.")
    for number, matrix in enumerate(matrices, start=1):
        if matrix.ndim != 2:
            hint = ": are there biases among the weights?" if matrix.ndim == 1 else ""
            raise ValueError(
                f"expected weight matrices, got shape {matrix.shape} as number {number}{hint}."
            )
    product = matrices[0]
    for number, (left, right) in enumerate(zip(matrices, matrices[1:], strict=False), start=1):
        if left.shape[1] != right.shape[0]:
            hint = ": is one of them transposed, or their order reversed?"
            raise ValueError(
                f"matrices {number} and {number + 1} do not fit together: {left.shape} has "
                f"{left.shape[1]} columns, {right.shape} has {right.shape[0]} rows{hint}"
            )
        product = product @ right
    return product.T


def fit_on_bytes(network: "MLPClassifier", images: np.ndarray, labels: np.ndarray) -> None:
    """Train a scikit-learn network on images as bytes, until its validation score stops rising.

    It takes the same steps as ``network.fit(images / np.float32(255), labels)`` and ends with the
    same weights, to the last bit. ``fit`` keeps the scaled images in memory twice, before and
    after the split: 376 MB for the training images of MNIST. Here they are split as bytes, and
    only 4,000 at a time are scaled.

    Parameters
    ----------
    network : MLPClassifier
        Made with ``early_stopping=True``, a number as ``random_state``, hidden layers as a tuple,
        and the defaults of ``solver``, ``batch_size`` and ``shuffle``.
    images : ndarray of shape (n_samples, n_inputs), uint8
        Grey levels from 0 to 255.
    labels : ndarray of shape (n_samples,), int
        Of more than two classes.

    Raises
    ------
    ValueError
        If the images are not rows of bytes, or the network was not made to stop early.
    KeyboardInterrupt
        If the training is interrupted.
    """
    from sklearn.model_selection import train_test_split
    from sklearn.utils import shuffle

    if images.ndim != 2 or images.dtype != np.uint8:
        raise ValueError(
            f"expected images of shape (n_samples, n_inputs) and dtype uint8, got shape "
            f"{images.shape} and dtype {images.dtype}: pass them flattened and before scaling."
        )
    if not network.early_stopping:
        raise ValueError("expected a network made with `early_stopping=True`.")
    classes = np.unique(labels)
    units = [images.shape[1], *network.hidden_layer_sizes, len(classes)]
    random = np.random.RandomState(network.random_state)
    random.uniform(size=sum((n_in + 1) * n_out for n_in, n_out in pairwise(units)))  # first weights
    rows, validation_rows = train_test_split(
        np.arange(len(images)), random_state=random, test_size=network.validation_fraction
    )
    validation = images[validation_rows] / np.float32(255), labels[validation_rows]
    best_score, n_worse = -np.inf, 0
    network.set_params(early_stopping=False, shuffle=False)  # both are done here
    try:
        for epoch in range(1, network.max_iter + 1):
            rows = shuffle(rows, random_state=random)
            for some in np.split(rows, range(4000, len(rows), 4000)):  # 20 batches of 200
                network.partial_fit(images[some] / np.float32(255), labels[some], classes=classes)
                if not network.n_iter_:  # scikit-learn turns an interrupt into a warning
                    raise KeyboardInterrupt
            network.n_iter_ = epoch
            score = network.score(*validation)
            n_worse = n_worse + 1 if score < best_score + network.tol else 0
            if score > best_score:
                best_score = score
                best = [w.copy() for w in network.coefs_], [b.copy() for b in network.intercepts_]
            if n_worse > network.n_iter_no_change:
                break
    finally:
        network.set_params(early_stopping=True, shuffle=True)
    network.coefs_, network.intercepts_ = best
