"""The benchmarks run, as does the code that trains the weights that ship with the course.

Those that need a browser are in tests/browser/test_benchmarks.py.

A quick run does everything once, on little data, and gives no verdict. What the full runs report
depends on the machine, so only people run those, with `make bench`.
"""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from course_utils.datasets import CNN_SHAPES, CNN_TRAINING_SHAPES
from tests.browser.test_benchmarks import BENCHMARKS as ON_A_PAGE
from tests.environments import BIN, run
from tools import weights
from tools.lesson_code import run_cells

ROOT = Path(__file__).parents[2]
BENCHMARKS = sorted(p.stem for p in (ROOT / "benchmarks").glob("*.py") if p.stem != "__init__")
LESSON = "training_a_convolutional_network"


@pytest.fixture(scope="module")
def pandas(tmp_path_factory):
    """A folder with the pandas that `make bench` compares with."""
    folder = tmp_path_factory.mktemp("pandas")
    command = (BIN / "uv", "pip", "install", "--quiet", "--no-deps", "--python", sys.executable)
    run(*command, "--target", folder, "--group", "bench", cwd=ROOT)
    return folder


@pytest.mark.parametrize("name", [name for name in BENCHMARKS if name not in ON_A_PAGE])
def test_a_benchmark_runs(name, pandas):
    variables = os.environ | {"PYTHONPATH": str(pandas)}
    command = (sys.executable, "-m", f"benchmarks.{name}", "--quick")
    printed = run(*command, cwd=ROOT, env=variables)
    assert "MISSED" not in printed
    assert any(character.isdigit() for character in printed)


def test_make_bench_runs_all_of_them():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (line,) = [line for line in makefile.splitlines() if line.startswith("BENCHMARKS :=")]
    assert sorted(line.split()[2:]) == BENCHMARKS


def test_the_cells_that_make_weights_runs_train_the_network_whose_weights_ship():
    few = {'sys.platform == "emscripten"': "True", "2_000 if in_a_tab else 60_000": "500"}
    trained, training = weights.train(replace=few)
    assert {name: array.shape for name, array in trained.items()} == CNN_SHAPES
    for name, (shape, dtype) in CNN_TRAINING_SHAPES.items():
        assert training[name].shape == (4 * 4 + 1, *shape[1:])  # 128 images to an update
        assert training[name].dtype == dtype
    assert np.array_equal(training["kernels"][-1], trained["conv_1_kernel"])


def test_a_missing_lesson_cell_or_part_is_named():
    with pytest.raises(FileNotFoundError, match="no lesson is named 'cooking'"):
        run_cells("cooking", "oven")
    with pytest.raises(ValueError, match="expected one code cell with 'oven', got 0"):
        run_cells(LESSON, "oven")
    with pytest.raises(ValueError, match="no cell with 'oven' among those"):
        run_cells(LESSON, "def build(", replace={"oven": "stove"})
