"""Two pictures to explore by hovering: an image as a vector, and a kernel on an image."""

from pathlib import Path

import anywidget
import numpy as np
import traitlets
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.plots import figure_bundle
from course_utils.plots._styles import EDGE, POSITIVE, SIGNED
from course_utils.plots._validation import is_scaled, numbers, one_for_each, one_image, stack
from course_utils.plots.kernels import draw_kernel
from course_utils.widgets._base.keyboard_guard import with_keys
from course_utils.widgets._base.static_fallback import with_note

MOST = 1000  # images: all of them go to the browser
FRAME = {"fill": False, "color": "C1", "linewidth": 2}


class Explorer(anywidget.AnyWidget):
    """What a pointer or keys explore in the browser alone: it gets its data once.

    Parameters
    ----------
    kind : str
        Which function of explorers.js shows it.
    data : dict
        What that function takes.
    still : dict of str to str
        What `figure_bundle` returns, for pages without a kernel.
    """

    _esm = with_keys(Path(__file__).with_name("explorers.js"))
    _css = Path(__file__).parent / "explorers.css"
    _kind = traitlets.Unicode().tag(sync=True)
    _data = traitlets.Dict().tag(sync=True)

    def __init__(self, kind, data, still):
        super().__init__(_kind=kind, _data=data)
        self._still = still

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | with_note(self._still), metadata


def flattening_explorer(images, *, image=0):
    """Hover over a pixel and see its place in the vector, or over the vector and see the pixel.

    With the keyboard: arrow keys move from pixel to pixel in the image and from place to place
    in the vector.

    Parameters
    ----------
    images : array_like of shape (n_images, height, width), int or float
        Grey levels from 0 to 255, to choose from. At most 1000.
    image : int, default=0
        Which of them is shown first.

    Returns
    -------
    Explorer
        To be shown as the last line of a cell.

    Raises
    ------
    ValueError
        If `images` is not a stack of grey levels or too many, or there is no such image.
    """
    images = stack(images)
    if len(images) > MOST:
        raise ValueError(
            f"expected at most {MOST} images, got {len(images)}: all of them go to the browser. "
            "Take a slice, `images[:100]`."
        )
    levels = _grey_levels(images)
    _choice("image", image, len(levels))
    data = {"shape": list(levels.shape), "image": int(image), "levels": levels.tobytes()}
    return Explorer("flattening", data, _still_of_flattening(levels[image]))


def kernel_explorer(image, kernels, biases, *, kernel=0):
    """Hover over an image and see what a kernel makes of the pixels under it, product by product.

    With the keyboard: arrow keys move the kernel over the image, and the slider chooses one.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 to 255. They are divided by 255 before they meet a kernel.
    kernels : array_like of shape (n_kernels, size, size), float
    biases : array_like of shape (n_kernels,), float
        Added to the sum of the products, before ReLU.
    kernel : int, default=0
        Which of them is shown first.

    Returns
    -------
    Explorer
        To be shown as the last line of a cell.

    Raises
    ------
    ValueError
        If `image` is not one image of grey levels, the kernels are not square, not finite or
        larger than it, there is not one bias per kernel, or there is no such kernel.
    """
    levels = _grey_levels(one_image(image))
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
    _choice("kernel", kernel, n_kernels)
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
    return Explorer("kernel", data, _still_of_kernel(levels, kernels, biases, kernel, place))


def _grey_levels(images):
    """Images as `uint8`, or a `ValueError` if they are not grey levels from 0 to 255."""
    if is_scaled(images) or not ((images >= 0) & (images <= 255)).all():  # nan neither
        raise ValueError(
            f"expected grey levels 0 to 255 as stored, got {images.min():.4g} to "
            f"{images.max():.4g}: pass the images before scaling."
        )
    return np.round(images).astype(np.uint8)


def _choice(name, number, n):
    if not 0 <= number < n:
        raise ValueError(f"expected the {name}: from 0 to {n - 1}, got {number}.")


def _most_ink(image, size):
    """Row and column where a kernel covers the most ink: it begins there, not on blank paper."""
    covered = np.lib.stride_tricks.sliding_window_view(image, (size, size)).sum(axis=(2, 3))
    return [int(index) for index in np.unravel_index(covered.argmax(), covered.shape)]


def _palette(cmap):
    """The colours of a colour map, each as red, green and blue from 0 to 255."""
    return cmap(range(cmap.N), bytes=True)[:, :3].tolist()


def _still_of_flattening(image):
    """The pixel in the middle, and its place in the vector."""
    height, width = image.shape
    row, column = height // 2, width // 2
    place = width * row + column
    # Not through pyplot: an interrupt in the middle leaves no open figure behind.
    figure = Figure(figsize=(8.5, 3.6), layout="constrained")
    square, strip = figure.subplots(2, 1, height_ratios=(5, 1))
    scale = {"cmap": "gray_r", "vmin": 0, "vmax": 255}
    square.imshow(image, **scale)
    strip.imshow(image.reshape(1, -1), aspect="auto", interpolation="none", **scale)
    square.add_patch(_rectangle(column, row, 1, 1))
    strip.add_patch(_rectangle(place, 0, 1, 1))
    square.set(xticks=[column], yticks=[row], xlabel="column", ylabel="row")
    strip.set(xticks=[0, place, image.size - 1], yticks=[], xlabel="place in the vector")
    for axis in (square, strip):
        axis.spines[:].set(visible=True, **EDGE)
    alt = (
        f"An image with the pixel in row {row}, column {column} framed, and below it the vector of "
        f"{image.size} numbers with the same pixel framed at place {place}."
    )
    caption = f"Row {row}, column {column} lands at {width} × {row} + {column} = {place}."
    return figure_bundle(figure, caption=caption, alt=alt)


def _still_of_kernel(image, kernels, biases, number, place):
    """The image with one patch framed, and what the kernel makes of it."""
    kernel, bias, size = kernels[number], biases[number], kernels.shape[1]
    row, column = place
    patch = image[row : row + size, column : column + size] / 255
    value = max(0, (patch * kernel).sum() + bias)
    limit = np.abs(kernels).max() or 1
    figure = Figure(figsize=(8.5, 2.6), layout="constrained")
    axes = figure.subplots(1, 4)
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=255)
    axes[0].add_patch(_rectangle(column, row, size, size))
    axes[1].imshow(patch, cmap="gray_r", vmin=0, vmax=1)
    for axis, table in zip(axes[2:], (kernel, patch * kernel), strict=True):
        draw_kernel(axis, table, Normalize(-limit, limit))
    titles = ("image", "pixels / 255", f"kernel {number}", "products")
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=12)
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set(visible=True, **EDGE)
    alt = (
        f"An image with {size} by {size} pixels framed from row {row}, column {column} on, these "
        f"pixels enlarged, kernel {number} with its weights, and the products. Added up, with the "
        f"bias and after ReLU, they give {value:.2f}."
    )
    caption = f"Kernel {number} in one place: products, their sum, bias and ReLU give {value:.2f}."
    return figure_bundle(figure, caption=caption, alt=alt)


def _rectangle(column, row, width, height):
    """A frame around some cells of an image that Matplotlib shows."""
    return Rectangle((column - 0.5, row - 0.5), width, height, **FRAME)
