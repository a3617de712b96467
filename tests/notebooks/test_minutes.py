"""A lesson fits into a class period, and says how long it takes, as the course's map does."""

import re
import tomllib

import pytest

from tools.minutes import MOST, WAITING, minutes
from tools.notebooks import ROOT, lessons, name_of, notebook_of

LESSONS = lessons()


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.stem[:2])
def lesson(request):
    return request.param


def test_a_lesson_takes_one_class_period_at_most(lesson):
    assert minutes(lesson) <= MOST


def test_a_lesson_says_how_long_it_takes(lesson):
    head = lesson.read_text(encoding="utf-8").partition("## By the end")[0]
    assert re.findall(r"About (\d+) minutes", head) == [str(minutes(lesson))]


def test_the_readme_says_how_long_each_lesson_takes(lesson):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [said] = re.findall(rf"\(notebooks/{notebook_of(lesson).name}\) \| (\d+) \|", readme)
    assert int(said) == minutes(lesson)


def test_each_time_of_waiting_belongs_to_a_lesson():
    waiting = tomllib.loads(WAITING.read_text(encoding="utf-8"))
    assert list(waiting) == [name_of(path) for path in LESSONS]
