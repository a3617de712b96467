"""Files from PyPI with their checksums, and folders from which a wheel can be built."""

import hashlib
import subprocess
import sys
from pathlib import Path


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def is_good(path, checksum):
    """Whether a file is there and has this checksum."""
    return path.is_file() and sha256(path.read_bytes()) == checksum


def wrong_file(name, expected, got):
    """What is said of a file with another checksum than the one that is pinned."""
    return f"{name} is not the file that belongs here: expected sha256 {expected}, got {got}."


def download(folder, *arguments):
    """Let pip download what its arguments name, without what that depends on, into a folder.

    Raises
    ------
    OSError
        If it cannot, with pip's errors alone.
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"--dest={folder}"]
    result = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    if result.returncode:
        errors = [line for line in result.stderr.splitlines() if line.startswith("ERROR")]
        raise OSError(" ".join(errors) or result.stderr)


PROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "{name}"
version = "{version}"
dependencies = {needs}
{more}
[tool.hatch.build.targets.wheel]
only-include = {packages}
"""


def write_project(folder, *, name, version, needs, packages, more=""):
    """Make a project of a folder. Its wheel holds the packages, each a file or folder in it."""
    text = PROJECT.format(name=name, version=version, needs=needs, packages=packages, more=more)
    (Path(folder) / "pyproject.toml").write_text(text, encoding="utf-8")
