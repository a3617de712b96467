"""Every lesson ends with a quiz in which each answer gets its own sentence."""

import json
import re

import jsonschema
import nbformat
import pytest
from IPython.utils.capture import capture_output

from course_utils.quiz import show_quiz
from tools.notebooks import ROOT, lessons, notebook_of

QUIZZES = ROOT / "lessons" / "quizzes"
LESSONS = lessons()
SCHEMA = {
    "type": "array",
    "minItems": 3,
    "items": {
        "type": "object",
        "required": ["question", "type", "answers"],
        "additionalProperties": False,
        "properties": {
            "question": {"type": "string", "minLength": 10},
            "type": {"const": "multiple_choice"},
            "code": {"type": "string"},
            "answers": {
                "type": "array",
                "minItems": 3,
                "items": {
                    "type": "object",
                    "required": ["answer", "correct", "feedback"],
                    "additionalProperties": False,
                    "properties": {
                        "answer": {"type": "string", "minLength": 1},
                        "correct": {"type": "boolean"},
                        "feedback": {"type": "string", "minLength": 20},
                    },
                },
            },
        },
    },
}


def questions(name):
    return json.loads((QUIZZES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.stem[:2])
def lesson(request):
    return request.param


def test_each_file_belongs_to_a_lesson():
    assert {path.stem for path in QUIZZES.glob("*")} == {lesson.stem[3:] for lesson in LESSONS}


@pytest.mark.usefixtures("shell")
def test_the_notebook_shows_its_quiz_under_its_heading_as_it_is_now(lesson):
    cells = nbformat.read(notebook_of(lesson), as_version=4).cells
    place = next(i for i, cell in enumerate(cells) if cell.source.startswith("## Quiz"))
    name = lesson.stem[3:]
    assert cells[place + 1].source == f'show_quiz("{name}")'
    with capture_output() as shown:
        show_quiz(name)
    stored, now = (
        [o.data for o in outputs] for outputs in (cells[place + 1].outputs, shown.outputs)
    )
    assert stored == now, f"stale: make notebooks LESSON={lesson.stem[:2]}"


def test_each_question_has_one_right_answer_and_feedback_of_its_own_for_each(lesson):
    quiz = questions(lesson.stem[3:])
    jsonschema.validate(quiz, SCHEMA)
    for question in quiz:
        assert sum(answer["correct"] for answer in question["answers"]) == 1, question["question"]
        for key in ("answer", "feedback"):
            values = [answer[key] for answer in question["answers"]]
            assert len(set(values)) == len(values), question["question"]


def test_no_quiz_has_formulas_or_links(lesson):
    """jupyterquiz would fetch MathJax from another host, and the course works offline."""
    assert not re.search(r"[$\\]|https?:", (QUIZZES / f"{lesson.stem[3:]}.json").read_text())


@pytest.mark.parametrize("extreme", [min, max])
def test_the_right_answer_is_not_given_away_by_its_length(extreme):
    """Neither the shortest option nor the longest is right much more often than by chance."""
    given_away = []
    for lesson in LESSONS:
        for question in questions(lesson.stem[3:]):
            answers = question["answers"]
            limit = extreme(len(answer["answer"]) for answer in answers)
            given_away += [len(a["answer"]) == limit for a in answers if a["correct"]]
    assert sum(given_away) / len(given_away) <= 0.4
