"""Captions and descriptions of figures, looked up by the name of the figure."""

import difflib
import functools
import string
import tomllib
from pathlib import Path
from typing import Any

from course_utils._course_files import course_files


def figure_texts(name: str, /, **values: object) -> dict[str, str | None]:
    """Caption, description and link of a figure, as `figure_bundle` takes them.

    They are in ``lessons/figures/*.toml``, in a table named after the figure. A line break counts
    as a space.

    Parameters
    ----------
    name : str
        Of the figure.
    **values
        Values for the ``{placeholders}`` in the texts, filled in with `str.format`.

    Returns
    -------
    dict
        ``caption``, ``alt`` (the description) and ``link`` (None if the figure has none).

    Raises
    ------
    ValueError
        If there is no such figure, a text is missing or empty, or the values are not those that
        the texts ask for.
    """
    texts = _filled(name, ("caption", "description"), values)
    link = _tables()[name].get("link")
    return {"caption": texts["caption"], "alt": texts["description"], "link": link}


def figure_caption(name: str, /, **values: object) -> str:
    """The caption alone, for a figure whose description is generated.

    Parameters
    ----------
    name : str
    **values
        As in `figure_texts`.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        As in `figure_texts`.
    """
    return _filled(name, ("caption",), values)["caption"]


def _filled(name: str, keys: tuple[str, ...], values: dict[str, object]) -> dict[str, str]:
    """Some texts of a figure, with the values filled in."""
    tables = _tables()
    if name not in tables:
        close = difflib.get_close_matches(str(name), tables)
        hint = f"Did you mean {' or '.join(map(repr, close))}?" if close else "No name is like it."
        raise ValueError(
            f"no figure is called {name!r}. {hint} The texts of figures are in lessons/figures."
        )
    texts = {}
    for key in keys:
        text = tables[name].get(key, "")
        if not isinstance(text, str) or not text.strip():
            raise ValueError(
                f"the figure {name!r} has no {key}: say in a sentence what the figure shows."
            )
        texts[key] = " ".join(text.split())
    fields = {field for text in texts.values() for field in placeholders(text)}
    if missing := fields - values.keys():
        raise ValueError(f"the texts of {name!r} need a value for {', '.join(sorted(missing))}.")
    if unused := values.keys() - fields:
        raise ValueError(f"the texts of {name!r} have no place for {', '.join(sorted(unused))}.")
    return {key: text.format(**values) for key, text in texts.items()}


def placeholders(text: str) -> set[str]:
    """The names in braces that `str.format` would fill in."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def _tables() -> dict[str, dict[str, Any]]:
    """The tables of all figures, by the name of the figure."""
    files = course_files("figures/*.toml").values()
    return {
        name: table
        for path in files
        for name, table in _read(path, path.stat().st_mtime_ns).items()
    }


@functools.cache
def _read(path: Path, modified: int) -> dict[str, dict[str, Any]]:
    """The tables of a file. It is read again once it has been `modified`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name} is not valid TOML: {error}") from error
