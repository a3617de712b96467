"""The package without the course: its wheel, in an environment that has only what it requires."""

import sys
import zipfile
from pathlib import Path

import pytest

from tests.environments import BIN, install, make_environment, run

ROOT = Path(__file__).parents[2]
IMPORT_ALL = """
import importlib, pkgutil, sys, course_utils
for module in pkgutil.walk_packages(course_utils.__path__, "course_utils."):
    if module.name != "course_utils.server":  # it needs JupyterLab, as it says
        importlib.import_module(module.name)
        print(module.name)
"""
ANSWER = """
from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.widgets import DigitPad
load_cnn_weights()
print(load_mnist().test_images.shape, DigitPad().image.shape)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(BIN / "uv", "build", "--quiet", "--wheel", "--out-dir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """A Python with the wheel and its dependencies installed, and nothing else."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    bin_ = make_environment(tmp_path_factory.mktemp("environment") / "env", version)
    install(bin_, wheel)
    return bin_ / "python"


def test_every_module_is_imported_without_the_packages_of_the_course(python, tmp_path):
    imported = run(python, "-c", IMPORT_ALL, cwd=tmp_path).split()
    files = (ROOT / "course_utils").rglob("*.py")
    assert len(imported) == len(list(files)) - 2  # the package itself, and course_utils.server
    for name in ("sklearn", "keras", "scipy", "jupyterlab", "jupyterquiz"):
        with pytest.raises(AssertionError, match="ModuleNotFoundError"):
            run(python, "-c", f"import {name}", cwd=tmp_path)


def test_the_wheel_has_the_data(python, tmp_path):
    assert run(python, "-c", ANSWER, cwd=tmp_path) == "(10000, 28, 28) (28, 28)\n"


def test_the_wheel_has_what_belongs_to_jupyter_and_its_kernels(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name.partition(".data/data/")[2] for name in archive.namelist()}
    for path in (*(ROOT / "etc").rglob("*.*"), *(ROOT / "share").rglob("*.*")):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT).as_posix() in names
