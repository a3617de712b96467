"""The pad of the front page, with the network that reads it: see site/front_page.

It is made of the widgets and the weights of the lessons. It works when the page is opened by a
double click, where a browser loads neither modules nor data: hence one script, and another that
holds the weights.
"""

import base64
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "site" / "front_page"
WIDGETS = ROOT / "course_utils" / "widgets"
CNN_FILE = ROOT / "course_utils" / "data" / "cnn.npz"
LESSON = "training_a_convolutional_network"  # builds this network
SHARED = ["keyboard", "canvas"]
MODULES = {"digitPad": "digit_pad", "digitPredictions": "live_prediction"}
SCRIPTS = ["drawing", "network", "front_page"]
EXPORT = "export default { render };"


def write(folder):
    """Write scripts and styles into ``front_page`` in a folder, and return the HTML of the pad.

    Parameters
    ----------
    folder : pathlib.Path
        Where the front page is.

    Returns
    -------
    str
    """
    own = folder / "front_page"
    own.mkdir(parents=True, exist_ok=True)
    weights = read_weights(CNN_FILE)
    text = base64.b64encode(weights).decode("ascii")
    files = {
        "weights.js": f'const WEIGHTS = "{text}";\n',
        "front_page.js": script(),
        "front_page.css": style(),
    }
    for name, content in files.items():
        (own / name).write_text(content, encoding="utf-8")
    (lesson,) = (ROOT / "lessons").glob(f"*_{LESSON}.md")
    fragment = (SOURCE / "fragment.html").read_text(encoding="utf-8")
    return fragment.format(lesson=lesson.stem, n_weights=f"{len(weights) // 4:,}")


def read_weights(path):
    """The arrays of an .npz file one after the other, as little-endian float32."""
    with np.load(path, allow_pickle=False) as arrays:
        return b"".join(arrays[name].astype("<f4").tobytes() for name in arrays.files)


def script():
    """The widgets, each in a scope of its own as if it were a module, and what connects them."""
    shared = [_read(WIDGETS / "_base" / f"{name}.js") for name in SHARED]
    modules = [
        f"const {name} = (() => {{\n{_returning(_read(WIDGETS / f'{file}.js'))}}})();\n"
        for name, file in MODULES.items()
    ]
    own = [_read(SOURCE / f"{name}.js") for name in SCRIPTS]
    return "\n".join(['"use strict";\n(() => {', *shared, *modules, *own, "})();\n"])


def style():
    styles = [_read(WIDGETS / f"{name}.css") for name in MODULES.values()]
    return "\n".join([*styles, _read(SOURCE / "front_page.css")])


def _read(path):
    return path.read_text(encoding="utf-8")


def _returning(module):
    """A module as the body of a function that returns what the module exports."""
    if module.count(EXPORT) != 1:
        raise ValueError(f"expected a module that ends with `{EXPORT}`.")
    return module.replace(EXPORT, "return { render };")
