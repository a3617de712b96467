"""Notebook 7, as someone installs it from PyPI beside the course."""

import re
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import ROOT, notebooks, stroke
from tests.browser.test_activations import SETUP as DRAWN
from tests.browser.test_digit_pad import SEVEN
from tests.browser.test_opened_again import assert_pictures_stand_in_until_it_is_run
from tests.browser.test_sliders import NEURON, n_cells_and_active
from tests.environments import BIN, install, make_environment
from tests.once import once

PAD = "pad = DigitPad()\nlive_prediction(pad, {'CNN': cnn})"
SLIDER = f"from course_utils.widgets import live_prediction, neuron_explorer\nview = {NEURON}\nview"


def make(folder):
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    bin_ = make_environment(folder, version)
    install(bin_, ROOT, "--group", "notebook", "--constraint", "requirements.txt", cwd=ROOT)


@pytest.fixture(scope="module")
def run_notebook_7(chromium, tmp_path_factory):
    """A function that runs some cells in Notebook 7 and returns the `Notebook`."""
    environment = once(tmp_path_factory, "notebook_7", make)
    python = environment / BIN.name / "python"
    with notebooks(chromium, [python, "-m", "notebook"]) as run:
        yield run


def test_pad_and_slider_follow_mouse_and_keys(run_notebook_7, screenshots):
    notebook = run_notebook_7(DRAWN, SLIDER, PAD)
    page, press = notebook.page, notebook.page.keyboard.press
    said = page.locator(".digit-predictions caption")
    stroke(notebook, SEVEN)
    expect(said).to_have_text("CNN: 7")
    page.screenshot(path=screenshots / "notebook_7.png")
    page.locator(".digit-pad .paper").focus()
    for key in ("Delete", "d", "d", "a", "b", "x"):  # commands of the notebook elsewhere
        press(key)
    expect(said).to_have_text("CNN")
    for key in ("Shift+ArrowUp", "Space", "Shift+End", "Space"):
        press(key)
    notebook.wait("len(pad.strokes)", 1)
    assert n_cells_and_active(notebook) == [3, 2]

    slider, picture = page.get_by_role("slider", name="bias"), page.locator("figure img").first
    slider.focus()
    for key, bias in (("ArrowRight", "bias -1.7"), ("ArrowLeft", "bias -1.8")):
        press(key)
        expect(picture).to_have_attribute("alt", re.compile(bias))
    slider.click()  # in its middle
    expect(picture).not_to_have_attribute("alt", re.compile("bias -1.8"))
    for key in ("d", "d", "a", "b", "ArrowDown", "ArrowUp"):
        press(key)
    expect(slider).to_be_focused()
    assert n_cells_and_active(notebook) == [3, 1]
    assert not notebook.complaints


def test_pictures_stand_in_for_widgets_until_a_notebook_is_run(run_notebook_7):
    notebook = run_notebook_7(DRAWN, f"{SLIDER}\ndisplay(view)\n{PAD}")
    assert_pictures_stand_in_until_it_is_run(notebook, 2)
