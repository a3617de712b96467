"""The feature map explorer follows its controls."""

import re

import numpy as np
import pytest

from course_utils.widgets import feature_map_explorer

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, size=(5, 28, 28), dtype=np.uint8)
KERNELS = RNG.normal(size=(4, 3, 3))


class Network:
    """Four maps of an image, each fainter than the one before; counts its calls."""

    def __init__(self):
        self.asked = []

    def __call__(self, images):
        self.asked.append(images.shape)
        maps = images[:, 1:-1, 1:-1, np.newaxis] / 255 * np.array([1, 0.5, 0.25, 0])
        return maps.astype(np.float32)


@pytest.fixture
def network():
    return Network()


@pytest.fixture
def view(network):
    return feature_map_explorer(IMAGES, network, KERNELS, feature_map=1)


def picture(view):
    return view.children[-1].value


def alt(view):
    return re.search(r'<img alt="([^"]+)"', picture(view))[1]


def test_it_begins_with_what_it_was_given(view, network):
    slider, picker, switch = view.children[:3]
    names = [control.description for control in view.children[:3]]
    assert names == ["feature map", "test image", "each map on its own scale"]
    assert (slider.value, slider.min, slider.max) == (1, 0, 3)
    assert (picker.value, picker.min, picker.max) == (0, 0, 4)
    assert switch.value is False
    assert "Test image 0, kernel 1" in alt(view)
    assert "all maps of this image" in alt(view)
    assert network.asked == [(1, 28, 28)]


def test_the_slider_changes_the_picture_and_computes_nothing(view, network):
    before = picture(view)
    view.children[0].value = 2
    assert picture(view) != before
    assert "kernel 2" in alt(view)
    assert len(network.asked) == 1


def test_the_picker_asks_the_network_again(view, network):
    before = picture(view)
    view.children[1].value = 3
    assert picture(view) != before
    assert "Test image 3, kernel 1" in alt(view)
    assert len(network.asked) == 2


def test_the_switch_changes_the_scale(view):
    before = picture(view)
    view.children[2].value = True
    assert picture(view) != before
    assert "this map alone" in alt(view)


def test_a_picture_that_was_moved_to_is_the_one_that_would_have_been_drawn_anew(view, network):
    for number in (3, 0, 2):
        view.children[0].value = number
    view.children[1].value = 4
    new = feature_map_explorer(IMAGES, network, KERNELS, image=4, feature_map=2)
    new.redraw()
    assert picture(view) == picture(new)


def test_there_is_room_for_a_scale_with_longer_numbers(view):
    right = view._draw()[0].axes[2]
    edges = []
    for own_scale in (False, True):
        view.children[2].value = own_scale
        edges.append(right.get_position().x1)
        figure = right.figure
        assert figure.get_tightbbox().x1 <= figure.get_figwidth()
    view.children[0].value = 2  # another scale again
    assert figure.get_tightbbox().x1 <= figure.get_figwidth()
    assert edges[0] != edges[1]


def test_a_map_of_zeros_can_be_chosen(view):
    view.children[0].value = 3
    view.children[2].value = True
    assert "largest activation is 0.00, and it is above 0 on 0%" in alt(view)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"images": IMAGES[0]}, "is this one image"),
        ({"kernels": KERNELS[0]}, r"got \(3, 3\)"),
        ({"image": 5}, "expected the image: from 0 to 4, got 5"),
        ({"feature_map": 4}, "expected the map: from 0 to 3, got 4"),
        ({"feature_map": -1}, "expected the map: from 0 to 3, got -1"),
        ({"kernels": KERNELS[:3]}, "expected 3 feature maps, one per kernel, got 4"),
        ({"activations": lambda images: images}, r"to return .* for one image, got \(1, 28, 28\)"),
        ({"activations": lambda images: Network()(images) - 0.1}, "are these sums before ReLU"),
        ({"activations": lambda images: Network()(images) * np.nan}, "finite numbers, got nan"),
        ({"activations": lambda images: None}, "feature maps from `activations`, got None"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(network, arguments, message):
    given = {"images": IMAGES, "activations": network, "kernels": KERNELS} | arguments
    with pytest.raises(ValueError, match=message):
        feature_map_explorer(**given)


def test_numbers_may_be_integers_of_numpy(network):
    view = feature_map_explorer(
        IMAGES, network, KERNELS, image=np.int64(3), feature_map=np.int64(2)
    )
    assert [type(control.value) for control in view.children[:2]] == [int, int]
