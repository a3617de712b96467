"""With every exercise answered wrongly, a notebook runs to its end and names each slip."""

import copy
import re
from itertools import pairwise

import pytest

from tests.notebooks.wrong_answers import WRONG_ANSWERS
from tools.notebooks import execute, lessons, read_lesson


@pytest.mark.parametrize(
    "lesson",
    [
        pytest.param(lesson, marks=pytest.mark.xdist_group(f"wrong {lesson.stem}"))
        for lesson in lessons()
    ],
    ids=lambda lesson: lesson.stem[:2],
)
def test_wrong_answers(lesson):
    notebook = read_lesson(lesson)
    slips = WRONG_ANSWERS[lesson.stem[:2]]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    checks = {}
    for exercise, check in pairwise(code):
        if "exercise" in exercise.metadata.get("tags", []):
            name = re.search(r"checks\.(\w+)\(", check.source)[1]
            exercise.source, says = slips[name]
            again = copy.deepcopy(check)
            notebook.cells.append(again)
            checks[name] = (says, [check, again])
    assert set(checks) == set(slips)

    execute(notebook)

    for name, (says, cells) in checks.items():
        for cell in cells:
            text = "".join(output.text for output in cell.outputs)
            assert text.startswith("Not yet."), f"{name} printed {text!r}"
            assert says in text, f"{name} printed {text!r}"
