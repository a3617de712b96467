"""Make course_utils/data/cnn.npz: the weights that lesson 7's code learns.

``python -m tools.weights`` runs the cells of lesson 7 in order, up to the one that measures the
trained convolutional network, and keeps the arrays of its ``get_weights()``.
"""

import nbformat

from course_utils.datasets import CNN_FILE, CNN_SHAPES
from tools.notebooks import execute, lessons, place_of, read_lesson

LAST = "cnn.evaluate("  # in the cell to stop after
SAVE = """
names = {names}
np.savez_compressed({path!r}, **dict(zip(names, cnn.get_weights(), strict=True)))
"""


def main():
    notebook = read_lesson(lessons("07")[0])
    notebook.cells = notebook.cells[: place_of(LAST, notebook) + 1]
    measured = notebook.cells[-1]
    save = SAVE.format(names=list(CNN_SHAPES), path=str(CNN_FILE))
    notebook.cells.append(nbformat.v4.new_code_cell(save))
    execute(notebook)
    print("".join(output.text for output in measured.outputs).strip())
    print(f"{CNN_FILE.name}: {CNN_FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
