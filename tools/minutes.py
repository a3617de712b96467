"""How long a lesson takes: one formula, in this one place.

``python -m tools.minutes`` prints it for every lesson, ``python -m tools.minutes 04`` for one.
"""

import json
import math
import re
import sys
import tomllib

from tools.notebooks import ROOT, lessons, name_of, read_lesson

WORDS = 180  # read in a minute
CODE_LINE = 4 / 60  # minutes
EXERCISE = 3
QUESTION = 0.5
MOST = 45  # one class period
WAITING = ROOT / "lessons" / "waiting.toml"


def minutes(lesson):
    """Minutes that a lesson takes, a whole number.

    Words of the text, lines of code (without solutions, which are collapsed), exercises, questions
    of the quiz, and the seconds for which a reader waits for cells, as measured on two cores.
    """
    notebook = read_lesson(lesson)
    words = code = exercises = 0
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            words += len(re.sub(r"\]\([^)]*\)", "]", cell.source).split())
        elif "solution" not in tags:
            code += sum(bool(line.strip()) for line in cell.source.splitlines())
            exercises += "exercise" in tags
    quiz = ROOT / "lessons" / "quizzes" / f"{name_of(lesson)}.json"
    questions = len(json.loads(quiz.read_text(encoding="utf-8")))
    waiting = tomllib.loads(WAITING.read_text(encoding="utf-8"))[name_of(lesson)]
    spent = words / WORDS + CODE_LINE * code + EXERCISE * exercises + QUESTION * questions
    return math.ceil(spent + waiting / 60)


def main(number=""):
    for lesson in lessons(number):
        print(f"{lesson.stem}: {minutes(lesson)} minutes")


if __name__ == "__main__":
    main(*sys.argv[1:])
