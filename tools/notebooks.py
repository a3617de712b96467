"""Make notebooks/*.ipynb from lessons/*.md: the same cells, executed.

``python -m tools.notebooks`` executes the lessons whose text changed since their notebook was
made; ``python -m tools.notebooks 03`` executes that one in any case.
"""

import copy
import hashlib
import re
import sys
import time
from collections import Counter
from configparser import ConfigParser
from pathlib import Path

import jupytext
import nbformat
import psutil
from nbclient import NotebookClient
from nbval.plugin import coalesce_streams

ROOT = Path(__file__).parents[1]
PATTERNS_FILE = ROOT / "tests" / "notebooks" / "sanitize.cfg"
MIB = 1024**2
# What a kernel says of itself, without the version of this machine's Python.
LANGUAGE = {
    "name": "python",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # names a model of one kernel


def lessons(number=""):
    """Paths of the lessons whose name begins with `number`, in order."""
    found = sorted((ROOT / "lessons").glob(f"{number or '[0-9]'}*.md"))
    if not found:
        raise FileNotFoundError(f"no lesson begins with {number!r}: try its number, as in 03.")
    return found


def notebook_of(lesson):
    """Path of the notebook that belongs to a lesson."""
    return ROOT / "notebooks" / f"{lesson.stem}.ipynb"


def read_lesson(lesson):
    """The notebook a lesson describes, not executed.

    Ids come from the text of a cell, so that they stay when other cells change.
    """
    notebook = jupytext.read(lesson, fmt="md:myst")
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = {
        "kernelspec": notebook.metadata["kernelspec"],
        "language_info": dict(LANGUAGE),
    }
    seen = Counter()
    for cell in notebook.cells:
        digest = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
        seen[digest] += 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        cell.metadata["slideshow"] = {"slide_type": _slide_type(cell)}
    return notebook


def place_of(text, notebook):
    """Index of the one code cell of a notebook that contains a text."""
    places = [
        index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and text in cell.source
    ]
    if len(places) != 1:
        raise ValueError(f"expected one code cell with {text!r}, got {len(places)}.")
    return places[0]


def _slide_type(cell):
    """A slide begins at each heading; what a cell computes comes as a next step."""
    if "solution" in cell.metadata.get("tags", []):
        return "skip"
    if cell.cell_type == "markdown":
        return "slide" if cell.source.startswith("#") else "-"
    return "fragment"


def text_of(notebook):
    """What a notebook has in common with its lesson: its cells without ids and outputs."""
    return [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


def is_executed(notebook):
    """Whether every code cell was run, in order."""
    counts = [c.execution_count for c in notebook.cells if c.cell_type == "code"]
    return counts == list(range(1, len(counts) + 1))


def peak_memory(pid):
    """Peak resident memory of a running process in MiB."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 1024
    memory = psutil.Process(pid).memory_info()
    # Windows keeps the peak; macOS tells only what is in use now.
    return getattr(memory, "peak_wset", memory.rss) / MIB


def execute(notebook):
    """Run every cell of a notebook in place.

    Returns
    -------
    float
        Peak resident memory of the kernel after the last cell, in MiB.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises.
    """
    resources = {"metadata": {"path": str(ROOT / "notebooks")}}
    client = NotebookClient(notebook, timeout=600, resources=resources, record_timing=False)
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
            if cell.cell_type == "code":
                cell.outputs = coalesce_streams(cell.outputs)  # prints may arrive in pieces
                for output in cell.outputs:  # without its kernel, the still of a widget is shown
                    output.get("data", {}).pop(WIDGET_VIEW, None)
        return peak_memory(client.km.provisioner.pid)


def patterns():
    """The sections of sanitize.cfg: by name, a regex and its replacement."""
    parser = ConfigParser(interpolation=None, delimiters=(":",))
    parser.read(PATTERNS_FILE, encoding="utf-8")
    return {name: parser[name] for name in parser.sections()}


def _comparable(outputs):
    text = nbformat.from_dict({"outputs": copy.deepcopy(outputs)})
    for output in text.outputs:
        output.pop("execution_count", None)
    text = repr(text)
    for pattern in patterns().values():
        text = re.sub(pattern["regex"], pattern["replace"], text)
    return text


def keep_unchanged(new, old):
    """Put the old outputs back where they differ from the new ones in nothing that counts."""
    before = {cell.id: cell for cell in old.cells if cell.cell_type == "code"}
    for cell in new.cells:
        if cell.cell_type == "code" and cell.id in before:
            outputs = before[cell.id].outputs
            if _comparable(cell.outputs) == _comparable(outputs):
                cell.outputs = outputs


def main(number=""):
    try:
        chosen = lessons(number)
    except FileNotFoundError as error:
        sys.exit(str(error))
    for lesson in chosen:
        path = notebook_of(lesson)
        notebook = read_lesson(lesson)
        old = nbformat.read(path, as_version=4) if path.exists() else None
        if not number and old and text_of(old) == text_of(notebook) and is_executed(old):
            print(f"{lesson.stem}: unchanged")
            continue
        start = time.monotonic()
        peak = execute(notebook)
        print(f"{lesson.stem}: {time.monotonic() - start:.0f} s, peak memory {peak:.0f} MiB")
        notebook.metadata["language_info"] = dict(LANGUAGE)
        if old:
            keep_unchanged(notebook, old)
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
