"""The drawing pad: how networks read digits drawn on it, and how soon bars and maps respond.

Digits of the test set are thinned to a skeleton and traced, as strokes of a pen. They are drawn
from Python, some of them also smaller, larger and with other brushes, and some with the mouse in
JupyterLab. The response time is measured in the browser, for each point of these strokes: from the
mouse event to the first change of the bars that includes the point. The mouse moves about 60 times
a second. Then the pad is put beside the maps of four layers, to count how often a second they are
repainted while a stroke is drawn.

``python -m benchmarks.digit_pad --quick`` draws a few digits and gives no verdict.
"""

import itertools
import os
import sys
import time

import numpy as np

from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.widgets import DigitPad
from tests.browser.jupyterlab import headless_chromium, notebooks
from tests.drawn_digits import cnn_probabilities, scaled, strokes_of

N_DRAWN, N_ANY_SIZE, N_BY_MOUSE = 1000, 300, 30
N_POINTS = 300  # of the stroke that is drawn beside the maps
HEIGHTS = [40, 60, 100, 150, 200, 250]  # of a digit, in pixels of the pad
BRUSHES = [1, 2.5, 5]
ACCURACY, MEDIAN, LATE = 0.95, 50, 100  # what the course promises; milliseconds
FRAMES = 5  # a second
CELL = """
import numpy as np
from course_utils.datasets import load_cnn_weights
from course_utils.widgets import DigitPad, live_prediction
from tests.drawn_digits import cnn_probabilities

pad = DigitPad()
def count(images):  # the length of its first bar says how many points have arrived
    return np.full((1, 10), sum(map(len, pad.strokes)) / 10_000)
live_prediction(pad, {"count": count, "CNN": cnn_probabilities(load_cnn_weights())})
"""
MAPS_CELL = """
from course_utils.datasets import load_cnn_weights
from course_utils.widgets import DigitPad, live_activations
from tests.drawn_digits import cnn_layers

pad = DigitPad()
names = ["conv_1", "pool_1", "conv_2", "pool_2"]
live_activations(pad, cnn_layers(load_cnn_weights()), names)
"""
WATCH_MAPS = """() => {
  window.frames_at = [];  // when the last of the four canvases was repainted
  const canvas = [...document.querySelectorAll('.live-activations .tiles')].at(-1);
  new MutationObserver(() => frames_at.push(performance.now()))
    .observe(canvas, { attributes: true, attributeFilter: ['width'] });
}"""
WATCH = """() => {
  const paper = document.querySelector('.digit-pad .paper');
  const bars = document.querySelector('.digit-predictions .panels');
  window.points = [];  // when each was drawn
  window.answers = [];  // [when the bars changed, how many points they include]
  const keep = (event) => {
    const passed = event.type === 'pointermove' ? event.getCoalescedEvents() : [event];
    if (event.buttons) points.push(...passed.map(({ timeStamp }) => timeStamp));
  };
  paper.addEventListener('pointerdown', keep);
  paper.addEventListener('pointermove', keep);
  new MutationObserver(() => {
    const part = parseFloat(bars.querySelector('.bar').style.width) / 52;
    answers.push([performance.now(), Math.round(part * 10000)]);
  }).observe(bars, { subtree: true, childList: true, attributes: true });
}"""


def main(*arguments):
    quick = "--quick" in arguments
    numbers = (2, 1, 1, 30) if quick else (N_DRAWN, N_ANY_SIZE, N_BY_MOUSE, N_POINTS)
    n_drawn, n_any_size, n_by_mouse, n_points = numbers
    mnist = load_mnist()
    images, labels = mnist.test_images[:n_drawn], mnist.test_labels[:n_drawn]
    strokes = [strokes_of(image) for image in images]
    predict = cnn_probabilities(load_cnn_weights())

    def accuracy(pictures):
        return np.mean(predict(np.array(pictures)).argmax(axis=1) == labels[: len(pictures)])

    drawn = _draw(strokes)
    sizes = list(itertools.product(HEIGHTS, BRUSHES))
    any_size = [
        accuracy(_draw([scaled(digit, height) for digit in strokes[:n_any_size]], brush))
        for height, brush in sizes
    ]
    height, brush = sizes[np.argmin(any_size)]
    with headless_chromium() as chromium, notebooks(chromium) as open_notebook:
        times, by_mouse = _by_mouse(open_notebook, strokes[:n_by_mouse])
        frames = _frames_a_second(open_notebook, n_points)
    busy = f"Load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    results = [
        (f"accuracy on {n_drawn} drawn digits", accuracy(drawn), ACCURACY, 1),
        (f"the least of all sizes: {height} px, brush {brush}", min(any_size), ACCURACY, 1),
        (f"accuracy on {n_by_mouse} drawn with the mouse", accuracy(by_mouse), ACCURACY, 1),
        (f"ms to a response, median of {len(times)} points", np.median(times), 0, MEDIAN),
        ("ms to a response, 95th percentile", np.percentile(times, 95), 0, LATE),
        ("times a second the maps are painted", frames, FRAMES, np.inf),
    ]
    print(f"The same network on the {n_drawn} digits as they are: {accuracy(images):.3f}. {busy}.")
    for name, value, least, most in results:
        reached = least <= value <= most
        verdict = "" if reached or quick else "MISSED"
        print(f"{value:9.3f} {name:42} goal: {least} to {most} {verdict}")
    sys.exit(not quick and not all(least <= value <= most for _, value, least, most in results))


def _draw(digits, brush=2.5):
    """Draw digits from Python: the images that a network gets."""
    pad, images = DigitPad(brush=brush), []
    for digit in digits:
        pad.strokes = digit
        images.append(pad.image)
    return images


def _by_mouse(open_notebook, digits):
    """Draw digits in JupyterLab: milliseconds to the response for each point, and the images."""
    times, images = [], []
    notebook = open_notebook(CELL)
    box = _paper(notebook)
    notebook.page.evaluate(WATCH)
    for digit in digits:
        notebook.page.evaluate("points = []; answers = []")
        for stroke in digit:
            _move(notebook.page.mouse, box, stroke)
        notebook.wait("sum(map(len, pad.strokes))", notebook.page.evaluate("points.length"))
        notebook.page.wait_for_timeout(500)
        drawn, answers = notebook.page.evaluate("[points, answers]")
        images.append(np.array(notebook.ask("pad.image.tolist()"), dtype=np.uint8))
        included = np.maximum.accumulate([n for _, n in answers])
        n = np.flatnonzero(_changes(notebook.ask("pad.strokes"))) + 1
        first = np.searchsorted(included, n)
        times.extend(np.array([when for when, _ in answers])[first] - np.array(drawn)[n - 1])
        notebook.page.keyboard.press("Delete")
        notebook.wait("pad.strokes", [])
    notebook.close()
    return times, images


def _frames_a_second(open_notebook, n_points):
    """Draw a spiral in JupyterLab: how many times a second the maps of four layers are painted."""
    notebook = open_notebook(MAPS_CELL)
    box = _paper(notebook)
    notebook.page.evaluate(WATCH_MAPS)
    turns = np.linspace(0, 6 * np.pi, n_points)
    x, y = 0.5 + turns / 50 * np.cos(turns), 0.5 + turns / 50 * np.sin(turns)
    begin = time.monotonic()
    _move(notebook.page.mouse, box, list(zip(x, y, strict=True)))
    seconds = time.monotonic() - begin
    frames = notebook.page.evaluate("frames_at.length")
    notebook.close()
    return frames / seconds


def _paper(notebook):
    """Where the paper of the pad is on the page."""
    paper = notebook.page.locator(".digit-pad .paper")
    paper.scroll_into_view_if_needed()
    return paper.bounding_box()


def _changes(strokes):
    """For each point, whether it changes the picture (and so the bars): one on ink does not."""
    pad, before, changes = DigitPad(), [], []
    for stroke in strokes:
        for n in range(1, len(stroke) + 1):
            image = pad.image
            pad.strokes = [*before, stroke[:n]]
            changes.append(not np.array_equal(pad.image, image))
        before.append(stroke)
    return changes


def _move(mouse, box, stroke):
    """Draw one stroke, one point every sixtieth of a second."""
    for i, (x, y) in enumerate(stroke):
        begin = time.monotonic()
        mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if i == 0:
            mouse.down()
        time.sleep(max(0, 1 / 60 - (time.monotonic() - begin)))
    mouse.up()


if __name__ == "__main__":
    main(*sys.argv[1:])
