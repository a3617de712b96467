"""What the design promises of the package as a whole."""

import ast
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = sorted((ROOT / "course_utils").rglob("*.py"))
SOURCES = [*PACKAGE, *ROOT.glob("benchmarks/*.py"), *ROOT.glob("tools/*.py")]


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(nodes):
    """Top-level names of the packages that some of these statements import."""
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:  # others are our own
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: path.stem)
def test_no_module_imports_a_library_for_networks(path):
    assert not imported(parse(path).body) & {"sklearn", "keras", "tensorflow", "scipy"}


# What stands further right may import what stands further left; checks stand apart.
ROOMS = ("", "plots", "widgets")


def room_of(module):
    """The folder of a module in the package, "" for those that are in none."""
    parts = module.removeprefix("course_utils").strip(".").split(".")
    return parts[0] if (ROOT / "course_utils" / parts[0]).is_dir() else ""


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: path.stem)
def test_dependencies_point_one_way(path):
    room = room_of(".".join(path.relative_to(ROOT).parent.parts))
    below = {"checks"} if room == "checks" else set(ROOMS[: ROOMS.index(room) + 1])
    modules = {
        node.module
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("course_utils")
    }
    assert {room_of(module) for module in modules} <= below


def test_importing_the_package_loads_neither_numpy_nor_matplotlib():
    code = "import sys, course_utils; sys.exit(bool({'numpy', 'matplotlib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_no_pickle_is_ever_loaded(path):
    nodes = list(ast.walk(parse(path)))
    assert not imported(nodes) & {"pickle", "cloudpickle", "joblib"}
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"np.load", "numpy.load"}:
            assert "allow_pickle=False" in map(ast.unparse, node.keywords)


EXTENSIONS = [ROOT / "share" / "jupyter" / "labextensions", ROOT / "lite" / "labextensions"]


@pytest.mark.parametrize("folder", EXTENSIONS, ids=["of JupyterLab", "of JupyterLite only"])
def test_an_extension_has_a_checksum_in_its_name(folder):
    """A browser that was here before may have kept a file of the same name."""
    [extension] = folder.iterdir()
    [script] = (extension / "static").iterdir()
    checksum = hashlib.sha256(script.read_bytes()).hexdigest()[:12]
    assert script.name == f"remoteEntry.{checksum}.js"
    about = json.loads((extension / "package.json").read_text(encoding="utf-8"))
    assert about["jupyterlab"]["_build"]["load"] == f"static/{script.name}"
