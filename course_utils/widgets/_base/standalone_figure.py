"""Figures that pyplot does not keep open."""

from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine


def standalone_figure(
    width: float, height: float, layout: str | LayoutEngine = "constrained"
) -> Figure:
    """Make a figure that pyplot does not register.

    A widget draws many figures, and an interrupt may come while it draws one. Nothing has to
    close this one: it goes away with its last reference.

    Parameters
    ----------
    width, height : float
        Inches.
    layout : str or LayoutEngine, default="constrained"
        As in `matplotlib.figure.Figure`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    return Figure(figsize=(width, height), layout=layout)
