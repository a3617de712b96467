"""Training in JupyterLab can be stopped by its button, from the keyboard, and by the toolbar."""

import pytest
from playwright.sync_api import expect

SETUP = """
import numpy as np
from sklearn.neural_network import MLPClassifier
from course_utils.environment import quiet_keras_import
from course_utils.widgets import training_callback, training_view
with quiet_keras_import():
    import keras

rng = np.random.default_rng(0)
X, y = rng.normal(size=(2000, 20)), rng.integers(0, 3, 2000)
epochs = 1

def with_scikit_learn():
    global done
    network = MLPClassifier((16,), max_iter=epochs, n_iter_no_change=epochs, verbose=True)
    with training_view(network):
        network.fit(X, y)
    done = network.n_iter_

def with_keras():
    global done
    keras.utils.set_random_seed(0)
    network = keras.Sequential([keras.Input((20,)), keras.layers.Dense(3, activation="softmax")])
    network.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    view = training_callback()
    done = len(network.fit(X, y, epochs=epochs, verbose=0, callbacks=[view]).epoch)
"""
LONG = 100_000  # epochs: an hour at least
START_AGAIN = """() => {
  window.jupyterapp.commands.execute('notebook:run-cell');
}"""  # without waiting for it to finish


@pytest.fixture(params=["with_scikit_learn", "with_keras"])
def training(run_notebook, request):
    """A notebook that has just begun a training run of an hour or more."""
    notebook = run_notebook(SETUP, f"{request.param}()")
    assert notebook.ask("done") == 1
    assert notebook.page.get_by_text("Stopped after").count() == 0
    notebook.ask(f"globals().update(epochs={LONG})")
    notebook.page.locator(".jp-CodeCell").last.click()
    notebook.page.evaluate(START_AGAIN)
    yield notebook
    for _ in range(2):  # another test would wait for a kernel that is still training
        notebook.command("notebook:interrupt-kernel")
    notebook.close()


def ended_early(notebook):
    said = notebook.page.get_by_text("the network keeps what it has learned")
    said.wait_for()
    assert 0 < notebook.ask("done") < LONG
    assert notebook.page.locator(".jp-OutputArea progress").count() == 0
    assert notebook.page.get_by_role("button", name="Stop training").count() == 0
    assert notebook.page.locator(".jp-OutputArea figure img").count() == 1
    assert not notebook.complaints
    outputs = notebook.page.locator(".jp-OutputArea-output").all_inner_texts()
    assert not any("Traceback" in text for text in outputs)


@pytest.mark.parametrize("press", ["mouse", "keyboard"])
def test_the_button_stops_it(training, press, screenshots, request):
    button = training.page.get_by_role("button", name="Stop training")
    button.wait_for()
    training.page.screenshot(path=screenshots / f"{request.node.name}.png")
    if press == "mouse":
        button.click()
    else:
        button.focus()
        training.page.keyboard.press("Escape")
        expect(training.page.locator(".jp-CodeCell").last).to_be_focused()
        button.focus()
        training.page.keyboard.press("Enter")
    ended_early(training)


def test_the_toolbar_stops_it(training):
    training.page.get_by_role("button", name="Stop training").wait_for()
    training.command("notebook:interrupt-kernel")
    ended_early(training)
