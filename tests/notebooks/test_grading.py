"""Marks that nbgrader gives for an assignment made from a lesson, in an environment of its own."""

import copy
import csv
import html
import io
import keyword
import os
import re
import sys
import tokenize
from difflib import SequenceMatcher

import nbformat
import pytest

from tests.environments import install, make_environment, run
from tools.answers_in_sight import WITHOUT_POINTS, reword
from tools.assignment import ROOT, assignment, main, write
from tools.mistakes import mistakes, said
from tools.notebooks import lessons, name_of, read_lesson

# Graded in full: its cells run in seconds, and its exercises ask for functions, a list and numbers.
GRADED = "convolution_by_hand"
(LESSON,) = (path for path in lessons() if name_of(path) == GRADED)
every_lesson = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.stem[:2])


# What the command `nbgrader` does, for several in one process: to start one takes four seconds.
RUN_EACH = """
import sys
from nbgrader.apps.nbgraderapp import NbGraderApp
for command in sys.argv[1:]:
    NbGraderApp.clear_instance()
    NbGraderApp.launch_instance(command.split())
"""


def answers(notebook):
    """The cells with answers, by the names of their checks."""
    of_nbgrader = [c for c in notebook.cells if c.metadata.get("nbgrader")]
    found = {c.metadata.nbgrader.grade_id: c for c in of_nbgrader if c.metadata.nbgrader.solution}
    return {name.removeprefix("answer_"): cell for name, cell in found.items()}


def words(source):
    """The statements of code, each as a list of its words, with one word for all variables."""
    found = [[]]
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    for before, token, after in zip([tokens[0], *tokens], tokens, tokens[1:], strict=False):
        if token.type == tokenize.NEWLINE:
            found.append([])
        elif token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING):
            is_variable = token.string.isidentifier() and not keyword.iskeyword(token.string)
            is_variable &= before.string != "." and after.string not in ("(", ".")
            found[-1].append("variable" if is_variable else token.string)
    return [line for line in found if line and line[0] != "def"]


def share_in_sight(solution, source):
    """Of the words of a solution, the share that stands in other code in runs of nine or more."""

    def longest(line):
        runs = (SequenceMatcher(None, line, other, autojunk=False) for other in words(source))
        return max((run.find_longest_match().size for run in runs), default=0)

    lines = words(solution)
    return sum(n for n in map(longest, lines) if n >= 9) / sum(map(len, lines))


def released(folder, lesson):
    name = name_of(lesson)
    return nbformat.read(folder / "release" / name / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A folder of nbgrader with every assignment, and a function that runs nbgrader in it."""
    place = tmp_path_factory.mktemp("nbgrader")
    folder = place / "grading"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    bin_ = make_environment(place / "environment", version)
    install(bin_, "-r", "requirements-nbgrader.txt", cwd=ROOT)
    run(sys.executable, "-m", "ipykernel", "install", "--prefix", bin_.parent)
    variables = os.environ | {"PATH": f"{bin_}:{os.environ['PATH']}"}  # it calls alembic

    def nbgrader(*commands):
        return run(bin_ / "python", "-c", RUN_EACH, *commands, cwd=folder, env=variables)

    for lesson in lessons():
        write(lesson, folder)
    nbgrader("generate_assignment *")
    return folder, nbgrader


@pytest.fixture(scope="module")
def graded(course):
    """The folder after three students have sent their notebooks and have been graded."""
    folder, nbgrader = course
    solutions = answers(assignment(LESSON))
    sent = folder / "downloaded" / GRADED / "archive"
    sent.mkdir(parents=True)
    for student in ("right", "wrong", "untouched"):
        notebook = released(folder, LESSON)
        for name, cell in answers(notebook).items():
            if student == "right":
                cell.source = re.search(
                    r"BEGIN SOLUTION\n(.*)\n### END", solutions[name].source, re.DOTALL
                )[1]
            elif student == "wrong":
                cell.source = mistakes(GRADED)[name][0].answer
        if student == "right":  # an answer tried in a copy of its cell: JupyterLab copies all of it
            tried = copy.deepcopy(cell)
            tried.id = "tried"
            notebook.cells.insert(notebook.cells.index(cell) + 1, tried)
        nbformat.write(notebook, sent / f"{student}.ipynb")
    steps = ("zip_collect", "autograde", "generate_feedback")
    nbgrader(*(f"{step} {GRADED}" for step in steps), "export")
    return folder


@every_lesson
def test_students_get_the_lesson_without_its_solutions(course, lesson):
    folder, _ = course
    notebook = read_lesson(lesson)
    reword(notebook, name_of(lesson))
    learners = [c for c in notebook.cells if "solution" not in c.metadata.get("tags", [])]
    found = released(folder, lesson).cells
    code = [
        [c.source.rstrip() for c in cells if c.cell_type == "code"] for cells in (found, learners)
    ]
    assert code[0] == code[1]
    assert len(found) == len(learners)
    assert "_solution" not in "".join(code[0])


@every_lesson
def test_each_exercise_is_worth_a_point_unless_its_answer_is_in_sight(lesson):
    notebook = assignment(lesson)
    worth = {
        c.metadata.nbgrader.grade_id: c.metadata.nbgrader.points
        for c in notebook.cells
        if c.metadata.get("nbgrader", {}).get("grade")
    }
    name = name_of(lesson)
    without = dict.fromkeys(WITHOUT_POINTS.get(name, ()), 0)
    assert worth == dict.fromkeys(mistakes(name), 1) | without
    assert worth.keys() == answers(notebook).keys()


@every_lesson
def test_no_later_cell_repeats_an_answer_that_gets_points(lesson):
    """If one does, reword it for students, or give no points: tools/answers_in_sight.py."""
    solutions = answers(assignment(lesson))
    cells = assignment(lesson).cells
    in_sight = {}
    for name in solutions.keys() - WITHOUT_POINTS.get(name_of(lesson), set()):
        code = re.search(r"BEGIN SOLUTION\n(.*)\n### END", solutions[name].source, re.DOTALL)[1]
        place = [c.id for c in cells].index(solutions[name].id)
        for cell in cells[place + 1 :]:
            if cell.cell_type == "code" and not cell.metadata.get("nbgrader"):
                share = share_in_sight(code, cell.source)
                if share > 0.4:
                    in_sight[name] = f"{share:.0%} in {cell.source!r}"
    assert in_sight == {}


def test_the_page_on_grading_lists_the_exercises_without_points():
    page = (ROOT / "site" / "teaching" / "grading.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \*(.+)\* \| (`.+`) \|$", page, re.MULTILINE)
    listed = {title.lower(): set(re.findall(r"`(\w+)`", names)) for title, names in rows}
    assert listed == {name.replace("_", " "): names for name, names in WITHOUT_POINTS.items()}


@every_lesson
def test_an_assignment_leads_to_no_file_that_students_do_not_have(lesson):
    text = "\n".join(c.source for c in assignment(lesson).cells if c.cell_type == "markdown")
    assert not [to for to in re.findall(r"\]\(([^)]+)\)", text) if not to.startswith("http")]


def test_right_answers_get_all_points_wrong_and_untouched_ones_none(graded):
    with open(graded / "grades.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == GRADED]
    marks = {row["student_id"]: (row["score"], row["max_score"]) for row in rows}
    n = str(float(len(mistakes(GRADED))))
    assert marks == {"right": (n, n), "wrong": ("0.0", n), "untouched": ("0.0", n)}


def test_the_feedback_names_each_mistake_and_shows_no_code_of_the_checks(graded):
    page = graded / "feedback" / "wrong" / GRADED / f"{GRADED}.html"
    text = said(html.unescape(page.read_text(encoding="utf-8")))
    for first, *_others in mistakes(GRADED).values():
        assert first.says in text
    assert "Traceback (most recent" not in text


def test_an_assignment_that_a_teacher_changed_stays(tmp_path):
    path = write(LESSON, tmp_path)
    assert write(LESSON, tmp_path) == path
    changed = path.read_text(encoding="utf-8").replace('"points": 1', '"points": 2')
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(FileExistsError, match="delete it first"):
        write(LESSON, tmp_path)
    assert path.read_text(encoding="utf-8") == changed


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "An assignment is made from one lesson: try make assignment LESSON=04."),
        ("1", "An assignment is made from one lesson, and "),
        ("99", "no lesson begins with '99': try its number, as in 04."),
    ],
)
def test_make_assignment_says_which_lessons_there_are(number, sentence):
    with pytest.raises(SystemExit, match=re.escape(sentence)):
        main(number)
