"""Exit with one line that says which Pythons work, if this one does not.

It runs before anything is installed and under any Python, so it uses nothing but `sys`.
"""

import sys

SUPPORTED = ("3.11", "3.12", "3.13")

here = "%d.%d" % sys.version_info[:2]  # noqa: UP031, older Pythons have no f-strings
if here not in SUPPORTED:
    sys.exit(
        "The course needs Python %s or %s, and this is %s (%s). "  # noqa: UP031
        "Name another one, as in: make lab PYTHON=python%s"
        % (", ".join(SUPPORTED[:-1]), SUPPORTED[-1], here, sys.executable, SUPPORTED[-1])
    )
