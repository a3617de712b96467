"""Two zip files for a class: notebooks to work in, and the answer key."""

import re
import zipfile

import nbformat
import pytest

from tools import handouts
from tools.answers_in_sight import REWORDED
from tools.notebooks import lessons, name_of


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """The notebooks of both zip files, by the names of the lessons, and the names of all files."""
    folder = tmp_path_factory.mktemp("handouts")
    found = {}
    for make in (handouts.handout, handouts.answer_key):
        path = folder / f"{make.__name__}.zip"
        handouts.write(path, make)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            notebooks = {
                name: nbformat.reads(archive.read(name).decode(), as_version=4)
                for name in names
                if name.endswith(".ipynb")
            }
        found[make.__name__] = notebooks, names
    return found


@pytest.mark.parametrize("kind", ["handout", "answer_key"])
def test_every_lesson_is_in_one_folder_with_what_it_links_to(archives, kind):
    notebooks, names = archives[kind]
    assert list(notebooks) == [f"{kind}/{lesson.stem}.ipynb" for lesson in lessons()]
    for notebook in notebooks.values():
        nbformat.validate(notebook)
        text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert target.startswith("http") or f"{kind}/{target}" in names, target


def test_learners_may_read_what_a_teacher_unpacks(tmp_path):
    handouts.write(tmp_path / "handouts.zip", handouts.handout)
    with zipfile.ZipFile(tmp_path / "handouts.zip") as archive:
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o644}


def test_handouts_have_neither_solutions_nor_outputs(archives):
    for notebook in archives["handout"][0].values():
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert not [c for c in code if c.outputs or c.execution_count]
        assert not [c for c in code if "_solution" in c.source]
        assert [c for c in code if "exercise" in c.metadata.get("tags", [])]


def test_no_cell_of_a_handout_has_code_that_is_reworded_for_students(archives):
    for path, notebook in archives["handout"][0].items():
        text = "\n".join(cell.source for cell in notebook.cells)
        assert not [code for code in REWORDED.get(name_of(path), {}) if code in text]


def test_the_answer_key_shows_every_solution_and_what_it_gives(archives):
    for notebook in archives["answer_key"][0].values():
        solutions = [c for c in notebook.cells if "solution" in c.metadata.get("tags", [])]
        assert len(solutions) >= 4
        assert not [c for c in solutions if "jupyter" in c.metadata]
        assert all(c.outputs[-1].text.splitlines()[-1].startswith("Right.") for c in solutions)
