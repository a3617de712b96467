"""The weight explorer follows its slider, and ranks the images as the layer does."""

import re

import numpy as np
import pytest

from course_utils.widgets.weight_explorer import unit_sums, weight_explorer

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, size=(2300, 28, 28), dtype=np.uint8)  # not a whole number of blocks
LABELS = RNG.integers(0, 10, size=2300)
WEIGHTS = RNG.normal(size=(784, 5))
BIASES = RNG.normal(size=5)


@pytest.fixture
def view():
    return weight_explorer(WEIGHTS, BIASES, IMAGES, LABELS, unit=1)


def picture(view):
    return view.children[-1].value


def alt(view):
    return re.search(r'<img alt="([^"]+)"', picture(view))[1]


def test_the_sums_are_those_of_the_layer_on_scaled_images():
    expected = IMAGES.reshape(-1, 784) / 255 @ WEIGHTS + BIASES  # (2300, 5)
    for unit in range(5):
        sums = unit_sums(IMAGES, WEIGHTS[:, unit], BIASES[unit])
        assert np.allclose(sums, expected[:, unit], atol=1e-4)


def test_it_names_the_digits_at_both_ends_in_order(view):
    sums = IMAGES.reshape(-1, 784) / 255 @ WEIGHTS[:, 1] + BIASES[1]
    order = np.argsort(sums)
    most, least = order[::-1][:6], order[:6]
    assert f"excite it most are {', '.join(map(str, LABELS[most]))} (sums from" in alt(view)
    assert f"excite it least are {', '.join(map(str, LABELS[least]))} (sums from" in alt(view)
    assert f"(sums from {sums[most[0]]:.1f} to {sums[most[5]]:.1f});" in alt(view)


def test_the_picture_follows_the_slider(view):
    slider, before = view.children[0], picture(view)
    assert (slider.value, slider.min, slider.max, slider.description) == (1, 0, 4, "unit")
    slider.value = 4
    assert picture(view) != before
    assert "The weights of unit 4" in alt(view)


def test_a_picture_that_was_moved_to_is_the_one_that_would_have_been_drawn_anew(view):
    for unit in (4, 0, 3):
        view.children[0].value = unit
    new = weight_explorer(WEIGHTS, BIASES, IMAGES, LABELS, unit=3)
    new.redraw()
    assert picture(view) == picture(new)


def test_the_images_are_not_changed_and_float32_weights_work_too():
    before = IMAGES.copy()
    weight_explorer(WEIGHTS.astype(np.float32), BIASES.astype(np.float32), IMAGES, LABELS)
    assert np.array_equal(IMAGES, before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": WEIGHTS.T}, r"expected weights of shape \(784, n_units\).*transposed"),
        ({"weights": WEIGHTS[:, 0]}, r"got \(784,\)"),
        ({"weights": np.where(WEIGHTS > 0, np.nan, WEIGHTS)}, "finite numbers, got nan"),
        ({"biases": BIASES * np.inf}, "finite numbers, got nan or infinity"),
        ({"biases": BIASES[:4]}, r"expected 5 biases, one for each unit, got shape \(4,\)"),
        ({"images": IMAGES.reshape(-1, 784)}, "are these flat"),
        ({"images": IMAGES / 255}, "before scaling"),
        ({"images": IMAGES[:5], "labels": LABELS[:5]}, "at least 6 images"),
        ({"labels": LABELS[:7]}, "expected 2300 labels, one per image, got 7"),
        ({"unit": 5}, "expected the unit: from 0 to 4, got 5"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments, message):
    given = {"weights": WEIGHTS, "biases": BIASES, "images": IMAGES, "labels": LABELS}
    with pytest.raises(ValueError, match=message):
        weight_explorer(**(given | arguments))


def test_a_unit_may_be_an_integer_of_numpy():
    view = weight_explorer(WEIGHTS, BIASES, IMAGES, LABELS, unit=np.argmax([0, 0, 1]))
    assert type(view.children[0].value) is int
