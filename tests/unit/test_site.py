"""`make pages` refuses links that lead nowhere, and leaves alone what other targets made."""

import pytest

from tools import site


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ('<a href="gone.html">', "gone.html, which is not there"),
        ('<a href="other.html#gone">', "other.html#gone: no such place there"),
        ('<a href="#gone">', "#gone: no such place there"),
        ('<img src="gone.png">', "gone.png, which is not there"),
        ('<script src="https://example.org/a.js">', "from another host"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "from another host"),
        ('<a href="/other.html">', "/other.html, out of the site"),
        ('<a href="slides/99.html">', "slides/99.html, which is not there"),
    ],
)
def test_a_link_that_leads_nowhere_and_a_file_from_elsewhere_are_found(tmp_path, page, says):
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (tmp_path / "other.html").write_text('<p id="here">', encoding="utf-8")
    (tmp_path.parent / f"link_to_{tmp_path.name}").symlink_to(tmp_path)
    for folder in (tmp_path, tmp_path.parent / f"link_to_{tmp_path.name}"):
        [found] = site.faults(folder)
        assert found.startswith("index.html")
        assert found.endswith(says)


def test_links_that_lead_somewhere_are_fine(tmp_path):
    lesson = site.lessons()[0]
    addresses = ["", "#top", "other.html#here", "https://example.org", lesson.in_tab, lesson.slides]
    page = '<p id="top">' + "".join(f'<a href="{address}"></a>' for address in addresses)
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (tmp_path / "other.html").write_text('<p id="here">', encoding="utf-8")
    assert not site.faults(tmp_path)


def test_new_pages_replace_old_ones_and_leave_the_tab_and_the_slides_alone(tmp_path):
    pages, there = tmp_path / "pages", tmp_path / "_site"
    for path in ("lite/lab/index.html", "slides/00.html", "lessons/old.html", "index.html"):
        (there / path).parent.mkdir(parents=True, exist_ok=True)
        (there / path).write_text("old", encoding="utf-8")
    pages.mkdir()
    (pages / "index.html").write_text("new", encoding="utf-8")
    site.publish(pages, there)
    left = {p.relative_to(there).as_posix(): p.read_text() for p in there.rglob("*.html")}
    assert left == {"lite/lab/index.html": "old", "slides/00.html": "old", "index.html": "new"}


def test_the_parts_hold_every_lesson_once_and_in_order():
    assert [lesson for *_, here in site.parts() for lesson in here] == site.lessons()


@pytest.mark.parametrize("repository", [None, "https://github.com/owner/name"])
def test_a_lesson_has_a_button_for_binder_once_the_repository_is_known(monkeypatch, repository):
    urls = {"urls": {"Repository": repository}} if repository else {}
    monkeypatch.setattr(site, "project", lambda: urls)
    lesson = site.lessons()[0]
    address = "https://mybinder.org/v2/gh/owner/name/main?urlpath=lab/tree/notebooks/"
    assert (address + lesson.path.name in site.with_buttons("# Title", lesson)) == bool(repository)
