"""The live view of a training run shows it and changes nothing about it."""

import signal
import sys
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.utils.capture import capture_output
from sklearn.neural_network import MLPClassifier, MLPRegressor

from course_utils.environment import quiet_keras_import
from course_utils.widgets import training
from course_utils.widgets.training import training_callback, training_view

pytestmark = [
    pytest.mark.usefixtures("shell"),
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning"),
]


@pytest.fixture
def every_line_redraws(monkeypatch):
    monkeypatch.setattr(training, "REDRAW_SECONDS", 0)
    monkeypatch.setattr(training, "DRAWING_SHARE", float("inf"))


@pytest.fixture
def pictures(monkeypatch):
    """What a page shows while a network trains, one after the other."""
    shown = []

    class Watched(training._Picture):
        def __init__(self, **traits):
            super().__init__(**traits)
            shown.append(self.picture)
            self.observe(lambda change: shown.append(change.new), "picture")

    monkeypatch.setattr(training, "_Picture", Watched)
    return shown


@pytest.fixture(scope="module")
def data():
    """600 noisy points in 3 classes, float32 as in the lessons."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 600)
    X = rng.normal(size=(600, 20)) + 0.5 * rng.normal(size=(3, 20))[y]
    return X.astype(np.float32), y


def under_the_view(network, X, y, **options):
    """Fit under the view; return what was shown, as a list of outputs."""
    with capture_output(stdout=False, stderr=False) as captured, training_view(network, **options):
        network.fit(X, y)
    return captured.outputs


def same_to_the_last_bit(one, other):
    arrays = zip(one.coefs_ + one.intercepts_, other.coefs_ + other.intercepts_, strict=True)
    return one.loss_curve_ == other.loss_curve_ and all(np.array_equal(a, b) for a, b in arrays)


@pytest.mark.parametrize("model", [MLPClassifier, MLPRegressor])
def test_a_network_trained_under_the_view_is_the_same(data, every_line_redraws, model):
    plain = model(hidden_layer_sizes=(8,), max_iter=5, random_state=0).fit(*data)
    viewed = model(hidden_layer_sizes=(8,), max_iter=5, random_state=0, verbose=True)
    under_the_view(viewed, *data)
    assert same_to_the_last_bit(plain, viewed)


def test_early_stopping_is_the_same(data, every_line_redraws, capsys):
    settings = {"max_iter": 200, "early_stopping": True, "n_iter_no_change": 3, "random_state": 0}
    plain = MLPClassifier((8,), **settings).fit(*data)
    viewed = MLPClassifier((8,), verbose=True, **settings)
    outputs = under_the_view(viewed, *data)
    assert viewed.n_iter_ < 200
    assert same_to_the_last_bit(plain, viewed)
    assert plain.validation_scores_ == viewed.validation_scores_
    assert "Validation score did not improve" in capsys.readouterr().out
    assert f"{max(viewed.validation_scores_):.3f} at best" in outputs[-1].data["text/html"]


@pytest.fixture
def signals_interrupt():
    """As in a kernel, even if the tests run in the background, where a shell turns this off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("every_line_redraws", "signals_interrupt")
@pytest.mark.parametrize("press", ["button", "raise"])
def test_an_interrupt_keeps_what_was_learned(data, capsys, press):
    def hand(line):
        if line.startswith("Iteration 3,"):
            if press == "raise":
                raise KeyboardInterrupt
            signal.raise_signal(signal.SIGINT)  # what Jupyter's stop button sends to the kernel

    plain = MLPClassifier((8,), max_iter=3, random_state=0).fit(*data)
    stopped = MLPClassifier((8,), max_iter=20, random_state=0, verbose=True)
    *_, last = under_the_view(stopped, *data, on_line=hand)
    assert stopped.n_iter_ == 3
    assert "<p>Stopped after 3 of 20 epochs: the network keeps what it " in last.data["text/html"]
    assert same_to_the_last_bit(plain, stopped)
    assert np.array_equal(plain.predict(data[0]), stopped.predict(data[0]))
    assert capsys.readouterr().out == "UserWarning: Training interrupted by user.\n"


def test_a_network_that_prints_nothing_is_refused():
    stdout = sys.stdout
    network = MLPClassifier(verbose=False)
    with pytest.raises(ValueError, match="verbose=True"), training_view(network):
        pass
    assert sys.stdout is stdout


@pytest.mark.parametrize("verbose", [True, False])
def test_a_solver_without_epochs_is_refused(verbose):
    stdout = sys.stdout
    network = MLPClassifier(solver="lbfgs", verbose=verbose)
    with pytest.raises(ValueError, match="solver='lbfgs' has none"), training_view(network):
        pass
    assert sys.stdout is stdout


def test_a_run_that_diverges_ends_as_it_does_without_the_view(data, every_line_redraws, capsys):
    settings = {"solver": "sgd", "learning_rate_init": 10, "max_iter": 5, "random_state": 0}
    network = MLPRegressor(hidden_layer_sizes=(8,), verbose=True, **settings)
    with capture_output(stdout=False, stderr=False) as captured:  # noqa: SIM117
        with pytest.raises(ValueError, match="non-finite"), training_view(network):
            network.fit(*data)
    assert not np.isfinite(network.loss_curve_).all()
    assert "nan after epoch 5" in captured.outputs[-1].data["text/html"]
    said = capsys.readouterr().out
    assert "non-finite" not in said
    assert "limits" not in said


@pytest.mark.filterwarnings("ignore:Deprecated in traitlets")  # by the oldest anywidget
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("losses", "top"),
    [
        (["nan", "inf"], 1.05),
        (["2.0", "nan", "inf"], 2.1),
        (["2.0", "1e308"], 2.1),
        (["0.0"], 1.05),
        ([], 1.05),
    ],
)
def test_any_loss_that_is_printed_can_be_drawn(losses, top):
    with capture_output(stdout=False, stderr=False):
        progress = training._Progress(5, "c", None, None, sys.stdout)
    for epoch, loss in enumerate(losses, start=1):
        progress.write(f"Iteration {epoch}, loss = {loss}\n")
    figure = progress._draw()
    figure.draw_without_rendering()
    assert figure.axes[0].get_ylim() == (0, pytest.approx(top))


def test_what_on_line_raises_leaves_fit_and_the_block(data):
    def refuse(line):
        raise LookupError(line)

    stdout = sys.stdout
    network = MLPClassifier((8,), max_iter=5, verbose=True)
    with pytest.raises(LookupError, match="Iteration 1, loss"):
        under_the_view(network, *data, on_line=refuse)
    assert sys.stdout is stdout


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_stdout_is_restored_after_an_error(error):
    stdout = sys.stdout
    network = MLPClassifier(max_iter=5, verbose=True)

    def half_way():
        with capture_output(stdout=False, stderr=False), training_view(network):
            assert sys.stdout is not stdout
            raise error("half-way")

    with pytest.raises(error, match="half-way"):
        half_way()
    assert sys.stdout is stdout


def test_stdout_is_restored_when_fit_refuses_the_data(data):
    stdout = sys.stdout
    network = MLPClassifier(max_iter=5, verbose=True)
    with pytest.raises(ValueError, match="inconsistent"):
        under_the_view(network, data[0], data[1][:-1])
    assert sys.stdout is stdout


def test_it_shows_bar_and_curve_while_training_and_the_curve_alone_after(
    data, every_line_redraws, pictures
):
    network = MLPClassifier((8,), max_iter=5, random_state=0, verbose=True)
    outputs = under_the_view(network, *data)
    first, last = [output.data["text/html"] for output in outputs]
    running = pictures
    assert first == running[0]
    assert len(running) == 6  # before the first epoch, and after each of the five
    assert '<progress max="5" value="0"></progress> starting' in running[0]
    assert '<progress max="5" value="3"></progress> epoch 3 of at most 5' in running[3]
    assert f"<code>Iteration 3, loss = {network.loss_curve_[2]:.8f}</code>" in running[3]
    assert "<progress" not in last
    assert "Stopped" not in last
    assert "<figcaption>Training loss after each epoch.</figcaption>" in last
    assert f"{network.loss_curve_[-1]:.2f} after epoch 5." in last
    assert {output.data["text/plain"] for output in outputs} == {
        "Figure: Training loss after each epoch."
    }
    assert plt.get_fignums() == []


def test_other_output_passes_through_unchanged(capsys):
    network = MLPClassifier(max_iter=5, verbose=True)
    with capture_output(stdout=False, stderr=False), training_view(network):
        print("one", "line", end="\n\n")
        print("and half a line", end="")
    assert capsys.readouterr().out == "one line\n\nand half a line"


def test_each_warning_is_printed_once(data, capsys):
    network = MLPClassifier((8,), max_iter=2, verbose=True)
    with capture_output(stdout=False, stderr=False), training_view(network):
        network.fit(*data)
        network.fit(*data)
    assert capsys.readouterr().out == (
        "ConvergenceWarning: Stochastic Optimizer: Maximum iterations (2) reached and the "
        "optimization hasn't converged yet.\n"
    )


def test_what_lesson_3_says_about_partial_fit_and_warm_start(data):
    X, y = data
    plain = MLPClassifier((8,), max_iter=4, random_state=0).fit(X, y)
    partial = MLPClassifier((8,), random_state=0)
    warm = MLPClassifier((8,), max_iter=1, warm_start=True, random_state=0)
    for _ in range(4):
        partial.partial_fit(X, y, classes=range(3))
        warm.fit(X, y)
    assert partial.loss_curve_[0] == warm.loss_curve_[0] == plain.loss_curve_[0]
    for other in (partial, warm):
        assert np.abs(np.subtract(other.loss_curve_, plain.loss_curve_)[1:]).min() > 1e-6
    with pytest.raises(ValueError, match="partial_fit does not support early_stopping"):
        MLPClassifier(early_stopping=True).partial_fit(X, y, classes=range(3))


def test_what_lesson_3_says_about_the_regressor(data):
    network = MLPRegressor(hidden_layer_sizes=(8,), max_iter=2).fit(*data)
    assert (network.out_activation_, network.loss) == ("identity", "squared_error")


# The view of a training in Keras


@pytest.fixture(scope="module")
def keras():
    with quiet_keras_import():
        import keras
    return keras


def keras_network(keras, metrics=("accuracy",)):
    keras.utils.set_random_seed(0)
    network = keras.Sequential([keras.Input((20,)), keras.layers.Dense(3, activation="softmax")])
    network.compile("adam", "sparse_categorical_crossentropy", metrics=list(metrics))
    return network


@pytest.mark.parametrize("metrics", [("accuracy",), ()])
def test_a_keras_network_trained_under_the_view_is_the_same(
    keras, data, every_line_redraws, metrics
):
    plain, viewed = keras_network(keras, metrics), keras_network(keras, metrics)
    settings = {"epochs": 3, "batch_size": 50, "validation_split": 0.1, "verbose": 0}
    keras.utils.set_random_seed(1)
    expected = plain.fit(*data, **settings)
    keras.utils.set_random_seed(1)
    with capture_output(stdout=False, stderr=False):
        history = viewed.fit(*data, **settings, callbacks=[training_callback()])
    assert history.history == expected.history
    for one, other in zip(plain.get_weights(), viewed.get_weights(), strict=True):
        assert np.array_equal(one, other)


def test_the_view_of_keras_shows_bar_and_curves_and_then_the_curves_alone(
    keras, data, every_line_redraws, pictures
):
    with capture_output(stdout=False, stderr=False) as captured:
        keras_network(keras).fit(
            *data, epochs=2, batch_size=50, verbose=0, callbacks=[training_callback()]
        )
    last, running = captured.outputs[-1].data["text/html"], pictures
    assert len(running) == 1 + 2 * 12  # before the first batch, and after each
    assert '<progress max="2" value="0"></progress> starting' in running[0]
    assert '<progress max="2" value="1.5"></progress> epoch 2 of 2' in running[18]
    assert '<progress max="2" value="2"></progress> epoch 2 of 2' in running[24]
    assert "<progress" not in last
    assert "<figcaption>Loss and accuracy while the network trains.</figcaption>" in last
    assert {output.data["text/plain"] for output in captured.outputs} == {
        "Figure: Loss and accuracy while the network trains."
    }
    assert plt.get_fignums() == []


def test_the_curve_ends_with_the_epoch_when_keras_takes_several_steps_at_once(keras, data):
    network, view = keras_network(keras), training_callback()
    network.compile("adam", "sparse_categorical_crossentropy", steps_per_execution=5)
    with capture_output(stdout=False, stderr=False):
        network.fit(*data, epochs=1, batch_size=50, verbose=0, callbacks=[view])
    # Where the points before the last stand depends on the version of Keras.
    epochs, losses = view.curves.training["loss"]
    assert epochs[-1] == 1
    assert (np.diff(epochs) > 0).all()
    assert len(epochs) == len(losses) >= 3


def test_the_curve_of_an_epoch_has_its_mean(keras, data):
    """Points are means of equally many batches, so their mean is what Keras reports."""
    view = training_callback()
    with capture_output(stdout=False, stderr=False):
        history = keras_network(keras).fit(
            *data, epochs=2, batch_size=60, verbose=0, callbacks=[view]
        )
    epochs, losses = view.curves.training["loss"]
    assert epochs == pytest.approx(np.arange(1, 21) / 10)
    means = np.reshape(losses, (2, 10)).mean(axis=1)
    assert means == pytest.approx(history.history["loss"], rel=1e-5)


@pytest.fixture
def pressed_while_the_page_loads(monkeypatch, signals_interrupt):
    """A kernel whose learner presses stop before the first epoch."""
    monkeypatch.setattr(training, "get_ipython", lambda: SimpleNamespace(kernel=True))
    monkeypatch.setattr(training.time, "sleep", lambda _: signal.raise_signal(signal.SIGINT))


@pytest.mark.usefixtures("pressed_while_the_page_loads")
def test_an_interrupt_before_the_first_epoch_waits_for_its_end(data):
    stopped = MLPClassifier((8,), max_iter=20, random_state=0, verbose=True)
    *_, last = under_the_view(stopped, *data)
    assert stopped.n_iter_ == 1
    assert "<p>Stopped after 1 of 20 epochs" in last.data["text/html"]


def press_at(keras, wanted, presses=1):
    """A callback that interrupts at the end of some batch, as Jupyter's stop button does."""

    class Hand(keras.callbacks.Callback):
        batches = 0

        def on_train_batch_end(self, batch, logs=None):
            self.batches += 1
            if self.batches == wanted:
                for _ in range(presses):
                    signal.raise_signal(signal.SIGINT)

    return Hand()


@pytest.mark.usefixtures("every_line_redraws", "signals_interrupt")
def test_an_interrupt_keeps_what_keras_has_learned(keras, data):
    settings = {"batch_size": 50, "verbose": 0, "shuffle": False}
    plain, network, view = keras_network(keras), keras_network(keras), training_callback()
    plain.fit(data[0][:300], data[1][:300], epochs=1, **settings)
    with capture_output(stdout=False, stderr=False) as captured:
        history = network.fit(*data, epochs=4, callbacks=[press_at(keras, 6), view], **settings)
    last = captured.outputs[-1].data["text/html"]
    assert "<p>Stopped after 0.5 of 4 epochs: the network keeps what it has learned.</p>" in last
    assert "<progress" not in last
    for one, other in zip(plain.get_weights(), network.get_weights(), strict=True):
        assert np.allclose(one, other, atol=1e-6)
    assert history.epoch == [0]
    assert view.curves.training["loss"][0][-1] == 0.5
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("signals_interrupt")
def test_a_second_interrupt_ends_the_cell(keras, data, shell):
    views = [training_callback(), press_at(keras, 3, presses=2)]
    shell.user_ns |= {"network": keras_network(keras), "data": data, "views": views}
    with capture_output(stdout=True, stderr=True) as captured:
        result = shell.run_cell("network.fit(*data, epochs=4, callbacks=views, verbose=0)")
    assert isinstance(result.error_in_exec, KeyboardInterrupt)
    figures = [o.data["text/html"] for o in captured.outputs if "text/html" in o.data]
    assert "of 4 epochs: the network keeps what it has learned" in figures[-1]


@pytest.mark.usefixtures("signals_interrupt")
def test_no_bar_stays_when_keras_refuses_the_data(keras, data, shell):
    shell.user_ns |= {"network": keras_network(keras), "view": training_callback(), "data": data}
    with capture_output(stdout=True, stderr=True) as captured:
        result = shell.run_cell("network.fit(data[0][:, :7], data[1], callbacks=[view], verbose=0)")
    assert isinstance(result.error_in_exec, ValueError)
    figures = [o.data["text/html"] for o in captured.outputs if "text/html" in o.data]
    assert len(figures) == 2
    assert "<progress" in figures[0]
    assert "<progress" not in figures[1]
    assert "Stopped" not in figures[1]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with capture_output(stdout=False, stderr=False) as captured:
        shell.run_cell("pass")
    assert not captured.outputs


# In a browser tab


def test_a_tab_says_beforehand_that_it_cannot_stop_and_how_long_it_takes(
    data, monkeypatch, pictures
):
    network = MLPClassifier((8,), max_iter=2, random_state=0, verbose=True)
    under_the_view(network, *data, tab_seconds=41.7)
    assert "cannot be stopped" not in pictures[0]
    monkeypatch.setattr(sys, "platform", "emscripten")
    pictures.clear()
    *_, last = under_the_view(network, *data, tab_seconds=41.7)
    notice = "In a browser tab a running cell cannot be stopped. Expect about 42 seconds."
    assert notice in pictures[0]
    assert notice not in last.data["text/html"]


@pytest.mark.parametrize(("platform", "stoppable"), [("linux", True), ("emscripten", False)])
def test_there_is_a_button_where_a_cell_can_be_interrupted(monkeypatch, platform, stoppable):
    monkeypatch.setattr(sys, "platform", platform)
    with capture_output(stdout=False, stderr=False):
        assert training._Curves(2, 10, "c", None).widget.stoppable is stoppable


def test_no_widget_is_left_when_the_training_is_over(data):
    with capture_output(stdout=False, stderr=False):
        view = training._Curves(2, 10, "c", None)
        view.finish()
    assert view.widget.comm is None
