"""Notes and frames on the panels of a grid."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils import plots

IMAGES = np.linspace(-1, 1, 3 * 784).reshape(3, 28, 28)


def panels(figure):
    return [axis for axis in figure.axes if axis.images]


def written(figure):
    return [[text.get_text() for text in axis.texts] for axis in figure.axes if axis.images]


def test_each_panel_gets_its_note_and_each_row_its_name():
    grid = plots.weight_grid(np.ones((4, 28, 28)), columns=2)
    height = grid.get_figheight()
    figure = plots.annotate_panels(grid, ["a", "b", "c", "d\ne"], row_names=["first", "second"])
    assert figure is grid
    assert written(figure) == [["a", "first"], ["b"], ["c", "second"], ["d\ne"]]
    assert figure.get_figheight() > height


def test_notes_need_no_row_names():
    figure = plots.annotate_panels(
        plots.image_grid(np.zeros((3, 28, 28)), columns=2), ["a", "b", "c"]
    )
    assert written(figure) == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize(
    "change",
    [
        lambda figure: plots.annotate_panels(figure, ["a"]),
        lambda figure: plots.annotate_panels(figure, []),
    ],
)
def test_a_figure_without_panels_is_refused(change):
    for figure in (plt.figure(), None):
        with pytest.raises(ValueError, match=r"expected a figure with panels, .* image_grid"):
            change(figure)
