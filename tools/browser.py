"""Find a Chromium for the browser tests, or install one; say in one line which it is."""

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


def _succeeds(*command):
    try:
        return subprocess.run(command, capture_output=True, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _by_playwright():
    return _succeeds(sys.executable, "-m", "playwright", "install", "chromium")


def _by_apt():
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    return _succeeds(*sudo, "apt-get", "update") and _succeeds(*sudo, *environment, *install)


def main():
    for install in (lambda: True, _by_playwright, _by_apt):
        if install() and (path := find()):
            print(f"Browser for the tests: {path}")
            return
    sys.exit(
        "No browser for the tests: none is on the PATH, and neither Playwright nor apt could "
        "install one. Install Chromium or Chrome and run this again."
    )


if __name__ == "__main__":
    main()
