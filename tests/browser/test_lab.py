"""`make lab` opens lesson 1 in JupyterLab: offline, without a writable home, its cells run."""

import os
import re
import urllib.error
import urllib.request

import psutil
import pytest

from tests.browser.jupyterlab import CELLS, READY, ROOT, RUN_ALL, serving

NOTEBOOK = "01_from_pixels_to_vectors.ipynb"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """URL of lesson 1 in a JupyterLab."""
    # As after `make notebooks`: nothing may hold a reader up because the lesson is older.
    lesson = ROOT / "lessons" / NOTEBOOK.replace(".ipynb", ".md")
    os.utime(lesson, (lesson.stat().st_atime, (ROOT / "notebooks" / NOTEBOOK).stat().st_mtime - 60))
    with serving(tmp_path_factory.mktemp("lab")) as url:
        yield url


def test_it_opens_lesson_1(lab):
    assert f"/lab/tree/notebooks/{NOTEBOOK}?token=" in lab


def test_it_listens_on_loopback_only_and_asks_for_its_token(lab):
    port = int(re.search(r":(\d+)/", lab)[1])
    listening = {
        connection.laddr.ip
        for connection in psutil.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
    }
    assert listening
    assert listening <= {"127.0.0.1", "::1"}
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"http://localhost:{port}/api/contents")


AUTOSAVE = """async () => {
  const settings = window.jupyterapp.serviceManager.settings;
  return JSON.parse((await settings.fetch('@jupyterlab/docmanager-extension:plugin')).raw).autosave;
}"""


def test_its_cells_run_to_the_end_without_the_network(lab, chromium, screenshots):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    outside = []
    local = ("http://localhost", "ws://localhost", "http://127.0.0.1", "data:", "blob:")
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith(local) else None)
    page.goto(lab)
    page.wait_for_function(READY, timeout=300_000)
    assert page.evaluate(AUTOSAVE) is False
    committed = (ROOT / "notebooks" / NOTEBOOK).read_bytes()

    assert page.evaluate(RUN_ALL) is True

    code = [cell for cell in page.evaluate(CELLS) if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert not [o for cell in code for o in cell["outputs"] if o["output_type"] == "error"]
    images = page.locator(".jp-OutputArea figure img")
    images.first.scroll_into_view_if_needed()
    assert len(images.first.get_attribute("alt")) > 20
    page.screenshot(path=screenshots / "lesson_01.png")
    assert not outside
    page.close()
    assert (ROOT / "notebooks" / NOTEBOOK).read_bytes() == committed
