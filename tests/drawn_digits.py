"""Digits of MNIST as strokes of a pen, and what the course's network says about a picture."""

import numpy as np
from PIL import Image

ENLARGED = 4  # an image is this many times larger while its skeleton is found
NEIGHBOURS = [(-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1)]  # clockwise


def strokes_of(image):
    """The strokes of a digit: its skeleton, traced from end to end.

    Parameters
    ----------
    image : ndarray of shape (28, 28), uint8

    Returns
    -------
    list of list of [float, float]
        Points [x, y] from 0 to 1, as `DigitPad` takes them.
    """
    size = image.shape[0] * ENLARGED
    smooth = Image.fromarray(image).resize((size, size), Image.Resampling.BICUBIC)
    ink = np.pad(np.asarray(smooth) > 127, 1)
    lines = trace(thin(ink))
    return [[[(x - 0.5) / size, (y - 0.5) / size] for y, x in line] for line in lines]


def scaled(strokes, height, pad=280):
    """The strokes of somebody who writes larger or smaller, with a mouse, in the middle of a pad.

    Parameters
    ----------
    strokes : list of list of [float, float]
    height : float
        Of the digit, in pixels of the pad; less if a wide digit would not fit.
    pad : int, default=280
        Its height and width. A mouse moves by whole pixels.

    Returns
    -------
    list of list of [float, float]
    """
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    factor = min(height / extent[1], pad / max(extent)) if extent.any() else 1
    moved = [factor * (np.array(line) - low - extent / 2) for line in strokes]
    return [(np.rint(line + pad / 2) / pad).tolist() for line in moved]


def thin(ink):
    """The skeleton of the ink, one pixel wide.

    T. Y. Zhang, C. Y. Suen, "A fast parallel algorithm for thinning digital patterns",
    Communications of the ACM 27 (1984), 236-239.

    Parameters
    ----------
    ink : ndarray of shape (height, width), bool
        No ink on its edge.

    Returns
    -------
    ndarray of the same shape, bool
    """
    skeleton, changed = ink.copy(), True
    while changed:
        changed = False
        for first in (True, False):
            around = np.stack([np.roll(skeleton, (-y, -x), (0, 1)) for y, x in NEIGHBOURS])
            north, east, south, west = around[::2]
            n_around = around.sum(axis=0)
            n_steps = (~around & np.roll(around, -1, axis=0)).sum(axis=0)  # from paper to ink
            three = (north & east & south, east & south & west)
            if not first:
                three = (north & east & west, north & south & west)
            edge = skeleton & (n_around >= 2) & (n_around <= 6) & (n_steps == 1)
            edge &= ~three[0] & ~three[1]
            skeleton &= ~edge
            changed |= bool(edge.any())
    return skeleton


def trace(skeleton):
    """The lines of a skeleton, each a list of neighbouring (row, column).

    A line begins at an end if there is one, and goes straight on at a crossing.
    """
    left = {(int(y), int(x)) for y, x in np.argwhere(skeleton)}
    whole = set(left)

    def around(pixel, pixels):
        y, x = pixel
        return [(y + v, x + h) for v, h in NEIGHBOURS if (y + v, x + h) in pixels]

    lines = []
    while left:
        start = min(left, key=lambda pixel: (len(around(pixel, left)) != 1, pixel))
        line = [start]
        left.remove(start)
        while options := around(line[-1], left):
            (y, x), (before_y, before_x) = line[-1], line[max(0, len(line) - 6)]
            heading = (y - before_y, x - before_x)
            line.append(
                max(options, key=lambda p: (p[0] - y) * heading[0] + (p[1] - x) * heading[1])
            )
            left.remove(line[-1])
        joints = [[p for p in around(line[end], whole) if p not in line] for end in (0, -1)]
        if len(line) < ENLARGED and any(joints):
            continue  # a spur, or a corner that was cut
        # Join it to the lines it touches, so that no gap is left at a crossing.
        line = [*joints[0][:1], *line[:-1:3], line[-1], *joints[1][:1]]
        lines.append(line)
    return lines


def cnn_layers(weights):
    """The convolutional network in NumPy: a function of images, as `live_activations` takes it."""
    kernel_1, bias_1, kernel_2, bias_2 = weights[:4]

    def convolve(maps, kernel, bias):
        patches = np.lib.stride_tricks.sliding_window_view(maps, (3, 3), axis=(1, 2))
        return np.maximum(np.einsum("nyxcij,ijck->nyxk", patches, kernel, optimize=True) + bias, 0)

    def pool(maps):
        n, height, width, channels = maps.shape
        maps = maps[:, : height // 2 * 2, : width // 2 * 2]
        return maps.reshape(n, height // 2, 2, width // 2, 2, channels).max(axis=(2, 4))

    def activations(images):
        maps = np.asarray(images, dtype=np.float32)[..., np.newaxis] / 255
        conv_1 = convolve(maps, kernel_1, bias_1)
        pool_1 = pool(conv_1)
        conv_2 = convolve(pool_1, kernel_2, bias_2)
        return [conv_1, pool_1, conv_2, pool(conv_2)]

    return activations


def cnn_probabilities(weights):
    """What this network says: a function of images, as `live_prediction` takes it."""
    activations, (kernel, bias) = cnn_layers(weights), weights[4:]

    def predict(images):
        maps = activations(images)[-1]
        logits = maps.reshape(len(maps), -1) @ kernel + bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    return predict
