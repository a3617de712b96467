"""Each lesson in JupyterLab: *Run All* reaches the end and every widget stands in its cell."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import ACTIVE, CELLS, CONTROL, ROOT, SHOW, Notebook, serving

# Widgets of each lesson. Those that watch a training are gone when it is over.
N_WIDGETS = {"00": 0, "01": 1, "02": 3, "03": 0, "04": 1, "05": 1, "06": 0, "07": 2, "08": 4}
THE_SEVEN = {"07", "08"}  # their last widget is the pad with the untidy 7
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SHUT_DOWN = "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("lab")) as url:
        yield url


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.name[:2])
def test_run_all_shows_every_widget(lesson, lab, chromium, screenshots):
    committed = lesson.read_bytes()
    url = re.sub(r"/lab.*\?", f"/lab/tree/notebooks/{lesson.name}?reset&", lab)
    notebook = Notebook(chromium, url)
    page = notebook.page
    try:
        notebook.run_all()
        cells = page.evaluate(CELLS)
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
        assert not [o for cell in code for o in cell["outputs"] if o["output_type"] == "error"]
        found = [
            i
            for i, cell in enumerate(cells)
            if any(WIDGET_VIEW in output.get("data", {}) for output in cell.get("outputs", ()))
        ]
        for i in found:
            page.evaluate(SHOW, i)
            # A widget that cannot be shown leaves a line of text, no control.
            output = page.locator(f"{ACTIVE} .jp-OutputArea-output").last
            control = output.locator(CONTROL).first
            control.wait_for()
            output.screenshot(path=screenshots / f"lesson_{lesson.name[:2]}_cell_{i}.png")
        assert len(found) == N_WIDGETS[lesson.name[:2]]
        if lesson.name[:2] in THE_SEVEN:
            said = page.locator(f"{ACTIVE} .digit-predictions caption")
            expect(said).to_have_text(["MLP: 5", "CNN: 7"])
        assert not notebook.complaints
    finally:
        page.evaluate(SHUT_DOWN)  # a kernel takes up to a gigabyte
        page.close()
    assert lesson.read_bytes() == committed
