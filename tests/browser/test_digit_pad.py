"""The drawing pad in JupyterLab: with mouse and keyboard, in two themes, beside the bars."""

from itertools import product

import numpy as np
import pytest
from playwright.sync_api import expect

from course_utils.widgets.digit_pad import draw_as_mnist
from tests.browser.jupyterlab import assert_axe_finds_nothing, stroke

SETUP = """
import time
import numpy as np
from course_utils.datasets import load_cnn_weights
from course_utils.preprocessing import downscale
from course_utils.widgets import DigitPad, live_prediction
from course_utils.widgets.digit_pad import draw, draw_as_mnist
from tests.drawn_digits import cnn_probabilities

cnn = cnn_probabilities(load_cnn_weights())
calls = []

def slow(images):
    calls.append(1)
    time.sleep(0.3)
    return np.eye(10)[[len(calls) % 10]]
"""
PADS = ["pad = DigitPad()\nlive_prediction(pad, {'CNN': cnn})", "other = DigitPad()\nother"]
INKED = "paper => [...paper.getContext('2d').getImageData(0, 0, 280, 280).data].some((v) => v)"
SEVEN = [(0.2, 0.2), (0.7, 0.2), (0.4, 0.8)]


@pytest.fixture
def notebook(run_notebook):
    """A notebook with a pad beside the bars of the CNN, and another pad."""
    notebook = run_notebook(SETUP, *PADS)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def paper(notebook, index=0):
    paper = notebook.page.locator(".digit-pad .paper").nth(index)
    paper.scroll_into_view_if_needed()
    return paper


def top_answer(notebook):
    return notebook.page.locator(".digit-predictions caption").last


def n_cells(notebook):
    return len(notebook.page.query_selector_all(".jp-Notebook .jp-Cell"))


def test_a_stroke_drawn_with_the_mouse_reaches_python_and_the_bars_respond(notebook):
    expect(top_answer(notebook)).to_have_text("CNN")
    stroke(notebook, SEVEN)
    expect(top_answer(notebook)).to_have_text("CNN: 7")
    notebook.wait("len(pad.strokes[0])", 17)  # no point is lost
    drawn = np.array(notebook.ask("pad.strokes")[0])
    assert np.abs(drawn[[0, 8, 16]] - SEVEN).max() < 0.01
    image = np.array(notebook.ask("pad.image.tolist()"), dtype=np.uint8)
    assert np.array_equal(image, draw_as_mnist([drawn]))
    bars = notebook.page.locator(".digit-predictions tr")
    assert bars.count() == 10
    assert bars.nth(7).inner_text().split() == ["7", "100", "%"]
    assert bars.nth(7).locator(".bar").bounding_box()["width"] > 50
    spoken = notebook.page.locator(".digit-predictions [role=status]")
    expect(spoken).to_have_text("CNN says 7, 100 %.")


SHOWN = """() => {
  const picture = document.querySelector('.digit-pad .picture');
  const { data } = picture.getContext('2d').getImageData(0, 0, 28, 28);
  return [...data].filter((_, i) => i % 4 === 0).map((grey) => 255 - grey);
}"""


def test_the_picture_beside_the_pad_is_what_the_network_gets(notebook):
    page = notebook.page
    note = page.locator(".digit-pad .note").first
    stroke(notebook, SEVEN)
    notebook.wait("len(pad.strokes[0])", 17)
    preprocessed = notebook.ask("pad.image.ravel().tolist()")
    page.wait_for_function(f"image => `${{({SHOWN})()}}` === `${{image}}`", arg=preprocessed)
    expect(note).to_contain_text("with one pen for every brush")
    page.get_by_label("prepare as MNIST").first.uncheck()
    notebook.wait("pad.preprocessed", False)
    as_it_stands = notebook.ask("pad.image.ravel().tolist()")
    assert as_it_stands != preprocessed
    page.wait_for_function(f"image => `${{({SHOWN})()}}` === `${{image}}`", arg=as_it_stands)
    expect(note).to_contain_text("as it stands")


def test_a_seven_can_be_drawn_with_keys_alone(notebook):
    before = n_cells(notebook)
    paper(notebook).focus()
    press = notebook.page.keyboard.press
    for key in ["Shift+ArrowLeft", "Shift+ArrowUp", "Shift+ArrowUp", "Space"]:
        press(key)
    for key in ["Shift+ArrowRight"] * 2 + ["ArrowRight", "ArrowRight"] + ["Shift+End"] * 2:
        press(key)
    for key in ["Shift+ArrowDown", "Shift+ArrowDown", "Space", "ArrowLeft"]:
        press(key)
    notebook.wait("[len(stroke) for stroke in pad.strokes]", [9])
    stroke = notebook.ask("pad.strokes[0]")
    assert stroke[0] == pytest.approx([10 / 28, 6 / 28], abs=1e-3)
    assert stroke[4] == pytest.approx([20 / 28, 6 / 28], abs=1e-3)
    assert stroke[-1] == pytest.approx([12 / 28, 22 / 28], abs=1e-3)
    expect(top_answer(notebook)).to_have_text("CNN: 7")
    status = notebook.page.locator(".digit-pad [role=status]").first
    expect(status).to_have_text("Pen up at column 11, row 22 of 28.")
    keys = notebook.page.get_by_text("Arrows move, Space lowers and lifts the pen").first
    expect(keys).to_be_visible()
    notebook.page.keyboard.press("Tab")
    expect(keys).not_to_be_visible()
    assert n_cells(notebook) == before


def test_undo_and_clear_by_keys_and_by_buttons(notebook):
    page = notebook.page
    strokes = [[(x, 0.2), (x, 0.8)] for x in (0.2, 0.4, 0.6, 0.8)]
    for points in strokes:
        stroke(notebook, points)
    notebook.wait("len(pad.strokes)", 4)
    page.keyboard.press("Control+z")
    notebook.wait("len(pad.strokes)", 3)
    page.get_by_role("button", name="Undo").first.click()
    notebook.wait("[round(stroke[0][0], 1) for stroke in pad.strokes]", [0.2, 0.4])
    page.keyboard.press("Control+z")  # the focus is on the button
    notebook.wait("[round(stroke[0][0], 1) for stroke in pad.strokes]", [0.2])
    page.get_by_role("button", name="Clear").first.focus()
    page.keyboard.press("Space")
    notebook.wait("pad.strokes", [])
    assert not notebook.ask("bool(pad.image.any())")
    expect(top_answer(notebook)).to_have_text("CNN")
    status = page.locator(".digit-pad [role=status]").first
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    notebook.wait("[round(stroke[0][0], 1) for stroke in pad.strokes]", [0.2])
    expect(status).to_have_text("Undone: 1 stroke back.")
    expect(top_answer(notebook)).to_have_text("CNN: 1")
    page.keyboard.press("Enter")
    notebook.wait("pad.strokes", [])
    page.keyboard.press("Enter")
    expect(status).to_have_text("Nothing to undo.")
    for key in ("Delete", "Backspace"):
        stroke(notebook, strokes[0])
        notebook.wait("len(pad.strokes)", 1)
        page.keyboard.press(key)
        notebook.wait("pad.strokes", [])


def test_keys_on_the_pad_are_not_commands_of_the_notebook_but_ctrl_s_is(notebook):
    before = n_cells(notebook)
    page = notebook.page
    controls = [
        page.locator(f".digit-pad .{name}").first for name in ("undo", "brush", "preprocessed")
    ]
    for control in [paper(notebook), *controls]:
        control.focus()
        for key in ["a", "b", "d", "d", "x", "m", "0", "0", "Enter", "ArrowDown"]:
            page.keyboard.press(key)
        expect(control).to_be_focused()
    assert n_cells(notebook) == before
    assert notebook.ask("pad.strokes") == []
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    paper(notebook).focus()
    dirty = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
    assert page.evaluate(dirty)
    page.keyboard.press("Control+s")
    page.wait_for_function(f"() => !({dirty})()")
    count = page.locator(".jp-InputPrompt").nth(1).inner_text()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-InputPrompt").nth(1)).not_to_have_text(count)


def test_focus_goes_from_control_to_control_and_is_visible(notebook):
    paper(notebook).focus()
    names = []
    for _ in range(5):
        focused = notebook.page.evaluate("""() => {
          const style = getComputedStyle(document.activeElement);
          return [document.activeElement.className, style.outlineStyle, style.outlineWidth];
        }""")
        names.append(focused[0])
        assert focused[1] == "solid", focused
        assert float(focused[2].removesuffix("px")) >= 2
        notebook.page.keyboard.press("Tab")
    assert names == ["paper", "undo", "clear", "brush", "preprocessed"]


def test_the_brush_is_set_with_keys(notebook):
    stroke(notebook, SEVEN)
    notebook.page.get_by_label("Brush").first.focus()
    notebook.page.keyboard.press("ArrowRight")
    notebook.wait("pad.brush", 3.0)
    brush = notebook.page.get_by_label("Brush").first
    expect(brush).to_have_attribute("aria-valuetext", "3 of 28 pixels")
    drawn = "np.array_equal(pad.image, {})"
    assert notebook.ask(drawn.format("draw_as_mnist(pad.strokes)"))
    notebook.page.get_by_label("prepare as MNIST").first.uncheck()
    notebook.wait(drawn.format("downscale(draw(pad.strokes, 3))"), True)


def test_a_second_finger_draws_nothing(notebook):
    touch = """(paper) => {
      const box = paper.getBoundingClientRect();
      const fire = (name, x, y, id) => paper.dispatchEvent(new PointerEvent(name, {
        pointerId: id, pointerType: 'touch', bubbles: true, isPrimary: id === 1,
        clientX: box.left + x * box.width, clientY: box.top + y * box.height,
      }));
      paper.setPointerCapture = () => {};  // no real finger is there to be captured
      fire('pointerdown', 0.3, 0.2, 1);
      fire('pointerdown', 0.9, 0.9, 2);  // the ball of the thumb
      fire('pointermove', 0.9, 0.8, 2);
      fire('pointermove', 0.3, 0.9, 1);
      fire('pointerup', 0.3, 0.9, 1);
      fire('pointermove', 0.5, 0.5, 1);
    }"""
    paper(notebook).evaluate(touch)
    notebook.wait("pad.strokes", [[[0.3, 0.2], [0.3, 0.9]]])


SCROLLED = "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop"


def test_on_a_touch_screen_a_finger_draws_on_the_pad_and_scrolls_beside_it(run_notebook):
    notebook = run_notebook(SETUP, *PADS, height=500, has_touch=True)
    page = notebook.page
    expect(page.locator(".digit-pad .paper")).to_have_count(2)
    box = paper(notebook).bounding_box()
    session = page.context.new_cdp_session(page)

    def swipe(points):
        places = [
            {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in points
        ]
        for name, touching in [
            ("touchStart", places[:1]),
            *[("touchMove", [place]) for place in places[1:]],
            ("touchEnd", []),
        ]:
            session.send("Input.dispatchTouchEvent", {"type": name, "touchPoints": touching})
            page.wait_for_timeout(20)
        page.wait_for_timeout(300)

    before = page.evaluate(SCROLLED)
    up = [(0.5, y) for y in np.linspace(0.9, 0.2, 15)]
    swipe(up)
    notebook.wait("len(pad.strokes)", 1)
    drawn = np.array(notebook.ask("pad.strokes[0]"))
    assert np.abs(drawn[[0, -1]] - [up[0], up[-1]]).max() < 0.02
    assert len(drawn) > 5  # not only its ends: the browser did not take over the touch
    expect(top_answer(notebook)).to_have_text("CNN: 1")
    assert page.evaluate(SCROLLED) == before
    swipe([(-0.1, y) for _, y in up])
    assert page.evaluate(SCROLLED) > before
    assert notebook.ask("len(pad.strokes)") == 1
    assert not notebook.complaints
    page.close()


def test_two_pads_share_nothing(notebook):
    stroke(notebook, SEVEN)
    stroke(notebook, [(0.5, 0.2), (0.5, 0.8)], index=1)
    notebook.wait("len(other.strokes), len(pad.strokes)", (1, 1))
    assert notebook.ask("pad.strokes != other.strokes")
    notebook.page.get_by_role("button", name="Clear").nth(1).click()
    notebook.wait("other.strokes", [])
    assert notebook.ask("len(pad.strokes)") == 1


def test_python_can_draw(notebook):
    notebook.ask("setattr(pad, 'strokes', [[[0.5, 0.1], [0.5, 0.9]]])")
    expect(top_answer(notebook)).to_have_text("CNN: 1")
    assert paper(notebook).evaluate(INKED)


def test_a_cell_run_again_shows_the_strokes_and_its_old_bars_stop(run_notebook):
    notebook = run_notebook(
        SETUP, "pad = DigitPad()", "calls = []\nlive_prediction(pad, {'slow': slow, 'CNN': cnn})"
    )
    stroke(notebook, SEVEN)
    notebook.wait("len(pad.strokes)", 1)
    notebook.command("notebook:move-cursor-down")
    for _ in range(2):
        notebook.page.locator(".jp-InputArea-editor").last.click()
        notebook.command("notebook:run-cell")
        notebook.page.wait_for_timeout(1500)
    expect(notebook.page.locator(".digit-pad .paper")).to_have_count(1)
    assert paper(notebook).evaluate(INKED)
    notebook.ask("calls.clear()")
    paper(notebook).focus()
    notebook.page.keyboard.press("Delete")
    notebook.wait("pad.strokes", [])
    notebook.page.keyboard.press("Space")
    notebook.wait("len(pad.strokes)", 1)
    notebook.page.wait_for_timeout(1500)
    assert notebook.ask("len(calls)") == 1  # once for the dot: only the visible bars
    assert not notebook.complaints
    notebook.close()


def test_a_slow_model_is_asked_less_often_and_gets_the_last_picture(run_notebook):
    notebook = run_notebook(
        SETUP, "pad = DigitPad()\nview = live_prediction(pad, {'slow': slow})\nview"
    )
    for _ in range(3):
        stroke(notebook, SEVEN * 6)
    notebook.wait("[len(stroke) for stroke in pad.strokes]", [137] * 3)
    notebook.page.wait_for_timeout(500)
    assert notebook.ask("len(calls)") < 30
    last = notebook.ask("len(calls) % 10")
    expect(top_answer(notebook)).to_have_text(f"slow: {last}")
    assert not notebook.complaints
    notebook.close()


def test_an_error_in_a_model_is_shown_beside_the_pad(run_notebook):
    notebook = run_notebook(
        SETUP,
        "pad = DigitPad()\n"
        "live_prediction(pad, {'mine': lambda images: images @ np.ones(3), 'CNN': cnn})",
    )
    stroke(notebook, SEVEN)
    error = notebook.page.locator(".digit-predictions .error").first
    expect(error).to_contain_text("ValueError: matmul")
    spoken = notebook.page.locator(".digit-predictions [role=status]")
    expect(spoken).to_contain_text("mine fails: ValueError: matmul")
    expect(top_answer(notebook)).to_have_text("CNN: 7")
    notebook.page.get_by_role("button", name="Clear").click()
    expect(error).to_be_hidden()
    assert not notebook.complaints
    notebook.close()


def test_a_restarted_kernel_and_a_closed_tab_leave_no_error(notebook):
    stroke(notebook, SEVEN)
    notebook.wait("len(pad.strokes)", 1)
    notebook.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    stroke(notebook, SEVEN)
    notebook.page.wait_for_timeout(1000)
    notebook.command("notebook:run-all-cells")
    stroke(notebook, SEVEN)
    notebook.wait("len(pad.strokes)", 1)
    notebook.command("docmanager:save")
    notebook.command("application:close")
    notebook.page.wait_for_timeout(1000)


def test_screen_readers_find_names_and_the_status_of_the_pad(notebook):
    stroke(notebook, SEVEN)
    expect(notebook.page.locator(".digit-pad").first).to_match_aria_snapshot("""
      - group "Drawing pad":
        - application /Arrow keys move the cursor/
        - button "Undo"
        - button "Clear"
        - slider "Brush": "2.5"
        - img /28 by 28 pixels, \\d+ of them with ink/
        - checkbox "prepare as MNIST" [checked]
        - status: 1 stroke drawn.
    """)


def test_labels_names_and_contrast_pass_axe_and_it_looks_right(notebook, screenshots):
    page = notebook.page
    stroke(notebook, SEVEN)
    expect(top_answer(notebook)).to_have_text("CNN: 7")
    page.keyboard.press("ArrowRight")  # the cursor of the keys
    for look, width in product(("light", "dark"), (1280, 800)):
        notebook.wear(look)
        notebook.resize(width, 900)
        paper(notebook)
        page.screenshot(path=screenshots / f"digit_pad_{look}_{width}.png")
        for part in (".digit-pad", ".digit-predictions"):
            assert_axe_finds_nothing(page, part)
