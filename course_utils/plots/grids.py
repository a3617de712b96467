"""Images and weights in a grid, all panels on one scale that is shown."""

import matplotlib.pyplot as plt
import numpy as np

from course_utils.plots.inputs import is_scaled, n_lines, one_for_each, stack, whole


def image_grid(images, titles=None, *, columns=None, limits=(0, 255)):
    """Images side by side on one grey scale, paper white and ink black.

    Parameters
    ----------
    images : array_like of shape (n_images, height, width), int or float
        Grey levels. If they were divided by 255, `limits` must say so.
    titles : sequence of str or of numbers, optional
        One per image.
    columns : int, optional
        Panels to a row; by default all in one row up to ten.
    limits : tuple of float, default=(0, 255)
        The values shown white and black. All panels share them.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `images` is not a stack of images or would look blank (floats up to 1 on the scale
        from 0 to 255), the titles do not match, or `columns` is not a whole number from 1.
    """
    images = stack(images)
    if tuple(limits) == (0, 255) and is_scaled(images):
        hint = "pass limits=(0, 1)" if images.min() >= 0 else "weight_grid shows signed numbers"
        raise ValueError(
            f"these images run from {images.min():.4g} to {images.max():.4g} but the scale from "
            f"0 to 255: {hint}."
        )
    return _grid(images, titles, columns, limits, cmap="gray_r")


def weight_grid(weights, titles=None, *, columns=None, limit=None, cmap="RdBu_r"):
    """Signed weights as images on one scale that is centred on zero.

    Parameters
    ----------
    weights : array_like of shape (n_units, height, width), float
    titles : sequence of str or of numbers, optional
        One per unit.
    columns : int, optional
        Panels to a row; by default all in one row up to ten.
    limit : float, optional
        The weights shown in the strongest colours are ``-limit`` and ``limit``; by default
        the largest magnitude there is. All panels share it.
    cmap : str, default="RdBu_r"
        A Matplotlib colour map. The default shows negative weights blue, positive ones red
        and zero white, and is safe for colour-blind readers.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `weights` is not a stack of images, the titles do not match, or `columns` is not a
        whole number from 1.
    """
    weights = stack(weights)
    if limit is None:
        limit = np.abs(weights).max()
    return _grid(weights, titles, columns, (-limit, limit), cmap=cmap)


def _grid(images, titles, columns, limits, cmap):
    if titles is not None:
        one_for_each(titles, "titles", len(images), "image")
    if columns is None:
        columns = min(len(images), 10)
    whole("columns", columns)
    rows = -(-len(images) // columns)
    side = min(2.0, 9.5 / columns)
    # A further line takes 0.2 inch; the panels are centred, so some of the space goes below them.
    title_height = 0 if titles is None else 0.35 + 0.3 * (n_lines(titles) - 1)
    size = (columns * side + 0.9, rows * (side + title_height) + 0.1)
    figure, axes = plt.subplots(rows, columns, figsize=size, squeeze=False, layout="constrained")
    for axis in axes.flat[len(images) :]:
        axis.axis("off")
    for index, (axis, image) in enumerate(zip(axes.flat, images, strict=False)):
        scale = {"cmap": cmap, "vmin": limits[0], "vmax": limits[1]}
        shown = axis.imshow(image, interpolation="nearest", **scale)
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set(visible=True, color="0.8", linewidth=0.5)  # white on white has no edge
        if titles is not None:
            axis.set_title(titles[index], fontsize=12)
    figure.colorbar(shown, ax=axes, shrink=0.9, aspect=12 * rows, pad=0.01)
    return figure
