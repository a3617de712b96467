"""Figures of lesson 08: Inside a convolutional network."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from course_utils.plots.inputs import numbers, one_for_each, one_image, stack, whole

# Few enough colours for a PNG of 256: all of them stay what the scale says.
SIGNED = colormaps["RdBu_r"].resampled(81)
POSITIVE = colormaps["viridis"].resampled(81)  # from 0 up: activations, probabilities
EDGE = {"color": "0.8", "linewidth": 0.5}


def kernel_grid(kernels, titles=None, *, directions=None, columns=8):
    """Kernels in a grid on one scale, each weight written into its cell to one decimal.

    Parameters
    ----------
    kernels : array_like of shape (n_kernels, height, width), float
    titles : sequence of str or of numbers, optional
        One per kernel; by default their numbers from 0.
    directions : sequence of float, optional
        One angle per kernel in degrees, 0 to the right, 90 upwards. An arrow is drawn in place
        of the numbers; nan leaves it out.
    columns : int, default=8
        Panels to a row.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `kernels` is not a stack of tables, the titles or directions do not match, or
        `columns` is not a whole number from 1.
    """
    kernels = stack(kernels)
    if titles is None:
        titles = range(len(kernels))
    one_for_each(titles, "titles", len(kernels), "kernel")
    if directions is not None:
        one_for_each(directions, "directions", len(kernels), "kernel")
    whole("columns", columns)
    rows = -(-len(kernels) // columns)
    scale = _signed_scale(kernels)
    figure, axes = plt.subplots(
        rows,
        columns,
        figsize=(9.9, rows * (9 / columns + 0.25) + 0.2),
        squeeze=False,
        layout="constrained",
    )
    for axis in axes.flat[len(kernels) :]:
        axis.axis("off")
    for index, (axis, kernel) in enumerate(zip(axes.flat, kernels, strict=False)):
        if directions is None:
            draw_kernel(axis, kernel, scale)
        else:
            draw_kernel(axis, kernel, scale, written=False)
            _draw_arrow(axis, kernel.shape, directions[index])
        axis.set_title(titles[index], fontsize=11, pad=3)
    figure.colorbar(_mappable(scale, SIGNED), ax=axes, shrink=0.9, aspect=12 * rows, pad=0.01)
    return figure


def kernel_at_work(image, kernel, sums, activations):
    """An image, a kernel, the sums the kernel makes of the image, and what ReLU lets through.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 to 255.
    kernel : array_like of shape (kernel_height, kernel_width), float
    sums, activations : array_like of shape (map_height, map_width), float
        Before and after bias and ReLU. They share one scale; the kernel has its own.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If one of them is not a table of numbers, or the two maps differ in shape.
    """
    image = one_image(image)
    kernel, sums, activations = (
        stack([numbers(table, f"{name}: one table of numbers")])[0]
        for name, table in (("kernel", kernel), ("sums", sums), ("activations", activations))
    )
    if sums.shape != activations.shape:
        raise ValueError(
            f"expected sums and activations of one shape, got {sums.shape} and {activations.shape}."
        )
    figure, axes = plt.subplots(
        1, 4, figsize=(9.9, 2.8), width_ratios=(28, 18, 26, 26), layout="constrained"
    )
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=255)
    draw_kernel(axes[1], kernel, _signed_scale(kernel))
    scale = _signed_scale(sums)
    for axis, table in zip(axes[2:], (sums, activations), strict=True):
        axis.imshow(table, cmap=SIGNED, norm=scale)
    titles = ("image", "kernel", "sums", "plus bias, after ReLU")
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=12)
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set(visible=True, **EDGE)
    figure.colorbar(_mappable(scale, SIGNED), ax=axes[2:], shrink=0.8, pad=0.01)
    return figure


def activation_grid(maps, name, *, per_map=False, columns=8):
    """The feature maps that one layer makes of one image, as separate tiles.

    Parameters
    ----------
    maps : array_like of shape (height, width, n_maps), float
        Activations from 0 up, in the order of a Keras layer: the maps stand last.
    name : str
        The layer. It is the title, with the shape.
    per_map : bool, default=False
        If False, all tiles share one scale, from 0 to the largest activation of the layer. If
        True, each tile runs from 0 to its own largest: weak maps can be seen, but no longer
        compared.
    columns : int, default=8
        Tiles to a row.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `maps` has another number of dimensions, is empty or holds negative numbers, or
        `columns` is not a whole number from 1.
    """
    maps = feature_maps(maps)
    whole("columns", columns)
    height, _, n_maps = maps.shape
    shown, label = maps, "activation"
    if per_map:
        highest = maps.max(axis=(0, 1))
        shown = maps / np.where(highest > 0, highest, 1)
        label = "share of the map's largest"
    canvas, rows, gap = tiled(shown, columns)
    figure, axis = plt.subplots(figsize=(9.5, 0.98 * rows + 0.75), layout="constrained")
    drawn = axis.imshow(canvas, cmap=POSITIVE, vmin=0, vmax=shown.max() or 1)
    axis.set_title(f"{name.replace('_', ' ')}: {maps.shape}", fontsize=13)
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0, labelsize=11)
    axis.set_yticks(np.arange(rows) * (height + gap) + (height - 1) / 2)
    axis.set_yticklabels(range(0, n_maps, columns))
    axis.set_xticks([])
    figure.colorbar(drawn, ax=axis, shrink=0.9, aspect=7 * rows, pad=0.01, label=label)
    return figure


def ablation_grid(drops, row_name, rows=None):
    """How much accuracy each digit loses when a feature map is switched off.

    Parameters
    ----------
    drops : array_like of shape (n_maps, 10), float
        Accuracy before minus accuracy after, from -1 to 1: positive where the map was needed.
    row_name : str
        What a row stands for.
    rows : sequence of str or of numbers, optional
        One per row; by default their numbers from 0.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `drops` has another shape or is not between -1 and 1, or the rows do not match.
    """
    drops = numbers(drops, "drops of shape (n_maps, 10)")
    if drops.ndim != 2 or drops.shape[1] != 10 or not len(drops):
        raise ValueError(f"expected drops of shape (n_maps, 10), got {drops.shape}.")
    if np.abs(drops).max() > 1:
        raise ValueError(
            f"expected drops from -1 to 1, got up to {np.abs(drops).max():.4g}: are these per cent "
            "or counts?"
        )
    if rows is None:
        rows = range(len(drops))
    one_for_each(rows, "rows", len(drops), "row of drops")
    points = 100 * drops.T  # (10, n_maps): maps side by side, as wide as the page
    scale = _signed_scale(points)
    figure, axis = plt.subplots(figsize=(9.9, 4.1), layout="constrained")
    drawn = axis.imshow(points, cmap=SIGNED, norm=scale, aspect="auto")
    axis.set(xlabel=row_name, ylabel="digit", yticks=range(10), xticks=range(len(drops)))
    axis.set_xticklabels(rows, fontsize=10)
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0)
    axis.set_xticks(np.arange(0.5, len(drops) - 1), minor=True)
    axis.set_yticks(np.arange(0.5, 9), minor=True)
    axis.grid(which="minor", color="white", linewidth=1)
    axis.tick_params(which="minor", length=0)
    figure.colorbar(drawn, ax=axis, pad=0.01, label="points lost (red) or won (blue)")
    return figure


def framed_images(images, titles, places, size, *, columns=8):
    """Images with a square frame in each, and below each what is inside the frame.

    Parameters
    ----------
    images : array_like of shape (n_images, height, width), int or float
        Grey levels from 0 to 255.
    titles : sequence of str or of numbers
        One per image.
    places : array_like of shape (n_images, 2), int
        Row and column of the upper left pixel of each frame.
    size : int
        Height and width of a frame in pixels.
    columns : int, default=8
        Images to a row.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is not one title and one place per image, or a frame leaves its image.
    """
    images = stack(images)
    one_for_each(titles, "titles", len(images), "image")
    whole("columns", columns)
    places = numbers(places, "places of shape (n_images, 2)")
    if places.shape != (len(images), 2):
        raise ValueError(f"expected places of shape ({len(images)}, 2), got {places.shape}.")
    whole("size", size, min(images.shape[1:]), " pixels")
    if places.min() < 0 or (places + size > images.shape[1:]).any():
        raise ValueError(
            f"expected frames of {size} pixels inside images of {images.shape[1:]}, got places up "
            f"to {places.max(axis=0).tolist()}."
        )
    rows = -(-len(images) // columns)
    side = 9.5 / columns
    figure, axes = plt.subplots(
        2 * rows,
        columns,
        figsize=(9.5, rows * (2 * side + 0.35)),
        squeeze=False,
        layout="constrained",
    )
    for axis in axes.flat:
        axis.axis("off")
    scale = {"cmap": "gray_r", "vmin": 0, "vmax": 255}
    for index, (image, (top, left)) in enumerate(zip(images, places, strict=True)):
        row, column = divmod(index, columns)
        above, below = axes[2 * row, column], axes[2 * row + 1, column]
        above.imshow(image, **scale)
        above.set_title(titles[index], fontsize=11, pad=3)
        above.add_patch(
            Rectangle((left - 0.5, top - 0.5), size, size, fill=False, color="C1", linewidth=2)
        )
        below.imshow(image[top : top + size, left : left + size], **scale)
        for axis, edge in ((above, EDGE), (below, {"color": "C1", "linewidth": 2})):
            axis.axis("on")
            axis.set(xticks=[], yticks=[])
            axis.spines[:].set(visible=True, **edge)
    return figure


def occlusion_maps(image, maps, titles, size):
    """An image, and what a network answers while a square covers one place of it.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 to 255.
    maps : array_like of shape (n_maps, height - size + 1, width - size + 1), float
        Probabilities from 0 to 1, one for each place of the square. Each is drawn where the
        middle of the square was, with the outline of the ink over it.
    titles : sequence of str
        One for the image and one for each map.
    size : int
        Height and width of the square in pixels.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, or the maps are no probabilities.
    """
    image, maps = one_image(image), stack(maps)
    one_for_each(titles, "titles", len(maps) + 1, "panel")
    whole("size", size, min(image.shape), " pixels")
    places = tuple(side - size + 1 for side in image.shape)
    if maps.shape[1:] != places:
        raise ValueError(
            f"expected maps of shape (n_maps, {places[0]}, {places[1]}), one number for each place "
            f"of a square of {size} pixels, got {maps.shape}."
        )
    if maps.min() < 0 or maps.max() > 1:
        raise ValueError(
            f"expected probabilities from 0 to 1, got {maps.min():.4g} to {maps.max():.4g}."
        )
    panels = len(maps) + 1
    figure, axes = plt.subplots(
        1, panels, figsize=(min(9.9, 3.2 * panels + 0.6), 3.5), layout="constrained"
    )
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=255)
    frame = {"fill": False, "color": "C1", "linewidth": 2}
    axes[0].add_patch(Rectangle((-0.3, -0.3), size, size, **frame))
    first = (size - 1) / 2 - 0.5  # the middle of the square in its first place, half a pixel back
    extent = (first, first + places[1], first + places[0], first)
    for axis, table in zip(axes[1:], maps, strict=True):
        drawn = axis.imshow(table, cmap=POSITIVE, vmin=0, vmax=1, extent=extent)
        axis.contour(image, levels=[127.5], colors="white", linewidths=2.5)
        axis.contour(image, levels=[127.5], colors="black", linewidths=1)
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, fontsize=12)
        axis.set(xticks=[], yticks=[], aspect="equal")
        axis.set(xlim=(-0.5, image.shape[1] - 0.5), ylim=(image.shape[0] - 0.5, -0.5))
        axis.spines[:].set(visible=True, **EDGE)
    figure.colorbar(drawn, ax=axes, shrink=0.8, pad=0.01, label="probability", ticks=[0, 0.5, 1])
    return figure


def draw_kernel(axis, kernel, scale, *, written=True):
    """Draw one kernel into an axis, with its weights to one decimal unless `written` is False.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    kernel : ndarray of shape (height, width), float
    scale : matplotlib.colors.Normalize
        Centred on zero.
    written : bool, default=True
    """
    axis.imshow(kernel, cmap=SIGNED, norm=scale)
    for (row, column), weight in np.ndenumerate(kernel) if written else ():
        text = f"{np.round(weight, 1) + 0.0:.1f}"  # + 0.0 makes -0.0 a 0.0
        dark = abs(weight) > 0.6 * scale.vmax
        color = "white" if dark else "black"
        axis.text(column, row, text, ha="center", va="center", fontsize=10, color=color)
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(visible=True, **EDGE)


def _draw_arrow(axis, shape, degrees):
    """An arrow across a kernel; 0 degrees to the right, 90 upwards. Nothing for nan."""
    if not np.isfinite(degrees):
        return
    middle = (np.array(shape)[::-1] - 1) / 2
    angle = np.deg2rad(degrees)
    half = 1.05 * np.array([np.cos(angle), -np.sin(angle)])  # rows count downwards
    for color, width in (("white", 4.5), ("black", 2)):
        axis.annotate(
            "",
            xy=middle + half,
            xytext=middle - half,
            arrowprops={"arrowstyle": "->", "color": color, "linewidth": width},
        )


def tiled(maps, columns=8):
    """Feature maps side by side in one table, with gaps of nan between them.

    Parameters
    ----------
    maps : ndarray of shape (height, width, n_maps), float
    columns : int, default=8
        Tiles to a row.

    Returns
    -------
    table : ndarray of shape (rows * (height + gap) - gap, columns * (width + gap) - gap), float
    rows, gap : int
    """
    height, width, n_maps = maps.shape
    rows, gap = -(-n_maps // columns), max(1, width // 12)
    table = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap), np.nan)
    for index in range(n_maps):
        top, left = (index // columns) * (height + gap), (index % columns) * (width + gap)
        table[top : top + height, left : left + width] = maps[:, :, index]
    return table, rows, gap


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


def _signed_scale(values):
    limit = np.abs(values).max() or 1
    return Normalize(-limit, limit)


def _mappable(scale, cmap):
    return plt.cm.ScalarMappable(norm=scale, cmap=cmap)
