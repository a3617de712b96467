"""Convolutional networks as plain NumPy functions: how each of their numbers is made.

The layers are those of Keras with its default settings: convolutions without padding, max pooling
of windows of 2 x 2, and at the end a dense layer on all numbers of the last maps.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Layer(NamedTuple):
    """What a layer is, and its weights.

    Attributes
    ----------
    kind : str
        "convolution", "pooling" or "output".
    weights : ndarray or None
        Of a convolution its kernels, (size, size, n_maps_in, n_maps); of the output
        (height * width * n_maps, n_outputs).
    biases : ndarray or None
        One per map or output.
    """

    kind: str
    weights: np.ndarray | None = None
    biases: np.ndarray | None = None


def match_weights(
    weights: Sequence[np.ndarray],
    image_shape: tuple[int, int],
    shapes: Sequence[tuple[int, int, int]],
    names: Sequence[str],
) -> list[Layer]:
    """Find out which weights belong to which layer, from the shapes of the maps.

    A layer that the next two arrays can make is a convolution; one with as many maps as the one
    before and half its size is a pooling layer. Two arrays that are left are the output's.

    Parameters
    ----------
    weights : sequence of ndarray
        As ``get_weights`` returns them: kernels and biases, layer by layer.
    image_shape : tuple of int
        Height and width of the image.
    shapes : sequence of tuple of int
        For each layer, in their order: height, width and number of maps.
    names : sequence of str
        Their names, for the messages.

    Returns
    -------
    list of Layer
        One for each of `shapes`, and one for the output if its weights are there.

    Raises
    ------
    ValueError
        If the shapes of the weights do not fit; the message names the layer.
    """
    layers, left, before = [], list(weights), (*image_shape, 1)
    for name, shape in zip(names, shapes, strict=True):
        size = (before[0] - shape[0] + 1, before[1] - shape[1] + 1)
        fitting = [(*size, before[2], shape[2]), (shape[2],)]
        found = [array.shape for array in left[:2]]
        if found == fitting:  # first: a kernel of 3 x 3 makes 1 x 1 of 3 x 3, and so does a pool
            if size[0] != size[1]:
                raise ValueError(f"expected kernels as high as wide for {name!r}, got {found[0]}.")
            layers.append(Layer("convolution", left.pop(0), left.pop(0)))
        elif shape == (before[0] // 2, before[1] // 2, before[2]):
            layers.append(Layer("pooling"))
        else:
            hint = "are they of another network, or is a layer missing among the names?"
            if found and found[0][2:] == fitting[0][2:]:
                hint = (
                    "is a layer missing among the names, or was this one made with padding='same' "
                    "or strides? The arithmetic is that of layers with neither."
                )
            raise ValueError(
                f"expected weights of shapes {fitting[0]} and {fitting[1]} for {name!r}, whose "
                f"maps have shape {shape} after {before}, got {found or 'no more'}: {hint}"
            )
        before = shape
    if left and left[0].ndim != 4:  # or the layers that are shown end before the network does
        n_numbers = int(np.prod(before))
        found = [array.shape for array in left]
        if len(left) != 2 or left[1].ndim != 1 or found[0] != (n_numbers, *found[1]):
            raise ValueError(
                f"expected weights of shapes ({n_numbers}, n_outputs) and (n_outputs,) for the "
                f"output, after maps of shape {before}, got {found}: are they of another network?"
            )
        layers.append(Layer("output", *left))
    return layers


def convolution_products(maps: np.ndarray, kernel: np.ndarray, row: int, column: int) -> np.ndarray:
    """Multiply what is under a kernel with its weights: with the bias, the sum makes one value.

    Parameters
    ----------
    maps : ndarray of shape (height, width, n_maps), float
        What the layer gets: the image from 0 to 1 as one map, or the maps before.
    kernel : ndarray of shape (size, size, n_maps), float
    row, column : int
        The place of the value in its map: from 0 to height - size and to width - size.

    Returns
    -------
    ndarray of shape (size, size, n_maps), float
    """
    height, width, _ = kernel.shape
    return maps[row : row + height, column : column + width] * kernel


def pooling_window(map_: np.ndarray, row: int, column: int) -> np.ndarray:
    """Return the four values of which max pooling keeps the largest.

    Parameters
    ----------
    map_ : ndarray of shape (height, width), float
        The map before pooling.
    row, column : int
        The place of the value in the pooled map: from 0 to height // 2 - 1 and width // 2 - 1.

    Returns
    -------
    ndarray of shape (2, 2), float
    """
    return map_[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]


def logit_products(maps: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Multiply each number of the last maps with its weight: with the bias, the sum is a logit.

    Parameters
    ----------
    maps : ndarray of shape (height, width, n_maps), float
    weights : ndarray of shape (height * width * n_maps,), float
        Those of one output.

    Returns
    -------
    ndarray of shape (height, width, n_maps), float
    """
    return maps * weights.reshape(maps.shape)


def softmax(logits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Turn logits into probabilities.

    Parameters
    ----------
    logits : ndarray of shape (n_outputs,), float

    Returns
    -------
    powers : ndarray of shape (n_outputs,), float
        e to the power of each logit minus the largest: no number gets too large for a computer.
    probabilities : ndarray of shape (n_outputs,), float
        The powers divided by their sum, which is the same as without the subtraction.
    """
    powers = np.exp(logits - logits.max())
    return powers, powers / powers.sum()
