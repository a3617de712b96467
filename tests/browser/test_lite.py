"""The site of `make lite` in a browser: every lesson runs in a tab, and nothing leaves the site."""

import json
import os
import re
import shutil
import sys
import time

import nbformat
import pytest
from packaging.utils import parse_wheel_filename
from playwright.sync_api import expect

from tests.browser.jupyterlab import CELLS, FLAGS, ROOT, stroke
from tests.browser.jupyterlite import Tab, errors, outputs, serving
from tests.browser.lesson_widgets import assert_every_widget_is_in_its_cell
from tests.environments import make
from tests.lesson_notebooks import SUMMARY, out_of_bounds, texts
from tests.once import once
from tools import browser as tool
from tools.keras_numpy import NEWEST
from tools.lite import KERNEL, PACKAGES, PYODIDE, closure, imports, loaded_by
from tools.notebooks import name_of, tolerances

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
FIRST = NOTEBOOKS[1]  # the first that draws digits
SECONDS = 240  # goal for a lesson on two free cores, from opening it to its last output
FIRST_FIGURE, ANY_LESSON, SECOND_VISIT = 55, 82, 0.5  # MB


@pytest.fixture(scope="session")
def build_report(tmp_path_factory):
    """What `make lite` printed as it built the site, once for all workers of a test run."""

    def build(report):
        report.write_text(make("lite"), encoding="utf-8")

    return once(tmp_path_factory, "make_lite.txt", build).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site(build_report, tmp_path_factory):
    """A server of the site that was just built."""
    with serving(ROOT / "_site", tmp_path_factory.mktemp("site")) as server:
        server.said = dict(re.findall(r"(\w+): (\S+) MB$", build_report, re.MULTILINE))
        yield server
        assert not server.strays


@pytest.fixture
def open_tab(chromium, site):
    """A function that opens a notebook by name, in a new profile or in that of another tab."""
    tabs = []

    def opened(name, **options):
        tabs.append(Tab(chromium, site, name, **options))
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.context.close()
        assert not tab.outside


@pytest.fixture(scope="session")
def tab(chromium, site):
    """A tab for tests that need no new profile: opening one takes longer than most of them."""
    tab = Tab(chromium, site, FIRST)
    yield tab
    tab.context.close()
    assert not tab.outside


def test_it_ships_every_import_of_the_lessons_and_nothing_else(site):
    [lock] = (ROOT / "_site" / "lite" / PACKAGES).glob("pyodide-lock-*.json")
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    files = {path.name for path in lock.parent.iterdir()}
    known = {entry["file_name"] for entry in packages.values()} | set(PYODIDE["core"])
    assert files == known | {lock.name}
    assert all(parse_wheel_filename(name) for name in files if name.endswith(".whl"))
    wanted = closure(KERNEL, packages)
    for name in NOTEBOOKS:
        notebook = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))
        wanted |= loaded_by(notebook, packages)
        offered = {top for entry in packages.values() for top in entry["imports"]}
        assert imports(notebook) <= offered | sys.stdlib_module_names
    assert set(packages) == wanted


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_lesson_runs_in_a_tab(open_tab, site, request, screenshots, name):
    tab = open_tab(name)

    cells = tab.run_all()

    lesson = name_of(name)
    line = (
        f"{lesson} in a tab: {tab.seconds:.0f} s (goal {SECONDS}), "
        f"{tab.megabytes:.1f} MB on a first visit"
    )  # the time is reported, not asserted: a busy machine takes three times as long
    request.node.add_report_section("call", SUMMARY, line)
    tab.page.screenshot(path=screenshots / f"{lesson}_in_a_tab.png")
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert not errors(cells)
    assert_every_widget_is_in_its_cell(tab.page, cells, lesson, screenshots)
    assert not [o["text"] for o in outputs(cells, "stream") if o["name"] == "stderr"]
    for cell in code:
        if "solution" in cell["metadata"].get("tags", ()):
            said = [text for *_, text in texts(cell["outputs"])]
            assert said[-1].startswith("Right"), said
    printed = "\n".join(text for c in code for *_, text in texts(c["outputs"]))
    beyond = [*out_of_bounds(printed, tolerances(lesson, in_a_tab=True))]
    assert not beyond, "\n".join(beyond)
    assert tab.megabytes < ANY_LESSON, line
    assert abs(tab.megabytes - float(site.said[name.removesuffix(".ipynb")])) < 1, line


def test_the_folder_of_the_site_is_as_small_as_the_guide_says(build_report):
    text = (ROOT / "site" / "teaching" / "set_up.md").read_text(encoding="utf-8")
    [most] = re.findall(r"folder `_site`, less than\s+(\d+) MB", text)
    sizes = [path.stat().st_size for path in (ROOT / "_site").rglob("*") if path.is_file()]
    assert sum(sizes) < int(most) * 1e6


def test_links_of_lessons_lead_to_files_of_the_site(site):
    files = ROOT / "_site" / "lite" / "files"
    targets = {
        target
        for name in NOTEBOOKS
        for cell in nbformat.read(files / name, as_version=4).cells
        if cell.cell_type == "markdown"
        for target in re.findall(r"\]\((?!http|#)([^)]+)\)", cell.source)
    }
    assert "keras_numpy/convolution.py" in targets
    assert not [target for target in targets if not (files / target).is_file()]


PAD = """
from course_utils.datasets import load_cnn_weights
from course_utils.widgets import DigitPad, live_prediction

pad = DigitPad()
live_prediction(pad, {"CNN": cnn_probabilities(load_cnn_weights())})
"""
SLIDER = """
from course_utils.widgets import neuron_explorer

neuron_explorer([[0.1, 0.1], [0.9, 0.9]], [0, 1])
"""
FIGURE = """
from course_utils import plots
from course_utils.datasets import load_mnist
from course_utils.widgets import flattening_explorer

plots.show(plots.image_grid(load_mnist().train_images[:20]), "first_twenty_digits")
"""


def test_the_pad_draws_and_predicts_and_arrow_keys_move_a_slider(tab, screenshots):
    page = tab.page
    tab.run((ROOT / "tests" / "drawn_digits.py").read_text(encoding="utf-8") + PAD)
    stroke(tab, [(0.2, 0.2), (0.7, 0.2), (0.4, 0.8)])
    expect(page.locator(".digit-predictions caption")).to_have_text("CNN: 7")
    page.screenshot(path=screenshots / "lite_pad.png")

    tab.run(SLIDER)
    view = page.locator(".jp-OutputArea-output .jupyter-widgets").first
    bias = view.get_by_role("slider").nth(2)
    bias.focus()
    for key, alt in (("ArrowRight", "bias -1.7"), ("ArrowLeft", "bias -1.8")):
        page.keyboard.press(key)
        expect(view.locator("figure img")).to_have_attribute("alt", re.compile(alt))
    page.screenshot(path=screenshots / "lite_slider.png")


def test_keys_in_a_widget_are_not_commands_of_the_notebook_but_ctrl_s_is(tab):
    """JupyterLite hears a key before a widget does, as Notebook 7; JupyterLab after it."""
    press, before = tab.page.keyboard.press, len(tab.page.evaluate(CELLS))
    tab.run("from course_utils.widgets import DigitPad\n\nDigitPad()")
    paper = tab.page.locator(".digit-pad .paper")
    paper.focus()
    for key in ("a", "b", "d", "d", "x", "m", "Enter", "ArrowDown"):
        press(key)
    expect(paper).to_be_focused()
    assert len(tab.page.evaluate(CELLS)) == before
    press("Control+s")
    tab.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    press("Escape")
    expect(tab.page.locator(".jp-Cell", has=paper)).to_be_focused()
    press("b")
    tab.page.wait_for_function(f"before => ({CELLS})().length > before", arg=before)


def test_a_reload_keeps_what_a_learner_wrote_and_shows_a_picture_of_a_widget(tab):
    mine = f"print(6 * 7)\n{SLIDER}"
    tab.run(mine)
    tab.page.keyboard.press("Control+s")
    tab.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    tab.open()
    cells = tab.page.evaluate(CELLS)
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    assert first["source"] == mine
    assert first["outputs"][0]["text"] == "42\n"
    output = tab.page.locator(".jp-OutputArea-output").last
    expect(output.get_by_text("Run this cell: controls appear here")).to_be_visible()
    expect(output.locator("figure img")).to_have_attribute("alt", re.compile("bias -1.8"))


ONLY_THE_SERVER = "MAP school.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture
def learner(chromium, tmp_path):
    """A browser profile on disk, on a machine that can reach only the server, by either name."""
    context = chromium.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=tool.find(),
        args=[*FLAGS, f"--host-resolver-rules={ONLY_THE_SERVER}"],
        viewport={"width": 1280, "height": 900},
    )
    yield context
    context.close()


def test_a_class_downloads_it_once_over_plain_http(chromium, site, learner):
    """Browsers restrict what a page from another machine may do without https."""
    url = site.url.replace("127.0.0.1", "school.test")
    visits = []
    for _ in range(2):
        tab = Tab(chromium, site, FIRST, context=learner, url=url)
        tab.run(FIGURE)
        visits.append(tab.megabytes)
        assert not tab.outside
        tab.page.close()
    first, second = visits
    assert first < FIRST_FIGURE
    assert second < SECOND_VISIT


# The next release changes two lessons, the copy of one from before copies had checksums; in another
# only the learner did the exercises, and one is no longer there.
CHANGED, UNMARKED, FILLED_IN, GONE = FIRST, *NOTEBOOKS[2:5]
MINE = "mine.ipynb"  # a learner's own notebook


def rebuilt(project):
    """Copy the project, change what a release may change, and build the site of the copy.

    Returns the folder of the site.
    """
    unneeded = shutil.ignore_patterns(".*", "_site", "node_modules", "__pycache__", "tests")
    shutil.copytree(ROOT, project, ignore=unneeded, dirs_exist_ok=True)
    for name in (".cache", ".venv-lite"):
        (project / name).symlink_to(ROOT / name)
    with (project / "course_utils" / "__init__.py").open("a", encoding="utf-8") as code:
        code.write("\nprint('new course_utils')\n")
    with (project / "lite" / "current.js").open("a", encoding="utf-8") as script:
        script.write("window.release = 'new';\n")
    for name in (CHANGED, UNMARKED):
        lesson = nbformat.read(project / "notebooks" / name, as_version=4)
        lesson.cells[0].source = "# New"
        nbformat.write(lesson, project / "notebooks" / name)
    (project / "notebooks" / GONE).unlink()
    make("lite", folder=project)
    return project / "_site"


SOURCE = "() => window.jupyterapp.shell.currentWidget.context.model.toJSON().cells[0].source"
# Saves a copy as a release without checksums did, with the learner's answers in its exercises.
SAVE = """async ([lesson, name]) => {
  const { contents } = window.jupyterapp.serviceManager;
  const { content } = await contents.get(lesson, { content: true });
  delete content.metadata.course;
  for (const cell of content.cells) {
    if (cell.metadata.tags?.includes('exercise')) cell.source = 'mine = 42';
  }
  await contents.save(name, { type: 'notebook', format: 'json', content });
}"""
# Opens a notebook in the same page, without a kernel: it would take seconds, and nothing is run.
OPEN = """async (path) => {
  const { commands, serviceManager, shell } = window.jupyterapp;
  serviceManager.sessions.startNew = () => new Promise(() => {});
  await commands.execute('docmanager:open', { path });
  await shell.currentWidget.context.ready;
}"""


# Whether a copy counts as one of the lesson that the server has.
IS_CURRENT = """async (name) => {
  const { contents } = window.jupyterapp.serviceManager;
  const { content } = await contents.get(name, { content: true });
  const lesson = await (await fetch(`../files/${name}`)).json();
  return content.metadata.course?.release === lesson.metadata.course.release;
}"""


def opened(page, name):
    """Open a notebook and wait until the page has asked the server for its lesson."""
    with page.expect_response(lambda response: f"/files/{name}" in response.url):
        page.evaluate(OPEN, name)


def test_a_learner_who_returns_gets_the_new_release_and_keeps_their_copies(
    chromium, build_report, learner, screenshots, tmp_path_factory
):
    first, folder = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("served")
    shutil.copytree(ROOT / "_site" / "lite", first / "lite")
    second = rebuilt(tmp_path_factory.mktemp("project"))
    # Unless the server says how long a file may be kept, browsers keep it for a tenth of its age.
    # These are a year old, all of them, like files that were copied with their times.
    a_year_ago = time.time() - 365 * 24 * 3600
    for path in (*first.rglob("*"), *second.rglob("*")):
        os.utime(path, (a_year_ago, a_year_ago))
    with serving(first, folder) as server:
        tab = Tab(chromium, server, CHANGED, context=learner)
        tab.run("import course_utils\n'mine'")
        tab.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
        for name in (UNMARKED, FILLED_IN, GONE):
            tab.page.evaluate(SAVE, [name, name])
        tab.page.evaluate(SAVE, [FILLED_IN, MINE])
        tab.page.close()

        (folder / "course").unlink()
        (folder / "course").symlink_to(second)
        tab = Tab(chromium, server, CHANGED, context=learner)
        page = tab.page
        assert page.evaluate("window.release") == "new"
        notices = page.locator(".course-release")
        expect(notices.get_by_role("status")).to_contain_text("has changed since you saved it")
        page.screenshot(path=screenshots / "lite_new_release.png")
        assert page.evaluate(SOURCE) != "# New"
        tab.run("import course_utils\n'mine, again'")
        [printed] = outputs(page.evaluate(CELLS), "stream")
        assert printed["text"] == "new course_utils\n"
        page.locator(".jp-Notebook .jp-Cell").first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        expect(page.get_by_role("button", name="Open the new one")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_function(f"() => ({SOURCE})() === '# New'")
        expect(notices).to_have_count(0)

        # Nothing is said of a lesson that has not changed, or is gone, or never was one.
        copy = CHANGED.replace(".ipynb", " (my copy).ipynb")
        page.evaluate(OPEN, copy)
        assert "mine, again" in str(page.evaluate(CELLS))
        for name in (FILLED_IN, GONE, MINE, UNMARKED):
            opened(page, name)
        said = "may have changed since you saved it"  # that copy has no checksum
        expect(notices.get_by_role("status")).to_contain_text(said)
        expect(notices).to_have_count(1)
        page.get_by_role("button", name="Go on with mine").click()
        expect(notices).to_have_count(0)
        page.wait_for_function(IS_CURRENT, arg=UNMARKED)  # so it is not asked again
        assert not tab.outside
        page.close()
    # The server is gone. What the browser has kept will do.
    tab = Tab(chromium, server, CHANGED, context=learner)
    assert tab.page.evaluate("window.release") == "new"
    assert tab.page.evaluate(SOURCE) == "# New"


@pytest.mark.parametrize("app", ["", "lab/", "notebooks/", "tree/"])
def test_a_page_that_was_opened_as_a_file_says_what_to_do(chromium, build_report, app):
    page = chromium.new_page()
    page.goto((ROOT / "_site" / "lite" / app / "index.html").as_uri())
    expect(page.locator("pre")).to_have_text(f'python -m http.server -d "{ROOT / "_site"}"')
    address = f"http://localhost:8000/lite/{app}index.html"
    expect(page.get_by_role("link")).to_have_attribute("href", address)
    page.close()


CURIOUS = """
import course_utils
import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
x = rng.normal(size=(400, 8)).astype("float32")
y = (x[:, 0] > x[:, 1]).astype(int)
network = keras.Sequential([keras.Input((8,))])
for _ in range(2):
    network.add(layers.Dense(32))
    network.add(layers.BatchNormalization())
    network.add(layers.Activation("tanh"))
network.add(layers.Dense(2, activation="softmax"))
network.compile(
    keras.optimizers.RMSprop(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"]
)
stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
run = network.fit(x, y, epochs=100, validation_split=0.25, callbacks=[stop], verbose=0)
print(keras.__version__, keras.backend.backend(), len(run.epoch) < 100,
      max(run.history["val_accuracy"]) > 0.8)

network.save("network.keras")
again = keras.models.load_model("network.keras")
print(np.array_equal(again.predict(x, verbose=0), network.predict(x, verbose=0)))
print(type(network(x[:1]).numpy()).__name__, type(np.maximum(network(x[:1]), 0)).__name__)


def said(function):
    try:
        function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(said(keras.datasets.mnist.load_data))
print(said(lambda: __import__("tensorflow")))
print(said(lambda: layers.Conv2d))
print(said(lambda: layers.Conv3D(4, 3)(np.ones((1, 8, 8, 8, 1)))))
print(said(lambda: network.fit(x, y - 1, verbose=0)))
"""


def test_a_curious_learner_finds_all_of_keras(tab):
    tab.run(CURIOUS)
    text = "".join(o["text"] for o in outputs(tab.page.evaluate(CELLS), "stream"))
    assert f"{NEWEST} numpy True True\nTrue\nndarray ndarray\n" in text
    assert re.search(r"OSError: .*mnist\.npz.*Binder, or use load_mnist", text)
    assert re.search(r"ModuleNotFoundError: .*browser tab.*import keras", text)
    assert "AttributeError: module 'keras.layers' has no attribute 'Conv2d'" in text
    assert re.search(r"two dimensions.*laptop or in Binder", text)
    assert "Received a label value of -1 which is outside the valid range of [0, 2)" in text
