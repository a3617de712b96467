"""The decks of `make slides`: legible from the last row, complete without a network or a server."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tools.notebooks import lessons, notebook_of

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_site" / "slides"
NUMBERS = [lesson.stem[:2] for lesson in lessons()]
WIDTH, HEIGHT, LEAST_TEXT = 1280, 720, 24
# Everything that does not fit, on all slides of a deck.
MISFITS = """([width, height, least]) => {
  const said = [];
  for (const section of document.querySelectorAll('.slides section:not(.stack)')) {
    const { h, v } = Reveal.getIndices(section);
    Reveal.slide(h, v, 99);
    const slide = section.querySelector('.slide');
    const say = (text) => said.push(`${slide.querySelector('h1, h2').textContent}: ${text}`);
    for (const element of slide.querySelectorAll('*')) {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const isOut = left < -1 || top < -1 || right > width + 1 || bottom > height + 1;
      if (isOut && right > left) say(`${element.localName} ends at ${right}, ${bottom}`);
    }
    const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      const size = parseFloat(getComputedStyle(parentElement).fontSize) * Reveal.getScale();
      if (data.trim() && size < least - 0.01) say(`${data} has ${size} px`);
    }
    for (const image of slide.querySelectorAll('img')) {
      const box = image.getBoundingClientRect();
      const drawn = Math.min(box.width, box.height * image.naturalWidth / image.naturalHeight);
      if (drawn < width / 2) say(`a figure has ${drawn} px`);
    }
  }
  return said;
}"""

GO_TO = """(kind) => {
  const slide = Reveal.getSlides().find((slide) => slide.querySelector(kind));
  const { h, v } = Reveal.getIndices(slide);
  Reveal.slide(h, v);
}"""
TEXT = "Reveal.getCurrentSlide().innerText"


@pytest.fixture(scope="session")
def decks(pages_and_slides):
    """The folder of the decks."""
    return SITE


@pytest.fixture
def context(chromium):
    """A window of the size of a projector's picture. Whatever it asks of a host is a failure."""
    context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
    asked, errors = [], []
    context.on("request", lambda request: asked.append(request.url))

    def failed(request):
        if (
            request.resource_type != "xhr"
        ):  # axe asks for style sheets that way, which no file allows
            errors.append(request.url)

    context.on("requestfailed", failed)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert not errors
    assert not [url for url in asked if not url.startswith(("file:", "data:", "about:", "blob:"))]


@pytest.fixture
def open_deck(context, decks):
    """A function that opens a deck as a double click does."""

    def open_deck(number, query=""):
        page = context.new_page()
        page.goto((decks / f"{number}.html").as_uri() + query)
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        return page

    return open_deck


@pytest.mark.parametrize("number", NUMBERS)
def test_every_slide_is_legible_from_the_last_row_and_fits_the_screen(open_deck, number):
    page = open_deck(number)
    assert page.evaluate(MISFITS, [WIDTH, HEIGHT, LEAST_TEXT]) == []


def test_there_is_a_deck_for_each_lesson_and_a_list_of_them(context, decks):
    page = context.new_page()
    page.goto((decks / "index.html").as_uri())
    assert [link.get_attribute("href") for link in page.locator("li > a:first-child").all()] == [
        f"{number}.html" for number in NUMBERS
    ]
    page.locator("li > a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_every_figure_has_its_description(decks):
    for lesson in lessons():
        deck = (decks / f"{lesson.stem[:2]}.html").read_text(encoding="utf-8")
        images = re.findall(r"<img [^>]*>", deck)
        assert all(re.search(r' alt="[^"]{20,}"', image) for image in images)
        assert deck.count("<figcaption>") == len(images)
        notebook = notebook_of(lesson).read_text(encoding="utf-8")
        assert len(images) == notebook.count("<img alt")


def test_the_answer_comes_with_the_next_key_and_a_solution_lies_below(open_deck):
    page = open_deck("04")
    for _ in range(20):
        if "What is the loss then?" in page.evaluate(TEXT):
            break
        page.keyboard.press("ArrowRight")
    result = page.locator(".present .fragment", has_text="loss of ten equal probabilities: 2.30")
    expect(result).to_have_css("opacity", "0")
    page.keyboard.press("ArrowRight")
    expect(result).to_have_css("opacity", "1")
    page.evaluate("Reveal.slide(0)")
    for _ in range(20):
        if "Your turn: count the parameters" in page.evaluate(TEXT):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert "Solution: count the parameters" in page.evaluate(TEXT)


def test_the_notes_are_in_a_window_of_their_own_that_leads_the_slides(open_deck, context):
    page = open_deck("04", "#/3")
    with context.expect_page() as opened:
        page.keyboard.press("s")
    notes = opened.value
    expect(notes.locator("body")).to_contain_text("The next cell holds hyperparameters")
    notes.wait_for_function("document.querySelectorAll('iframe').length === 2")
    notes.frames[1].wait_for_function("window.Reveal && Reveal.isReady()")
    notes.keyboard.press("ArrowRight")
    page.wait_for_function("Reveal.getIndices().h === 4 || Reveal.getIndices().f === 0")


def test_printed_as_pdf_a_deck_has_a_page_for_each_slide(open_deck):
    page = open_deck("10", "?print-pdf")
    slides = page.locator(".slides section:not(.stack)")
    expect(page.locator(".pdf-page")).to_have_count(slides.count())
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == slides.count()


def test_printed_without_more_a_deck_has_landscape_pages(open_deck):
    pdf = open_deck("10").pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert boxes
    assert all((round(float(width)), round(float(height))) == (960, 540) for width, height in boxes)


@pytest.mark.parametrize("kind", ["title", "story:has(figure)", "exercise", "solution", "room"])
def test_slides_pass_axe(open_deck, kind):
    page = open_deck("10")
    page.evaluate(GO_TO, f".slide.{kind}")
    results = Axe().run(page, context=".slides section.present")
    assert not results.response["violations"], results.generate_report()


def test_the_list_passes_axe_and_fits_a_phone(context, decks):
    page = context.new_page()
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto((decks / "index.html").as_uri())
    results = Axe().run(page)
    assert not results.response["violations"], results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
