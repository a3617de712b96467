"""Each lesson's own model is the same with the patched Keras and with TensorFlow."""

import ast
import contextlib
import io
import types

import numpy as np
import pytest

from course_utils.datasets import load_cnn_weights
from tests.keras_numpy.experiments import close, digits, same_weights
from tools.lesson_code import code_of, run_cells

# Where the models stand: lesson, a text in the cell, the model in it.
MODELS = {
    "small": ("the_same_network_in_keras", 'name="small"', "small"),
    "exercise": ("the_same_network_in_keras", "my_model_solution = ", "my_model_solution"),
    "classmate": ("the_same_network_in_keras", 'name="classmate"', "classmate"),
    "two layers": ("the_same_network_in_keras", "def build(", "build()"),
    "two layers with a penalty": (
        "the_same_network_in_keras",
        "def build(",
        "build(kernel_regularizer=keras.regularizers.L2(0.0025))",
    ),
    "two wide layers": ("what_each_layer_looks_for", "def build(", "build(512, 256)"),
    "templates": ("what_each_layer_looks_for", "def build(", "build()"),
    "mlp": ("training_a_convolutional_network", "mlp = keras.Sequential", "mlp"),
    "cnn to train": (
        "training_a_convolutional_network",
        "def build(",
        "build(layers.Flatten())",
    ),
    "cnn without places": (
        "training_a_convolutional_network",
        "def build(",
        "build(layers.GlobalMaxPooling2D())",
    ),
    "cnn to look into": ("inside_a_convolutional_network", "cnn = keras.Sequential", "cnn"),
}
every_model = pytest.mark.parametrize("name", MODELS)
IMAGES, LABELS = digits(1000)


def model_of(k, name):
    """A lesson's own model, made by its own cell."""
    lesson, text, expression = MODELS[name]
    checks = types.SimpleNamespace(the_same_network=lambda model: None)
    names = {"keras": k, "layers": k.layers, "checks": checks, "np": np}
    kept = [
        part
        for part in ast.parse(code_of(lesson, text)).body
        if "summary" not in ast.dump(part) and "'print'" not in ast.dump(part)
    ]
    exec(compile(ast.Module(kept, []), name, "exec"), names)
    return eval(expression, names)


def images_for(model):
    """Bytes for a network that scales them itself, else numbers from 0 to 1."""
    scales = any(layer.name.startswith("rescaling") for layer in model.layers)
    return IMAGES if scales else IMAGES / np.float32(255)


def shown(function, *arguments, **settings):
    """What a function prints."""
    with contextlib.redirect_stdout(io.StringIO()) as text:
        function(*arguments, **settings)
    return text.getvalue()


def description(k, name):
    model = model_of(k, name)
    return {
        "summary": shown(model.summary),
        "names": [model.name, *(layer.name for layer in model.layers)],
        "shapes": [str((layer.input.shape, layer.output.shape)) for layer in model.layers],
        "parameters": [layer.count_params() for layer in model.layers],
        "weights": [f"{weight.path}: {weight.shape} {weight.dtype}" for weight in model.weights],
    }


@every_model
def test_description(both, name):
    ours, theirs = both(description, name)
    assert ours == theirs
    assert "Total params" in theirs["summary"]


def answers(k, name):
    model = same_weights(model_of(k, name))
    images = images_for(model)[:40]
    in_batches = model.predict(images, batch_size=15, verbose=0)
    return in_batches, model(images), model.predict_on_batch(images)


@every_model
def test_answers(both, name):
    close(*both(answers, name), 1e-6)


def spreads(k, name):
    weights = model_of(k, name).get_weights()
    return [float(w.std()) for w in weights if w.size > 1000], [
        w.any() for w in weights if w.ndim == 1
    ]


@every_model
def test_first_weights_have_the_same_spread(both, name):
    (ours, drawn), (theirs, drawn_by_theirs) = both(spreads, name)
    assert ours == pytest.approx(theirs, rel=0.1)
    assert not any(drawn + drawn_by_theirs)


def epoch(k, name):
    model = same_weights(model_of(k, name))
    for layer in model.layers:
        if hasattr(layer, "rate"):
            layer.rate = 0  # dropout draws other numbers
    adam = k.optimizers.Adam(0.005)
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    losses = []
    noted = k.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: losses.append(float(logs["loss"]))
    )
    run = model.fit(
        images_for(model), LABELS, batch_size=50, shuffle=False, verbose=0, callbacks=[noted]
    )
    return losses, run.history["loss"], run.history["accuracy"], model.get_weights()


@pytest.mark.parametrize(
    "name",
    [
        "two layers",
        "two layers with a penalty",
        "mlp",
        "two wide layers",
        "cnn to train",
        "cnn without places",
    ],
)
def test_an_epoch_follows_tensorflow_update_by_update(both, name):
    """A lesson's own model, from the same weights, on the same batches in the same order."""
    ours, theirs = both(epoch, name)
    close(ours, theirs, 1e-3)
    losses, *_ = theirs
    assert losses[-1] < 0.9 * losses[0]


def four_layers(k):
    names = ["conv_1", "pool_1", "conv_2", "pool_2"]
    model = model_of(k, "cnn to look into")
    model.set_weights(load_cnn_weights())
    look = k.Model(model.inputs[0], [model.get_layer(name).output for name in names])
    maps = look.predict_on_batch(IMAGES[:40])
    assert all(type(part) is np.ndarray for part in maps)
    return type(maps).__name__, maps, model.predict(IMAGES[:40], verbose=0)


def test_the_trained_network_read_at_four_layers_at_once(both):
    close(*both(four_layers), 1e-6)


def cloned(k):
    model = model_of(k, "cnn to look into")
    clone = k.models.clone_model(model)
    pairs = zip(clone.get_weights(), model.get_weights(), strict=True)
    return [layer.name for layer in clone.layers], [np.array_equal(*pair) for pair in pairs]


def test_a_clone_has_the_same_layers_and_first_weights_of_its_own(both):
    ours, theirs = both(cloned)
    assert ours == theirs


def moved_digits(k):
    """A tensor, as `convert_to_tensor` makes it in the lesson, in the lesson's own function."""
    moved = run_cells(
        "training_a_convolutional_network", "def moved(",
        names={"np": np, "test_images": IMAGES},
    )["moved"]  # fmt: skip
    result = moved(k.ops.convert_to_tensor(IMAGES)[30:], 3)
    result[0] += 1
    return result, np.concatenate([IMAGES[:30], result])


def test_the_function_moved_takes_a_tensor(both):
    ours, theirs = both(moved_digits)
    close(ours, theirs, 0)


def rates(k):
    cell = "def schedule_for("
    names = run_cells("training_a_convolutional_network", cell, names={"keras": k})
    schedule = names["schedule_for"](60_000, 4, 0.006)
    return [float(schedule(update)) for update in (0, 93, 187, 1031, 1500, 1876)]


def test_the_schedule_that_a_learner_writes_is_that_of_keras(both):
    ours, theirs = both(rates)
    assert ours == pytest.approx(theirs, abs=1e-6)
    checks = types.SimpleNamespace(learning_rate=lambda *_: None)
    cells = ("n_updates, warm_up, peak =", "def rate_of_solution(")
    names = run_cells(
        "training_a_convolutional_network", *cells, names={"np": np, "checks": checks}
    )
    by_hand = [names["rate_of_solution"](update) for update in (0, 93, 187, 1031, 1500, 1876)]
    assert by_hand == pytest.approx(theirs, abs=1e-6)


def recorded(k):
    names = {"keras": k, "in_a_tab": True}  # a record after every update
    cell = "def recorder("
    recorder = run_cells("training_a_convolutional_network", cell, names=names)["recorder"]
    model = same_weights(model_of(k, "cnn to train"))
    model.layers[-2].rate = 0  # dropout draws other numbers
    adam = k.optimizers.Adam(0.005)
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    records = []
    callbacks = [recorder(model, records)]
    model.fit(IMAGES, LABELS, batch_size=200, shuffle=False, verbose=0, callbacks=callbacks)
    updates, kernels, biases, losses, scores = map(np.array, zip(*records, strict=True))
    return updates.tolist(), [kernels, biases], losses, scores


def test_the_callback_that_records_the_first_layer_keeps_the_same(both):
    (ours, our_layers, *our_curves), (theirs, their_layers, *their_curves) = both(recorded)
    assert ours == theirs == [1, 2, 3, 4, 5]
    close(our_layers, their_layers, 1e-3)
    close(our_curves, their_curves, 1e-3)
    assert np.abs(their_layers[0][-1] - their_layers[0][0]).max() > 0.005


def dropped(k):
    model = model_of(k, "cnn to train")
    model.set_weights(load_cnn_weights())
    copies = np.repeat(IMAGES[:1], 200, axis=0)
    on, off = (np.asarray(model(copies, training=training)) for training in (True, False))
    return off, on.mean(axis=0), on.std(axis=0)


def test_dropout_is_on_if_training_is_said_and_off_otherwise(both):
    (ours, *drawn), (theirs, *drawn_by_theirs) = both(dropped)
    close(ours, theirs, 1e-6)
    assert np.ptp(ours, axis=0).max() < 1e-6
    mean, deviation = drawn_by_theirs
    assert drawn[0] == pytest.approx(mean, abs=0.01)
    assert drawn[1] == pytest.approx(deviation, abs=0.01)
    assert deviation.max() > 0.001
