"""The weights of units: as images and as histograms."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils.plots._grids import grid_on_one_scale
from course_utils.plots._styles import SIGNED_FINE
from course_utils.plots._validation import numbers, one_for_each, stack, whole_number


def weight_grid(
    weights: ArrayLike,
    titles: Sequence[Any] | None = None,
    *,
    columns: int | None = None,
    limit: float | None = None,
    cmap: str | Colormap = SIGNED_FINE,
) -> Figure:
    """Draw signed weights as images on one scale that is centred on zero.

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
    cmap : str or matplotlib.colors.Colormap, default="RdBu_r"
        The default shows negative weights blue, positive ones red
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
    return grid_on_one_scale(weights, titles, columns, (-limit, limit), cmap)


def weight_histograms(
    weights: Sequence[ArrayLike], titles: Sequence[str], *, n_bins: int = 60
) -> Figure:
    """Draw histograms side by side on common axes, counts on a logarithmic scale.

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
    whole_number("n_bins", n_bins)
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
