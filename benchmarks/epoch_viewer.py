"""The epoch viewer: how soon the picture follows the slider.

60 records of 40 units of 28 by 28 pixels in JupyterLab, for a number of presses of an arrow key:
from the key event to the first frame after the picture was drawn. No kernel is asked.

``python -m benchmarks.epoch_viewer --quick`` presses once and gives no verdict.
"""

import sys

import numpy as np

from benchmarks import press, report
from tests.browser.jupyterlab import headless_chromium, notebooks

N_PRESSES = 30
CELL = """
import numpy as np
from course_utils.widgets import epoch_viewer

rng = np.random.default_rng(0)
pictures = rng.normal(size=(60, 40, 28, 28))
epoch_viewer(pictures, range(60), {"loss": rng.random(60), "active": rng.random((60, 40))})
"""
# A frame begins, and the one after it shows what was drawn.
TIME = """(slider) => {
  const canvas = slider.closest('.epoch-viewer').querySelector('.grid');
  const before = canvas.toDataURL();
  window.took = null;
  slider.addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => requestAnimationFrame((now) => {
      window.took = canvas.toDataURL() === before ? NaN : now - timeStamp;
    }));
  }, { once: true });
}"""


def main(*arguments):
    quick = "--quick" in arguments
    with headless_chromium() as chromium, notebooks(chromium) as open_notebook:
        notebook = open_notebook(CELL)
        slider = notebook.page.locator(".epoch-viewer .record")
        slider.focus()
        took = [press(notebook.page, slider, TIME) for _ in range(1 if quick else N_PRESSES)]
        notebook.close()
    assert np.isfinite(took).all(), "a press left the picture as it was"
    report({"epoch_viewer": took}, "a picture", "keys", quick)


if __name__ == "__main__":
    main(*sys.argv[1:])
