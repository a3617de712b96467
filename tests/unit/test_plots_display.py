"""Figures include their texts, share one scale, and are the same bytes each time."""

import base64
import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from course_utils import plots


def line_figure():
    figure, axis = plt.subplots()
    axis.plot([1, 2, 3])
    return figure


def test_a_bundle_carries_caption_and_alternative_text_to_a_screen_reader():
    bundle = plots.figure_bundle(line_figure(), caption="A & B.", alt='A line, "rising".')
    html = bundle["text/html"]
    assert '<img alt="A line, &quot;rising&quot;."' in html
    assert "<figcaption>A &amp; B.</figcaption>" in html
    assert bundle["text/plain"] == 'Figure: A & B.\nA line, "rising".'


def test_a_bundle_holds_two_pictures_the_plain_one_smaller():
    bundle = plots.figure_bundle(line_figure(), caption="c", alt="a")
    sharp = base64.b64decode(re.search(r"base64,([^\"]+)", bundle["text/html"])[1])
    plain = base64.b64decode(bundle["image/png"])
    assert sharp.startswith(b"\x89PNG")
    assert plain.startswith(b"\x89PNG")
    assert len(plain) < len(sharp)


def test_the_bytes_of_a_figure_are_the_same_each_time():
    first = plots.figure_bundle(line_figure(), caption="c", alt="a")
    assert first == plots.figure_bundle(line_figure(), caption="c", alt="a")


def test_both_pictures_of_a_figure_have_all_in_the_same_place():
    figure, axis = plt.subplots(layout="constrained")
    axis.set(facecolor="black")
    axis.set_ylabel("two\nlines", color="0.6")
    axis.tick_params(colors="0.6")
    engine = figure.get_layout_engine()
    bundle = plots.figure_bundle(figure, caption="c", alt="a")
    pictures = pixels(bundle["text/html"]), pixels(f"base64,{bundle['image/png']}")
    dark = [np.argwhere(picture < 50) / picture.shape for picture in pictures]
    for end in (np.min, np.max):
        one, other = (end(places, axis=0) for places in dark)
        assert np.allclose(one, other, atol=1 / min(pictures[1].shape))  # a pixel of the smaller
    assert figure.get_layout_engine() is engine
    plt.close(figure)


def pixels(html):
    """The picture in some HTML, as grey levels."""
    png = base64.b64decode(re.search(r"base64,([^\"]+)", html)[1])
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("L"), dtype=int)


def test_the_fast_html_is_that_of_a_bundle_with_the_same_picture():
    figure, texts = line_figure(), {"caption": "A & B.", "alt": 'A "line".'}
    slow = plots.figure_bundle(figure, **texts)["text/html"]
    fast = plots.figure_html(figure, **texts)
    source = '"data:image/[^"]+"'
    assert re.sub(source, "", fast) == re.sub(source, "", slow)
    assert re.search(source, fast)
    assert np.abs(pixels(fast) - pixels(slow)).max() <= 3  # 256 colours in the one that is stored
    with pytest.raises(ValueError, match="alt is empty"):
        plots.figure_html(figure, caption="c", alt="")


def test_a_figure_may_be_a_link_named_by_its_alternative_text():
    link = "https://example.org/embed?start=1&end=2"
    bundle = plots.figure_bundle(line_figure(), caption="c", alt="Opens a film.", link=link)
    html = bundle["text/html"]
    address = "https://example.org/embed?start=1&amp;end=2"
    assert f'<a href="{address}"><img alt="Opens a film."' in html
    assert html.index("</a>") < html.index("<figcaption>")
    assert bundle["text/plain"].endswith(link)
    assert "<a" not in plots.figure_bundle(line_figure(), caption="c", alt="a")["text/html"]


@pytest.mark.parametrize("link", ["", "example.org", "javascript:alert(1)", 3])
def test_a_link_that_is_not_a_web_address_is_refused(link):
    with pytest.raises(ValueError, match="expected link as an address that begins with https://"):
        plots.figure_bundle(line_figure(), caption="c", alt="a", link=link)


@pytest.mark.parametrize("missing", ["caption", "alt"])
def test_a_figure_without_its_texts_is_refused(missing):
    texts = {"caption": "c", "alt": "a"} | {missing: " "}
    with pytest.raises(ValueError, match=f"{missing} is empty"):
        plots.figure_bundle(line_figure(), **texts)


@pytest.mark.parametrize("text", [None, 3, ["a"]])
@pytest.mark.parametrize("name", ["caption", "alt"])
def test_a_text_that_is_not_a_string_is_refused(name, text):
    texts = {"caption": "c", "alt": "a"} | {name: text}
    with pytest.raises(ValueError, match=f"expected {name} as a string, got "):
        plots.figure_bundle(line_figure(), **texts)


def test_show_closes_the_figure_so_that_it_is_not_shown_twice(capsys):
    figure = line_figure()
    plots.show(figure, "test_image_8")
    assert not plt.fignum_exists(figure.number)
