"""What of a lesson stays on a slide, and what becomes the notes of the person who speaks.

The heading, the question before a result, sentences that explain a **term**, formulas, tables,
short lists, code and what it made stay on the slides. The notes have all prose, whole, on the slide
that it belongs to: what explains a result, on the slide with that result. A question is repeated
above the figure that ends its stretch. Imports, checks and the quiz are left out. An exercise has a
slide of its own, and its solution lies on the slide below. So does code that asks nothing, below
what it made. What does not fit goes on to another slide.

A lesson can override this for a cell with the usual ``slideshow`` metadata: ``skip`` leaves the
cell out, ``notes`` moves its text into the notes, ``slide``, ``subslide`` and ``fragment`` keep all
of its text. Code begins a slide with ``slide``, one below with ``subslide``.
"""

import ast
import re
from dataclasses import dataclass, field, replace

from tools.slides import sizes
from tools.slides.prose import FORCED, MANY_WORDS, Part, asks, blocks, divide, sort, words

FEW_WORDS = 30  # fewer do not fill a slide
WHOLE = ("exercise", "summary")  # kinds of slides that are read as a whole
TITLE, GOALS, SUMMARY = "# ", "## By the end you can …", "## What you saw"
LAST = "## Going deeper"


@dataclass
class Slide:
    """One slide, to the right of the one before it or ``below`` it. Notes are in Markdown."""

    heading: str
    kind: str = "story"
    below: bool = False
    parts: list = field(default_factory=list)
    notes: list = field(default_factory=list)


# Reading a lesson


def is_result(part):
    """Whether a part can answer a question, as a line of shapes or a True cannot."""
    is_sanity = "\n" not in part.source and re.search(r"\bTrue\b|\(\d+,", part.source)
    is_printed = part.kind == "print" and not is_sanity
    return is_printed or part.kind in ("figure", "html") or part.source.startswith("|")


def without_imports(source):
    """Code without its imports; nothing of the cell that sets up a lesson."""
    lines = source.splitlines()
    nodes = ast.parse(re.sub(r"^[%!]", "#", source, flags=re.MULTILINE)).body
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in reversed(imports):
        del lines[node.lineno - 1 : node.end_lineno]
    return "" if len(imports) > 2 else "\n".join(lines).strip()


def results(cell):
    """What a code cell drew and printed, as parts of a slide."""
    found = []
    for output in sorted(cell.outputs, key=lambda output: output.output_type == "stream"):
        html = output.get("data", {}).get("text/html", "")
        html = re.sub(r"</figcaption></figure><p>([^<]*)</p>", r" \1</figcaption></figure>", html)
        if output.output_type == "stream":
            found.append(Part("print", sizes.shorten(output.text)))
        elif "<img" in html:
            found.append(Part("figure", html))
        elif "<table" in html:
            found.append(Part("html", html))
    return found


def tags(cell):
    return cell.metadata.get("tags", [])


def sections(notebook):
    """A lesson by its headings: (heading, what follows) with blocks and code cells in order."""
    found = []
    for cell in notebook.cells:
        role = cell.metadata.get("slideshow", {}).get("slide_type", "-")
        if cell.cell_type == "code":
            is_left_out = "check" in tags(cell) or "show_quiz(" in cell.source or role == "skip"
            if not is_left_out and without_imports(cell.source):
                found[-1][1].append((role if role in FORCED else "code", cell))
        elif role != "skip":
            for kind, text in blocks(cell.source):
                if kind == "heading":
                    found.append((text, []))
                else:
                    found[-1][1].append((role if role in (*FORCED, "notes") else kind, text))
    return found


# Making slides


class Deck:
    """Slides, filled one after the other."""

    def __init__(self):
        self.slides = []
        self.asked = ""  # the question of this stretch of slides
        self.place = 0  # of the slide with the question
        self.answer = None  # the slide with the newest result

    def begin(self, heading, kind="story", below=False):
        self.slides.append(Slide(heading, kind, below))

    @property
    def last(self):
        return self.slides[-1]

    def fits(self, parts):
        return sizes.fits([*self.last.parts, *parts], self.last)

    def go_on(self):
        """Begin a slide with the same heading: to the right of code that lies below."""
        if self.last.kind == "code":
            self.begin(self.last.heading)
        else:
            self.begin(self.last.heading, self.last.kind, self.last.below)

    def add(self, *parts):
        """Put parts that belong together on this slide, or on another with the same heading."""
        is_full = self.last.parts and not (self.has_room(parts) and self.fits(parts))
        if is_full or self.last.kind == "code":
            self.go_on()
            parts = [replace(part, step=0) for part in parts]
        self.last.parts += parts
        self.last.notes += [note for part in parts for note in part.notes]

    def add_below(self, *parts):
        """Put parts on a slide below this one, where the key for the next slide passes them by."""
        for part in parts:
            self.begin(self.last.heading, "code", below=True)
            self.last.parts.append(part)

    def has_room(self, parts):
        """Whether people can read these parts while they read the others on the slide."""
        read = [p.source for p in [*self.last.parts, *parts] if p.kind == "text" and not p.step]
        is_read = len(read) > 1 and any(part.kind == "text" and not part.step for part in parts)
        return not is_read or self.last.kind in WHOLE or words(*read) <= MANY_WORDS

    def ask(self, question):
        """Begin a stretch with a question, on the slide that comes last."""
        self.settle()
        self.asked, self.place = question, len(self.slides) - 1

    def settle(self):
        """Repeat the question of a stretch above its last figure, or else above its last result."""
        found = [slide for slide in self.slides[self.place :] if any(map(is_result, slide.parts))]
        drawn = [slide for slide in found if any(part.kind == "figure" for part in slide.parts)]
        if self.asked and found:
            slide = (drawn or found)[-1]
            parts = [Part("again", self.asked), *slide.parts]
            if slide is not self.slides[self.place] and sizes.fits(parts, slide):
                slide.parts = parts
        self.asked = ""

    def look_back(self, question):
        """Put a question that no result follows above the figure it is about, if it fits there."""
        slide = self.answer
        is_drawn = slide and any(part.kind == "figure" for part in slide.parts)
        if not is_drawn or not sizes.fits([Part("again", question), *slide.parts], slide):
            return False
        slide.parts.insert(0, Part("again", question))
        self.asked = ""
        return True

    def show(self, cell, question="", notes=()):
        """A code cell: the question, the code, and what it made as the next step.

        Code that asks nothing lies below what it made, if both do not fit on one slide.
        """
        made = [replace(part, step=1) for part in results(cell)]
        figures = [part for part in made if part.kind == "figure"]
        first, *others = sizes.split_code(without_imports(cell.source), question)
        parts = [Part("text", question)] * bool(question) + [Part("code", first)]
        if not asks(question) and made and (others or not self.fits([*parts, *made])):
            lead = [replace(part, kind="again") for part in parts[:-1]]
            self.show_alone(lead, made, notes)
            return self.add_below(parts[-1], *(Part("code", chunk) for chunk in others))
        if not sizes.fits(parts, self.last):
            self.add(parts.pop(0))
            if asks(question):
                self.ask(question)
            question = ""
        self.add(*parts)
        if asks(question):
            self.ask(question)
        self.last.notes += notes
        self.add_below(*(Part("code", chunk) for chunk in others))
        if made and not others and self.fits(made):
            self.last.parts += made
            self.answer = self.last
        elif made and not any(map(is_result, made)):
            self.last.notes += [f"`{part.source}`" for part in made]
        elif made:
            prints = [part for part in made if part not in figures]
            if figures and not others and not sizes.fits(made, self.last) and self.fits(prints):
                self.last.parts += prints
                made = figures
            self.show_alone([], made)

    def show_alone(self, lead, made, notes=()):
        """What a cell made, without its code: figures first, small prints below them."""
        if self.last.parts:
            self.go_on()
        self.last.notes += notes
        made = [replace(part, step=0) for part in made]
        lead = lead if sizes.fits([*lead, made[0]], self.last) else []
        self.add(*lead, made[0])
        self.answer = self.last
        for part in made[1:]:
            is_small = part.kind == "print" and "\n" not in part.source
            if is_small and not self.fits([part]):
                self.answer.notes.append(f"`{part.source}`")
                continue
            self.add(part)
            self.answer = self.last

    def story(self, heading, found, previous=None):
        """Prose and code under a heading, in turn; `previous` is the code cell before them."""
        pending = []
        for kind, thing in [*found, ("end", None)]:
            if isinstance(thing, str):
                pending.append((kind, thing))
                continue
            after, before = divide(pending) if previous else ([], pending)
            if not thing:
                after, before = [*after, *before], []
            parts, question, notes = sort(after, lead=not previous)
            if self.answer and previous and not parts:
                self.answer.notes += notes
                notes = []
            if not thing and asks(question) and self.look_back(question):
                question = ""
            self.say(parts, question, bool(previous))
            self.last.notes += notes
            if not thing:
                return
            parts, question, notes = sort(before, lead=True)
            if (
                not (question or parts or results(thing))
                and self.last.heading == heading
                and previous
            ):
                self.answer = self.answer or self.last
                self.answer.notes += notes
                chunks = sizes.split_code(without_imports(thing.source))
                self.add_below(*(Part("code", chunk) for chunk in chunks))
                pending, previous = [], thing
                continue
            if kind in FORCED[:2] or (previous and (question or parts or previous.outputs)):
                self.begin(heading, below=kind == "subslide")
            if any(map(is_result, parts)) and question:
                self.say(parts, question)
                self.last.notes += notes
                question, notes = "", []
            else:
                self.say(parts)
            self.answer = None
            self.show(thing, question, notes)
            self.answer = self.answer or self.last
            pending, previous = [], thing

    def say(self, parts, question="", is_first=False):
        """Parts in their order, the question before or after them; a table that answers it last."""
        asked = [Part("text", question)] if question else []
        tables = [part for part in parts if asked and is_result(part)]
        rest = [part for part in parts if part not in tables]
        for part in [*asked, *rest] if is_first else [*rest, *asked]:
            later = max([other.step for other in self.last.parts], default=0)
            self.add(replace(part, step=later + 1 if later else part.step))
        if asks(question):
            self.ask(question)
        for part in tables:
            self.add(replace(part, step=1 + max(other.step for other in self.last.parts)))


def goals(deck, title, found):
    """What people will be able to do; then what the lesson shows before its first heading."""
    deck.begin(GOALS)
    rest = []
    for kind, thing in found:
        if not isinstance(thing, str):
            rest += [(kind, thing)] if thing.outputs else []
        elif rest or not (kind.endswith("list") or thing.startswith("**What to know")):
            rest.append((kind, thing))
        elif kind.endswith("list"):
            deck.add(Part("text", thing))
        else:
            deck.last.notes.append(thing)
    if rest:
        deck.begin(title.replace(TITLE, "## "))
        deck.story(deck.last.heading, rest)


def task(deck, heading, found):
    """An exercise: the whole task, the cell to fill in, its solution below.

    Returns what follows, and the cell of the solution.
    """
    deck.begin(heading, "exercise")
    for index, (_, thing) in enumerate(found):
        if isinstance(thing, str):
            deck.add(Part("text", thing))
        elif "solution" in tags(thing):
            deck.begin(heading.replace("Your turn", "Solution"), "solution", below=True)
            lines = thing.source.splitlines()[1:-1]  # without "# Solution" and the check
            parts = [Part("code", chunk) for chunk in sizes.split_code("\n".join(lines))]
            for part in [*parts, *results(thing)]:
                deck.add(replace(part, kind="said") if part.kind == "print" else part)
            return found[index + 1 :], thing
        else:
            deck.show(thing)
    return [], None


def is_orphan(slide):
    """Whether a few words stand alone on a slide, and neither ask nor compute."""
    text = " ".join(part.source for part in slide.parts)
    is_text = slide.kind == "story" and {part.kind for part in slide.parts} == {"text"}
    return is_text and words(text) < FEW_WORDS and not re.search(r"\?|\$\$|^\|", text, re.MULTILINE)


def join_orphans(deck):
    """Join a few words that stand alone to a slide beside them, or leave them to its notes.

    Notes without a slide go to the slide before.
    """
    found = []
    for slide in deck:
        if slide.parts or slide.kind != "story" or not found:
            found.append(slide)
        else:
            found[-1].notes += slide.notes
    for slide in [slide for slide in found if is_orphan(slide)]:
        place = found.index(slide)
        after, before = found[place + 1 : place + 2], found[max(place - 1, 0) : place]
        # as (slides joined, the one that stays)
        pairs = [([slide, other], other) for other in after]
        pairs += [([other, slide], other) for other in before]
        alike = (slide.heading, slide.kind)
        pairs = [pair for pair in pairs if (pair[1].heading, pair[1].kind) == alike]
        joined = [
            ([part for one in both for part in one.parts], both, kept) for both, kept in pairs
        ]
        fitting = [pair for pair in joined if sizes.fits(pair[0], pair[2])]
        for parts, both, kept in [*fitting, *joined][:1]:
            kept.parts = parts if fitting else kept.parts
            kept.notes = [note for one in both for note in one.notes]
            found.remove(slide)
    return found


def slides(notebook):
    """The slides of a lesson.

    Parameters
    ----------
    notebook : NotebookNode
        As it is committed: executed.

    Returns
    -------
    list of Slide
    """
    deck, above = Deck(), ""
    for heading, found in sections(notebook):
        if heading == LAST:
            deck.last.notes += [text for _, text in found]
            continue
        above = heading if heading.startswith("## ") else above
        deck.settle()
        if heading.startswith(TITLE):
            deck.begin(heading, "title")
            deck.add(*[Part("text", text) for _, text in found])
        elif heading == GOALS:
            goals(deck, deck.slides[0].heading, found)
        elif heading == SUMMARY:
            deck.begin(heading, "summary")
            for _, text in found:
                deck.add(Part("text", text))
        elif any("exercise" in tags(thing) for _, thing in found if not isinstance(thing, str)):
            rest, solution = task(deck, heading, found)
            deck.story(above, rest, solution)
        elif found:
            deck.begin(heading)
            deck.story(heading, found)
    deck.settle()
    found = join_orphans(deck.slides)
    for slide in found:
        if not slide.notes:
            figures = [part.source for part in slide.parts if part.kind == "figure"]
            slide.notes = [f"What you see: {sizes.description_of(html)}" for html in figures]
    return found
