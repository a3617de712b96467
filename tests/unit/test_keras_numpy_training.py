"""`fit`, `evaluate` and `predict` of the NumPy edition do what those of Keras do."""

import re

import numpy as np
import pytest

from tests.unit.editions import EDITIONS, both_models, close, digits, in_both, keras_numpy

SPARSE = "sparse_categorical_crossentropy"
IMAGES, LABELS = digits(600)
TEST_IMAGES, TEST_LABELS = digits(90, begin=1000)


def perceptron(k, *compiled, **settings):
    model = k.Sequential(
        [
            k.Input((28, 28, 1)),
            k.layers.Rescaling(1 / 255),
            k.layers.Flatten(),
            k.layers.Dense(16, activation="relu"),
            k.layers.Dense(10, activation="softmax"),
        ]
    )
    compiled = compiled or ("adam", SPARSE)
    model.compile(*compiled, **({"metrics": ["accuracy"]} | settings))
    return model


def recorder(k):
    """A callback that keeps when it was called, with the names of what it was told."""

    class Recorder(k.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.events, self.losses = [], []

        def on_train_batch_end(self, batch, logs=None):
            self.events.append(("batch", batch, sorted(logs)))
            self.losses.append(logs["loss"])

    def event(name):
        def method(self, *told, logs=None):
            if told and (told[-1] is None or isinstance(told[-1], dict)):
                *told, logs = told
            self.events.append((name, *told, sorted(logs or {})))

        return method

    for name in ("train_begin", "train_end", "epoch_begin", "epoch_end", "test_begin", "test_end"):
        setattr(Recorder, f"on_{name}", event(name))
    return Recorder()


@pytest.mark.parametrize(
    ("name", "batch_size"),
    [("two layers", 200), ("mlp", 200), ("two wide layers", 128), ("cnn to train", 128)],
)
def test_an_epoch_follows_keras_update_by_update(name, batch_size):
    """A lesson's own model, from the same weights, on the same batches in the same order."""
    images, labels = digits(2000)
    histories = []
    for k, model in zip(EDITIONS, both_models(name), strict=True):
        for layer in model.layers:
            if hasattr(layer, "rate"):
                layer.rate = 0  # dropout draws other numbers
        x = images / np.float32(255) if name == "two layers" else images
        model.compile("adam", SPARSE, metrics=["accuracy"])
        seen = recorder(k)
        run = model.fit(
            x, labels, batch_size=batch_size, epochs=3, shuffle=False, verbose=0, callbacks=[seen]
        )
        histories.append((run.history, seen.losses))
    (theirs, their_losses), (ours, our_losses) = histories
    assert our_losses == pytest.approx(their_losses, abs=1e-3)
    assert ours["loss"] == pytest.approx(theirs["loss"], abs=1e-3)
    assert ours["accuracy"] == pytest.approx(theirs["accuracy"], abs=0.003)
    assert their_losses[-1] < 0.9 * their_losses[0]


COMPILED = {
    "a schedule": lambda k: (
        k.optimizers.Adam(
            k.optimizers.schedules.CosineDecay(0.001, 9, warmup_target=0.01, warmup_steps=3)
        ),
        SPARSE,
    ),
    "switches": lambda k: ("adam", "categorical_crossentropy"),
}


@pytest.mark.parametrize("settings", COMPILED.values(), ids=COMPILED)
def test_other_ways_to_learn_follow_keras_too(settings):
    losses = []
    theirs, ours = in_both(lambda k: perceptron(k, *settings(k), metrics=[]))
    one_hot = theirs.loss != SPARSE
    labels = keras_numpy.utils.to_categorical(LABELS, 10) if one_hot else LABELS
    for model in (theirs, ours):
        run = model.fit(IMAGES, labels, batch_size=50, epochs=1, shuffle=False, verbose=0)
        losses.append(run.history["loss"])
        assert list(run.history) == ["loss"]
    assert losses[1] == pytest.approx(losses[0], rel=1e-3)
    for one, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        assert np.abs(one - other).max() < 1e-3


def test_a_penalty_is_part_of_the_loss_and_of_the_step():
    def build(k):
        penalty = k.regularizers.L2(0.02)
        model = k.Sequential(
            [
                k.Input((28, 28, 1)),
                k.layers.Flatten(),
                k.layers.Dense(10, "softmax", kernel_regularizer=penalty),
            ]
        )
        model.compile(k.optimizers.SGD(0.1), SPARSE)
        return model

    x = IMAGES / np.float32(255)
    theirs, ours = in_both(build)
    before = [model.evaluate(x, LABELS, verbose=0) for model in (theirs, ours)]
    assert before[1] == pytest.approx(before[0], rel=1e-5)
    for model in (theirs, ours):
        model.fit(x, LABELS, batch_size=100, shuffle=False, verbose=0)
    close(ours.get_weights()[0], theirs.get_weights()[0], 1e-5)


def test_callbacks_are_called_at_the_same_times_and_told_the_same():
    seen = []
    for k, model in zip(EDITIONS, in_both(perceptron), strict=True):
        seen.append(recorder(k))
        model.fit(
            IMAGES,
            LABELS,
            batch_size=64,
            epochs=2,
            validation_split=0.25,
            verbose=0,
            callbacks=[seen[-1]],
        )
    assert seen[1].events == seen[0].events
    assert seen[1].params == seen[0].params


def test_several_updates_at_once_change_when_callbacks_are_called_and_nothing_else():
    events, weights = [], []
    for at_once in (1, 3):
        keras_numpy.utils.set_random_seed(0)
        model = perceptron(keras_numpy, steps_per_execution=at_once)
        seen = recorder(keras_numpy)
        model.fit(IMAGES, LABELS, batch_size=80, verbose=0, callbacks=[seen])
        events.append([event[1] for event in seen.events if event[0] == "batch"])
        weights.append(model.get_weights())
    assert events == [[0, 1, 2, 3, 4, 5, 6, 7], [2, 5, 7]]
    assert all(np.array_equal(a, b) for a, b in zip(*weights, strict=True))


def test_history_validation_and_evaluate_are_those_of_keras():
    results = []
    for model in in_both(perceptron):
        run = model.fit(
            IMAGES,
            LABELS,
            batch_size=100,
            epochs=2,
            shuffle=False,
            verbose=0,
            validation_data=(TEST_IMAGES, TEST_LABELS),
        )
        measured = model.evaluate(TEST_IMAGES, TEST_LABELS, verbose=0)
        as_dict = model.evaluate(TEST_IMAGES, TEST_LABELS, verbose=0, return_dict=True)
        results.append((run, measured, as_dict))
    (theirs, *their_measured), (ours, *our_measured) = results
    assert list(ours.history) == list(theirs.history)
    assert ours.epoch == theirs.epoch
    assert ours.model.history is ours
    for name, values in theirs.history.items():
        assert ours.history[name] == pytest.approx(values, abs=1e-3)
        assert all(type(value) is float for value in ours.history[name])
    assert our_measured[0] == pytest.approx(their_measured[0], abs=1e-3)
    assert sorted(our_measured[1]) == sorted(their_measured[1])


def test_the_last_images_are_set_aside_before_the_others_are_shuffled():
    model = perceptron(keras_numpy)
    run = model.fit(IMAGES, LABELS, validation_split=0.1, verbose=0)
    measured = model.evaluate(IMAGES[540:], LABELS[540:], verbose=0)
    assert [run.history["val_loss"][0], run.history["val_accuracy"][0]] == pytest.approx(measured)


def test_a_callback_can_end_the_training():
    class Enough(keras_numpy.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.model.stop_training = batch == 3

    run = perceptron(keras_numpy).fit(
        IMAGES, LABELS, batch_size=60, epochs=5, verbose=0, callbacks=[Enough()]
    )
    assert run.epoch == [0]


def test_a_seed_repeats_a_training_with_dropout_to_the_last_bit_and_another_does_not():
    def trained(seed):
        keras_numpy.utils.set_random_seed(seed)
        model = perceptron(keras_numpy)
        model.layers[1:1] = []
        model.add(keras_numpy.layers.Dropout(0.1))
        model.compile("adam", SPARSE)
        return model.fit(IMAGES, LABELS, epochs=2, verbose=0).history["loss"]

    assert trained(1) == trained(1) != trained(2)


def test_each_epoch_takes_all_images_once_in_another_order():
    """With a rate of 0 nothing is learned, and the mean loss is that of all images."""
    model = perceptron(keras_numpy, keras_numpy.optimizers.SGD(0.0), SPARSE, metrics=[])
    seen = recorder(keras_numpy)
    run = model.fit(IMAGES, LABELS, batch_size=64, epochs=2, verbose=0, callbacks=[seen])
    whole = model.evaluate(IMAGES, LABELS, verbose=0)
    assert run.history["loss"] == pytest.approx([whole, whole], rel=1e-5)
    assert seen.losses[:9] != pytest.approx(seen.losses[10:19], rel=1e-6)


@pytest.mark.parametrize("other", ["float64", "without a channel", "a tensor"])
def test_images_may_come_in_other_ways(other):
    images = {
        "float64": IMAGES.astype(float),
        "without a channel": IMAGES[..., 0],
        "a tensor": keras_numpy.ops.convert_to_tensor(IMAGES),
    }[other]
    one, two = perceptron(keras_numpy), perceptron(keras_numpy)
    two.set_weights(one.get_weights())
    for model, x in ((one, IMAGES), (two, images)):
        model.fit(x, LABELS, batch_size=100, shuffle=False, verbose=0)
    assert np.array_equal(two.predict(images, verbose=0), one.predict(IMAGES, verbose=0))


def test_predict_gives_the_same_in_batches_of_any_size():
    _, ours = in_both(perceptron)
    whole = ours.predict(IMAGES, batch_size=600, verbose=0)
    assert type(whole) is np.ndarray
    for answers in (
        ours.predict(IMAGES, batch_size=7, verbose=0),
        ours.predict_on_batch(IMAGES),
        np.asarray(ours(IMAGES)),
    ):
        close(answers, whole, 1e-6)


def test_the_labels_may_stand_in_a_column():
    flat, column = (perceptron(keras_numpy) for _ in range(2))
    column.set_weights(flat.get_weights())
    for model, labels in ((flat, LABELS), (column, LABELS[:, np.newaxis])):
        model.fit(IMAGES, labels, shuffle=False, verbose=0)
    assert flat.history.history == column.history.history


def test_layers_of_two_models_are_the_same_layers():
    """What is learned in a Sequential around them, they know."""
    network = keras_numpy.Sequential(
        [
            keras_numpy.Input((28, 28, 1)),
            keras_numpy.layers.Flatten(),
            keras_numpy.layers.Dense(10, activation="softmax"),
        ]
    )
    scale = keras_numpy.layers.Rescaling(1 / 255)
    around = keras_numpy.Sequential([keras_numpy.Input((28, 28, 1)), scale, *network.layers])
    around.compile("adam", SPARSE)
    before = network.get_weights()[0]
    around.fit(IMAGES, LABELS, verbose=0)
    assert np.abs(network.get_weights()[0] - before).max() > 0.001
    inside = network.predict(IMAGES / np.float32(255), verbose=0)
    close(inside, around.predict(IMAGES, verbose=0), 1e-5)


def test_a_model_inside_a_model_learns_as_keras_does():
    def build(k):
        inner = k.Sequential([k.layers.Dense(12, "tanh"), k.layers.Dense(8, "relu")])
        model = k.Sequential(
            [
                k.Input((28, 28, 1)),
                k.layers.Rescaling(1 / 255),
                k.layers.Flatten(),
                inner,
                k.layers.Dense(10, "softmax"),
            ]
        )
        model.compile("adam", SPARSE)
        return model

    losses = [
        model.fit(IMAGES, LABELS, epochs=2, shuffle=False, verbose=0).history["loss"]
        for model in in_both(build)
    ]
    assert losses[1] == pytest.approx(losses[0], abs=1e-3)


def test_a_layer_used_twice_gets_the_gradients_of_both_uses():
    def build(k):
        image = k.Input((28, 28, 1))
        twice = k.layers.Dense(16, activation="tanh")
        x = k.layers.Dense(16)(k.layers.Flatten()(k.layers.Rescaling(1 / 255)(image)))
        model = k.Model(image, k.layers.Dense(10, "softmax")(twice(twice(x))))
        model.compile(k.optimizers.SGD(0.1), SPARSE)
        return model

    theirs, ours = in_both(build)
    for model in (theirs, ours):
        model.fit(IMAGES, LABELS, shuffle=False, verbose=0)
    for one, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        close(one, other, 1e-4)


def test_a_layer_that_is_not_trainable_stays_as_it_is_and_the_others_learn():
    model = perceptron(keras_numpy)
    model.layers[2].trainable = False
    assert len(model.trainable_weights) == 2
    before = model.get_weights()
    model.fit(IMAGES, LABELS, verbose=0)
    same = [np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True)]
    assert same == [True, True, False, False]


def test_an_optimizer_may_get_another_rate_between_two_trainings():
    model = perceptron(keras_numpy)
    model.optimizer.learning_rate = 0.5
    assert float(model.optimizer.learning_rate) == 0.5


LINE = re.compile(r"\d+(ms|us|s)\b")


def printed(capsys, model, verbose):
    """What `fit` and `evaluate` print, without the times, and of a bar the last state alone."""
    capsys.readouterr()
    settings = {"batch_size": 100, "verbose": verbose}
    model.fit(IMAGES, LABELS, epochs=2, shuffle=False, validation_split=0.5, **settings)
    model.evaluate(IMAGES, LABELS, **settings)
    text = capsys.readouterr().out
    lines = [re.split(r"[\r\b]", line)[-1].rstrip() for line in text.split("\n")]
    lines = [line for line in lines if "━" not in line or "3/3" in line or "6/6" in line]
    return [re.sub(r"\d\.\d{4}", "#", LINE.sub("time", line)) for line in lines if line]


@pytest.mark.parametrize("verbose", [1, 2])
def test_the_progress_is_printed_as_keras_prints_it(capsys, verbose):
    theirs, ours = in_both(perceptron)
    expected = printed(capsys, theirs, verbose)
    lines = printed(capsys, ours, verbose)
    assert lines[-1] == expected[-1]
    assert [line for line in lines if "val_" in line or "Epoch" in line] == [
        line for line in expected if "val_" in line or "Epoch" in line
    ]


def test_nothing_is_printed_if_asked_for_nothing(capsys):
    model = perceptron(keras_numpy)
    model.fit(IMAGES, LABELS, verbose=0)
    model.predict(IMAGES, verbose=0)
    assert capsys.readouterr() == ("", "")
