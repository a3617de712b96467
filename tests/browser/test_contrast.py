"""What carries meaning stands out in both themes and with forced colours (high contrast).

Everything here is read from screenshots: with forced colours, the browser paints other colours than
the style sheets say.
"""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.jupyterlab import CONTROL, LOOKS, SHOW, stroke
from tests.unit.test_widgets import MAKE

SETUP = """
from tests.unit.test_widgets import MAKE
from course_utils.widgets import DigitPad, live_prediction

pad = DigitPad()
"""
PAD = "live_prediction(pad, {'sure': lambda images: [[0.7, 0.3] + 8 * [0]]})"
CELLS = [SETUP, PAD, *(f"MAKE[{name!r}]()" for name in MAKE)]
LEAST = 3  # contrast of what is not text, by WCAG 2
RING = 1  # pixels: how thick the frame around what has the focus is at least
TALL = 1_300  # pixels: a page that shows all of any widget
MARGIN = 6  # how far that frame may be outside


@pytest.fixture(scope="module")
def all_widgets(run_notebook):
    """A notebook with a pad and bars, and every public widget."""
    notebook = run_notebook(*CELLS)
    yield notebook
    assert not notebook.complaints
    notebook.close()


@pytest.fixture(scope="module", params=LOOKS)
def notebook(all_widgets, request):
    """That notebook in one of the looks."""
    all_widgets.wear(request.param)
    return all_widgets


def pixels(page, clip=None):
    """What the page shows, or a part of it: red, green and blue from 0 to 255."""
    with Image.open(io.BytesIO(page.screenshot(clip=clip))) as shown:
        return np.asarray(shown.convert("RGB"))


def luminance(colors):
    """How light each pixel is, from 0 to 1, as WCAG defines it."""
    parts = colors / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def at(seen, box, x, y):
    """How light the page is at a place in a box, both from 0 to 1."""
    row, column = box["y"] + y * box["height"], box["x"] + x * box["width"]
    return seen[round(row), round(column)]


def test_ink_is_dark_on_light_paper_and_bars_differ_from_what_is_behind_them(
    notebook, screenshots, request
):
    page = notebook.page
    page.evaluate(SHOW, 1)
    stroke(notebook, [(0.2, 0.5), (0.8, 0.5)])
    expect(page.locator(".digit-predictions caption").first).to_have_text("sure: 0")
    page.wait_for_timeout(300)
    page.screenshot(path=screenshots / f"contrast_{request.node.callspec.id}.png")
    seen = luminance(pixels(page))
    for name in ("paper", "picture"):
        box = page.locator(f".digit-pad .{name}").first.bounding_box()
        assert at(seen, box, 0.5, 0.1) > 0.9, name
        assert at(seen, box, 0.5, 0.5) < 0.1, name
    for number in range(2):
        box = page.locator(".digit-predictions .bar").nth(number).bounding_box()
        bar, behind = at(seen, box, 0.5, 0.5), at(seen, box, 0.5, -0.15)
        assert contrast(bar, behind) >= LEAST, number


def test_pictures_of_the_explorers_keep_their_paper_and_their_labels(notebook):
    page = notebook.page
    page.evaluate(SHOW, 2 + list(MAKE).index("flattening_explorer"))
    for name in ("strip", "near"):
        canvas = page.locator(f".explorer .{name}")
        canvas.scroll_into_view_if_needed()
        box, seen = canvas.bounding_box(), luminance(pixels(page))
        rows, columns = (round(box[key]) for key in ("y", "x"))
        labels = seen[rows + 1 : rows + 13, columns + 1 : columns + round(box["width"]) - 1]
        assert np.median(labels) > 0.9, name
        assert labels.min() < 0.1, name


@pytest.mark.parametrize("notebook", ["light", "dark", "forced dark"], indirect=True)
def test_the_focus_is_seen_on_every_control(notebook):
    notebook.resize(1280, TALL)  # so that nothing has to be scrolled
    page, unseen = notebook.page, []
    for place, name in enumerate(MAKE, start=2):
        page.evaluate(SHOW, place)
        output = page.locator(".jp-Cell.jp-mod-active .jp-OutputArea-output")
        output.locator(CONTROL).first.focus()
        page.keyboard.press("Escape")
        before = pixels(page)
        for control in output.locator(CONTROL).all():
            if control.is_visible() and (changed := too_little_changes(before, page, control)):
                html = control.evaluate("control => control.outerHTML")[:99]
                unseen.append(f"{name}: {changed} of {html}")
    assert not unseen, "\n".join(unseen)


def too_little_changes(before, page, control):
    """How many pixels of a control's frame change with the focus, if they are too few to see."""
    control.focus()
    box = {key: round(value) for key, value in control.bounding_box().items()}
    width, height = box["width"], box["height"]
    left, top = box["x"] - MARGIN, box["y"] - MARGIN
    clip = {"x": left, "y": top, "width": width + 2 * MARGIN, "height": height + 2 * MARGIN}
    there = before[top : top + clip["height"], left : left + clip["width"]]
    changed = contrast(luminance(there), luminance(pixels(page, clip))) >= LEAST
    changed[MARGIN + RING : -MARGIN - RING, MARGIN + RING : -MARGIN - RING] = False
    enough = 0.9 * RING * 2 * (width + height)  # its corners may be round
    return "" if changed.sum() >= enough else f"{changed.sum()} pixels"
