"""Slides as HTML: a page for each deck, and a page that lists them."""

import html
import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from tools.mathml import to_mathml
from tools.slides import prose, sizes

KEYS = [("→", "next"), ("↓", "solution"), ("S", "notes")]
# Of the HTML in a notebook: what it says of a kernel, and its own sizes.
LEFT_OUT = r'<p><em>.*?</em></p>|<style>.*?</style>| style="[^"]*"| width="\d+"'
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{head}
</head>
<body>
{body}
</body>
</html>
"""
DECK_HEAD = """<link rel="stylesheet" href="reveal/reveal.css">
<link rel="stylesheet" href="slides.css">"""
DECK_BODY = """<div class="reveal"><main class="slides">
{slides}
</main></div>
<script src="reveal/reveal.js"></script>
<script src="reveal/notes.js"></script>
<script src="slides.js"></script>"""


def _address(link):
    """Where a link of a lesson leads from a deck: to the deck of that lesson, or outside."""
    lesson = re.fullmatch(r"(\d\d)_\w+\.ipynb", link)
    return f"{lesson[1]}.html" if lesson else link if link.startswith("https://") else None


def _link(tokens, index, *_):
    address = _address(tokens[index].attrGet("href"))
    return f'<a href="{html.escape(address)}">' if address else "<a>"


def _formula(display):
    return lambda tokens, index, *_: to_mathml(tokens[index].content.strip(), display)


prose.MARKDOWN.renderer.rules |= {
    "math_inline": _formula(False),
    "math_block": _formula(True),
    "fence": lambda tokens, index, *_: code(tokens[index].content.rstrip()),
    "link_open": _link,
}


def code(source):
    """Code in colours."""
    lines = highlight(source, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return f'<pre class="code"><code>{_lines(lines, source)}</code></pre>'


def _lines(marked_up, plain):
    """Lines that go on below if they are too long, further in than they begin."""
    found = []
    pairs = zip(marked_up.rstrip("\n").split("\n"), plain.rstrip("\n").split("\n"), strict=True)
    for line, text in pairs:
        indent = len(text) - len(text.lstrip())
        found.append(f'<span class="line" style="--indent: {indent}">{line or " "}</span>')
    return "".join(found)


def _part(part, in_tab):
    if part.kind == "code":
        body = code(part.source)
    elif part.kind == "print":
        body = f'<pre class="print">{_lines(html.escape(part.source), part.source)}</pre>'
    elif part.kind == "said":
        body = f"<p>{html.escape(part.source)}</p>"
    elif part.kind in ("figure", "html"):
        body = re.sub(LEFT_OUT, "", part.source, flags=re.DOTALL)
        if "<em>Run this cell" in part.source:  # a widget
            link = f'<a href="../{in_tab}">open in the tab</a>'
            body = re.sub(r"(</figcaption>|</caption>)", rf" ({link})\1", body)
    else:
        body = f'<div class="{part.kind}">{prose.MARKDOWN.render(part.source)}</div>'
    step = f' fragment" data-fragment-index="{part.step}' if part.step else ""
    return f'<div class="part {part.kind}{step}">{body}</div>'


def _slide(slide, in_tab):
    level = 1 if slide.kind == "title" else 2
    heading = prose.MARKDOWN.renderInline(slide.heading.lstrip("# "))
    parts = "\n".join(_part(part, in_tab) for part in slide.parts)
    kind = slide.kind + " tall" * any(map(sizes.is_tall, slide.parts))
    kind += " large" * sizes.is_large(slide)
    if slide.kind == "title":
        keys = " · ".join(f"<kbd>{key}</kbd> {says}" for key, says in KEYS)
        parts += f'<p class="keys">{keys}</p>'
    notes = prose.MARKDOWN.render("\n\n".join(slide.notes))
    notes = f'<aside class="notes">{notes}</aside>' if notes else ""
    return (
        f'<section><div class="slide {kind}"><h{level}>{heading}</h{level}>\n{parts}</div>'
        f"{notes}</section>"
    )


def deck(slides, title, in_tab):
    """The page of a deck.

    Parameters
    ----------
    slides : list of Slide
    title : str
    in_tab : str
        Address of the lesson in a browser tab, from the root of the site.
    """
    columns = []
    for slide in slides:
        if slide.below and columns:
            columns[-1].append(_slide(slide, in_tab))
        else:
            columns.append([_slide(slide, in_tab)])
    body = "\n".join(
        column[0] if len(column) == 1 else "<section>\n" + "\n".join(column) + "\n</section>"
        for column in columns
    )
    return PAGE.format(title=html.escape(title), head=DECK_HEAD, body=DECK_BODY.format(slides=body))


INDEX_BODY = """<main class="index">
<h1>Slides</h1>
<p>A deck for each lesson. The notes of the speaker are under the key <kbd>S</kbd>; the solution
of an exercise lies below it. To print a deck or to save it as PDF, follow <i>PDF</i>, then
print.</p>
<ol start="0">
{decks}
</ol>
</main>"""


def index(decks):
    """The page that lists the decks.

    Parameters
    ----------
    decks : list of tuple
        Number, title and number of slides of each.
    """
    items = "\n".join(
        f'<li value="{int(number)}"><a href="{number}.html">{html.escape(title)}</a> '
        f'({n_slides} slides, <a href="{number}.html?print-pdf">PDF<span class="hidden"> of '
        f"{html.escape(title)}</span></a>)</li>"
        for number, title, n_slides in decks
    )
    head = '<link rel="stylesheet" href="slides.css">'
    return PAGE.format(title="Slides", head=head, body=INDEX_BODY.format(decks=items))
