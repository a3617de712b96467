"""Find a Chromium for the browser tests, or install one; print which one it is."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def on_path():
    """Path of a Chromium or Chrome on the PATH, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def playwrights_own():
    """Path of the Chromium that Playwright has downloaded, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def find():
    """Path of a usable Chromium, or None."""
    return on_path() or playwrights_own()


def _commands():
    """Commands that may install a browser. apt changes the whole system: only on CI or as root."""
    yield [sys.executable, "-m", "playwright", "install", "chromium"]
    if shutil.which("apt-get"):
        root = os.geteuid() == 0
        if root or os.environ.get("CI"):
            sudo = [] if root else ["sudo", "--non-interactive"]
            apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
            yield [*apt, "update"]
            yield [*apt, "install", "--yes", "--no-install-recommends", "chromium"]


def _failure(command):
    """The last line that a command wrote to stderr, if it failed."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if result.returncode:
        return (result.stderr.strip() or f"exit code {result.returncode}").splitlines()[-1]
    return None


def main():
    path, failures = find(), []
    for command in _commands():
        if path:
            break
        if line := _failure(command):
            failures.append(f"\n  {' '.join(command)}: {line}")
        path = find()
    if not path:
        sys.exit(
            "No browser for the tests. Install Chromium or Chrome (on Debian: "
            f"sudo apt-get install chromium) and run this again. Tried:{''.join(failures)}"
        )
    print(f"Browser for the tests: {path}")


if __name__ == "__main__":
    main()
