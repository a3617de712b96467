"""The figures of lesson 3."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils import plots

IMAGE = np.zeros((28, 28), dtype=np.uint8)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_probabilities_are_sorted_with_the_largest_on_top(dtype):
    figure = plots.probabilities(IMAGE, np.array([0.2, 0.7, 0.1], dtype=dtype))
    assert isinstance(figure, Figure)
    bars = figure.axes[1]
    assert [label.get_text() for label in bars.get_yticklabels()] == ["2", "0", "1"]
    np.testing.assert_allclose([bar.get_width() for bar in bars.patches], [0.1, 0.2, 0.7])
    assert "0.700" in [text.get_text() for text in bars.texts]


@pytest.mark.parametrize(
    ("image", "row", "message"),
    [
        (IMAGE.ravel(), [0.5, 0.5], r"reshape\(28, 28\)"),
        (IMAGE, [[0.5, 0.5]], r"probabilities\[0\]"),
        (IMAGE, [], r"shape \(n_classes,\)"),
        (IMAGE, None, r"shape \(n_classes,\), got None"),
        (IMAGE, [0.5, 1.5], "from 0 to 1"),
        (IMAGE, [-0.5, 0.5], "from 0 to 1"),
        (IMAGE, [np.nan, 0.5], "from 0 to 1"),
    ],
)
def test_probabilities_refuses_bad_input(image, row, message):
    with pytest.raises(ValueError, match=message):
        plots.probabilities(image, row)


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


def test_early_stopping_draws_both_curves_and_marks_the_best_epoch():
    upper, lower = plots.early_stopping([3.0, 2, 1, 0.5], [0.7, 0.9, 0.8, 0.85], 2).axes
    np.testing.assert_array_equal(upper.lines[0].get_xydata()[:, 0], [1, 2, 3, 4])
    np.testing.assert_array_equal(upper.lines[0].get_ydata(), [3, 2, 1, 0.5])
    np.testing.assert_array_equal(lower.lines[0].get_ydata(), [0.7, 0.9, 0.8, 0.85])
    np.testing.assert_array_equal(lower.lines[1].get_xydata(), [[2, 0.9]])
    texts = [text.get_text() for text in lower.texts]
    assert texts == ["best: epoch 2", "2 epochs\nno better"]


def test_early_stopping_of_a_run_that_ends_at_its_best():
    _, lower = plots.early_stopping([2.0, 1.0], [0.7, 0.9], 2).axes
    assert [text.get_text() for text in lower.texts] == ["best: epoch 2"]


@pytest.mark.parametrize(
    ("losses", "scores", "best_epoch", "message"),
    [
        ([1, 2, 3], [1, 2], 1, "one loss and one score"),
        ([], [], 1, "one loss and one score"),
        ([[1]], [[1]], 1, "one loss and one score"),
        ([1, 2], [1, 2], 0, "from 1 "),
        ([1, 2], [1, 2], 3, "from 1 to 2, got 3"),
        ([1, 2], [1, 2], 2.0, r"whole number from 1 to 2, got 2\.0: is it an index, or a score"),
        ([1, 2], [1, 2], None, "from 1 to 2, got None"),
        ([1, 2], None, 1, "got None for the scores: .* early_stopping=True"),
        (None, [1, 2], 1, "expected one loss per epoch, got None"),
    ],
)
def test_early_stopping_refuses_bad_input(losses, scores, best_epoch, message):
    with pytest.raises(ValueError, match=message):
        plots.early_stopping(losses, scores, best_epoch)
