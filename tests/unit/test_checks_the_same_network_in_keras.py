"""The checks of lesson 5 say what is wrong with this answer, and read every honest model."""

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from course_utils.checks import the_same_network_in_keras as checks
from course_utils.environment import quiet_keras_import

with quiet_keras_import():
    import keras

layers = keras.layers
SPARSE = "sparse_categorical_crossentropy"


def network(*given, shape=(28, 28, 1)):
    return keras.Sequential([keras.Input(shape), *given])


def sixteen(activation="relu", **settings):
    return layers.Dense(16, activation=activation, **settings)


def ten(activation="softmax"):
    return layers.Dense(10, activation=activation)


def usual():
    return network(layers.Flatten(), sixteen(), sixteen(), ten())


def compiled(model, optimizer="adam", loss=SPARSE, metrics=("accuracy",), **others):
    model.compile(optimizer=optimizer, loss=loss, metrics=list(metrics), **others)
    return model


def said(capsys, check, answer, *given):
    capsys.readouterr()
    assert check(answer, *given) is None
    return capsys.readouterr().out


def functional():
    image = keras.Input((28, 28, 1))
    hidden = sixteen()(sixteen()(layers.Flatten()(image)))
    return keras.Model(image, ten()(hidden))


def input_in_the_first_layer():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return keras.Sequential(
            [layers.Flatten(input_shape=(28, 28, 1)), sixteen(), sixteen(), ten()]
        )


HONEST_LAYERS = {
    "usual": usual,
    "functional": functional,
    "input_shape": input_in_the_first_layer,
    "InputLayer": lambda: keras.Sequential(
        [layers.InputLayer(shape=(28, 28, 1)), layers.Flatten(), sixteen(), sixteen(), ten()]
    ),
    "activations as layers": lambda: network(
        layers.Flatten(),
        sixteen(None),
        layers.Activation("relu"),
        sixteen(None),
        layers.ReLU(),
        ten(None),
        layers.Softmax(),
    ),
    "activations as functions": lambda: network(
        layers.Flatten(),
        sixteen(keras.activations.relu),
        sixteen(layers.ReLU()),
        ten(keras.activations.softmax),
    ),
    "softmax as an Activation": lambda: network(
        layers.Flatten(), sixteen(), sixteen(), ten(None), layers.Activation("softmax")
    ),
    "Reshape": lambda: network(layers.Reshape((784,)), sixteen(), sixteen(), ten()),
    "a model in the model": lambda: network(
        layers.Flatten(), keras.Sequential([sixteen(), sixteen()]), ten()
    ),
    "with the penalty": lambda: network(
        layers.Flatten(), sixteen(kernel_regularizer="l2"), sixteen(), ten()
    ),
}


@pytest.mark.parametrize("build", HONEST_LAYERS.values(), ids=HONEST_LAYERS)
def test_an_equal_network_is_right_however_its_layers_are_written(capsys, build):
    text = said(capsys, checks.the_same_network, compiled(build()))
    assert text.startswith("Right.")


@pytest.mark.parametrize(
    "settings",
    [
        {"optimizer": "Adam"},
        {"optimizer": keras.optimizers.Adam()},
        {"optimizer": keras.optimizers.Adam(learning_rate=0.001, epsilon=1e-8)},
        {"loss": keras.losses.SparseCategoricalCrossentropy()},
        {"loss": keras.losses.SparseCategoricalCrossentropy(name="mine")},
        {"loss": keras.losses.sparse_categorical_crossentropy},
        {"loss": "SparseCategoricalCrossentropy"},
        {"loss": [SPARSE]},
        {"metrics": ["acc"]},
        {"metrics": ["accuracy", "mse"]},
        {"metrics": ["sparse_categorical_accuracy"]},
        {"metrics": [keras.metrics.SparseCategoricalAccuracy()]},
        {"metrics": [keras.metrics.sparse_categorical_accuracy]},
        {"metrics": [["accuracy"]]},
    ],
)
def test_an_equal_way_to_learn_is_right_however_it_is_named(capsys, settings):
    text = said(capsys, checks.the_same_network, compiled(usual(), **settings))
    assert text.startswith("Right.")


def test_a_network_that_was_trained_is_still_right(capsys):
    model = compiled(usual())
    model.fit(np.zeros((4, 28, 28, 1)), np.zeros(4), verbose=0)
    assert said(capsys, checks.the_same_network, model).startswith("Right.")


WRONG_LAYERS = {
    "no Flatten": (lambda: network(sixteen(), sixteen(), ten()), "has 474 parameters"),
    "Flatten late": (
        lambda: network(sixteen(), layers.Flatten(), sixteen(), ten()),
        "Flatten comes too late",
    ),
    "no input": (
        lambda: keras.Sequential([layers.Flatten(), sixteen(), sixteen(), ten()]),
        "keras.Input((28, 28, 1))",
    ),
    "no channel": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), ten(), shape=(28, 28)),
        "the channel is missing",
    ),
    "flat input": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), ten(), shape=(784,)),
        "the network flattens it",
    ),
    "all images as input": (
        lambda: network(layers.Flatten(), layers.Dense(1), layers.Dense(1), shape=(600, 28, 28, 1)),
        "the shape of one image",
    ),
    "rows": (
        lambda: network(layers.Reshape((28, 28)), sixteen(), sixteen(), ten()),
        "sees 28 numbers",
    ),
    "no layers": (lambda: keras.Sequential([keras.Input((28, 28, 1))]), "no layers yet"),
    "nothing dense": (lambda: network(layers.Flatten()), "no Dense layer yet"),
    "one hidden": (
        lambda: network(layers.Flatten(), sixteen(), ten()),
        "One hidden layer is missing",
    ),
    "no output": (lambda: network(layers.Flatten(), sixteen(), sixteen()), "outputs are missing"),
    "three hidden": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), sixteen(), ten()),
        "one layer too many",
    ),
    "pixels as units": (
        lambda: network(layers.Flatten(), layers.Dense(784), sixteen(), sixteen(), ten()),
        "784 inputs are the pixels",
    ),
    "units": (
        lambda: network(layers.Flatten(), layers.Dense(32), sixteen(), ten()),
        "32, 16 and 10 units",
    ),
    "nine outputs": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), layers.Dense(9)),
        "one unit for each of the ten digits",
    ),
    "no biases": (
        lambda: network(layers.Flatten(), sixteen(use_bias=False), sixteen(), ten()),
        "use_bias=False",
    ),
    "Rescaling": (
        lambda: network(layers.Rescaling(1 / 255), layers.Flatten(), sixteen(), sixteen(), ten()),
        "scaled already",
    ),
    "Dropout": (
        lambda: network(layers.Flatten(), sixteen(), layers.Dropout(0.2), sixteen(), ten()),
        "MLPClassifier has none",
    ),
    "Conv2D": (
        lambda: network(layers.Conv2D(4, 3), layers.Flatten(), sixteen(), sixteen(), ten()),
        "Convolutions come in lesson 7",
    ),
    "no ReLU": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(None), ten()),
        "Your second hidden layer has no activation",
    ),
    "sigmoid": (
        lambda: network(layers.Flatten(), sixteen("sigmoid"), sixteen(), ten()),
        "Your first hidden layer has the activation sigmoid",
    ),
    "no softmax": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), ten(None)),
        "Softmax is missing",
    ),
    "softmax twice": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), ten(), layers.Softmax()),
        "Softmax comes twice",
    ),
    "ReLU at the end": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), ten("relu")),
        "would not add up to 1",
    ),
    "not compiled": (usual, "not compiled yet"),
}


@pytest.mark.parametrize(("build", "message"), WRONG_LAYERS.values(), ids=WRONG_LAYERS)
def test_a_slip_in_the_layers_is_named(capsys, build, message):
    text = said(capsys, checks.the_same_network, build())
    assert text.startswith("Not yet.")
    assert message in text


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"optimizer": "sgd"}, "Your optimizer is SGD"),
        ({"optimizer": "rmsprop"}, "what compile takes if you name none"),
        ({"optimizer": keras.optimizers.Adam(0.01)}, "the learning rate 0.01"),
        ({"loss": None}, "has no loss"),
        ({"loss": "categorical_crossentropy"}, "It expects one-hot labels"),
        ({"loss": keras.losses.CategoricalCrossentropy()}, "It expects one-hot labels"),
        ({"loss": keras.losses.categorical_crossentropy}, "It expects one-hot labels"),
        ({"loss": "binary_crossentropy"}, "for two classes"),
        ({"loss": "mse"}, "numbers on a scale"),
        ({"loss": keras.losses.MeanSquaredError()}, "numbers on a scale"),
        ({"loss": "kl_divergence"}, "MLPClassifier uses cross-entropy"),
        (
            {"loss": keras.losses.SparseCategoricalCrossentropy(from_logits=True)},
            "from_logits=True",
        ),
        ({"metrics": []}, "the metric is missing"),
        ({"metrics": [], "loss_weights": ["accuracy"]}, "is taken for loss_weights"),
        ({"metrics": ["categorical_accuracy"]}, "for one-hot labels"),
        ({"metrics": [keras.metrics.Accuracy()]}, "whether two numbers are equal"),
        ({"metrics": ["mse"]}, "Your metric is mse"),
    ],
)
def test_a_slip_in_compile_is_named(capsys, settings, message):
    text = said(capsys, checks.the_same_network, compiled(usual(), **settings))
    assert text.startswith("Not yet.")
    assert message in text


def test_sums_with_a_loss_for_sums_are_told_from_a_forgotten_softmax(capsys):
    model = network(layers.Flatten(), sixteen(), sixteen(), ten(None))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    text = said(capsys, checks.the_same_network, compiled(model, loss=loss))
    assert "trains alike, but it answers with ten sums" in text


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "compile returns nothing"),
        ([layers.Flatten(), ten()], "Put the list into keras.Sequential"),
        (keras.Sequential, "should be a Keras model"),
        (MLPClassifier((16, 16)), "scikit-learn's network"),
        (keras.callbacks.History(), "should be a Keras model"),
        (usual, "did you forget to call it?"),
    ],
    ids=["None", "list", "class", "MLPClassifier", "History", "function"],
)
def test_what_is_no_model_is_named(capsys, answer, message):
    text = said(capsys, checks.the_same_network, answer)
    assert text.startswith("Not yet.")
    assert message in text


def test_the_record_of_a_run_is_no_model(capsys):
    model = compiled(usual())
    run = model.fit(np.zeros((4, 28, 28, 1)), np.zeros(4), verbose=0)
    assert "a record of a run" in said(capsys, checks.the_same_network, run)


@pytest.mark.parametrize(
    ("name", "answer", "message"),
    [
        ("parameters_per_layer", [0, 12_560, 272, 170], "Right. 0, 12,560"),
        ("parameters_per_layer", (0, 12_560, 272, 170), "Right."),
        ("parameters_per_layer", np.array([0, 12_560, 272, 170]), "Right."),
        ("parameters_per_layer", keras.ops.convert_to_tensor([0, 12_560, 272, 170]), "Right."),
        ("parameters_per_layer", 13_002, "the whole network"),
        ("parameters_per_layer", [12_560, 272, 170], "Flatten is a layer too"),
        ("parameters_per_layer", [0, 12_544, 256, 160], "weights alone"),
        ("parameters_per_layer", [0, 32, 272, 170], "all 784 pixels"),
        ("parameters_per_layer", [784, 12_560, 272, 170], "You give Flatten 784"),
        ("parameters_per_layer", [0, 12_560, 272, 160], "You give the last Dense 160"),
        ("parameters_per_layer", [784, 16, 16, 10], "numbers that each layer gives on"),
        ("parameters_per_layer", [0, 1], "has 2 entries"),
        ("parameters_per_layer", [0, (12_544, 16), (256, 16), (160, 10)], "add up its weights"),
        ("parameters_per_layer", {0, 12_560, 272, 170}, "keep the order"),
        ("parameters_per_layer", [0, "a", 1, 2], "per_layer[1] should be a number"),
        ("without_flatten", "b", "Right."),
        ("without_flatten", " (B) ", "Right."),
        ("without_flatten", "a", "Input((28, 28, 1)) is fine"),
        ("without_flatten", "c", "along the last axis"),
        ("without_flatten", "d", "compile adds no weights"),
        ("without_flatten", "e", "should be one of"),
        ("loss_for_labels", {"integers": SPARSE, "one-hot": SPARSE[7:]}, "Right."),
        ("loss_for_labels", {"Integers": SPARSE, "one_hot": "CategoricalCrossentropy"}, "Right."),
        ("loss_for_labels", {"integers": SPARSE[7:], "one-hot": SPARSE}, "exchanged"),
        ("loss_for_labels", {"integers": SPARSE, "one-hot": SPARSE}, "sparse loss for both"),
        ("loss_for_labels", {"integers": SPARSE[7:], "one-hot": SPARSE[7:]}, "is not ten switches"),
        ("loss_for_labels", {"integers": SPARSE}, "no entry for 'one-hot'"),
        ("loss_for_labels", {"integers": "mse", "one-hot": SPARSE}, "Choose between"),
        ("loss_for_labels", {"integers": 1, "one-hot": 2}, "Choose between"),
        ("loss_for_labels", {"integers": ..., "one-hot": ...}, "Choose between"),
        ("loss_for_labels", SPARSE, "should be a dictionary"),
    ],
)
def test_the_other_checks(capsys, name, answer, message):
    text = said(capsys, getattr(checks, name), answer)
    assert text.startswith("Right." if message.startswith("Right") else "Not yet.")
    assert message in text


RNG = np.random.default_rng(0)
IMAGES = RNG.random((20, 28, 28)).astype(np.float32)


@pytest.fixture(scope="module")
def fitted():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        mlp = MLPClassifier((16, 16), max_iter=2, random_state=0)
        return mlp.fit(IMAGES.reshape(20, 784), np.arange(20) % 10)


def in_order(fitted):
    pairs = zip(fitted.coefs_, fitted.intercepts_, strict=True)
    return [array for pair in pairs for array in pair]


def about_carried(capsys, fitted, answer):
    probabilities = fitted.predict_proba(IMAGES.reshape(20, 784))
    return said(capsys, checks.carried_weights, answer, usual(), fitted, IMAGES, probabilities)


def test_carried_weights_give_the_same_probabilities(capsys, fitted):
    for answer in (in_order(fitted), tuple(in_order(fitted))):
        text = about_carried(capsys, fitted, answer)
        assert text.startswith("Right. 200 probabilities")


CARRIED_WRONG = {
    "weights alone": (lambda m: m.coefs_, "weights alone"),
    "biases alone": (lambda m: m.intercepts_, "biases alone"),
    "scikit-learn's order": (lambda m: m.coefs_ + m.intercepts_, "all the matrices come first"),
    "two lists": (lambda m: [m.coefs_, m.intercepts_], "carried holds two lists"),
    "pairs": (lambda m: list(zip(m.coefs_, m.intercepts_, strict=True)), "open the pairs"),
    "biases first": (
        lambda m: [in_order(m)[i] for i in (1, 0, 3, 2, 5, 4)],
        "the biases come first",
    ),
    "transposed": (lambda m: [a.T for a in in_order(m)], "the matrices are transposed"),
    "reversed": (lambda m: in_order(m)[::-1], "turned round"),
    "five": (lambda m: in_order(m)[:5], "has 5 arrays"),
    "flat": (lambda m: [in_order(m)[0].ravel(), *in_order(m)[1:]], "carried[0] has shape"),
    "square transposed": (
        lambda m: [a.T if i == 2 else a for i, a in enumerate(in_order(m))],
        "its square shape does not show",
    ),
    "zero biases": (
        lambda m: [a if a.ndim == 2 else 0 * a for a in in_order(m)],
        "carried[1]: it is all zeros",
    ),
    "one model": (lambda m: usual(), "carried is a whole model"),
    "an array": (lambda m: m.coefs_[0], "should be a list of six arrays"),
    "nothing": (lambda m: None, "None"),
    "text": (lambda m: ["a"] * 6, "carried[0] should be an array"),
    "empty": (lambda m: [], "has 0 arrays"),
}


@pytest.mark.parametrize(("make", "message"), CARRIED_WRONG.values(), ids=CARRIED_WRONG)
def test_a_slip_in_carrying_is_named(capsys, fitted, make, message):
    text = about_carried(capsys, fitted, make(fitted))
    assert text.startswith("Not yet.")
    assert message in text


@pytest.mark.parametrize(
    "name", ["parameters_per_layer", "the_same_network", "without_flatten", "loss_for_labels"]
)
def test_untouched_and_nonsense(capsys, name):
    check = getattr(checks, name)
    assert said(capsys, check, ...).startswith("Not attempted yet")
    for nonsense in (None, "nonsense", np.array(5), [], [None], {}, {1}, len, True, np.nan):
        text = said(capsys, check, nonsense)
        assert text.startswith("Not yet.")
        assert len(text) > 30
