"""The slider keeps whole numbers whole and stays within its range."""

import pytest

from course_utils.widgets._base.slider import Slider


def test_whole_numbers_and_fractions_stay_what_they_are():
    slider = Slider(value=3, max=9, description="unit")
    assert type(slider.value) is int
    slider = Slider(value=-1.5, min=-10, max=10, step=0.1)
    assert slider.value == -1.5
    slider.set_state({"value": 2})  # as from the browser, which knows one kind of number
    assert slider.value == 2


@pytest.mark.parametrize(("given", "becomes"), [(-4, 0), (12, 9), (9, 9)])
def test_a_value_outside_the_range_is_clipped(given, becomes):
    assert Slider(value=given, max=9).value == becomes
    slider = Slider(value=5, max=9)
    slider.value = given
    assert slider.value == becomes
