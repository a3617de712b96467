"""Training curves and the epoch that is kept."""

import numpy as np
import pytest

from course_utils import plots


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
