"""A slider over the feature maps of a layer, for any of some images."""

import ipywidgets
import numpy as np
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from course_utils.plots import figure_bundle, figure_html
from course_utils.plots._styles import EDGE, POSITIVE
from course_utils.plots._validation import numbers, one_for_each, stack
from course_utils.plots.kernels import draw_kernel
from course_utils.widgets._base.keyboard_guard import KeyboardGuard
from course_utils.widgets._base.live_region import LiveRegion
from course_utils.widgets._base.slider import Slider
from course_utils.widgets._base.static_fallback import WithStaticFallback


def feature_map_explorer(images, activations, kernels, *, image=0, feature_map=0):
    """An image, a kernel, and the feature map the kernel makes of it, chosen by two controls.

    A third control is the switch of the scale: one for all maps of the image, so that they can
    be compared, or each map on its own.

    Parameters
    ----------
    images : array_like of shape (n_images, height, width), int or float
        Grey levels from 0 to 255, to choose from.
    activations : callable
        Takes one image as a batch, an array of shape (1, height, width), and returns its feature
        maps, from 0 up: an array of shape (1, map_height, map_width, n_maps).
    kernels : array_like of shape (n_maps, kernel_height, kernel_width), float
    image, feature_map : int, default=0
        What is chosen first.

    Returns
    -------
    WithStaticFallback
        To be shown as the last line of a cell. The slider over the maps, the picker of the image
        and the switch are its first three children, the picture is its last.

    Raises
    ------
    ValueError
        If `images` or `kernels` is not a stack, there is no image or map of the number chosen
        first, or `activations` returns something else than one map for each kernel.
    """
    images, kernels = stack(images), stack(kernels)
    for name, number, n in (("image", image, len(images)), ("map", feature_map, len(kernels))):
        if not 0 <= number < n:
            raise ValueError(f"expected the {name}: from 0 to {n - 1}, got {number}.")
    wide = {"description_width": "7em"}
    slider = Slider(value=feature_map, max=len(kernels) - 1, description="feature map")
    picker = ipywidgets.BoundedIntText(
        value=image, max=len(images) - 1, description="test image", style=wide
    )
    switch = ipywidgets.Checkbox(value=False, description="each map on its own scale", style=wide)
    maps = {}  # of the image that is shown: a move of the slider computes nothing

    def draw():
        if picker.value not in maps:
            maps.clear()
            maps[picker.value] = _maps(activations, images[picker.value], len(kernels))
        number = slider.value
        return _draw(
            picker.value,
            images[picker.value],
            number,
            kernels[number],
            maps[picker.value],
            Normalize(-np.abs(kernels).max(), np.abs(kernels).max()),
            switch.value,
        )

    figure, texts = draw()
    first = figure_bundle(figure, **texts)
    picture, spoken = ipywidgets.HTML(first["text/html"]), LiveRegion()

    def redraw(_change):
        figure, texts = draw()
        picture.value = figure_html(figure, **texts)
        spoken.text = texts["alt"]

    for control in (slider, picker, switch):
        control.observe(redraw, names="value")
    return WithStaticFallback([slider, picker, switch, KeyboardGuard(), spoken, picture], first)


def _maps(activations, image, n_maps):
    """The feature maps of one image, (map_height, map_width, n_maps)."""
    maps = numbers(activations(image[np.newaxis]), "feature maps from `activations`")
    if maps.ndim != 4 or len(maps) != 1:
        raise ValueError(
            "expected `activations` to return an array of shape (1, map_height, map_width, "
            f"n_maps) for one image, got {maps.shape}."
        )
    one_for_each(np.moveaxis(maps[0], -1, 0), "feature maps", n_maps, "kernel")
    return maps[0]


def _draw(index, image, number, kernel, maps, scale, own_scale):
    """Image, kernel and map side by side, and texts: how strongly and widely the map responds."""
    chosen = maps[:, :, number]
    limit = chosen.max() if own_scale else maps.max()
    # Not through pyplot: an interrupt in the middle leaves no open figure behind.
    figure = Figure(figsize=(8.5, 3), layout="constrained")
    left, middle, right = figure.subplots(1, 3, width_ratios=(1, 0.6, 1))
    left.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    draw_kernel(middle, kernel, scale)
    drawn = right.imshow(chosen, cmap=POSITIVE, vmin=0, vmax=limit or 1)
    titles = (f"test image {index}", f"kernel {number}", f"feature map {number}")
    for axis, title in zip((left, middle, right), titles, strict=True):
        axis.set_title(title, fontsize=13)
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set(visible=True, **EDGE)
    figure.colorbar(drawn, ax=right, shrink=0.85, label="activation")
    whose = "this map alone" if own_scale else "all maps of this image"
    alt = (
        f"Test image {index}, kernel {number} with its weights, and the feature map it makes: its "
        f"largest activation is {chosen.max():.2f}, and it is above 0 on {(chosen > 0).mean():.0%} "
        f"of its places. The scale is that of {whose}."
    )
    caption = f"Feature map {number} of test image {index}, on the scale of {whose}."
    return figure, {"caption": caption, "alt": alt}
