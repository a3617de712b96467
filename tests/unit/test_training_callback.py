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
    settings = {"epochs": 2, "batch_size": 90, "validation_split": 0.1, "verbose": 0}
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
            *data, epochs=2, batch_size=150, verbose=0, callbacks=[training_callback()]
        )
    last, running = captured.outputs[-1].data["text/html"], pictures
    assert len(running) == 1 + 2 * 4  # before the first batch, and after each
    assert '<progress max="2" value="0"></progress> starting' in running[0]
    assert '<progress max="2" value="1.5"></progress> epoch 2 of 2' in running[6]
    assert '<progress max="2" value="2"></progress> epoch 2 of 2' in running[8]
    assert "<progress" not in last
    assert "<figcaption>Loss and metric while the network trains.</figcaption>" in last
    assert {output.data["text/plain"] for output in captured.outputs} == {
        "Figure: Loss and metric while the network trains."
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


# What is drawn


def run(network, *data, **settings):
    """Train under the view; return the view, Keras's history and what is shown at the end."""
    view = training_callback()
    settings = {"batch_size": 50, "verbose": 0, "callbacks": [view]} | settings
    with capture_output(stdout=False, stderr=False) as captured:
        history = network.fit(*data, **settings)
    return view, history.history, captured.outputs[-1].data["text/html"]


@pytest.mark.parametrize(
    ("metrics", "name"),
    [
        (["acc"], "acc"),
        (["Accuracy"], "Accuracy"),
        (["sparse_categorical_accuracy"], "sparse_categorical_accuracy"),
        (["sparse_top_k_categorical_accuracy", "acc"], "acc"),
        (lambda keras: [keras.metrics.SparseCategoricalAccuracy()], "sparse_categorical_accuracy"),
        (lambda keras: [keras.metrics.SparseCategoricalAccuracy(name="right")], "right"),
        (lambda keras: [keras.metrics.MeanSquaredError(name="mse"), "accuracy"], "accuracy"),
        ([], None),
    ],
)
def test_accuracy_is_drawn_whatever_its_name(keras, data, metrics, name):
    metrics = metrics(keras) if callable(metrics) else metrics
    network = keras_network(keras, metrics)
    if name == "accuracy":  # the other one wants an output of one number
        metrics = [keras.metrics.MeanSquaredError(name="mse"), "accuracy"]
        network = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1, "sigmoid")])
        network.compile("adam", "binary_crossentropy", metrics=metrics)
        data = data[0], data[1] > 1
    view, history, shown = run(network, *data, epochs=2, validation_split=0.5)
    drawn = [name for name in ("loss", name) if name]
    assert view.curves.names == drawn
    for name in drawn:
        label = name.replace("_", " ")
        epochs, values = view.curves.training[name]
        assert epochs == pytest.approx(np.arange(1, 13) / 6)
        assert np.mean(values[6:]) == pytest.approx(history[name][1], rel=1e-5)
        assert view.curves.validation[name] == ([1, 2], history[f"val_{name}"])
        assert f"validation {label} from {history[f'val_{name}'][0]:.3f}" in shown
    assert [axis.get_ylabel() for axis in view.curves.draw().axes] == [
        name.replace("_", " ") for name in drawn
    ]


def test_an_error_of_a_regression_is_drawn_and_a_metric_with_a_number_per_class_is_not(keras, data):
    network = keras.Sequential([keras.Input((20,)), keras.layers.Dense(1)])
    network.compile("adam", "mse", metrics=["mae"])
    assert run(network, *data)[0].curves.names == ["loss", "mae"]
    network = keras.Sequential([keras.Input((20,)), keras.layers.Dense(3, "softmax")])
    network.compile("adam", "categorical_crossentropy", metrics=[keras.metrics.F1Score()])
    classes = np.eye(3, dtype=np.float32)[data[1]]
    assert run(network, data[0], classes)[0].curves.names == ["loss"]


# Generators


def batches(data, n):
    """Give the data in batches of 50, again and again, until there were n batches."""
    for i in range(n):
        begin = 50 * (i % 12)
        yield data[0][begin : begin + 50], data[1][begin : begin + 50]


def dataset(data, n):
    """A data set of TensorFlow whose length is unknown until it has ended."""
    import tensorflow as tf

    kinds = (tf.TensorSpec((None, 20)), tf.TensorSpec((None,), tf.int64))
    return tf.data.Dataset.from_generator(lambda: batches(data, n), output_signature=kinds)


@pytest.mark.usefixtures("every_line_redraws")
def test_the_length_of_a_generator_is_unknown_until_an_epoch_is_over(keras, data, pictures):
    view, history, shown = run(
        keras_network(keras, ["acc"]),
        dataset(data, 14),
        epochs=2,
        batch_size=None,
        validation_data=dataset(data, 12),
    )
    assert "<progress></progress> epoch 1 of 2, batch 7" in pictures[7]
    assert "Curves of loss and acc over 7 batches" in pictures[7]
    assert '<progress max="2" value="1.5"></progress> epoch 2 of 2' in pictures[21]
    epochs, losses = view.curves.training["loss"]
    assert epochs[:14] == pytest.approx(np.arange(1, 15) / 14)
    assert epochs[14:] == pytest.approx(1 + np.arange(2, 15, 2) / 14)  # two batches to a point
    for part, mean in zip((losses[:14], losses[14:]), history["loss"], strict=True):
        assert np.mean(part) == pytest.approx(mean, rel=1e-5)
    assert view.curves.validation["acc"] == ([1, 2], history["val_acc"])
    assert "Curves of loss and acc over 2 epochs" in shown
    assert view.curves.draw().axes[0].get_xlim() == (0, 2)


@pytest.mark.filterwarnings("ignore:Your input ran out of data")
@pytest.mark.filterwarnings("ignore:.*interrupting training")
def test_a_generator_that_ends_too_soon_leaves_its_curve(keras, data):
    network = keras_network(keras)
    view, history, _ = run(network, batches(data, 30), batch_size=None, epochs=3)
    epochs, losses = view.curves.training["loss"]
    assert epochs[29] == 1
    assert np.mean(losses[:30]) == pytest.approx(history["loss"][0], rel=1e-5)
    assert np.isfinite(losses).all()


def test_an_endless_generator_has_the_steps_that_it_is_given(keras, data):
    view, history, _ = run(
        keras_network(keras),
        batches(data, 10**6),
        batch_size=None,
        epochs=2,
        steps_per_epoch=20,
        validation_data=batches(data, 10**6),
        validation_steps=3,
    )
    assert view.curves.training["accuracy"][0] == pytest.approx(np.arange(1, 21) / 10)
    assert view.curves.validation["loss"] == ([1, 2], history["val_loss"])


@pytest.mark.usefixtures("every_line_redraws", "signals_interrupt")
def test_an_interrupt_in_an_epoch_of_unknown_length_says_how_many_batches_were_done(keras, data):
    view = training_callback()
    views = [press_at(keras, 6), view]
    with capture_output(stdout=False, stderr=False) as captured:
        keras_network(keras).fit(dataset(data, 40), epochs=2, verbose=0, callbacks=views)
    shown = captured.outputs[-1].data["text/html"]
    assert "<p>Stopped after 6 batches: the network keeps what it has learned.</p>" in shown
    assert view.curves.training["loss"][0] == [1, 2, 3, 4, 5, 6]
    axis = view.curves.draw().axes[0]
    assert (axis.get_xlabel(), axis.get_xlim()) == ("batch", (0, 6))


# Training that goes on


@pytest.mark.usefixtures("every_line_redraws")
def test_a_later_first_epoch_is_where_bar_and_curve_begin(keras, data, pictures):
    view, _, shown = run(keras_network(keras), *data, batch_size=150, epochs=5, initial_epoch=3)
    assert '<progress max="2" value="0.5"></progress> epoch 4 of 5' in pictures[2]
    assert view.curves.training["loss"][0][-1] == 5
    assert view.curves.draw().axes[0].get_xlim() == (3, 5)
    assert "Curves of loss and accuracy over 2 epochs" in shown


def test_a_callback_that_is_used_again_begins_a_new_figure(keras, data):
    network, view = keras_network(keras), training_callback()
    for weights in ({0: 1, 1: 1, 2: 1}, {0: 2, 1: 1, 2: 0.5}):
        with capture_output(stdout=False, stderr=False) as captured:
            network.fit(
                *data, batch_size=60, verbose=0, callbacks=[view], class_weight=weights, epochs=2
            )
        assert len(captured.outputs) == 2
        assert view.curves.training["loss"][0] == pytest.approx(np.arange(1, 21) / 10)


# Stopping


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


def test_the_curve_ends_where_another_callback_ends_the_training(keras, data):
    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.model.stop_training = batch + 1 == 7

    view = training_callback()
    with capture_output(stdout=False, stderr=False):
        history = keras_network(keras).fit(
            *data, epochs=2, batch_size=50, verbose=0, shuffle=False, callbacks=[view, Stop()]
        )
    epochs, losses = view.curves.training["loss"]
    assert epochs[-1] == pytest.approx(7 / 12)
    widths = np.diff([0, *epochs]) * 12  # batches of each point
    assert widths @ losses / 7 == pytest.approx(history.history["loss"][0], rel=1e-5)


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
