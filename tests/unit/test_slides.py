"""What of a lesson stays on a slide, and what becomes notes."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tools.notebooks import lessons, notebook_of
from tools.slides import prose, room, rule

FIGURE = (
    '<figure><img alt="A curve." src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAABDgAAAH0AAAA">'
    "<figcaption>A curve.</figcaption></figure>"
)


def text(source, role=None):
    metadata = {"slideshow": {"slide_type": role}} if role else {}
    return new_markdown_cell(source, metadata=metadata)


def code(source, *printed, tag=None, figure=None):
    outputs = [new_output("stream", name="stdout", text=line) for line in printed]
    if figure:
        outputs.append(new_output("display_data", {"text/html": figure}))
    return new_code_cell(source, outputs=outputs, metadata={"tags": [tag]} if tag else {})


def slides(*cells):
    """The slides of a lesson after its title."""
    notebook = nbformat.v4.new_notebook(cells=[text("# Title\n\nA promise."), *cells])
    return rule.slides(notebook)[1:]


def sources(slide):
    return [part.source for part in slide.parts]


def test_the_question_stays_with_the_sentence_before_it_and_all_prose_is_in_the_notes():
    [slide] = slides(text("## One\n\nFirst. There are two. Which wins?"), code("run()", "b"))
    assert sources(slide) == ["There are two. Which wins?", "run()", "b"]
    assert slide.notes == ["First. There are two. Which wins?"]


def test_a_result_comes_after_the_question_with_the_next_key():
    [slide] = slides(text("## One\n\nHow many?"), code("print(3)", "3"))
    assert [(part.kind, part.step) for part in slide.parts] == [
        ("text", 0),
        ("code", 0),
        ("print", 1),
    ]


def test_a_result_that_needs_a_slide_has_its_question_beside_it():
    lines = "\n".join(f"line_{number} = {number}" for number in range(12))
    first, second = slides(text("## One\n\nHow many?"), code(lines, "3\n" * 8))
    assert [part.kind for part in first.parts] == ["text", "code"]
    assert [part.kind for part in second.parts] == ["again", "print"]
    assert second.parts[1].step == 0


def test_what_explains_a_result_is_in_the_notes_of_that_result():
    first, second = slides(
        text("## One\n\nHow many?"),
        code("print(3)", "3"),
        text("Three, as it should be.\n\nThe next is larger. How much?"),
        code("print(4)", "4"),
    )
    assert first.notes == ["How many?", "Three, as it should be."]
    assert sources(second)[0] == "The next is larger. How much?"


def test_a_sentence_on_a_term_stays():
    said = "Plain words. A **unit** adds numbers. More words."
    [slide] = slides(text(f"## One\n\n{said}"))
    assert sources(slide) == ["A **unit** adds numbers."]
    assert slide.notes == [said]


def test_a_term_takes_the_sentence_it_points_back_to():
    [slide] = slides(text("## One\n\nPlain. Each place is covered. That is an **occlusion map**."))
    assert sources(slide) == ["Each place is covered. That is an **occlusion map**."]


def test_a_formula_stays_with_the_sentence_that_leads_to_it():
    [slide] = slides(text("## One\n\nPlain. Each step is one rate:\n\n$$a = b$$\n\nAfter it."))
    assert sources(slide)[0] == "Each step is one rate:\n\n$$a = b$$"


def test_imports_checks_and_the_quiz_are_left_out():
    [slide] = slides(
        text("## One"),
        code("import a\nimport b\nimport c\n\nset_up()"),
        code("import a\n\nrun()"),
        code("checks.one(x)", "Not attempted yet", tag="check"),
        text("## Quiz"),
        code('show_quiz("one")'),
    )
    assert sources(slide) == ["run()"]


def test_an_exercise_has_its_whole_task_on_a_slide_and_its_solution_below():
    task, solution = slides(
        text("### Your turn: count\n\nCount them. Use NumPy."),
        code("n = ...", tag="exercise"),
        code("checks.count(n)", "Not attempted yet", tag="check"),
        code("# Solution\nn_solution = 3\nchecks.count(n_solution)", "Right.", tag="solution"),
    )
    assert (task.kind, task.below, sources(task)) == (
        "exercise",
        False,
        ["Count them. Use NumPy.", "n = ..."],
    )
    assert (solution.kind, solution.below) == ("solution", True)
    assert sources(solution) == ["n_solution = 3", "Right."]
    assert solution.heading == "### Solution: count"


def test_long_code_is_split_at_a_blank_line():
    blocks = ["\n".join(f"{name}_{number} = 1" for number in range(9)) for name in "abc"]
    found = slides(text("## One"), code("\n\n".join(blocks)))
    assert [sources(slide) for slide in found] == [[blocks[0]], [blocks[1]], [blocks[2]]]


def test_a_long_print_keeps_its_first_lines_and_its_totals():
    lines = [f"line {number}" for number in range(40)]
    [slide, _] = slides(text("## One"), code("run()", "\n".join(lines)))
    shown = sources(slide)[0].splitlines()
    assert shown[0] == lines[0]
    assert shown[-4:] == ["…", *lines[-3:]]


def test_code_that_asks_nothing_lies_below_its_figure():
    lines = "\n".join(f"line_{number} = {number}" for number in range(8))
    first, second = slides(text("## One"), code(lines, figure=FIGURE))
    assert [part.kind for part in first.parts] == ["figure"]
    assert first.notes == ["What you see: A curve."]
    assert ([part.kind for part in second.parts], second.below) == (["code"], True)


def test_a_question_stands_above_the_figure_at_the_end_of_its_stretch():
    lines = "\n".join(f"line_{number} = {number}" for number in range(8))
    found = slides(
        text("## One\n\nHow many?"),
        code("print(True)", "True"),
        code(lines, figure=FIGURE),
        text("As you see."),
    )
    assert [[part.kind for part in slide.parts] for slide in found] == [
        ["text", "code", "print"],
        ["again", "figure"],
        ["code"],
    ]
    assert found[1].notes == ["As you see."]


def test_a_question_that_looks_back_stands_above_its_figure():
    lines = "\n".join(f"line_{number} = {number}" for number in range(8))
    figure, _ = slides(text("## One"), code(lines, figure=FIGURE), text("Which is the 7?"))
    assert sources(figure)[0] == "Which is the 7?"


def test_a_table_comes_after_the_question_that_it_answers():
    table = "| a | b |\n| --- | --- |\n| 1 | 2 |"
    [slide] = slides(text(f"## One\n\nWhich is best?\n\n{table}"))
    assert [(part.source, part.step) for part in slide.parts] == [
        ("Which is best?", 0),
        (table, 1),
    ]


@pytest.mark.parametrize(
    ("role", "shown", "noted"),
    [
        ("skip", [], []),
        ("notes", [], ["Plain words."]),
        ("slide", ["Plain words."], []),
        ("fragment", ["Plain words."], []),
    ],
)
def test_a_lesson_overrides_the_rule_with_a_slide_type(role, shown, noted):
    found = slides(text("## One\n\nA **term**."), text("Plain words.", role))
    assert [source for slide in found for source in sources(slide)] == ["A **term**.", *shown]
    assert [note for slide in found for note in slide.notes] == ["A **term**.", *noted]


EACH_LESSON = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.stem[:2])


def deck_of(lesson):
    found = rule.slides(nbformat.read(notebook_of(lesson), as_version=4))
    return room.ask(found, lesson.stem.partition("_")[2])


@EACH_LESSON
def test_a_deck_asks_the_room_twice_with_the_answer_below(lesson):
    found = deck_of(lesson)
    places = [place for place, slide in enumerate(found) if slide.kind == "room"]
    assert len(places) == 2
    for place in places:
        asked, answer = found[place : place + 2]
        right = sources(answer)[0]
        assert f"- {right}" in sources(asked)[1].splitlines()
        assert asked.notes == [f"Right: {answer.notes[0]}"]
        assert (asked.below, answer.below) == (False, True)


@EACH_LESSON
def test_no_slide_breaks_off_a_sentence_or_a_statement(lesson):
    for slide in deck_of(lesson):
        for part in slide.parts:
            if part.kind == "code":
                assert not part.source.startswith(" ")
            elif part.kind in ("text", "again"):
                assert prose.is_balanced(part.source)
                assert not prose.is_of_a_tab(part.source)


@EACH_LESSON
def test_a_presenter_has_notes_on_every_figure_and_few_slides_to_pass(lesson):
    found = deck_of(lesson)
    drawn = [slide for slide in found if any(part.kind == "figure" for part in slide.parts)]
    assert all(slide.notes for slide in drawn)
    assert all(slide.parts for slide in found)
    assert sum(not slide.below for slide in found) <= 54


@EACH_LESSON
def test_every_sentence_of_a_lesson_is_on_a_slide_or_in_the_notes(lesson):
    notebook = nbformat.read(notebook_of(lesson), as_version=4)
    found = rule.slides(notebook)
    said = " ".join(text for s in found for text in [s.heading, *sources(s), *s.notes])
    said = " ".join(said.split())
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for kind, block in prose.blocks(cell.source):
                for sentence in prose.sentences(block) if kind == "paragraph" else []:
                    assert sentence in said
