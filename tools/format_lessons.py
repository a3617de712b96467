"""Format the code cells of lessons/*.md with Ruff, and nothing else in them."""

import re
import subprocess
import sys

from tools.notebooks import lessons

# The opening fence with its options, the code, the closing fence.
CELL = re.compile(
    r"(^```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*)(.*?)(^```$)", re.DOTALL | re.MULTILINE
)


def formatted(cell):
    """The cell with its code as `ruff format` writes it, and its imports sorted."""
    code = cell[2]
    for command in (["check", "--quiet", "--select", "I", "--fix"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *command, "-"]
        code = subprocess.run(ruff, input=code, capture_output=True, text=True, check=True).stdout
    return cell[1] + code + cell[3]


if __name__ == "__main__":
    for lesson in lessons():
        text = lesson.read_text(encoding="utf-8")
        lesson.write_text(CELL.sub(formatted, text), encoding="utf-8", newline="\n")
