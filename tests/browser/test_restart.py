"""Widgets survive what happens to notebooks: a cell run again, a kernel restarted, a tab closed."""

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import CONTROL
from tests.browser.test_activations import SETUP as ACTIVATIONS
from tests.browser.test_sliders import SETUP as SLIDERS
from tests.browser.test_sliders import VIEWS

SETUP = f"""
{SLIDERS}
{ACTIVATIONS}
from course_utils.widgets import flattening_explorer, live_prediction
"""
MADE = [
    *VIEWS.values(),
    "flattening_explorer(images)",
    "activation_explorer(digits[0], layers, names, weights)",
    "live_prediction(DigitPad(), {'CNN': cnn})",
    "live_activations(DigitPad(), layers, names)",
]
# In one cell: JupyterLab removes cells from the page when they are out of view.
CELLS = [SETUP, "\n".join(f"display({made})" for made in MADE)]
RESTART = """async () => {
  const { sessionContext } = window.jupyterapp.shell.currentWidget;
  await sessionContext.session.kernel.restart();
  await sessionContext.ready;
}"""
CLOSE = "() => window.jupyterapp.shell.currentWidget.close()"


@pytest.fixture
def notebook(run_notebook):
    notebook = run_notebook(*CELLS)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def shown(notebook):
    """Outputs that have a usable control, and the message of a broken widget."""
    outputs = notebook.page.locator(".jp-OutputArea-output")
    usable = outputs.filter(has=notebook.page.locator(CONTROL))
    return usable, outputs.get_by_text("Error displaying widget")


def test_cells_run_again_leave_no_error(notebook):
    for _ in range(2):
        notebook.run_all()
    usable, broken = shown(notebook)
    expect(usable).to_have_count(len(MADE))
    expect(broken).to_have_count(0)


def test_widgets_of_a_restarted_kernel_leave_no_error_and_work_when_run_again(notebook):
    notebook.page.evaluate(RESTART)
    usable, broken = shown(notebook)
    said = notebook.page.get_by_text("The kernel was restarted or shut down. Run this cell again.")
    expect(said).to_have_count(len(MADE))
    # Their kernel is gone: moving a slider has no effect, and nothing breaks.
    notebook.page.get_by_role("slider").first.press("ArrowRight")
    expect(broken).to_have_count(0)
    notebook.run_all()
    expect(usable).to_have_count(len(MADE))
    expect(broken).to_have_count(0)
    expect(said).to_have_count(0)
    slider = notebook.page.get_by_role("slider").first
    alt = notebook.page.locator(".jp-OutputArea figure img").first.get_attribute("alt")
    slider.press("ArrowRight")
    expect(notebook.page.locator(".jp-OutputArea figure img").first).not_to_have_attribute(
        "alt", alt
    )


def test_a_tab_closed_and_opened_again_leaves_no_error(notebook, run_notebook):
    notebook.page.evaluate(CLOSE)
    notebook.page.get_by_role("button", name="Discard").click()
    notebook.page.wait_for_timeout(1000)  # time for anything a widget might still do
    assert not notebook.complaints
