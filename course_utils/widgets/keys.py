"""Keys for a widget are not commands of the notebook around it."""

from pathlib import Path

import anywidget

HERE = Path(__file__).parent


def with_keys(name):
    """The module of a widget with `keepKeys` set before it, which several modules share.

    anywidget loads one module for each widget, and in a notebook that one can import no file.
    """
    return "\n".join((HERE / part).read_text(encoding="utf-8") for part in ("keys.js", name))


class KeysStay(anywidget.AnyWidget):
    """Put into a box of widgets, invisible: keys pressed in the box are not commands.

    In JupyterLab an arrow key on a menu of ipywidgets chooses another cell, not another entry,
    and `d` `d` on a button deletes the cell. Keys with Ctrl or Alt, and Shift+Enter, which runs
    the cell, still reach the notebook.
    """

    _esm = with_keys("keys_stay.js")
