"""The slider keeps whole numbers whole and stays between its ends."""

import pytest

from course_utils.widgets._base.slider import Slider


def test_a_whole_number_stays_one_and_another_as_well():
    slider = Slider(value=3, max=9, description="unit")
    assert type(slider.value) is int
    slider = Slider(value=-1.5, min=-10, max=10, step=0.1)
    assert slider.value == -1.5
    slider.set_state({"value": 2})  # as from the browser, which knows one kind of number
    assert slider.value == 2


@pytest.mark.parametrize(("given", "becomes"), [(-4, 0), (12, 9), (9, 9)])
def test_a_value_beyond_the_ends_becomes_the_end(given, becomes):
    assert Slider(value=given, max=9).value == becomes
    slider = Slider(value=5, max=9)
    slider.value = given
    assert slider.value == becomes
