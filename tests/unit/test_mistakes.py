"""The reader of recorded mistakes says what is wrong with a file."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import mistakes

NOTEBOOK = new_notebook(
    cells=[
        new_markdown_cell("# Count\n\n### Your turn: count pixels"),
        new_markdown_cell("How many?"),
        new_code_cell("n = ...", metadata={"tags": ["exercise"]}),
        new_code_cell("checks.pixels(n)", metadata={"tags": ["check"]}),
    ]
)


@pytest.fixture
def write(tmp_path, monkeypatch):
    """A function that writes the mistakes of the lesson "count"; its notebook is the one above."""
    (tmp_path / "lessons" / "mistakes").mkdir(parents=True)
    monkeypatch.setattr(mistakes, "ROOT", tmp_path)
    monkeypatch.setattr(mistakes, "FOLDER", tmp_path / "lessons" / "mistakes")
    monkeypatch.setattr(mistakes, "_notebook", lambda name: NOTEBOOK)
    return (mistakes.FOLDER / "count.toml").write_text


def test_a_mistake_stands_under_the_heading_of_its_exercise(write):
    write("[[pixels]]\nanswer = 'n = 56'\nmisconception = 'adds'\nsays = '''\nNot\nyet. 56.'''\n")
    mistake = mistakes.Mistake("n = 56", "Not yet. 56.", "adds")
    assert mistakes.mistakes("count") == {"pixels": [mistake]}
    assert mistakes.mistakes_by_heading("count") == {"count pixels": [mistake]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[pixel]]\nanswer = 'n = 56'\n", "expected checks .*, pixels, got 'pixel'"),
        ("[[pixels]]\nsays = 'Not yet.'\n", "count.toml, pixels: expected an answer"),
        ("[[pixels]]\nanswer = 56\n", "expected answer, says, misconception, each a text"),
        ("[[pixels]]\nanswer = 'n = 56'\nsay = ''\n", "each a text, got .*'say'"),
        ("[pixels]\nanswer = 'n = 56'\n", r"expected \[\[pixels\]\]"),
        ("[[pixels]\n", "count.toml is not TOML"),
    ],
)
def test_a_file_in_another_form_is_refused_and_says_where(write, text, message):
    write(text)
    with pytest.raises(ValueError, match=message):
        mistakes.mistakes("count")


def test_an_answer_with_quotes_of_its_own_is_written_as_it_was_read(write):
    answer = "s = '''\na\n'''"
    write(f"[[pixels]]\nanswer = {json.dumps(answer)}\n")
    mistakes.record("count", NOTEBOOK, lambda code: "Not yet.")
    assert mistakes.mistakes("count")["pixels"] == [mistakes.Mistake(answer, "Not yet.", "")]


def test_a_new_lesson_has_no_mistakes_yet(write):
    assert mistakes.mistakes("count") == {}
    mistakes.record("count", NOTEBOOK, lambda code: "")
    assert not (mistakes.FOLDER / "count.toml").exists()


def test_a_lesson_that_does_not_exist_is_refused():
    with pytest.raises(FileNotFoundError, match="a lesson without its number"):
        mistakes.mistakes("04")


def test_what_the_check_says_is_recorded_and_read_again(write):
    message = "Not yet. A long message, with \"quotes\" and a 'quote': " + "words " * 40
    write("[[pixels]]\nanswer = '''\nn = (\n    56)\n'''\n")
    assert not mistakes.are_recorded("count")
    run = []
    mistakes.record("count", NOTEBOOK, lambda code: run.append(code) or message)
    assert run == ["n = (\n    56)", "checks.pixels(n)"]
    assert mistakes.are_recorded("count")
    (mistake,) = mistakes.mistakes("count")["pixels"]
    assert mistake == ("n = (\n    56)", message.strip(), "")


def test_an_answer_that_the_check_takes_for_right_is_not_recorded(write):
    write("[[pixels]]\nanswer = 'n = 784'\n")
    with pytest.raises(ValueError, match="expected a wrong answer to pixels, got 'n = 784'"):
        mistakes.record("count", NOTEBOOK, lambda code: "Right.")
