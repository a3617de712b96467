"""The texts of every figure are in the course's files, once each, and in no cell."""

import ast
import html
import re
import tomllib
from collections import Counter

import jupytext
import nbformat
import pytest

from course_utils.plots._texts import placeholders
from tools.notebooks import ROOT, lessons, notebook_of

FIGURES = ROOT / "lessons" / "figures"
LESSONS = lessons()
# The functions that take a figure's name, which argument it is, and the texts the figure needs.
DESCRIBED = {"caption", "description"}
CALLS = {
    "plots.show": (1, DESCRIBED),
    "training_view": (1, {"caption"}),
    "training_callback": (0, {"caption"}),
}
OPTIONS = {"on_line", "tab_seconds"}  # arguments that are not values for a text


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.stem[3:])
def lesson(request):
    return request.param


def tables(lesson):
    """The entries of a lesson's file, by the names of the figures."""
    return tomllib.loads((FIGURES / f"{lesson.stem[3:]}.toml").read_text(encoding="utf-8"))


def sources(lesson):
    """The code cells of a lesson."""
    cells = jupytext.read(lesson, fmt="md:myst").cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def shown(source):
    """The figures that a cell shows: a regex of the name, the function called, and the values."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and (called := ast.unparse(call.func)) in CALLS:
            place, _ = CALLS[called]
            assert len(call.args) > place, f"a figure without a name:\n{ast.unparse(call)}"
            values = {keyword.arg for keyword in call.keywords} - OPTIONS
            found.append((call.lineno, pattern(call.args[place]), called, values))
    return [figure[1:] for figure in sorted(found)]


def pattern(name):
    """A regex of the names an argument may have: most are literals, some come from a loop."""
    if isinstance(name, ast.JoinedStr):
        parts = [r"\w+" if isinstance(p, ast.FormattedValue) else p.value for p in name.values]
        return "".join(parts)
    return ast.literal_eval(name)


def all_shown(lesson):
    return [figure for source in sources(lesson) for figure in shown(source)]


def test_each_file_belongs_to_a_lesson():
    assert {path.name for path in FIGURES.iterdir()} == {f"{p.stem[3:]}.toml" for p in LESSONS}


def test_a_name_belongs_to_one_figure_in_the_whole_course():
    named = Counter(name for lesson in LESSONS for name in tables(lesson))
    assert not [name for name, times in named.items() if times > 1]
    used = Counter(name for lesson in LESSONS for name, _, _ in all_shown(lesson))
    assert not [name for name, times in used.items() if times > 1]


def test_every_figure_has_its_texts_and_every_text_its_figure(lesson):
    entries = tables(lesson)
    used = set()
    for name, called, values in all_shown(lesson):
        matching = {entry for entry in entries if re.fullmatch(name, entry)}
        assert matching, f"{name} is not in the lesson's file of figures"
        used |= matching
        _, expected = CALLS[called]
        for entry in matching:
            texts = entries[entry]
            optional = {"link"} if called == "plots.show" else set()
            assert texts.keys() - optional == expected, entry
            assert all(len(texts[key].split()) >= 3 for key in expected), entry
            assert set().union(*(placeholders(texts[key]) for key in expected)) == values, entry
    assert not entries.keys() - used, "no cell shows them"


def test_no_text_of_a_figure_is_in_a_cell_where_it_would_answer_the_question_above(lesson):
    for source in sources(lesson):
        arguments = {node.arg for node in ast.walk(ast.parse(source)) if hasattr(node, "arg")}
        assert not arguments & {"caption", "alt", "description"}, source


def test_a_caption_is_one_line(lesson):
    for name, texts in tables(lesson).items():
        assert "\n" not in texts["caption"], name
        assert len(texts["caption"]) <= 90, name
        assert texts["caption"].endswith("."), name


def says(page, texts):
    """Whether an HTML figure has these texts, with something in place of the placeholders."""
    for key, tag in (("caption", "<figcaption>{}</figcaption>"), ("description", 'alt="{}"')):
        text = html.escape(" ".join(texts.get(key, "").split()))
        wanted = re.sub(r"\\\{.+?\\\}", ".+", re.escape(text)) or ".+"
        if not re.search(tag.format(wanted), page):
            return False
    return True


def test_the_notebook_shows_the_texts_as_they_are_now(lesson):
    """`make notebooks` does not notice when they are edited."""
    for cell in nbformat.read(notebook_of(lesson), as_version=4).cells:
        if cell.cell_type != "code":
            continue
        pages = [output.get("data", {}).get("text/html", "") for output in cell.outputs]
        for name, _, _ in shown(cell.source):
            for entry, texts in tables(lesson).items():
                if re.fullmatch(name, entry):
                    stale = f"{entry}: run `make notebooks LESSON={lesson.stem[:2]}`"
                    assert any(says(page, texts) for page in pages), stale
