"""The weights of units: as images, with notes, as histograms."""

import matplotlib.pyplot as plt
import numpy as np

from course_utils.plots._grids import _grid
from course_utils.plots._validation import n_lines, numbers, one_for_each, panels_of, stack, whole


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
    panels = panels_of(figure)
    rows, columns = panels[0].get_subplotspec().get_gridspec().get_geometry()
    one_for_each(notes, "notes", len(panels), "panel")
    if row_names is not None:
        one_for_each(row_names, "row names", rows, "row")
    size = 8.5 if columns > 6 else 10
    for axis, note in zip(panels, notes, strict=True):
        axis.text(0.5, -0.03, note, transform=axis.transAxes, ha="center", va="top", fontsize=size)
    for axis, name in zip(panels[::columns], row_names or [], strict=False):
        axis.text(-0.08, 0.5, name, transform=axis.transAxes, rotation=90, ha="right", va="center")
    figure.set_figheight(figure.get_figheight() + rows * n_lines(notes) * size / 60)
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
    flat = [numbers(panel, expected).ravel() for panel in weights]
    if not flat or not all(panel.size for panel in flat):
        sizes = [panel.size for panel in flat]
        raise ValueError(f"expected {expected}, got arrays of these sizes: {sizes}.")
    one_for_each(titles, "titles", len(flat), "panel")
    whole("n_bins", n_bins)
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
