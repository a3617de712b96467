"""Convolution and its gradient: what Keras does, in forty lines of NumPy.

By hand (lesson 7) a window slides over the image and stops at each place to multiply and add.
A computer is quickest at one thing, the product of two large matrices. So first every window is
copied into a row of a table, then one product computes all sums of all kernels at once.
This is called *im2col*, "image to columns".

In the shapes, n is the number of images, rows × columns the size of what comes out, height ×
width the size of a kernel, `channels` what goes in, `filters` what comes out.
"""

import numpy as np

from .ops import matmul


def windows_of(images, height, width, stride=(1, 1), out=None):
    """Copy each window of each image into a row: (n, rows, columns, height, width, channels)."""
    n, image_rows, image_columns, channels = images.shape
    down, right = stride
    rows = (image_rows - height) // down + 1
    columns = (image_columns - width) // right + 1
    shape = (n, rows, columns, height, width, channels)
    windows = out if out is not None and out.shape == shape else np.empty(shape, np.float32)
    # Not window by window, which would be 676 steps for a digit, but for each of the nine places
    # in the kernel: what lies under it in all the windows is the image again, moved a little.
    for i in range(height):
        for j in range(width):
            under = images[:, i : i + rows * down : down, j : j + columns * right : right]
            windows[:, :, :, i, j] = under
    return windows


def convolve(windows, kernels):
    """All sums of products: one matrix product.

    Parameters
    ----------
    windows : ndarray of shape (n, rows, columns, height, width, channels)
    kernels : ndarray of shape (height, width, channels, filters)

    Returns
    -------
    ndarray of shape (n, rows, columns, filters)
    """
    n, rows, columns = windows.shape[:3]
    filters = kernels.shape[-1]
    # (n * rows * columns, height * width * channels) times (height * width * channels, filters)
    sums = matmul(windows.reshape(n * rows * columns, -1), kernels.reshape(-1, filters))
    return sums.reshape(n, rows, columns, filters)


def gradient_of_kernels(windows, gradient):
    """How the loss changes with each weight, from how it changes with each sum.

    A weight is used at every place. At each it takes part with the number that lay under it, so
    its share of the blame is that number times the gradient of the sum, added up over all places
    and images: the same table again, turned on its side.
    """
    filters = gradient.shape[-1]
    table = windows.reshape(gradient.size // filters, -1)
    kernels = matmul(table.T, gradient.reshape(-1, filters))
    return kernels.reshape(*windows.shape[3:], filters)


def gradient_of_images(gradient, kernels, image_shape, stride=(1, 1)):
    """How the loss changes with each number that went in: the way back through the windows.

    A pixel lay in up to nine windows, each time under another weight. So each window gets its
    gradient, and where windows overlap, they are added up.
    """
    n, rows, columns, filters = gradient.shape
    height, width, channels, _ = kernels.shape
    down, right = stride
    back = matmul(gradient.reshape(-1, filters), kernels.reshape(-1, filters).T)
    back = back.reshape(n, rows, columns, height, width, channels)
    images = np.zeros(image_shape, np.float32)
    for i in range(height):
        for j in range(width):
            under = images[:, i : i + rows * down : down, j : j + columns * right : right]
            under += back[:, :, :, i, j]
    return images
