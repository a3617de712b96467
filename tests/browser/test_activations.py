"""The maps beside the pad in JupyterLab: with mouse and keyboard, in two themes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.jupyterlab import stroke

SETUP = """
import numpy as np
from course_utils.datasets import load_cnn_weights
from course_utils.widgets import DigitPad, live_activations
from tests.drawn_digits import cnn_layers, cnn_probabilities

weights = load_cnn_weights()
layers, cnn = cnn_layers(weights), cnn_probabilities(weights)
names = ["conv_1", "pool_1", "conv_2", "pool_2"]

def halves(images):
    return [images[..., np.newaxis] / 255 * [0, 1, 0.5]]
"""
CELLS = [
    "pad = DigitPad()\nlive_activations(pad, layers, names, {'CNN': cnn})",
    "other = DigitPad()\nlive_activations(other, halves, ['mine'])",
]
SEVEN = [(0.2, 0.2), (0.7, 0.2), (0.4, 0.8)]
# The colour at some places on a canvas, from 0 to 1, as "red,green,blue,opacity".
COLORS_AT = """(canvas, places) => places.map(([x, y]) => canvas.getContext('2d').getImageData(
  Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data.join())"""
PIXELS = """(canvas) => canvas.getContext('2d').getImageData(
  0, 0, canvas.width, canvas.height).data.join()"""
DARKEST, GAP = "68,1,84,255", "0,0,0,0"


@pytest.fixture
def notebook(run_notebook):
    """A notebook with the four layers of the CNN, and another pad beside a layer of three maps."""
    notebook = run_notebook(SETUP, *CELLS)
    expect(tiles(notebook)).to_have_count(5)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def tiles(notebook):
    return notebook.page.locator(".live-activations .tiles")


def test_a_stroke_drawn_with_the_mouse_lights_up_all_four_layers(notebook):
    before = [tiles(notebook).nth(i).evaluate(PIXELS) for i in range(5)]
    stroke(notebook, SEVEN)
    notebook.wait("len(pad.strokes[0])", 17)
    expect(notebook.page.locator(".digit-predictions caption")).to_have_text("CNN: 7")
    for i in range(4):
        notebook.page.wait_for_function(
            f"([canvas, before]) => ({PIXELS})(canvas) !== before",
            arg=[tiles(notebook).nth(i).element_handle(), before[i]],
        )
    assert tiles(notebook).nth(4).evaluate(PIXELS) == before[4]  # another pad


def test_the_tiles_have_the_colors_of_their_maps(notebook):
    stroke(notebook, [(0.5, 0.2), (0.5, 0.8)], index=1)
    canvas = tiles(notebook).nth(4)
    expect(canvas).to_have_attribute(
        "aria-label", "mine: (28, 28, 3): 1 of 3 maps are bright, map 1 in most places."
    )
    width = 8 * 30 - 2  # tiles of 28 pixels with gaps of 2
    places = [(x / width, 0.5) for x in (14.5, 29, 44.5, 74.5, 150)]
    nothing, gap, full, half, no_tile = canvas.evaluate(COLORS_AT, places)
    assert (nothing, gap, no_tile) == (DARKEST, GAP, GAP)
    assert full.startswith("253,231,")
    assert half not in (DARKEST, full)


def test_a_stroke_drawn_with_keys_changes_the_maps_and_their_names(notebook):
    canvas = tiles(notebook).first
    blank, said = canvas.evaluate(PIXELS), canvas.get_attribute("aria-label")
    assert said.startswith("conv 1: (26, 26, 32): ")
    notebook.page.locator(".digit-pad .paper").first.focus()
    for key in ["Space", "Shift+ArrowDown", "Shift+ArrowDown"]:
        notebook.page.keyboard.press(key)
    expect(canvas).not_to_have_attribute("aria-label", said)
    assert canvas.evaluate(PIXELS) != blank
    notebook.page.keyboard.press("Delete")
    expect(canvas).to_have_attribute("aria-label", said)


def test_python_can_draw_and_the_scale_says_how_strong_the_strongest_is(notebook):
    scale = notebook.page.locator(".live-activations .scale").last
    expect(scale).to_contain_text("0.00")
    notebook.ask("setattr(other, 'strokes', [[[0.5, 0.1], [0.5, 0.9]]])")
    expect(scale).to_contain_text("1.00")


def test_an_error_is_shown_in_place_of_the_maps_until_it_is_fixed(run_notebook):
    notebook = run_notebook(
        SETUP,
        "def moody(images):\n"
        "    return halves(images)[0 if images.any() else 1:]\n"
        "live_activations(DigitPad(), moody, ['mine'])",
    )
    error = notebook.page.locator(".live-activations .error")
    expect(error).to_contain_text("it returned nothing")
    expect(tiles(notebook)).to_have_count(0)
    stroke(notebook, SEVEN)
    expect(tiles(notebook)).to_be_visible()
    expect(error).to_be_empty()
    notebook.page.get_by_role("button", name="Clear").click()
    expect(error).to_contain_text("For one image, of shape (1, 28, 28), it should return")
    expect(tiles(notebook)).to_be_hidden()
    assert not notebook.complaints
    notebook.close()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_labels_names_and_contrast_pass_axe_and_it_looks_right(notebook, screenshots, theme):
    page = notebook.page
    stroke(notebook, SEVEN)
    expect(page.locator(".digit-predictions caption")).to_have_text("CNN: 7")
    notebook.command("apputils:change-theme", theme=f"JupyterLab {theme}")
    page.wait_for_timeout(1500)
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)
        page.locator(".digit-pad .paper").first.scroll_into_view_if_needed()
        page.screenshot(path=screenshots / f"activations_{theme.lower()}_{width}.png")
        tiles(notebook).nth(3).scroll_into_view_if_needed()
        page.screenshot(path=screenshots / f"activations_{theme.lower()}_{width}_below.png")
        shown = [tiles(notebook).nth(i).bounding_box() for i in range(4)]
        assert all(box["width"] >= 150 and box["x"] + box["width"] <= width for box in shown)
    found = Axe().run(page, context=".live-activations").response["violations"]
    assert not found, [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
