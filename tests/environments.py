"""Fresh environments for the tests that need one."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
# The versions in JupyterLite's kernel. The floors in pyproject.toml are at or below these.
BROWSER_BUILD = {"numpy": "2.0.2", "scikit-learn": "1.6.1", "matplotlib": "3.8.4"}


def run(*command, **options):
    """Run a command and return what it printed, which is shown if it fails."""
    result = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


def make_environment(folder, python):
    """Create a virtual environment with the given Python version and return its bin folder.

    pyenv runs only the versions that are selected, so uv sees no others; this selects them all.
    """
    variables = dict(os.environ)
    try:
        versions = run("pyenv", "versions", "--bare").split()
    except FileNotFoundError:
        pass
    else:
        variables["PYENV_VERSION"] = ":".join(versions)
    run(BIN / "uv", "venv", "--python", python, folder, env=variables)
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


def install(environment, *packages, **options):
    """Install packages into an environment that `make_environment` made.

    They come from uv's cache if it has all of them, so a second run needs no network.
    """
    command = (BIN / "uv", "pip", "install", "--python", environment.parent, *packages)
    try:
        run(*command, "--offline", **options)
    except AssertionError:
        run(*command, **options)


def make(*targets, folder=ROOT):
    """Run `make` with this Python and return what it printed, which is shown if it fails."""
    variables = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
    return run("make", *targets, f"PYTHON={sys.executable}", cwd=folder, env=variables)
