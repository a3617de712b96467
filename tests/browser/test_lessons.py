"""A lesson in JupyterLab: *Run All* reaches the end and every widget is in its cell.

A browser tab runs every lesson; this one covers what differs here, the kernel and the server.
"""

import re

import pytest

from tests.browser.jupyterlab import CELLS, ROOT, Notebook, serving
from tests.browser.lesson_widgets import assert_every_widget_is_in_its_cell

LESSON = "a_network_by_hand"  # two widgets, and the quickest to run


@pytest.fixture
def lab(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("lab")) as url:
        yield url


def test_run_all_shows_every_widget(lab, chromium, screenshots):
    (path,) = ROOT.glob(f"notebooks/*_{LESSON}.ipynb")
    committed = path.read_bytes()
    url = re.sub(r"/lab.*\?", f"/lab/tree/notebooks/{path.name}?reset&", lab)
    notebook = Notebook(chromium, url)
    page = notebook.page
    try:
        notebook.run_all()
        cells = page.evaluate(CELLS)
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
        assert not [o for cell in code for o in cell["outputs"] if o["output_type"] == "error"]
        assert_every_widget_is_in_its_cell(page, cells, LESSON, screenshots)
        assert not notebook.complaints
    finally:
        notebook.shut_down()  # a kernel takes half a gigabyte
        page.close()
    assert path.read_bytes() == committed
