"""`make lab` opens the first lesson in JupyterLab: offline, without a writable home."""

import os
import re
import urllib.error
import urllib.request

import psutil
import pytest

from tests.browser.jupyterlab import ROOT, Notebook, serving

NOTEBOOK = "00_start_here.ipynb"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """URL of that lesson in a JupyterLab."""
    # As after `make notebooks`: a lesson older than its notebook must not hold a reader up.
    lesson = ROOT / "lessons" / NOTEBOOK.replace(".ipynb", ".md")
    os.utime(lesson, (lesson.stat().st_atime, (ROOT / "notebooks" / NOTEBOOK).stat().st_mtime - 60))
    with serving(tmp_path_factory.mktemp("lab")) as url:
        yield url


def test_it_opens_start_here(lab):
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


def test_it_opens_offline_and_writes_nothing(lab, chromium):
    committed = (ROOT / "notebooks" / NOTEBOOK).read_bytes()
    notebook = Notebook(chromium, lab)
    assert notebook.page.evaluate(AUTOSAVE) is False
    assert notebook.page.get_by_role("heading", name="Start here").count() == 1
    image = notebook.page.locator(".jp-OutputArea figure img").first
    assert len(image.get_attribute("alt")) > 20
    assert not notebook.complaints
    notebook.page.close()
    assert (ROOT / "notebooks" / NOTEBOOK).read_bytes() == committed
