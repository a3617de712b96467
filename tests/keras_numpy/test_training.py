"""`fit`, `evaluate` and `predict`, with their callbacks, do what they do with TensorFlow."""

import contextlib
import io
import re
import tempfile
from pathlib import Path

import numpy as np
import pytest

from tests.keras_numpy.experiments import close, digits, eager, same_weights

RNG = np.random.default_rng(0)
X = RNG.standard_normal((66, 12)).astype(np.float32)
Y = (X @ RNG.standard_normal((12, 3))).argmax(axis=1)
SWITCHES = np.eye(3, dtype=np.float32)[Y]
SPARSE = "sparse_categorical_crossentropy"
ORDERED = {"batch_size": 32, "shuffle": False, "verbose": 0}  # the last batch has two rows


def perceptron(k, *extra, activation="relu"):
    hidden = k.layers.Dense(16, activation=activation)
    last = k.layers.Dense(3, activation="softmax")
    return same_weights(k.Sequential([k.Input((12,)), hidden, *extra, last]))


def compiled(model, k, optimizer="adam", loss=SPARSE, metrics=("accuracy",), **settings):
    settings = {"run_eagerly": eager(k), **settings}
    model.compile(optimizer, loss, metrics=list(metrics), **settings)
    return model


def learned(model, x=X, y=Y, **settings):
    run = model.fit(x, y, **{**ORDERED, "epochs": 2, **settings})
    return run.history, run.epoch, model.get_weights()


# Each of these is run with both; numbers may differ by a thousandth after some epochs.


def in_one_program(k):
    """As it is without `run_eagerly`: traced, and compiled by TensorFlow."""
    return learned(compiled(perceptron(k), k, run_eagerly=False))


def validation_data(k):
    model = compiled(perceptron(k), k)
    learned_ = learned(model, validation_data=(X[:50], Y[:50]), validation_freq=2, epochs=4)
    listed = model.evaluate(X, Y, verbose=0)
    named = model.evaluate(X, Y, verbose=0, return_dict=True)
    types = [type(value).__name__ for value in (listed[0], named["loss"], learned_[0]["loss"][0])]
    return learned_, listed, named, types


def validation_split(k):
    model = compiled(perceptron(k), k)
    result = learned(model, validation_split=0.25, epochs=1)
    return result, model.evaluate(X[49:], Y[49:], verbose=0)


def class_weight(k):
    return learned(compiled(perceptron(k), k), class_weight={0: 1.0, 1: 2.0, 2: 0.5})


def sample_weight(k):
    weights = np.linspace(0, 1, 66)
    model = compiled(perceptron(k), k, weighted_metrics=["accuracy"])
    return learned(model, sample_weight=weights), model.evaluate(X, Y, 32, 0, sample_weight=weights)


def batches_by_hand(k):
    model = compiled(perceptron(k), k)
    return [
        model.train_on_batch(X[:30], Y[:30]),
        model.train_on_batch(X[30:], Y[30:], return_dict=True),
        model.train_on_batch(X, Y, class_weight={0: 1.0, 1: 2.0, 2: 0.5}),
        model.test_on_batch(X, Y),
        model.predict_on_batch(X),
        model.get_weights(),
    ]


def part_of_the_epochs(k):
    model = compiled(perceptron(k), k)
    return learned(model, initial_epoch=1, epochs=4, steps_per_epoch=2)


def generator(k):
    def batches():
        while True:
            yield X[:32], Y[:32]
            yield X[32:50], Y[32:50]

    run = compiled(model := perceptron(k), k).fit(batches(), steps_per_epoch=5, verbose=0)
    return run.history, model.get_weights()


def data_set_of_their_own(k):
    class Batches(k.utils.PyDataset):
        def __len__(self):
            return 3

        def __getitem__(self, i):
            return X[i * 32 : i * 32 + 32], Y[i * 32 : i * 32 + 32]

    run = compiled(model := perceptron(k), k).fit(Batches(), shuffle=False, epochs=2, verbose=0)
    return run.history, model.get_weights(), model.predict(Batches(), verbose=0)


def early_stopping(k):
    model = compiled(perceptron(k), k, k.optimizers.SGD(2.0))
    stopping = k.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
    return *learned(
        model, epochs=9, validation_split=0.5, callbacks=[stopping]
    ), stopping.best_epoch


def batch_normalised_tanh_network(k):
    """What a learner is likely to try after the lessons."""
    tanh, rmsprop = k.layers.Activation("tanh"), k.optimizers.RMSprop(0.01)
    model = perceptron(k, k.layers.BatchNormalization(), tanh, activation=None)
    stopping = k.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
    compiled(model, k, rmsprop)
    result = learned(model, epochs=6, validation_split=0.25, callbacks=[stopping])
    return result, model.evaluate(X, Y, verbose=0), model.predict(X, verbose=0)


def autoencoder(k):
    """In the dark part of an image all sums are exactly 0 at first."""
    same = {"strides": 2, "padding": "same"}
    layers = [
        k.layers.Rescaling(1 / 255),
        k.layers.Conv2D(4, 3, activation="relu", **same),
        k.layers.Conv2DTranspose(4, 3, activation="leaky_relu", **same),
        k.layers.Conv2D(1, 3, padding="same", activation="sigmoid"),
    ]
    model = same_weights(k.Sequential([k.Input((28, 28, 1)), *layers]))
    for layer in layers[1:]:
        layer.bias.assign(0 * layer.bias)
    images, _ = digits(100)
    compiled(model, k, k.optimizers.SGD(0.5), "binary_crossentropy", [])
    return learned(model, images, images / np.float32(255))


def rates_from_callbacks(k):
    callbacks = [
        k.callbacks.LearningRateScheduler(lambda epoch, rate: rate / (epoch + 1)),
        k.callbacks.ReduceLROnPlateau("loss", patience=1, min_delta=1.0),
    ]
    return learned(compiled(perceptron(k), k), epochs=5, callbacks=callbacks)


def terminate_on_nan(k):
    x = X.copy()
    x[40] = np.nan
    return learned(
        compiled(perceptron(k), k), x, epochs=3, callbacks=[k.callbacks.TerminateOnNaN()]
    )


def csv_logger(k):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        learned(compiled(perceptron(k), k), callbacks=[k.callbacks.CSVLogger(path)])
        rows = [row.split(",") for row in path.read_text(encoding="utf-8").split()]
    return [[cell if cell[0].isalpha() else float(cell) for cell in row] for row in rows]


def stop_training(k):
    class Enough(k.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.model.stop_training = batch == 1

    return learned(compiled(perceptron(k), k), callbacks=[Enough()])


def two_inputs(k):
    left, right = k.Input((6,)), k.Input((6,))
    joined = k.layers.Concatenate()([k.layers.Dense(4)(left), k.layers.Dense(4)(right)])
    model = same_weights(k.Model([left, right], k.layers.Dense(3, "softmax")(joined)))
    return learned(compiled(model, k), [X[:, :6], X[:, 6:]])


def two_outputs(k):
    x = k.Input((12,))
    hidden = k.layers.Dense(8, "relu")(x)
    a = k.layers.Dense(3, "softmax", name="a")(hidden)
    b = k.layers.Dense(1, name="b")(hidden)
    model = same_weights(k.Model(x, {"a": a, "b": b}))
    losses, metrics = {"a": SPARSE, "b": "mse"}, {"a": ["accuracy"], "b": ["mae"]}
    model.compile(
        "adam", losses, metrics=metrics, loss_weights={"a": 1.0, "b": 0.3}, run_eagerly=eager(k)
    )
    return learned(model, y={"a": Y, "b": X[:, :1]}), model.predict(X, verbose=0)


def several_metrics(k):
    metrics = [k.metrics.AUC(), k.metrics.Precision(), k.metrics.F1Score(), "mse", "accuracy"]
    model = compiled(perceptron(k), k, loss="categorical_crossentropy", metrics=metrics)
    return learned(model, y=SWITCHES), model.evaluate(X, SWITCHES, verbose=0)


def loss_and_metric_of_their_own(k):
    def distance(y, p):
        return k.ops.mean(k.ops.square(y - p), axis=-1)

    def surest(y, p):
        return k.ops.mean(k.ops.max(p, axis=-1))

    return learned(compiled(perceptron(k), k, "sgd", distance, [surest]), y=SWITCHES)


def model_of_their_own(k):
    class Mine(k.Model):
        def __init__(self):
            super().__init__()
            self.hidden = k.layers.Dense(8, "relu")
            self.normalized = k.layers.BatchNormalization()
            self.last = k.layers.Dense(3, "softmax")

        def call(self, x, training=False):
            return self.last(self.normalized(self.hidden(x), training=training))

    model = Mine()
    model(X[:1])
    return learned(compiled(same_weights(model), k)), model.predict(X, verbose=0)


def frozen_layer(k):
    model = perceptron(k)
    model.layers[0].trainable = False
    before = model.get_weights()
    learned(compiled(model, k))
    model.layers[0].trainable = True
    between = model.get_weights()
    learned(compiled(model, k))
    pairs = [*zip(before, between, strict=True), *zip(between, model.get_weights(), strict=True)]
    return [bool(np.array_equal(*pair)) for pair in pairs], model.get_weights()


def labels_in_a_column(k):
    return learned(compiled(perceptron(k), k), y=Y[:, np.newaxis])


def float64_images(k):
    return learned(compiled(perceptron(k), k), X.astype(float))


def tensors(k):
    x, y = k.ops.convert_to_tensor(X), k.ops.convert_to_tensor(Y)
    return learned(compiled(perceptron(k), k), x, y, validation_split=0.25)


def shared_layers(k):
    """What is learned in a model around them, the layers know."""
    inner = perceptron(k)
    scale = k.layers.Rescaling(2.0)
    around = k.Sequential([k.Input((12,)), scale, *inner.layers])
    return learned(compiled(around, k)), inner.predict(2 * X, verbose=0), inner.get_weights()


def copy_from_json(k):
    model = perceptron(k)
    copy = k.models.model_from_json(model.to_json())
    copy.set_weights(model.get_weights())
    return learned(compiled(copy, k))


def half_precision(k):
    k.mixed_precision.set_global_policy("mixed_float16")
    try:
        return learned(compiled(perceptron(k), k, "sgd"), epochs=1)[0]["loss"]
    finally:
        k.mixed_precision.set_global_policy("float32")


def float64_everywhere(k):
    k.config.set_floatx("float64")
    try:
        return learned(compiled(perceptron(k), k, "sgd"), X.astype(float))
    finally:
        k.config.set_floatx("float32")


EXPERIMENTS = [
    in_one_program, validation_data, validation_split, class_weight, sample_weight,
    batches_by_hand, part_of_the_epochs, generator, data_set_of_their_own, early_stopping,
    batch_normalised_tanh_network, autoencoder, rates_from_callbacks, terminate_on_nan,
    csv_logger, stop_training,
    two_inputs, two_outputs, several_metrics, loss_and_metric_of_their_own, model_of_their_own,
    frozen_layer, labels_in_a_column, float64_images, tensors, shared_layers, copy_from_json,
    half_precision, float64_everywhere,
]  # fmt: skip


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda experiment: experiment.__name__)
def test_training(both, experiment):
    close(*both(experiment), 1e-3)


def events(k, steps_per_execution):
    """When each callback is called, with what; `fit`, `evaluate` and `predict`."""

    class Recorder(k.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.events = []

        def __getattribute__(self, name):
            if not name.startswith("on_"):
                return super().__getattribute__(name)

            def noted(*told, logs=None):
                told = [sorted(part) if isinstance(part, dict) else part for part in told]
                self.events.append(f"{name} {told} {sorted(logs or [])}")

            return noted

    model, seen = perceptron(k), Recorder()
    compiled(model, k, run_eagerly=False, steps_per_execution=steps_per_execution)
    model.fit(X, Y, 16, epochs=2, validation_split=0.5, verbose=0, callbacks=[seen])
    params = seen.params
    model.evaluate(X, Y, 30, verbose=0, callbacks=[seen])
    answers = model.predict(X, 30, verbose=0, callbacks=[seen])
    return seen.events, params, list(answers.shape)


@pytest.mark.parametrize("steps_per_execution", [1, 2])
def test_callbacks_are_called_at_the_same_times_and_told_the_same(both, steps_per_execution):
    ours, theirs = both(events, steps_per_execution)
    assert ours == theirs
    assert len(theirs[0]) > 30


def weights_after(k, steps_per_execution):
    model = compiled(perceptron(k), k, steps_per_execution=steps_per_execution, run_eagerly=False)
    return learned(model)


def test_several_updates_at_once_learn_the_same(patched):
    close(patched(weights_after, 3), patched(weights_after, 1), 0)


def trained_with_dropout(k, seed):
    k.utils.set_random_seed(seed)
    model = compiled(perceptron(k, k.layers.Dropout(0.1), k.layers.GaussianNoise(0.1)), k)
    return learned(model, shuffle=True)


def test_a_seed_repeats_a_training_to_the_last_bit_and_another_does_not(patched):
    first, again, other = (patched(trained_with_dropout, seed) for seed in (1, 1, 2))
    close(again, first, 0)
    assert again[0]["loss"] != other[0]["loss"]


def noisy(k, name):
    """What a layer that draws does to the same numbers three times, in sum."""
    layer = {
        "Dropout": k.layers.Dropout(0.2),
        "SpatialDropout1D": k.layers.SpatialDropout1D(0.2),
        "GaussianDropout": k.layers.GaussianDropout(0.2),
        "GaussianNoise": k.layers.GaussianNoise(0.2),
        "AlphaDropout": k.layers.AlphaDropout(0.2),
        "RandomFlip": k.layers.RandomFlip("horizontal"),
        "RandomContrast": k.layers.RandomContrast(0.2),
    }[name]
    images = np.random.default_rng(1).random((2000, 5, 5, 3)).astype(np.float32)
    x = images if name.startswith("Random") else np.ones((100, 10, 100), np.float32)
    drawn = [np.asarray(layer(x, training=True)) for _ in range(3)]
    assert not np.array_equal(drawn[0], drawn[1])
    statistics = [
        [d.mean(), d.std(), np.quantile(d, [0.1, 0.5, 0.9]), np.abs(d - x).mean()] for d in drawn
    ]
    return statistics, np.abs(np.asarray(layer(x, training=False)) - x).max()


@pytest.mark.parametrize(
    "name",
    ["Dropout", "SpatialDropout1D", "GaussianDropout", "GaussianNoise", "AlphaDropout",
     "RandomFlip", "RandomContrast"],
)  # fmt: skip
def test_layers_that_draw_draw_from_the_same_distribution(both, name):
    (ours, off), (theirs, off_of_theirs) = both(noisy, name)
    close(ours, theirs, 0.1)
    assert off == off_of_theirs == 0


def drawn_in_fit(k):
    """At the learning rate 0, only what is drawn changes the loss."""
    model = perceptron(k, k.layers.Dropout(0.5))
    compiled(model, k, k.optimizers.SGD(0.0), run_eagerly=False)
    losses = []
    noted = k.callbacks.LambdaCallback(
        on_train_batch_end=lambda i, logs: losses.append(logs["loss"])
    )
    x, y = np.repeat(X[:1], 320, axis=0), np.repeat(Y[:1], 320)
    model.fit(x, y, batch_size=32, verbose=0, callbacks=[noted])
    return np.unique(np.round(losses, 6)).size


def test_dropout_is_drawn_anew_in_each_step(both):
    ours, theirs = both(drawn_in_fit)
    assert ours == theirs == 10


def shuffled(k):
    """At the learning rate 0, the mean loss of an epoch is that of all rows."""
    model = compiled(perceptron(k), k, k.optimizers.SGD(0.0))
    losses = []
    noted = k.callbacks.LambdaCallback(
        on_train_batch_end=lambda i, logs: losses.append(logs["loss"])
    )
    run = model.fit(X, Y, batch_size=32, epochs=2, verbose=0, callbacks=[noted])
    return run.history["loss"], model.evaluate(X, Y, verbose=0)[0], losses


def test_each_epoch_takes_all_rows_once_in_another_order(patched):
    epochs, whole, losses = patched(shuffled)
    assert epochs == pytest.approx([whole, whole], rel=1e-5)
    assert losses[:2] != pytest.approx(losses[3:5], rel=1e-6)


def answers_in_batches(k):
    model = perceptron(k)
    answers = [model.predict(X, size, verbose=0) for size in (66, 7, 64)]
    return [type(a).__name__ for a in answers], [*answers, model.predict_on_batch(X), model(X)]


def test_predict_gives_the_same_in_batches_of_any_size(both):
    (types, ours), (types_of_theirs, theirs) = both(answers_in_batches)
    assert types == types_of_theirs == ["ndarray"] * 3
    for answers in ours:
        close(answers, theirs[0], 1e-6)


def printed(k, verbose):
    """What is printed, without times; of a bar that is drawn again, its last state alone."""
    model = compiled(perceptron(k), k)
    with contextlib.redirect_stdout(io.StringIO()) as text:
        model.fit(X, Y, 16, epochs=2, shuffle=False, validation_split=0.5, verbose=verbose)
        model.evaluate(X, Y, 30, verbose=verbose)
        model.predict(X, 30, verbose=verbose)
    lines = [re.split(r"[\r\b]", line)[-1].rstrip() for line in text.getvalue().split("\n")]
    return [
        re.sub(r"(\d\.\d\d)\d\d", r"\1", re.sub(r"\d+(ms|us|s)\b", "time", line)) for line in lines
    ]


@pytest.mark.parametrize("verbose", [0, 1, 2])
def test_the_progress_is_printed_as_with_tensorflow(both, verbose):
    ours, theirs = both(printed, verbose)
    assert ours == theirs
    assert "".join(theirs) or not verbose
