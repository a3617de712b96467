"""The instructor's guide speaks of the lessons as they are; its answers to its questions hold."""

import re
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from scipy.signal import correlate2d
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from course_utils.datasets import load_cnn_weights, load_mnist
from tests.lesson_notebooks import MEMORY_LIMIT
from tools import teaching
from tools.notebooks import ROOT
from tools.teaching import PARTS, TEXTS, hours, lessons, needed, pieces, saved, section, skips

LETTERS = "abcd"


@pytest.fixture(params=lessons(), ids=lambda lesson: lesson.name)
def guide(request):
    """A lesson, its headings, and the hand-written part of its page, by the headings of this."""
    lesson = request.param
    text = (TEXTS / f"{lesson.name}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.*)$", text, flags=re.MULTILINE)
    return SimpleNamespace(
        lesson=lesson,
        text=text,
        parts=dict(zip(parts[1::2], parts[2::2], strict=True)),
        headings={heading for _, heading, _ in pieces(lesson.cells)},
    )


@pytest.fixture(scope="module")
def pages():
    return teaching.pages()


def test_each_lesson_has_a_page():
    assert {path.stem for path in TEXTS.iterdir()} == {lesson.name for lesson in lessons()}


def test_a_page_has_all_parts(guide):
    assert list(guide.parts) == PARTS
    assert guide.parts["What goes wrong"].count("\n- **") >= 3


def test_a_page_has_two_questions_each_with_a_place_options_and_a_right_one(guide):
    _, *questions = guide.parts["Ask the room"].split("\n### ")
    assert len(questions) == 2
    for question in questions:
        [place] = re.findall(r"^When: .*?\*\*(.+?)\*\*[,.]", question, re.MULTILINE)
        assert place in guide.headings
        options = re.findall(r"^- \*\*(\w)\*\* ", question, re.MULTILINE)
        assert len(options) >= 3
        assert "".join(options) == LETTERS[: len(options)]
        [right] = re.findall(r"^Right: \*\*(\w)\*\*\.", question, re.MULTILINE)
        assert right in options


def test_neither_letter_nor_length_nor_the_question_before_gives_the_right_answer_away():
    right, is_longest = [], []
    for lesson in lessons():
        text = (TEXTS / f"{lesson.name}.md").read_text(encoding="utf-8")
        for question in text.partition("## When time is short")[0].split("\n### ")[1:]:
            options = dict(re.findall(r"^- \*\*(\w)\*\* (.*)$", question, re.MULTILINE))
            [letter] = re.findall(r"^Right: \*\*(\w)\*\*", question, re.MULTILINE)
            right.append(letter)
            is_longest.append(len(options[letter]) == max(map(len, options.values())))
    third = len(right) / 3
    assert all(abs(right.count(letter) - third) <= 2 for letter in "abc")
    assert abs(sum(is_longest) - third) <= 2
    next_ones = Counter(pairwise(right))
    assert len(next_ones) >= 8  # of nine
    assert max(next_ones.values()) <= len(right) / 4


def test_sections_to_skip_are_in_the_lesson_and_save_minutes(guide):
    listed = skips(guide.text)
    assert len(listed) >= 3
    assert guide.parts["When time is short"].count("\n- ") == len(listed)
    assert sum(saved(guide.lesson.cells, heading) for heading in listed) >= 5


def test_numbers_with_decimals_are_those_of_the_lesson(guide):
    outputs = [o for c in guide.lesson.cells if c.cell_type == "code" for o in c.outputs]
    printed = [o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in outputs]
    there = "\n".join([*(cell.source for cell in guide.lesson.cells), *printed])
    numbers = set(re.findall(r"(?<![\d.])\d+\.\d+(?!\d)", guide.text))
    assert not {n for n in numbers if not re.search(rf"(?<!\d){re.escape(n)}(?!\d)", there)}


def test_links_of_a_page_lead_to_lessons_by_their_titles(guide):
    titles = {lesson.path.name: lesson.title for lesson in lessons()}
    for title, target in re.findall(r"\[([^]]+)\]\((\d\d_[^)]+)\)", guide.text):
        assert titles[target] == title


def test_teaching_and_exercises_add_up_to_the_minutes_that_a_lesson_says(guide):
    head = guide.lesson.cells[0].source
    assert re.findall(r"About (\d+) minutes", head) == [str(sum(guide.lesson.split))]


# What is computed


TASK = new_markdown_cell("### Your turn: count\n\n" + 90 * "word ")
EXERCISE = new_code_cell("n = ...", metadata={"tags": ["exercise"]})
SOLUTION = new_code_cell("n_solution = 2", metadata={"tags": ["solution"]})
CELLS = [
    new_markdown_cell("## One\n\n```\n# no heading\n```"),
    new_code_cell("a, b = 1, 2\nfor c in range(3):\n    d = c"),
    TASK,
    EXERCISE,
    SOLUTION,
    new_code_cell("e = a"),
    new_markdown_cell("some words\n\n## Two"),
    new_code_cell("b = 3\nfor c in range(b):\n    print(c)\n\n\ndef f(x):\n    return x + e"),
    new_code_cell("d += 1"),
]


def test_a_section_is_cut_at_headings_also_inside_a_cell():
    assert [heading for _, heading, _ in pieces(CELLS)] == ["", "One", "Your turn: count", "Two"]
    with pytest.raises(
        ValueError, match=r"expected one section 'Three', got 0: try one of 'One', 'Your"
    ):
        section(CELLS, "Three")


def test_an_exercise_saves_its_three_minutes_and_its_words():
    assert saved(CELLS, "Your turn: count") == 4  # 3 and 93 words
    assert section(CELLS, "Your turn: count")[0][-1] is SOLUTION


def test_names_that_later_cells_take_from_a_section():
    assert needed(CELLS, "One") == ["d", "e"]
    assert needed(CELLS, "Your turn: count") == []


def test_a_timetable_ends_when_its_steps_are_over(pages):
    page = pages["index.md"]
    rows = re.findall(r"^\| (\d\d:\d\d) \| (.*?) \| (\d*)", page, re.MULTILINE)
    clock = [datetime.strptime(begin, "%H:%M") for begin, *_ in rows]
    lengths = [timedelta(minutes=-(-int(length) // 5) * 5) for *_, length in rows[:-1]]
    assert clock == [clock[0] + sum(lengths[:i], timedelta()) for i in range(len(rows))]
    taught = sum(int(length) for _, what, length in rows if what.startswith("["))
    assert f"In class {hours(taught)}, " in page


def test_the_day_ends_before_five_with_a_break_after_each_lesson(pages):
    rows = re.findall(r"^\| (\d\d:\d\d) \| (.*?) \| (\d*)", pages["index.md"], re.MULTILINE)
    assert rows[-1][0] < "17:00"
    breaks = [int(length) for _, what, length in rows[1:-1:2] if what in {"*break*", "*lunch*"}]
    assert len(breaks) == len(rows) // 2 - 1
    assert min(breaks) >= 10
    assert max(breaks) >= 45


def test_a_lesson_in_class_takes_its_minutes_and_the_questions_without_what_is_skipped():
    lesson = lessons()[3]
    found = teaching.visit({"skip": {lesson.name: ["A playground"]}}, lesson.name)
    assert found.minutes == lesson.minutes + 2 * 5 - saved(lesson.cells, "A playground")
    with pytest.raises(ValueError, match=r"expected sections that .* allows to skip, got 'Quiz'"):
        teaching.visit({"skip": {lesson.name: ["Quiz"]}}, lesson.name)


def test_a_question_goes_with_its_section():
    given = {"skip": {"your_own_digits": ["Digits from elsewhere"]}}
    found = teaching.visit(given, "your_own_digits")
    assert found.questions == 1
    assert "the question *Tuned on the strangers* (5)" in teaching.left_out(found)


def test_sections_that_a_plan_skips_do_not_contain_each_other():
    text = (teaching.SOURCE / "plans.toml").read_text(encoding="utf-8")
    for plan in tomllib.loads(text)["plan"]:
        for name, skipped in plan.get("skip", {}).items():
            inside = [section(teaching.called(name).cells, heading)[0] for heading in skipped]
            there = [heading for cells in inside for _, heading, _ in pieces(cells)]
            assert [there.count(heading) for heading in skipped] == [1] * len(skipped)


@pytest.mark.parametrize(("title", "most"), [("Five evenings", 120), ("A term", 45)])
def test_a_plan_for_more_than_a_day_has_every_lesson_once_in_its_time(pages, title, most):
    page = pages["index.md"].partition(f"### {title}\n")[2].partition("\nIn class")[0]
    table = page[page.index("| ---") :]
    for lesson in lessons():
        assert table.count(f"[{lesson.title}](") == 1
    minutes = [int(row.split(" | ")[2]) for row in table.splitlines()[1:] if row]
    assert 0 < max(minutes) <= most


def test_two_hours_hold_two_whole_lessons_with_their_questions_and_a_break():
    assert 2 * (max(lesson.minutes for lesson in lessons()) + 2 * teaching.QUESTION) + 10 <= 120


def test_a_run_sheet_has_the_minutes_of_the_lesson_its_questions_and_its_exercises(guide):
    rows = teaching.run_sheet(guide.lesson).splitlines()[2:-1]
    cells = [row.strip("| ").split(" | ") for row in rows]
    whole = sum(int(row[1]) for row in cells if row[1].isdecimal())
    assert whole == guide.lesson.minutes
    sheet = "\n".join(rows)
    for title, *_ in teaching.questions(guide.text):
        assert sheet.count(title) == 1
    tasks = [h.removeprefix("Your turn: ") for h in guide.headings if h.startswith("Your turn: ")]
    for task in tasks:
        assert task in sheet


def test_an_exercise_is_long_by_the_lines_of_its_solution():
    cells = [TASK, EXERCISE, new_code_cell("# so\n\n" + 6 * "n += 1\n", metadata=SOLUTION.metadata)]
    assert teaching.long_exercises(SimpleNamespace(cells=cells)) == {"count": 6}
    assert teaching.long_exercises(SimpleNamespace(cells=CELLS)) == {}


def test_set_up_says_the_sizes_that_the_tests_of_the_tab_hold(pages):
    tests = (ROOT / "tests" / "browser" / "test_lite.py").read_text(encoding="utf-8")
    [first, any_lesson] = re.findall(r"^FIRST_FIGURE, ANY_LESSON.* = (\d+), (\d+)", tests, re.M)[0]
    page = pages["set_up.md"]
    assert f"less than {first} MB for the first two lessons" in page
    assert f"less than {any_lesson} MB for any lesson" in page
    assert f"{30 * int(any_lesson) / 1000:.1f} GB" in page  # thirty learners


def test_set_up_gives_a_hub_what_a_lesson_may_take_and_the_server(pages):
    page = pages["set_up.md"]
    [lesson] = re.findall(r"control group of (\d+) MiB", page)
    [server] = re.findall(r"JupyterLab, which took about (\d+) MiB", page)
    [hub] = re.findall(r"So give (\d+) MiB", page)
    assert int(lesson) == MEMORY_LIMIT + 40  # as its comment says
    assert int(hub) >= int(lesson) + int(server)
    assert set(re.findall(r"(\d+)M\b", page)) == {hub}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"kernel {lesson} MiB (on a hub {hub} MiB" in readme


def test_pages_need_no_more_than_the_environment_of_the_site_has():
    code = "import sys, tools.teaching; print(*{'jupytext', 'nbval'} & set(sys.modules))"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_a_mistake_is_shown_with_what_the_check_says(pages):
    page = pages["00_start_here.md"]
    assert "`n_pixels = 28 + 28`\\\n  The check: You have 56: that is 28 + 28." in page


# The answers to questions that no cell of a lesson shows


@pytest.fixture(scope="module")
def mnist():
    return load_mnist()


@pytest.fixture(scope="module")
def vectors(mnist):
    """2,000 training images, and 500 test images."""
    images = mnist.train_images[:2000], mnist.test_images[:500]
    return [part.reshape(-1, 784) / np.float32(255) for part in images]


def nearest(new, known):
    return ((known**2).sum(axis=1) - 2 * new @ known.T).argmin(axis=1)


def test_inverted_images_have_the_same_neighbours(vectors, mnist):
    known, new = vectors
    assert np.array_equal(nearest(1 - new, 1 - known), nearest(new, known))
    of_inverted = mnist.train_labels[nearest(1 - new, known)]
    assert np.mean(of_inverted == mnist.test_labels[:500]) < 0.1


def test_a_unit_twice_as_strong_with_half_of_the_weight_changes_no_answer():
    rng = np.random.default_rng(0)
    X, W1, b1, W2 = (rng.normal(size=shape) for shape in ((20, 5), (5, 4), (4,), (4, 3)))
    before = np.maximum(X @ W1 + b1, 0) @ W2
    W1[:, 1] *= 2
    b1[1] *= 2
    W2[1] /= 2
    assert np.allclose(np.maximum(X @ W1 + b1, 0) @ W2, before)


def test_the_mean_of_two_networks_reads_far_fewer_digits(vectors, mnist):
    known, new = vectors
    settings = {"max_iter": 20, "hidden_layer_sizes": (16, 16)}
    with pytest.warns(ConvergenceWarning):
        one, other = (
            MLPClassifier(random_state=seed, **settings).fit(known, mnist.train_labels[:2000])
            for seed in range(2)
        )
    labels = mnist.test_labels[:500]
    worse = min(one.score(new, labels), other.score(new, labels))
    one.coefs_ = [(a + b) / 2 for a, b in zip(one.coefs_, other.coefs_, strict=True)]
    one.intercepts_ = [(a + b) / 2 for a, b in zip(one.intercepts_, other.intercepts_, strict=True)]
    assert worse > 0.8
    assert one.score(new, labels) < 0.6


def convolved(images, kernels, biases):
    """Maps after ReLU and max pooling; the axes are images, rows, columns, channels."""
    windows = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
    maps = np.maximum(np.einsum("nrcikl,klio->nrco", windows, kernels, optimize=True) + biases, 0)
    n, size, _, channels = maps.shape
    half = size // 2
    whole = maps[:, : 2 * half, : 2 * half]
    return whole.reshape(n, half, 2, half, 2, channels).max(axis=(2, 4))


def test_a_network_without_its_rescaling_reads_nearly_the_same_and_is_certain(mnist):
    weights = load_cnn_weights()
    found = []
    for scale in (1 / 255, 1):
        x = mnist.test_images[:200, ..., np.newaxis] * scale
        x = convolved(convolved(x, *weights[:2]), *weights[2:4]).reshape(200, -1)
        found.append(x @ weights[4] + weights[5])
    right, forgotten = found
    assert np.mean(right.argmax(axis=1) == forgotten.argmax(axis=1)) > 0.97
    e = np.exp(forgotten - forgotten.max(axis=1, keepdims=True))
    assert np.median(1 / e.sum(axis=1)) > 0.999999


def test_a_move_of_two_pixels_moves_the_pooled_map_by_one(mnist):
    kernel = np.array([[-1, 0, 1]] * 3) / 3
    digit = mnist.train_images[2] / 255

    def pooled(image):
        feature_map = np.maximum(correlate2d(image, kernel, mode="valid"), 0)
        return feature_map.reshape(13, 2, 13, 2).max(axis=(1, 3))

    assert np.array_equal(pooled(np.roll(digit, 2, axis=1))[:, 1:], pooled(digit)[:, :-1])
