"""What the figures refuse, in sentences that say what came and what to try."""

from numbers import Integral

import numpy as np


def numbers(values, expected):
    """`values` as an array of numbers, or a `ValueError` that says what came instead."""
    try:
        array = np.asarray(values)
    except ValueError:  # NumPy's own message is about its insides
        got = "items of different shapes: are they all of one size?"
    else:
        if array.dtype.kind in "biuf":
            return array
        if values is None:
            got = "None: does the function that makes it end with `return`?"
        elif values is ...:
            got = "...: is this still to be filled in?"
        else:
            got = f"{type(values).__name__} with something else than numbers in it."
    raise ValueError(f"expected {expected}, got {got}")


def stack(images):
    """`images` as an array of shape (n, height, width), n at least 1."""
    images = numbers(images, "images of shape (n, height, width)")
    if images.ndim != 3 or not images.size:
        hint = ""
        if not images.size:
            hint = ": nothing in it. Does a slice or a mask select nothing?"
        elif images.ndim == 2 and images.shape[1] == 784:
            hint = ": are these flat? Try `.reshape(-1, 28, 28)`"
        elif images.ndim == 2:
            hint = ": is this one image? Put it in a list, `[image]`"
        end = "" if hint.endswith("?") else "."
        raise ValueError(
            f"expected images of shape (n, height, width), got {images.shape}{hint}{end}"
        )
    return images


def one_image(image):
    """`image` as an array of shape (height, width), its grey levels from 0 to 255."""
    image = numbers(image, "one image of shape (height, width)")
    if image.ndim != 2:
        hint = ""
        if image.shape == (784,):
            hint = ": is it flat? Try `.reshape(28, 28)`"
        elif image.ndim == 3:
            hint = ": are these several images? Take one, `images[0]`"
        raise ValueError(f"expected one image of shape (height, width), got {image.shape}{hint}.")
    if is_scaled(image):
        raise ValueError(
            f"expected grey levels 0 to 255 as stored, got floats up to {float(image.max()):.4}: "
            "pass the image before scaling."
        )
    return image


def is_scaled(images):
    """Whether grey levels were divided by 255: on the scale from 0 to 255 they look blank."""
    return images.dtype.kind == "f" and images.any() and images.max() <= 1


def one_for_each(names, what, n, panel):
    """Refuse `names` if there is not one of them for each of `n` panels."""
    got = len(names) if hasattr(names, "__len__") else names
    if got != n:
        raise ValueError(f"expected {n} {what}, one per {panel}, got {got}.")


def whole(name, number, last=None, hint=""):
    """Refuse a `number` that is not a whole number from 1 (to `last`)."""
    if not isinstance(number, Integral) or number < 1 or (last is not None and number > last):
        end = "" if last is None else f" to {last}"
        raise ValueError(f"expected {name}: a whole number from 1{end}, got {number!r}{hint}.")


def panels_of(figure):
    """The axes of a figure that hold an image, at least one."""
    panels = [axis for axis in getattr(figure, "axes", ()) if axis.images]
    if not panels:
        raise ValueError(
            "expected a figure with panels, got one without images: make it with image_grid or "
            "weight_grid."
        )
    return panels


def n_lines(texts):
    """Lines of the longest of the texts; numbers may stand among them."""
    return max(str(text).count("\n") for text in texts) + 1


def feature_maps(maps):
    """`maps` as an array of shape (height, width, n_maps), all from 0 up."""
    maps = numbers(maps, "feature maps of shape (height, width, n_maps)")
    if maps.ndim != 3 or not maps.size:
        hint = ""
        if maps.ndim == 4:
            hint = ": is this a batch? Take the maps of one image, `maps[0]`"
        raise ValueError(
            f"expected feature maps of shape (height, width, n_maps), got {maps.shape}{hint}."
        )
    if maps.min() < 0:
        raise ValueError(
            f"expected activations from 0 up, got {maps.min():.4g}: are these sums before ReLU?"
        )
    return maps
