"""Notes on the panels of a grid that is already drawn."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_utils.plots._grids import n_lines
from course_utils.plots._validation import one_for_each, panels_of


def annotate_panels(
    figure: Figure, notes: Sequence[str], row_names: Sequence[str] | None = None
) -> Figure:
    """Write a note under each panel of a grid, and name its rows.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A figure from `image_grid` or `weight_grid`. It is changed, and grows by the notes.
    notes : sequence of str
        One per panel; each may have several lines.
    row_names : sequence of str, optional
        One per row of panels, written upwards on its left.

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
    size = 11
    for axis, note in zip(panels, notes, strict=True):
        axis.text(0.5, -0.03, note, transform=axis.transAxes, ha="center", va="top", fontsize=size)
    for axis, name in zip(panels[::columns], row_names or [], strict=False):
        axis.text(-0.08, 0.5, name, transform=axis.transAxes, rotation=90, ha="right", va="center")
    figure.set_figheight(figure.get_figheight() + rows * n_lines(notes) * size / 60)
    return figure
