"""Widgets built from ipywidgets in JupyterLab: sliders, buttons and text fields, by keys alone."""

import re
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import ACTIVE, CONTROL, RIGHT_END, SHOW, assert_axe_finds_nothing

SETUP = """
import numpy as np
from course_utils.datasets import load_mnist
from course_utils.widgets import (
    feature_map_explorer,
    neuron_explorer,
    parameter_counter,
    weight_explorer,
)

rng = np.random.default_rng(0)
images, labels = load_mnist().test_images[:100], load_mnist().test_labels[:100]
kernels = rng.normal(size=(4, 3, 3))
maps = lambda batch: batch[:, 1:-1, 1:-1, np.newaxis] / 255 * np.array([1, 0.5, 0.25, 0.1])
"""
NEURON = "neuron_explorer([[0.1, 0.1], [0.9, 0.9]], [0, 1])"
FEATURE_MAPS = "feature_map_explorer(images, maps, kernels, feature_map=1)"
WEIGHTS = "weight_explorer(rng.normal(size=(784, 5)), np.zeros(5), images, labels, unit=1)"
COUNTER = "parameter_counter()"
SLIDERS = {"neuron": NEURON, "feature_maps": FEATURE_MAPS, "weights": WEIGHTS}
VIEWS = SLIDERS | {"counter": COUNTER}


@pytest.fixture
def show(run_notebook):
    """A function that shows what one cell makes and returns the `Notebook`."""
    opened = []

    def shown(cell):
        notebook = run_notebook(SETUP, f"view = {cell}\nview")
        opened.append(notebook)
        output(notebook).first.scroll_into_view_if_needed()
        return notebook

    yield shown
    for notebook in opened:
        assert not notebook.complaints
        notebook.close()


def output(notebook):
    return notebook.page.locator(".jp-OutputArea-output .jupyter-widgets").first


def picture(notebook):
    return output(notebook).locator("figure img")


def handle(notebook, number=0):
    return output(notebook).get_by_role("slider").nth(number)


def n_cells_and_active(notebook):
    """The number of cells in the notebook, and which one is active."""
    return notebook.page.evaluate("""() => {
      const { content } = window.jupyterapp.shell.currentWidget;
      return [content.widgets.length, content.activeCellIndex];
    }""")


@pytest.mark.parametrize(
    ("cell", "child", "alt_before", "alt_after"),
    [
        (NEURON, 2, "bias -1.8", "bias -1.7"),
        (FEATURE_MAPS, 0, "kernel 1 ", "kernel 2 "),
        (WEIGHTS, 0, "weights of unit 1 ", "weights of unit 2 "),
    ],
    ids=["neuron", "feature_maps", "weights"],
)
def test_a_slider_follows_keys_and_the_picture_follows_it(show, cell, child, alt_before, alt_after):
    notebook = show(cell)
    press, slider = notebook.page.keyboard.press, handle(notebook, child)
    before = n_cells_and_active(notebook)
    slider.focus()
    expect(picture(notebook)).to_have_attribute("alt", re.compile(alt_before))
    press("ArrowRight")
    expect(picture(notebook)).to_have_attribute("alt", re.compile(alt_after))
    press("ArrowLeft")
    expect(picture(notebook)).to_have_attribute("alt", re.compile(alt_before))
    press("End")
    notebook.wait(f"view.children[{child}].value == view.children[{child}].max", True)
    expect(picture(notebook)).not_to_have_attribute("alt", re.compile(alt_before))
    press("Home")
    notebook.wait(f"view.children[{child}].value == view.children[{child}].min", True)
    slider.click()  # in its middle
    notebook.wait(f"view.children[{child}].value > view.children[{child}].min", True)
    for key in ("d", "d", "a", "b", "ArrowDown", "ArrowUp"):  # commands of the notebook elsewhere
        press(key)
    expect(slider).to_be_focused()
    assert n_cells_and_active(notebook) == before


@pytest.mark.parametrize(
    ("cell", "role", "name", "key", "said"),
    [
        (NEURON, "slider", "bias", "ArrowRight", "It gets 2 of 2 points right."),
        (FEATURE_MAPS, "slider", "feature map", "ArrowRight", "Test image 0, kernel 2 with its"),
        (WEIGHTS, "slider", "unit", "ArrowRight", "The weights of unit 2 as an image"),
    ],
    ids=["neuron", "feature_maps", "weights"],
)
def test_screen_readers_say_what_the_picture_shows_after_a_change(
    show, cell, role, name, key, said
):
    notebook = show(cell)
    status = output(notebook).get_by_role("status")
    expect(status).to_have_text("")  # nothing has been done yet
    output(notebook).get_by_role(role, name=name, exact=True).press(key)
    expect(status).to_contain_text(said)


def test_the_image_and_the_scale_of_the_feature_maps_are_chosen_with_keys(show):
    notebook = show(FEATURE_MAPS)
    notebook.page.get_by_label("test image").focus()
    notebook.page.keyboard.press("ArrowUp")
    expect(picture(notebook)).to_have_attribute("alt", re.compile("^Test image 1,"))
    notebook.page.get_by_label("each map on its own scale").focus()
    notebook.page.keyboard.press("Space")
    expect(picture(notebook)).to_have_attribute("alt", re.compile("this map alone"))


def test_keys_on_the_scale_switch_are_not_commands_of_the_notebook(show):
    notebook = show(FEATURE_MAPS)
    expect(output(notebook).locator(".keyboard-guard")).to_be_attached()
    before = n_cells_and_active(notebook)
    switch = notebook.page.get_by_label("each map on its own scale")
    switch.focus()
    for key in ("d", "d", "a", "b", "x", "ArrowDown", "ArrowUp", "Enter"):
        notebook.page.keyboard.press(key)
    expect(switch).to_be_focused()
    assert n_cells_and_active(notebook) == before
    count = notebook.page.locator(".jp-InputPrompt").nth(1).inner_text()
    notebook.page.keyboard.press("Shift+Enter")  # this one is a command
    expect(notebook.page.locator(".jp-InputPrompt").nth(1)).not_to_have_text(count)


def test_the_counter_responds_to_typing(show):
    notebook = show(COUNTER)
    before = n_cells_and_active(notebook)
    total = output(notebook).locator("tfoot td").last
    expect(total).to_have_text("79,510")
    notebook.page.get_by_label("layers").focus()
    press = notebook.page.keyboard.press
    press("Control+a")
    notebook.page.keyboard.type("784")
    press("Enter")
    notebook.page.keyboard.type("dense 32")
    expect(total).to_have_text("25,120")
    press("Enter")
    notebook.page.keyboard.type("den")
    alert = output(notebook).get_by_role("alert")
    expect(alert).to_contain_text("got den.")
    expect(total).to_have_text("25,120")
    notebook.page.keyboard.type("se 10")
    expect(alert).to_have_count(0)
    expect(total).to_have_text("25,450")
    expect(notebook.page.get_by_label("layers")).to_be_focused()
    assert notebook.ask("view.children[0].value") == "784\ndense 32\ndense 10"
    assert n_cells_and_active(notebook) == before


def test_names_and_contrast_pass_axe_and_they_look_right(run_notebook, screenshots):
    notebook = run_notebook(SETUP, *VIEWS.values())
    page = notebook.page
    page.evaluate(SHOW, 1 + [*VIEWS].index("counter"))
    page.get_by_label("layers").fill("input 28 28 1\nconv 32 3\npool 2\nflatten\ndense 10\nrelu")
    expect(page.locator(ACTIVE).get_by_role("alert")).to_be_visible()
    for look, width in product(("light", "dark"), (1280, 800)):
        notebook.wear(look)
        notebook.resize(width, 900)
        for place, name in enumerate(VIEWS, start=1):
            page.evaluate(SHOW, place)
            area = page.locator(f"{ACTIVE} .jp-OutputArea-output")
            room = area.bounding_box()
            end = area.evaluate(RIGHT_END, f"{CONTROL}, figure img")
            assert room["x"] < end <= room["x"] + room["width"]  # nothing is cut off
            area.scroll_into_view_if_needed()
            page.screenshot(path=screenshots / f"{name}_{look}_{width}.png")
            if width == 800:
                assert_axe_finds_nothing(page, f"{ACTIVE} .jp-OutputArea-output")
    assert not notebook.complaints
    notebook.close()
