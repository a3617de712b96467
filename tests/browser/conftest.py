"""One headless Chromium and one JupyterLab for the tests in this folder."""

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
    """A function that runs some cells in JupyterLab and returns the `Notebook`."""
    with notebooks(chromium) as run:
        yield run
