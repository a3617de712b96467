"""Hover over an image and see how a kernel computes each value of its feature map."""

from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from course_utils.plots import figure_bundle
from course_utils.plots._styles import (
    GREY_LEVELS,
    POSITIVE,
    SCALED_GREY_LEVELS,
    SIGNED,
    draw_frame,
    outline_panel,
    signed_scale,
)
from course_utils.plots._validation import numbers, one_for_each, one_image, stack, valid_index
from course_utils.plots.kernels import draw_kernel
from course_utils.widgets._base.assets import CANVAS, EXPLORER_STYLE, KEYBOARD, concatenate
from course_utils.widgets._base.explorer import Explorer
from course_utils.widgets._base.standalone_figure import standalone_figure

HERE = Path(__file__).parent


class KernelExplorer(Explorer):
    """An image, a kernel and its feature map, made by `kernel_explorer`."""

    _esm = concatenate(KEYBOARD, CANVAS, HERE / "kernel_explorer.js")
    _css = concatenate(EXPLORER_STYLE, HERE / "kernel_explorer.css")


def kernel_explorer(
    image: ArrayLike, kernels: ArrayLike, biases: ArrayLike, *, kernel: int = 0
) -> KernelExplorer:
    """Hover over an image and see what a kernel makes of the pixels under it, product by product.

    With the keyboard, arrow keys move the kernel over the image, and a slider chooses the kernel.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 to 255. They are divided by 255 before the kernel is applied.
    kernels : array_like of shape (n_kernels, size, size), float
    biases : array_like of shape (n_kernels,), float
        Added to the sum of the products, before ReLU.
    kernel : int, default=0
        Which of them is shown first.

    Returns
    -------
    KernelExplorer
        Shown when it is the last line of a cell.

    Raises
    ------
    ValueError
        If `image` is not one image of grey levels, the kernels are not square, not finite or
        larger than it, there is not one bias per kernel, or there is no such kernel.
    """
    levels = np.round(one_image(image)).astype(np.uint8)
    kernels = stack(kernels)
    biases = numbers(biases, "biases of shape (n_kernels,)")
    n_kernels, size, width = kernels.shape
    if size != width or size > min(levels.shape):
        raise ValueError(
            f"expected square kernels no larger than the image of {levels.shape}, got kernels of "
            f"shape {kernels.shape}: the number of the kernel comes first. Those of a Keras layer "
            "with one channel are `weights[:, :, 0, :].transpose(2, 0, 1)`."
        )
    if biases.ndim != 1:
        raise ValueError(f"expected biases of shape ({n_kernels},), got {biases.shape}.")
    one_for_each(biases, "biases", n_kernels, "kernel")
    if not (np.isfinite(kernels).all() and np.isfinite(biases).all()):
        raise ValueError("expected kernels and biases of finite numbers, got nan or infinity.")
    valid_index("kernel", kernel, n_kernels)
    place = _most_ink(levels, size)
    data = {
        "shape": list(levels.shape),
        "levels": levels.tobytes(),
        "place": place,
        "kernels": kernels.astype(float).tolist(),
        "biases": biases.astype(float).tolist(),
        "kernel": int(kernel),
        "signed": _palette(SIGNED),
        "positive": _palette(POSITIVE),
    }
    return KernelExplorer(data, _fallback(levels, kernels, biases, kernel, place))


def _most_ink(image, size):
    """Row and column where a kernel covers the most ink: it starts there, not on blank paper."""
    covered = np.lib.stride_tricks.sliding_window_view(image, (size, size)).sum(axis=(2, 3))
    return [int(index) for index in np.unravel_index(covered.argmax(), covered.shape)]


def _palette(cmap):
    """The colours of a colour map, each as red, green and blue from 0 to 255."""
    return cmap(range(cmap.N), bytes=True)[:, :3].tolist()


def _fallback(image, kernels, biases, number, place):
    """The image with one patch framed, and what the kernel makes of the patch."""
    kernel, bias, size = kernels[number], biases[number], kernels.shape[1]
    row, column = place
    patch = image[row : row + size, column : column + size] / 255
    value = max(0, (patch * kernel).sum() + bias)
    figure = standalone_figure(8.5, 2.6)
    axes = figure.subplots(1, 4)
    axes[0].imshow(image, **GREY_LEVELS)
    draw_frame(axes[0], row, column, size, size)
    axes[1].imshow(patch, **SCALED_GREY_LEVELS)
    for axis, table in zip(axes[2:], (kernel, patch * kernel), strict=True):
        draw_kernel(axis, table, signed_scale(kernels))
    titles = ("image", "pixels / 255", f"kernel {number}", "products")
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=12)
        outline_panel(axis)
    alt = (
        f"An image with {size} by {size} pixels framed from row {row}, column {column} on, these "
        f"pixels enlarged, kernel {number} with its weights, and the products. Added up, with the "
        f"bias and after ReLU, they give {value:.2f}."
    )
    caption = f"Kernel {number} in one place: products, their sum, bias and ReLU give {value:.2f}."
    return figure_bundle(figure, caption=caption, alt=alt)
