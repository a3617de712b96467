"""What the design promises of the package as a whole."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "course_utils"
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported_at_module_level(path):
    """Top-level names of the packages that a module imports when it is imported."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_imports_a_library_for_networks(path):
    libraries = {"sklearn", "keras", "tensorflow", "scipy"}
    assert not imported_at_module_level(path) & libraries


def test_importing_the_package_loads_neither_numpy_nor_matplotlib():
    code = "import sys, course_utils; sys.exit(bool({'numpy', 'matplotlib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_pickle_is_ever_loaded():
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.load":
                assert ast.unparse(node).endswith("allow_pickle=False)"), path
        assert "import pickle" not in source
        assert "joblib" not in source
