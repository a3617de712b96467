"""JupyterLab as `make lab` serves it, and Notebook 7; and how a test drives them."""

import ast
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tools import browser

ROOT = Path(__file__).parents[2]

# Chromium must neither require a sandbox in a container nor contact its vendor's hosts.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OUTSIDE = "http://127.0.0.1:9"  # a proxy that refuses: whatever needs a network fails at once
RUN_ALL = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  return window.jupyterapp.commands.execute('notebook:run-all-cells');
}"""
SHUT_DOWN = "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"
READY = """() => {
  const panel = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  return !!(panel && panel.context && panel.context.isReady && panel.sessionContext.isReady);
}"""
REOPEN = """async (path) => {
  const { shell, commands } = window.jupyterapp;
  for (const panel of [...shell.widgets('main')]) {
    const session = panel.sessionContext && panel.sessionContext.session;
    if (session) {  // or the next notebook would look for these widgets
      const code = '__import__("ipywidgets").Widget.close_all()';
      await session.kernel.requestExecute({ code, store_history: false }).done;
    }
    if (panel.context) panel.context.model.dirty = false;
    panel.dispose();
  }
  await commands.execute('docmanager:open', { path, factory: 'Notebook' });
}"""
SHOW = """async (i) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  content.activeCellIndex = i;
  await content.scrollToItem(i);
}"""  # JupyterLab removes cells from the page when they are out of view
ACTIVE = ".jp-Cell.jp-mod-active"
# A theme of JupyterLab, and what the operating system asks of the page. Axe does not see colours
# that are forced.
LOOKS = {
    "light": ("Light", {"forced_colors": "none", "color_scheme": "light"}),
    "dark": ("Dark", {"forced_colors": "none", "color_scheme": "light"}),
    "forced light": ("Light", {"forced_colors": "active", "color_scheme": "light"}),
    "forced dark": ("Light", {"forced_colors": "active", "color_scheme": "dark"}),
    "forced light on dark": ("Dark", {"forced_colors": "active", "color_scheme": "light"}),
}
CONTROL = ":is(input, select, textarea, button, [tabindex='0']):not(:disabled)"  # of a widget
# How far to the right any part of an element reaches that is seen, by a selector of parts.
RIGHT_END = """(element, parts) => Math.max(...[...element.querySelectorAll(parts)]
  .map((part) => part.getBoundingClientRect()).filter((box) => box.width > 1)
  .map((box) => box.right))"""
CELLS = "() => window.jupyterapp.shell.currentWidget.context.model.toJSON().cells"


@contextmanager
def headless_chromium():
    """A headless Chromium, the one that `tools.browser` finds."""
    path = browser.find()
    assert path, "no browser found: run `python tools/browser.py`"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder, *more_flags, program=(), **more_environment):
    """URL of a JupyterLab that `make lab` serves, with a read-only home and no network.

    Settings and log go to `folder`. `program` is the command of another server, as Notebook 7.
    """
    port = free_port()
    flags = ["--no-browser", f"--port={port}", "--expose-app-in-browser", *more_flags]
    if os.geteuid() == 0:
        flags.append("--allow-root")
    settings = folder / "@jupyterlab" / "docmanager-extension" / "plugin.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"autosave": false}')  # it would overwrite the committed notebook
    log = folder / "log.txt"
    environment = os.environ | {
        "HOME": "/dev/null",
        "JUPYTERLAB_SETTINGS_DIR": str(folder),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder),  # no tabs are open from the last run
        "http_proxy": OUTSIDE,
        "https_proxy": OUTSIDE,
        "no_proxy": "127.0.0.1,localhost",
        **more_environment,
    }
    environment.pop("MAKEFLAGS", None)
    command = [*program, *flags] if program else ["make", "lab", f"LAB_FLAGS={' '.join(flags)}"]
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
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
        assert url, f"{command} did not start:\n{log.read_text()}"
        said = log.read_text()
        assert not re.search(r"\bpip\b", said), f"a second run installs nothing:\n{said}"
        yield url[0].strip()
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=PATIENCE / 1000)


ASK = """async (expression) => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  const future = kernel.requestExecute(
    { code: '', user_expressions: { answer: expression }, store_history: false }
  );
  const { answer } = (await future.done).content.user_expressions;
  return answer.status === 'ok' ? answer.data['text/plain'] : `raise ${answer.evalue}`;
}"""
# Milliseconds until a test gives up waiting for what should appear at once. Playwright's own 5
# and 30 seconds are too short on a machine that is busy with something else.
PATIENCE = 120_000
# anywidget gives a model two seconds to load its script. A busy page needs them for itself, and a
# model that is closed before has no script any more: for an hour neither is an error. A widget that
# does not load is one that a test waits for.
PATIENT = """{
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => timeout(Math.max(ms, 3_600_000));
}"""
# On each page of Notebook 7.6: github.com/jupyter/notebook/issues/7862.
OF_NOTEBOOK_7 = "Cannot read properties of undefined (reading 'schema')"
SAME_HOST = ("http://localhost", "ws://localhost", "http://127.0.0.1", "data:", "blob:")


class Notebook:
    """A notebook in its own page. Its complaints are the errors in the page."""

    def __init__(self, browser, url, *, width=1280, height=900, has_touch=False):
        self.url, self.complaints, self.is_free = url, [], False
        self.screen, self.look = {"width": width, "height": height}, "light"
        self.page = browser.new_page(viewport=self.screen, has_touch=has_touch)
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(PATIENT)
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._fail)
        self.page.on("request", self._see)
        self.open()

    def open(self):
        """Open the notebook, or open it again."""
        self.page.goto(self.url)
        self.page.wait_for_function(READY, timeout=300_000)

    def close(self):
        """Hand the page to the next notebook: loading JupyterLab takes longer than most tests."""
        self.is_free = True

    def reopen(self, path):
        """Open another notebook in place of everything the page shows."""
        self.page.set_viewport_size(self.screen)
        self.wear("light")
        self.page.evaluate(REOPEN, path)
        self.page.wait_for_function(READY)
        self.complaints.clear()
        self.is_free = False

    def run_all(self):
        assert self.page.evaluate(RUN_ALL) is True, self.page.evaluate(CELLS)

    def _hear(self, message):
        if message.type == "error":
            self.complaints.append(message.text)

    def _fail(self, error):
        if OF_NOTEBOOK_7 not in str(error):
            self.complaints.append(error.stack or str(error))

    def _see(self, request):
        if not request.url.startswith(SAME_HOST):
            self.complaints.append(f"asked for {request.url}")

    def command(self, name, **arguments):
        """Run a command of JupyterLab, as its menus do."""
        return self.page.evaluate(
            "([name, arguments]) => window.jupyterapp.commands.execute(name, arguments)",
            [name, arguments],
        )

    def wear(self, look):
        """Give the page one of the `LOOKS`."""
        if look == self.look:
            return
        theme, media = LOOKS[look]
        self.command("apputils:change-theme", theme=f"JupyterLab {theme}")
        self.page.emulate_media(**media)
        self.page.wait_for_timeout(1_000)  # JupyterLab covers the page while a theme comes
        self.look = look

    def resize(self, width, height):
        """Give the page another size, and let it draw what it shows."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_timeout(500)

    def shut_down(self):
        """Shut down the kernel."""
        self.page.evaluate(SHUT_DOWN)

    def ask(self, expression):
        """The value of a Python expression in the kernel."""
        return ast.literal_eval(self.page.evaluate(ASK, expression))

    def wait(self, expression, value):
        """Wait until a Python expression has a given value in the kernel."""
        deadline = time.monotonic() + PATIENCE / 1000
        while (found := self.ask(expression)) != value:
            assert time.monotonic() < deadline, f"{expression} is {found!r}, not {value!r}"


def assert_axe_finds_nothing(page, context):
    """Names, roles and contrast in a part of the page, as axe-core judges them."""
    found = Axe().run(page, context=context).response["violations"]
    assert not found, [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]


def stroke(notebook, points, index=0):
    """Draw a stroke on a pad with the mouse, in straight lines between points."""
    paper = notebook.page.locator(".digit-pad .paper").nth(index)
    paper.scroll_into_view_if_needed()
    box, mouse = paper.bounding_box(), notebook.page.mouse
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    mouse.move(*places[0])
    mouse.down()
    for place in places[1:]:
        mouse.move(*place, steps=8)
    mouse.up()


@contextmanager
def notebooks(chromium, notebook_7=()):
    """A function that runs some cells in JupyterLab and returns the `Notebook`.

    All notebooks share one kernel, and the page of one that was closed is used by the next.
    `notebook_7` is the command that serves Notebook 7, in place of JupyterLab.
    """
    opened = []
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as settings,
        serving(
            Path(settings),
            f"--ServerApp.root_dir={folder}",
            program=notebook_7,
            PYTHONPATH=str(ROOT),
            **({"HOME": settings} if notebook_7 else {}),  # make sets the folders below it
        ) as server,
    ):

        def run(*cells, **screen):
            new_cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
            notebook = nbformat.v4.new_notebook(cells=new_cells, metadata={"kernelspec": kernel})
            nbformat.write(notebook, Path(folder) / "scratch.ipynb")
            free = [old for old in opened if old.is_free]
            if free and not screen:
                free[0].reopen("scratch.ipynb")
                free[0].run_all()
                return free[0]
            place = "notebooks" if notebook_7 else "lab/tree"
            url = re.sub(r"/(lab|tree).*\?", f"/{place}/scratch.ipynb?reset&", server)
            notebook = Notebook(chromium, url, **screen)
            if not screen:
                opened.append(notebook)
            notebook.run_all()
            return notebook

        yield run
        for notebook in opened:
            notebook.page.close()
