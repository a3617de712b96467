"""One headless Chromium and one JupyterLab for the tests in this folder."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import PATIENCE, headless_chromium, notebooks
from tests.environments import make
from tests.once import once

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium():
    with headless_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def pages_and_slides(tmp_path_factory):
    """What `make pages slides` printed: one worker builds both, in one environment."""

    def build(report):
        report.write_text(make("pages", "slides"), encoding="utf-8")

    return once(tmp_path_factory, "pages_and_slides.txt", build).read_text(encoding="utf-8")


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
