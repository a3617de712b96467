"""Diagrams: networks with units, weights and names, and a true map of the course."""

import ast
import re
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.collections import LineCollection, PathCollection

from course_utils import plots

LESSONS = Path(__file__).parents[2] / "lessons"
LESSON = ("01", "From pixels to vectors", 30, "pixels")


def written(figure):
    return [text.get_text() for axis in figure.axes for text in axis.texts]


def lessons_of_the_map():
    """The table that the map of the course is drawn from."""
    (lesson,) = LESSONS.glob("*_start_here.md")
    text = lesson.read_text(encoding="utf-8")
    return ast.literal_eval(re.search(r"^lessons = (\[.*?^\])", text, re.DOTALL | re.MULTILINE)[1])


def test_the_map_names_every_lesson_with_its_minutes():
    found = []
    for path in sorted(LESSONS.glob("[0-9]*.md")):
        head = path.read_text(encoding="utf-8").split("## By the end you can")[0]
        minutes = int(re.search(r"[Aa]bout (\d+) minutes", head)[1])
        found.append((path.stem[:2], path.stem[3:], minutes))
    drawn = [
        (number, title.lower().replace(" ", "_"), minutes)
        for number, title, minutes, _ in lessons_of_the_map()
    ]
    assert [lesson for lesson in drawn if lesson in found] == found
    assert [number for number, *_ in drawn] == [f"{number:02}" for number in range(15)]


def test_the_readme_lists_the_same_lessons():
    readme = (LESSONS.parent / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d\d) \[(.+?)\]\(notebooks/(\w+)\.ipynb\) \| (\d+) \|", readme, re.M)
    drawn = [
        (number, title, f"{number}_{title.lower().replace(' ', '_')}", str(minutes))
        for number, title, minutes, _ in lessons_of_the_map()
    ]
    assert rows == drawn


def test_the_map_of_the_course_fits_on_a_projector():
    """720 pixels high, less a fifth for the browser and the toolbar, at 100 dots per inch."""
    figure = plots.course_map(lessons_of_the_map())
    assert figure.get_figheight() <= 5.7
    assert figure.get_figwidth() <= 10
    assert min(text.get_fontsize() for text in figure.axes[0].texts if text.get_text()) >= 11


@pytest.mark.parametrize("n_lessons", [1, 3, 4, 15])
def test_each_lesson_has_a_box_with_its_texts_and_arrows_lead_through_them(n_lessons):
    lessons = [(f"{n:02}", f"Lesson {n}", n + 1, f"what {n}") for n in range(n_lessons)]
    figure = plots.course_map(lessons)
    (axis,) = figure.axes
    assert len(axis.patches) == n_lessons
    for number, title, minutes, what in lessons:
        assert {number, title, f"{minutes} min", what} <= set(written(figure))
    arrows = [text for text in axis.texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == n_lessons - 1


def test_every_text_of_the_map_stays_in_its_box_and_none_covers_another():
    figure = plots.course_map(lessons_of_the_map())
    figure.canvas.draw()
    (axis,) = figure.axes
    extents = [text.get_window_extent() for text in axis.texts if text.get_text()]
    assert not [a for a, b in combinations(extents, 2) if a.overlaps(b)]
    boxes = [box.get_window_extent() for box in axis.patches]
    for text in axis.texts:
        if text.get_text():
            extent = text.get_window_extent()
            assert any(
                box.x0 <= extent.x0 and extent.x1 <= box.x1 and box.y0 <= extent.y0 for box in boxes
            ), text.get_text()


@pytest.mark.parametrize(
    ("lessons", "message"),
    [
        ([], "at least one, got none"),
        ([LESSON, LESSON[:3]], r"expected lessons as \(number, title, minutes, what you do\)"),
        ([("01", "A", "30", "b")], "expected the minutes of A: a whole number from 1, got '30'"),
        ([("01", "A", 0, "b")], "the minutes of A: a whole number from 1, got 0"),
    ],
)
def test_a_map_of_something_else_is_refused(lessons, message):
    with pytest.raises(ValueError, match=message):
        plots.course_map(lessons)


def test_the_letters_of_a_layer_are_above_it_and_those_of_weights_between_two():
    figure = plots.network_notation([4, 3, 2])
    (axis,) = figure.axes
    places = {text.get_text(): text.get_position()[0] for text in axis.texts}
    assert places["layer 0\n$a^{(0)} = x$"] == 0
    assert places["layer 2\n$a^{(2)}$"] == 2
    assert places["$W^{(1)},\\ b^{(1)}$"] == 0.5
    assert places["$W^{(2)},\\ b^{(2)}$"] == 1.5


def test_one_layer_has_no_weights_to_name():
    with pytest.raises(ValueError, match="at least two layers"):
        plots.network_notation([4])


def units(figure):
    """(x, number) of each drawn layer; dots and signs are smaller or on other scales."""
    drawn = [c for c in figure.axes[0].collections if isinstance(c, PathCollection)]
    return [(c.get_offsets()[0, 0], len(c.get_offsets())) for c in drawn if len(c.get_edgecolors())]


def lines(figure):
    drawn = [c for c in figure.axes[0].collections if isinstance(c, LineCollection)]
    return [len(c.get_segments()) for c in drawn]


def test_a_small_network_is_drawn_with_all_units_and_weights():
    figure = plots.layered_network((2, 2, 3, 2), ["a", "b", "c", "d"])
    assert units(figure) == [(0, 2), (1, 2), (2, 3), (3, 2)]
    assert lines(figure) == [2 * 2 + 2 * 3 + 3 * 2]
    written = [text.get_text() for text in figure.axes[0].texts]
    assert written == ["2", "a", "2", "b", "3", "c", "2", "d"]


def test_a_large_layer_is_cut_short_by_dots_and_its_size_is_written():
    figure = plots.layered_network((784, 16, 16, 10))
    assert [text.get_text() for text in figure.axes[0].texts] == ["784", "16", "16", "10"]
    assert [count for _, count in units(figure)][:3] == [14, 3, 16]
    assert lines(figure) == [14 * 16 + 16 * 16 + 16 * 10]


def test_the_weights_of_one_unit_can_be_drawn_stronger():
    figure = plots.layered_network((3, 2, 1), into=1)
    assert lines(figure) == [8, 3]
    weak, strong = figure.axes[0].collections[:2]
    assert strong.get_linewidths()[0] > weak.get_linewidths()[0]


def test_a_play_sign_is_drawn_on_top():
    plain, film = (plots.layered_network((3, 2), play_sign=sign) for sign in (False, True))
    assert len(film.axes[0].collections) == len(plain.axes[0].collections) + 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((3,),), r"at least two layers, such as \(2, 3, 2\), got \[3\]"),
        ((784,), "at least two layers, .* got 784"),
        (((3, 0),), "expected sizes: a whole number from 1, got 0"),
        (((3, 2.5),), "expected sizes: a whole number from 1, got 2.5"),
    ],
)
def test_anything_but_a_network_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        plots.layered_network(*arguments)


@pytest.mark.parametrize(
    ("into", "hint"), [(0, "nothing leads into the inputs"), (2, "from 1 to 1")]
)
def test_only_a_layer_after_the_inputs_has_weights_into_it(into, hint):
    with pytest.raises(ValueError, match=hint):
        plots.layered_network((3, 2), into=into)


def test_a_weight_is_followed_to_the_outputs_with_a_rate_at_each_unit():
    rates = [0.5, [1, -2, 3], [0.25, 0]]
    figure = plots.path_of_a_weight([2, 2, 3, 2], ["a", "b", "c", "d"], (1, 0, 1), rates)
    assert {"0.5000", "1.0000", "-2.0000", "3.0000", "0.2500", "0.0000"} <= set(written(figure))
    (axis,) = figure.axes
    followed, later = [c for c in axis.collections if isinstance(c, LineCollection)][1:]
    assert len(followed.get_segments()) == 1
    assert len(later.get_segments()) == 3 + 6


@pytest.mark.parametrize(
    ("weight", "rates", "message"),
    [
        ((0, 0, 0), [1, [1, 1]], "the layer of the weight: a whole number from 1 to 2, got 0"),
        ((1, 2, 0), [1, [1, 1]], "unit of the weight: from 0 to 1, got 2"),
        ((1, 0, 5), [1, [1, 1]], "unit that the weight comes from: from 0 to 1, got 5"),
        ((1, 0, 0), [1, [1, 1, 1]], r"expected \[1, 2\] rates .* got \[1, 3\]"),
    ],
)
def test_a_weight_that_is_not_in_the_network_is_refused(weight, rates, message):
    with pytest.raises(ValueError, match=message):
        plots.path_of_a_weight([2, 2, 2], ["a", "b", "c"], weight, rates)
