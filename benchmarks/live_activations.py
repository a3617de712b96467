"""A feature map that is chosen: how soon its arithmetic is on the screen.

The time is measured in JupyterLab, for a number of clicks on tiles of conv 1 and of conv 2 and on
outputs: from the mouse event to the next frame after the arithmetic has changed. It includes the
kernel, which computes it.

``python -m benchmarks.live_activations --quick`` clicks once and gives no verdict.
"""

import sys

from benchmarks import report
from tests.browser.jupyterlab import headless_chromium, notebooks

N_CLICKS = 30
CELL = """
from course_utils.datasets import load_cnn_weights, load_mnist
from course_utils.widgets import activation_explorer
from tests.drawn_digits import cnn_layers

weights = load_cnn_weights()
names = ["conv_1", "pool_1", "conv_2", "pool_2"]
activation_explorer(load_mnist().test_images[0], cnn_layers(weights), names, weights)
"""
PLACES = {  # the canvas, or the row of outputs, and its tiles: rows and columns
    "conv 1": (".tiles >> nth=0", 4, 8),
    "conv 2": (".tiles >> nth=2", 8, 8),
    "output": (".outputs", 1, 10),
}
TIME = """() => {
  const view = document.querySelector('.live-activations');
  window.took = null;
  document.addEventListener('pointerdown', ({ timeStamp }) => {
    const look = new MutationObserver(() => {
      look.disconnect();
      requestAnimationFrame(() => (window.took = performance.now() - timeStamp));
    });
    look.observe(view.querySelector('.detail'), { subtree: true, childList: true });
  }, { capture: true, once: true });
}"""


def main(*arguments):
    quick = "--quick" in arguments
    times = _by_clicks(1 if quick else N_CLICKS)
    report(times, "the arithmetic", "clicks", quick)


def _by_clicks(n_clicks):
    """Click on tile after tile in JupyterLab: milliseconds to the arithmetic, for each click."""
    with headless_chromium() as chromium, notebooks(chromium) as open_notebook:
        notebook = open_notebook(CELL)
        view = notebook.page.locator(".live-activations")
        view.evaluate("view => view.scrollIntoView()")
        times = {name: [] for name in PLACES}
        for turn in range(n_clicks):
            for name, (selector, rows, columns) in PLACES.items():
                tiles = view.locator(selector)
                box, tile = tiles.bounding_box(), 5 * turn % (rows * columns)
                x = (tile % columns + 0.5) / columns * box["width"]
                y = (tile // columns + 0.5) / rows * box["height"]
                notebook.page.evaluate(TIME)
                tiles.click(position={"x": x, "y": y})
                notebook.page.wait_for_function("() => took !== null")
                times[name].append(notebook.page.evaluate("took"))
        notebook.close()
    return times


if __name__ == "__main__":
    main(*sys.argv[1:])
