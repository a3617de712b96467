"""The helpers work, and published results are reproduced, with the oldest versions we allow.

These are the versions of the browser build, so this is also as close to it as CPython gets.
"""

from pathlib import Path

from tests.environments import BROWSER_BUILD, install, make_environment, run

ROOT = Path(__file__).parents[2]
# They are about what is in this folder, not about the package and its versions.
WITHOUT = ("test_repository.py", "test_wheel.py", "test_lite.py")


def test_unit_and_reference_tests_pass_with_the_oldest_versions(tmp_path):
    bin_ = make_environment(tmp_path / "env", "3.12")
    install(bin_, "--resolution", "lowest-direct", "--editable", f"{ROOT}[course,dev]")
    code = (
        "import sys; from importlib.metadata import version\n"
        f"print(*sys.version_info[:2], *map(version, {[*BROWSER_BUILD]}))"
    )
    versions = run(bin_ / "python", "-c", code).split()
    assert versions == ["3", "12", *BROWSER_BUILD.values()]
    report = run(
        *(bin_ / "python", "-m", "pytest", "-q", "tests/unit", "tests/reference"),
        f"--deselect={Path(__file__).relative_to(ROOT)}",
        *(f"--ignore-glob=tests/unit/{name}" for name in WITHOUT),
        cwd=ROOT,
    )
    assert " passed" in report
