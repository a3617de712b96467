"""Make _site/slides from the executed notebooks: a deck for each lesson, and a list of them.

``python -m tools.slides`` runs no lesson. What belongs on a slide is decided in prose.py
and rule.py, and where the questions for the room go, in room.py. The decks are shown by reveal.js,
in the version that package-lock.json pins; they ask no other host for anything, and open with a
double click.
"""

import shutil
import sys
from pathlib import Path

import nbformat

from tools import course, npm
from tools.slides import pages, room, rule

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SITE = ROOT / "_site" / "slides"
REVEAL = HERE / "node_modules" / "reveal.js"
COPIED = ["dist/reveal.js", "dist/reveal.css", "dist/plugin/notes.js", "LICENSE"]


def build(site=SITE):
    """Write all decks into a folder, in place of what it holds. Returns the number of slides."""
    shutil.rmtree(site, ignore_errors=True)
    (site / "reveal").mkdir(parents=True)
    for name in COPIED:
        shutil.copy(REVEAL / name, site / "reveal")
    for name in ("slides.css", "slides.js"):
        shutil.copy(HERE / name, site)
    decks = []
    for lesson in course.lessons():
        slides = room.ask(rule.slides(nbformat.read(lesson.path, as_version=4)), lesson.name)
        page = pages.deck(slides, lesson.title, lesson.in_tab)
        (site / f"{lesson.number}.html").write_text(page, encoding="utf-8")
        decks.append((lesson.number, lesson.title, len(slides)))
    (site / "index.html").write_text(pages.index(decks), encoding="utf-8")
    return sum(n_slides for _, _, n_slides in decks)


def main():
    if npm.install(HERE):
        sys.exit("npm could not install reveal.js: the first `make slides` needs a network.")
    print(f"{SITE.relative_to(ROOT)}: {build()} slides; open index.html")


if __name__ == "__main__":
    main()
