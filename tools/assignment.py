"""Make an assignment for nbgrader from a lesson: ``make assignment LESSON=04``.

It is written to grading/source, where nbgrader looks for it; nbgrader makes from it what students
get. Its name is that of the lesson without the number, as students may have the lesson as well.
Each exercise is worth one point, or none if a later cell gives its answer. Its cell holds the
solution, in a region that nbgrader takes out, below the line that students fill in; its check is
the test that nbgrader runs.
"""

import ast
import re
import shutil
import sys
from pathlib import Path

import nbformat

from tools.answers_in_sight import WITHOUT_POINTS, reword
from tools.notebooks import ROOT, lessons, name_of, read_lesson

GRADING = ROOT / "grading"
SETTINGS = ROOT / "tools" / "nbgrader_config.py"
IMPORT = r"^from course_utils\.checks import \w+ as checks$"
LINK_TO_FILE = r"\[([^\]]*)\]\((?!https?:|#)[^)\s]+\)"  # an assignment has no other files


def assignment(lesson):
    """The source notebook of an assignment, with nbgrader's metadata, not executed."""
    notebook = read_lesson(lesson)
    reword(notebook, name_of(lesson))
    without_points = WITHOUT_POINTS.get(name_of(lesson), ())
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    imports = next(m[0] for c in code if (m := re.search(IMPORT, c.source, re.MULTILINE)))
    for exercise, check, solution in zip(code, code[1:], code[2:], strict=False):
        if "exercise" not in exercise.metadata.get("tags", []):
            continue
        name, answer, _ = checked(check.source)
        exercise.source = _region("SOLUTION", exercise.source, solved(solution.source, answer))
        _mark(exercise, f"answer_{name}", solution=True)
        # A cell between the two may have given `checks` another meaning.
        check.source = _region("HIDDEN TESTS", "", imports) + f"\n{check.source}"
        _mark(check, name, grade=True, locked=True, points=int(name not in without_points))
    notebook.cells = [c for c in notebook.cells if "solution" not in c.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(LINK_TO_FILE, r"\1", cell.source)
    return notebook


def checked(source):
    """Of code that ends with a check: its name, the name it checks, and the code before it."""
    last = ast.parse(source).body[-1]
    before = "\n".join(source.splitlines()[: last.lineno - 1])
    return last.value.func.attr, last.value.args[0].id, before.strip()


def solved(source, answer):
    """The code of a solution, without its check, under the name that the exercise asks for."""
    _, own, code = checked(source)
    return re.sub(rf"\b{own}\b", answer, code.removeprefix("# Solution\n"))


def _region(kind, before, content):
    """Code with a region that nbgrader finds by the words BEGIN and END."""
    return f"{before}\n### BEGIN {kind}\n{content}\n### END {kind}".lstrip("\n")


def _mark(cell, grade_id, *, grade=False, solution=False, locked=False, **more):
    """Say in nbgrader's metadata, in version 3 of its schema, what a cell is."""
    roles = {"grade": grade, "solution": solution, "locked": locked, "task": False}
    cell.metadata["nbgrader"] = {"schema_version": 3, "grade_id": grade_id, **roles, **more}


def write(lesson, folder=GRADING):
    """Write an assignment into a folder of nbgrader and return its path.

    Raises
    ------
    FileExistsError
        If the folder has another notebook there: a teacher may have changed it.
    """
    text = nbformat.writes(assignment(lesson)) + "\n"
    name = name_of(lesson)
    path = Path(folder) / "source" / name / f"{name}.ipynb"
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise FileExistsError(
            f"{path} is there already, and differs from what this lesson makes: you or nbgrader "
            "changed it, or the lesson has changed. To have it made anew, delete it first."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    settings = Path(folder) / SETTINGS.name
    if not settings.exists():
        shutil.copy(SETTINGS, settings)
    return path


def main(number=""):
    try:
        found = lessons(number) if number else []
        if len(found) != 1:
            one = "one lesson" if not found else f"one lesson, and {len(found)} begin with {number}"
            sys.exit(f"An assignment is made from {one}: try make assignment LESSON=04.")
        path = write(found[0])
    except OSError as error:
        sys.exit(str(error))
    print(f"{path.relative_to(ROOT)} is made. The next steps, after `make nbgrader`:")
    print("  source .venv-nbgrader/bin/activate")
    print(f"  cd {GRADING.name}")
    print(f"  nbgrader generate_assignment {path.stem}")


if __name__ == "__main__":
    main(*sys.argv[1:])
