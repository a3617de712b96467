"""What of a lesson stays on a slide, and what becomes the notes of the person who speaks.

The heading, the question before a result, sentences that explain a **term**, formulas, tables,
short lists, code and what it made stay on the slides. All other prose goes into the notes of the
slide that it belongs to. Imports, checks and the quiz are left out. An exercise has a slide of its
own, and its solution lies on the slide below. What does not fit goes on to another slide.

A lesson can override this for a cell with the usual ``slideshow`` metadata: ``skip`` leaves the
cell out, ``notes`` moves its text into the notes, ``slide``, ``subslide`` and ``fragment`` keep all
of its text. Code begins a slide with ``slide``, one below with ``subslide``.
"""

import ast
import re
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tools.slides import sizes

MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
SENTENCE_END = r"(?<=[.?!])[)*_\"”]*\s+(?=[A-Z0-9*`$\[(“\"])"
SHOWN = ("math_block", "table", "fence")  # kinds of blocks that no voice replaces
FORCED = ("slide", "subslide", "fragment")
MANY_WORDS = 60  # more than people read while somebody speaks
TITLE, GOALS, SUMMARY = "# ", "## By the end you can …", "## What you saw"
LAST = "## Going deeper"


@dataclass
class Part:
    """Something on a slide: ``text`` in Markdown, ``code``, ``print``, ``figure``, ``html``.

    Two more kinds of text: ``again``, a question beside its answer, and ``said``, by a check.
    """

    kind: str
    source: str
    step: int = 0  # with how many keys it appears
    notes: list = field(default_factory=list)


@dataclass
class Slide:
    """One slide, to the right of the one before it or ``below`` it. Notes are in Markdown."""

    heading: str
    kind: str = "story"
    below: bool = False
    parts: list = field(default_factory=list)
    notes: list = field(default_factory=list)


# Reading a lesson


def blocks(source):
    """The blocks of a Markdown text: (kind, source) of each."""
    lines = source.splitlines()
    return [
        (token.type.removesuffix("_open"), "\n".join(lines[slice(*token.map)]).strip())
        for token in MARKDOWN.parse(source)
        if token.level == 0 and token.map and token.nesting >= 0
    ]


def words(*texts):
    return sum(len(re.sub(r"\$\$.*?\$\$", "", text, flags=re.DOTALL).split()) for text in texts)


def sentences(paragraph):
    """The sentences of a paragraph. A mark inside of code or of a formula ends none."""
    text, found, begin = " ".join(paragraph.split()), [], 0
    for end in re.finditer(SENTENCE_END, text):
        said = text[begin : end.start()]
        if said.count("`") % 2 == 0 and said.count("$") % 2 == 0 and said.count("**") % 2 == 0:
            found.append(text[begin : end.end()].strip())
            begin = end.end()
    return [*found, text[begin:]]


def asks(text):
    return "?" in re.sub(r"`[^`]*`|\]\([^)]*\)", "", text)


def points_back(said, index):
    """Whether a sentence says little without the one before it."""
    begins = re.match(r"(It|Its|That|These|They|This|Those|Such|Both)\b", said[index])
    return begins and index > 0 and words(said[index - 1]) <= 30


def choose(paragraph, lead=False, colon=False):
    """The sentences of a paragraph: those on terms, the question, and the rest.

    The sentence before a question stays with it, as it says what is asked about. Where none is
    asked, the first sentence of a `lead` stands in its place. With a `colon`, the last sentence
    counts as one on terms.
    """
    said = sentences(paragraph)
    asked = [index for index, sentence in enumerate(said) if asks(sentence)]
    question = set(range(max(asked[0] - 1, 0), asked[-1] + 1)) if asked else set()
    question |= {index - 1 for index in question if points_back(said, index)}
    if words(*(said[index] for index in question)) > MANY_WORDS:
        question = set(asked)
    terms = {i for i, text in enumerate(said) if "**" in text and words(text) <= 40} - question
    terms |= {index - 1 for index in terms if points_back(said, index)} - question
    if colon:
        terms |= {len(said) - 1} - question
    if lead and not (question or terms) and words(said[0]) <= 30:
        question = {0}
    rest = set(range(len(said))) - question - terms
    return [" ".join(said[index] for index in sorted(chosen)) for chosen in (terms, question, rest)]


def sort(found, lead=False):
    """What becomes of blocks of prose: parts of slides, the question, notes.

    A sentence that ends in a colon stays with what it leads to.
    """
    parts, question, notes = [], [], []
    last = max((i for i, (kind, _) in enumerate(found) if kind == "paragraph"), default=None)
    colon = False  # the part before leads to this block
    for index, (kind, text) in enumerate(found):
        if kind == "paragraph":
            follows = found[index + 1][0] if index + 1 < len(found) else ""
            colon = follows in SHOWN and text.endswith(":")
            terms, asked, rest = choose(text, lead and index == last, colon)
            question += [asked] if asked else []
            notes += [rest] if rest else []
            if terms:
                parts.append(Part("text", terms, notes=notes))
                notes = []
            continue
        is_list = kind.endswith("list")
        if is_list and asks(text):
            question.append(text)
        elif kind == "math_block" and colon and parts:
            parts[-1].source += f"\n\n{text}"
        elif kind in (*SHOWN, *FORCED) or (is_list and words(text) <= MANY_WORDS):
            parts.append(Part("text", text, int(kind == "fragment"), notes))
            notes = []
        else:
            notes.append(text)
        colon = False
    return parts, "\n\n".join(question), notes


def divide(found):
    """Prose between two code cells: what looks back on the first, what leads to the second."""
    places = [index for index, (kind, text) in enumerate(found) if asks(text) and kind != "notes"]
    if places:
        return found[: places[0]], found[places[0] :]
    if found and (len(found) > 1 or found[-1][1].endswith(":")):
        return found[:-1], found[-1:]
    return found, []


def without_imports(source):
    """Code without its imports; nothing of the cell that sets up a lesson."""
    lines = source.splitlines()
    nodes = ast.parse(re.sub(r"^[%!]", "#", source, flags=re.MULTILINE)).body
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in reversed(imports):
        del lines[node.lineno - 1 : node.end_lineno]
    return "" if len(imports) > 2 else "\n".join(lines).strip()


def results(cell):
    """What a code cell printed and drew, as parts of a slide."""
    for output in cell.outputs:
        html = output.get("data", {}).get("text/html", "")
        html = re.sub(r"</figcaption></figure><p>([^<]*)</p>", r" \1</figcaption></figure>", html)
        if output.output_type == "stream":
            yield Part("print", sizes.shorten(output.text))
        elif "<img" in html:
            yield Part("figure", html)
        elif "<table" in html:
            yield Part("html", html)


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
        self.asked = ""  # the question that no result has answered yet

    def begin(self, heading, kind="story", below=False):
        self.slides.append(Slide(heading, kind, below))

    @property
    def last(self):
        return self.slides[-1]

    def fits(self, parts):
        return sizes.fits([*self.last.parts, *parts], self.last)

    def go_on(self):
        self.begin(self.last.heading, self.last.kind, self.last.below)

    def add(self, *parts):
        """Put parts that belong together on this slide, or on another with the same heading."""
        if self.last.parts and not (self.has_room(parts) and self.fits(parts)):
            self.go_on()
            parts = [replace(part, step=0) for part in parts]
        self.last.parts += parts
        self.last.notes += [note for part in parts for note in part.notes]

    def has_room(self, parts):
        """Whether people can read these parts while they read the others on the slide."""
        read = [p.source for p in [*self.last.parts, *parts] if p.kind == "text" and not p.step]
        is_read = len(read) > 1 and any(part.kind == "text" and not part.step for part in parts)
        return not is_read or self.last.kind == "exercise" or words(*read) <= MANY_WORDS

    def show(self, cell, question="", notes=()):
        """A code cell: the question, the code, and what it made as the next step."""
        self.asked = question if asks(question) else self.asked
        first, *others = sizes.split_code(without_imports(cell.source), question)
        parts = [Part("text", question)] * bool(question) + [Part("code", first)]
        if not sizes.fits(parts, self.last):
            self.add(parts.pop(0))
        self.add(*parts)
        self.last.notes += notes
        for chunk in others:
            self.add(Part("code", chunk))
        made = [replace(part, step=1) for part in results(cell)]
        again = [Part("again", self.asked)] * bool(self.asked)
        if not made or self.fits(made):
            self.last.parts += made
        elif alone := next((p for p in ([*again, *made], made) if sizes.fits(p, self.last)), None):
            self.go_on()
            self.last.parts += [replace(part, step=0) for part in alone]
        else:
            for part in made:
                self.add(part)
        printed = [output.text for output in cell.outputs if output.output_type == "stream"]
        long = [text for text in printed if sizes.shorten(text) != text.rstrip()]
        self.last.notes += [f"```\n{text}```" for text in long]
        self.asked = "" if made else self.asked

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
            self.last.notes += notes
            asked = [Part("text", question)] if question else []
            for part in [*asked, *parts] if previous else [*parts, *asked]:
                later = max([part.step for part in self.last.parts], default=0)
                self.add(replace(part, step=later + 1 if later else part.step))
            if not thing:
                return
            parts, question, notes = sort(before, lead=True)
            if kind in FORCED[:2] or (previous and (question or parts or previous.outputs)):
                self.begin(heading, below=kind == "subslide")
            for part in parts:
                self.add(part)
            self.show(thing, question, notes)
            pending, previous = [], thing


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
        deck.asked = ""
        if heading.startswith(TITLE):
            deck.begin(heading, "title")
            deck.add(*[Part("text", text) for _, text in found])
        elif heading == GOALS:
            goals(deck, deck.slides[0].heading, found)
        elif heading == SUMMARY:
            deck.begin(heading)
            for _, text in found:
                deck.add(Part("text", text))
        elif any("exercise" in tags(thing) for _, thing in found if not isinstance(thing, str)):
            rest, solution = task(deck, heading, found)
            deck.story(above, rest, solution)
        elif found:
            deck.begin(heading)
            deck.story(heading, found)
    return deck.slides
