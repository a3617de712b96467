"""A notebook that is opened again: its widgets if their kernel still runs, else their pictures."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import PATIENCE
from tests.browser.test_restart import CELLS, MADE, shown


@pytest.fixture
def notebook(run_notebook):
    notebook = run_notebook(*CELLS)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def assert_pictures_stand_in_until_it_is_run(notebook, n_widgets, n_tables=0):
    """Save the notebook, shut down its kernel, open it again, and run it."""
    notebook.command("docmanager:save")
    notebook.shut_down()
    notebook.open()
    # What follows is true from here on: ipywidgets has said of each widget that it is gone.
    deadline = time.monotonic() + PATIENCE / 1000
    while len(notebook.complaints) < n_widgets and time.monotonic() < deadline:
        notebook.page.wait_for_timeout(100)
    assert all("widget model not found" in complaint for complaint in notebook.complaints)
    notebook.complaints.clear()
    outputs = notebook.page.locator(".jp-OutputArea-output")
    pictures = outputs.filter(has=notebook.page.locator("figure img:not([alt=''])"))
    sentence = outputs.get_by_text("Run this cell: controls appear here")
    usable, broken = shown(notebook)
    expect(sentence).to_have_count(n_widgets)
    expect(pictures).to_have_count(n_widgets - n_tables)
    expect(broken).to_have_count(0)
    expect(usable).to_have_count(0)

    notebook.run_all()
    expect(usable).to_have_count(n_widgets)
    expect(sentence).to_have_count(0)
    assert not notebook.complaints


def test_pictures_stand_in_for_widgets_until_a_notebook_is_run(notebook):
    assert_pictures_stand_in_until_it_is_run(notebook, len(MADE), n_tables=1)


def test_widgets_are_there_again_while_their_kernel_runs(notebook):
    notebook.command("docmanager:save")
    notebook.open()
    usable, broken = shown(notebook)
    expect(usable).to_have_count(len(MADE))
    expect(broken).to_have_count(0)
