"""Keys for a widget are not commands of the notebook around it."""

from pathlib import Path

import anywidget

KEEP_KEYS = Path(__file__).with_name("keep_keys.js")


def with_keys(module):
    """The module of a widget with `keepKeys` set before it, which several modules share.

    anywidget loads one module for each widget, and in a notebook that one can import no file.
    """
    return "\n".join(path.read_text(encoding="utf-8") for path in (KEEP_KEYS, module))


class KeyboardGuard(anywidget.AnyWidget):
    """Put into a box of widgets, invisible: keys pressed in the box are not commands.

    In JupyterLab an arrow key on a menu of ipywidgets chooses another cell, not another entry,
    and `d` `d` on a button deletes the cell. Keys with Ctrl or Alt, and Shift+Enter, which runs
    the cell, still reach the notebook.
    """

    _esm = with_keys(Path(__file__).with_name("keyboard_guard.js"))
