"""What the files around the course promise each other."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from nbconvert import ScriptExporter
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tests.environments import BROWSER_BUILD
from tools.supported_python import SUPPORTED

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = SETTINGS["project"], SETTINGS["dependency-groups"]
EXTRAS = PROJECT["optional-dependencies"]
COURSE = PROJECT["dependencies"] + EXTRAS["course"]


def git(*arguments):
    """What git says about this folder. The test is skipped only in a download, without .git."""
    if not (ROOT / ".git").exists() and not os.environ.get("CI"):
        pytest.skip("no .git: this is a download, not a clone")
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout


def tracked_files():
    """Text files under version control."""
    paths = [ROOT / name for name in git("ls-files", "-z").split("\0") if name]
    return [
        p for p in paths if p.is_file() and not p.is_symlink() and p.suffix not in {".npz", ".png"}
    ]


def pins(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.sub(r" \\\n +--hash=\S+", "", text).splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-lite.txt",
        "requirements-site.txt",
        "requirements-nbgrader.txt",
    ],
)
def test_requirements_are_pinned_and_name_no_host(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert all(str(pin.specifier).startswith("==") for pin in pins(name))


@pytest.mark.parametrize(
    ("name", "dependencies"),
    [
        ("requirements.txt", COURSE),
        ("requirements-dev.txt", COURSE + EXTRAS["dev"]),
        ("requirements-lite.txt", GROUPS["lite"]),
        ("requirements-site.txt", PROJECT["dependencies"] + GROUPS["site"]),
        ("requirements-nbgrader.txt", GROUPS["nbgrader"]),
    ],
)
def test_requirements_hold_every_dependency_at_or_above_its_floor(name, dependencies):
    pinned = {pin.name.lower(): str(pin.specifier)[2:] for pin in pins(name)}
    for line in dependencies:
        dependency = Requirement(line)
        assert dependency.specifier.contains(pinned[dependency.name]), line


def test_the_tests_run_with_the_versions_that_a_student_gets():
    course, dev = (
        {(pin.name, str(pin.specifier)) for pin in pins(name)}
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert course <= dev


def test_floors_are_at_or_below_the_versions_of_the_browser_build():
    for line in COURSE:
        dependency = Requirement(line)
        if version := BROWSER_BUILD.get(dependency.name):
            assert dependency.specifier.contains(version), line


@pytest.mark.parametrize(
    ("system", "machine", "packages"),
    [
        ("linux", "x86_64", ["tensorflow-cpu"]),
        ("win32", "AMD64", ["tensorflow-cpu"]),
        ("linux", "aarch64", ["tensorflow"]),
        ("darwin", "arm64", ["tensorflow"]),
        ("darwin", "x86_64", []),  # there is none
    ],
)
def test_each_platform_gets_the_smallest_tensorflow_there_is(system, machine, packages):
    here = {"sys_platform": system, "platform_machine": machine}
    chosen = [
        pin.name
        for pin in pins("requirements.txt")
        if pin.name.startswith("tensorflow") and pin.marker.evaluate(here)
    ]
    assert chosen == packages


@pytest.mark.skipif(sys.platform == "win32", reason="Git for Windows checks links out as text")
def test_binder_and_conda_read_one_environment():
    assert (ROOT / "binder" / "environment.yml").resolve() == ROOT / "environment.yml"
    assert (ROOT / "binder" / "requirements.txt").resolve() == ROOT / "requirements.txt"
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["dependencies"][-1] == {"pip": ["-r requirements.txt"]}


def badges(repository):
    """The badges of README.md, for the address of a repository on GitHub."""
    owner, name = repository.removeprefix("https://github.com/").split("/")
    (first,) = (ROOT / "notebooks").glob("*_start_here.ipynb")
    binder = (
        f"https://mybinder.org/v2/gh/{owner}/{name}/main?urlpath=lab/tree/notebooks/{first.name}"
    )
    lite = f"https://{owner.lower()}.github.io/{name}/lite/lab/index.html?path={first.name}"
    test = f"{repository}/actions/workflows/test.yml"
    return [
        f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder})",
        f"[![Open in JupyterLite](https://jupyterlite.rtfd.io/en/latest/_static/badge.svg)]({lite})",
        f"[![Tests]({test}/badge.svg?branch=main)]({test})",
    ]


def test_the_readme_has_the_badges_of_the_repository_that_pyproject_names():
    """As long as none is named, a badge would lead nowhere."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    repository = PROJECT.get("urls", {}).get("Repository")
    expected = badges(repository) if repository else []
    found = [line for line in readme if line.startswith("[![")]
    assert found == expected, "\n".join(["README.md should show these badges:", *expected])


def test_the_repository_is_named_in_no_other_place():
    repository = PROJECT.get("urls", {}).get("Repository", "https://github.com/OWNER/REPO")
    name = repository.removeprefix("https://github.com/")
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", name)
    naming = {p.name for p in tracked_files() if name in p.read_text(encoding="utf-8")}
    assert naming <= {"pyproject.toml", "README.md", "CITATION.cff", Path(__file__).name}


def test_a_release_has_one_version_and_a_date():
    version = PROJECT["version"]
    assert re.fullmatch(r"20\d\d\.(?:[1-9]|1[0-2])(?:\.[1-9])?", version)
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", changes, re.MULTILINE)
    assert version == next(heading for heading in headings if heading != "Unreleased")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == version
    assert citation.get("repository-code") == PROJECT.get("urls", {}).get("Repository")
    year, month = version.split(".")[:2]
    assert f"{citation['date-released']:%Y-%m}" == f"{year}-{month:0>2}"


def test_the_forms_for_issues_ask_for_something():
    forms = [p for p in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if p.stem != "config"]
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert {"name", "description", "body"} <= set(form)
        ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
        assert len(ids) == len(set(ids))
        assert any(part.get("validations", {}).get("required") for part in form["body"])


def test_a_lesson_is_named_by_its_title_not_by_a_number():
    """A lesson is moved by renaming two files; its number anywhere else would then be wrong."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked_files()
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"lessons?[ _]?\d", line, re.IGNORECASE)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_a_notebook_is_converted_to_a_script_of_python(path):
    script, resources = ScriptExporter().from_filename(str(path))
    assert resources["output_extension"] == ".py"
    assert "from course_utils" in script


def test_links_of_the_pages_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "lessons").glob("LICENSE.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_pythons_that_make_accepts_are_those_of_the_package():
    allowed = SpecifierSet(PROJECT["requires-python"])
    assert list(SUPPORTED) == [f"3.{minor}" for minor in range(30) if f"3.{minor}" in allowed]


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


def test_a_clone_is_small(tmp_path):
    """What a clone brings is less than 30 MB, however this one's objects happen to be packed."""
    git("clone", "--quiet", "--bare", "--no-local", str(ROOT), str(tmp_path / "clone"))
    files = (tmp_path / "clone").rglob("*")
    assert sum(path.stat().st_size for path in files if path.is_file()) < 30e6
