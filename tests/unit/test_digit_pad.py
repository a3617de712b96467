"""The drawing pad keeps its strokes and draws their image."""

import numpy as np
import pytest
from traitlets import TraitError

from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.preprocessing import downscale, preprocess
from course_utils.widgets import DigitPad
from course_utils.widgets.digit_pad import draw
from tests.drawn_digits import cnn_probabilities, strokes_of, thin

SEVEN = [[[0.2, 0.2], [0.7, 0.2], [0.4, 0.8]]]


@pytest.fixture(scope="module")
def cnn():
    return cnn_probabilities(load_cnn_weights())


@pytest.fixture(scope="module")
def digits():
    mnist = load_mnist()
    return mnist.test_images[:200], mnist.test_labels[:200]


# Drawing


def test_a_dot_is_a_disc_as_wide_as_the_brush():
    picture = draw([[[0.5, 0.25]]], brush=2.8)  # 28 of 280 pixels
    assert picture.shape == (280, 280)
    assert picture.dtype == np.uint8
    rows, columns = np.nonzero(picture > 127)
    assert abs(np.ptp(rows) + 1 - 28) <= 1
    assert abs(np.ptp(columns) + 1 - 28) <= 1
    assert abs(rows.mean() - 70) < 1
    assert abs(columns.mean() - 140) < 1
    assert abs((picture / 255).sum() / (np.pi * 14**2) - 1) < 0.05


def test_a_line_has_round_ends_smooth_edges_and_the_width_of_the_brush():
    picture = draw([[[0.2, 0.2], [0.8, 0.8]]], brush=2.8)
    across = picture[np.arange(280), np.arange(279, -1, -1)]  # the other diagonal
    assert abs((across / 255).sum() * np.sqrt(2) - 28) < 1.5
    assert picture[0:40].sum() < draw([[[0.2, 0.2], [0.8, 0.8]]], brush=5)[0:40].sum()
    assert ((picture > 0) & (picture < 255)).any()
    area = 28 * 0.6 * np.sqrt(2) * 280 + np.pi * 14**2
    assert abs((picture / 255).sum() / area - 1) < 0.02


def test_a_stroke_that_turns_sharply_has_no_gap():
    turn = draw([[[0.3, 0.5], [0.6, 0.5], [0.3, 0.52]]], brush=5)
    assert (turn[135:155, 84:168] == 255).all()


def test_a_stroke_may_leave_through_the_edge():
    assert draw([[[0, 0], [1, 1]]], brush=5)[0, 0] == 255


def test_thinning_leaves_lines_of_one_pixel():
    bar = np.zeros((20, 40), dtype=bool)
    bar[5:14, 4:36] = True
    skeleton = thin(bar)
    assert (skeleton.sum(axis=0) <= 1).all()
    assert skeleton.sum() >= 20


def test_drawn_digits_are_classified_by_the_networks_of_the_course(cnn, digits):
    images, labels = digits
    pad = DigitPad()
    drawn = np.empty_like(images)
    for i, image in enumerate(images):
        pad.strokes = strokes_of(image)
        drawn[i] = pad.image
    assert np.mean(cnn(drawn).argmax(axis=1) == labels) >= 0.95


# The state of a pad


def test_an_empty_pad_has_an_empty_image():
    image = DigitPad().image
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    assert not image.any()


def test_the_image_follows_strokes_brush_and_switch():
    pad = DigitPad(strokes=SEVEN)
    assert np.array_equal(pad.image, preprocess(draw(SEVEN, 2.5)))
    pad.preprocessed = False
    assert np.array_equal(pad.image, downscale(draw(SEVEN, 2.5)))
    pad.brush = 4
    assert np.array_equal(pad.image, downscale(draw(SEVEN, 4)))
    pad.strokes = []
    assert not pad.image.any()


def test_the_picture_that_is_shown_is_the_image():
    pad = DigitPad(strokes=SEVEN)
    assert pad._pixels == pad.image.tobytes()
    pad.preprocessed = False
    assert pad._pixels == pad.image.tobytes()


def test_a_preprocessed_digit_in_a_corner_gives_the_image_of_one_in_the_middle():
    small = [[[0.1 + 0.3 * x, 0.2 + 0.3 * y] for x, y in SEVEN[0]]]
    moved = [[[x + 0.5, y + 0.4] for x, y in small[0]]]
    one, other = DigitPad(strokes=small), DigitPad(strokes=moved)
    assert np.abs(one.image.astype(int) - other.image).mean() < 3
    one.preprocessed = other.preprocessed = False
    assert np.abs(one.image.astype(int) - other.image).mean() > 10


def test_an_observer_is_called_when_the_image_changes_and_only_then():
    pad, images = DigitPad(), []
    pad.observe(lambda change: images.append(change.new), "image")
    pad.strokes = SEVEN
    pad.strokes = [*SEVEN, SEVEN[0][:1]]  # over the first: no other image
    pad.strokes = []
    assert len(images) == 2
    assert images[0].any()
    assert not images[1].any()


def test_two_pads_share_nothing():
    one, other = DigitPad(), DigitPad()
    one.strokes, one.brush, one.preprocessed = SEVEN, 4, False
    assert other.strokes == []
    assert other.brush == 2.5
    assert other.preprocessed is True
    assert not other.image.any()


def test_strokes_may_be_arrays_and_tuples():
    pad = DigitPad(strokes=[np.array(SEVEN[0], dtype=np.float32), ((0, 1), (1, 0))])
    assert pad.strokes[1] == [[0.0, 1.0], [1.0, 0.0]]
    assert pad.strokes[0][0] == pytest.approx([0.2, 0.2])


@pytest.mark.parametrize(
    ("strokes", "message"),
    [
        ([[0.5, 0.5]], r"got a stroke of shape \(2,\): is this one point"),
        ([[[0.5, 0.5, 0.5]]], r"of shape \(1, 3\)"),
        ([[[0.5, 0.5], [0.5]]], "expected strokes"),
        (["seven"], "expected strokes"),
        ([[]], r"of shape \(0,\)"),
        ([[[0, 28]]], "expected points from 0 to 1, got 0 to 28"),
        ([[[np.nan, 0]]], "expected points from 0 to 1, got nan"),
    ],
)
def test_strokes_of_another_shape_are_refused_and_change_nothing(strokes, message):
    pad = DigitPad(strokes=SEVEN)
    with pytest.raises(ValueError, match=message):
        pad.strokes = strokes
    assert pad.strokes == SEVEN


@pytest.mark.parametrize("brush", [0, 0.99, 5.01, float("nan")])
def test_a_brush_of_another_width_is_refused(brush):
    with pytest.raises(ValueError, match="a width from 1 to 5"):
        DigitPad().brush = brush


def test_the_image_cannot_be_changed_by_mistake():
    pad = DigitPad(strokes=SEVEN)
    with pytest.raises(TraitError, match="read-only"):
        pad.image = np.zeros((28, 28))
    with pytest.raises(ValueError, match="read-only"):
        pad.image[0, 0] = 1


def test_the_fallback_says_whether_the_pad_is_empty():
    assert "that a network gets of it: both are empty." in html(DigitPad())
    assert "that a network gets of it." in html(DigitPad(strokes=SEVEN))


def html(pad):
    return pad._repr_mimebundle_()[0]["text/html"]
