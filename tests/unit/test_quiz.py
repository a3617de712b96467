"""A quiz in a notebook: stable, offline, and readable where nothing runs."""

import json
import re
import sys

import pytest
from IPython.utils.capture import capture_output

from course_utils.quiz import show_quiz

pytestmark = pytest.mark.usefixtures("shell")

QUESTION = {
    "question": "What is 1 + 1?",
    "type": "multiple_choice",
    "answers": [
        {"answer": "1 < 2", "correct": False, "feedback": "That is a comparison."},
        {"answer": "2", "correct": True, "feedback": "One more than one."},
    ],
}


@pytest.fixture
def sums(tmp_path, monkeypatch):
    """The name of a quiz with one question."""
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "sums.json").write_text(json.dumps([QUESTION]), encoding="utf-8")
    monkeypatch.setattr("course_utils._course_files.FOLDERS", (tmp_path,))
    return "sums"


def shown(name):
    with capture_output() as captured:
        show_quiz(name)
    return [output.data for output in captured.outputs]


def test_a_quiz_is_shown_the_same_each_time_and_asks_no_other_host(sums):
    page, script = first = shown(sums)
    assert first == shown(sums)
    assert '<div id="quiz_sums"' in page["text/html"]
    assert "questionsquiz_sums" in script["application/javascript"]
    assert "http" not in page["text/html"]
    hosts = re.findall(r"https?:?//[^\s'\"<]+", script["application/javascript"])
    assert not hosts


def test_where_no_script_runs_question_and_answers_can_be_read(sums):
    page, _ = shown(sums)
    assert "<li>What is 1 + 1?<ul><li>1 &lt; 2</li><li>2</li></ul></li>" in page["text/html"]
    assert page["text/plain"] == "Quiz: 1 questions"


def test_a_quiz_that_is_not_there_is_named_with_those_that_are(sums):
    with pytest.raises(FileNotFoundError, match=r"no quiz is called '02'. There are: sums\."):
        show_quiz("02")


def test_a_quiz_of_a_lesson_is_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page, _ = shown("start_here")
    assert page["text/plain"].startswith("Quiz: ")


def test_without_jupyterquiz_it_says_where_that_comes_from(sums, monkeypatch):
    monkeypatch.setitem(sys.modules, "jupyterquiz", None)
    with pytest.raises(ModuleNotFoundError, match=r"A quiz needs jupyterquiz.*%pip install"):
        show_quiz("sums")
