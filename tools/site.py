"""Make _site from the executed notebooks: the course as pages to read, with its front page.

Nothing is run. What Sphinx reads is put together in .cache/site; the pages are copied to _site when
they are complete and every link in them leads somewhere. What other targets put into _site stays.
"""

import hashlib
import json
import re
import shutil
import struct
import sys
import tomllib
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools import front_page, teaching
from tools.course import LINK_UP, lessons

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "site"
STAGE = ROOT / ".cache" / "site"
SITE = ROOT / "_site"
OTHERS = ("lite", "slides")  # parts of the site that other targets make
UNUSED = (
    ".buildinfo*",
    "_sources",
    "locales",
    "*-macros.html",
    "*.map",
)  # what Sphinx and the theme leave behind
PICTURE = r'<img alt="([^"]*)" width="(\d+)" src="data:image/png;base64,([^"]+)">'
TRY_IT = r"<p><em>Run this cell: ([^<]*)</em></p>"  # under the still of a widget
ORPHAN = "---\norphan: true\n---\n\n"  # a page that is in no menu
BODY = "**What to know before.**"  # the objectives above it name what is to come
TO_DO = "Not attempted yet:"  # says the check of an exercise that nobody answered
NO_TEXT = r"<pre[^>]*>\s*</pre>\s*"  # an output with nothing to see
MINUTES = r" About \d+ minutes\."  # they stand beside the buttons
NOTHING_RUNS = (
    "On this page nothing runs: you read the lesson with the results it had when it was published. "
    'To run its cells, <a href="{}">run it in your browser</a>.\n\n'
)
EMPHASIS = r"(?<![*\w])(\*{1,2})(?=[^*\s])[^*\n]+(?<!\s)\1(?![*\w])"
FROM_FILE = (
    '<p class="from-file" hidden>You opened this page from a file: reading works, running '
    "does not. To run lessons in the browser, serve the folder of the site: type "
    "<code>python -m http.server</code> in it, then open <code>http://localhost:8000</code>.</p>"
)


def lesson_of_page(name):
    """The lesson whose page has a file name, or None."""
    return next((lesson for lesson in lessons() if lesson.path.stem == Path(name).stem), None)


def parts():
    """The parts of the course: title, what they say, and lessons."""
    of_name = {lesson.name: lesson for lesson in lessons()}
    listed = tomllib.loads((SOURCE / "parts.toml").read_text(encoding="utf-8"))["part"]
    names = [name for part in listed for name in part["lessons"]]
    if names != list(of_name):
        raise ValueError(
            f"expected the lessons of site/parts.toml in the order of the course, {list(of_name)}, "
            f"got {names}: try to put each lesson into one part."
        )
    return [
        (part["title"], part["says"], [of_name[name] for name in part["lessons"]])
        for part in listed
    ]


# The pages of lessons


def stage_lesson(lesson):
    """The page of a lesson: its notebook with buttons, closed solutions and links that lead on."""
    notebook = json.loads(lesson.path.read_text(encoding="utf-8"))
    first = "".join(notebook["cells"][0]["source"])
    notebook["cells"][0]["source"] = with_buttons(first, lesson)
    for cell in notebook["cells"]:
        tags = cell["metadata"].setdefault("tags", [])
        if "solution" in tags:
            tags.append("hide-cell")
            cell["metadata"]["mystnb"] = {
                "code_prompt_show": "Show the solution",
                "code_prompt_hide": "Hide the solution",
            }
            cell["source"] = re.sub(r"^# Solution\n", "", "".join(cell["source"]))
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            cell["source"] = re.sub(LINK_UP, source_page, source)
        elif "plt.style.use(" in source:
            tags.append("hide-input")
            cell["metadata"]["mystnb"] = {
                "code_prompt_show": "Imports and data",
                "code_prompt_hide": "Hide imports and data",
            }
        elif source.startswith("show_quiz("):
            tags.append("remove-input")
        if "outputs" in cell:
            cell["outputs"] = outputs_for_page(cell["outputs"], lesson)
    return notebook


def outputs_for_page(outputs, lesson):
    """Outputs of a cell with something to see; where an exercise waits, the way to answer it."""
    kept = []
    for output in outputs:
        data = output.get("data", {})
        if "".join(output.get("text", "")).startswith(TO_DO):
            link = f'<a href="../{lesson.in_tab}">Run this lesson in your browser</a>'
            data = {"text/html": f'<p class="try-it answer">{link}: answer there, and check.</p>'}
            kept.append({"output_type": "display_data", "data": data, "metadata": {}})
        elif not re.fullmatch(NO_TEXT, "".join(data.get("text/html", ""))):
            if "text/html" in data:
                data["text/html"] = for_page("".join(data["text/html"]), lesson)
            kept.append(output)
    return kept


def with_buttons(text, lesson):
    """The first cell of a lesson, with where it runs and how long it takes under its title."""
    title, _, rest = text.partition("\n")
    up, name = "../", lesson.path.name
    buttons = [f'<a class="run" href="{up}{lesson.in_tab}">Run it in your browser</a>']
    if repository := project().get("urls", {}).get("Repository"):
        place = repository.removeprefix("https://github.com/")
        binder = f"https://mybinder.org/v2/gh/{place}/main?urlpath=lab/tree/notebooks/{name}"
        buttons.append(f'<a href="{binder}">Run it on Binder</a>')
    buttons.append(f'<a href="{up}notebooks/{name}" download>Download the notebook</a>')
    buttons.append(f'<a href="{up}{lesson.slides}">Slides</a>')
    buttons.append(f"<span>{lesson.minutes} minutes</span>")
    bar = f'<nav class="doors" aria-label="This lesson">{"".join(buttons)}</nav>'
    says = NOTHING_RUNS.format(up + lesson.in_tab) if lesson == lessons()[0] else ""
    return f"{title}\n\n{bar}\n{FROM_FILE}\n\n{says}{re.sub(MINUTES, '', rest)}"


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def source_page(link):
    """A Markdown link to the page that shows a file of the project."""
    return f"](../source/{link[1].removesuffix('.md')}.md)"


def for_page(text, lesson):
    """HTML of an output: pictures in files, and the way to a widget under its still."""

    def picture(found):
        content = b64decode(found[3])
        name = f"{hashlib.sha256(content).hexdigest()[:12]}.png"
        (STAGE / "extra" / "figures").mkdir(parents=True, exist_ok=True)
        (STAGE / "extra" / "figures" / name).write_bytes(content)
        width, height = struct.unpack(">II", content[16:24])
        height = round(int(found[2]) * height / width)  # keeps its place before it has loaded
        return (
            f'<img alt="{found[1]}" width="{found[2]}" height="{height}" loading="lazy" '
            f'src="../figures/{name}">'
        )

    link = f'<a href="../{lesson.in_tab}">Run this lesson in your browser</a>'
    way = rf'<p class="try-it">{link}: \1</p>'
    return re.sub(TRY_IT, way, re.sub(PICTURE, picture, text))


# The glossary


def read_terms():
    """The terms of each lesson, by its name: each with its meaning and its spellings."""
    return tomllib.loads((ROOT / "lessons" / "glossary.toml").read_text(encoding="utf-8"))


def anchor(term):
    """Where the glossary has a term, as Sphinx names it. In lower case: where its lesson has it."""
    return "term-" + re.sub(r"\W+", "-", term).strip("-")


def mark_terms(cells, terms):
    """Give each place that introduces a term an anchor: there it is in bold or italics.

    Returns the terms that have one. The others are everyday words.
    """
    marked, begun = set(), False

    def mark(emphasised):
        text = emphasised[0]
        for term, entry in terms.items():
            if term not in marked and spelled(term, entry).search(emphasised[0]):
                marked.add(term)
                link = f'<a class="term" href="../glossary.html#{anchor(term)}">'
                text = f"[{link}{text}</a>]{{#{anchor(term).lower()}}}"
        return text

    for cell in cells:
        if cell["cell_type"] == "markdown":
            before, start, after = "".join(cell["source"]).partition(BODY)
            if begun:
                cell["source"] = re.sub(EMPHASIS, mark, before + start + after)
            elif start:
                begun = True
                cell["source"] = before + start + re.sub(EMPHASIS, mark, after)
    return marked


def spelled(term, entry):
    """A regex of a term and of its plural."""
    words = "|".join(re.escape(word) for word in entry.get("forms") or [term])
    return re.compile(rf"(?<![\w-])({words})(e?s)?(?![\w-])", re.IGNORECASE)


def glossary(marked):
    """The page of all terms.

    Parameters
    ----------
    marked : dict of str to set of str
        The terms that have an anchor, by the name of their lesson.
    """
    of_name = {lesson.name: lesson for lesson in lessons()}
    entries = []
    for name, terms in read_terms().items():
        lesson = of_name[name]
        for term, entry in terms.items():
            target = (
                f"#{anchor(term).lower()}"
                if term in marked[name]
                else f"lessons/{lesson.path.name}"
            )
            entries.append(f"{term}\n  {entry['meaning']} [{lesson.title}]({target})\n")
    entries = "\n".join(sorted(entries, key=str.casefold))
    says = "The words of the field, each with the lesson that introduces it."
    return f"# Glossary\n\n{says}\n\n```{{glossary}}\n{entries}```\n"


# Other pages


def index():
    """The front page."""
    text = (SOURCE / "index.md").read_text(encoding="utf-8")
    every = lessons()
    for name, value in {
        "FROM_FILE": FROM_FILE,
        "FRONT_PAGE": front_page.write(STAGE / "extra"),
        "N_LESSONS": str(len(every)),
        "HOURS": f"{sum(lesson.minutes for lesson in every) / 60:.0f}",
        "FIRST_LESSON": f"lessons/{every[0].path.name}",
        "FIRST_MINUTES": str(every[0].minutes),
        "MAP": course_map(),
    }.items():
        text = re.sub(rf"\b{name}\b", lambda _, value=value: value, text)
    menu = [
        toctree(
            title,
            [
                f"{int(lesson.number)} {lesson.title} <lessons/{lesson.path.stem}>"
                for lesson in here
            ],
        )
        for title, _, here in parts()
    ]
    more = ["Teaching with it <teaching/index>", "glossary", "For another course <api/index>"]
    menu.append(toctree("Also here", more))
    return "\n\n".join([text, *menu])


def menu_entry(lesson):
    return f"{int(lesson.number)} {lesson.title} <lessons/{lesson.path.stem}>"


def toctree(caption, entries):
    lines = [":hidden:", f":caption: {caption}", "", *entries]
    return "\n".join(["```{toctree}", *lines, "```"])


def course_map():
    """The lessons by parts, with what you do and for how long."""
    rows = []
    for title, says, here in parts():
        minutes = sum(lesson.minutes for lesson in here)
        rows.append(f"### {title}\n\n{says} {minutes} minutes.\n")
        rows.append("{.map}")
        rows += [
            f"- [{int(lesson.number)}]{{.number}} [{lesson.title}](lessons/{lesson.path.name}) "
            f"[{lesson.what}]{{.what}} "
            f"[{lesson.minutes} min]{{.minutes}}"
            for lesson in here
        ]
        rows.append("")
    return "\n".join(rows)


def stage_sources(texts):
    """A page for each file of the project that a page leads to."""
    wanted = {target for text in texts for target in re.findall(LINK_UP, text)}
    for target in sorted(wanted | {"LICENSE", "course_utils/data/README.md"}):
        path = ROOT / target
        page = STAGE / "source" / "source" / f"{target.removesuffix('.md')}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            up = "../" * target.count("/")
            text = text.replace(f"]({up}LICENSE)", f"]({up}LICENSE.md)")
            headings = re.sub(r"^#", "##", text, flags=re.MULTILINE)
            page.write_text(f"{ORPHAN}# {path.parent.name}\n\n{headings}", encoding="utf-8")
        else:
            kind = "python" if path.suffix == ".py" else "text"
            shown = f"# {path.name}\n\n`````{{code-block}} {kind}\n{text}`````\n"
            page.write_text(ORPHAN + shown, encoding="utf-8")


def stage():
    """Put together what Sphinx reads."""
    shutil.rmtree(STAGE, ignore_errors=True)
    source = STAGE / "source"
    (source / "lessons").mkdir(parents=True)
    (STAGE / "extra" / "notebooks").mkdir(parents=True)
    shutil.copytree(SOURCE / "api", source / "api")
    shutil.copytree(SOURCE / "teaching", source / "teaching")
    teaching.write(source / "teaching")
    terms, marked = read_terms(), {}
    for lesson in lessons():
        shutil.copy(lesson.path, STAGE / "extra" / "notebooks")
        notebook = stage_lesson(lesson)
        marked[lesson.name] = mark_terms(notebook["cells"], terms.get(lesson.name, {}))
        (source / "lessons" / lesson.path.name).write_text(json.dumps(notebook), encoding="utf-8")
    shutil.copy(SOURCE / "404.html", STAGE / "extra")
    stage_sources(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb"))
    (source / "glossary.md").write_text(glossary(marked), encoding="utf-8")
    (source / "index.md").write_text(index(), encoding="utf-8")
    return source


# The site


class Page(HTMLParser):
    """What a page of the site links to, what it loads, and the anchors that it has."""

    def __init__(self, path):
        super().__init__()
        self.anchors, self.links, self.loads = set(), set(), set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors |= {attributes.get("id"), attributes.get("name")}
        if address := attributes.get("href" if tag in {"a", "link"} else "src"):
            is_link = tag == "a" or attributes.get("rel") in {"search", "index", "next", "prev"}
            (self.links if is_link else self.loads).add(address)


def read_pages(folder):
    """The pages in a folder, by their paths, without the theme's own and what others put there."""
    parts = [part for part in sorted(folder.iterdir()) if part.name not in (*OTHERS, "_static")]
    paths = [p for part in parts for p in ([part] if part.is_file() else part.rglob("*.html"))]
    return {path: Page(path) for path in paths if path.suffix == ".html"}


def faults(folder):
    """What is wrong with the links of the pages in a folder: one line each."""
    folder = folder.resolve()  # as the targets of links are
    pages = read_pages(folder)
    others = {lesson.in_tab for lesson in lessons()} | {lesson.slides for lesson in lessons()}
    others.add("slides/index.html")
    found = []
    for path, page in pages.items():
        for address in sorted(page.links | page.loads):
            parts = urlsplit(address)
            if parts.scheme == "data":
                continue
            if parts.scheme or parts.netloc:
                if address in page.loads:
                    found.append(f"{path.relative_to(folder)} loads {address} from another host")
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.is_relative_to(folder):
                found.append(f"{path.relative_to(folder)} links to {address}, out of the site")
                continue
            name = target.relative_to(folder).as_posix()
            if f"{name}?{parts.query}" in others or name in others:
                continue
            if not target.is_file():
                found.append(f"{path.relative_to(folder)} links to {address}, which is not there")
            elif parts.fragment and target in pages and parts.fragment not in pages[target].anchors:
                found.append(f"{path.relative_to(folder)} links to {address}: no such place there")
    return found


def make_pages(source, pages):
    """Let Sphinx make pages of a folder. Returns whether there was a warning or an error."""
    from sphinx.cmd.build import build_main

    settings = {"html_extra_path": STAGE / "extra"}
    flags = ["-W", "--keep-going", "-q", "-d", str(STAGE / "doctrees"), "-c", str(SOURCE)]
    flags += [f"-D{name}={value}" for name, value in settings.items()]
    return bool(build_main([*flags, str(source), str(pages)]))


def publish(pages, site):
    """Put pages in place of those of an earlier build. What other targets put there stays."""
    site.mkdir(exist_ok=True)
    for path in site.iterdir():
        if path.name not in OTHERS:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(pages, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*UNUSED))


def main():
    pages = STAGE / "html"
    if make_pages(stage(), pages):
        sys.exit("A warning is an error: _site is as it was.")
    if found := faults(pages):
        sys.exit("\n".join([*found, "_site is as it was."]))
    publish(pages, SITE)
    print(f"_site: {len(read_pages(pages))} pages")
    for name in OTHERS:
        if not (SITE / name).exists():
            print(f"Their buttons lead to _site/{name}, which is not there yet: make {name}")


if __name__ == "__main__":
    main()
