"""One neuron with two inputs: sliders for its weights and its bias, and the plane as it sees it."""

import numpy as np
from numpy.typing import ArrayLike

from course_utils.plots._validation import labelled_points, numbers
from course_utils.plots.decision_regions import draw_decision_regions
from course_utils.widgets._base.live_figure import LiveFigure
from course_utils.widgets._base.slider import Slider
from course_utils.widgets._base.standalone_figure import standalone_figure

GRID = np.linspace(0, 1, 101)


def neuron_explorer(
    points: ArrayLike,
    labels: ArrayLike,
    *,
    weights: tuple[float, float] = (0.0, 5.0),
    bias: float = -1.8,
) -> LiveFigure:
    """Move the weights and the bias of a sigmoid neuron and see its decision boundary follow.

    Parameters
    ----------
    points : array_like of shape (n_points, 2), float
        From 0 to 1 in both coordinates.
    labels : array_like of shape (n_points,), int
        0 (circles) or 1 (triangles).
    weights : tuple of float, default=(0.0, 5.0)
    bias : float, default=-1.8
        Where the sliders start, from -10 to 10.

    Returns
    -------
    LiveFigure
        Shown when it is the last line of a cell. The sliders are its first three children.

    Raises
    ------
    ValueError
        If `points` and `labels` do not fit together, a label is neither 0 nor 1, or a slider
        cannot start where it should.
    """
    points, labels = labelled_points(points, labels)
    _check(numbers(weights, "two weights"), (2,), f"two weights from -10 to 10, got {weights}")
    _check(numbers(bias, "a bias"), (), f"a bias from -10 to 10, got {bias}")
    sliders = [
        Slider(value=float(value), min=-10, max=10, step=0.1, description=name)
        for name, value in (("weight 1", weights[0]), ("weight 2", weights[1]), ("bias", bias))
    ]
    figure = standalone_figure(5.6, 4.2)
    axis = figure.subplots()
    return LiveFigure(sliders, lambda: _draw(axis, points, labels, *(s.value for s in sliders)))


def _check(values, shape, message):
    """Refuse values that the sliders cannot show."""
    if values.shape != shape or not ((values >= -10) & (values <= 10)).all():  # so is nan
        raise ValueError(f"expected {message}.")


def _draw(axis, points, labels, w1, w2, b):
    """The plane of one neuron, and its texts, which count the points it gets right."""
    x1, x2 = np.meshgrid(GRID, GRID)
    z = w1 * x1 + w2 * x2 + b  # (n_y, n_x)
    says = w1 * points[:, 0] + w2 * points[:, 1] + b > 0  # output above 0.5
    right = f"{np.sum(says == labels)} of {len(labels)} points right"
    before = list(axis.collections)
    for regions_or_points in before:
        regions_or_points.remove()
    shown = draw_decision_regions(axis, GRID, GRID, 1 / (1 + np.exp(-z)), points, labels)
    axis.set_title(right, fontsize=13)
    if not before:
        axis.set(xlabel="x₁", ylabel="x₂", xticks=[0, 0.5, 1], yticks=[0, 0.5, 1], aspect="equal")
        axis.figure.colorbar(shown, ax=axis, label="output of the neuron", ticks=[0, 0.5, 1])
    alt = (
        f"The plane of two inputs, coloured by the output of one neuron with weights {w1:.1f} and "
        f"{w2:.1f} and bias {b:.1f}. It gets {right}."
    )
    caption = f"One neuron: sigmoid({w1:.1f} x₁ {_signed(w2)} x₂ {_signed(b)})."
    return axis.figure, {"caption": caption, "alt": alt}


def _signed(number):
    return f"{'-' if number < 0 else '+'} {abs(number):.1f}"
