"""The playground in JupyterLab: by mouse and keys, with its numbers checked against NumPy."""

import re
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import CONTROL, RIGHT_END, assert_axe_finds_nothing

SETUP = "import numpy as np\nfrom course_utils.widgets import playground\nheard = []"
CALL = 'playground(data="ring", hidden=(4, 2), seed=1, steps=100)'
# The average colour of a canvas, and how many of its pixels are black or nearly so.
LOOK = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  let [sum, black] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    sum += data[i] - data[i + 2];
    black += data[i] + data[i + 1] + data[i + 2] < 30;
  }
  return [sum / (width * height), black];
}"""


@pytest.fixture
def show(run_notebook):
    """A function that shows a playground and returns the `Notebook`."""
    opened = []

    def shown(call=CALL, **screen):
        notebook = run_notebook(SETUP, f"view = {call}\nview", **screen)
        opened.append(notebook)
        part(notebook, "play").scroll_into_view_if_needed()
        return notebook

    yield shown
    for notebook in opened:
        assert not notebook.complaints
        notebook.close()


def part(notebook, name):
    return notebook.page.locator(f".playground .{name}").first


def unit(notebook, name):
    return notebook.page.get_by_role("radio", name=name, exact=True)


def button(notebook, name):
    return notebook.page.locator(".playground").get_by_role("button", name=name, exact=True)


def step(notebook):
    """The step that the page shows."""
    return int(re.sub(r"\D", "", part(notebook, "at").inner_text()))


def says(notebook, text):
    expect(notebook.page.locator(".playground [role=status]")).to_contain_text(text)


def n_cells_and_active(notebook):
    return notebook.page.evaluate("""() => {
      const { content } = window.jupyterapp.shell.currentWidget;
      return [content.widgets.length, content.activeCellIndex];
    }""")


def test_it_plays_until_it_is_paused(show):
    notebook = show()
    before = part(notebook, "plane").evaluate(LOOK)
    button(notebook, "Play").click()
    expect(part(notebook, "at")).to_have_text(re.compile(r"step [2-9]\d\d"))
    button(notebook, "Pause").click()
    says(notebook, "Paused. Step ")
    stopped = step(notebook)
    notebook.page.wait_for_timeout(500)
    assert step(notebook) == stopped
    assert notebook.ask("view._state['step']") == stopped
    assert part(notebook, "plane").evaluate(LOOK) != before
    loss = part(notebook, "scores").locator("tbody td").first
    expect(loss).to_have_text(notebook.ask("view._state['scores'][0][0]"))


def test_one_step_and_start_again(show):
    notebook = show()
    button(notebook, "One step").click()
    says(notebook, "Step 101. Training: loss ")
    button(notebook, "One step").click()
    says(notebook, "Step 102. Training: loss ")
    button(notebook, "Start again").click()
    says(notebook, "Started again. Step 0. Training: loss ")
    expect(part(notebook, "at")).to_have_text("step 0")
    expect(part(notebook, "call")).to_have_value('playground(data="ring", hidden=(4, 2), seed=1)')


def test_it_rests_where_nobody_sees_it_and_stops_when_it_is_removed(show):
    notebook = show()
    notebook.page.set_viewport_size({"width": 1280, "height": 500})
    button(notebook, "Play").click()
    expect(part(notebook, "at")).not_to_have_text("step 100")
    hide = "display => document.querySelector('.playground').style.display = display"
    notebook.page.evaluate(hide, "none")
    notebook.page.wait_for_timeout(500)
    resting = notebook.ask("view._state['step']")
    notebook.page.wait_for_timeout(500)
    assert notebook.ask("view._state['step']") == resting
    notebook.page.evaluate(hide, "")
    expect(part(notebook, "at")).not_to_have_text(f"step {resting}")
    notebook.command("notebook:clear-all-cell-outputs")
    notebook.page.wait_for_timeout(500)
    stopped = notebook.ask("view._state['step']")
    notebook.page.wait_for_timeout(500)
    assert notebook.ask("view._state['step']") == stopped > resting


def test_a_click_shows_a_unit_large_with_its_numbers(show):
    notebook = show()
    expect(unit(notebook, "output")).to_have_attribute("aria-checked", "true")
    unit(notebook, "hidden unit 3 of layer 1").click()
    expect(part(notebook, "chosen").locator("figcaption")).to_have_text("hidden unit 3 of layer 1")
    w1, w2 = notebook.ask("view.network.coefs_[0][:, 2].tolist()")
    bias = notebook.ask("float(view.network.intercepts_[0][2])")
    shown = [f"{number:.2f}".replace("-", "\N{MINUS SIGN}") for number in (w1, w2, bias)]
    expect(part(notebook, "weights").locator("td:nth-child(2)")).to_have_text(shown)
    says(notebook, "Hidden unit 3 of layer 1: tanh(")
    expect(part(notebook, "sentence")).to_contain_text(f"{abs(w1):.2f} × x₁")
    # Its line, where the sum is zero, is in the picture; an input has none.
    assert part(notebook, "plane").evaluate(LOOK)[1] > 100
    lines = part(notebook, "plane").evaluate(LOOK)[1]
    unit(notebook, "input x₁").click()
    says(notebook, "Input x₁.")
    assert part(notebook, "plane").evaluate(LOOK)[1] < lines - 100
    expect(part(notebook, "weights").locator("tr")).to_have_count(0)


def test_the_small_pictures_are_those_of_python(show):
    notebook = show()
    red_over_blue = """float(np.mean([[palette[level][0] - palette[level][2] for level in row]
        for row in np.frombuffer(view._state['pictures'], np.uint8).reshape(-1, 31 * 31)[{}:][:1]]))
    """.replace("\n", "")
    notebook.ask("exec('from course_utils.widgets.playground import PALETTE\\n"
                 "palette = PALETTE.astype(int)', globals())")  # fmt: skip
    pictures = notebook.page.locator(".playground .unit canvas")
    expect(pictures).to_have_count(2 + 4 + 2 + 1)
    for i in range(9):
        expected = notebook.ask(red_over_blue.format(i))
        assert abs(pictures.nth(i).evaluate(LOOK)[0] - expected) < 0.01


def test_everything_works_by_keys_and_no_key_is_a_command_of_the_notebook(show):
    notebook = show()
    before, press = n_cells_and_active(notebook), notebook.page.keyboard.press
    unit(notebook, "output").focus()
    for key in ("d", "d", "a", "b", "x", "m", "0", "0", "Enter"):
        press(key)
    expect(unit(notebook, "output")).to_be_focused()
    for key, name in (
        ("ArrowRight", "output"),
        ("ArrowLeft", "hidden unit 2 of layer 2"),
        ("ArrowUp", "hidden unit 1 of layer 2"),
        ("ArrowUp", "hidden unit 1 of layer 2"),
        ("ArrowLeft", "hidden unit 2 of layer 1"),
        ("ArrowDown", "hidden unit 3 of layer 1"),
        ("ArrowLeft", "input x₂"),
    ):
        press(key)
        expect(unit(notebook, name)).to_be_focused()
        expect(unit(notebook, name)).to_have_attribute("aria-checked", "true")
    press("Shift+Tab")  # one stop for all units
    expect(part(notebook, "learning_rate")).to_be_focused()
    part(notebook, "play").focus()
    press("Space")
    expect(part(notebook, "at")).not_to_have_text("step 100")
    press("Enter")
    says(notebook, "Paused. Step ")
    paused_at = step(notebook)
    press("Tab")
    press("Enter")  # one step
    says(notebook, f"Step {paused_at + 1}. ")
    part(notebook, "data").focus()
    press("ArrowDown")  # another entry, not another cell
    says(notebook, "A new network. Step 0. ")
    expect(part(notebook, "call")).to_have_value(re.compile("two spirals"))
    expect(part(notebook, "data")).to_be_focused()
    assert n_cells_and_active(notebook) == before
    assert notebook.ask("view._settings['data']") == "two spirals"


def test_every_setting_can_be_chosen_and_the_call_opens_the_same_state(show):
    notebook = show("playground()")
    page = notebook.page
    for name, value in {
        "data": "ring", "noise": "0.1", "test share": "0.25", "activation": "relu", "alpha": "0.01",
        "learning rate": "0.1", "hidden units in layer 2": "3",
    }.items():  # fmt: skip
        page.get_by_role("combobox", name=name, exact=True).select_option(value)
        says(notebook, "A new network.")
    page.get_by_role("checkbox", name="x₁²").check()
    page.get_by_role("checkbox", name="x₂", exact=True).uncheck()
    page.get_by_label("seed").fill("12")
    page.get_by_label("seed").press("Tab")
    notebook.wait("view._settings['seed']", 12)
    button(notebook, "One step").click()
    says(notebook, "Step 1. ")
    call = (
        'playground(data="ring", features=("x1", "x1**2"), hidden=(4, 3), activation="relu", '
        "alpha=0.01, learning_rate=0.1, noise=0.1, test_share=0.25, seed=12, steps=1)"
    )
    expect(part(notebook, "call")).to_have_value(call)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(notebook, "Copy").click()
    says(notebook, "Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == call
    assert notebook.ask(f"{call}._state | dict(reply='') == view._state | dict(reply='')")


def test_an_answer_does_not_undo_what_is_being_typed(show):
    notebook = show()
    seed = notebook.page.get_by_label("seed")
    seed.fill("12")
    notebook.page.get_by_role("checkbox", name="x₁²").evaluate("box => box.click()")  # keeps focus
    says(notebook, "A new network.")
    expect(seed).to_have_value("12")
    seed.press("Tab")
    notebook.wait("view._settings['seed']", 12)


def test_where_there_is_no_clipboard_the_call_is_selected(show):
    notebook = show()
    notebook.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    button(notebook, "Copy").click()
    says(notebook, "Selected")
    call = part(notebook, "call")
    assert call.evaluate("field => field.selectionEnd - field.selectionStart") == len(CALL)
    notebook.page.evaluate("delete navigator.clipboard")


def test_what_cannot_be_is_not_asked_for(show):
    notebook = show("playground(hidden=(), features=('x1',), alpha=0.05)")
    notebook.ask("view.on_msg(lambda *message: heard.append(message[1]))")
    x1 = notebook.page.get_by_role("checkbox", name="x₁", exact=True)
    x1.click()
    says(notebook, "A network needs an input.")
    expect(x1).to_be_checked()
    notebook.page.get_by_label("seed").fill("-1")
    notebook.page.get_by_label("seed").press("Tab")
    expect(notebook.page.get_by_label("hidden units in layer 2")).to_be_disabled()
    expect(part(notebook, "alpha")).to_have_value("0.05")  # a call may give what no menu has
    notebook.page.get_by_role("button", name="One step").click()
    notebook.wait("[message['do'] for message in heard]", ["train"])


def test_screen_readers_find_names_for_all_parts(show):
    notebook = show()
    expect(notebook.page.locator(".playground")).to_match_aria_snapshot("""
      - group "Playground":
        - button "Play"
        - button "One step"
        - button "Start again"
        - combobox "data"
        - spinbutton "seed": "1"
        - group "inputs":
          - checkbox "x₁" [checked]
        - group "hidden units":
          - combobox "hidden units in layer 1"
        - radiogroup "Units of the network":
          - radio "input x₁"
          - radio "hidden unit 4 of layer 1"
          - radio "output" [checked]
        - figure "output":
          - img "The plane with the points, in colours what the output says"
        - table "weights into it"
        - textbox "this state"
        - button "Copy"
        - status
    """)


def test_the_fewer_units_the_larger_their_pictures_and_the_lesson_s_look_right(show, screenshots):
    notebook = show('playground(data="ring", hidden=(3,), seed=8, steps=300)')
    for look, width in product(("light", "dark"), (1280, 800)):
        notebook.wear(look)
        notebook.resize(width, 720)
        notebook.page.locator(".playground").evaluate("el => el.scrollIntoView()")
        path = screenshots / f"playground_lesson_{look}_{width}.png"
        notebook.page.screenshot(path=path)
    for units, side in ((4, 64), (6, 48), (8, 36)):
        menu = notebook.page.get_by_label("hidden units in layer 1")
        menu.select_option(str(units))
        expect(unit(notebook, f"hidden unit {units} of layer 1")).to_be_visible()
        box = unit(notebook, "hidden unit 1 of layer 1").bounding_box()
        assert round(box["width"]) == round(box["height"]) == side + 2  # its border
        last = unit(notebook, f"hidden unit {units} of layer 1").bounding_box()
        frame = part(notebook, "network").bounding_box()
        assert last["y"] + last["height"] <= frame["y"] + frame["height"]


def test_names_and_contrast_pass_axe_and_it_looks_right(show, screenshots):
    notebook = show(
        'playground("two spirals", hidden=(8, 8, 8), features=("x1", "x2", "x1*x2", "x1**2", '
        '"x2**2"), steps=200, unit=(2, 3))'
    )
    page = notebook.page
    unit(notebook, "hidden unit 3 of layer 2").focus()
    page.keyboard.press("ArrowDown")
    for look, width in product(("light", "dark", "forced light"), (1280, 800)):
        notebook.wear(look)
        notebook.resize(width, 720)
        page.locator(".playground").evaluate("el => el.scrollIntoView()")
        box = page.locator(".playground").bounding_box()
        if width == 1280:  # all of it is seen at once
            assert box["y"] + box["height"] <= 700
        end = page.locator(".playground").evaluate(RIGHT_END, f":is({CONTROL}, canvas, td, p)")
        assert box["x"] < end <= box["x"] + box["width"]  # nothing is cut off
        page.screenshot(path=screenshots / f"playground_{look}_{width}.png")
        part(notebook, "right").evaluate("el => el.scrollIntoView()")
        page.screenshot(path=screenshots / f"playground_{look}_{width}_below.png")
        plane = part(notebook, "plane")
        assert plane.evaluate("el => getComputedStyle(el).backgroundColor") == "rgb(255, 255, 255)"
        if look != "forced light" and width == 800:
            assert_axe_finds_nothing(page, ".playground")
