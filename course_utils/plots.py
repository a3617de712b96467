"""Figures of the lessons: grids of images and of weights, curves, and the helper that shows them.

Every function takes arrays and returns a Matplotlib figure. `show` puts a figure into the
notebook with a caption and an alternative text.
"""

import base64
import html
import io
import textwrap
from numbers import Integral

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.patches import ConnectionPatch
from matplotlib.ticker import MaxNLocator
from PIL import Image

SCREEN_DPI = 144  # sharp on a projector and on high-density screens
PRINT_DPI = 60  # for PDF export and for viewers that strip HTML


def show(figure, *, caption, alt):
    """Show a figure with a caption under it and a text for those who cannot see it.

    Matplotlib's own output cannot carry an alternative text to a screen reader, an HTML
    ``<figure>`` can. A small plain PNG goes with it, for viewers that strip HTML.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure. It is closed, so that it is not shown a second time.
    caption : str
        One line under the figure: what it is.
    alt : str
        What a person would say to somebody who cannot see the figure: what it shows and
        what to notice.

    Raises
    ------
    ValueError
        If `caption` or `alt` is empty or not a string.
    """
    display(figure_bundle(figure, caption=caption, alt=alt), raw=True)
    plt.close(figure)


def figure_bundle(figure, *, caption, alt):
    """The MIME bundle behind `show`.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure. It is left open.
    caption, alt : str
        As in `show`.

    Returns
    -------
    dict of str to str
        ``text/html``, ``image/png`` (in base64) and ``text/plain``: the same bytes each time.

    Raises
    ------
    ValueError
        If `caption` or `alt` is empty or not a string.
    """
    for name, text in (("caption", caption), ("alt", alt)):
        if not isinstance(text, str):
            raise ValueError(
                f"expected {name} as a string, got {text!r}: say in a sentence what the figure "
                "shows."
            )
        if not text.strip():
            raise ValueError(f"{name} is empty: say in a sentence what the figure shows.")
    width = round(figure.get_figwidth() * 96)  # CSS pixels: 96 to the inch
    source = base64.b64encode(_png(figure, SCREEN_DPI)).decode()
    return {
        "text/html": (
            f'<figure style="margin: 0">'
            f'<img alt="{html.escape(alt)}" width="{width}" src="data:image/png;base64,{source}">'
            f"<figcaption>{html.escape(caption)}</figcaption></figure>"
        ),
        "image/png": base64.b64encode(_png(figure, PRINT_DPI)).decode(),
        "text/plain": f"Figure: {caption}\n{textwrap.fill(alt, 100)}",
    }


def _png(figure, dpi):
    """PNG bytes of a figure in 256 colours.

    Notebooks are committed with their figures: this takes less than half of the bytes of a
    full-colour PNG. No version of Matplotlib is written into them, so they stay the same.
    """
    drawn, reduced = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=dpi)
    with Image.open(drawn) as picture:
        picture.convert("RGB").quantize(256).save(reduced, format="PNG", optimize=True)
    return reduced.getvalue()


# What the functions below refuse


def _numbers(values, expected):
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


def _stack(images):
    """`images` as an array of shape (n, height, width), n at least 1."""
    images = _numbers(images, "images of shape (n, height, width)")
    if images.ndim != 3 or not images.size:
        hint = ""
        if not images.size:
            hint = ": nothing in it. Does a slice or a mask select nothing?"
        elif images.ndim == 2 and images.shape[1] == 784:
            hint = ": are these flat? Try `.reshape(-1, 28, 28)`"
        elif images.ndim == 2:
            hint = ": is this one image? Put it in a list, `[image]`"
        raise ValueError(f"expected images of shape (n, height, width), got {images.shape}{hint}.")
    return images


def _one_image(image):
    """`image` as an array of shape (height, width), its grey levels from 0 to 255."""
    image = _numbers(image, "one image of shape (height, width)")
    if image.ndim != 2:
        hint = ""
        if image.shape == (784,):
            hint = ": is it flat? Try `.reshape(28, 28)`"
        elif image.ndim == 3:
            hint = ": are these several images? Take one, `images[0]`"
        raise ValueError(f"expected one image of shape (height, width), got {image.shape}{hint}.")
    if _is_scaled(image):
        raise ValueError(
            f"expected grey levels 0 to 255 as stored, got floats up to {float(image.max()):.4}: "
            "pass the image before scaling."
        )
    return image


def _is_scaled(images):
    """Whether grey levels were divided by 255: on the scale from 0 to 255 they look blank."""
    return images.dtype.kind == "f" and images.any() and images.max() <= 1


def _one_for_each(names, what, n, panel):
    """Refuse `names` if there is not one of them for each of `n` panels."""
    got = len(names) if hasattr(names, "__len__") else names
    if got != n:
        raise ValueError(f"expected {n} {what}, one per {panel}, got {got}.")


def _whole(name, number, last=None, hint=""):
    """Refuse a `number` that is not a whole number from 1 (to `last`)."""
    if not isinstance(number, Integral) or number < 1 or (last is not None and number > last):
        end = "" if last is None else f" to {last}"
        raise ValueError(f"expected {name}: a whole number from 1{end}, got {number!r}{hint}.")


def _n_lines(texts):
    """Lines of the longest of the texts; numbers may stand among them."""
    return max(str(text).count("\n") for text in texts) + 1


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
    images = _stack(images)
    if tuple(limits) == (0, 255) and _is_scaled(images):
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
    weights = _stack(weights)
    if limit is None:
        limit = np.abs(weights).max()
    return _grid(weights, titles, columns, (-limit, limit), cmap=cmap)


def _grid(images, titles, columns, limits, cmap):
    if titles is not None:
        _one_for_each(titles, "titles", len(images), "image")
    if columns is None:
        columns = min(len(images), 10)
    _whole("columns", columns)
    rows = -(-len(images) // columns)
    side = min(2.0, 9.5 / columns)
    # A further line takes 0.2 inch; the panels are centred, so some of the space goes below them.
    title_height = 0 if titles is None else 0.35 + 0.3 * (_n_lines(titles) - 1)
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


# Lesson 01: From pixels to vectors


def pixel_values(image, rows, columns):
    """An image, and beside it a part of it enlarged, with the number of each pixel written in.

    Parameters
    ----------
    image : array_like of shape (height, width)
        Whole numbers from 0 (paper) to 255 (ink), as MNIST stores them.
    rows, columns : tuple of int
        First row (or column) of the part, and the one after its last, as in a slice.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `image` is not one image of whole numbers, or the part lies outside it or is empty.
    """
    image = _one_image(image)
    if (image % 1).any():
        raise ValueError(
            f"expected grey levels 0 to 255 as stored, got floats up to {float(image.max()):.4}, "
            "not all whole: is this a mean image? Round it, `image.round()`."
        )
    for name, (start, stop), length in zip(
        ("rows", "columns"), (rows, columns), image.shape, strict=True
    ):
        if not 0 <= start < stop <= length:
            raise ValueError(f"{name} must lie within 0 to {length}, got {start} to {stop}.")
    figure, (whole, part) = plt.subplots(1, 2, figsize=(9.5, 4.4), width_ratios=(4, 5))
    edges = (columns[0] - 0.5, rows[0] - 0.5)
    whole.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    size = (columns[1] - columns[0], rows[1] - rows[0])
    whole.add_patch(plt.Rectangle(edges, *size, fill=False, edgecolor="C1", linewidth=2.5))
    part.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    part.set(xlim=(edges[0], columns[1] - 0.5), ylim=(rows[1] - 0.5, edges[1]))
    part.set(xticks=range(*columns), yticks=range(*rows))
    for row in range(*rows):
        for column in range(*columns):
            value = int(image[row, column])
            ink = "white" if value > 127 else "black"
            part.text(column, row, value, color=ink, ha="center", va="center", fontsize=10)
    for axis in (whole, part):
        axis.set(xlabel="column", ylabel="row")
        axis.spines[:].set_visible(True)
    part.spines[:].set(color="C1", linewidth=2.5)
    return figure


def rows_side_by_side(image, rows):
    """Three views of flattening: an image, a few of its rows laid side by side, all of them.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 (paper) to 255 (ink).
    rows : tuple of int
        The first of the rows that are shown large, and the one after the last, as in a slice.
        One to four of them.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `image` is not one image, it was scaled to floats from 0 to 1, it does not have these
        rows, or they are not one to four.
    """
    image = _one_image(image)
    height, width = image.shape
    start, stop = rows
    if not (0 <= start < stop <= height and stop - start <= 4):
        raise ValueError(f"rows must be one to four of 0 to {height}, got {start} to {stop}.")
    figure, (square, few, every) = plt.subplots(
        3, 1, figsize=(9.5, 6), height_ratios=(5, 1, 0.9), layout="constrained"
    )
    figure.get_layout_engine().set(hspace=0.08)
    vector = image.reshape(1, -1)
    square.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    square.set(xlabel="column", ylabel="row", yticks=sorted({0, start, stop - 1, height - 1}))
    square.tick_params(axis="y", labelsize=11)
    for strip, (first, last) in ((few, (start, stop)), (every, (0, height))):
        strip.imshow(vector, cmap="gray_r", vmin=0, vmax=255, aspect="auto", interpolation="none")
        strip.set(xlim=(first * width - 0.5, last * width - 0.5), yticks=[])
    few.set(xticks=[])
    every.set(xticks=[0, start * width, stop * width, height * width - 1])
    every.set_xlabel("position in the vector")
    for axis in (square, few, every):
        axis.spines[:].set_visible(True)
    for index, row in enumerate(range(start, stop)):
        style = {"fill": False, "edgecolor": f"C{index}", "linewidth": 2, "clip_on": False}
        square.add_patch(plt.Rectangle((-0.5, row - 0.5), width, 1, **style))
        left = row * width - 0.5
        few.add_patch(plt.Rectangle((left + 0.15, -0.5), width - 0.3, 1, **style))
        label = f"row {row}, from position {row * width}"
        few.text(left + 0.15, -0.62, label, color=f"C{index}", ha="left", va="bottom")
        every.add_patch(plt.Rectangle((left, -0.5), width, 1, **style))
    for end in (start, stop):  # from the enlarged rows down to their place in the whole vector
        position = end * width - 0.5
        ends = {"xyA": (position, 0.5), "axesA": few, "xyB": (position, -0.5), "axesB": every}
        figure.add_artist(ConnectionPatch(coordsA="data", **ends, color="0.5", linewidth=1))
    return figure


def probabilities(image, probabilities):
    """An image beside the probability that a network gives each digit, the largest on top.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        Grey levels from 0 (paper) to 255 (ink).
    probabilities : array_like of shape (n_classes,), float
        Numbers from 0 to 1, as one row of ``predict_proba``.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `image` is not one image or was scaled to floats from 0 to 1, or `probabilities` is not
        one row of numbers from 0 to 1.
    """
    image = _one_image(image)
    probabilities = _numbers(probabilities, "probabilities of shape (n_classes,)")
    if probabilities.ndim != 1 or not len(probabilities):
        hint = ""
        if probabilities.ndim == 2:
            hint = ": is this one row per image? Take one, `probabilities[0]`"
        raise ValueError(
            f"expected probabilities of shape (n_classes,), got {probabilities.shape}{hint}."
        )
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        raise ValueError(
            f"expected probabilities from 0 to 1, got numbers from {probabilities.min():.4g} to "
            f"{probabilities.max():.4g}."
        )
    order = np.argsort(probabilities, kind="stable")  # the smallest first: bars grow upwards
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(8, 3.6), width_ratios=(1, 1.5), layout="constrained"
    )
    left.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    left.axis("off")
    bars = right.barh(range(len(order)), probabilities[order], color="C0")
    right.bar_label(bars, fmt="%.3f", padding=4, fontsize=11)
    right.set_yticks(range(len(order)), [str(digit) for digit in order])
    right.set(xlabel="probability", ylabel="digit", xlim=(0, 1.15), xticks=(0, 0.5, 1))
    return figure


def confusion_matrix(counts):
    """Which classes are taken for which: a table of counts, the mistakes coloured.

    The diagonal (what was recognised) is left white, or its large counts would leave one
    pale colour for all mistakes.

    Parameters
    ----------
    counts : array_like of shape (n_classes, n_classes), int
        ``counts[true, said]``: a row for each true class, a column for each answer.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `counts` is not a square table of counts.
    """
    counts = _numbers(counts, "counts of shape (n_classes, n_classes)")
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not len(counts):
        raise ValueError(
            f"expected counts of shape (n_classes, n_classes), got shape {counts.shape}."
        )
    if counts.dtype.kind not in "iu" or (counts < 0).any():
        raise ValueError("expected counts: whole numbers, none of them negative.")
    mistakes = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    most = max(mistakes.max(), 1)
    figure, axis = plt.subplots(figsize=(8, 6), layout="constrained")
    shown = axis.imshow(mistakes, cmap="Oranges", vmin=0, vmax=most)
    for (true, said), count in np.ndenumerate(counts):
        dark = mistakes[true, said] > 0.75 * most
        style = {"weight": "bold"} if true == said else {"color": "white" if dark else "black"}
        axis.text(said, true, count, ha="center", va="center", fontsize=11, **style)
    axis.set(xticks=range(len(counts)), yticks=range(len(counts)))
    axis.set(xlabel="what the network says", ylabel="what it is")
    axis.tick_params(length=0)
    whole = MaxNLocator(integer=True)
    figure.colorbar(shown, ax=axis, label="mistakes", ticks=whole, shrink=0.9, pad=0.02)
    return figure


def early_stopping(losses, scores, best_epoch):
    """Training loss above, validation accuracy below, and the epoch that is kept.

    Parameters
    ----------
    losses : array_like of shape (n_epochs,), float
        Training loss after each epoch: a network's ``loss_curve_``.
    scores : array_like of shape (n_epochs,), float
        Validation accuracy after each epoch: its ``validation_scores_``.
    best_epoch : int
        The epoch whose weights are kept; the first epoch is 1.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is not one loss and one score per epoch, or `best_epoch` is not the whole number
        of one of them.
    """
    if scores is None:
        raise ValueError(
            "expected one loss and one score per epoch, got None for the scores: was the network "
            "made with early_stopping=True?"
        )
    losses = _numbers(losses, "one loss per epoch")
    scores = _numbers(scores, "one score per epoch")
    if losses.ndim != 1 or losses.shape != scores.shape or not len(losses):
        raise ValueError(
            "expected one loss and one score per epoch, got losses of shape "
            f"{losses.shape} and scores of shape {scores.shape}."
        )
    hint = ": is it an index, or a score? Try `int(np.argmax(scores)) + 1`"
    _whole("best_epoch, counted from 1", best_epoch, last=len(losses), hint=hint)
    epochs = np.arange(1, len(losses) + 1)
    figure, (upper, lower) = plt.subplots(
        2, 1, figsize=(8, 5), sharex=True, height_ratios=(1, 1.3), layout="constrained"
    )
    upper.plot(epochs, losses, marker=".")
    upper.set(ylabel="training loss")
    upper.set_ylim(bottom=0)
    lower.plot(epochs, scores, marker=".", color="C1")
    lower.plot(best_epoch, scores[best_epoch - 1], marker="o", markersize=10, color="C1")
    where = {"xytext": (-10, -50), "textcoords": "offset points", "ha": "right"}
    lower.annotate(f"best: epoch {best_epoch}", (best_epoch, scores[best_epoch - 1]), **where)
    lower.set(xlabel="epoch", ylabel="validation accuracy")
    waited = len(epochs) - best_epoch
    for axis in (upper, lower):
        axis.axvline(best_epoch, color="0.4", linewidth=1, linestyle="--")
        if waited:
            axis.axvspan(best_epoch + 0.5, len(epochs) + 0.5, color="0.9", zorder=0)
    if waited:
        centre = (best_epoch + len(epochs) + 1) / 2
        place = {"transform": lower.get_xaxis_transform(), "ha": "center", "va": "bottom"}
        lower.text(centre, 0.04, f"{waited} epochs\nno better", fontsize=11, **place)
    return figure


def note_panels(figure, notes, row_names=None):
    """Write a note under each panel of an image grid or a weight grid, and name its rows.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A figure from `image_grid` or `weight_grid`. It is changed, and grows by the notes.
    notes : sequence of str
        One per panel; each may have several lines.
    row_names : sequence of str, optional
        One per row of panels, written upwards at its left.

    Returns
    -------
    matplotlib.figure.Figure
        The same figure.

    Raises
    ------
    ValueError
        If the figure has no panels, or the notes or the names do not match them.
    """
    panels = [axis for axis in getattr(figure, "axes", ()) if axis.images]
    if not panels:
        raise ValueError(
            "expected a figure with panels, got one without images: make it with image_grid or "
            "weight_grid."
        )
    rows, columns = panels[0].get_subplotspec().get_gridspec().get_geometry()
    _one_for_each(notes, "notes", len(panels), "panel")
    if row_names is not None:
        _one_for_each(row_names, "row names", rows, "row")
    size = 8.5 if columns > 6 else 10
    for axis, note in zip(panels, notes, strict=True):
        axis.text(0.5, -0.03, note, transform=axis.transAxes, ha="center", va="top", fontsize=size)
    for axis, name in zip(panels[::columns], row_names or [], strict=False):
        axis.text(-0.08, 0.5, name, transform=axis.transAxes, rotation=90, ha="right", va="center")
    figure.set_figheight(figure.get_figheight() + rows * _n_lines(notes) * size / 60)
    return figure


def decision_boundary(grid_x, grid_y, values, points, labels, titles=None):
    """What a classifier says at every place of the plane, for one classifier or several.

    Parameters
    ----------
    grid_x : array_like of shape (n_x,), float
    grid_y : array_like of shape (n_y,), float
        Where the classifier was asked.
    values : array_like of shape (n_panels, n_y, n_x), float
        Its probability of class 1 at each place, from 0 to 1. The line is drawn at 0.5.
    points : array_like of shape (n_points, 2), float
        The examples it learned from.
    labels : array_like of shape (n_points,), int
        Their classes, 0 or 1.
    titles : sequence of str, optional
        One per panel.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the shapes do not fit together, there is no panel, or a label is neither 0 nor 1.
    """
    grid_x, grid_y = _numbers(grid_x, "numbers for grid_x"), _numbers(grid_y, "numbers for grid_y")
    expected = f"values of shape (n_panels, {grid_y.size}, {grid_x.size})"
    values = _numbers(values, expected)
    if values.ndim != 3 or not len(values) or values.shape[1:] != grid_y.shape + grid_x.shape:
        hint = "" if values.size else ": no panel in it"
        raise ValueError(
            f"expected {expected}, one row for each place of grid_y, got {values.shape}{hint}."
        )
    points = _numbers(points, "points of shape (n_points, 2)")
    labels = _numbers(labels, "labels of shape (n_points,)")
    if points.ndim != 2 or points.shape[1] != 2 or labels.shape != points.shape[:1]:
        raise ValueError(
            f"expected points of shape (n_points, 2) and one label for each, got shapes "
            f"{points.shape} and {labels.shape}."
        )
    if not np.isin(labels, (0, 1)).all():
        raise ValueError(
            f"expected labels 0 and 1, got {np.unique(labels)[:5].tolist()}: one class against "
            "the rest is `labels == one_class`."
        )
    if titles is not None:
        _one_for_each(titles, "titles", len(values), "panel")
    size = (9.5, 9.5 / len(values) + 0.5)
    figure, axes = plt.subplots(
        1, len(values), figsize=size, squeeze=False, sharey=True, layout="constrained"
    )
    for index, (axis, probability) in enumerate(zip(axes[0], values, strict=True)):
        shown = axis.contourf(
            grid_x, grid_y, probability, levels=np.linspace(0, 1, 11), cmap="RdBu_r", alpha=0.7
        )
        axis.contour(grid_x, grid_y, probability, levels=[0.5], colors="black", linewidths=2)
        for label, marker, color in ((0, "o", "#0b3d6b"), (1, "^", "#7a0c1e")):
            axis.scatter(
                *points[labels == label].T, s=22, marker=marker, color=color, edgecolor="white"
            )
        axis.set(xticks=[], yticks=[])
        if titles is not None:
            axis.set_title(titles[index], fontsize=12)
    figure.colorbar(shown, ax=axes, label="probability of class 1", ticks=[0, 0.5, 1])
    return figure


def weight_histograms(weights, titles, *, n_bins=60):
    """Histograms side by side on common axes, counts on a logarithmic scale.

    Parameters
    ----------
    weights : sequence of array_like, float
        One array of weights per panel, of any shape.
    titles : sequence of str
        One per panel.
    n_bins : int, default=60
        Bins between minus and plus the largest magnitude of all.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are no weights, the titles do not match, or `n_bins` is not a whole number from 1.
    """
    expected = "at least one array of weights, none of them empty"
    if not np.iterable(weights):
        raise ValueError(f"expected {expected}, got {weights}: put them in a list, `[weights]`.")
    flat = [_numbers(panel, expected).ravel() for panel in weights]
    if not flat or not all(panel.size for panel in flat):
        sizes = [panel.size for panel in flat]
        raise ValueError(f"expected {expected}, got arrays of these sizes: {sizes}.")
    _one_for_each(titles, "titles", len(flat), "panel")
    _whole("n_bins", n_bins)
    limit = max(np.abs(panel).max() for panel in flat)
    figure, axes = plt.subplots(
        1,
        len(flat),
        figsize=(9.5, 2.6),
        squeeze=False,
        sharex=True,
        sharey=True,
        layout="constrained",
    )
    for axis, panel, title in zip(axes[0], flat, titles, strict=True):
        axis.hist(panel, bins=np.linspace(-limit, limit, n_bins + 1), color="C0")
        axis.set_yscale("log")
        axis.set_title(title, fontsize=12)
    tick = float(f"{0.7 * limit:.1g}") if limit else 1
    axes[0, 0].set(ylabel="number of weights", xticks=[-tick, 0, tick])
    figure.supxlabel("value of the weight", fontsize=12)
    return figure
