"""How much room things take on a slide of 1280 by 720 pixels.

Nothing is drawn here, so all of this is an estimate, on the safe side: for wide fonts. The sizes
are those of slides.css. tests/browser measures each slide.
"""

import base64
import html
import re
import struct
import textwrap

HEIGHT = 720 - 2 * 32
GAP = 18
CODE_COLUMNS = 78
TEXT_COLUMNS = 72
LINE = {"code": 31, "print": 28, "text": 38, "said": 38, "again": 34, "caption": 32}
PADDING = {"code": 24, "print": 16}
FORMULA, ROW, HEADING = 96, 46, 50
LEAST, GOOD = 640, 860  # widths of a figure: alone on a slide, beside something else
LARGE = 1.25  # of the usual sizes, where there is room
TALL = 0.7  # above this ratio a figure stands beside its heading
MANY_ROWS = 20  # of a print: a slide is full
TOTALS = 3  # lines at the end of a long print


def rows(line, columns, more=0):
    """How many rows a line takes, if it is broken where there are spaces."""
    deeper = " " * (len(line) - len(line.lstrip()) + more)
    return max(1, len(textwrap.wrap(line, columns, subsequent_indent=deeper[: columns // 2])))


def text_height(source, line, zoom=1):
    """Height of Markdown: paragraphs, lists, tables, formulas, code."""
    line, columns = line * zoom, int(TEXT_COLUMNS / zoom)
    height = 0
    for block in re.split(r"\n\s*\n", source):
        if block.startswith("$$"):
            height += FORMULA * zoom
        elif block.startswith("|"):
            table = [" ".join(re.sub(r"[`*|]", " ", row).split()) for row in block.splitlines()]
            height += ROW * zoom * sum(rows(row, int(62 / zoom)) for row in table[:1] + table[2:])
        elif block.startswith("```"):
            height += PADDING["code"] + LINE["code"] * zoom * (block.count("\n") - 1)
        else:
            plain = re.sub(r"\]\([^)]*\)|[`*$\[]|\\[a-z]+", "", block)
            items = re.split(r"\n(?=- |\d+\. )", plain)
            height += sum(line * rows(" ".join(item.split()), columns) + 8 for item in items)
        height += GAP
    return height - GAP


def ratio(figure):
    """Height of the picture in a figure, divided by its width."""
    picture = base64.b64decode(re.search(r"base64,([^\"]+)", figure)[1])
    width, height = struct.unpack(">II", picture[16:24])  # the header of a PNG
    return height / width


def caption_of(figure):
    return re.search(r"<figcaption>(.*?)</figcaption>", figure, re.DOTALL)[1]


def description_of(figure):
    return html.unescape(re.search(r' alt="([^"]*)"', figure)[1])


def is_tall(part):
    return part.kind == "figure" and ratio(part.source) > TALL


def height(part, width=GOOD, zoom=1):
    kind, source = part.kind, part.source
    if kind == "figure":
        return width * ratio(source) + LINE["caption"] * rows(caption_of(source), TEXT_COLUMNS) + 8
    if kind == "html":
        return ROW * (1 + source.count("<tr")) + 2 * ROW
    if kind in ("text", "said", "again"):
        return text_height(source, LINE[kind], zoom)
    return PADDING[kind] + LINE[kind] * zoom * code_rows(source.splitlines(), zoom)


def heading_height(heading):
    return HEADING * rows(heading.lstrip("# "), 44) + GAP


def fits(parts, slide, zoom=1):
    """Whether parts fit on one slide, each figure wide enough."""
    if any(map(is_tall, parts)):
        return all(part.kind in ("again", "figure") for part in parts)
    width = LEAST if all(part.kind in ("again", "figure") for part in parts) else GOOD
    total = sum(height(part, width, zoom) + GAP for part in parts)
    return heading_height(slide.heading) + total - GAP <= HEIGHT


def is_large(slide):
    """Whether what is on a slide can be larger: there are few words and no picture."""
    formulas = re.findall(r"\$\$.*?\$\$", " ".join(part.source for part in slide.parts), re.DOTALL)
    if any(len(formula) > 100 for formula in formulas):  # wide
        return False
    pictures = {"figure", "html"} & {part.kind for part in slide.parts}
    return not pictures and fits(slide.parts, slide, LARGE)


def shorten(text):
    """A print with no more than fits on a slide: its first lines and its last ones, the totals.

    Lines without a letter or a number go first.
    """
    lines = text.rstrip().splitlines()
    if code_rows(lines) > MANY_ROWS:
        lines = [line for line in lines if re.search(r"\w", line)]
    if code_rows(lines) <= MANY_ROWS:
        return "\n".join(lines)
    lines, totals = lines[:-TOTALS], lines[-TOTALS:]
    while code_rows([*lines, "…", *totals]) > MANY_ROWS:
        del lines[-1]
    return "\n".join([*lines, "…", *totals])


def code_rows(lines, zoom=1):
    return sum(rows(line, int(CODE_COLUMNS / zoom), 4) for line in lines)


def split_code(source, question=""):
    """Code in pieces that fit on a slide, the first below a question if that can be.

    It is split where it has blank lines; a block that is too high, before another statement.
    """
    room = (HEIGHT - HEADING - GAP - PADDING["code"]) // LINE["code"]
    asked = (text_height(question, LINE["text"]) + GAP) // LINE["code"] + 1 if question else 0
    blocks = list(blocks_of(source, room))
    left = room - asked if code_rows(blocks[0]) <= room - asked else room
    pieces, piece = [], []
    for block in blocks:
        n_rows = code_rows(block)
        if piece and n_rows + 1 > left:
            pieces.append(piece)
            piece, left = [], room
        left -= n_rows + bool(piece)
        piece += [*([""] if piece else []), *block]
    return ["\n".join(piece) for piece in [*pieces, piece]]


def blocks_of(source, room):
    """The lines of each block, which begins after a blank line, with a line that is not indented.

    A block that is too high is cut before such a line, as near to its middle as there is one.
    """
    for block in re.split(r"\n\s*\n(?=\S)", source):
        lines = block.splitlines()
        cuts = [i for i, line in enumerate(lines) if i and re.match(r"[^\s)\]}]", line)]
        if code_rows(lines) <= room or not cuts:
            yield lines
        else:
            cut = min(cuts, key=lambda place: abs(2 * place - len(lines)))
            yield from (lines[:cut], lines[cut:])
