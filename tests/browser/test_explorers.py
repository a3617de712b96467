"""The flattening explorer in JupyterLab: with mouse and keyboard, checked against NumPy."""

from itertools import product

import numpy as np
import pytest
from playwright.sync_api import expect

from course_utils.datasets import load_mnist
from tests.browser.jupyterlab import assert_axe_finds_nothing

CELLS = [
    """
from course_utils.datasets import load_mnist
from course_utils.widgets import flattening_explorer

images = load_mnist().test_images[:10]
flattening_explorer(images, image=2)""",
]
FLATTENING = 0  # the position of the explorer in the notebook

# The box around all pixels in the colour of the frame, as fractions of the canvas.
FRAMED = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const [xs, ys] = [[], []];
  for (let i = 0; i < width * height; i += 1) {
    if (data[4 * i] === 0xd5 && data[4 * i + 1] === 0x5e && data[4 * i + 2] === 0) {
      xs.push(i % width);
      ys.push(Math.floor(i / width));
    }
  }
  return [Math.min(...xs) / width, Math.min(...ys) / height,
          (Math.max(...xs) + 1) / width, (Math.max(...ys) + 1) / height];
}"""


@pytest.fixture(scope="module")
def images():
    return load_mnist().test_images[:10]


@pytest.fixture
def notebook(run_notebook):
    notebook = run_notebook(*CELLS)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def part(notebook, index, name):
    found = notebook.page.locator(".explorer").nth(index).locator(f".{name}")
    found.scroll_into_view_if_needed()
    return found


def reading(notebook, index):
    return part(notebook, index, "reading")


def hover(notebook, canvas, row, column, shape):
    """Move the mouse to the middle of a cell."""
    box = canvas.bounding_box()
    x = box["x"] + (column + 0.5) / shape[1] * box["width"]
    notebook.page.mouse.move(x, box["y"] + (row + 0.5) / shape[0] * box["height"])


def assert_framed(canvas, row, column, shape, size=1):
    """The frame is around `size` cells in both directions, to within its width of 2 pixels."""
    left, top, right, bottom = canvas.evaluate(FRAMED)
    box = canvas.bounding_box()
    expected = [column / shape[1], (column + size) / shape[1]]
    assert np.abs(np.array([left, right]) - expected).max() * box["width"] <= 2.5
    if shape[0] > 1:  # the strips have labels above
        expected = [row / shape[0], (row + size) / shape[0]]
        assert np.abs(np.array([top, bottom]) - expected).max() * box["height"] <= 2.5


def flattened(image, row, column):
    place = 28 * row + column
    return (
        f"row {row}, column {column}\ngrey level {image.reshape(784)[place]} of 255\n"
        f"place in the vector: 28 × {row} + {column} = {place}"
    )


def says(notebook, index, text):
    expect(reading(notebook, index)).to_have_text(text, use_inner_text=True)


# Flattening


def test_the_mouse_on_a_pixel_shows_its_place_in_the_vector(notebook, images):
    square = part(notebook, FLATTENING, "image")
    for row, column in [(7, 12), (8, 12), (0, 0), (27, 27)]:
        hover(notebook, square, row, column, (28, 28))
        says(notebook, FLATTENING, flattened(images[2], row, column))
        assert_framed(square, row, column, (28, 28))
        strip = part(notebook, FLATTENING, "strip")
        assert_framed(strip, 0, 28 * row + column, (1, 784))
        near = part(notebook, FLATTENING, "near")
        assert_framed(near, 0, 28, (1, 57))


def test_the_mouse_on_the_vector_shows_the_pixel_in_the_image(notebook, images):
    strip = part(notebook, FLATTENING, "strip")
    for place in (0, 208, 783):
        box = strip.bounding_box()
        x = box["x"] + (place + 0.5) / 784 * box["width"]
        notebook.page.mouse.move(x, box["y"] + 0.6 * box["height"])
        row, column = divmod(place, 28)
        says(notebook, FLATTENING, flattened(images[2], row, column))
        assert_framed(part(notebook, FLATTENING, "image"), row, column, (28, 28))


def test_arrow_keys_go_from_pixel_to_pixel_and_stop_at_the_edge(notebook, images):
    part(notebook, FLATTENING, "image").focus()
    press = notebook.page.keyboard.press
    press("ArrowDown")
    says(notebook, FLATTENING, flattened(images[2], 15, 14))
    press("ArrowLeft")
    press("ArrowUp")
    press("ArrowUp")
    says(notebook, FLATTENING, flattened(images[2], 13, 13))
    for _ in range(20):
        press("ArrowRight")
    says(notebook, FLATTENING, flattened(images[2], 13, 27))
    part(notebook, FLATTENING, "strip").focus()
    press("ArrowRight")  # in the vector the next row follows directly
    says(notebook, FLATTENING, flattened(images[2], 14, 0))


def test_another_image_is_chosen_by_its_number_and_the_place_is_kept(notebook, images):
    hover(notebook, part(notebook, FLATTENING, "image"), 9, 10, (28, 28))
    number = notebook.page.get_by_label("image", exact=True)
    number.focus()
    notebook.page.keyboard.press("ArrowUp")
    says(notebook, FLATTENING, flattened(images[3], 9, 10))
    number.fill("400")
    says(notebook, FLATTENING, flattened(images[9], 9, 10))
    number.fill("")
    says(notebook, FLATTENING, flattened(images[0], 9, 10))


def test_two_explorers_share_nothing(run_notebook, images):
    notebook = run_notebook(CELLS[0], "flattening_explorer(images, image=2)")
    hover(notebook, part(notebook, 0, "image"), 3, 4, (28, 28))
    says(notebook, 0, flattened(images[2], 3, 4))
    says(notebook, 1, flattened(images[2], 14, 14))
    notebook.page.get_by_label("image", exact=True).nth(1).fill("5")
    says(notebook, 1, flattened(images[5], 14, 14))
    says(notebook, 0, flattened(images[2], 3, 4))
    assert not notebook.complaints
    notebook.close()


def test_keys_on_an_explorer_are_not_commands_of_the_notebook(notebook):
    page = notebook.page
    cells = len(page.query_selector_all(".jp-Notebook .jp-Cell"))
    for name in ("image", "number", "strip"):
        control = part(notebook, FLATTENING, name)
        control.focus()
        for key in ["a", "b", "d", "d", "x", "m", "0", "0", "Enter", "ArrowDown"]:
            page.keyboard.press(key)
        expect(control).to_be_focused()
    assert len(page.query_selector_all(".jp-Notebook .jp-Cell")) == cells
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    count = page.locator(".jp-InputPrompt").first.inner_text()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-InputPrompt").first).not_to_have_text(count)


def test_focus_goes_from_control_to_control_and_is_visible(notebook):
    names = ["image", "number", "strip"]
    part(notebook, FLATTENING, names[0]).focus()
    found = []
    for _ in names:
        name, style, width = notebook.page.evaluate("""() => {
          const style = getComputedStyle(document.activeElement);
          return [document.activeElement.className, style.outlineStyle, style.outlineWidth];
        }""")
        assert style == "solid"
        assert float(width.removesuffix("px")) >= 2
        found.append(name)
        notebook.page.keyboard.press("Tab")
    assert found == names


def test_screen_readers_find_names_and_the_status(notebook):
    expect(notebook.page.locator(".explorer")).to_match_aria_snapshot("""
      - group "Flattening explorer":
        - application "The image. Arrow keys move from pixel to pixel."
        - spinbutton "image": "2"
        - status: /row 14, column 14/
        - application "The vector. Left and right arrow move by one place."
    """)


def test_labels_names_and_contrast_pass_axe_and_it_looks_right(notebook, screenshots):
    page = notebook.page
    for look, width in product(("light", "dark"), (1280, 800)):
        notebook.wear(look)
        notebook.resize(width, 900)
        square = part(notebook, FLATTENING, "image")
        page.locator(".explorer").evaluate("el => el.scrollIntoView()")
        hover(notebook, square, 7, 9, (28, 28))
        page.screenshot(path=screenshots / f"flattening_explorer_{look}_{width}.png")
        assert_axe_finds_nothing(page, ".explorer")
