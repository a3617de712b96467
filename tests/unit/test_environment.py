"""The check of "Start here" finds what is wrong with an environment, and says what to try."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_utils import environment
from course_utils.environment import check_environment, cores, memory, packages, place, python

ROOT = Path(__file__).parents[2]
NO_TENSORFLOW = "tensorflow>=2; sys_platform == 'none'"


def printed_by(*arguments, path, check="check_environment()"):
    """What another Python prints when it checks its environment with the package in `path`."""
    code = f"import sys; sys.path.insert(0, {str(path)!r})\n"
    code += f"from course_utils.environment import *; {check}"
    result = subprocess.run(
        [sys.executable, *arguments, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert not result.stderr
    return " ".join(result.stdout.split())  # long lines are folded


def test_here_python_packages_and_data_are_fine(capsys):
    check_environment()
    lines = capsys.readouterr().out.splitlines()
    beginnings = [line.split(".")[0].split(":")[0] for line in lines]
    assert {"fine  Python 3", "fine  New enough", "fine  Data"} <= set(beginnings)
    assert max(map(len, lines)) <= 88
    assert lines[-2] == ""


def test_it_imports_nothing_that_it_looks_for():
    code = (
        "import sys; from course_utils.environment import packages; packages()\n"
        "print({'numpy', 'matplotlib', 'sklearn', 'keras', 'tensorflow'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "set()\n"


# Python


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_a_python_that_the_package_allows_is_fine(minor):
    fine, says = python((3, minor))
    assert fine
    assert says == f"Python 3.{minor}. The course runs on 3.11, 3.12 and 3.13."


@pytest.mark.parametrize("minor", [9, 10, 14])
def test_another_python_is_not_fine_and_the_line_says_how_to_choose_one(minor):
    fine, says = python((3, minor))
    assert not fine
    assert says.startswith(f"Python 3.{minor}. The course runs on 3.11, 3.12 and 3.13.")
    assert "make lab PYTHON=python3.13" in says


# packages


def test_what_the_course_needs_is_read_from_its_metadata():
    (fine, says), *others = packages()
    assert fine
    for name in ("jupyterlab", "keras", "matplotlib", "numpy", "scikit-learn"):
        assert name in says
    for name in ("pytest", "ruff", "tensorflow-cpu"):  # tools for tests, another build's name
        assert name not in says
    assert not others or ["no TensorFlow" in other.says for other in others] == [True]


def test_a_package_that_is_too_old_is_named_with_both_versions():
    found, (fine, says), _ = packages(["numpy>=1000.0", "pillow>=1", NO_TENSORFLOW])
    assert found == (True, "New enough: pillow.")
    assert not fine
    version = environment.metadata.version("numpy")
    assert f"numpy {version} is too old: the lessons need 1000.0 or newer." in says
    assert "make lab" in says
    assert "restart the kernel" in says


def test_a_package_that_is_missing_is_named():
    fine, says = packages(["no-such-package>=1", NO_TENSORFLOW])[0]
    assert not fine
    assert says.startswith("no-such-package is missing. Try")


def test_a_machine_without_tensorflow_is_told_which_lessons_run():
    found, (fine, says) = packages(["numpy>=1", NO_TENSORFLOW])
    assert found.fine
    assert not fine
    assert "The lessons that import Keras do not run here" in says
    assert "Binder" in says


def test_a_tab_misses_nothing_because_it_fetches_packages_when_they_are_imported():
    (fine, says), *others = packages(["numpy>=1", "no-such-package>=1"], platform="emscripten")
    assert fine
    assert says == "New enough: numpy. The tab fetches others when a lesson imports them."
    assert not others
    assert packages(["no-such-package>=1"], platform="emscripten") == []


def test_a_python_that_has_nothing_still_gets_its_lines():
    text = printed_by("-I", "-S", path=ROOT)  # -S: without the installed packages
    assert "LOOK The package packaging is missing. Try `make lab`" in text
    assert "LOOK The data cannot be read without numpy. Try `make lab`" in text
    assert "lines that begin with LOOK" in text


def test_a_tab_that_has_not_fetched_numpy_is_told_what_does():
    text = printed_by("-I", "-S", path=ROOT, check="print(data(platform='emscripten').says)")
    assert text.startswith("The data cannot be read without numpy. Run the next cell")


def test_a_package_that_is_not_installed_does_not_know_what_it_needs(tmp_path):
    """As in an unpacked folder: packaging is installed, but the course's metadata is missing."""
    import packaging

    shutil.copytree(Path(packaging.__file__).parent, tmp_path / "packaging")
    shutil.copytree(ROOT / "course_utils", tmp_path / "course_utils")
    text = printed_by("-I", "-S", path=tmp_path)
    assert "LOOK The package course-utils is not installed" in text


# data


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda data: (data / "mnist.npz").unlink(), "The MNIST file is missing"),
        (lambda data: os.truncate(data / "mnist.npz", 5_000_000), "The MNIST file is truncated"),
        (lambda data: (data / "cnn.npz").unlink(), "The weight file is missing"),
        (lambda data: (data / "cnn_training.npz").unlink(), "The weight file is missing"),
    ],
)
def test_damaged_data_are_found_and_the_line_says_how_to_get_them_back(tmp_path, damage, says):
    shutil.copytree(ROOT / "course_utils", tmp_path / "course_utils")
    damage(tmp_path / "course_utils" / "data")
    text = printed_by(path=tmp_path)
    assert f"LOOK {says}" in text
    assert "git checkout -- course_utils/data/" in text
    n_wrong = text.count("LOOK ")
    lines = "the line that begins" if n_wrong == 1 else f"the {n_wrong} lines that begin"
    assert text.endswith(
        f"Read {lines} with LOOK, try what is said there, and run this cell again."
    )


# memory and cores: a process cannot put itself into a control group, so the files are written


def group(root, line, folder, contents):
    """Write what Linux shows of a control group."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(line + "\n")
    (root / "sys/fs/cgroup" / folder).mkdir(parents=True)
    for name, text in contents.items():
        (root / "sys/fs/cgroup" / folder / name).write_text(text + "\n")
    return root


def test_memory_and_cores_of_this_machine_are_reported(tmp_path):
    assert memory().says.startswith("Memory: ")
    assert cores().says.startswith("Cores: ")
    # without files of control groups only the machine itself counts
    assert memory(root=tmp_path).says.startswith("Memory: ")
    n_cores = int(cores(root=tmp_path).says.split()[1].rstrip("."))
    assert 1 <= n_cores <= os.cpu_count()


@pytest.mark.parametrize(
    ("line", "folder", "name"),
    [
        ("0::/", "", "memory.max"),  # version 2, in a container
        ("0::/user.slice/lab.service", "user.slice/lab.service", "memory.max"),
        ("0::/user.slice/lab.service", "user.slice", "memory.max"),  # a group around it
        ("4:memory:/docker/ab12", "memory", "memory.limit_in_bytes"),  # version 1
        ("4:memory:/docker/ab12", "memory/docker/ab12", "memory.limit_in_bytes"),
    ],
)
def test_a_hub_that_gives_one_gigabyte_is_found_in_its_control_group(tmp_path, line, folder, name):
    fine, says = memory(root=group(tmp_path, line, folder, {name: str(10**9)}))
    assert not fine
    assert says.startswith("Memory: 1.0 GB.")
    assert "one notebook open at a time" in says


@pytest.mark.parametrize("text", ["max", str(2**63 - 4096)])
def test_a_group_without_a_limit_leaves_the_memory_of_the_machine(tmp_path, text):
    limited = group(tmp_path / "group", "0::/", "", {"memory.max": text})
    assert memory(root=limited) == memory(root=tmp_path / "no group")


def test_two_gigabytes_are_enough(tmp_path):
    root = group(tmp_path, "0::/", "", {"memory.max": str(2**31)})
    assert memory(root=root) == (True, "Memory: 2.1 GB. A notebook takes up to 1 GB.")


@pytest.mark.parametrize(
    ("line", "folder", "contents"),
    [
        ("0::/", "", {"cpu.max": "50000 100000"}),
        (
            "2:cpu,cpuacct:/docker/ab12",
            "cpu",
            {"cpu.cfs_quota_us": "50000", "cpu.cfs_period_us": "100000"},
        ),
    ],
)
def test_half_a_core_is_found_in_its_control_group(tmp_path, line, folder, contents):
    fine, says = cores(root=group(tmp_path, line, folder, contents))
    assert not fine
    assert says.startswith("Cores: 0.5. The lessons were timed on 2: training takes longer")


@pytest.mark.parametrize(
    ("line", "folder", "contents"),
    [
        ("0::/", "", {"cpu.max": "max 100000"}),
        ("2:cpu:/", "cpu", {"cpu.cfs_quota_us": "-1", "cpu.cfs_period_us": "100000"}),
    ],
)
def test_a_group_without_a_quota_leaves_the_cores_of_the_machine(tmp_path, line, folder, contents):
    assert cores(root=group(tmp_path / "a", line, folder, contents)) == cores(root=tmp_path / "b")


def test_a_browser_tab_does_not_report_its_memory():
    assert memory(platform="emscripten") == (
        True,
        "Memory: a browser tab does not tell how much it has. A notebook takes up to 1 GB.",
    )
    assert "a browser tab computes on one" in cores(platform="emscripten").says


# place


def test_the_place_says_what_becomes_of_your_work(monkeypatch):
    monkeypatch.delenv("BINDER_LAUNCH_HOST", raising=False)
    assert place().says.startswith("Place: a machine, not a browser tab.")
    assert "this browser only" in place(platform="emscripten").says
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://mybinder.org/")
    assert "gone when you leave" in place().says
