"""A slider over the feature maps of a layer, for any of several images."""

from collections.abc import Callable

import ipywidgets
import numpy as np
from numpy.typing import ArrayLike

from course_utils._grey_levels import grey_levels
from course_utils.plots._styles import GREY_LEVELS, POSITIVE, outline_panel, signed_scale
from course_utils.plots._validation import feature_maps, numbers, one_for_each, stack, valid_index
from course_utils.plots.kernels import draw_kernel
from course_utils.widgets._base.keyboard_guard import KeyboardGuard
from course_utils.widgets._base.live_figure import LiveFigure
from course_utils.widgets._base.slider import Slider
from course_utils.widgets._base.standalone_figure import standalone_figure


def feature_map_explorer(
    images: ArrayLike,
    activations: Callable[[np.ndarray], ArrayLike],
    kernels: ArrayLike,
    *,
    image: int = 0,
    feature_map: int = 0,
) -> LiveFigure:
    """Choose an image and a kernel, and see the feature map the kernel makes of the image.

    A checkbox switches the scale: one for all maps of the image, so that they can be compared,
    or one for each map.

    Parameters
    ----------
    images : array_like of shape (n_images, height, width), int or float
        Grey levels from 0 to 255, to choose from.
    activations : callable
        Takes one image as a batch, an array of shape (1, height, width), and returns its feature
        maps, from 0 up: an array of shape (1, map_height, map_width, n_maps).
    kernels : array_like of shape (n_maps, kernel_height, kernel_width), float
    image, feature_map : int, default=0
        Which are shown first.

    Returns
    -------
    LiveFigure
        Shown when it is the last line of a cell. The slider over the maps, the picker of the
        image and the checkbox are its first three children, the picture is its last.

    Raises
    ------
    ValueError
        If `images` is not a stack of grey levels, `kernels` is not a stack, there is no such
        image or map, or `activations` returns anything but one map per kernel,
        from 0 up.
    """
    images, kernels = grey_levels(stack(images)), stack(kernels)
    valid_index("image", image, len(images))
    valid_index("map", feature_map, len(kernels))
    wide = {"description_width": "7em"}
    slider = Slider(value=int(feature_map), max=len(kernels) - 1, description="feature map")
    picker = ipywidgets.BoundedIntText(
        value=int(image), max=len(images) - 1, description="test image", style=wide
    )
    own_scale = ipywidgets.Checkbox(
        value=False, description="each map on its own scale", style=wide
    )
    scale = signed_scale(kernels)
    maps = {}  # of the image that is shown: moving the slider computes nothing
    figure = standalone_figure(8.5, 3)
    axes = figure.subplots(1, 3, width_ratios=(1, 0.6, 1))

    def draw():
        index, number = picker.value, slider.value
        if index not in maps:
            maps.clear()
            maps[index] = _maps(activations, images[index], len(kernels))
        kernel, on_own = kernels[number], own_scale.value
        return _draw(axes, index, images[index], number, kernel, maps[index], scale, on_own)

    return LiveFigure([slider, picker, own_scale, KeyboardGuard()], draw)


def _maps(activations, image, n_maps):
    """The feature maps of one image, (map_height, map_width, n_maps)."""
    maps = numbers(activations(image[np.newaxis]), "feature maps from `activations`")
    if maps.ndim != 4 or len(maps) != 1:
        raise ValueError(
            "expected `activations` to return an array of shape (1, map_height, map_width, "
            f"n_maps) for one image, got {maps.shape}."
        )
    one_for_each(np.moveaxis(maps[0], -1, 0), "feature maps", n_maps, "kernel")
    if not np.isfinite(maps).all():
        raise ValueError("expected feature maps of finite numbers, got nan or infinity.")
    return feature_maps(maps[0])  # refuses values below 0


def _draw(axes, index, image, number, kernel, maps, scale, own_scale):
    """Image, kernel and map side by side, and texts that say how strongly the map responds."""
    chosen = maps[:, :, number]
    limit = (chosen.max() if own_scale else maps.max()) or 1
    figure, (left, middle, right) = axes[0].figure, axes
    for old in [*middle.images, *middle.texts]:
        old.remove()
    draw_kernel(middle, kernel, scale)
    if right.images:
        left.images[0].set_data(image)
        drawn = right.images[0]
        drawn.set_data(chosen)
        if drawn.get_clim() != (0, limit):
            drawn.set_clim(0, limit)
            figure.set_layout_engine("constrained")  # the numbers of the scale may be longer
    else:
        left.imshow(image, **GREY_LEVELS)
        drawn = right.imshow(chosen, cmap=POSITIVE, vmin=0, vmax=limit)
        for axis in (left, right):
            outline_panel(axis)
        figure.colorbar(drawn, ax=right, shrink=0.85, label="activation")
    titles = (f"test image {index}", f"kernel {number}", f"feature map {number}")
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=13)
    whose = "this map alone" if own_scale else "all maps of this image"
    alt = (
        f"Test image {index}, kernel {number} with its weights, and the feature map it makes: its "
        f"largest activation is {chosen.max():.2f}, and it is above 0 on {(chosen > 0).mean():.0%} "
        f"of its places. The scale is that of {whose}."
    )
    caption = f"Feature map {number} of test image {index}, on the scale of {whose}."
    return figure, {"caption": caption, "alt": alt}
