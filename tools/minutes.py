"""How long a lesson takes: one formula, in this one place.

``python -m tools.minutes`` prints it for every lesson, ``python -m tools.minutes 04`` for one.
"""

import json
import math
import re
import sys
import tomllib
from pathlib import Path

LESSONS = Path(__file__).parents[1] / "lessons"
WORDS = 180  # read in a minute
CODE_LINE = 4 / 60  # minutes
EXERCISE = 3
QUESTION = 0.5
MOST = 45  # one class period
WAITING = LESSONS / "waiting.toml"


def reading(cell):
    """Minutes for the words or the code of a cell. Solutions are collapsed, and take none."""
    if cell.cell_type == "markdown":
        return len(re.sub(r"\]\([^)]*\)", "]", cell.source).split()) / WORDS
    if "solution" in cell.metadata.get("tags", []):
        return 0
    return CODE_LINE * sum(bool(line.strip()) for line in cell.source.splitlines())


def answering(cells):
    """Minutes for the exercises among some cells."""
    return EXERCISE * sum("exercise" in cell.metadata.get("tags", []) for cell in cells)


def quiz(name):
    """Minutes for the quiz of a lesson."""
    path = LESSONS / "quizzes" / f"{name}.json"
    return QUESTION * len(json.loads(path.read_text(encoding="utf-8")))


def waiting(name):
    """Minutes for which a reader waits for the cells of a lesson, as measured on two cores."""
    return tomllib.loads(WAITING.read_text(encoding="utf-8"))[name] / 60


def split(name, cells):
    """Minutes of teaching and minutes of exercises that a lesson takes, two whole numbers.

    Words, code and waiting are teaching; exercises and the questions of the quiz are exercises.
    Together they are rounded up.
    """
    exercises = answering(cells) + quiz(name)
    total = math.ceil(sum(map(reading, cells)) + exercises + waiting(name))
    return total - math.ceil(exercises), math.ceil(exercises)


def minutes(lesson):
    """Minutes that a lesson takes, a whole number."""
    from tools.notebooks import name_of, read_lesson  # the pages are built without Jupytext

    return sum(split(name_of(lesson), read_lesson(lesson).cells))


def main(number=""):
    from tools.notebooks import lessons

    for lesson in lessons(number):
        print(f"{lesson.stem}: {minutes(lesson)} minutes")


if __name__ == "__main__":
    main(*sys.argv[1:])
