"""A quiz in JupyterLab by keys alone, and what a screen reader finds in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import assert_axe_finds_nothing

CELLS = ["from course_utils.quiz import show_quiz", "show_quiz('from_pixels_to_vectors')", "1"]
STATE = """() => {
  const { content } = window.jupyterapp.shell.currentWidget;
  return [content.widgets.length, content.activeCellIndex, content.mode];
}"""


@pytest.fixture
def notebook(run_notebook):
    notebook = run_notebook(*CELLS)
    expect(notebook.page.get_by_role("radiogroup").first).to_be_visible()
    yield notebook
    assert not notebook.complaints
    notebook.close()


def options(notebook):
    return notebook.page.locator(".Quiz").first.get_by_role("radio")


def test_arrow_keys_go_to_an_option_and_only_space_or_enter_answers_with_it(notebook):
    page, feedback = notebook.page, notebook.page.locator(".Quiz .Feedback").first
    options(notebook).first.focus()
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(options(notebook).nth(2)).to_be_focused()
    expect(feedback).to_be_empty()
    page.keyboard.press("Space")
    expect(feedback).not_to_be_empty()
    before = feedback.inner_text()
    page.keyboard.press("ArrowDown")  # from the last to the first
    expect(options(notebook).first).to_be_focused()
    expect(feedback).to_have_text(before)
    page.keyboard.press("Enter")
    expect(feedback).not_to_have_text(before)


def test_keys_are_not_commands_of_the_notebook_until_escape(notebook):
    page = notebook.page
    options(notebook).first.focus()
    for key in ("b", "d", "d", "x", "m", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate(STATE) == [3, 1, "command"]
    page.keyboard.press("Escape")
    expect(page.locator(".jp-Cell").nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(STATE) == [3, 2, "command"]


def test_names_and_contrast_pass_axe_and_an_answer_is_marked(notebook, screenshots):
    page, first = notebook.page, notebook.page.locator(".Quiz").first
    question = first.locator("[id^=quizQn]").inner_text()
    expect(page.get_by_role("radiogroup", name=question)).to_be_visible()
    for look in ("light", "dark", "forced light", "forced dark"):
        notebook.wear(look)
        marks = []
        for option in options(notebook).all():
            option.press("Space")
            mark = first.locator(".correctButton, .incorrectButton")
            marks.append(mark.evaluate("el => getComputedStyle(el, '::after').content").strip('"'))
        assert sorted(marks) == sorted("✓✗✗")
        expect(first.get_by_role("status")).not_to_be_empty()
        page.wait_for_timeout(1500)  # the colours of an answer fade in
        page.screenshot(path=screenshots / f"quiz_{look}.png")
        if look in ("light", "dark"):
            assert_axe_finds_nothing(page, ".Quiz")
