"""Make handouts of the notebooks: ``make handouts`` writes two zip files into dist.

``handouts.zip`` has the notebooks as learners first see them, without solutions and outputs;
``answer_key.zip`` has them executed, with the solutions open. Both run where the course is
installed, whatever folder they are in.
"""

import re
import zipfile

import nbformat

from tools.answers_in_sight import reword
from tools.course import LINK_UP
from tools.lite import without_outputs
from tools.notebooks import ROOT, lessons, name_of, notebook_of

DIST = ROOT / "dist"
ABOUT = """\
Each notebook opens in JupyterLab, in an environment where the course is installed. Begin with
{first}.

Text and figures: Creative Commons Attribution 4.0 International,
https://creativecommons.org/licenses/by/4.0/. Code: BSD 3-Clause License, in LICENSE.
"""


def handout(notebook, name):
    """The notebook of a lesson without solutions and outputs."""
    reword(notebook, name)
    notebook.cells = [c for c in notebook.cells if "solution" not in c.metadata.get("tags", [])]
    return without_outputs(notebook)


def answer_key(notebook, _name):
    """The notebook of a lesson with its outputs, and with solutions that are not collapsed."""
    for cell in notebook.cells:
        if "solution" in cell.metadata.get("tags", []):
            cell.metadata.pop("jupyter", None)
    return notebook


def write(path, make):
    """Write a zip file with what a function makes of each notebook, in a folder of its own."""
    found = [notebook_of(lesson) for lesson in lessons()]
    files = {
        "README.txt": ABOUT.format(first=found[0].name),
        "LICENSE": (ROOT / "LICENSE").read_text(encoding="utf-8"),
    }
    for source in found:
        text = source.read_text(encoding="utf-8")
        for target in re.findall(LINK_UP, text):  # code that a lesson links to, beside it
            files[target] = (ROOT / target).read_text(encoding="utf-8")
        notebook = nbformat.reads(re.sub(LINK_UP, r"](\1)", text), as_version=4)
        files[source.name] = nbformat.writes(make(notebook, name_of(source))) + "\n"
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(f"{path.stem}/{name}")
            info.external_attr = 0o644 << 16  # learners may read what a teacher unpacks
            archive.writestr(info, text, zipfile.ZIP_DEFLATED)


def main():
    for make, name in ((handout, "handouts"), (answer_key, "answer_key")):
        path = DIST / f"{name}.zip"
        write(path, make)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
