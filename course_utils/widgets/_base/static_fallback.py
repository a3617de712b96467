"""Controls under which a still picture stands where no kernel runs."""

import html

import ipywidgets


class WithStaticFallback(ipywidgets.VBox):
    """Widgets in a column. On a page without a kernel a picture of their first state is shown.

    JupyterLab shows the widgets. GitHub, a printed page, or a notebook that was opened and not
    yet run has no kernel to answer them: there the picture stands, and a line that says so.

    Parameters
    ----------
    children : list of ipywidgets.Widget
    still : dict of str to str
        What `figure_bundle` returns for the first state, or another bundle with ``text/html``.
    shown : str, default="picture"
        What it is.
    """

    def __init__(self, children, still, shown="picture"):
        super().__init__(children)
        self._still = with_note(still, shown)

    def _repr_mimebundle_(self, **kwargs):
        return super()._repr_mimebundle_(**kwargs) | self._still


def with_note(still, shown="picture"):
    """A still, a bundle of `figure_bundle`, with a line under it that says what is missing."""
    note = html.escape(f"Run this cell: controls appear here, and the {shown} follows them.")
    return still | {"text/html": f"{still['text/html']}<p><em>{note}</em></p>"}


def caption_alone(still):
    """A still whose plain text is its caption, because its picture depends on a trained network.

    Executed notebooks are compared by their plain text, and another processor trains to slightly
    other numbers. The alternative text, in the HTML, still says what the picture shows.
    """
    return still | {"text/plain": still["text/plain"].splitlines()[0]}
