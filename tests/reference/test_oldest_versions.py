"""The helpers work, and published results are reproduced, with the oldest versions we allow.

These are the versions of the browser build, so this is also as close to it as CPython gets.
"""

from pathlib import Path

from tests.environments import BROWSER_BUILD, install, make_environment, run

ROOT = Path(__file__).parents[2]
# Each other file is run, a new one too.
WITHOUT = {
    "test_lite.py": "is about what is in this folder",
    "test_live_activations.py": "is our arithmetic; test_widgets.py draws the view",
    "test_memory.py": "measures processes",
    "test_mistakes.py": "reads the lessons",
    "test_package.py": "is about what is in this folder",
    "test_playground.py": "is our arithmetic; test_widgets.py draws the view",
    "test_repository.py": "is about what is in this folder",
    "test_schedule.py": "is about the order of the suite",
    "test_scikit_learn_in_a_tab.py": "is about SciPy's products, and the wheel of the tab",
    "test_site.py": "is about the website, which has an environment of its own",
    "test_slides.py": "reads the lessons",
    "test_tolerances.py": "compares texts",
    "test_wheel.py": "is about what is in this folder",
}


def test_unit_and_reference_tests_pass_with_the_oldest_versions(tmp_path):
    bin_ = make_environment(tmp_path / "env", "3.12")
    install(bin_, "--resolution", "lowest-direct", "--editable", f"{ROOT}[course,dev]")
    code = (
        "import sys; from importlib.metadata import version\n"
        f"print(*sys.version_info[:2], *map(version, {[*BROWSER_BUILD]}))"
    )
    versions = run(bin_ / "python", "-c", code).split()
    assert all((ROOT / "tests" / "unit" / name).exists() for name in WITHOUT)
    assert versions == ["3", "12", *BROWSER_BUILD.values()]
    report = run(
        *(bin_ / "python", "-m", "pytest", "-q", "tests/unit", "tests/reference"),
        f"--deselect={Path(__file__).relative_to(ROOT)}",
        *(f"--ignore-glob=tests/unit/{name}" for name in WITHOUT),
        cwd=ROOT,
    )
    assert " passed" in report
