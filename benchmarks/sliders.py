"""The sliders over pictures: how soon the picture follows a key.

The time is measured in JupyterLab, for a number of presses of an arrow key: from the key event to
the first picture that differs. It includes the kernel, which redraws the picture.

``python -m benchmarks.sliders --quick`` presses each key once and gives no verdict.
"""

import sys

from benchmarks import press, report
from tests.browser.jupyterlab import headless_chromium, notebooks

N_PRESSES = 30
SETUP = """
import numpy as np
from course_utils.datasets import load_mnist
from course_utils.widgets import feature_map_explorer, neuron_explorer, weight_explorer

rng = np.random.default_rng(0)
images, labels = load_mnist().test_images, load_mnist().test_labels  # 10,000
points = rng.random((40, 2))
kernels = rng.normal(size=(40, 3, 3))
maps = lambda batch: batch[:, 1:-1, 1:-1, np.newaxis] / 255 * np.linspace(0.1, 1, 40)
"""
VIEWS = {
    "neuron_explorer": "neuron_explorer(points, points[:, 0] > 0.5)",
    "feature_map_explorer": "feature_map_explorer(images, maps, kernels)",
    "weight_explorer": "weight_explorer(rng.normal(size=(784, 40)), np.zeros(40), images, labels)",
}
TIME = """(slider) => {
  const view = slider.closest('.widget-vbox');
  window.took = null;
  const source = () => view.querySelector('figure img').src;
  const before = source();
  document.addEventListener('keydown', ({ timeStamp }) => {
    const look = new MutationObserver(() => {
      if (!view.querySelector('figure img') || source() === before) return;
      window.took = performance.now() - timeStamp;
      look.disconnect();
    });
    look.observe(view, { subtree: true, childList: true, attributes: true });
  }, { capture: true, once: true });
}"""


def main(*arguments):
    quick = "--quick" in arguments
    times = _by_keys(1 if quick else N_PRESSES)
    report(times, "a picture", "keys", quick)


def _by_keys(n_presses):
    """Move each slider in JupyterLab: milliseconds to the picture, for each press."""
    times = {}
    with headless_chromium() as chromium, notebooks(chromium) as open_notebook:
        for name, cell in VIEWS.items():
            notebook = open_notebook(SETUP, cell)
            slider = notebook.page.locator(".jp-OutputArea-output input[type=range]").first
            slider.focus()
            times[name] = [press(notebook.page, slider, TIME) for _ in range(n_presses)]
            notebook.close()
    return times


if __name__ == "__main__":
    main(*sys.argv[1:])
