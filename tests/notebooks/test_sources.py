"""A committed notebook is its lesson, executed, in the form that the design describes."""

import builtins
import re
import symtable
from itertools import pairwise

import nbformat
import pytest

from tests.lesson_notebooks import out_of_bounds
from tools.mistakes import exercises, mistakes
from tools.notebooks import (
    ROOT,
    TOLERANCES,
    WIDGET_VIEW,
    is_executed,
    lessons,
    name_of,
    notebook_of,
    read_lesson,
    text_of,
    tolerances,
)

LESSONS = lessons()


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.stem[:2])
def lesson(request):
    return request.param


@pytest.fixture
def notebook(lesson):
    return nbformat.read(notebook_of(lesson), as_version=4)


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def outputs(notebook):
    return [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]


def test_every_notebook_has_a_lesson():
    found = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert found == {lesson.stem for lesson in LESSONS}


def test_the_notebook_has_the_cells_of_its_lesson(lesson, notebook):
    assert text_of(notebook) == text_of(read_lesson(lesson)), "run `make notebooks`"


def test_the_lesson_makes_a_valid_notebook(lesson):
    nbformat.validate(read_lesson(lesson))


def test_the_notebook_was_executed_from_top_to_bottom(notebook):
    assert is_executed(notebook)


def test_no_cell_failed_and_nothing_was_written_to_stderr(notebook):
    assert not [o for o in outputs(notebook) if o.output_type == "error"]
    assert not [o.text for o in outputs(notebook) if o.get("name") == "stderr"]


def test_no_output_asks_for_a_kernel_that_has_ended(notebook):
    """A widget is stored as its static fallback: its model is gone, so a view would be an error."""
    assert not [o for o in outputs(notebook) if WIDGET_VIEW in o.get("data", {})]


def test_no_output_names_a_path_of_the_machine(notebook):
    text = nbformat.writes(notebook)
    assert not re.findall(r"(?:/home/|/root/|/Users/|/tmp/|site-packages|[A-Z]:\\\\)\S*", text)


def test_every_figure_has_a_caption_and_an_alternative_text(notebook):
    pictures = [o for o in outputs(notebook) if "image/png" in o.get("data", {})]
    assert pictures
    for picture in pictures:
        html = picture.data.get("text/html", "")
        assert re.search(r'<img alt="[^"]{20,}"', html)
        assert re.search(r"<figcaption>[^<]{10,}</figcaption>", html)


def test_the_headings_come_in_the_order_of_the_design(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    headings = re.findall(r"^(#+ .*)$", text, flags=re.MULTILINE)
    assert headings[0].startswith("# ")
    assert headings[1] == "## By the end you can …"
    assert headings[-3:] == ["## Quiz", "## What you saw", "## Going deeper"]
    assert "**Next**" in text


def test_an_exercise_is_a_cell_to_fill_in_a_check_and_a_hidden_solution(notebook):
    exercises = tagged(notebook, "exercise")
    assert len(exercises) >= 4
    for exercise in exercises:
        assert "..." in exercise.source
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        place = code.index(exercise)
        check, solution = code[place + 1 : place + 3]
        assert check.metadata["tags"] == ["check"]
        assert solution.metadata["tags"] == ["solution"]
        assert solution.metadata["jupyter"] == {"source_hidden": True, "outputs_hidden": True}
        called = re.search(r"checks\.\w+\(", check.source)[0]
        # JupyterLab shows the first line of a collapsed cell.
        assert solution.source.startswith("# Solution\n")
        assert called in solution.source.splitlines()[-1]
        assert printed(check).startswith("Not attempted yet")
        assert printed(solution).splitlines()[-1].startswith("Right.")


def names(source, kind):
    """Names that the top level of a cell uses or binds (nested functions count as uses)."""
    source = re.sub(r"^%.*$", "", source, flags=re.MULTILINE)
    used, bound = set(), set()

    def visit(table):
        for symbol in table.get_symbols():
            if table.get_type() == "module" and (symbol.is_assigned() or symbol.is_imported()):
                bound.add(symbol.get_name())
            if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
                used.add(symbol.get_name())
        for child in table.get_children():
            visit(child)

    visit(symtable.symtable(source, "cell", "exec"))
    return used if kind == "used" else bound


def test_every_name_is_defined_in_an_earlier_cell(notebook):
    known = set(dir(builtins))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            used, bound = names(cell.source, "used"), names(cell.source, "bound")
            assert used <= known | bound, f"{used - known - bound} not bound before {cell.source}"
            known |= bound


def test_no_cell_depends_on_an_answer_but_its_own_check(lesson, notebook):
    """So a lesson runs to its end whatever a learner writes, right or wrong."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    the_lessons_own, answers = set(), set()
    everywhere = set().union(*(names(cell.source, "bound") for cell in cells))
    for cell, check in pairwise([*cells, None]):
        used, bound = names(cell.source, "used"), names(cell.source, "bound")
        if "exercise" in cell.metadata.get("tags", []):
            name = re.search(r"checks\.(\w+)\(", check.source)[1]
            for wrong, *_ in mistakes(name_of(lesson))[name]:
                more = names(wrong, "bound") - bound
                assert not more & everywhere, f"a wrong answer replaces {more}: {wrong}"
            assert not bound & the_lessons_own, f"an answer replaces a name of the lesson: {bound}"
            assert not (used - bound) & answers, f"an exercise needs another: {cell.source}"
            answers |= bound
            own = bound
        elif "check" in cell.metadata.get("tags", []):
            needed = used & answers
            assert needed <= own, f"a check needs the answer to another exercise: {cell.source}"
        else:
            assert not answers & (used | bound), f"an answer is needed by: {cell.source}"
            the_lessons_own |= bound


def test_every_exercise_has_three_recorded_mistakes_that_its_check_tells_apart(lesson, notebook):
    found, there = mistakes(name_of(lesson)), exercises(notebook)
    assert set(found) == set(there)
    assert len({exercise.heading for exercise in there.values()}) == len(there)
    for check, recorded in found.items():
        assert len({mistake.says for mistake in recorded}) == len(recorded) >= 3, check
        assert all(mistake.says.startswith("Not yet. ") for mistake in recorded), check


def test_no_cell_depends_on_a_solution(notebook):
    """So a lesson runs to its end for those who skip them, and in handouts without them."""
    solutions = tagged(notebook, "solution")
    for cell in solutions:
        bound = names(cell.source, "bound")
        others = [c for c in notebook.cells if c.cell_type == "code" and c is not cell]
        for other in others:
            assert not bound & (names(other.source, "used") - names(other.source, "bound")), bound


def test_links_between_lessons_lead_somewhere(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\(([^)]+)\)", cell.source):
                if not target.startswith(("http", "#")):
                    assert (ROOT / "notebooks" / target).exists(), target


def test_each_file_of_tolerances_belongs_to_a_lesson():
    assert {path.stem for path in TOLERANCES.iterdir()} == {name_of(path) for path in LESSONS}


def test_every_number_that_may_vary_is_there_and_within_its_bounds(lesson, notebook):
    numbers = tolerances(name_of(lesson))
    assert all(re.compile(number.pattern).groups == 1 for number in numbers)
    texts = [
        o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs(notebook)
    ]
    assert not [*out_of_bounds("\n".join(texts), numbers)]


def test_no_output_has_a_warning_or_an_address_in_memory(notebook):
    for output in outputs(notebook):
        text = output.get("text", "") or output.get("data", {}).get("text/plain", "")
        assert not re.search(r"WARNING:| at 0x[0-9a-f]{6}", text), text
