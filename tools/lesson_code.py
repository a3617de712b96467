"""The code of a lesson's cells, for tools that run some of them outside a notebook."""

import functools

from tools.notebooks import lessons, name_of, place_of, read_lesson


@functools.cache
def code_of(lesson: str, text: str) -> str:
    """Return the code of the one cell of a lesson that contains a text.

    Parameters
    ----------
    lesson : str
        The name of a lesson: that of its file without the number.
    text : str

    Raises
    ------
    FileNotFoundError
        If no lesson has this name.
    ValueError
        If the text is in no code cell, or in several.
    """
    found = {name_of(path): path for path in lessons()}
    if lesson not in found:
        raise FileNotFoundError(f"no lesson is named {lesson!r}: lessons/ has no such file")
    notebook = read_lesson(found[lesson])
    return notebook.cells[place_of(text, notebook)].source


def run_cells(
    lesson: str,
    *texts: str,
    names: dict | None = None,
    replace: dict[str, str] | None = None,
) -> dict:
    """Run some cells of a lesson in the order given.

    Parameters
    ----------
    lesson : str
        The name of a lesson: that of its file without the number.
    *texts : str
        A text for each cell, which no other cell contains.
    names : dict, optional
        What the cells find defined; what they define is added to it.
    replace : dict of str to str, optional
        Parts of the code, and what to run in place of each.

    Returns
    -------
    dict
        The names that are defined afterwards.

    Raises
    ------
    FileNotFoundError, ValueError
        As in `code_of`, and if a part to be replaced is in none of the cells.
    """
    names = {} if names is None else names
    cells = [code_of(lesson, text) for text in texts]
    for old, new in (replace or {}).items():
        if not any(old in cell for cell in cells):
            raise ValueError(f"no cell with {old!r} among those with {texts} of {lesson}")
        cells = [cell.replace(old, new) for cell in cells]
    for text, cell in zip(texts, cells, strict=True):
        exec(compile(cell, f"{lesson}, the cell with {text!r}", "exec"), names)
    return names
