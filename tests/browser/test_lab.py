"""`make lab` opens lesson 1 in JupyterLab: offline, without a writable home, its cells run."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOK = "01_from_pixels_to_vectors.ipynb"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """URL of a JupyterLab that `make lab` serves, with a home nobody can write and no network."""
    port = free_port()
    flags = f"--no-browser --port={port} --expose-app-in-browser"
    if os.geteuid() == 0:
        flags += " --allow-root"
    nowhere = "http://127.0.0.1:9"  # a proxy that refuses: what needs a network fails at once
    folder = tmp_path_factory.mktemp("lab")
    settings = folder / "@jupyterlab" / "docmanager-extension" / "plugin.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"autosave": false}')  # it would write the notebook that is committed
    log = folder / "log.txt"
    environment = os.environ | {
        "HOME": "/dev/null",
        "JUPYTERLAB_SETTINGS_DIR": str(folder),
        "http_proxy": nowhere,
        "https_proxy": nowhere,
        "no_proxy": "127.0.0.1,localhost",
    }
    environment.pop("MAKEFLAGS", None)
    # As after `make notebooks`: nothing may hold a reader up because the lesson is older.
    lesson = ROOT / "lessons" / NOTEBOOK.replace(".ipynb", ".md")
    os.utime(lesson, (lesson.stat().st_atime, (ROOT / "notebooks" / NOTEBOOK).stat().st_mtime - 60))
    with log.open("w") as output:
        server = subprocess.Popen(
            ["make", "lab", f"LAB_FLAGS={flags}"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url, deadline = None, time.monotonic() + 120
        while not url and server.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
            url = re.search(r"http://(?:localhost|127\.0\.0\.1):\S+token=\w+\n", log.read_text())
        assert url, f"make lab did not start:\n{log.read_text()}"
        assert "pip" not in log.read_text(), f"a second run installs nothing:\n{log.read_text()}"
        yield url[0].strip()
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


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


RUN_ALL = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  return window.jupyterapp.commands.execute('notebook:run-all-cells');
}"""
READY = """() => {
  const panel = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  return !!(panel && panel.context && panel.context.isReady && panel.sessionContext.isReady);
}"""
AUTOSAVE = """async () => {
  const settings = window.jupyterapp.serviceManager.settings;
  return JSON.parse((await settings.fetch('@jupyterlab/docmanager-extension:plugin')).raw).autosave;
}"""
CELLS = "() => window.jupyterapp.shell.currentWidget.context.model.toJSON().cells"


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
