"""Figures in a notebook, with a caption and an alternative text."""

import base64
import html
import io
import textwrap

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course_utils.plots._texts import figure_texts

SCREEN_DPI = 144  # sharp on a projector and on high-density screens
PRINT_DPI = 60  # for PDF export and for viewers that strip HTML


def show(figure: Figure, name: str, /, **values: object) -> None:
    """Show a figure with a caption under it and a description for those who cannot see it.

    Both texts are looked up by the figure's name, with `figure_texts`. Matplotlib's own output
    cannot carry a description to a screen reader, an HTML ``<figure>`` can. A small plain PNG
    goes with it, for viewers that strip HTML.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure. It is closed, so that it is not shown a second time.
    name : str
        Of the figure's table in ``lessons/figures/*.toml``, which holds its ``caption``, one line
        that says what it is; its ``description``, what a person would say to somebody who cannot
        see the figure; and, if the figure leads somewhere when it is clicked, a ``link``.
    **values
        Values for the ``{placeholders}`` in the texts.

    Raises
    ------
    ValueError
        If there is no such figure, a text is missing or empty, the values are not those that the
        texts ask for, or the link is not a web address.

    See Also
    --------
    figure_bundle : The same for a figure that comes with its own texts.

    Examples
    --------
    In a notebook::

        plots.show(plots.image_grid(images), "ten_digits")
        plots.show(figure, "test_scores", accuracy=f"{accuracy:.2f}")
    """
    display(figure_bundle(figure, **figure_texts(name, **values)), raw=True)
    plt.close(figure)


def figure_bundle(
    figure: Figure, *, caption: str, alt: str, link: str | None = None
) -> dict[str, str]:
    """The MIME bundle behind `show`.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure. It is left open.
    caption : str
        One line under the figure: what it is.
    alt : str
        What a person would say to somebody who cannot see the figure: what it shows and
        what to notice.
    link : str, optional
        An address that the figure leads to when it is clicked. The alternative text is then the
        name of the link: say in it where it leads.

    Returns
    -------
    dict of str to str
        ``text/html``, ``image/png`` (in base64) and ``text/plain``: the same bytes each time.

    Raises
    ------
    ValueError
        If `caption` or `alt` is empty or not a string, or `link` is not a web address.
    """
    _check_texts(caption, alt)
    if link is not None and not (isinstance(link, str) and link.startswith("https://")):
        raise ValueError(f"expected link as an address that begins with https://, got {link!r}.")
    plain = f"Figure: {caption}\n{textwrap.fill(alt, 100)}"
    if link is not None:
        plain += f"\n{link}"
    large, small = _pngs(figure)
    return {
        "text/html": _html(figure, large, caption, alt, link),
        "image/png": base64.b64encode(small).decode(),
        "text/plain": plain,
    }


def figure_html(figure: Figure, *, caption: str, alt: str) -> str:
    """The HTML of `figure_bundle` alone, drawn fast: for a picture that follows a slider.

    It is for the screen and is not stored, so it may take more bytes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Not one of pyplot's: its resolution is changed.
    caption, alt : str
        As in `figure_bundle`.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If `caption` or `alt` is empty or not a string.
    """
    _check_texts(caption, alt)
    figure.set_dpi(SCREEN_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # once, where savefig draws twice
    drawn = io.BytesIO()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    # As exact as PNG, in half the time (in a browser tab in the same) and fewer bytes.
    picture.save(drawn, format="WEBP", lossless=True, quality=0, method=0)
    return _html(figure, drawn.getvalue(), caption, alt, kind="webp")


def _check_texts(caption, alt):
    """Refuse a figure without a caption or an alternative text."""
    for name, text in (("caption", caption), ("alt", alt)):
        if not isinstance(text, str):
            raise ValueError(
                f"expected {name} as a string, got {text!r}: say in a sentence what the figure "
                "shows."
            )
        if not text.strip():
            raise ValueError(f"{name} is empty: say in a sentence what the figure shows.")


def _html(figure, picture, caption, alt, link=None, kind="png"):
    """A figure with its texts, as HTML."""
    width = round(figure.get_figwidth() * 96)  # CSS pixels: 96 to the inch
    source = f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
    image = f'<img alt="{html.escape(alt)}" width="{width}" src="{source}">'
    if link is not None:
        image = f'<a href="{html.escape(link)}">{image}</a>'
    return (
        f'<figure style="margin: 0">{image}<figcaption>{html.escape(caption)}</figcaption></figure>'
    )


def _pngs(figure):
    """PNG bytes of a figure for the screen and for print."""
    large = _png(figure, SCREEN_DPI)
    engine = figure.get_layout_engine()
    # All stands where it has been put. With 20 panels a second layout is a third of the time.
    figure.set_layout_engine("none")
    try:
        return large, _png(figure, PRINT_DPI)
    finally:
        figure.set_layout_engine(engine)


def _png(figure, dpi):
    """PNG bytes of a figure in 256 colours.

    Notebooks are committed with their figures: this takes less than half of the bytes of a
    full-colour PNG. No version of Matplotlib is written into them, so they stay the same.
    """
    drawn, reduced = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=dpi)
    with Image.open(drawn) as picture:
        picture.convert("RGB").quantize(256).save(reduced, format="PNG", optimize=True)
    return reduced.getvalue()
