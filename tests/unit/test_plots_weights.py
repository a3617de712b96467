"""Weights as images and as histograms."""

import numpy as np
import pytest

from course_utils import plots


def scales(figure):
    return {image.get_clim() for axis in figure.axes for image in axis.images}


def test_a_weight_grid_is_centred_on_zero():
    weights = np.zeros((2, 28, 28))
    weights[0, 0, 0] = -3
    assert scales(plots.weight_grid(weights)) == {(-3, 3)}
    assert scales(plots.weight_grid(weights, limit=0.5)) == {(-0.5, 0.5)}


def test_histograms_share_their_bins_and_count_every_weight():
    weights = [np.linspace(-1, 1, 50), np.zeros((4, 5))]
    figure = plots.weight_histograms(weights, ["wide", "narrow"], n_bins=10)
    counts = [[bar.get_height() for bar in axis.patches] for axis in figure.axes]
    assert [sum(heights) for heights in counts] == [50, 20]
    assert [len(heights) for heights in counts] == [10, 10]
    assert [axis.get_title() for axis in figure.axes] == ["wide", "narrow"]


@pytest.mark.parametrize(
    ("weights", "titles", "message"),
    [
        ([], [], "at least one array of weights"),
        ([np.array([])], ["a"], "none of them empty"),
        (None, ["a"], r"at least one array of weights, .* got None"),
        ([None], ["a"], "at least one array of weights, .* got None"),
    ],
)
def test_histograms_of_nothing_are_refused(weights, titles, message):
    with pytest.raises(ValueError, match=message):
        plots.weight_histograms(weights, titles)


@pytest.mark.parametrize("n_bins", [0, 2.5])
def test_histograms_without_bins_are_refused(n_bins):
    with pytest.raises(ValueError, match="expected n_bins: a whole number from 1"):
        plots.weight_histograms([np.ones(3)], ["a"], n_bins=n_bins)
