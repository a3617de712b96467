"""Figures of lesson 07: Training a convolutional network."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import NullFormatter, PercentFormatter

from course_utils.plots.inputs import numbers, one_for_each, whole

SIGNED = {"cmap": "RdBu_r"}
MARKERS = "os^Dv"  # networks differ in colour and in marker


def convolution_step(image, kernel, row, column):
    """One step of a convolution: a window of an image, times a kernel, and the products.

    Parameters
    ----------
    image : array_like of shape (height, width), float
        Grey levels from 0 (paper) to 1 (ink).
    kernel : array_like of shape (kernel_height, kernel_width), float
    row, column : int
        The upper left pixel of the window.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `image` or `kernel` is not a table of numbers, or the window leaves the image.
    """
    image, kernel = _table(image, "image"), _table(kernel, "kernel")
    last = np.subtract(image.shape, kernel.shape)
    if not (0 <= row <= last[0] and 0 <= column <= last[1]):
        raise ValueError(
            f"expected a window inside the image: row from 0 to {last[0]} and column from 0 to "
            f"{last[1]}, got row {row} and column {column}."
        )
    height, width = kernel.shape
    window = image[row : row + height, column : column + width]
    products = window * kernel
    figure, axes = plt.subplots(
        1, 4, figsize=(9.5, 3.1), width_ratios=(1.5, 1, 1, 1), layout="constrained"
    )
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=1)
    frame = {"fill": False, "edgecolor": "C1", "linewidth": 2.5}
    axes[0].add_patch(plt.Rectangle((column - 0.5, row - 0.5), width, height, **frame))
    axes[0].set_title("image", fontsize=12)
    tables = {"window": window, "kernel": kernel, f"products, sum {products.sum():.2f}": products}
    for axis, sign, (title, table) in zip(
        axes[1:], " \N{MULTIPLICATION SIGN}=", tables.items(), strict=True
    ):
        _written(axis, table, limit=1)
        axis.set_title(title, fontsize=12)
        axis.text(-0.17, 0.5, sign, transform=axis.transAxes, ha="center", va="center", fontsize=20)
    axes[1].spines[:].set(color="C1", linewidth=2.5)
    for axis in axes:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set_visible(True)
    return figure


def kernels_and_maps(kernels, maps, names):
    """Kernels with their numbers above, and below what each makes of an image, on one scale.

    Parameters
    ----------
    kernels : array_like of shape (n_kernels, kernel_height, kernel_width), float
    maps : array_like of shape (n_kernels, height, width), float
        One feature map per kernel.
    names : sequence of str
        One per kernel.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no kernel, or not one table of numbers and one name for each.
    """
    kernels, maps = list(kernels), list(maps)
    if not kernels:
        raise ValueError("expected at least one kernel, got none.")
    one_for_each(maps, "feature maps", len(kernels), "kernel")
    one_for_each(names, "names", len(kernels), "kernel")
    kernels = [_table(kernel, "kernel") for kernel in kernels]
    maps = [_table(map_, "feature map") for map_ in maps]
    limit = max(np.abs(table).max() for table in [*kernels, *maps])
    figure, axes = plt.subplots(
        2, len(kernels), figsize=(9.5, 4.7), squeeze=False, layout="constrained"
    )
    for axis, kernel, name in zip(axes[0], kernels, names, strict=True):
        _written(axis, kernel, limit)
        axis.set_title(name, fontsize=12)
    for axis, map_ in zip(axes[1], maps, strict=True):
        shown = axis.imshow(map_, **SIGNED, vmin=-limit, vmax=limit)
    for axis in axes.flat:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set(visible=True, color="0.8", linewidth=0.5)
    figure.colorbar(shown, ax=axes, shrink=0.9, aspect=24, pad=0.01)
    return figure


def maps_to_scale(maps, titles):
    """Feature maps of different sizes side by side: one pixel is as large in each of them.

    Parameters
    ----------
    maps : sequence of array_like of shape (height, width), float
        Their sizes may differ. All share one colour scale, centred on zero.
    titles : sequence of str
        One per map.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a map is not a table of numbers, there is none, or the titles do not match.
    """
    maps = [_table(map_, "feature map") for map_ in maps]
    if not maps:
        raise ValueError("expected at least one feature map, got an empty list.")
    one_for_each(titles, "titles", len(maps), "map")
    limit = max(np.abs(map_).max() for map_ in maps) or 1
    widths, heights = ([map_.shape[side] for map_ in maps] for side in (1, 0))
    gap = 0.12 * max(widths)
    total = sum(widths) + gap * (len(maps) - 1)
    inch = 8.2 / total  # of one pixel
    size = (9.5, inch * max(heights) + 0.5)
    figure = plt.figure(figsize=size)
    figure.set_layout_engine("none")  # every place is computed here
    left = 0.1
    for map_, title in zip(maps, titles, strict=True):
        height, width = map_.shape
        place = (left, 0.1 + inch * (max(heights) - height), inch * width, inch * height)
        axis = figure.add_axes(np.array(place) / np.tile(size, 2))
        shown = axis.imshow(map_, **SIGNED, vmin=-limit, vmax=limit, aspect="auto")
        axis.set(xticks=[], yticks=[])
        axis.set_title(title, fontsize=12, loc="left")
        axis.spines[:].set(visible=True, color="0.8", linewidth=0.5)
        left += inch * (width + gap)
    place = np.array((8.6, 0.1, 0.12, inch * max(heights))) / np.tile(size, 2)
    figure.colorbar(shown, cax=figure.add_axes(place))
    return figure


def accuracy_by_shift(pixels, accuracies):
    """How the accuracy of some networks falls as the digits are moved.

    Parameters
    ----------
    pixels : array_like of shape (n_shifts,), int
    accuracies : dict of str to array_like of shape (n_shifts,), float
        By the name of the network, values from 0 to 1.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no network, or a network has not one accuracy from 0 to 1 per shift.
    """
    pixels = numbers(pixels, "shifts in pixels")
    if not accuracies:
        raise ValueError("expected accuracies of at least one network, got an empty dictionary.")
    figure, axis = plt.subplots(figsize=(8, 3.8), layout="constrained")
    for name, marker in zip(accuracies, MARKERS, strict=False):
        values = numbers(accuracies[name], f"accuracies of {name!r}")
        one_for_each(values, f"accuracies of {name!r}", len(pixels), "shift")
        if not ((values >= 0) & (values <= 1)).all():
            raise ValueError(
                f"expected accuracies of {name!r} from 0 to 1, got {values.min():.4g} to "
                f"{values.max():.4g}: are these per cent?"
            )
        axis.plot(pixels, values, marker=marker, label=name)
    axis.axhline(0.1, color="0.5", linewidth=1, linestyle="--")
    axis.text(pixels[0], 0.11, "guessing", color="0.35", fontsize=11, va="bottom")
    axis.set(
        xlabel="digits moved by … pixels", ylabel="test accuracy", xticks=pixels, ylim=(0, 1.04)
    )
    axis.legend(loc="upper right")
    return figure


def calibration(panels, *, fewest=20):
    """Confidence against accuracy, and below how many answers have that confidence.

    Parameters
    ----------
    panels : dict of str to dict
        For each title the networks by name, and for each network three array_like of shape
        (n_bins,): mean confidence, share of right answers, number of answers in each bin.
    fewest : int, default=20
        A bin with fewer answers has no point above: its share would be a matter of luck.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no panel, or the three arrays of a network differ in length.
    """
    whole("fewest", fewest)
    if not panels:
        raise ValueError("expected at least one panel, got an empty dictionary.")
    figure, axes = plt.subplots(
        2,
        len(panels),
        figsize=(9.5, 5.6),
        height_ratios=(2.2, 1),
        squeeze=False,
        sharex=True,
        sharey="row",
        layout="constrained",
    )
    for (upper, lower), (title, networks) in zip(axes.T, panels.items(), strict=True):
        upper.plot([0, 1], [0, 1], color="0.5", linewidth=1, linestyle="--")
        for index, (name, marker) in enumerate(zip(networks, MARKERS, strict=False)):
            bins = [numbers(values, f"three arrays for {name!r}") for values in networks[name]]
            if len(bins) != 3 or len({len(values) for values in bins}) != 1:
                raise ValueError(
                    f"expected confidence, accuracy and number of answers for {name!r}, all of "
                    f"one length, got lengths {[len(values) for values in bins]}."
                )
            confidence, accuracy, counts = bins
            enough = counts >= fewest
            upper.plot(confidence[enough], accuracy[enough], marker=marker, label=name)
            edges = np.linspace(0, 1, len(counts) + 1)
            width = 1 / len(counts) / (len(networks) + 0.5)
            left = edges[:-1] + (index + 0.25) * width
            hatch = "//" if index else None  # not by colour alone
            lower.bar(left, counts, width, align="edge", hatch=hatch, edgecolor="white")
        upper.set(title=title, ylim=(0, 1.02))
        lower.set(xlabel="confidence", yscale="log", xlim=(0, 1.02))
        lower.yaxis.set_minor_formatter(NullFormatter())
        lower.xaxis.set_major_formatter(PercentFormatter(1))
        upper.yaxis.set_major_formatter(PercentFormatter(1))
    axes[0, 0].set_ylabel("share of right answers")
    axes[1, 0].set_ylabel("answers")
    axes[0, 0].legend(loc="upper left")
    return figure


def _table(values, name):
    """`values` as a table of numbers, or a `ValueError` that says what came instead."""
    table = numbers(values, f"{name} of shape (height, width)")
    if table.ndim != 2 or not table.size:
        raise ValueError(f"expected {name} of shape (height, width), got shape {table.shape}.")
    return table


def _written(axis, table, limit):
    """A table in colours, each number written on it."""
    axis.imshow(table, **SIGNED, vmin=-limit, vmax=limit)
    for (row, column), value in np.ndenumerate(table):
        color = "white" if abs(value) > 0.6 * limit else "black"
        text = f"{value + 0:.2f}"  # + 0 turns -0.0 into 0.0
        axis.text(column, row, text, color=color, ha="center", va="center", fontsize=12)
