"""Figures carry their texts, share one scale, and are the same bytes each time."""

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


def pixels(html):
    """The picture in some HTML, as grey levels."""
    png = base64.b64decode(re.search(r"base64,([^\"]+)", html)[1])
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("L"), dtype=int)


def test_the_fast_html_is_that_of_a_bundle_with_the_same_picture():
    figure, texts = line_figure(), {"caption": "A & B.", "alt": 'A "line".'}
    slow = plots.figure_bundle(figure, **texts)["text/html"]
    fast = plots.figure_html(figure, **texts)
    assert re.sub('base64,[^"]+', "", fast) == re.sub('base64,[^"]+', "", slow)
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
def test_a_link_that_is_no_web_address_is_refused(link):
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


def scales(figure):
    return {image.get_clim() for axis in figure.axes for image in axis.images}


def test_an_image_grid_shows_every_image_on_one_scale():
    images = np.stack([np.full((28, 28), level, dtype=np.uint8) for level in (0, 9, 255)])
    figure = plots.image_grid(images, ["a", "b", "c"], columns=2)
    shown = [axis for axis in figure.axes if axis.images]
    assert [axis.get_title() for axis in shown] == ["a", "b", "c"]
    assert scales(figure) == {(0, 255)}


def test_a_weight_grid_is_centred_on_zero():
    weights = np.zeros((2, 28, 28))
    weights[0, 0, 0] = -3
    assert scales(plots.weight_grid(weights)) == {(-3, 3)}
    assert scales(plots.weight_grid(weights, limit=0.5)) == {(-0.5, 0.5)}


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((3, 784), r"got \(3, 784\): are these flat\? Try `.reshape\(-1, 28, 28\)`"),
        ((28, 28), r"got \(28, 28\): is this one image\? Put it in a list"),
        ((784,), r"got \(784,\)\."),
        ((0, 28, 28), r"got \(0, 28, 28\): nothing in it\. Does a slice or a mask select nothing"),
        ((0,), r"got \(0,\): nothing in it"),
    ],
)
@pytest.mark.parametrize("grid", [plots.image_grid, plots.weight_grid])
def test_a_grid_of_something_else_is_refused_with_the_likely_slip(grid, shape, message):
    with pytest.raises(ValueError, match=message):
        grid(np.zeros(shape))


def test_titles_must_match_the_images():
    with pytest.raises(ValueError, match="expected 2 titles, one per image, got 1"):
        plots.image_grid(np.zeros((2, 28, 28)), ["one"])


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (None, "got None: does the function that makes it end with `return`"),
        (..., r"got \.\.\.: is this still to be filled in"),
        ([np.ones((28, 28)), np.ones((20, 20))], "different shapes: are they all of one size"),
        ([[[1, 2], [3]]], "different shapes"),
        ([[["a"]]], "got list with something else than numbers"),
    ],
)
@pytest.mark.parametrize("grid", [plots.image_grid, plots.weight_grid])
def test_a_grid_of_what_are_not_numbers_is_refused(grid, images, message):
    expected = r"expected images of shape \(n, height, width\), "
    with pytest.raises(ValueError, match=expected + ".*" + message):
        grid(images)


@pytest.mark.parametrize("columns", [0, -1, 2.5, "2"])
@pytest.mark.parametrize("grid", [plots.image_grid, plots.weight_grid])
def test_columns_are_a_whole_number_from_1(grid, columns):
    with pytest.raises(
        ValueError, match=f"expected columns: a whole number from 1, got {columns!r}"
    ):
        grid(np.ones((3, 28, 28), dtype=int), columns=columns)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_images_that_would_look_blank_are_refused(dtype):
    images = np.zeros((2, 28, 28), dtype=dtype)
    images[0, 0, 0] = 1
    message = r"run from 0 to 1 but the scale from 0 to 255: pass limits=\(0, 1\)\."
    with pytest.raises(ValueError, match=message):
        plots.image_grid(images)
    with pytest.raises(ValueError, match=r"from -1 to 1 .* weight_grid shows signed numbers"):
        plots.image_grid(images - images[::-1])
    assert scales(plots.image_grid(images, limits=(0, 1))) == {(0, 1)}


@pytest.mark.parametrize("level", [0.0, 139.5, 255.0])
def test_mean_images_and_empty_paper_are_drawn_on_the_scale_of_grey_levels(level):
    assert scales(plots.image_grid(np.full((2, 28, 28), level))) == {(0, 255)}


def test_titles_may_be_numbers():
    figure = plots.image_grid(np.zeros((2, 28, 28)), np.array([5, 0], dtype=np.uint8))
    assert [axis.get_title() for axis in figure.axes if axis.images] == ["5", "0"]


@pytest.mark.parametrize("n_images", [4, 12])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_titles_of_several_lines_fit_and_leave_the_panels_their_size(lines, n_images):
    images = np.zeros((n_images, 28, 28))
    figure = plots.image_grid(
        images, ["\n".join(["is 4, says 9"] * lines)] * n_images, columns=min(n_images, 6)
    )
    one_line = plots.image_grid(images, ["is 4, says 9"] * n_images, columns=min(n_images, 6))
    for drawn in (figure, one_line):
        drawn.draw_without_rendering()
    for axis in figure.axes[:n_images]:
        assert axis.title.get_window_extent().y1 <= figure.bbox.y1
    widths = [drawn.axes[0].get_window_extent().width for drawn in (figure, one_line)]
    assert widths[0] == pytest.approx(widths[1], rel=0.05)
