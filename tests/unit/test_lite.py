"""What goes into the site of `make lite`, from where, and what is refused."""

import hashlib
import json
import re
import zipfile

import pytest

from tools.lite import (
    KERNEL,
    LESSONS,
    LITE,
    PYODIDE,
    ROOT,
    closure,
    entry_of,
    fetch,
    from_folder,
    loaded_by,
    pins,
    reduce,
    sources,
    with_release,
    without_outputs,
)

OFFICIAL = json.loads((LITE / "pyodide-lock.json").read_text(encoding="utf-8"))
GOOD = {"numpy.whl": b"numpy", "pyodide.js": b"core"}
CHECKSUMS = {name: hashlib.sha256(content).hexdigest() for name, content in GOOD.items()}


def having(content, asked=None):
    """A source of some files; it records the names it was asked for."""

    def source(names):
        if asked is not None:
            asked.append(list(names))
        yield from ((name, content[name]) for name in names if name in content)

    return source


def out_of_reach(names):
    raise OSError("no route to host")
    yield


# Files


def test_each_file_comes_from_the_first_place_that_has_it_and_is_kept(tmp_path):
    first, second, third = [], [], []
    places = {
        "stick": having({"numpy.whl": b"numpy"}, first),
        "here": having(GOOD, second),
        "there": having(GOOD, third),
    }
    fetch(CHECKSUMS, places, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == GOOD
    assert (first, second, third) == ([sorted(GOOD)], [["pyodide.js"]], [])
    fetch(CHECKSUMS, {"nowhere": out_of_reach}, tmp_path)


def test_a_place_out_of_reach_is_skipped(tmp_path):
    fetch(CHECKSUMS, {"far": out_of_reach, "here": having(GOOD)}, tmp_path)
    assert (tmp_path / "pyodide.js").read_bytes() == b"core"


def test_a_file_that_was_altered_is_refused_with_both_checksums(tmp_path):
    altered = GOOD | {"numpy.whl": b"numpy, and more"}
    got = hashlib.sha256(altered["numpy.whl"]).hexdigest()
    says = f"numpy.whl from a mirror .* expected sha256 {CHECKSUMS['numpy.whl']}, got {got}"
    with pytest.raises(ValueError, match=says):
        fetch(CHECKSUMS, {"a mirror": having(altered), "here": having(GOOD)}, tmp_path)
    assert not (tmp_path / "numpy.whl").exists()


def test_a_file_that_was_altered_in_the_cache_is_fetched_again(tmp_path):
    fetch(CHECKSUMS, {"here": having(GOOD)}, tmp_path)
    (tmp_path / "pyodide.js").write_bytes(b"cor")
    fetch(CHECKSUMS, {"here": having(GOOD)}, tmp_path)
    assert (tmp_path / "pyodide.js").read_bytes() == b"core"


def test_where_no_place_can_be_reached_it_says_what_is_missing_and_what_was_tried(tmp_path):
    places = {"stick": having({"numpy.whl": b"numpy"}), "far": out_of_reach}
    with pytest.raises(FileNotFoundError) as caught:
        fetch(CHECKSUMS, places, tmp_path)
    says = str(caught.value)
    assert "No place has pyodide.js." in says
    assert "stick: has 1 of 2 files" in says
    assert "far: no route to host" in says
    assert "make lite PYODIDE=FOLDER" in says


def test_a_folder_comes_first_then_pyodides_own_address_then_pypi():
    places = list(sources("stick"))
    assert places[0] == "stick"
    assert places[1] == f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE['version']}/full/"
    assert places[2].endswith("on PyPI")
    assert list(sources()) == places[1:]
    assert "--hash=sha256:" in PYODIDE["wheel"]["requirement"]


def test_a_folder_gives_what_it_has_and_says_if_there_is_none(tmp_path):
    (tmp_path / "numpy.whl").write_bytes(b"numpy")
    assert dict(from_folder(tmp_path)(sorted(GOOD))) == {"numpy.whl": b"numpy"}
    with pytest.raises(FileNotFoundError, match="is not a folder"):
        list(from_folder(tmp_path / "no")(sorted(GOOD)))


# Packages


def test_the_lock_file_is_the_official_one_and_holds_only_what_is_needed():
    assert OFFICIAL["info"]["version"] == PYODIDE["version"]
    assert reduce(OFFICIAL) == OFFICIAL
    assert set(OFFICIAL["packages"]) == closure(
        {name for name in (*KERNEL, *LESSONS) if name in OFFICIAL["packages"]},
        OFFICIAL["packages"],
    )


def test_the_browser_build_has_the_versions_that_the_floors_are_compared_with():
    from tests.environments import BROWSER_BUILD

    assert {name: OFFICIAL["packages"][name]["version"] for name in BROWSER_BUILD} == BROWSER_BUILD


def test_everything_that_comes_from_pypi_is_pinned_with_checksums():
    assert all("--hash=sha256:" in line for line in pins().values())


def test_the_page_and_the_kernel_have_the_widgets_of_the_course():
    course = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    for name in ("ipywidgets", "anywidget", "jupyterquiz", "rich"):
        assert re.match(r"[\w.=-]+", pins()[name])[0] in course


def test_a_wheel_is_loaded_for_each_package_and_each_module_at_its_top(tmp_path):
    wheel = tmp_path / "keras-3.15.1-py3-none-any.whl"
    about = "Name: keras\nVersion: 3.15.1\nRequires-Dist: absl_py\nRequires-Dist: numpy>=2\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("keras/__init__.py", "keras/src/tree.py", "keras_numpy/tape.py"):
            archive.writestr(name, "")
        for name in ("optree.py", "tensorflow.py", "keras-3.15.1.data/scripts/run.py"):
            archive.writestr(name, "")
        archive.writestr("keras-3.15.1.dist-info/METADATA", about)
    entry = entry_of(wheel)
    assert entry["imports"] == ["keras", "keras_numpy", "optree", "tensorflow"]
    assert entry["depends"] == ["absl-py", "numpy"]
    cells = [{"cell_type": "code", "source": "import tensorflow as tf"}]
    packages = {"keras": entry | {"depends": []}}
    assert loaded_by({"cells": cells}, packages) == {"keras"}


def test_a_notebook_loads_what_its_cells_import_anywhere_in_them():
    packages = {
        "numpy": {"imports": ["numpy"], "depends": []},
        "scikit-learn": {"imports": ["sklearn"], "depends": ["numpy"]},
        "keras": {"imports": ["keras"], "depends": []},
    }
    cells = [
        {"cell_type": "markdown", "source": "import numpy"},
        {"cell_type": "code", "source": ["import os\n", "with x:\n", "    import keras.ops as k"]},
    ]
    assert loaded_by({"cells": cells}, packages) == {"keras"}
    cells.append({"cell_type": "code", "source": "from sklearn.datasets import make_moons"})
    assert loaded_by({"cells": cells}, packages) == {"keras", "scikit-learn", "numpy"}


def test_a_learner_gets_cells_that_have_not_been_run():
    notebook = {
        "cells": [
            {"cell_type": "markdown", "source": "text"},
            {"cell_type": "code", "source": "1", "outputs": [1], "execution_count": 3},
        ]
    }
    text, code = without_outputs(notebook)["cells"]
    assert text == {"cell_type": "markdown", "source": "text"}
    assert code == {"cell_type": "code", "source": "1", "outputs": [], "execution_count": None}


def test_a_lesson_has_a_checksum_of_what_its_cells_say_and_of_nothing_else():
    def release(*cells):
        return with_release({"cells": list(cells), "metadata": {}})["metadata"]["course"]["release"]

    text = {"cell_type": "markdown", "source": "## Exercise"}
    code = {"cell_type": "code", "source": ["1\n", "+ 1"], "outputs": [], "metadata": {}}
    run = code | {"source": "1\n+ 1", "outputs": [2], "metadata": {"tags": ["check"]}}
    assert release(text, code) == release(text, run)
    assert len({release(text, code), release(code, text), release(code), release()}) == 4
