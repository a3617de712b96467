"""Points of many dimensions, drawn in a plane."""

import numpy as np
import pytest

from course_utils import plots

POINTS = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 0.0]])


def test_each_image_is_its_digit_in_the_colour_of_the_digit():
    one, other = plots.digits_in_plane([POINTS, -POINTS], [7, 0, 7], ["a", "b"]).axes
    assert [text.get_text() for text in one.texts] == ["7", "0", "7"]
    assert one.texts[1].get_position() == (2, 3)
    assert other.texts[1].get_position() == (-2, -3)
    colors = [text.get_color() for text in one.texts]
    assert colors[0] == colors[2] != colors[1]
    assert [axis.get_title() for axis in (one, other)] == ["a", "b"]


@pytest.mark.parametrize(
    ("points", "labels", "titles"),
    [
        (POINTS[:, :1], [7, 0, 7], ["a"]),
        (POINTS, [7, 0], ["a"]),
        (POINTS, [7, 0, 10], ["a"]),
        (POINTS, [7, 0, 7], ["a", "b"]),
    ],
)
def test_points_that_are_not_in_a_plane_are_refused(points, labels, titles):
    with pytest.raises(ValueError, match="expected"):
        plots.digits_in_plane([points], labels, titles)
