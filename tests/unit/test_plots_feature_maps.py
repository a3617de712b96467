"""Feature maps as tiles and to scale."""

import numpy as np
import pytest

from course_utils import plots

RNG = np.random.default_rng(0)
MAPS = RNG.random((5, 5, 20))
MAPS[:, :, 3] = 0
IMAGE = np.arange(30.0).reshape(5, 6) / 30


def test_activations_are_separate_tiles_in_the_order_of_the_maps():
    axis, _bar = plots.feature_map_grid(MAPS, "pool_2").axes
    shown = axis.images[0].get_array()
    assert shown.shape == (3 * 6 - 1, 8 * 6 - 1)
    assert np.array_equal(shown[:5, :5], MAPS[:, :, 0])
    assert np.array_equal(shown[:5, 6:11], MAPS[:, :, 1])
    assert np.array_equal(shown[6:11, :5], MAPS[:, :, 8])
    assert shown.mask[5].all()  # the gap
    assert shown.mask[12:, 24:].all()  # no map there
    assert axis.get_title() == "pool 2: (5, 5, 20)"
    assert [text.get_text() for text in axis.texts] == [str(number) for number in range(20)]
    assert axis.texts[9].get_position() == (6 - 0.4, 6 - 0.4)  # second row, second column


def test_each_map_can_have_its_own_scale():
    layer = plots.feature_map_grid(MAPS, "pool_2").axes[0].images[0]
    assert layer.get_clim() == (0, MAPS.max())
    own = plots.feature_map_grid(MAPS, "pool_2", per_map=True).axes[0].images[0]
    assert own.get_clim() == (0, 1)
    assert own.get_array()[:5, 6:11].max() == 1
    assert own.get_array()[:5, 18:23].max() == 0  # a dead map stays dark


def test_a_layer_of_zeros_is_dark():
    image = plots.feature_map_grid(np.zeros((5, 5, 2)), "a").axes[0].images[0]
    assert image.get_clim() == (0, 1)


@pytest.mark.parametrize(
    ("maps", "message"),
    [
        (MAPS[np.newaxis], r"got \(1, 5, 5, 20\): is this a batch\? Take .* `maps\[0\]`"),
        (MAPS[0], r"expected feature maps of shape \(height, width, n_maps\), got \(5, 20\)"),
        (MAPS - 1, "expected activations from 0 up, .* before ReLU"),
        (MAPS[:, :, :0], r"got \(5, 5, 0\)"),
        (None, "got None"),
    ],
)
def test_anything_but_activations_is_refused(maps, message):
    with pytest.raises(ValueError, match=message):
        plots.feature_map_grid(maps, "conv_1")


def test_maps_of_different_sizes_have_pixels_of_one_size():
    figure = plots.feature_maps_to_scale(
        [np.ones((26, 26)), np.ones((13, 13)), np.ones((5, 8))], "abc"
    )
    *panels, _ = figure.axes
    figure.draw_without_rendering()
    pixels = []
    for axis in panels:
        place, (height, width) = axis.get_window_extent(), axis.images[0].get_array().shape
        pixels += [place.width / width, place.height / height]
    np.testing.assert_allclose(pixels, pixels[0])
    assert [axis.get_title(loc="left") for axis in panels] == ["a", "b", "c"]


def test_a_blank_map_can_be_shown():
    figure = plots.feature_maps_to_scale([np.zeros((4, 4))], ["blank"])
    assert figure.axes[0].images[0].get_clim() == (-1, 1)


@pytest.mark.parametrize(
    ("maps", "titles", "message"),
    [
        ([], [], "at least one feature map"),
        ([IMAGE[0]], ["a"], r"got shape \(6,\)"),
        ([None], ["a"], "got None"),
    ],
)
def test_anything_but_maps_is_refused(maps, titles, message):
    with pytest.raises(ValueError, match=message):
        plots.feature_maps_to_scale(maps, titles)
