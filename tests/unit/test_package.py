"""What the design promises of the package as a whole."""

import ast
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
