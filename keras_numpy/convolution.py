"""Convolution and its gradient: what Keras does, in forty lines of NumPy.

By hand ("Training a convolutional network") a window slides over the image, and stops at each
place to multiply and add.
A computer is quickest at one thing, the product of two large matrices. So first every window is
copied into a row of a table, then one product computes all sums of all kernels at once.
This is called *im2col*, "image to columns".

In the shapes, n is the number of images, rows × columns the size of what comes out, height ×
width the size of a kernel, `channels` what goes in, `filters` what comes out. The table has the
places first and the images second, because NumPy copies and adds long runs of memory fastest;
outside this module the images are first, as everywhere in Keras.
"""

import numpy as np

from .ops import matmul


def windows_of(images, height, width, stride=(1, 1), out=None):
    """Copy each window of each image into a row of a table.

    Parameters
    ----------
    images : ndarray of shape (n, image_rows, image_columns, channels)
    height, width : int
        Of a window.
    stride : tuple of int, optional
        How far the window moves at each step, down and to the right.
    out : ndarray, optional
        A table of an earlier call, to be filled again if it has the right shape.

    Returns
    -------
    ndarray of shape (rows, columns, n, height, width, channels)
    """
    n, image_rows, image_columns, channels = images.shape
    down, right = stride
    rows = (image_rows - height) // down + 1
    columns = (image_columns - width) // right + 1
    shape = (rows, columns, n, height, width, channels)
    windows = out if out is not None and out.shape == shape else np.empty(shape, np.float32)
    images = images.transpose(1, 2, 0, 3)
    # Not window by window, which would be 676 steps for a digit, but for each of the nine places
    # in a window: what lies there in all windows is the image again, moved a little.
    for i in range(height):
        for j in range(width):
            there = images[i : i + rows * down : down, j : j + columns * right : right]
            windows[:, :, :, i, j] = there
    return windows


def convolve(windows, kernels):
    """All sums of products, by one matrix product.

    Parameters
    ----------
    windows : ndarray of shape (rows, columns, n, height, width, channels)
        From `windows_of`.
    kernels : ndarray of shape (height, width, channels, filters)

    Returns
    -------
    ndarray of shape (n, rows, columns, filters)
    """
    rows, columns, n, *window = windows.shape
    filters = kernels.shape[-1]
    # (rows * columns * n, height * width * channels) (height * width * channels, filters)
    sums = matmul(windows.reshape(-1, np.prod(window)), kernels.reshape(-1, filters))
    return sums.reshape(rows, columns, n, filters).transpose(2, 0, 1, 3)


def gradient_of_kernels(windows, gradient):
    """How the loss changes with each weight, from how it changes with each sum.

    A weight is used at every place. At each it takes part with the number that lies under it, so
    its share of the blame is that number times the gradient of the sum, added up over all places
    of all images: the same table, turned on its side.

    Parameters
    ----------
    windows : ndarray of shape (rows, columns, n, height, width, channels)
    gradient : ndarray of shape (n, rows, columns, filters)

    Returns
    -------
    ndarray of shape (height, width, channels, filters)
    """
    window, filters = windows.shape[3:], gradient.shape[-1]
    table = windows.reshape(-1, np.prod(window))
    return matmul(table.T, in_rows(gradient)).reshape(*window, filters)


def gradient_of_images(gradient, kernels, image_shape, stride=(1, 1)):
    """How the loss changes with each number that went in.

    A pixel lies in up to nine windows, each time under another weight. So for each of the nine
    places in a window, the gradient of the sum times the weights at that place goes back to the
    pixels that lie there; what a pixel gets from its windows is added up.

    Parameters
    ----------
    gradient : ndarray of shape (n, rows, columns, filters)
    kernels : ndarray of shape (height, width, channels, filters)
    image_shape : tuple
    stride : tuple of int, optional

    Returns
    -------
    ndarray of shape (n, image_rows, image_columns, channels)
    """
    n, rows, columns, _ = gradient.shape
    _, image_rows, image_columns, channels = image_shape
    down, right = stride
    images = np.zeros((image_rows, image_columns, n, channels), np.float32)
    gradient = in_rows(gradient)
    for i in range(kernels.shape[0]):
        for j in range(kernels.shape[1]):
            there = images[i : i + rows * down : down, j : j + columns * right : right]
            there += matmul(gradient, kernels[i, j].T).reshape(rows, columns, n, channels)
    return images.transpose(2, 0, 1, 3)


def in_rows(gradient):
    """One row for each window, in the order of the table: (rows * columns * n, filters)."""
    return np.ascontiguousarray(gradient.transpose(1, 2, 0, 3)).reshape(-1, gradient.shape[-1])
