"""The questions for the room in a deck: options on a slide, the answer on the slide below.

They are those of the instructor's guide, in lessons/teaching; "When" says where each belongs.
"""

import re

from tools import teaching
from tools.slides.prose import Part
from tools.slides.rule import Slide


def slides_of(question):
    """The slide with the options, and the one below it with the answer."""
    options = "\n".join(f"- **{letter}** {text}" for letter, text in question.options.items())
    parts = [Part("text", question.stem), Part("text", options)]
    right = Part("text", f"**{question.right}** {question.options[question.right]}")
    return [
        Slide(f"## {question.title}", "room", parts=parts, notes=[f"Right: {question.answer}"]),
        Slide(f"## Answer: {question.title}", "solution", True, [right], [question.answer]),
    ]


def place_of(question, slides):
    """Before which slide of a deck a question belongs."""
    preposition, heading, more = question.place
    names = (heading, heading.replace("Your turn", "Solution"))
    section = [i for i, slide in enumerate(slides) if slide.heading.lstrip("# ") in names]
    if not section:
        there = ", ".join(sorted({slide.heading for slide in slides}))
        raise ValueError(f"expected a section {heading!r} of the lesson: try one of {there}.")
    drawn = [i for i in section if any(part.kind == "figure" for part in slides[i].parts)]
    tables = [i for i in section if any(part.source.startswith("|") for part in slides[i].parts)]
    coded = [i for i in section if any(part.kind == "code" for part in slides[i].parts)]
    gaps = [i + 1 for i in section if i + 1 not in section]  # where the section breaks off
    if preposition != "in":
        place = section[0] if preposition == "before" else section[-1] + 1
    elif re.match("before the (figure|curve)", more) and drawn:
        place = drawn[0]
    elif "before the exercise" in more:
        place = gaps[0]
    elif "before" in more:
        place = (coded or section)[0]
    elif re.search("figure|grid", more) and drawn:
        place = drawn[0] + 1
    elif "table" in more and tables:
        place = tables[0] + 1
    else:
        place = section[-1] + 1
    while place < len(slides) and slides[place].below:
        place += 1
    return place


def ask(slides, name):
    """The slides of a lesson, with its questions for the room."""
    slides = list(slides)
    for question in teaching.questions((teaching.TEXTS / f"{name}.md").read_text(encoding="utf-8")):
        place = place_of(question, slides)
        slides[place:place] = slides_of(question)
    return slides
