"""Multiple-choice questions at the end of a lesson, shown with jupyterquiz."""

import html
import json
import re
from pathlib import Path

from IPython.display import display
from IPython.utils.capture import capture_output

from course_utils._course_files import course_files

# White on blue and dark on light keep a contrast of 4.5 or more; the library's feedback does not.
COLORS = {
    "--jq-multiple-choice-bg": "#1f3a5f",
    "--jq-mc-button-bg": "#fafafa",
    "--jq-incorrect-color": "#b00020",
    "--jq-correct-color": "#00701a",
}
STYLE = """
.Quiz .Answer {grid-template-columns: 1fr;}
.Quiz .MCButton {justify-content: start; text-align: left;}
.Quiz .MCButton:focus-within {outline: 3px solid #f2a900;}
.Quiz .MCButton::after {margin-left: auto; padding-left: 10px;}
.Quiz .correctButton::after {content: "✓";}
.Quiz .incorrectButton::after {content: "✗";}
.Quiz .Feedback {background: #fafafa; border-radius: 5px; padding: 6px; margin: 6px;}
.Quiz .Feedback:empty, div:has(> .Quiz) > .plain {display: none;}
"""

# By their paths: the package of the widgets takes long to import.
HERE = Path(__file__).parent
SCRIPTS = (HERE / "widgets" / "_base" / "keyboard.js", HERE / "quiz.js")


def show_quiz(name: str) -> None:
    """Show the questions of a quiz. Each answer gets its own feedback when it is chosen.

    Where scripts do not run, as on GitHub, the questions are shown as plain text.

    Parameters
    ----------
    name : str
        Of a JSON file in ``lessons/quizzes``, without its ending: a list of questions in the form
        of jupyterquiz, each with its answers, and each answer with ``correct`` and ``feedback``.

    Raises
    ------
    FileNotFoundError
        If there is no such quiz. The message lists those there are.
    ModuleNotFoundError
        If jupyterquiz is not installed.
    """
    try:
        from jupyterquiz import display_quiz
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "A quiz needs jupyterquiz, which comes with the packages of the course: try "
            "`%pip install jupyterquiz` in a cell."
        ) from error
    files = course_files("quizzes/*.json")
    if name not in files:
        there = ", ".join(files) or "none: download the course again, with lessons/quizzes"
        raise FileNotFoundError(f"no quiz is called {name!r}. There are: {there}.")
    questions = json.loads(files[name].read_text(encoding="utf-8"))
    with capture_output() as shown:
        display_quiz(questions, colors=COLORS, border_radius=5, max_width=800)
    markup, script = (output.data for output in shown.outputs)
    # The library's random name would make every execution of a notebook differ.
    random_name = re.search(r'<div id="(\w+)"', markup["text/html"])[1]
    element = f"quiz_{name}"
    # Quizzes have no formulas, and the course loads nothing from other hosts. In a notebook that
    # has formulas, the library fails on JupyterLab's MathJax, which does not report a version.
    program = re.sub(r"https://cdn[^']*", "data:,", script["application/javascript"])
    program = re.sub(r"\bMathJax\b", "NoMathJax", program)
    ours = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    program += f"{{\n{ours}\nprepareQuiz('{element}');\n}}\n"
    page = f"{markup['text/html']}<style>{STYLE}</style>{_as_list(questions)}</div>"
    bundle = {"text/html": page.replace(random_name, element)}
    display(bundle | {"text/plain": f"Quiz: {len(questions)} questions"}, raw=True)
    display({"application/javascript": program.replace(random_name, element)}, raw=True)


def _as_list(questions):
    """The questions and their possible answers as HTML, for a page that runs no script."""
    items = [
        f"<li>{question['question']}<ul>"
        + "".join(f"<li>{html.escape(a['answer'])}</li>" for a in question["answers"])
        + "</ul></li>"
        for question in questions
    ]
    return f'<ol class="plain">{"".join(items)}</ol>'
