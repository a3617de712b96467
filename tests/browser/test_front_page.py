"""The pad of the front page, on a page of its own that is opened from a file."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from matplotlib import colormaps
from playwright.sync_api import expect

from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.environment import quiet_keras_import
from course_utils.widgets.digit_pad import DigitPad, draw_as_mnist
from tests.drawn_digits import cnn_layers, scaled, strokes_of
from tools import front_page

N_DIGITS = 200
N_DRAWINGS = 100
MOST_BYTES = 400_000
# The page's theme gives these names; the values are those of the site.
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>The front page</title>
<meta name="viewport" content="width=device-width">
<style>
  html {{ --pst-color-text-base: #222832; --pst-color-text-muted: #48566b; --page: #fff;
    --pst-color-primary: #1f3a5f; --pst-font-family-base: sans-serif }}
  html[data-theme=dark] {{ --pst-color-text-base: #ced6dd; --pst-color-text-muted: #9ca4af;
    --pst-color-primary: #8ec1f5; --page: #121212; }}
  body {{ margin: 0 16px; color: var(--pst-color-text-base); background: var(--page);
    font: 17px/1.6 sans-serif }}
  a {{ color: inherit }}
</style>
<main><h1>Seeing inside a neural network</h1>
{fragment}
<p style="height: 1000px">The way through the course</p></main>
</html>"""
SEVEN = [(0.2, 0.2), (0.7, 0.2), (0.4, 0.8)]
WEIGHTS = load_cnn_weights()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    fragment = front_page.write(folder)
    (folder / "index.html").write_text(PAGE.format(fragment=fragment), encoding="utf-8")
    return folder


@pytest.fixture
def show(chromium, folder):
    """A function that opens the page from its file."""
    contexts = []

    def show(width=1280, height=720, **options):
        options = {"reduced_motion": "reduce", "viewport": {"width": width, "height": height}} | (
            options
        )
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.goto((folder / "index.html").as_uri())
        return page

    complaints = []
    yield show
    for context in contexts:
        context.close()
    assert not complaints


def draw(page, points=SEVEN):
    box = page.locator(".paper").bounding_box()
    x, y = ([box[side] + p[i] * 280 for p in points] for i, side in enumerate("xy"))
    page.mouse.move(x[0], y[0])
    page.mouse.down()
    for place in zip(x[1:], y[1:], strict=True):
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def answer(page):
    return page.locator(".digit-predictions caption")


def test_the_network_gives_the_numbers_of_keras(show):
    with quiet_keras_import():
        import keras
        from keras import layers

    network = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    network.set_weights(WEIGHTS)
    digits = load_mnist().test_images[:N_DIGITS]
    found = show().evaluate(
        """(digits) => {
          const weights = frontPage.readWeights(WEIGHTS);
          return digits.map((digit) => frontPage.run(weights, digit).probabilities);
        }""",
        digits.reshape(N_DIGITS, -1).tolist(),
    )
    expected = network.predict(digits[..., np.newaxis], verbose=0)
    assert np.abs(np.array(found) - expected).max() <= 1e-4


def test_the_maps_of_the_first_layer_are_those_of_the_lessons(show):
    digit = load_mnist().test_images[0]
    maps = show().evaluate(
        "(digit) => [...frontPage.run(frontPage.readWeights(WEIGHTS), digit).maps]",
        digit.ravel().tolist(),
    )
    expected = cnn_layers(WEIGHTS)(digit[np.newaxis])[0]
    assert np.abs(np.reshape(maps, expected.shape) - expected).max() <= 1e-5


def test_a_drawing_becomes_nearly_the_image_that_python_makes_of_it(show):
    digits = [strokes_of(digit) for digit in load_mnist().test_images[:N_DRAWINGS]]
    # Also the drawings of somebody who writes small or large.
    digits += [scaled(strokes, size) for strokes in digits[:20] for size in (40, 250)]
    dots = [[[[0.3, 0.9]]], [[[0.5, 0.5], [0.52, 0.5]]], [[[0, 0], [1, 1]]], []]
    pad, expected = DigitPad(), []
    for strokes in digits + dots:
        pad.strokes = strokes
        expected.append(pad.image.ravel())
    found, answers, expected_answers = show().evaluate(
        """([drawings, expected]) => {
          const weights = frontPage.readWeights(WEIGHTS);
          const answer = (image) => {
            const { probabilities } = frontPage.run(weights, image);
            return probabilities.indexOf(Math.max(...probabilities));
          };
          const images = drawings.map(frontPage.drawAsMnist);
          return [images.map((image) => [...image]), images.map(answer), expected.map(answer)];
        }""",
        [digits + dots, [image.tolist() for image in expected]],
    )
    assert answers[: len(digits)] == expected_answers[: len(digits)]
    differences = np.abs(np.array(found) - np.array(expected)).mean(axis=1)  # in grey levels
    assert np.median(differences) < 0.5
    # A centre of mass between two pixels may be rounded to the other one: the image moves by one.
    assert (differences > 1).mean() < 0.04


def test_colours_are_those_of_the_lessons(show):
    shown = show().evaluate("[frontPage.POSITIVE, frontPage.SIGNED]")
    for colors, name in zip(shown, ["viridis", "RdBu_r"], strict=True):
        expected = 255 * colormaps[name](np.arange(256))[:, :3]
        assert np.abs(np.array(colors) - expected).max() < 6


def test_it_is_small_and_asks_for_nothing_else(show, folder):
    files = list((folder / "front_page").iterdir())
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    page, asked = show(), []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.reload()
    expect(answer(page)).to_have_text("The network: 3")
    assert sorted(asked) == sorted(["index.html", *(path.name for path in files)])


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (375, 667)])
def test_the_pad_and_the_answer_are_on_the_first_screen(show, width, height):
    page = show(width, height)
    expect(answer(page)).to_have_text("The network: 3")
    for part in (page.locator(".paper"), answer(page)):
        box = part.bounding_box()
        assert box["y"] + box["height"] < height - 50  # the site has a bar at the top
    reading = page.locator(".reading")  # on a phone, above the pad
    if width == 375:
        expect(reading).to_have_text(": 3")
    expect(reading).to_be_visible(visible=width == 375)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".front-page.example").count() == 1


def test_the_example_draws_itself(show):
    page = show(reduced_motion="no-preference")
    n_inked = "Number(document.querySelector('.picture').ariaLabel.match(/(\\d+) of them/)[1])"
    first = page.evaluate(n_inked)
    page.wait_for_function(f"(first) => {n_inked} > first + 20", arg=first)
    expect(answer(page)).to_have_text("The network: 3")


def test_the_first_stroke_replaces_the_example(show):
    page = show()
    spoken = page.locator(".answer [role=status]")
    expect(answer(page)).to_have_text("The network: 3")
    expect(spoken).to_have_attribute("aria-live", "off")  # nobody asked for the example
    draw(page)
    expect(answer(page)).to_have_text("The network: 7")
    expect(spoken).to_have_text("The network says 7, 100 %.")
    expect(spoken).not_to_have_attribute("aria-live", "off")
    expect(page.locator(".pad .status")).to_have_text("1 stroke drawn.")
    assert page.locator(".front-page.example").count() == 0
    drawn = page.locator(".picture").evaluate(
        "(picture) => [...picture.getContext('2d').getImageData(0, 0, 28, 28).data]"
    )
    found = 255 - np.array(drawn[::4]).reshape(28, 28)
    expected = draw_as_mnist([np.array(SEVEN)]).astype(int)
    assert np.abs(found - expected).mean() < 5  # the mouse moves by whole pixels
    draw(page, [(0.4, 0.5), (0.6, 0.5)])
    expect(page.locator(".pad .status")).to_have_text("2 strokes drawn.")


def test_undo_takes_the_example_away_and_an_empty_pad_has_no_answer(show):
    page = show()
    page.get_by_role("button", name="Undo").click()
    expect(answer(page)).to_have_text("The network")
    draw(page)
    expect(answer(page)).to_have_text("The network: 7")
    page.get_by_role("button", name="Clear").click()
    expect(answer(page)).to_have_text("The network")
    assert page.locator(".digit-predictions .share").all_inner_texts() == ["–"] * 10


def test_on_an_empty_pad_the_maps_are_blank_and_the_invitation_is_back(show, screenshots):
    page = show()
    numbers = re.compile(r"^0\s+\d\.\d\d\s*$")
    invites = "() => getComputedStyle(document.querySelector('.pad'), '::after').content"
    draw(page)
    assert page.evaluate(invites) == "none"
    expect(page.locator(".scale")).to_have_text(numbers)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".large")).to_have_attribute("aria-label", "Map 17: nothing drawn yet.")
    expect(page.locator(".scale")).to_have_text("")
    page.screenshot(path=screenshots / "front_page_empty.png")
    colors = "(canvas) => [...canvas.getContext('2d').getImageData(0, 0, 26, 26).data]"
    assert set(page.locator(".large").evaluate(colors)) == {255}  # paper: black would say 0
    [middle_of_a_map] = page.locator(".tiles").evaluate(
        "(canvas) => [[...canvas.getContext('2d').getImageData(canvas.width / 16, 20, 1, 1).data]]"
    )
    assert middle_of_a_map == [255] * 4
    assert "draw here" in page.evaluate(invites)
    draw(page)
    expect(answer(page)).to_have_text("The network: 7")
    expect(page.locator(".scale")).to_have_text(numbers)


def test_undo_brings_back_what_clear_took(show):
    page = show()
    draw(page)
    draw(page, [(0.4, 0.5), (0.6, 0.5)])
    status = page.locator(".pad .status")
    page.get_by_role("button", name="Clear").click(click_count=2)
    draw(page, [(0.5, 0.2), (0.5, 0.8)])
    expect(answer(page)).to_have_text("The network: 1")
    for says in ("Undone: 0 strokes left.", "Undone: 2 strokes back.", "Undone: 1 stroke left."):
        page.keyboard.press("Control+z")
        expect(status).to_have_text(says)
    expect(answer(page)).to_have_text("The network: 7")


def test_a_tap_leaves_a_dot_as_wide_as_the_brush(show):
    page = show()
    page.get_by_role("button", name="Clear").click()
    draw(page, [(0.3, 0.6)])
    expect(page.locator(".pad .status")).to_have_text("1 stroke drawn.")
    opaque = page.locator(".paper").evaluate(
        "(paper) => [...paper.getContext('2d').getImageData(0, 0, 280, 280).data]"
    )
    rows, columns = np.nonzero(np.array(opaque[3::4]).reshape(280, 280) > 127)
    for places, middle in ((columns, 0.3), (rows, 0.6)):
        assert places.mean() == pytest.approx(280 * middle, abs=1.5)
        assert np.ptp(places) + 1 == pytest.approx(25, abs=1)  # 2.5 of 28 pixels


def test_a_seven_can_be_drawn_with_keys_alone(show):
    page = show()
    press = page.keyboard.press
    press("Tab")
    expect(page.locator(".paper")).to_be_focused()
    for key in ["Shift+ArrowLeft", "Shift+ArrowUp", "Shift+ArrowUp", "Space"]:
        press(key)
    for key in ["Shift+ArrowRight"] * 3 + ["Shift+End"] * 2 + ["Shift+ArrowDown"] * 2 + ["Space"]:
        press(key)
    expect(answer(page)).to_have_text("The network: 7")
    press("Escape")
    expect(page.locator(".paper")).not_to_be_focused()


@pytest.mark.parametrize("width", [1280, 600, 375])
def test_the_keys_are_shown_while_keys_draw_and_nothing_moves(show, width):
    page = show(width)
    keys = page.locator(".pad .keys")
    expect(keys).not_to_be_visible()
    below = [page.locator(part) for part in (".clear", ".answered", ".look", ".onward")]
    before = [part.bounding_box() for part in below]
    page.keyboard.press("Tab")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Space lowers and lifts the pen")
    assert [part.bounding_box() for part in below] == before
    box = keys.bounding_box()
    for left, top, right, bottom in (
        (b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]) for b in before
    ):
        beside = left >= box["x"] + box["width"] or right <= box["x"]
        assert beside or top >= box["y"] + box["height"] or bottom <= box["y"]
    page.keyboard.press("Tab")
    expect(keys).not_to_be_visible()
    draw(page)
    expect(keys).not_to_be_visible()


@pytest.mark.parametrize("touch", [False, True])
def test_the_maps_are_pointed_at_with_a_mouse_and_tapped_with_a_finger(show, touch):
    page = show(375, 667, has_touch=touch, is_mobile=touch)
    expect(page.get_by_text("Point at one.")).to_be_visible(visible=not touch)
    expect(page.get_by_text("Tap one.")).to_be_visible(visible=touch)
    map_6 = page.locator(".tiles").evaluate(
        "(tiles) => [6.5 / 8 * tiles.clientWidth, 0.5 / 4 * tiles.clientHeight]"
    )
    place = {"x": map_6[0], "y": map_6[1]}
    if touch:
        page.locator(".tiles").tap(position=place)
    else:
        page.locator(".tiles").hover(position=place)
    assert page.locator(".step .number").all_inner_texts() == ["6", "6"]


def test_it_answers_a_letter_with_a_digit(show):
    page = show()
    expect(page.locator(".must")).to_contain_text("It has to answer with a digit")
    draw(page, [(0.2, 0.8), (0.35, 0.2), (0.5, 0.6), (0.65, 0.2), (0.8, 0.8)])  # M
    expect(answer(page)).to_have_text(re.compile(r"^The network: \d$"))
    shares = page.locator(".share").all_inner_texts()
    assert sum(int(share.removesuffix(" %")) for share in shares) == pytest.approx(100, abs=4)


def test_a_map_shows_its_kernel_by_pointer_and_by_keys(show):
    page = show()
    tiles = page.locator(".tiles")
    box = tiles.bounding_box()
    page.mouse.move(box["x"] + 4.5 / 8 * box["width"], box["y"] + 2.5 / 4 * box["height"])
    kernel = page.locator(".kernel")
    numbers = page.locator(".step .number")
    assert numbers.all_inner_texts() == ["20", "20"]
    minus = "\N{MINUS SIGN}"
    shown = [text.replace(minus, "-") for text in kernel.locator("span").all_inner_texts()]
    expected = WEIGHTS[0][..., 0, 20].ravel()
    assert [float(text) for text in shown] == pytest.approx(expected, abs=0.06)
    tiles.focus()
    for key in ["ArrowDown", "ArrowDown", "ArrowRight"]:  # there are four rows
        page.keyboard.press(key)
    assert numbers.all_inner_texts() == ["29", "29"]
    expect(page.locator(".said")).to_contain_text("Map 29, largest at row ")
    expect(page.locator(".said")).to_contain_text("Kernel 29, row by row: ")


def test_a_finger_draws_on_the_pad_and_scrolls_beside_it(show):
    page = show(375, 667, has_touch=True, is_mobile=True)
    expect(answer(page)).to_have_text("The network: 3")
    box = page.locator(".paper").bounding_box()
    session = page.context.new_cdp_session(page)

    def swipe(x):
        for i, kind in enumerate(["touchStart", *["touchMove"] * 10, "touchEnd"]):
            y = box["y"] + 250 - 20 * min(i, 10)
            points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(300)

    swipe(box["x"] + 140)
    expect(page.locator(".pad .status")).to_have_text("1 stroke drawn.")
    assert page.evaluate("scrollY") == 0
    swipe(box["x"] - 20)
    page.wait_for_function("scrollY > 50")
    expect(page.locator(".pad .status")).to_have_text("1 stroke drawn.")


def test_the_link_leads_to_the_lesson_that_builds_this_network(show):
    link = show().get_by_role("link", name="Build this network yourself")
    name = link.get_attribute("href").removeprefix("lessons/").removesuffix(".html")
    text = (front_page.ROOT / "lessons" / f"{name}.md").read_text(encoding="utf-8")
    assert "34,826 parameters in all" in text
    assert sum(weights.size for weights in WEIGHTS) == 34_826


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_names_and_contrast_pass_axe_and_it_looks_right(show, screenshots, theme, width):
    page = show(width)
    page.evaluate("(theme) => (document.documentElement.dataset.theme = theme)", theme)
    draw(page)
    expect(answer(page)).to_have_text("The network: 7")
    page.screenshot(path=screenshots / f"front_page_{theme}_{width}.png", full_page=True)
    results = Axe().run(page, options={"preload": False})  # it would fetch, from a file
    assert results.violations_count == 0, results.generate_report()


def test_paper_and_bars_can_be_seen_with_forced_colours(show, screenshots):
    page = show(forced_colors="active", color_scheme="dark")
    draw(page)
    expect(answer(page)).to_have_text("The network: 7")
    page.screenshot(path=screenshots / "front_page_forced.png")
    color = "(part) => getComputedStyle(part).backgroundColor"
    paper, bar, ground = (
        page.locator(part).evaluate(color) for part in (".paper", ".top .bar", "body")
    )
    assert paper == "rgb(255, 255, 255)"
    assert bar != ground
