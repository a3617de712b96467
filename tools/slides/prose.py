"""The prose of a lesson: which sentences a slide shows, and what becomes notes."""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
SENTENCE_END = r"(?<=[.?!])[)*_\"”]*\s+(?=[A-Z0-9*`$\[(“\"])"
SHOWN = ("math_block", "table", "fence")  # kinds of blocks that no voice replaces
FORCED = ("slide", "subslide", "fragment")
MANY_WORDS = 60  # more than people read while somebody speaks


@dataclass
class Part:
    """Something on a slide: ``text`` in Markdown, ``code``, ``print``, ``figure``, ``html``.

    Two more kinds of text: ``again``, a question beside its answer, and ``said``, by a check.
    """

    kind: str
    source: str
    step: int = 0  # with how many keys it appears
    notes: list = field(default_factory=list)


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
    """The sentences of a paragraph. A mark inside of code, a formula or brackets ends none."""
    text, found, begin = " ".join(paragraph.split()), [], 0
    for end in re.finditer(SENTENCE_END, text):
        said = text[begin : end.start()]
        whole = text[begin : end.end()].strip()
        if is_balanced(whole) and all(said.count(mark) % 2 == 0 for mark in ("`", "$", "**")):
            found.append(whole)
            begin = end.end()
    return [*found, text[begin:]]


def is_balanced(text):
    """Whether each bracket is closed, apart from those of code and formulas."""
    text = re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", "", text, flags=re.DOTALL)
    return text.count("(") == text.count(")")


def is_of_a_tab(text):
    """Whether a sentence is for somebody who runs the lesson in a browser tab."""
    return re.search(r"\btabs?\b", text)


def asks(text):
    return "?" in re.sub(r"`[^`]*`|\]\([^)]*\)", "", text)


def points_back(said, index):
    """Whether a sentence says little without the one before it."""
    begins = re.match(r"(It|Its|That|These|They|This|Those|Such|Both)\b", said[index])
    return begins and index > 0 and words(said[index - 1]) <= 30


def choose(paragraph, lead=False, colon=False):
    """The sentences of a paragraph that a slide shows: those on terms, and the question.

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
    return [
        " ".join(said[index] for index in sorted(chosen) if not is_of_a_tab(said[index]))
        for chosen in (terms, question)
    ]


def sort(found, lead=False):
    """What becomes of blocks of prose: parts of slides, the question, notes.

    A sentence that ends in a colon stays with what it leads to. Notes are whole paragraphs, also
    where a slide shows some of their sentences.
    """
    parts, question, notes = [], [], []
    last = max((i for i, (kind, _) in enumerate(found) if kind == "paragraph"), default=None)
    colon = False  # the part before leads to this block
    for index, (kind, text) in enumerate(found):
        if kind == "paragraph":
            follows = found[index + 1][0] if index + 1 < len(found) else ""
            colon = follows in SHOWN and text.endswith(":")
            terms, asked = choose(text, lead and index == last and not question, colon)
            question += [asked] if asked else []
            notes.append(text)
            if terms:
                parts.append(Part("text", terms, notes=notes))
                notes = []
            continue
        is_list = kind.endswith("list")
        if is_list and asks(text):
            question.append(text)
        elif kind == "math_block" and colon and parts:
            parts[-1].source += f"\n\n{text}"
            parts[-1].notes.append(text)
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
