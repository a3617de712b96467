"""The lessons in their order, from the table that the first one draws its map from."""

import ast
import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LINK_UP = r"\]\(\.\./([^)\s]+)\)"  # from a lesson to code beside the notebooks


class Lesson(NamedTuple):
    """A lesson, as the map of the course shows it."""

    path: Path  # of its notebook
    title: str
    minutes: int
    what: str  # you do in it

    @property
    def name(self):
        return self.path.stem.partition("_")[2]

    @property
    def number(self):
        return self.path.stem.partition("_")[0]

    @property
    def in_tab(self):
        """Address of the lesson where it runs in a browser tab, from the root of the site."""
        return f"lite/lab/index.html?path={self.path.name}"

    @property
    def slides(self):
        return f"slides/{self.number}.html"


@cache
def lessons():
    """All lessons in order."""
    paths = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
    cells = json.loads(paths[0].read_text(encoding="utf-8"))["cells"]
    tables = [re.search(r"^lessons = (\[.*?^\])", "".join(c["source"]), re.M | re.S) for c in cells]
    [table] = filter(None, tables)
    rows = ast.literal_eval(table[1])
    return [Lesson(path, *row) for path, (_, *row) in zip(paths, rows, strict=True)]
