"""The drawing pad keeps its strokes and draws their image."""

import numpy as np
import pytest
from traitlets import TraitError

from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.preprocessing import downscale
from course_utils.widgets import DigitPad
from course_utils.widgets.digit_pad import draw, draw_as_mnist
from tests.drawn_digits import cnn_probabilities, scaled, strokes_of, thin

SEVEN = [[[0.2, 0.2], [0.7, 0.2], [0.4, 0.8]]]


@pytest.fixture(scope="module")
def cnn():
    return cnn_probabilities(load_cnn_weights())


@pytest.fixture(scope="module")
def digits():
    mnist = load_mnist()
    images, labels = mnist.test_images[:300], mnist.test_labels[:300]
    return [strokes_of(image) for image in images], labels


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


# What a network gets


@pytest.mark.parametrize("brush", [1, 2.5, 5])
@pytest.mark.parametrize("height", [40, 60, 100, 150, 200, 250])
def test_a_network_reads_digits_of_any_size_drawn_with_any_brush(cnn, digits, height, brush):
    strokes, labels = digits
    pad = DigitPad(brush=brush)
    drawn = np.empty((len(labels), 28, 28), dtype=np.uint8)
    for i, digit in enumerate(strokes):
        pad.strokes = scaled(digit, height)
        drawn[i] = pad.image
    assert np.mean(cnn(drawn).argmax(axis=1) == labels) >= 0.95


def test_without_preparing_small_digits_are_misread(cnn, digits):
    """The control: what the switch is for."""
    strokes, labels = digits
    small = [downscale(draw(scaled(digit, 60), 2.5)) for digit in strokes]
    assert np.mean(cnn(np.array(small)).argmax(axis=1) == labels) < 0.5


def box(image):
    """The rows and the columns that have ink: their number, first and last."""
    return [(np.ptp(part) + 1, part.min(), part.max()) for part in np.nonzero(image)]


def test_a_digit_fills_20_pixels_and_its_centre_of_mass_is_in_the_centre_pixel(digits):
    for digit in digits[0]:
        image = draw_as_mnist(digit)
        assert max(side for side, *_ in box(image)) == 20
        centre_of_mass = (image * np.indices(image.shape)).sum(axis=(1, 2)) / image.sum()
        assert ((centre_of_mass >= 13.5) & (centre_of_mass <= 14.5)).all()


@pytest.mark.parametrize(
    "dot",
    [
        [[[0.5, 0.5]]],
        [[[0.1, 0.95]]],
        [[[0, 0]] * 3],  # a mouse that rests
        [[[0.3, 0.3]], [[0.3, 0.3], [0.3, 0.3]]],
    ],
)
def test_a_dot_stays_a_dot_and_lies_in_the_centre(dot):
    image = draw_as_mnist(dot)
    assert box(image) == [(3, 13, 15), (3, 13, 15)]
    assert 4 < (image / 255).sum() < 6  # a disc of 2.5 pixels


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        ([[0.5, 0.2], [0.5, 0.8]], (20, 3)),
        ([[0.1, 0.5], [0.9, 0.5]], (3, 20)),
        ([[0.5, 0.4], [0.5, 0.4], [0.5, 0.6]], (20, 3)),
        ([[0, 0], [1, 1]], (20, 20)),
    ],
)
def test_a_line_is_as_long_as_a_digit_and_as_wide_as_a_pen(line, sides):
    image = draw_as_mnist([line])
    assert tuple(side for side, *_ in box(image)) == sides
    assert image.max() == 255


def test_a_slip_of_the_hand_stays_small_and_grows_into_a_digit_without_a_jump():
    def length(pixels):
        image = draw_as_mnist([[[0.5, 0.5], [0.5, 0.5 + pixels / 280]]])
        return (image / 255).sum() / 2.5

    assert length(3) < 4.5
    lengths = [length(pixels) for pixels in range(60)]
    assert max(np.abs(np.diff(lengths))) < 1.5
    assert lengths[28] == pytest.approx(lengths[59], abs=0.2)


def test_proportions_are_kept():
    wide = draw_as_mnist([[[0.2, 0.5], [0.8, 0.5], [0.8, 0.8], [0.2, 0.8], [0.2, 0.5]]])
    assert [side for side, *_ in box(wide)] == [12, 20]  # 17.5 / 2 + 2.5 = 11.25 rows


def test_a_pad_full_of_ink_and_a_very_long_stroke_give_a_full_box():
    y, x = np.indices((60, 60)) / 59
    full = draw_as_mnist(np.stack([x, y], axis=-1))
    assert (full[6:22, 6:22] == 255).all()
    assert box(full) == [(20, 4, 23), (20, 4, 23)]
    stroke = np.random.default_rng(0).random((5000, 2)).tolist()
    assert [side for side, *_ in box(draw_as_mnist([stroke]))] == [20, 20]


# The state of a pad


def test_an_empty_pad_has_an_empty_image():
    image = DigitPad().image
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    assert not image.any()


def test_the_image_follows_strokes_brush_and_switch():
    pad = DigitPad(strokes=SEVEN)
    assert np.array_equal(pad.image, draw_as_mnist(SEVEN))
    pad.brush = 5  # the pen of the image stays
    assert np.array_equal(pad.image, draw_as_mnist(SEVEN))
    pad.preprocessed, pad.brush = False, 2.5
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
    assert np.abs(one.image.astype(int) - other.image).max() <= 30
    assert np.abs(one.image.astype(int) - draw_as_mnist(SEVEN)).max() <= 30
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
