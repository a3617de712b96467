"""Wrong answers that learners give, and what the checks say to them.

``lessons/mistakes/<name>.toml`` holds those of a lesson. Under the name of a check, ``answer`` is
what a learner writes and ``misconception`` what may be behind it, in a few words. ``says`` is the
message of the check: ``make notebooks`` gives it the answer in the lesson's kernel and records it.
"""

import json
import re
import textwrap
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "lessons" / "mistakes"


class Mistake(NamedTuple):
    """A wrong answer to an exercise.

    Attributes
    ----------
    answer : str
        The code that a learner writes into the exercise's cell.
    says : str
        What the check prints, in one line; empty until it is recorded.
    misconception : str
        What may be behind it, in a few words; empty where the answer and the message tell.
    """

    answer: str
    says: str
    misconception: str


class Exercise(NamedTuple):
    """An exercise of a lesson: its heading, without "Your turn: ", and the code of its check."""

    heading: str
    check: str


def exercises(notebook: NotebookNode) -> dict[str, Exercise]:
    """The exercises of a lesson in their order, by the names of their checks."""
    found, heading = {}, ""
    for cell, following in pairwise([*notebook.cells, None]):
        if cell.cell_type == "markdown":
            heading = [heading, *re.findall(r"^#+ (.*)$", cell.source, re.MULTILINE)][-1]
        elif "exercise" in cell.metadata.get("tags", []):
            name = re.search(r"checks\.(\w+)\(", following.source)[1]
            found[name] = Exercise(heading.removeprefix("Your turn: "), following.source)
    return found


def mistakes(name: str) -> dict[str, list[Mistake]]:
    """The recorded mistakes of a lesson, by the names of its checks, in the lesson's order.

    Parameters
    ----------
    name : str
        Name of the lesson: its file name without the number.

    Raises
    ------
    FileNotFoundError
        If there is no such lesson.
    ValueError
        If the file of its mistakes is not in its form; the message says where.
    """
    return _read(name, exercises(_notebook(name)))


def mistakes_by_heading(name: str) -> dict[str, list[Mistake]]:
    """The same, by the headings of the exercises, as in "count the parameters"."""
    there = exercises(_notebook(name))
    return {there[check].heading: found for check, found in _read(name, there).items()}


def said(text: str) -> str:
    """What a check has printed, in the form in which it is recorded: one line."""
    return " ".join(text.split())


def record(name: str, notebook: NotebookNode, run: Callable[[str], str]) -> None:
    """Give every recorded answer to its check, and write down what it says.

    Parameters
    ----------
    name : str
        Name of the lesson.
    notebook : NotebookNode
    run : callable
        Runs code in the lesson's kernel, after all of its cells, and returns what it prints.

    Raises
    ------
    ValueError
        If a check does not find an answer wrong.
    """
    there = exercises(notebook)
    parts = ["# What is wrong: by hand. What the checks say: by `make notebooks`.\n"]
    for check, found in _read(name, there).items():
        for mistake in found:
            run(mistake.answer)
            says = said(run(there[check].check))
            if not says.startswith("Not yet."):
                raise ValueError(
                    f"expected a wrong answer to {check}, got {mistake.answer!r}, to which the "
                    f"check says {says!r}: try another."
                )
            parts.append(_written(check, mistake._replace(says=says)))
    if len(parts) > 1:
        (FOLDER / f"{name}.toml").write_text("\n".join(parts), encoding="utf-8")


def are_recorded(name: str) -> bool:
    """Whether each mistake of a lesson has its message."""
    return all(mistake.says for found in mistakes(name).values() for mistake in found)


def _notebook(name):
    paths = [*(ROOT / "notebooks").glob(f"[0-9]*_{name}.ipynb")]
    if not paths:
        raise FileNotFoundError(
            f"no notebook is called {name!r}: try the name of a lesson without its number, as in "
            "'start_here'."
        )
    return nbformat.read(paths[0], as_version=4)


def _read(name, there):
    path = FOLDER / f"{name}.toml"
    where = path.relative_to(ROOT)
    if not path.exists():  # a new lesson; a test asks for its mistakes
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{where} is not TOML: {error}.") from None
    if unknown := [check for check in tables if check not in there]:
        raise ValueError(
            f"{where}: expected checks of the lesson's exercises, {', '.join(there)}, got "
            f"{unknown[0]!r}."
        )
    if single := [check for check, table in tables.items() if not isinstance(table, list)]:
        raise ValueError(
            f"{where}: expected [[{single[0]}]], in double brackets, for each mistake."
        )
    return {
        check: [_mistake(table, f"{where}, {check}") for table in tables[check]]
        for check in there
        if check in tables
    }


def _mistake(table, where):
    fields = dict.fromkeys(Mistake._fields, "") | table if isinstance(table, dict) else {}
    if set(fields) != set(Mistake._fields) or not all(isinstance(f, str) for f in fields.values()):
        raise ValueError(
            f"{where}: expected {', '.join(Mistake._fields)}, each a text, got {table!r}."
        )
    if not fields["answer"].strip():
        raise ValueError(f"{where}: expected an answer, the code that a learner writes, got none.")
    return Mistake(fields["answer"].strip("\n"), said(fields["says"]), fields["misconception"])


def _written(check, mistake):
    """A mistake as its file has it; a message in lines that can be read and compared."""
    lines = [f"[[{check}]]"]
    if mistake.misconception:
        lines.append(f"misconception = {json.dumps(mistake.misconception, ensure_ascii=False)}")
    code = mistake.answer
    lines.append(
        f"answer = '''\n{code}\n'''"
        if "'''" not in code and ("\n" in code or '"' in code)
        else f"answer = {json.dumps(code, ensure_ascii=False)}"
    )
    message = textwrap.fill(mistake.says, 98, break_long_words=False, break_on_hyphens=False)
    lines.append(f"says = '''\n{message}\n'''")
    return "\n".join([*lines, ""])
