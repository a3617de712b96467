"""A quiz in a notebook: stable, offline, readable where nothing runs."""

import json
import re

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
def path(tmp_path):
    path = tmp_path / "02.json"
    path.write_text(json.dumps([QUESTION]), encoding="utf-8")
    return path


def shown(path):
    with capture_output() as captured:
        show_quiz(path)
    return [output.data for output in captured.outputs]


def test_a_quiz_is_shown_the_same_each_time_and_asks_no_other_host(path):
    page, script = first = shown(path)
    assert first == shown(path)
    assert '<div id="quiz02"' in page["text/html"]
    assert "questionsquiz02" in script["application/javascript"]
    assert "http" not in page["text/html"]
    hosts = re.findall(r"https?:?//[^\s'\"<]+", script["application/javascript"])
    assert not hosts


def test_where_no_script_runs_question_and_answers_can_be_read(path):
    page, _ = shown(path)
    assert "<li>What is 1 + 1?<ul><li>1 &lt; 2</li><li>2</li></ul></li>" in page["text/html"]
    assert page["text/plain"] == "Quiz: 1 questions"


def test_a_quiz_that_is_not_there_says_where_it_should_be():
    with pytest.raises(FileNotFoundError, match="lessons/ beside notebooks/"):
        show_quiz("nowhere.json")


def test_where_the_lessons_are_not_beside_it_the_quiz_of_the_package_is_shown(monkeypatch, path):
    monkeypatch.setattr("course_utils.quiz.PACKAGED", path.parent)
    page, _ = shown("../lessons/quizzes/02.json")
    assert page["text/plain"] == "Quiz: 1 questions"
