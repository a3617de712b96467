"""The callback for Keras shows the training and does not change it."""

import signal
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.utils.capture import capture_output

from course_utils.environment import quiet_keras_import
from course_utils.widgets import training_callback
from course_utils.widgets.training_callback import _Curves

pytestmark = pytest.mark.usefixtures("shell")


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
    # Where the points before the last one are depends on the version of Keras.
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


def press_at(keras, wanted, presses=1):
    """A callback that interrupts at the end of one batch, as Jupyter's stop button does."""

    class StopButton(keras.callbacks.Callback):
        batches = 0

        def on_train_batch_end(self, batch, logs=None):
            self.batches += 1
            if self.batches == wanted:
                for _ in range(presses):
                    signal.raise_signal(signal.SIGINT)

    return StopButton()


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
def test_no_bar_is_left_when_keras_refuses_the_data(keras, data, shell):
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


@pytest.mark.parametrize(("platform", "stoppable"), [("linux", True), ("emscripten", False)])
def test_there_is_a_button_where_a_cell_can_be_interrupted(monkeypatch, platform, stoppable):
    monkeypatch.setattr(sys, "platform", platform)
    with capture_output(stdout=False, stderr=False):
        assert _Curves(2, 10, "c", None).widget.stoppable is stoppable


def test_no_widget_is_left_when_training_is_over(data):
    with capture_output(stdout=False, stderr=False):
        view = _Curves(2, 10, "c", None)
        view.finish()
    assert view.widget.comm is None
