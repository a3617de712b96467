"""`make test` installs a browser where there is none.

For root that place is an overlay of this system: whatever is removed or installed there is
visible only to one process and its children, and gone when they end. For anyone else it is a PATH
without a browser, where only Playwright's download can help.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Arguments: an empty folder, the folder to run in, and a shell script.
IN_OVERLAY = """set -e
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
for folder in /proc /dev /sys "$2"; do
  mkdir -p "$1/root$folder"
  mount --rbind "$folder" "$1/root$folder"
done
exec chroot "$1/root" sh -c 'cd "$0" && eval "$1"' "$2" "$3"
"""
REMOVE = "dpkg --purge --force-depends $(dpkg-query -Wf '${Package} ' 'chromium*' 'google-chrome*')"
USE = """
from tests.browser.jupyterlab import headless_chromium

with headless_chromium() as chromium:
    print("six times seven is", chromium.new_page().evaluate("6 * 7"))
"""


def in_overlay(folder, script):
    """The command that runs a script in an overlay whose files are kept in a new folder."""
    folder.mkdir()
    return ["unshare", "--mount", "sh", "-c", IN_OVERLAY, "sh", str(folder), str(ROOT), script]


def may_overlay(folder):
    """Whether this user can remove Chromium in an overlay on this system."""
    if os.geteuid() or not (shutil.which("unshare") and shutil.which("apt-get")):
        return False
    return subprocess.run(in_overlay(folder, "true"), check=False).returncode == 0


@pytest.fixture
def run_without_browser(tmp_path):
    """A function that runs a shell script where there is no browser."""
    variables = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "playwright")}

    def run(script):
        if may_overlay(tmp_path / "try"):
            command = in_overlay(tmp_path / "overlay", f"{REMOVE}; {script}")
        else:
            command = ["/bin/sh", "-c", script]
            variables["PATH"] = ""
        return subprocess.run(
            command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
        )

    yield run
    shutil.rmtree(tmp_path)  # half a gigabyte


def test_a_browser_is_installed_where_there_is_none_and_shows_a_page(run_without_browser):
    python = shlex.quote(sys.executable)
    result = run_without_browser(
        f"{python} -c 'from tools.browser import find; print(\"found:\", find())' &&"
        f"{python} tools/browser.py && {python} -c {shlex.quote(USE)}"
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "found: None\nBrowser for the tests: /" in result.stdout
    assert result.stdout.endswith("six times seven is 42\n")
