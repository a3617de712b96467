"""One neuron with two inputs: sliders for its weights and bias, and the plane as it sees it."""

import ipywidgets
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots import figure_bundle, figure_html
from course_utils.plots.decision_regions import check_planes, draw_plane
from course_utils.widgets._base.live_region import LiveRegion
from course_utils.widgets._base.slider import Slider
from course_utils.widgets._base.static_fallback import WithStaticFallback

GRID = np.linspace(0, 1, 101)


def neuron_explorer(points, labels, *, weights=(0.0, 5.0), bias=-1.8):
    """Sliders for the two weights and the bias of a sigmoid neuron over its decision boundary.

    Parameters
    ----------
    points : array_like of shape (n_points, 2), float
        From 0 to 1 in both coordinates.
    labels : array_like of shape (n_points,), int
        0 (circles) or 1 (triangles).
    weights : tuple of float, default=(0.0, 5.0)
    bias : float, default=-1.8
        Where the sliders stand first, from -10 to 10.

    Returns
    -------
    WithStaticFallback
        To be shown as the last line of a cell. The sliders are its first three children.

    Raises
    ------
    ValueError
        If `points` and `labels` do not fit together, or a label is neither 0 nor 1.
    """
    nothing = np.zeros((1, GRID.size, GRID.size))
    _, _, _, points, labels = check_planes(GRID, GRID, nothing, points, labels, None)
    sliders = [
        Slider(value=value, min=-10, max=10, step=0.1, description=name)
        for name, value in (("weight 1", weights[0]), ("weight 2", weights[1]), ("bias", bias))
    ]
    figure, texts = _draw(points, labels, *(slider.value for slider in sliders))
    first = figure_bundle(figure, **texts)
    picture, spoken = ipywidgets.HTML(first["text/html"]), LiveRegion()

    def redraw(_change):
        figure, texts = _draw(points, labels, *(slider.value for slider in sliders))
        picture.value = figure_html(figure, **texts)
        spoken.text = texts["alt"]

    for slider in sliders:
        slider.observe(redraw, names="value")
    return WithStaticFallback([*sliders, spoken, picture], first)


def _draw(points, labels, w1, w2, b):
    """The plane of one neuron, and its texts: in words how many points it gets right."""
    x1, x2 = np.meshgrid(GRID, GRID)
    z = w1 * x1 + w2 * x2 + b  # (n_y, n_x)
    says = w1 * points[:, 0] + w2 * points[:, 1] + b > 0  # output above 0.5
    right = f"{np.sum(says == labels)} of {len(labels)} points right"
    # Not through pyplot: an interrupt in the middle leaves no open figure behind.
    figure = Figure(figsize=(5.6, 4.2), layout="constrained")
    axis = figure.subplots()
    shown = draw_plane(axis, GRID, GRID, 1 / (1 + np.exp(-z)), points, labels, size=70)
    axis.set(xlabel="x₁", ylabel="x₂", xticks=[0, 0.5, 1], yticks=[0, 0.5, 1], aspect="equal")
    axis.set_title(right, fontsize=13)
    figure.colorbar(shown, ax=axis, label="output of the neuron", ticks=[0, 0.5, 1])
    alt = (
        f"The plane of two inputs, coloured by the output of one neuron with weights {w1:.1f} and "
        f"{w2:.1f} and bias {b:.1f}. It gets {right}."
    )
    caption = f"One neuron: sigmoid({w1:.1f} x₁ {_signed(w2)} x₂ {_signed(b)})."
    return figure, {"caption": caption, "alt": alt}


def _signed(number):
    return f"{'-' if number < 0 else '+'} {abs(number):.1f}"
