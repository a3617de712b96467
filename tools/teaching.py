"""The pages of the instructor's guide, made from the lessons and from lessons/teaching.

``write(folder)`` writes them. The hand-written part of a lesson is ``lessons/teaching/<name>.md``;
minutes, objectives, names that later cells need and the mistakes that the checks know are taken
from the notebook and from lessons/mistakes, so that they are those of today.
"""

import ast
import datetime
import re
import symtable
import tomllib
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import nbformat

from tools import course, minutes
from tools.mistakes import mistakes_by_heading

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "site" / "teaching"
TEXTS = ROOT / "lessons" / "teaching"
PARTS = ["Ask the room", "When time is short", "What goes wrong"]  # of a hand-written page
EXERCISE = "Your turn: "
QUESTION = 5  # minutes: silence, a vote, neighbours, another vote, reasons
LONG = 6  # lines of a solution, from which on an exercise is a long one


class Lesson(course.Lesson):
    """A lesson, with what its notebook says."""

    @property
    def cells(self):
        return cells_of(self.path)

    @property
    def split(self):
        return minutes.split(self.name, self.cells)

    @property
    def memory(self):
        """MiB that its kernel holds for itself, as measured: the README has the table."""
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        [row] = re.findall(rf"\(notebooks/{self.path.name}\) \| \d+ \| (\d+) \|", readme)
        return int(row)

    @property
    def objectives(self):
        [cell] = [c for c in self.cells if c.source.startswith("## By the end you can")]
        return re.findall(r"^- (.*)$", cell.source, re.MULTILINE)


@cache
def cells_of(path):
    """The cells of a notebook."""
    return nbformat.read(path, as_version=4).cells


@cache
def lessons():
    """All lessons in order."""
    return [Lesson(*row) for row in course.lessons()]


def called(name):
    """The lesson with a name."""
    of_name = {lesson.name: lesson for lesson in lessons()}
    if name not in of_name:
        raise ValueError(f"expected the name of a lesson, got {name!r}: try {', '.join(of_name)}.")
    return of_name[name]


# Sections


def pieces(cells):
    """A lesson cut at its headings: (level, heading or "", cells) for each piece."""
    found = [(0, "", [])]
    for cell in cells:
        if cell.cell_type != "markdown":
            found[-1][2].append(cell)
            continue
        lines, is_code = [], False
        for line in cell.source.splitlines():
            is_code ^= line.startswith("```")
            if not is_code and (heading := re.match(r"(#+) (.*)", line)):
                found[-1][2].append(nbformat.v4.new_markdown_cell("\n".join(lines)))
                found.append((len(heading[1]), heading[2].strip(), []))
                lines = []
            lines.append(line)
        found[-1][2].append(nbformat.v4.new_markdown_cell("\n".join(lines)))
    return found


def section(cells, heading):
    """The cells of a section with those of its subsections, and the cells after it.

    An exercise ends with its solution.
    """
    cut = pieces(cells)
    places = [i for i, (_, title, _) in enumerate(cut) if title == heading]
    if len(places) != 1:
        there = ", ".join(repr(title) for _, title, _ in cut if title)
        raise ValueError(
            f"expected one section {heading!r}, got {len(places)}: try one of {there}."
        )
    first = last = places[0]
    while last + 1 < len(cut) and cut[last + 1][0] > cut[first][0]:
        last += 1
    inside = [cell for *_, found in cut[first : last + 1] for cell in found]
    after = [cell for *_, found in cut[last + 1 :] for cell in found]
    if heading.startswith(EXERCISE):
        ends = [i for i, c in enumerate(inside) if "solution" in c.metadata.get("tags", [])]
        inside, after = inside[: ends[0] + 1], inside[ends[0] + 1 :] + after
    return inside, after


def saved(cells, heading):
    """Minutes saved by leaving a section out, without those of waiting: a whole number."""
    inside, _ = section(cells, heading)
    return round(sum(map(minutes.reading, inside)) + minutes.answering(inside))


def needed(cells, heading):
    """Names that later cells take from a section: its cells must run, also when it is skipped."""
    inside, after = section(cells, heading)
    defined = {name for cell in code_of(inside) for name in names_in(cell)[0]}
    found = set()
    for cell in code_of(after):
        assigned, used = names_in(cell)
        found |= defined & used
        defined -= assigned - used
    return sorted(found)


def code_of(cells):
    """The code that everybody runs: no exercise and no solution, as no later cell needs these."""
    own = {"exercise", "solution"}
    return [
        cell.source
        for cell in cells
        if cell.cell_type == "code" and not own & set(cell.metadata.get("tags", []))
    ]


def names_in(code):
    """Names that a cell assigns, and names that it takes from cells above.

    A name may be both, as `n` in ``n = n + 1``.
    """
    tables = [symtable.symtable(code, "cell", "exec")]
    assigned = {s.get_name() for s in tables[0].get_symbols() if s.is_assigned() or s.is_imported()}
    used = {s.get_name() for s in tables[0].get_symbols() if s.is_referenced()}
    for table in tables:  # functions and comprehensions, and those inside of them
        tables += table.get_children()
        used |= {s.get_name() for s in table.get_symbols() if s.is_global()}
    first = {ast.Store: {}, ast.Load: {}}  # the first line of each name
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and type(node.ctx) in first:
            line = first[type(node.ctx)].get(node.id, node.lineno)
            first[type(node.ctx)][node.id] = min(node.lineno, line)
    made = {n for n, line in first[ast.Store].items() if line < first[ast.Load].get(n, line)}
    made |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    added_to = [node.target for node in ast.walk(tree) if isinstance(node, ast.AugAssign)]
    changed = {target.id for target in added_to if isinstance(target, ast.Name)}
    return assigned, used - (assigned & made) | changed - made


# The page of a lesson


def page(lesson):
    """The page of a lesson, as MyST Markdown."""
    teaching, exercises = lesson.split
    waiting = round(60 * minutes.waiting(lesson.name))
    text = text_of(lesson)
    text = re.sub(r"\]\((\d\d_\w+\.ipynb)\)", r"](../lessons/\1)", text)
    objectives = "\n".join(f"- {line.rstrip(';.')}" for line in lesson.objectives)
    return f"""# Teaching: {lesson.title}

**{lesson.minutes} minutes**: {teaching} of teaching (reading, code, {waiting} seconds of waiting
for cells), {exercises} of exercises and quiz. The kernel holds {lesson.memory} MiB.

[The lesson](../lessons/{lesson.path.name}) ·
<a href="../{lesson.slides}">Slides</a> ·
<a href="../{lesson.in_tab}">Run it in your browser</a>

## Run sheet

{run_sheet(lesson)}

{with_minutes(text, lesson.cells)}
## By the end they can

{objectives}

## Mistakes that the checks know

What may be behind a wrong answer, what a learner writes, and what the check says to it.

{mistake_lists(lesson.name)}"""


def run_sheet(lesson):
    """A table of the sections: from which minute on, for how long, what to ask, which exercises."""
    rows = [["Beginning", [], [], []]]
    for level, heading, cells in pieces(lesson.cells):
        if level == 2 and not heading.startswith("By the end"):
            rows.append([heading, [], [], []])
        rows[-1][1].extend(cells)
        rows[-1][2].extend(q.title for q in questions(text_of(lesson)) if q.section == heading)
        rows[-1][3].extend([heading.removeprefix(EXERCISE)] * heading.startswith(EXERCISE))
    waiting, quiz = minutes.waiting(lesson.name), minutes.quiz(lesson.name)
    lengths = [sum(map(minutes.reading, cells)) + minutes.answering(cells) for _, cells, *_ in rows]
    lengths = [n + quiz * (row[0] == "Quiz") for n, row in zip(lengths, rows, strict=True)]
    if waiting:
        rows.append(["*Waiting for cells, in all*", [], [], []])
        lengths.append(waiting)
    ends = [round(n) for n in accumulate(lengths)]
    ends[-1] = lesson.minutes  # rounded up
    long = long_exercises(lesson)
    table = ["| section | minutes | ask the room | your turn |", "| --- | ---: | --- | --- |"]
    for (heading, _, asked, tasks), (begin, end) in zip(rows, pairwise([0, *ends]), strict=True):
        tasks = [f"{task} (long: {long[task]} lines)" if task in long else task for task in tasks]
        cells = [heading, end - begin or "under 1", "; ".join(asked), "; ".join(tasks)]
        table.append("| " + " | ".join(map(str, cells)) + " |")
    both = lesson.minutes + 2 * QUESTION
    table.append(f"| *In all* | {lesson.minutes} | *{both} minutes with both questions* | |")
    return "\n".join(table)


def long_exercises(lesson):
    """Exercises whose solutions are long, with their lines of code: a class needs more for them."""
    found = {}
    for _, heading, cells in pieces(lesson.cells):
        solutions = [c.source for c in cells if "solution" in c.metadata.get("tags", [])]
        lines = [line.strip() for source in solutions for line in source.splitlines()]
        count = sum(bool(line) and not line.startswith("#") for line in lines)
        if count >= LONG:
            found[heading.removeprefix(EXERCISE)] = count
    return found


def text_of(lesson):
    """The hand-written part of a lesson's page."""
    return (TEXTS / f"{lesson.name}.md").read_text(encoding="utf-8")


class Question(NamedTuple):
    """A question for the room, with its `place`: (preposition, heading, what else is said)."""

    title: str
    place: tuple[str, str, str]
    stem: str
    options: dict[str, str]
    answer: str  # begins with the letter

    @property
    def section(self):
        return self.place[1]

    @property
    def right(self):
        return re.match(r"\*\*(\w)\*\*", self.answer)[1]


def questions(text):
    """The questions for the room on a hand-written page."""
    part = text.partition(f"## {PARTS[0]}\n")[2].partition("\n## ")[0]
    found = []
    for block in part.split("\n### ")[1:]:
        title, when, *stem, options, answer = re.split(r"\n\n+", block.strip())
        place = re.fullmatch(r"When: (before|after|in) \*\*(.+?)\*\*,? ?(.*)\.", when)
        listed = dict(re.findall(r"^- \*\*(\w)\*\* (.*)$", options, re.MULTILINE))
        right = answer.removeprefix("Right: ")
        found.append(Question(title, place.groups(), "\n\n".join(stem), listed, right))
    return found


def skips(text):
    """Headings of the sections that a hand-written page allows to skip."""
    part = text.partition("## When time is short")[2].partition("\n## ")[0]
    return re.findall(r"^- \*\*(.+?)\*\*:", part, re.MULTILINE)


def with_minutes(text, cells):
    """A hand-written page, with the minutes that each skip saves and what must run all the same."""
    for heading in skips(text):
        names = needed(cells, heading)
        of_it = ", ".join(f"`{name}`" for name in names) if len(names) < 5 else "what they define"
        run = f"; run its cells: later ones need {of_it}" if names else ""
        says = f"- **{heading}** ({saved(cells, heading) or 'under 1'} min{run}):"
        text = text.replace(f"- **{heading}**:", says)
    return text


def mistake_lists(name):
    """For each exercise: what a learner writes, what may be behind it, what the check says."""
    lists = []
    for heading, found in mistakes_by_heading(name).items():
        rows = map(mistake_entry, found)
        lists.append(f"### {capital(heading)}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(lists)


def mistake_entry(mistake):
    """An answer of one line stands beside what may be behind it; a longer one below."""
    behind = capital(plain(mistake.misconception).rstrip("."))
    behind = f"**{behind}.**" if behind else ""
    says = f"The check: {plain(mistake.says.removeprefix('Not yet. '))}"
    if "\n" in mistake.answer:
        return f"- {behind}\n\n  ```python\n{indented(mistake.answer)}\n  ```\n\n  {says}"
    return f"- {behind} `{mistake.answer}`\\\n  {says}"


def plain(text):
    """Text in which Markdown sees no marks."""
    return re.sub(r"([\\*_{}\[\]<>$|~#`])", r"\\\1", text)


def capital(text):
    return text[:1].upper() + text[1:]


def indented(text):
    return "\n".join(f"  {line}".rstrip() for line in text.splitlines())


# Plans


def plans():
    """The plans, each as a table with its sums."""
    listed = tomllib.loads((SOURCE / "plans.toml").read_text(encoding="utf-8"))["plan"]
    return "\n\n".join(map(plan, listed))


class Visit(NamedTuple):
    """A lesson in class: what it takes, and what is left out to make room."""

    lesson: Lesson
    questions: int
    skipped: list
    minutes: int


def visit(given, name):
    """A lesson as a plan has it. A question about a section that is left out is left out, too."""
    lesson = called(name)
    skipped = given.get("skip", {}).get(name, [])
    allowed = skips(text_of(lesson))
    if unknown := [heading for heading in skipped if heading not in allowed]:
        raise ValueError(
            f"expected sections that {lesson.title!r} allows to skip, got {unknown[0]!r}: "
            f"try one of {allowed}."
        )
    asked = [q for q in questions(text_of(lesson)) if q.section not in skipped]
    count = min(len(asked), given.get("questions", 2))
    less = sum(saved(lesson.cells, heading) for heading in skipped)
    return Visit(lesson, count, skipped, lesson.minutes + QUESTION * count - less)


def plan(given):
    """One plan: a timetable if it says when it starts, otherwise a row for each session."""
    steps = [step for session in given["session"] for step in session["steps"]]
    home = [name for session in given["session"] for name in session.get("home", [])]
    visits = [visit(given, step) for step in steps if isinstance(step, str)]
    breaks = sum(step for step in steps if isinstance(step, int))
    at_home = sum(called(name).minutes for name in home)
    asked = sum(found.questions for found in visits)
    sums = f"In class {hours(sum(found.minutes for found in visits))}, {asked} questions included"
    sums += f", and {hours(breaks)} of breaks" if breaks else ""
    sums += f"; at home {hours(at_home)}." if at_home else "."
    rows = timetable(given) if "start" in given else sessions(given)
    return f"### {given['title']}\n\n{given['says']}\n\n{rows}\n\n{sums} {given.get('after', '')}"


def timetable(given):
    """Lessons begin at full five minutes: what is left over is room to breathe."""
    clock = datetime.datetime.combine(datetime.date.today(), given["start"])
    rows = ["| from | what | minutes | of them questions | left out |"]
    rows.append("| --- | --- | ---: | ---: | --- |")
    for step in (step for session in given["session"] for step in session["steps"]):
        if isinstance(step, int):
            length, cells = step, [f"*{'lunch' if step > 30 else 'break'}*", step, "", ""]
        else:
            found = visit(given, step)
            length = -(-found.minutes // 5) * 5
            cells = [link(step), found.minutes, QUESTION * found.questions, left_out(found)]
        rows.append("| " + " | ".join(map(str, [f"{clock:%H:%M}", *cells])) + " |")
        clock += datetime.timedelta(minutes=length)
    rows.append(f"| {clock:%H:%M} | *end* | | | |")
    return "\n".join(rows)


def sessions(given):
    rows = [f"| {given['unit']} | in class | minutes | at home | minutes |"]
    rows.append("| ---: | --- | ---: | --- | ---: |")
    for session in given["session"]:
        steps, home = session["steps"], session.get("home", [])
        here = [link(s) if isinstance(s, str) else f"*break of {s}*" for s in steps]
        visits = [visit(given, step) for step in steps if isinstance(step, str)]
        total = sum(found.minutes for found in visits) + sum(s for s in steps if isinstance(s, int))
        less = "; ".join(filter(None, map(left_out, visits)))
        there = [*map(link, home), *([session["note"]] if "note" in session else [])]
        at_home = sum(called(name).minutes for name in home) or ""
        what = "; ".join(here) + (f". Without {less}" if less else "")
        cells = [session["title"], what, total, "; ".join(there), at_home]
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def left_out(found):
    """Sections that a lesson leaves out, with the minutes that each saves."""
    parts = [
        f"*{heading}* ({saved(found.lesson.cells, heading) or 'under 1'})"
        for heading in found.skipped
    ]
    gone = [q.title for q in questions(text_of(found.lesson)) if q.section in found.skipped]
    parts += [f"the question *{title}* ({QUESTION})" for title in gone]
    return "; ".join(parts)


def hours(total):
    """Minutes as hours and minutes."""
    return f"{total // 60} h {total % 60:02} min" if total >= 60 else f"{total} min"


def link(name):
    return f"[{called(name).title}]({called(name).path.stem}.md)"


def overview():
    """A table of all lessons: minutes, memory."""
    rows = ["| lesson | minutes | teaching | exercises | memory (MiB) |"]
    rows.append("| --- | ---: | ---: | ---: | ---: |")
    for lesson in lessons():
        cells = [link(lesson.name), lesson.minutes, *lesson.split, lesson.memory]
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


# All pages


def pages():
    """The pages that are made, as MyST Markdown by their file names."""
    made = {f"{lesson.path.stem}.md": page(lesson) for lesson in lessons()}
    listed = [
        "set_up",
        "grading",
        *(f"{lesson.title} <{lesson.path.stem}>" for lesson in lessons()),
    ]
    values = {
        "PLANS": plans(),
        "QUESTION": str(QUESTION),
        "WORDS": str(minutes.WORDS),
        "EXERCISE": str(minutes.EXERCISE),
        "LONG": str(LONG),
        "OVERVIEW": overview(),
        "MOST_MEMORY": str(max(lesson.memory for lesson in lessons())),
        "CONTENTS": "\n".join(["```{toctree}", ":hidden:", "", *listed, "```"]),
    }
    for name in ("index", "set_up"):
        text = (SOURCE / f"{name}.md").read_text(encoding="utf-8")
        made[f"{name}.md"] = re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], text)
    return made


def write(folder):
    """Write the pages of the guide that are made into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
