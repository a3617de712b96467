"""No lesson uses a term of the field before the lesson that introduces it."""

import re
import tomllib

import pytest

from tools.notebooks import ROOT, lessons, name_of, read_lesson
from tools.site import BODY, spelled

GLOSSARY = ROOT / "lessons" / "glossary.toml"
LESSONS = lessons()
TERMS = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))


def prose(lesson):
    """The text of a lesson, without code, link targets, formulas and its list of sources."""
    cells = [cell.source for cell in read_lesson(lesson).cells if cell.cell_type == "markdown"]
    text = "\n\n".join(cells).partition("## Going deeper")[0]
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return re.sub(r"`[^`]*`|\$\$?[^$]+\$\$?|<[^>]+>", " ", text)


def body(text):
    """The text after the objectives, which name what is to come."""
    return text.partition(BODY)[2]


def without_titles(text):
    """A lesson may be named by its title in a link, before its terms are introduced."""
    return re.sub(r"\[[^\]]*\]", " ", text)


TERMS_BY_LESSON = [
    (name, term, entry) for name, terms in TERMS.items() for term, entry in terms.items()
]


def test_each_table_belongs_to_a_lesson_in_the_order_of_the_course():
    names = [name_of(path) for path in LESSONS]
    assert list(TERMS) == [name for name in names if name in TERMS]


def test_a_term_is_introduced_once():
    terms = [term for _, term, _ in TERMS_BY_LESSON]
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    ("name", "term", "entry"), TERMS_BY_LESSON, ids=[term for _, term, _ in TERMS_BY_LESSON]
)
def test_a_term_is_introduced_before_it_is_used(name, term, entry):
    assert len(entry["meaning"].split()) >= 4
    assert entry.keys() <= {"meaning", "forms"}
    if entry.get("forms") == []:
        return  # a word with another, everyday meaning
    pattern = spelled(term, entry)
    place = [name_of(path) for path in LESSONS].index(name)
    for path in LESSONS[:place]:
        early = pattern.search(without_titles(prose(path)))
        assert not early, f"{path.name} says {early[0]!r} before {name} introduces it"
    text = body(prose(LESSONS[place]))
    emphasised = [m for m in re.finditer(r"\*{1,2}([^*]+)\*{1,2}", text) if pattern.search(m[1])]
    assert emphasised, f"{name} does not introduce {term}: put it in ** at its first use"
    before = pattern.search(without_titles(text[: emphasised[0].start()]))
    assert not before, f"{name} says {before[0]!r} before it introduces it"
