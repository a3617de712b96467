"""Make notebooks/*.ipynb from lessons/*.md: the same cells, executed.

``python -m tools.notebooks`` executes the lessons whose code changed since their notebook was
made, and copies what else changed; ``python -m tools.notebooks 04`` executes that one, changed or
not. In the kernel of a lesson the checks then get the wrong answers of `tools.mistakes`, and what
they say is recorded.
"""

import copy
import hashlib
import re
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import jupytext
import nbformat
import psutil
from nbclient import NotebookClient
from nbval.plugin import coalesce_streams

from tools import mistakes
from tools.memory import MIB, memory_samples

ROOT = Path(__file__).parents[1]
# What a kernel says about itself, without the version of this machine's Python.
LANGUAGE = {
    "name": "python",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
}
TOLERANCES = ROOT / "tests" / "notebooks" / "tolerances"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # names a model of one kernel


def lessons(number=""):
    """Paths of the lessons whose name begins with `number`, in order."""
    found = sorted((ROOT / "lessons").glob(f"{number or '[0-9]'}*.md"))
    if not found:
        raise FileNotFoundError(f"no lesson begins with {number!r}: try its number, as in 04.")
    return found


def notebook_of(lesson):
    """Path of the notebook that belongs to a lesson."""
    return ROOT / "notebooks" / f"{lesson.stem}.ipynb"


def name_of(path):
    """Name of a lesson: its file name without number and suffix."""
    return Path(path).stem.partition("_")[2]


def read_lesson(lesson):
    """The notebook that a lesson describes, not executed.

    Ids come from the text of a cell, so they stay the same when other cells change.
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


def text_of(notebook):
    """What a notebook has in common with its lesson: its cells without ids and outputs."""
    return [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


def code_of(notebook):
    """The code of a notebook, cell by cell."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


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
    # Windows keeps the peak; macOS reports only what is in use now.
    return getattr(memory, "peak_wset", memory.rss) / MIB


def execute(notebook, *, prefix=(), then=None):
    """Run every cell of a notebook in place.

    Parameters
    ----------
    notebook : NotebookNode
    prefix : sequence of str, optional
        What the command that starts the kernel begins with.
    then : callable, optional
        Called after the last cell, with a function that runs code in the same kernel and returns
        what it prints.

    Returns
    -------
    float
        The most memory that the kernel held for itself, in MiB: see `anonymous_memory`.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises.
    nbclient.exceptions.DeadKernelError
        If the kernel ends before the last cell has run.
    """
    resources = {"metadata": {"path": str(ROOT / "notebooks")}}
    client = NotebookClient(notebook, timeout=600, resources=resources, record_timing=False)
    client.create_kernel_manager()
    client.km.kernel_spec.argv[:1] = [*prefix, sys.executable]  # in place of "python"
    with client.setup_kernel(), memory_samples(client.km.provisioner.pid) as samples:
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
            if cell.cell_type == "code":
                cell.outputs = coalesce_streams(cell.outputs)  # prints may arrive in pieces
                for output in cell.outputs:  # without a kernel, its static fallback is shown
                    output.get("data", {}).pop(WIDGET_VIEW, None)
        if then:

            def run(code):
                client.nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
                cell = client.execute_cell(client.nb.cells[0], 0)
                return "".join(output.get("text", "") for output in cell.outputs)

            then(run)
    return max(samples)


class Tolerance(NamedTuple):
    """A number that a lesson prints, and the bounds it must lie within.

    Attributes
    ----------
    pattern : str
        A regular expression that matches the line or a part of it. Its one group is the number.
    low, high : float
    compared : bool
        Whether the number must still be the same in every execution.
    """

    pattern: str
    low: float
    high: float
    compared: bool = False


def tolerances(name, *, in_a_tab=False):
    """The numbers that may vary from one execution of a lesson to the next.

    Training amplifies rounding, which differs between processors, so these numbers cannot be
    compared digit by digit. Their bounds are wide enough for another processor, and too narrow
    for a broken network. In a browser tab some lessons train on less data; a number has the same
    bounds there unless others are given; ``in_a_tab = false`` says that a tab does not print it.

    Parameters
    ----------
    name : str
        Name of the lesson, as `name_of` returns it.
    in_a_tab : bool, default=False

    Returns
    -------
    list of Tolerance
    """
    text = (TOLERANCES / f"{name}.toml").read_text(encoding="utf-8")
    found = []
    for number in tomllib.loads(text)["number"]:
        bounds = number.get("in_a_tab", number) if in_a_tab else number
        if bounds:
            compared = number.get("compared", False)
            found.append(Tolerance(number["pattern"], bounds["low"], bounds["high"], compared))
    return found


def tolerated(text, numbers):
    """Where in a text the numbers that may vary are, from first to last.

    Parameters
    ----------
    text : str
    numbers : list of Tolerance

    Returns
    -------
    list of tuple of int
        Where each number begins and ends.
    """
    return sorted(
        {
            match.span(1)
            for number in numbers
            if not number.compared
            for match in re.finditer(number.pattern, text, re.MULTILINE)
        }
    )


def hide(text, numbers):
    """The text without the numbers that may vary. Everything around them stays."""
    for begin, end in reversed(tolerated(text, numbers)):
        text = f"{text[:begin]}NUMBER{text[end:]}"
    return text


def _comparable(outputs, numbers):
    """Outputs without what may vary."""
    outputs = copy.deepcopy(outputs)
    for output in outputs:
        output.pop("execution_count", None)
        for texts in (output, output.get("data", {})):
            texts |= {key: hide(text, numbers) for key, text in texts.items() if type(text) is str}
    return outputs


def keep_unchanged(new, old, numbers):
    """Restore the old outputs where the new ones differ in nothing that matters."""
    before = {cell.id: cell for cell in old.cells if cell.cell_type == "code"}
    for cell in new.cells:
        if cell.cell_type == "code" and cell.id in before:
            outputs = before[cell.id].outputs
            if _comparable(cell.outputs, numbers) == _comparable(outputs, numbers):
                cell.outputs = outputs


def keep_outputs(new, old):
    """Give a notebook the outputs of another with the same code."""
    before = [cell for cell in old.cells if cell.cell_type == "code"]
    for cell in new.cells:
        if cell.cell_type == "code":
            same = before.pop(0)
            cell.outputs, cell.execution_count = same.outputs, same.execution_count


def renew(lesson, even_if_unchanged):
    """Make the notebook of a lesson, unless it is as it should be.

    Raises
    ------
    ValueError
        If a check finds a recorded wrong answer right. The notebook is written all the same.
    """
    path, name = notebook_of(lesson), name_of(lesson)
    notebook, faults = read_lesson(lesson), []
    old = nbformat.read(path, as_version=4) if path.exists() else None
    if not even_if_unchanged and old and is_executed(old) and mistakes.are_recorded(name):
        if text_of(old) == text_of(notebook):
            print(f"{lesson.stem}: unchanged")
            return
        if code_of(old) == code_of(notebook):
            keep_outputs(notebook, old)
            nbformat.write(notebook, path)
            print(f"{lesson.stem}: only text or metadata changed, not executed")
            return

    def record(run):
        try:
            mistakes.record(name, notebook, run)
        except ValueError as error:
            faults.append(error)

    start = time.monotonic()
    peak = execute(notebook, then=record)
    notebook.metadata["language_info"] = dict(LANGUAGE)
    print(f"{lesson.stem}: {time.monotonic() - start:.0f} s, {peak:.0f} MiB of memory")
    if old:
        keep_unchanged(notebook, old, tolerances(name))
    nbformat.write(notebook, path)
    if faults:
        raise faults[0]


def main(number=""):
    try:
        for lesson in lessons(number):
            renew(lesson, even_if_unchanged=bool(number))
    except (FileNotFoundError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
