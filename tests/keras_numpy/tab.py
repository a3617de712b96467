"""Run code in a Python of its own, with the patched Keras or with the installed one."""

import os
import subprocess
import sys

CLOSED = "http://127.0.0.1:9"  # nothing answers there


def run(code, folder, tree=None):
    """Run code in a folder, without a network, and return what it printed.

    With a tree, `keras` and the modules beside it come from there.
    """
    environment = {"KERAS_HOME": str(folder), "https_proxy": CLOSED, "no_proxy": ""}
    environment["KERAS_BACKEND"] = "numpy" if tree else "tensorflow"
    if tree:
        environment["PYTHONPATH"] = str(tree)
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout
