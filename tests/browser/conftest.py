"""One headless Chromium for the tests of this room."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.jupyterlab import ROOT, Notebook, serving
from tools import browser as tool

# Chromium must neither ask for a sandbox in a container nor look up its maker's hosts.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    path = tool.find()
    assert path, "no browser found: run `python tools/browser.py`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def screenshots():
    folder = Path(__file__).parents[2] / ".cache" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def run_notebook(chromium, tmp_path_factory):
    """A function of some cells: runs them in a JupyterLab and returns the `Notebook`."""
    folder, settings = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("settings")
    opened = []
    with serving(settings, f"--ServerApp.root_dir={folder}", PYTHONPATH=str(ROOT)) as lab:

        def run(*cells, **size):
            opened.append(Notebook(chromium, lab, folder, cells, **size))
            return opened[-1]

        yield run
        for notebook in opened:
            notebook.page.close()
