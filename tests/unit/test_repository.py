"""What the files around the course promise to each other."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BROWSER_BUILD = {"numpy": "2.0.2", "scikit-learn": "1.6.1", "matplotlib": "3.8.4"}


def tracked_files():
    """Text files under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [p for p in paths if p.is_file() and not p.is_symlink() and p.suffix != ".npz"]


def pins(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_name_no_host(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert all(str(pin.specifier).startswith("==") for pin in pins(name))


def test_requirements_hold_every_dependency_at_or_above_its_floor():
    pinned = {pin.name.lower(): str(pin.specifier)[2:] for pin in pins("requirements-dev.txt")}
    for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]:
        dependency = Requirement(line)
        assert dependency.specifier.contains(pinned[dependency.name]), line


def test_floors_are_at_or_below_the_versions_of_the_browser_build():
    for line in PROJECT["dependencies"]:
        dependency = Requirement(line)
        if version := BROWSER_BUILD.get(dependency.name):
            assert dependency.specifier.contains(version), line


@pytest.mark.parametrize(
    ("system", "machine", "package"),
    [
        ("linux", "x86_64", "tensorflow-cpu"),
        ("win32", "AMD64", "tensorflow-cpu"),
        ("linux", "aarch64", "tensorflow"),
        ("darwin", "arm64", "tensorflow"),
    ],
)
def test_each_platform_gets_the_smallest_tensorflow_there_is(system, machine, package):
    here = {"sys_platform": system, "platform_machine": machine}
    chosen = [
        pin.name
        for pin in pins("requirements.txt")
        if pin.name.startswith("tensorflow") and pin.marker.evaluate(here)
    ]
    assert chosen == [package]


@pytest.mark.skipif(sys.platform == "win32", reason="Git for Windows checks links out as text")
def test_binder_and_conda_read_one_environment():
    assert (ROOT / "binder" / "environment.yml").resolve() == ROOT / "environment.yml"
    assert (ROOT / "binder" / "requirements.txt").resolve() == ROOT / "requirements.txt"
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["dependencies"][-1] == {"pip": ["-r requirements.txt"]}


def test_the_repository_is_named_in_one_place():
    placeholder = "OWN" + "ER"
    naming = [
        (path.name, number)
        for path in tracked_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines())
        if placeholder in line
    ]
    assert [name for name, _ in naming] == ["README.md"] * 2
    assert naming[1][1] - naming[0][1] == 1


def test_links_of_the_pages_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "lessons").glob("LICENSE.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_another_python_is_refused_in_one_line_that_says_which_work():
    code = (
        "import sys, runpy; sys.version_info = (3, 10); runpy.run_path('tools/supported_python.py')"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "needs Python 3.11, 3.12 or 3.13, and this is 3.10" in result.stderr


def test_a_clone_is_small():
    """The objects that git has packed, and those it has not, take less than 30 MB."""
    report = subprocess.run(
        ["git", "count-objects", "-v"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    sizes = dict(re.findall(r"(size|size-pack): (\d+)", report))
    assert sum(map(int, sizes.values())) < 30_000  # KiB
