"""A slider over the units of a first layer: their weights, and the images that excite them."""

import numpy as np
from matplotlib.colors import Normalize
from matplotlib.layout_engine import PlaceHolderLayoutEngine
from numpy.typing import ArrayLike

from course_utils._grey_levels import grey_levels
from course_utils.plots._styles import GREY_LEVELS, SIGNED_FINE, mappable, outline_panel
from course_utils.plots._validation import numbers, one_for_each, stack, valid_index
from course_utils.widgets._base.live_figure import LiveFigure
from course_utils.widgets._base.slider import Slider
from course_utils.widgets._base.standalone_figure import standalone_figure

N_SHOWN = 6  # images at either end
# Images that are converted at once: a small part of the memory that all would take, and so few that
# the product stays in one thread; waiting for a second one takes longer than the product.
BLOCK = 500


def weight_explorer(
    weights: ArrayLike, biases: ArrayLike, images: ArrayLike, labels: ArrayLike, *, unit: int = 0
) -> LiveFigure:
    """Choose a unit and see its weights beside the images that excite it most and least.

    Parameters
    ----------
    weights : array_like of shape (height * width, n_units), float
        Those of the first layer, such as ``coefs_[0]``, learned from images scaled to [0, 1].
    biases : array_like of shape (n_units,), float
        Such as ``intercepts_[0]``.
    images : array_like of shape (n_images, height, width), uint8
        Grey levels from 0 to 255, at least six. No copy is kept.
    labels : array_like of shape (n_images,), int
    unit : int, default=0
        Which is shown first.

    Returns
    -------
    LiveFigure
        Shown when it is the last line of a cell. The slider is its first child, the picture its
        last.

    Raises
    ------
    ValueError
        If the arrays do not fit together, weights or biases are not finite, the images are not
        grey levels, or there is no such unit.
    """
    weights, biases = numbers(weights, "weights"), numbers(biases, "biases")
    images, labels = grey_levels(stack(images)), numbers(labels, "labels")
    _check(weights, biases, images, labels, unit)
    slider = Slider(value=int(unit), max=len(biases) - 1, description="unit")
    # Half of the largest, so that the many middle weights can be told apart.
    scale = Normalize(-0.5 * np.abs(weights).max(), 0.5 * np.abs(weights).max())
    axes = _panels(scale)

    def draw():
        number = slider.value
        sums = unit_sums(images, weights[:, number], biases[number])
        return _draw(axes, number, weights[:, number], scale, images, labels, sums)

    return LiveFigure([slider], draw, trained=True)


def unit_sums(images: np.ndarray, weights: np.ndarray, bias: float) -> np.ndarray:
    """Compute the sum of one unit for each image, before the activation.

    Parameters
    ----------
    images : ndarray of shape (n_images, height, width), uint8
        Grey levels from 0 to 255; the unit gets them divided by 255.
    weights : ndarray of shape (height * width,), float
    bias : float

    Returns
    -------
    ndarray of shape (n_images,), float32
    """
    scaled = (weights / 255).astype(np.float32)  # once, instead of every image
    sums = np.empty(len(images), dtype=np.float32)
    for begin in range(0, len(images), BLOCK):
        block = images[begin : begin + BLOCK].reshape(-1, scaled.size)
        sums[begin : begin + BLOCK] = block.astype(np.float32) @ scaled + np.float32(bias)
    return sums


def _check(weights, biases, images, labels, unit):
    """Refuse arrays that do not fit together."""
    n_pixels = images.shape[1] * images.shape[2]
    if weights.ndim != 2 or len(weights) != n_pixels:
        hint = ": is it transposed?" if weights.shape[1:] == (n_pixels,) else ""
        raise ValueError(
            f"expected weights of shape ({n_pixels}, n_units), one row for each pixel, got "
            f"{weights.shape}{hint}"
        )
    if biases.shape != weights.shape[1:]:
        raise ValueError(
            f"expected {weights.shape[1]} biases, one for each unit, got shape {biases.shape}."
        )
    if not (np.isfinite(weights).all() and np.isfinite(biases).all()):
        raise ValueError("expected weights and biases of finite numbers, got nan or infinity.")
    if len(images) < N_SHOWN:
        raise ValueError(f"expected at least {N_SHOWN} images to choose from, got {len(images)}.")
    one_for_each(labels, "labels", len(images), "image")
    valid_index("unit", unit, len(biases))


def _panels(scale):
    """Three panels, for the weights and for the images at either end, and the scale."""
    # They are placed by hand: a layout engine takes longer than all the drawing. "none" would
    # not do: after the first `savefig` the engine of the course's style would be back.
    figure = standalone_figure(8.6, 3.1, layout=PlaceHolderLayoutEngine(False, False))
    bar = figure.add_axes((0.32, 0.04, 0.015, 0.84))
    figure.colorbar(mappable(scale, SIGNED_FINE), cax=bar, extend="both")
    places = [(0.01, 0.04, 0.3, 0.84), (0.41, 0.63, 0.58, 0.3), (0.41, 0.12, 0.58, 0.3)]
    return [figure.add_axes(place) for place in places]


def _draw(axes, unit, weights, scale, images, labels, sums):
    """Weights and images side by side, and texts that name the digits at either end."""
    order = np.argsort(sums, kind="stable")
    ends = {"most": order[::-1][:N_SHOWN], "least": order[:N_SHOWN]}
    height, width = images.shape[1:]
    left, *right = axes
    _show(left, weights.reshape(height, width), cmap=SIGNED_FINE, norm=scale)
    left.set_title(f"weights of unit {unit}", fontsize=13, y=1)  # Matplotlib looks for no place
    for axis, (end, chosen) in zip(right, ends.items(), strict=True):
        _show(axis, np.hstack(images[chosen]), **GREY_LEVELS)
        if not axis.texts:
            axis.set_title(f"excite it {end}", fontsize=13, y=1)
            below, *_ = axis.get_xaxis_text1_transform(3.5)  # points, where ticks have their labels
            style = {"transform": below, "fontsize": 10, "ha": "center", "va": "top"}
            for place in range(N_SHOWN):
                axis.text(width * (place + 0.5) - 0.5, 0, "", **style)
        for text, i in zip(axis.texts, chosen, strict=True):
            text.set_text(f"{labels[i]}\nsum {sums[i]:.1f}".replace("-", "\N{MINUS SIGN}"))
    said = [
        f"{end} are {', '.join(str(labels[i]) for i in chosen)} (sums from {sums[chosen].max():.1f}"
        f" to {sums[chosen].min():.1f})"
        for end, chosen in ends.items()
    ]
    alt = (
        f"The weights of unit {unit} as an image, red positive and blue negative. The digits that "
        f"excite it {said[0]}; those that excite it {said[1]}."
    )
    caption = f"Unit {unit}: its weights, and the images with its largest and smallest sums."
    return left.figure, {"caption": caption, "alt": alt}


def _show(axis, image, **colours):
    """Show an image in a panel, in place of the one before."""
    if axis.images:
        axis.images[0].set_data(image)
    else:
        axis.imshow(image, **colours)
        outline_panel(axis)
