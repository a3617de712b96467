"""How well a classifier does: probabilities, confusion matrix, accuracy, calibration."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils import plots

IMAGE = np.zeros((28, 28), dtype=np.uint8)
BINS = (np.linspace(0.05, 0.95, 10), np.linspace(0, 0.9, 10), np.arange(10) * 10)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_probabilities_are_sorted_with_the_largest_on_top(dtype):
    figure = plots.class_probabilities(IMAGE, np.array([0.2, 0.7, 0.1], dtype=dtype))
    assert isinstance(figure, Figure)
    bars = figure.axes[1]
    assert [label.get_text() for label in bars.get_yticklabels()] == ["2", "0", "1"]
    np.testing.assert_allclose([bar.get_width() for bar in bars.patches], [0.1, 0.2, 0.7])
    assert "0.700" in [text.get_text() for text in bars.texts]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([[0.5, 0.5]], r"probabilities\[0\]"),
        ([], r"shape \(n_classes,\)"),
        (None, r"shape \(n_classes,\), got None"),
        ([0.5, 1.5], "from 0 to 1"),
        ([-0.5, 0.5], "from 0 to 1"),
        ([np.nan, 0.5], "from 0 to 1"),
    ],
)
def test_anything_but_probabilities_is_refused(row, message):
    with pytest.raises(ValueError, match=message):
        plots.class_probabilities(IMAGE, row)


def test_confusion_matrix_writes_every_count_and_colours_the_mistakes():
    counts = np.array([[90, 7, 0], [2, 80, 1], [0, 3, 70]])
    axis = plots.confusion_matrix(counts).axes[0]
    written = {text.get_position()[::-1]: text.get_text() for text in axis.texts}
    assert written == {place: str(count) for place, count in np.ndenumerate(counts)}
    coloured = axis.images[0]
    np.testing.assert_array_equal(coloured.get_array(), [[0, 7, 0], [2, 0, 1], [0, 3, 0]])
    assert coloured.get_clim() == (0, 7)


def test_confusion_matrix_without_a_mistake():
    assert isinstance(plots.confusion_matrix(np.diag([3, 4])), Figure)


@pytest.mark.parametrize(
    "counts",
    [[1, 2], np.zeros((2, 3), int), np.zeros((0, 0), int), [[0.9, 0.1], [0, 1]], [[-1]], None],
)
def test_confusion_matrix_refuses_bad_input(counts):
    with pytest.raises(ValueError, match="expected counts"):
        plots.confusion_matrix(counts)


def test_the_accuracy_of_each_network_is_a_curve_with_its_name():
    figure = plots.accuracy_by_shift(range(3), {"MLP": [0.9, 0.5, 0.1], "CNN": [1, 0.9, 0.5]})
    axis = figure.axes[0]
    labels = [text.get_text() for text in axis.get_legend().get_texts()]
    assert labels == ["MLP", "CNN"]
    np.testing.assert_allclose(axis.lines[1].get_ydata(), [1, 0.9, 0.5])
    assert axis.lines[0].get_marker() != axis.lines[1].get_marker()


@pytest.mark.parametrize(
    ("accuracies", "message"),
    [
        ({}, "at least one network"),
        ({"MLP": [95, 50, 10]}, "from 0 to 1, got 10 to 95: are these percentages"),
        ({"MLP": None}, "got None"),
    ],
)
def test_accuracies_that_do_not_fit_are_refused(accuracies, message):
    with pytest.raises(ValueError, match=message):
        plots.accuracy_by_shift(range(3), accuracies)


def test_each_setting_has_a_row_with_a_dot_for_each_seed_and_its_mean():
    figure = plots.scores_by_setting([[0.9, 0.8], [0.7, 0.7]], [(16,), "wide"])
    (axis,) = figure.axes
    assert [label.get_text() for label in axis.get_yticklabels()] == ["(16,)", "wide"]
    assert [line.get_xdata().tolist() for line in axis.lines] == [[0.9, 0.8], [0.7, 0.7]]
    means = axis.collections[0].get_segments()
    np.testing.assert_allclose([segment[0, 0] for segment in means], [0.85, 0.7])
    assert axis.yaxis_inverted()


@pytest.mark.parametrize(
    ("scores", "settings", "message"),
    [
        ([0.9, 0.8], ["a", "b"], r"scores of shape \(height, width\), got shape \(2,\)"),
        ([[90, 80]], ["a"], "from 0 to 1, got 80 to 90: are these percentages"),
        ([[-1, 0.8]], ["a"], r"from 0 to 1, got -1 to 0\.8\."),
        ([[0.9, 0.8]], ["a", "b"], "expected 1 settings, one per row of scores, got 2"),
        ([[0.9, 0.8]], None, "got None"),
    ],
)
def test_scores_that_do_not_fit_are_refused(scores, settings, message):
    with pytest.raises(ValueError, match=message):
        plots.scores_by_setting(scores, settings)


def test_calibration_draws_no_point_for_a_bin_with_few_answers_but_its_bar():
    figure = plots.calibration({"left": {"MLP": BINS}, "right": {"MLP": BINS, "CNN": BINS}})
    upper_left, upper_right, lower_left, lower_right = figure.axes
    assert [axis.get_title() for axis in figure.axes] == ["left", "right", "", ""]
    diagonal, curve = upper_left.lines
    np.testing.assert_allclose(diagonal.get_xdata(), diagonal.get_ydata())
    np.testing.assert_allclose(curve.get_xdata(), BINS[0][2:])  # 0 and 10 answers are too few
    np.testing.assert_allclose(curve.get_ydata(), BINS[1][2:])
    assert len(upper_right.lines) == 3
    assert [bar.get_height() for bar in lower_left.patches] == BINS[2].tolist()
    assert len(lower_right.patches) == 20


@pytest.mark.parametrize(
    ("panels", "fewest", "message"),
    [
        ({}, 20, "at least one panel"),
        ({"a": {"MLP": BINS[:2]}}, 20, r"for 'MLP', all of one length, got lengths \[10, 10\]"),
        ({"a": {"MLP": (*BINS[:2], [1])}}, 20, r"got lengths \[10, 10, 1\]"),
        ({"a": {"MLP": BINS}}, 0, "expected fewest: a whole number from 1"),
    ],
)
def test_calibration_of_arrays_that_do_not_fit_is_refused(panels, fewest, message):
    with pytest.raises(ValueError, match=message):
        plots.calibration(panels, fewest=fewest)
