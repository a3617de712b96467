"""The pages of `make pages` in a browser, as a learner, a teacher and a developer read them."""

import re
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.jupyterlab import ROOT
from tests.browser.jupyterlite import serving
from tools.site import SITE, lessons, read_pages

LESSONS = lessons()
BY_NAME = {lesson.name: lesson for lesson in LESSONS}
TRAINING = BY_NAME["training_a_multilayer_perceptron"]
LONGEST = BY_NAME["training_a_convolutional_network"]
INSIDE = BY_NAME["inside_a_convolutional_network"]
PAGES = ["index.html", "glossary.html", "api/widgets.html", "teaching/index.html", "search.html"]
PAGES.append(f"lessons/{INSIDE.path.stem}.html")  # has figures, stills and a quiz


@pytest.fixture(scope="module")
def pages(pages_and_slides):
    """All pages of the site by their addresses. Their links were checked as they were built."""
    return {path.relative_to(SITE).as_posix(): page for path, page in read_pages(SITE).items()}


@pytest.fixture(scope="module")
def url(pages_and_slides, tmp_path_factory):
    with serving(SITE, tmp_path_factory.mktemp("pages")) as server:
        yield server.url
        # axe-core looks for what the theme's style sheet imports beside the page.
        assert set(server.strays) <= {"/basic.css"}


@pytest.fixture
def page(chromium, url):
    """A page that asks only the site for files, and reports no error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    page, complaints = context.new_page(), []
    host = url.removesuffix("/course")

    def see(request):
        if not request.url.startswith((host, "data:", "blob:", "file:")):
            complaints.append(request.url)

    page.on("request", see)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    # From a file, search cannot read the pages that it found, and shows them without an excerpt.
    mild = {"Failed to fetch"} if page.url.startswith("file:") else set()
    context.close()
    assert set(complaints) <= mild


def address(lesson):
    return f"lessons/{lesson.path.stem}.html"


def markup(lesson):
    return (SITE / address(lesson)).read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_either_theme(page, url, scheme, screenshots):
    page.emulate_media(color_scheme=scheme)
    found = []
    for name in PAGES:
        page.goto(f"{url}/{name}")
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)
        page.wait_for_timeout(200)
        page.screenshot(path=screenshots / f"site_{name.replace('/', '_')}_{scheme}.png")
        for violation in Axe().run(page).response["violations"]:
            found.append(f"{name}: {violation['id']} {violation['nodes'][0]['html'][:200]}")
    assert not found, "\n".join(found)


def test_no_page_scrolls_sideways_on_a_phone(page, url, pages):
    page.set_viewport_size({"width": 375, "height": 720})
    wide = []
    for name in pages:
        page.goto(f"{url}/{name}", wait_until="domcontentloaded")
        width = page.evaluate("document.documentElement.scrollWidth")
        wide += [f"{name}: {width}"] if width > 375 else []
    assert not wide


def test_what_is_wider_than_a_phone_is_reached_by_keys(page, url):
    page.set_viewport_size({"width": 375, "height": 720})
    page.goto(f"{url}/{address(TRAINING)}")
    wide = page.locator("pre").evaluate_all(
        "found => found.filter((e) => e.scrollWidth > e.clientWidth + 1 && e.checkVisibility())"
        ".map((e) => e.tabIndex)"
    )
    assert wide
    assert set(wide) == {0}


def test_the_menus_open_on_a_phone(page, url):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(f"{url}/{address(TRAINING)}")
    lesson = page.locator("nav[aria-label=Main]").get_by_role("link", name=LESSONS[0].title)
    expect(lesson.first).not_to_be_visible()
    page.locator(".primary-toggle").click()
    expect(lesson.first).to_be_visible()
    page.keyboard.press("Escape")
    section = page.locator("#contents").get_by_role("link", name="Quiz")
    expect(section).not_to_be_visible()
    page.locator(".secondary-toggle").click()
    expect(section).to_be_visible()


def test_the_contents_mark_the_section_that_you_scrolled_to(page, url):
    page.goto(f"{url}/{address(BY_NAME['training_a_convolutional_network'])}")
    marked = page.locator("#contents [aria-current=true]")
    page.mouse.move(640, 360)
    for _ in range(8):
        page.mouse.wheel(0, 1300)
        page.wait_for_timeout(100)
        expect(marked).to_have_count(1)
    above = "(e) => e.getBoundingClientRect().top < innerHeight / 3"
    here = page.locator("article section:has(> h2), article section:has(> h3)").evaluate_all(
        f"found => found.filter({above}).at(-1).id"
    )
    expect(marked).to_have_attribute("href", f"#{here}")


def test_search_shows_lessons_first(page, url):
    page.goto(f"{url}/search.html?q=softmax")
    expect(page.get_by_text("Search finished")).to_be_visible()
    found = page.locator("#search-results li > a").evaluate_all(
        "found => found.map((e) => new URL(e.href).pathname.split('/').at(-2))"
    )
    n_lessons = found.count("lessons")
    assert 0 < n_lessons < len(found)
    assert set(found[:n_lessons]) == {"lessons"}


def test_search_finds_the_lesson_also_in_a_page_opened_from_a_file(page, url):
    for site in (url, SITE.as_uri()):
        page.goto(f"{site}/search.html?q=occlusion")
        first = page.locator("#search-results a[href*=where_a_network_looks]").first
        expect(first).to_be_visible()


def test_the_search_field_of_the_menu_searches(page, url):
    page.goto(f"{url}/index.html")
    page.keyboard.press("Control+K")
    page.keyboard.type("confusion matrix")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("search.html.q=confusion"))
    expect(page.locator("#search-results li").first).to_be_visible()


def test_the_theme_is_switched_by_a_button(page, url):
    page.goto(f"{url}/{address(LESSONS[0])}")
    for theme in ("Dark", "Light"):
        page.get_by_role("button", name="Color mode").click()
        page.get_by_role("button", name=theme, exact=True).click()
        expect(page.locator("html")).to_have_attribute("data-theme", theme.lower())


def test_a_quiz_answers_by_mouse_and_by_keys(page, url):
    page.goto(f"{url}/{address(LESSONS[0])}")
    quiz = page.locator(".Quiz").first
    quiz.locator(".MCButton").first.click()
    expect(quiz.locator(".Feedback")).not_to_be_empty()
    second = page.locator(".Quiz").nth(1)
    second.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    expect(second.locator(".Feedback")).not_to_be_empty()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.number)
def test_a_lesson_leads_to_where_it_runs_and_to_its_neighbours(pages, lesson):
    place = LESSONS.index(lesson)
    beside = LESSONS[max(place - 1, 0) : place] + LESSONS[place + 1 : place + 2]
    expected = {f"../{lesson.in_tab}", f"../{lesson.slides}", f"../notebooks/{lesson.path.name}"}
    assert expected <= pages[address(lesson)].links
    text = markup(lesson)
    assert f"<span>{lesson.minutes} minutes</span>" in text
    beside_it = re.findall(r'class="prev-next-title">([^<]+)<', text)
    assert {other.title for other in beside} <= set(beside_it)
    assert (SITE / "notebooks" / lesson.path.name).read_bytes() == lesson.path.read_bytes()


def test_formulas_are_mathml_and_nothing_is_drawn_by_mathjax(pages):
    texts = {lesson.name: markup(lesson) for lesson in LESSONS}
    assert "<math" in texts["a_network_by_hand"]
    assert "$" not in re.sub(
        r"(?s)<(pre|code|script|style).*?</\1>", "", texts["a_network_by_hand"]
    )
    loaded = {address for page in pages.values() for address in page.loads}
    assert not [a for a in loaded if re.search("mathjax|require|unpkg|jsdelivr", a, re.IGNORECASE)]


def test_every_solution_is_closed_and_opens(page, url):
    for lesson in LESSONS:
        closed = len(re.findall("<details[^>]*>(?=[^/]*Show the solution)", markup(lesson)))
        assert closed == lesson.path.read_text(encoding="utf-8").count('"solution"'), lesson.name
    page.goto(f"{url}/{address(LESSONS[0])}")
    solution = page.locator("details", has_text="Show the solution").first
    code = solution.get_by_text("n_pixels_solution").first
    expect(code).not_to_be_visible()
    solution.locator("summary").click()
    expect(code).to_be_visible()


def test_an_exercise_leads_to_where_it_can_be_answered(pages):
    for lesson in LESSONS:
        waiting = lesson.path.read_text(encoding="utf-8").count("Not attempted yet:")
        assert markup(lesson).count('class="try-it answer"') == waiting > 0
        assert "Not attempted yet" not in markup(lesson)


def test_a_lesson_has_one_name(pages):
    for lesson in LESSONS:
        name = f'<span class="number">{int(lesson.number)}</span> {lesson.title}</a>'
        assert name in markup(LESSONS[0]), lesson.name
        assert f"<title>{lesson.title} —" in markup(lesson)
        assert re.search('<meta name="description" content="[^"]{40,}"', markup(lesson))


def test_imports_are_folded_and_a_quiz_has_no_code_above_it(page, url):
    for lesson in LESSONS:
        assert markup(lesson).count("Hide imports and data") == 1, lesson.name
        assert '"n">show_quiz</span><span class="p">(' not in markup(lesson)
    page.goto(f"{url}/{address(TRAINING)}")
    imports = page.get_by_text("plt.style.use")
    expect(imports).not_to_be_visible()
    page.get_by_text("Imports and data").first.click()
    expect(imports).to_be_visible()


def test_a_term_leads_from_a_lesson_to_the_glossary(pages):
    assert "../glossary.html#term-epoch" in pages[address(TRAINING)].links


def test_a_page_that_is_not_there_leads_to_the_front_page(page, url):
    text = (SITE / "404.html").read_text(encoding="utf-8")
    for gone in ("gone.html", "lessons/gone.html", "lessons/gone/"):
        page.route(f"{url}/{gone}", lambda route: route.fulfill(status=404, body=text))
        page.goto(f"{url}/{gone}")
        page.get_by_role("link", name="start from the front page").click()
        expect(page).to_have_url(f"{url}/index.html")


def test_a_still_of_a_widget_leads_to_where_the_widget_works(pages):
    for lesson in LESSONS:
        text = lesson.path.read_text(encoding="utf-8")
        assert markup(lesson).count('class="try-it"') == text.count("Run this cell: controls")


def test_the_front_page_says_how_to_run_a_lesson_only_where_it_was_opened_from_a_file(page, url):
    page.goto(f"{url}/index.html")
    says = page.get_by_text("python -m http.server")
    expect(says).not_to_be_visible()
    page.goto(f"{SITE.as_uri()}/index.html")
    expect(says).to_be_visible()


def test_the_front_page_leads_to_all_lessons_and_has_a_pad(page, url, pages):
    links = pages["index.html"].links
    assert {address(lesson) for lesson in LESSONS} <= links
    assert {"glossary.html", "teaching/index.html", "api/index.html"} <= links
    page.goto(f"{url}/index.html")
    expect(page.locator(".front-page .pad canvas").first).to_be_visible()
    expect(page.get_by_role("link", name="Build this network yourself")).to_be_visible()
    start = page.get_by_role("link", name="Start at the beginning")
    expect(start).to_have_attribute("href", address(LESSONS[0]))
    expect(page).to_have_title("Seeing inside a neural network")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (375, 667)])
def test_pad_and_answer_are_on_the_first_screen(page, url, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{url}/index.html")
    pad = page.locator(".front-page .paper").bounding_box()
    assert pad["y"] < height / 3
    assert pad["y"] + pad["height"] < height
    reading = page.locator(".front-page .reading")
    answer = reading if width == 375 else page.locator(".front-page caption")
    expect(answer).to_have_text(re.compile(": 3$"))
    expect(answer).to_be_in_viewport(ratio=1)


def test_a_lesson_prints_to_a4_without_menus(page, url):
    page.goto(f"{url}/{address(TRAINING)}")
    page.set_viewport_size({"width": 674, "height": 950})  # A4 without its margins
    page.emulate_media(media="print")
    for part in (".bd-sidebar-primary", ".bd-header-article", ".doors", ".prev-next-footer"):
        expect(page.locator(part).first).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 674
    cut = page.locator("pre, figure img").evaluate_all(
        "found => found.filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)"
        ".length"
    )
    assert cut == 0
    expect(page.get_by_text("Show the solution").first).not_to_be_visible()
    expect(page.locator(".MultipleChoiceQn").first).to_have_css("color", "rgb(0, 0, 0)")


def test_two_sheets_of_the_guide_suffice_for_a_lesson(page, url):
    for lesson in LESSONS:
        page.goto(f"{url}/teaching/{lesson.path.stem}.html")
        page.emulate_media(media="print")
        mistakes = page.locator("#mistakes-that-the-checks-know")
        assert mistakes.evaluate("e => getComputedStyle(e).breakBefore") == "page"
        mistakes.evaluate("e => e.remove()")
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 2


def test_a_page_in_dark_prints_in_light(page, url):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{url}/{address(LESSONS[0])}")
    root = page.locator("html")
    for event, theme in (("beforeprint", "light"), ("afterprint", "dark")):
        page.evaluate(f"dispatchEvent(new Event('{event}'))")
        expect(root).to_have_attribute("data-theme", theme)


def test_a_broken_link_between_pages_stops_the_build(pages_and_slides, tmp_path):
    (tmp_path / "index.md").write_text("# A\n\n[nowhere](gone.md)\n", encoding="utf-8")
    code = "import sys; from pathlib import Path; from tools import site; "
    code += "site.STAGE = Path(sys.argv[1]); (site.STAGE / 'extra').mkdir(); "
    code += "sys.exit(site.make_pages(site.STAGE, site.STAGE / 'html'))"
    folder = "Scripts" if sys.platform == "win32" else "bin"
    command = [ROOT / ".venv-site" / folder / "python", "-c", code, tmp_path]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "gone.md" in result.stderr
