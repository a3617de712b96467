"""The keys of a widget stay in it."""

from pathlib import Path

HERE = Path(__file__).parent


def with_keys(name):
    """The module of a widget with `keepKeys` set before it, which several modules share.

    anywidget loads one module for each widget, and in a notebook that one can import no file.
    """
    return "\n".join((HERE / part).read_text(encoding="utf-8") for part in ("keys.js", name))
