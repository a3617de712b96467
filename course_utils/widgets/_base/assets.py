"""JavaScript and CSS that several widgets share."""

from pathlib import Path

BASE = Path(__file__).parent
KEYBOARD = BASE / "keyboard.js"  # guardKeyboard
CANVAS = BASE / "canvas.js"  # canvases that are explored by pointer and keys
EXPLORER_STYLE = BASE / "explorer.css"


def concatenate(*files: Path) -> str:
    """Join JavaScript or CSS files into the one that a widget may have.

    anywidget loads one module and one style sheet per widget, and in a notebook a module cannot
    import other files. So the files that widgets share go before the widget's own, which then
    uses their functions as if it had defined them.

    Parameters
    ----------
    *files : pathlib.Path
        Shared files first, the widget's own last.

    Returns
    -------
    str
    """
    return "\n".join(path.read_text(encoding="utf-8") for path in files)
