"""A pytest plugin: every notebook is a file of tests, one for each cell and some for the whole.

nbval runs the cells and compares their outputs with those in the file. The tests after that use
the same execution: training twice would double the running time of the suite.
"""

import copy
import os
import re

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as the Makefile does, and before NumPy loads
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import nbformat
import pytest
from nbval.plugin import IPyNbFile, coalesce_streams

from tools.memory import memory_samples
from tools.mistakes import exercises, mistakes, said
from tools.notebooks import hide, name_of, place_of, tolerances, tolerated

MEMORY_LIMIT = 600  # MiB held for itself: enough below a control group of 640 to run to the end
MODEL_CELLS = {  # a text of the cell, by the name of the lesson
    "the_same_network_in_keras": "penalty = keras.regularizers.L2(",
}
SUMMARY = "summary"  # the report section shown at the end of the test run
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".ipynb":
        return LessonNotebook.from_parent(parent, path=file_path)


class LessonNotebook(IPyNbFile):
    """The cells of one notebook, and what must hold once all of them have run."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A figure is compared by its caption and alternative text, which are in text/plain.
        # A quiz is compared through its file; the script that runs it belongs to jupyterquiz.
        self.skip_compare += ("text/html", "application/javascript")

    def setup(self):
        super().setup()
        sampling = memory_samples(self.kernel.km.provisioner.pid)
        self.memory = sampling.__enter__()
        self.addfinalizer(lambda: sampling.__exit__(None, None, None))

    @property
    def tolerances(self):
        return tolerances(name_of(self.path))

    def setup_sanitize_files(self):
        numbers = self.tolerances
        self.sanitize_patterns[r"(?s).+"] = lambda text: hide(text[0], numbers)

    def collect(self):
        self.cells = []
        for cell in super().collect():
            self.cells.append(cell)
            yield cell
        # wrong_answers fills in the exercises, so it comes after the tests of untouched ones.
        for check in (
            checks_again,
            models_again,
            memory,
            within_bounds,
            changed_numbers,
            wrong_answers,
        ):
            yield AfterAllCells.from_parent(self, name=check.__name__, check=check)


class AfterAllCells(pytest.Item):
    """A test of a notebook whose cells have all been run."""

    def __init__(self, *args, check, **kwargs):
        super().__init__(*args, **kwargs)
        self.check = check
        self.obj = check

    def runtest(self):
        not_run = [cell.name for cell in self.parent.cells if cell.test_outputs is None]
        if not_run:
            raise RuntimeError(f"run the whole notebook: {', '.join(not_run)} did not run.")
        if line := self.check(self.parent):
            self.add_report_section("call", SUMMARY, line)

    def reportinfo(self):
        return self.path, None, f"{self.path.name}: {self.name}"


def checks_again(notebook):
    """A check run again at the end still reports an untouched exercise as not attempted."""
    checks = [cell for cell in notebook.cells if "check" in cell.cell.metadata.get("tags", [])]
    assert len(checks) >= 4, "a lesson has at least four exercises"
    for check in checks:
        text = printed_by(notebook.kernel, check.cell.source)
        assert text.startswith("Not attempted yet"), f"{check.cell.source!r} printed {text!r}"


def models_again(notebook):
    """A cell that makes a model and calls it says the same at its fifth run, and no warning.

    TensorFlow warns where it has traced the same function for many models.
    """
    if text := MODEL_CELLS.get(name_of(notebook.path)):
        source = notebook.nb.cells[place_of(text, notebook.nb)].source
        runs = {printed_by(notebook.kernel, source) for _ in range(5)}
        assert len(runs) == 1
        assert "WARNING" not in runs.pop()


def printed_by(kernel, source):
    """What the kernel prints when it runs `source`."""
    message_id = kernel.execute_cell_input(source, allow_stdin=False)
    kernel.await_reply(message_id, timeout=60)
    text = ""
    while True:
        message = kernel.get_message("iopub", timeout=5)
        if message["parent_header"].get("msg_id") != message_id:
            continue
        if message["msg_type"] == "stream":
            text += message["content"]["text"]
        elif message["msg_type"] == "error":
            raise AssertionError("\n".join(message["content"]["traceback"]))
        elif message["content"].get("execution_state") == "idle":
            return text


def memory(notebook):
    """The kernel never held more than the limit. Returns what is left, for the summary."""
    peak = max(notebook.memory)
    line = f"{notebook.path.stem}: {peak:.0f} MiB of memory, {MEMORY_LIMIT - peak:.0f} MiB left"
    assert peak < MEMORY_LIMIT, line
    return line


def within_bounds(notebook):
    """Every number that may vary was printed, within its bounds."""
    printed = "\n".join(text for c in notebook.cells for *_, text in texts(c.test_outputs))
    assert not (outside := [*out_of_bounds(printed, notebook.tolerances)]), "\n".join(outside)


def out_of_bounds(printed, numbers):
    """A line for each tolerance whose numbers are missing from a text or out of bounds."""
    for pattern, low, high, _compared in numbers:
        values = [float(value) for value in re.findall(pattern, printed, re.MULTILINE)]
        if not values or not all(low <= value <= high for value in values):
            yield f"{pattern}: {values} not all from {low} to {high}"


def changed_numbers(notebook):
    """No number in the stored outputs can change unnoticed.

    Each is changed in turn and compared with this execution. If nbval does not notice the change,
    the number must be one that may vary, which has bounds.
    """
    unnoticed, numbers = [], notebook.tolerances
    for cell in notebook.cells:
        stored = [without_pictures(o) for o in coalesce_streams(copy.deepcopy(cell.cell.outputs))]
        fresh = [without_pictures(output) for output in cell.test_outputs]
        assert cell.compare_outputs(fresh, stored), f"{cell.name} differs before any change"
        for output, key, text in texts(stored):
            for number in NUMBER.finditer(text):
                for changed in changes(number):
                    put(output, key, changed)
                    noticed = not cell.compare_outputs(fresh, stored)
                    put(output, key, text)
                    if not noticed and not may_vary(number, numbers):
                        unnoticed.append(f"{cell.name}: {number[0]} in {line_of(text, number)!r}")
                        break
    assert not unnoticed, "\n".join(unnoticed)


RECORD = "if this is what it should say, `make notebooks` with LESSON= its number records it"


def wrong_answers(notebook):
    """Each recorded wrong answer, run in the same kernel, gets the message that is recorded."""
    there = exercises(notebook.nb)
    for check, found in mistakes(name_of(notebook.path)).items():
        for mistake in found:
            assert not printed_by(notebook.kernel, mistake.answer)
            text = printed_by(notebook.kernel, there[check].check)
            assert said(text) == mistake.says, f"{check} to {mistake.answer}: {RECORD}"


def changes(number):
    """The text with the first digit of a number changed, and with the last."""
    text = number.string
    for place in {number.start(), number.end() - 1}:
        yield text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


def may_vary(number, numbers):
    """Whether a match of `NUMBER` is one of the numbers that may vary, apart from its sign."""
    places = tolerated(number.string, numbers)
    return any(begin <= number.start() and number.end() <= end for begin, end in places)


def line_of(text, number):
    start = text.rfind("\n", 0, number.start()) + 1
    return text[start:].splitlines()[0]


def texts(outputs):
    """(output, key, text) of everything that a cell printed."""
    for output in outputs:
        if "text" in output:
            yield output, "text", output["text"]
        elif "text/plain" in output.get("data", {}):
            yield output, "data", output["data"]["text/plain"]


def put(output, key, text):
    if key == "text":
        output["text"] = text
    else:
        output["data"]["text/plain"] = text


def without_pictures(output):
    """The output without its figures, which are not compared and slow comparisons down."""
    output = nbformat.from_dict(copy.deepcopy(output))
    for kind in ("text/html", "image/png", "application/javascript"):
        output.get("data", {}).pop(kind, None)
    return output


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.getreports("passed"):
        for name, line in report.sections:
            if name == f"Captured {SUMMARY} call":
                terminalreporter.write_line(line)
