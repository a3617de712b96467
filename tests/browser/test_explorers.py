"""The explorers in JupyterLab: with mouse and keyboard, with numbers checked against NumPy."""

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from course_utils.datasets import load_cnn_weights, load_mnist

CELLS = [
    """
from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.widgets import flattening_explorer, kernel_explorer

images = load_mnist().test_images[:10]
weights, biases = load_cnn_weights()[:2]
kernels = weights[:, :, 0, :].transpose(2, 0, 1)
flattening_explorer(images, image=2)""",
    "kernel_explorer(images[0], kernels, biases, kernel=17)",
]
FLATTENING, KERNEL = 0, 1  # the positions of the explorers in the notebook

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


@pytest.fixture(scope="module")
def kernels():
    weights, biases = load_cnn_weights()[:2]
    return weights[:, :, 0, :].transpose(2, 0, 1).astype(float), biases.astype(float)


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


def convolved(image, kernel, bias, row, column):
    total = (image[row : row + 3, column : column + 3] / 255 * kernel).sum()
    numbers = [f"{n:.3f}".replace("-", "\N{MINUS SIGN}") for n in (total, bias, total + bias)]
    return (
        f"row {row}, column {column} of the feature map\nsum of the products: {numbers[0]}\n"
        f"plus the bias of {numbers[1]}: {numbers[2]}\nafter ReLU: {max(0, total + bias):.3f}"
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


# Kernels


def numbers(notebook, name):
    spans = part(notebook, KERNEL, name).locator("span").all_inner_texts()
    return np.array([float(text.replace("\N{MINUS SIGN}", "-")) for text in spans]).reshape(3, 3)


def test_the_mouse_on_the_image_shows_products_sum_bias_and_relu(notebook, images, kernels):
    kernel, bias = kernels[0][17], kernels[1][17]
    for row, column in [(6, 8), (8, 8)]:
        square = part(notebook, KERNEL, "image")
        hover(notebook, square, row + 1, column + 1, (28, 28))  # the middle of the patch
        says(notebook, KERNEL, convolved(images[0], kernel, bias, row, column))
        patch = images[0][row : row + 3, column : column + 3] / 255
        assert np.abs(numbers(notebook, "patch") - patch).max() <= 0.0051
        assert np.abs(numbers(notebook, "weights") - kernel).max() <= 0.0051
        assert np.abs(numbers(notebook, "products") - patch * kernel).max() <= 0.00051
        assert_framed(square, row, column, (28, 28), size=3)
        assert_framed(part(notebook, KERNEL, "map"), row, column, (26, 26))


def test_at_the_edge_of_the_image_the_kernel_stays_inside(notebook, images, kernels):
    for at, place in (((0, 0), (0, 0)), ((27, 27), (25, 25))):
        hover(notebook, part(notebook, KERNEL, "image"), *at, (28, 28))
        says(notebook, KERNEL, convolved(images[0], kernels[0][17], kernels[1][17], *place))


def test_the_mouse_on_the_feature_map_moves_the_kernel_too(notebook, images, kernels):
    hover(notebook, part(notebook, KERNEL, "map"), 20, 11, (26, 26))
    says(notebook, KERNEL, convolved(images[0], kernels[0][17], kernels[1][17], 20, 11))
    assert_framed(part(notebook, KERNEL, "image"), 20, 11, (28, 28), size=3)


def test_keys_move_the_kernel_and_choose_another(notebook, images, kernels):
    press = notebook.page.keyboard.press
    hover(notebook, part(notebook, KERNEL, "map"), 13, 13, (26, 26))
    for name in ("image", "map"):
        part(notebook, KERNEL, name).focus()
        press("ArrowUp")
        press("ArrowLeft")
    says(notebook, KERNEL, convolved(images[0], kernels[0][17], kernels[1][17], 11, 11))
    notebook.page.get_by_role("slider", name="kernel", exact=True).focus()
    press("ArrowLeft")
    says(notebook, KERNEL, convolved(images[0], kernels[0][16], kernels[1][16], 11, 11))
    assert np.abs(numbers(notebook, "weights") - kernels[0][16]).max() <= 0.0051
    press("End")
    says(notebook, KERNEL, convolved(images[0], kernels[0][31], kernels[1][31], 11, 11))
    expect(part(notebook, KERNEL, "scale")).to_contain_text("feature map 31, from 0")


def test_the_feature_map_is_lighter_where_its_values_are_larger(notebook, images, kernels):
    patches = np.lib.stride_tricks.sliding_window_view(images[0] / 255, (3, 3))
    values = np.einsum("rcij,ij->rc", patches, kernels[0][17]) + kernels[1][17]
    hover(notebook, part(notebook, KERNEL, "map"), 13, 13, (26, 26))
    colours = part(notebook, KERNEL, "map").evaluate("""canvas => {
      const pen = canvas.getContext('2d');
      const middle = (i, side) => Math.floor((i + 0.5) * side / 26);
      return [...Array(676).keys()].map((i) => [...pen.getImageData(
        middle(i % 26, canvas.width), middle(Math.floor(i / 26), canvas.height), 1, 1).data]);
    }""")
    green = np.array(colours)[:, 1].reshape(26, 26)  # viridis: more green is more
    shown = np.ones((26, 26), dtype=bool)
    shown[12:15, 12:15] = False  # under the frame
    order = np.corrcoef(green[shown], np.maximum(values, 0)[shown])[0, 1]
    assert order > 0.98
    assert np.array_equal(green[shown] == green[shown].min(), values[shown] < values.max() / 160)


# Both


def test_two_explorers_share_nothing(run_notebook, images):
    notebook = run_notebook(CELLS[0], "flattening_explorer(images, image=2)", CELLS[1])
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
    for index, names in ((FLATTENING, ("image", "number", "strip")), (KERNEL, ("number", "map"))):
        for name in names:
            control = part(notebook, index, name)
            control.focus()
            for key in ["a", "b", "d", "d", "x", "m", "0", "0", "Enter", "ArrowDown"]:
                page.keyboard.press(key)
            expect(control).to_be_focused()
    assert len(page.query_selector_all(".jp-Notebook .jp-Cell")) == cells
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    count = page.locator(".jp-InputPrompt").nth(1).inner_text()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-InputPrompt").nth(1)).not_to_have_text(count)


def test_focus_goes_from_control_to_control_and_is_visible(notebook):
    for index, names in ((FLATTENING, ["image", "number", "strip"]), (KERNEL, ["image", "map"])):
        part(notebook, index, names[0]).focus()
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


def test_screen_readers_find_names_and_the_status_of_both(notebook):
    explorers = notebook.page.locator(".explorer")
    expect(explorers.nth(FLATTENING)).to_match_aria_snapshot("""
      - group "Flattening explorer":
        - application "The image. Arrow keys move from pixel to pixel."
        - spinbutton "image": "2"
        - status: /row 14, column 14/
        - application "The vector. Left and right arrow move by one place."
    """)
    expect(explorers.nth(KERNEL)).to_match_aria_snapshot("""
      - group "Kernel explorer":
        - slider "kernel": "17"
        - figure "image":
          - application "The image. Arrow keys move the kernel over it."
        - figure /feature map 17/:
          - application "The feature map. Arrow keys move the kernel over the image."
        - status: /sum of the products/
    """)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_labels_names_and_contrast_pass_axe_and_it_looks_right(notebook, screenshots, theme):
    page = notebook.page
    notebook.command("apputils:change-theme", theme=f"JupyterLab {theme}")
    page.wait_for_timeout(1500)
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)
        for index, name in ((FLATTENING, "flattening"), (KERNEL, "kernel")):
            square = part(notebook, index, "image")
            page.locator(".explorer").nth(index).evaluate("el => el.scrollIntoView()")
            hover(notebook, square, 7, 9, (28, 28))
            page.screenshot(path=screenshots / f"{name}_explorer_{theme.lower()}_{width}.png")
    found = Axe().run(page, context=".explorer").response["violations"]
    assert not found, [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
