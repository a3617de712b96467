"""Keys pressed in a widget are not commands of the notebook around it."""

from pathlib import Path

import anywidget

from course_utils.widgets._base.assets import KEYBOARD, concatenate


class KeyboardGuard(anywidget.AnyWidget):
    """An invisible widget: keys pressed in the box it is in do not reach the notebook.

    In JupyterLab an arrow key on a menu of ipywidgets moves to another cell instead of another
    entry, and `d` `d` on a button deletes the cell. Keys with Ctrl or Alt, and Shift+Enter, which
    runs the cell, still reach the notebook. Escape moves the focus to the cell. The control that
    has the focus is outlined.
    """

    _esm = concatenate(KEYBOARD, Path(__file__).with_name("keyboard_guard.js"))
    _css = Path(__file__).with_suffix(".css")
