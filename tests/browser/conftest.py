"""One headless Chromium for the tests of this room, and one JupyterLab."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import PATIENCE, headless_chromium, notebooks

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium():
    with headless_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def screenshots():
    folder = Path(__file__).parents[2] / ".cache" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def run_notebook(chromium):
    """A function of some cells: runs them in a JupyterLab and returns the `Notebook`."""
    with notebooks(chromium) as run:
        yield run
