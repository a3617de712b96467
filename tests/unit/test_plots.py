"""Figures carry their texts, share one scale, and are the same bytes each time."""

import base64
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils import plots


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


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


@pytest.mark.parametrize("missing", ["caption", "alt"])
def test_a_figure_without_its_texts_is_refused(missing):
    texts = {"caption": "c", "alt": "a"} | {missing: " "}
    with pytest.raises(ValueError, match=f"{missing} is empty"):
        plots.show(line_figure(), **texts)


def test_show_closes_the_figure_so_that_it_is_not_shown_twice(capsys):
    figure = line_figure()
    plots.show(figure, caption="c", alt="a")
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
    ],
)
@pytest.mark.parametrize("grid", [plots.image_grid, plots.weight_grid])
def test_a_grid_of_something_else_is_refused_with_the_likely_slip(grid, shape, message):
    with pytest.raises(ValueError, match=message):
        grid(np.zeros(shape))


def test_titles_must_match_the_images():
    with pytest.raises(ValueError, match="expected 2 titles, one per image, got 1"):
        plots.image_grid(np.zeros((2, 28, 28)), ["one"])
