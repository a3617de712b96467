"""Escape leaves a widget: the focus goes to the cell it is in, and keys are commands there."""

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import CONTROL, stroke
from tests.unit.test_widgets import MAKE

SETUP = """
from course_utils.widgets._base.keyboard_guard import KeyboardGuard
from tests.unit.test_widgets import MAKE, with_children
"""
CELL = 1  # of the widget
# Which cell has the focus, if any; which is active; and the mode of the notebook.
FOCUS = """() => {
  const { content } = window.jupyterapp.shell.currentWidget;
  const focused = content.widgets.findIndex(({ node }) => node === document.activeElement);
  return [focused, content.activeCellIndex, content.mode];
}"""


@pytest.fixture
def show(run_notebook):
    """A function that shows a public widget between two cells and returns the `Notebook`."""
    opened = []

    def shown(name):
        notebook = run_notebook(SETUP, f"view = MAKE[{name!r}]()\nview", "'the next cell'")
        opened.append(notebook)
        output(notebook).locator(CONTROL).first.scroll_into_view_if_needed()
        guards = notebook.ask("sum(isinstance(w, KeyboardGuard) for w in with_children(view))")
        expect(output(notebook).locator(".keyboard-guard")).to_have_count(guards)
        return notebook

    yield shown
    for notebook in opened:
        assert not notebook.complaints
        notebook.close()


def output(notebook):
    return notebook.page.locator(".jp-Cell").nth(CELL).locator(".jp-OutputArea-output")


def focus(notebook):
    return notebook.page.evaluate(FOCUS)


@pytest.mark.parametrize("name", MAKE)
def test_escape_goes_from_every_control_to_the_cell_and_tab_comes_back(show, name):
    notebook = show(name)
    press = notebook.page.keyboard.press
    controls = [c for c in output(notebook).locator(CONTROL).all() if c.is_visible()]
    assert controls
    for control in controls:
        control.focus()
        expect(control).to_be_focused()
        press("Escape")
        assert focus(notebook) == [CELL, CELL, "command"]
        press("ArrowDown")
        assert focus(notebook) == [CELL + 1, CELL + 1, "command"]
        press("ArrowUp")
        assert focus(notebook) == [CELL, CELL, "command"]
    for _ in range(3):  # the toolbar of the cell comes first
        press("Tab")
        if controls[0].evaluate("control => control === document.activeElement"):
            break
    else:
        raise AssertionError("Tab does not come back")
    press("Escape")
    press("Enter")
    assert focus(notebook) == [-1, CELL, "edit"]


def test_the_commands_of_the_notebook_work_after_escape(show):
    notebook = show("flattening_explorer")
    cells = "() => window.jupyterapp.shell.currentWidget.content.widgets.length"
    output(notebook).locator("input").focus()
    notebook.page.keyboard.press("b")
    assert notebook.page.evaluate(cells) == 3
    notebook.page.keyboard.press("Escape")
    notebook.page.keyboard.press("b")
    assert notebook.page.evaluate(cells) == 4
    assert focus(notebook) == [CELL + 1, CELL + 1, "command"]


def test_escape_first_lifts_a_pen_that_is_down(show):
    notebook = show("DigitPad")
    notebook.ask("setattr(view, 'strokes', [])")
    page = notebook.page
    paper, status = page.locator(".digit-pad .paper"), page.locator(".digit-pad [role=status]")
    paper.focus()
    for key in ("Space", "ArrowDown", "Escape"):
        page.keyboard.press(key)
    expect(status).to_contain_text("Pen up")
    expect(paper).to_be_focused()
    page.keyboard.press("ArrowDown")
    notebook.wait("[len(stroke) for stroke in view.strokes]", [2])
    page.keyboard.press("Escape")
    assert focus(notebook) == [CELL, CELL, "command"]


def test_escape_ends_a_stroke_of_the_mouse_and_stays_on_the_pad(show):
    notebook = show("DigitPad")
    notebook.ask("setattr(view, 'strokes', [])")
    page = notebook.page
    paper = page.locator(".digit-pad .paper")
    box = paper.bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 50, box["y"] + 100)
    page.keyboard.press("Escape")
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.up()
    expect(paper).to_be_focused()
    notebook.wait("[len(stroke) for stroke in view.strokes]", [2])
    stroke(notebook, [(0.5, 0.2), (0.5, 0.8)])
    notebook.wait("len(view.strokes)", 2)


def test_escape_closes_an_open_menu_and_the_next_one_leaves(show):
    notebook = show("playground")
    press, menu = notebook.page.keyboard.press, output(notebook).locator("select").first
    menu.focus()
    press("Space")
    expect(notebook.page.locator("select:open")).to_have_count(1)
    press("Escape")
    expect(notebook.page.locator("select:open")).to_have_count(0)
    expect(menu).to_be_focused()
    press("Escape")
    assert focus(notebook) == [CELL, CELL, "command"]
