"""The epoch viewer in JupyterLab: played, moved by keys and mouse, its pixels checked by NumPy."""

from itertools import product

import numpy as np
import pytest
from matplotlib import colormaps
from playwright.sync_api import expect

from course_utils.widgets.epoch_viewer import quantize
from tests.browser.jupyterlab import assert_axe_finds_nothing

N_RECORDS, N_UNITS = 40, 40
MAKE = f"""
import numpy as np
rng = np.random.default_rng(0)
grain, bump = rng.normal(size=({N_UNITS}, 28, 28)), np.hanning(28) * np.hanning(28)[:, np.newaxis]
strokes = bump * np.sin(np.arange(28) * rng.normal(size=({N_UNITS}, 1, 1)))
pictures = np.stack([0.05 * grain + 0.02 * r * strokes for r in range({N_RECORDS})])
n_active = rng.integers(1, 9000, size=({N_RECORDS}, {N_UNITS}))
n_active[3:, 17] = 0
n_active[1:5, 15] = 0
losses = np.append(np.nan, 2 / np.arange(1, {N_RECORDS}))
"""
CELLS = [
    f"""{MAKE}
from course_utils.widgets import epoch_viewer
curves = {{"loss": losses, "accuracy": 1 - losses / 3, "active on": n_active}}
epoch_viewer(pictures, range({N_RECORDS}), curves, dead=n_active == 0, limit=0.5, panel=11)""",
    f"""maps = np.abs(pictures[:, :32, 1:-1, 1:-1])
epoch_viewer(maps, np.arange({N_RECORDS}) / 4, kind="map", signed=False)""",
]
MIDDLE_OF_PIXELS = """([name, index]) => {
  const canvas = document.querySelectorAll('.epoch-viewer')[index].querySelector(`.${name}`);
  const pen = canvas.getContext('2d');
  const n = index ? 26 : 28;
  const middle = (i, side) => Math.floor((i + 0.5) * side / n);
  return [...Array(n * n).keys()].map((i) => [...pen.getImageData(
    middle(i % n, canvas.width), middle(Math.floor(i / n), canvas.height), 1, 1).data].slice(0, 3));
}"""


@pytest.fixture(scope="module")
def made():
    """Pictures, counts of active images and losses, as in the notebook."""
    names = {}
    exec(MAKE, names)
    return names["pictures"], names["n_active"], names["losses"]


@pytest.fixture(scope="module")
def notebook(run_notebook):
    """Two viewers, untouched in the first test; each of those that follow says where it begins."""
    notebook = run_notebook(*CELLS)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def part(notebook, name, index=0):
    found = notebook.page.locator(".epoch-viewer").nth(index).locator(f".{name}")
    found.first.scroll_into_view_if_needed()
    return found


def go(notebook, record, index=0):
    slider = part(notebook, "record", index)
    slider.press("Home")
    if record > N_RECORDS / 2:
        slider.press("End")
    for _ in range(min(record, N_RECORDS - 1 - record)):
        slider.press("ArrowRight" if record <= N_RECORDS / 2 else "ArrowLeft")


def three(number):
    return "–" if np.isnan(number) else f"{float(f'{number:.3g}'):g}"


def expected_colors(record, limit, signed=True):
    """The colours of a record's panels on a scale, as the browser should draw them."""
    own = np.abs(record).max()
    zero = 127 if signed else 0
    level = zero + (quantize(record, own, signed).astype(int) - zero) * (own / limit)
    level = np.clip(np.floor(level + 0.5), 0, 254).astype(int)
    cmap = colormaps["RdBu_r" if signed else "viridis"].resampled(255)
    return cmap(level, bytes=True)[..., :3].astype(int)


def drawn(notebook, name="large", index=0):
    part(notebook, name, index)
    return np.array(notebook.page.evaluate(MIDDLE_OF_PIXELS, [name, index]))


def test_screen_readers_find_names(notebook):
    expect(notebook.page.locator(".epoch-viewer").first).to_match_aria_snapshot("""
      - group "Epoch viewer":
        - button "Play"
        - slider "epoch": "0"
        - checkbox "each epoch on its own scale"
        - application "40 units. Arrow keys choose one, which is shown large."
        - img /Scale. blue .0.5, white 0, red 0.5/
        - img "unit 11 before the first update"
        - paragraph: /unit 11/
        - figure "loss –":
          - img "Curve of the loss by epoch"
        - figure "accuracy –":
          - img "Curve of the accuracy by epoch"
    """)


def test_with_forced_colours_the_pictures_keep_theirs(notebook, made):
    notebook.wear("forced light")
    go(notebook, 7)
    notebook.page.wait_for_timeout(300)
    for name in ("grid", "large", "bar", "curve"):
        canvas = part(notebook, name).first
        assert canvas.evaluate("el => getComputedStyle(el).forcedColorAdjust") == "none"
    expected = expected_colors(made[0][7], 0.5)[11].reshape(784, 3)
    assert np.abs(drawn(notebook) - expected).max() == 0
    corner = "el => [...el.getContext('2d').getImageData(1, 1, 1, 1).data]"
    assert part(notebook, "grid").evaluate(corner) == [255, 255, 255, 255]


def test_arrow_keys_move_the_slider_and_texts_follow(notebook, made):
    _, n_active, losses = made
    for record in (0, 1, 5, 39):
        go(notebook, record)
        when = "before the first update" if record == 0 else f"after {record} epochs"
        when = "after 1 epoch" if record == 1 else when
        expect(part(notebook, "when")).to_have_text(when)
        expect(part(notebook, "record")).to_have_attribute("aria-valuetext", when)
        captions = part(notebook, "curves").locator("figcaption")
        expect(captions).to_have_text(
            [
                f"loss {three(losses[record])}",
                f"accuracy {three(1 - losses[record] / 3)}",
                f"unit 11: active on {n_active[record, 11]}",
            ]
        )


def test_the_mouse_moves_the_slider(notebook):
    box = part(notebook, "record").bounding_box()
    notebook.page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    expect(part(notebook, "when")).to_have_text("after 39 epochs")
    notebook.page.mouse.click(box["x"] + 2, box["y"] + box["height"] / 2)
    expect(part(notebook, "when")).to_have_text("before the first update")


@pytest.mark.parametrize("record", [0, 7, 39])
def test_pixels_are_those_of_the_record_on_both_scales(notebook, made, record):
    pictures = made[0][record]
    go(notebook, record)
    shared = expected_colors(pictures, 0.5)[11].reshape(784, 3)
    assert np.abs(drawn(notebook) - shared).max() == 0
    part(notebook, "own").check()
    own = expected_colors(pictures, np.abs(pictures).max())[11].reshape(784, 3)
    assert np.abs(drawn(notebook) - own).max() == 0
    assert np.abs(shared - own).max() > 20
    end = three(np.abs(pictures).max())
    expect(part(notebook, "high")).to_have_text(end)
    expect(part(notebook, "low")).to_have_text(f"\N{MINUS SIGN}{end}")
    part(notebook, "own").uncheck()
    expect(part(notebook, "high")).to_have_text("0.5")


def test_pictures_from_0_up_have_their_colours(notebook, made):
    pictures = np.abs(made[0][:, :32, 1:-1, 1:-1])
    go(notebook, 3, index=1)
    expect(part(notebook, "when", 1)).to_have_text("after 0.75 epochs")
    expected = expected_colors(pictures[3], pictures.max(), signed=False)[0].reshape(-1, 3)
    assert np.abs(drawn(notebook, index=1) - expected).max() == 0
    expect(part(notebook, "low", 1)).to_have_text("0")


def test_it_plays_to_the_end_pauses_and_begins_again(notebook):
    play, when = part(notebook, "play"), part(notebook, "when")
    go(notebook, 0)
    play.click()
    expect(play).to_have_text("Pause")
    expect(when).not_to_have_text("before the first update")
    play.press("Space")
    expect(play).to_have_text("Play")
    paused = when.inner_text()
    notebook.page.wait_for_timeout(700)
    expect(when).to_have_text(paused)
    go(notebook, N_RECORDS - 4)
    play.press("Enter")
    expect(when).to_have_text("after 39 epochs")
    expect(play).to_have_text("Play")
    play.click()  # from the end it starts again
    expect(when).not_to_have_text("after 39 epochs")
    expect(play).to_have_text("Pause")
    part(notebook, "record").press("End")  # a move of the slider pauses
    expect(play).to_have_text("Play")
    expect(when).to_have_text("after 39 epochs")


def test_what_is_shown_is_announced_after_a_move_and_on_pause_but_not_while_it_plays(notebook):
    said, play = notebook.page.locator(".epoch-viewer .said").first, part(notebook, "play")
    go(notebook, 4)
    text = "after 4 epochs, loss 0.5, accuracy 0.833, unit 11: active on "
    expect(said).to_contain_text(text)
    expect(said).to_contain_text(", unit 11")
    said.evaluate("""el => {
      const button = el.parentElement.querySelector('.play');
      window.heard = [];
      const hear = () => window.heard.push(button.textContent);
      new MutationObserver(hear).observe(el, { childList: true });
    }""")
    play.click()
    expect(part(notebook, "when")).not_to_have_text("after 4 epochs")
    notebook.page.wait_for_timeout(1000)
    play.click()
    expect(said).not_to_contain_text("after 4 epochs")
    assert set(notebook.page.evaluate("window.heard")) == {"Play"}


def test_a_unit_is_chosen_by_mouse_and_keys_and_shown_large(notebook, made):
    grid, reading = part(notebook, "grid"), part(notebook, "reading")
    go(notebook, 4)
    box = grid.bounding_box()
    grid.click(position={"x": box["width"] * 7.5 / 8, "y": box["height"] * 1.5 / 5})
    expect(reading).to_have_text("unit 15\ndead\nafter 4 epochs", use_inner_text=True)
    expected = expected_colors(made[0][4], 0.5)[15].reshape(784, 3)
    assert np.abs(drawn(notebook) - expected).max() == 0
    grid.press("ArrowRight")
    expect(reading).to_have_text("unit 16\nafter 4 epochs", use_inner_text=True)
    for key, unit in [("ArrowDown", 24), ("ArrowUp", 16), ("ArrowRight", 17), ("ArrowLeft", 16)]:
        grid.press(key)
        expect(reading).to_contain_text(f"unit {unit}")
    for _ in range(20):
        grid.press("ArrowUp")
    expect(reading).to_contain_text("unit 0\n", use_inner_text=True)
    expect(notebook.page.locator(".epoch-viewer .said").first).to_contain_text(", unit 0")


def test_keys_are_not_commands_of_the_notebook(notebook):
    cells = notebook.page.locator(".jp-Notebook .jp-Cell").count()
    for name in ("play", "record", "own", "grid"):
        part(notebook, name).focus()
        for key in ["a", "b", "d", "d", "x", "m", "0", "0"]:
            notebook.page.keyboard.press(key)
        expect(part(notebook, name)).to_be_focused()
    assert notebook.page.locator(".jp-Notebook .jp-Cell").count() == cells
    expect(notebook.page.locator(".jp-Dialog")).to_have_count(0)


def test_tab_goes_from_control_to_control_and_focus_is_visible(notebook):
    part(notebook, "play").focus()
    for key in ("Tab", "Shift+Tab"):  # a button that a script focused has a ring after keys only
        notebook.page.keyboard.press(key)
    for name in ("play", "record", "own", "grid"):
        expect(part(notebook, name)).to_be_focused()
        style = "el => [getComputedStyle(el).outlineStyle, getComputedStyle(el).outlineWidth]"
        line, width = part(notebook, name).evaluate(style)
        assert line == "solid"
        assert float(width.removesuffix("px")) >= 2
        notebook.page.keyboard.press("Tab")


def test_labels_names_and_contrast_pass_axe_and_it_looks_right(notebook, screenshots):
    page = notebook.page
    go(notebook, 6)
    sizes = ((1280, 720), (800, 900))
    for look, (width, height) in product(("light", "dark", "forced light"), sizes):
        notebook.wear(look)
        notebook.resize(width, height)
        for index in (0, 1):
            viewer = page.locator(".epoch-viewer").nth(index)
            viewer.evaluate("el => el.scrollIntoView()")
            page.screenshot(path=screenshots / f"epoch_viewer_{index}_{look}_{width}.png")
            assert not viewer.evaluate("el => el.scrollWidth > el.clientWidth + 1")  # not cut off
        if look != "forced light":
            assert_axe_finds_nothing(page, ".epoch-viewer")


def test_nothing_moves_unless_it_is_played(run_notebook):
    notebook = run_notebook(CELLS[0])
    notebook.page.wait_for_timeout(1000)
    expect(part(notebook, "when")).to_have_text("before the first update")
    notebook.close()
