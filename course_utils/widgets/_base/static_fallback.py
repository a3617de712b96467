"""The picture that stands in for a widget where no kernel runs.

JupyterLab shows the widget. GitHub, a printed page, or a notebook that was opened but not yet run
has no kernel to answer it: there a picture of its first state is shown, with a line under it that
says how to get the widget.
"""

import html
from collections.abc import Sequence
from typing import Any

import ipywidgets


class WithStaticFallback(ipywidgets.VBox):
    """Widgets in a column, with a static fallback.

    Parameters
    ----------
    children : sequence of ipywidgets.Widget
    fallback : dict of str to str
        What `figure_bundle` returns for the first state, or another MIME bundle with
        ``text/html``.
    subject : str, default="picture"
        What follows the controls, as the line under the fallback calls it.
    """

    def __init__(
        self,
        children: Sequence[ipywidgets.Widget],
        fallback: dict[str, str],
        subject: str = "picture",
    ):
        super().__init__(children)
        self._fallback = with_note(fallback, subject)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return super()._repr_mimebundle_(**kwargs) | self._fallback


def with_note(fallback: dict[str, str], subject: str = "picture") -> dict[str, str]:
    """Add a line to a static fallback that says how to get the widget.

    Parameters
    ----------
    fallback : dict of str to str
        A MIME bundle with ``text/html``.
    subject : str, default="picture"
        What follows the controls.

    Returns
    -------
    dict of str to str
    """
    note = html.escape(f"Run this cell: controls appear here, and the {subject} follows them.")
    return fallback | {"text/html": f"{fallback['text/html']}<p><em>{note}</em></p>"}


def caption_only(fallback: dict[str, str]) -> dict[str, str]:
    """Reduce the plain text of a static fallback to its caption.

    Executed notebooks are compared by their plain text. Where a picture depends on a trained
    network, its description differs a little from one processor to another; the HTML still has
    it as the alternative text.

    Parameters
    ----------
    fallback : dict of str to str
        What `figure_bundle` returns.

    Returns
    -------
    dict of str to str
    """
    return fallback | {"text/plain": fallback["text/plain"].splitlines()[0]}
