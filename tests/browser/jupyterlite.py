"""The site that `make lite` builds, as a web server serves it, and how a test drives a notebook."""

import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from tests.browser.jupyterlab import CELLS, PATIENCE, PATIENT, RUN_ALL

READY = """() => {
  const panel = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  const session = panel && panel.sessionContext && panel.sessionContext.session;
  return !!(session && session.kernel && panel.context.isReady && panel.sessionContext.isReady
    && session.kernel.connectionStatus === 'connected' && session.kernel.status === 'idle');
}"""

RUN = """async (source) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  content.activeCellIndex = content.widgets.findIndex((cell) => cell.model.type === 'code');
  content.activeCell.model.sharedModel.setSource(source);
  return window.jupyterapp.commands.execute('notebook:run-cell');
}"""


class Handler(SimpleHTTPRequestHandler):
    """The handler of `python -m http.server`; it also counts bytes and records stray requests."""

    def do_GET(self):
        if not self.path.startswith(("/course/", "/favicon.ico")):  # browsers ask for that
            self.server.strays.append(self.path)
        super().do_GET()

    def copyfile(self, source, outputfile):
        content = source.read()
        self.server.sent += len(content)
        outputfile.write(content)

    def log_message(self, *_):
        pass


@contextmanager
def serving(site, folder):
    """A server of a site below /course/.

    `url` is the address of the site, `sent` counts bytes, and `strays` holds the requested paths
    outside /course/.
    """
    (folder / "course").symlink_to(site)
    handler = partial(Handler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.url, server.sent = f"http://127.0.0.1:{server.server_port}/course", 0
        server.strays = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class Tab:
    """A notebook of the site, in a new profile or in a given context."""

    def __init__(self, browser, server, name, *, context=None, url=None):
        self.server, self.url = server, f"{url or server.url}/lite/lab/index.html?path={name}"
        self.context = context or browser.new_context(viewport={"width": 1280, "height": 900})
        self.outside = []
        self.context.on("request", self._see)
        self.seconds = self.megabytes = 0
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(PATIENT)
        self.open()

    def open(self):
        """Open or reopen the notebook, and wait until its kernel is ready."""
        with self._measured():
            self.page.goto(self.url)
            self.page.wait_for_function(READY, timeout=180_000)

    def run(self, source):
        """Put source into the first code cell and run it. Fails if the cell fails."""
        with self._measured():
            fine = self.page.evaluate(RUN, source)
        assert fine is True, errors(self.page.evaluate(CELLS))

    def run_all(self):
        """Run every cell and return the cells. Fails if one did not finish."""
        with self._measured():
            fine = self.page.evaluate(RUN_ALL)
        cells = self.page.evaluate(CELLS)
        assert fine is True, errors(cells)
        return cells

    @contextmanager
    def _measured(self):
        before, start = self.server.sent, time.monotonic()
        yield
        self.seconds += time.monotonic() - start
        self.megabytes += (self.server.sent - before) / 1e6

    def _see(self, request):
        host = self.url.split("/course/")[0]
        if not request.url.startswith((host, "data:", "blob:")):
            self.outside.append(request.url)


def outputs(cells, kind):
    """All outputs of one kind in some cells."""
    return [o for cell in cells for o in cell.get("outputs", []) if o["output_type"] == kind]


def errors(cells):
    """The error messages of the cells that failed."""
    return ["\n".join(output["traceback"]) for output in outputs(cells, "error")]
