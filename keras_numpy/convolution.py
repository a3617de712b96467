"""Convolution, pooling and their gradients: what Keras does, in NumPy.

By hand ("Convolution by hand") a window slides over the image, and stops at each
place to multiply and add. A computer is quickest at one thing, the product of two large matrices.
So first every window is copied into a row of a table, then one product computes all sums of all
kernels at once. This is called *im2col*, "image to columns":

>>> windows = windows_of(images, size=(3, 3))  # images: (n, 28, 28, 1)
>>> feature_maps = convolve(windows, kernels)  # kernels: (3, 3, 1, 32), maps: (n, 26, 26, 32)

In the shapes, n is the number of images, rows × columns the size of what comes out, height ×
width the size of a kernel, `channels` what goes in, `filters` what comes out. The table has the
places first and the images second, because NumPy copies and adds long runs of memory fastest;
outside this module the images are first, as everywhere in Keras. `strides` says how far the window
moves at each step, down and to the right, `dilation` how far apart the pixels in a window are.
"""

import math

import numpy as np

from keras_numpy.products import product


def places_of(size, out, strides, dilation):
    """Go through the places in a window; for each, where it lies in the images, over all windows.

    Not window by window, which would be 676 steps for a digit, but for each of the nine places in a
    window: what lies there in all windows is the image again, moved a little.

    Parameters
    ----------
    size : tuple of int
        (height, width) of a window.
    out : tuple of int
        (rows, columns), how many windows there are.

    Yields
    ------
    i, j : int
        The place in the window.
    there : tuple of slice
        Rows and columns in the images, rows × columns of them.
    """
    for i in range(size[0]):
        for j in range(size[1]):
            corner = i * dilation[0], j * dilation[1]
            there = tuple(
                slice(start, start + n * step, step)
                for start, n, step in zip(corner, out, strides, strict=True)
            )
            yield i, j, there


def n_windows(image, size, strides=(1, 1), dilation=(1, 1)):
    """How many windows fit into an image, down and to the right."""
    return tuple(
        (n - (k - 1) * d - 1) // s + 1
        for n, k, s, d in zip(image, size, strides, dilation, strict=True)
    )


def windows_of(images, size, strides=(1, 1), dilation=(1, 1)):
    """Copy each window of each image into a row of a table.

    Parameters
    ----------
    images : ndarray of shape (n, image_rows, image_columns, channels)
    size : tuple of int
        (height, width) of a window.

    Returns
    -------
    ndarray of shape (rows, columns, n, height, width, channels)
    """
    n, *image, channels = images.shape
    out = n_windows(image, size, strides, dilation)
    windows = np.empty((*out, n, *size, channels), images.dtype)
    images = images.transpose(1, 2, 0, 3)
    for i, j, there in places_of(size, out, strides, dilation):
        windows[:, :, :, i, j] = images[there]
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
    # (rows * columns * n, height * width * channels) @ (height * width * channels, filters)
    sums = product(windows.reshape(-1, math.prod(window)), kernels.reshape(-1, filters))
    return sums.reshape(rows, columns, n, filters).transpose(2, 0, 1, 3)


def in_rows(gradient):
    """One row for each window, in the order of the table: (rows * columns * n, filters)."""
    return np.ascontiguousarray(gradient.transpose(1, 2, 0, 3)).reshape(-1, gradient.shape[-1])


def gradient_of_kernels(rows, windows):
    """How the loss changes with each weight, from how it changes with each sum.

    A weight is used at every place. At each it takes part with the number that lies under it, so
    its share of the blame is that number times the gradient of the sum, added up over all places
    of all images: the same table, turned on its side.

    Parameters
    ----------
    rows : ndarray of shape (rows * columns * n, filters)
        The gradient of the sums, from `in_rows`.
    windows : ndarray of shape (rows, columns, n, height, width, channels)

    Returns
    -------
    ndarray of shape (height, width, channels, filters)
    """
    table = windows.reshape(len(rows), -1)
    return product(table.T, rows).reshape(*windows.shape[3:], rows.shape[-1])


def gradient_of_images(rows, kernels, shape, strides=(1, 1), dilation=(1, 1)):
    """How the loss changes with each number that went in.

    A pixel lies in up to nine windows, each time under another weight. So for each of the nine
    places in a window, the gradient of the sum times the weights at that place goes back to the
    pixels that lie there; what a pixel gets from its windows is added up. Run forwards, on maps
    instead of gradients, this is the transposed convolution.

    Parameters
    ----------
    rows : ndarray of shape (rows * columns * n, filters)
        The gradient of the sums, from `in_rows`.
    kernels : ndarray of shape (height, width, channels, filters)
    shape : tuple of int
        Of the images, (n, image_rows, image_columns, channels).

    Returns
    -------
    ndarray of shape (n, image_rows, image_columns, channels)
    """
    n, *image, channels = shape
    size = kernels.shape[:2]
    out = n_windows(image, size, strides, dilation)
    images = np.zeros((*image, n, channels), rows.dtype)
    for i, j, there in places_of(size, out, strides, dilation):
        images[there] += product(rows, kernels[i, j].T).reshape(*out, n, channels)
    return images.transpose(2, 0, 1, 3)


def max_pool(images, size, strides):
    """The largest number in each window, for each channel: (n, rows, columns, channels)."""
    out = n_windows(images.shape[1:3], size, strides)
    largest = None
    for _, _, there in places_of(size, out, strides, (1, 1)):
        part = images[:, *there]
        if largest is None:
            largest = part.copy(order="K")
        else:
            # As np.maximum, which takes up to twice as long in a tab.
            largest = np.where((largest > part) | np.isnan(largest), largest, part)
    return largest


def gradient_of_max_pool(gradient, images, largest, size, strides):
    """The gradient goes where the largest number came from; of equals, to the first.

    Parameters
    ----------
    gradient, largest : ndarray of shape (n, rows, columns, channels)
    images : ndarray of shape (n, image_rows, image_columns, channels)

    Returns
    -------
    ndarray of the shape of the images
    """
    result, left = np.zeros_like(images), gradient.copy(order="K")
    for _, _, there in places_of(size, largest.shape[1:3], strides, (1, 1)):
        part = np.where(images[:, *there] == largest, left, np.zeros((), left.dtype))
        result[:, *there] += part
        left -= part
    return result
