"""The checks of "The same network in Keras" read every honest model, and name what is wrong."""

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from course_utils.checks import the_same_network_in_keras as checks
from course_utils.datasets import load_mnist
from course_utils.environment import quiet_keras_import
from tests.unit.answers import verdicts

with quiet_keras_import():
    import keras
    from keras import layers

SPARSE = "sparse_categorical_crossentropy"
DENSE = [(16, "relu"), (16, "relu"), (10, "softmax")]


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


def functional():
    image = keras.Input((28, 28, 1))
    hidden = sixteen()(sixteen()(layers.Flatten()(image)))
    return keras.Model(image, ten()(hidden))


def reshaped(flatten):
    """A functional model; `flatten` lays the pixels side by side."""
    image = keras.Input((28, 28, 1))
    return keras.Model(image, ten()(sixteen()(sixteen()(flatten(image)))))


def penalised(penalty):
    dense = [layers.Dense(n, a, kernel_regularizer=penalty) for n, a in DENSE]
    return network(layers.Flatten(), *dense)


def input_in_the_first_layer():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return keras.Sequential(
            [layers.Flatten(input_shape=(28, 28, 1)), sixteen(), sixteen(), ten()]
        )


def with_dropout():
    return network(layers.Flatten(), sixteen(), layers.Dropout(0.2), sixteen(), ten())


class SquaredWeights(keras.regularizers.Regularizer):
    def __call__(self, kernel):
        return 2.5e-7 * keras.ops.sum(kernel**2)


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
    "Reshape to -1": lambda: network(layers.Reshape((-1,)), sixteen(), sixteen(), ten()),
    "keras.ops.reshape": lambda: reshaped(lambda image: keras.ops.reshape(image, (-1, 784))),
    "Lambda": lambda: reshaped(layers.Lambda(lambda image: keras.ops.reshape(image, (-1, 784)))),
    "Flatten late, without a difference": lambda: network(
        layers.Reshape((784,)), sixteen(), sixteen(), ten(), layers.Flatten()
    ),
    "with the penalty of MLPClassifier": lambda: penalised(keras.regularizers.L2(0.0001 / 400)),
    "with its penalty as L1L2": lambda: penalised(keras.regularizers.L1L2(l2=0.0001 / 400)),
    "with its penalty as a class of their own": lambda: penalised(SquaredWeights()),
    "with a penalty of 0": lambda: penalised(keras.regularizers.L2(0)),
    "other random first weights": lambda: network(
        layers.Flatten(), sixteen(kernel_initializer="he_normal"), sixteen(), ten()
    ),
}


@pytest.mark.parametrize("build", HONEST_LAYERS.values(), ids=HONEST_LAYERS)
def test_an_equal_network_is_right_however_its_layers_are_written(says, build):
    text = says(checks.the_same_network, compiled(build()))
    assert text.startswith("Right.")


@pytest.mark.parametrize(
    "settings",
    [
        {"optimizer": "Adam"},
        {"optimizer": keras.optimizers.Adam()},
        {"optimizer": keras.optimizers.Adam(learning_rate=0.001, epsilon=1e-8)},
        {"optimizer": keras.optimizers.Adam(weight_decay=0.0, beta_1=0.9)},
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
def test_an_equal_way_to_learn_is_right_however_it_is_named(says, settings):
    text = says(checks.the_same_network, compiled(usual(), **settings))
    assert text.startswith("Right.")


def frozen(*places):
    model = usual()
    for place in places:
        model.layers[place].trainable = False
    return model


def frozen_as_a_whole():
    model = usual()
    model.trainable = False
    return model


TRAINS_OTHERWISE = {
    "alpha": (lambda: penalised(keras.regularizers.L2(0.0001)), "is 400 times that of"),
    "alpha / 2": (lambda: penalised(keras.regularizers.L2(0.00005)), "is 200 times that of"),
    "l2": (lambda: penalised("l2"), "is 40,000 times that of"),
    "too weak": (lambda: penalised(keras.regularizers.L2(0.0001 / 4000)), "is 0.1 times that of"),
    "l1": (lambda: penalised("l1"), "not a number times the sum of the squared weights"),
    "in one layer": (
        lambda: network(
            layers.Flatten(),
            sixteen(kernel_regularizer=keras.regularizers.L2(0.0001 / 400)),
            sixteen(),
            ten(),
        ),
        "not all of your layers have it",
    ),
    "of biases": (
        lambda: network(layers.Flatten(), sixteen(bias_regularizer="l2"), sixteen(), ten()),
        "a penalty with bias_regularizer",
    ),
    "of outputs": (
        lambda: network(layers.Flatten(), sixteen(activity_regularizer="l2"), sixteen(), ten()),
        "a penalty with activity_regularizer",
    ),
    "constraint": (
        lambda: network(layers.Flatten(), sixteen(kernel_constraint="max_norm"), sixteen(), ten()),
        "You have set kernel_constraint",
    ),
    "zeros": (
        lambda: network(layers.Flatten(), sixteen(kernel_initializer="zeros"), sixteen(), ten()),
        "The weights of your first hidden layer are all 0.",
    ),
    "ones": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(kernel_initializer="ones"), ten()),
        "The weights of your second hidden layer are all 1.",
    ),
    "one frozen layer": (lambda: frozen(1), "Your first hidden layer is frozen"),
    "two frozen layers": (lambda: frozen(1, 3), "Layers of yours are frozen"),
    "all frozen": (frozen_as_a_whole, "Your whole network is frozen"),
}


@pytest.mark.parametrize(("build", "message"), TRAINS_OTHERWISE.values(), ids=TRAINS_OTHERWISE)
def test_an_equal_network_that_would_learn_otherwise_is_told_why(says, build, message):
    text = says(checks.the_same_network, compiled(build()))
    assert text.startswith("Not yet.")
    assert message in text


def test_a_network_that_was_trained_is_left_as_it_was(says):
    """It continues to learn like one that no check has looked at."""
    mnist = load_mnist()
    images, labels = mnist.train_images[:64, ..., np.newaxis], mnist.train_labels[:64]
    learned = []
    for looked_at in (False, True):
        keras.utils.set_random_seed(0)
        model = compiled(with_dropout())
        model.fit(images, labels, verbose=0)
        if looked_at:
            assert "Dropout" in says(checks.the_same_network, model)
        run = model.fit(images, labels, verbose=0)
        learned.append([*model.get_weights(), *run.history["loss"], *run.history["accuracy"]])
    for one, other in zip(*learned, strict=True):
        assert np.array_equal(one, other)


def test_no_check_compiles_a_function_of_tensorflow(says):
    """A new one for each run of a cell would soon bring TensorFlow's warning of retracing."""
    model, fresh = compiled(usual()), usual()
    says(checks.the_same_network, model)
    says(checks.carried_weights, CARRIED, fresh, FITTED, IMAGES, PROBABILITIES)
    assert model.predict_function is fresh.predict_function is None


def test_what_counts_is_what_a_model_computes(says):
    """Activations without a layer are read, and no mistake is named that is not there."""

    def model(last):
        image = keras.Input((28, 28, 1))
        hidden = layers.Flatten()(image)
        for _ in range(2):
            hidden = keras.ops.relu(sixteen(None)(hidden))
        return compiled(keras.Model(image, ten(last)(hidden)))

    assert says(checks.the_same_network, model("softmax")).startswith("Right.")
    assert "Your last layer has the activation tanh" in says(checks.the_same_network, model("tanh"))


def test_unknown_activations_are_listed(says):
    model = compiled(
        network(layers.Flatten(), sixteen("gelu"), sixteen(None), layers.ReLU(), ten())
    )
    assert "their activations are gelu, relu and softmax" in says(checks.the_same_network, model)


def test_several_inputs_or_outputs_are_named(says):
    image, other = keras.Input((28, 28, 1)), keras.Input((28, 28, 1))
    hidden = sixteen()(sixteen()(layers.Flatten()(image)))
    outputs = ten()(hidden)
    for model, message in (
        (keras.Model([image, other], outputs), "several inputs"),
        (keras.Model(image, [hidden, outputs]), "several outputs"),
        (keras.Sequential([keras.Input(()), layers.Flatten()]), "the shape ()"),
    ):
        assert message in says(checks.the_same_network, model)


def test_right_layers_in_a_wrong_arrangement_are_not_called_wrong(says):
    image = keras.Input((28, 28, 1))
    flat = layers.Flatten()(image)
    first = sixteen()(flat)
    model = keras.Model(image, ten()(sixteen()(first) + first))
    text = says(checks.the_same_network, compiled(model))
    assert "Each of your layers is right" in text


WRONG_LAYERS = {
    "no Flatten": (lambda: network(sixteen(), sixteen(), ten()), "has 474 parameters"),
    "reshape late": (
        lambda: keras.Model(
            image := keras.Input((28, 28, 1)),
            ten()(sixteen()(keras.ops.reshape(sixteen()(image), (-1, 784 * 16)))),
        ),
        "Flatten comes too late",
    ),
    "reshape, one hidden": (
        lambda: keras.Model(
            image := keras.Input((28, 28, 1)),
            ten()(sixteen()(keras.ops.reshape(image, (-1, 784)))),
        ),
        "One hidden layer is missing",
    ),
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
        with_dropout,
        "MLPClassifier does not have, Dropout",
    ),
    "Conv2D": (
        lambda: network(layers.Conv2D(4, 3), layers.Flatten(), sixteen(), sixteen(), ten()),
        'Convolutions come in "Convolution',
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
        "ten sums into ten probabilities",
    ),
    "softmax twice": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), ten(), layers.Softmax()),
        "the activation softmax twice",
    ),
    "ReLU at the end": (
        lambda: network(layers.Flatten(), sixteen(), sixteen(), ten("relu")),
        "which add up to 1",
    ),
}


@pytest.mark.parametrize(("build", "message"), WRONG_LAYERS.values(), ids=WRONG_LAYERS)
def test_a_mistake_in_the_layers_is_named(says, build, message):
    text = says(checks.the_same_network, build())
    assert text.startswith("Not yet.")
    assert message in text


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"optimizer": "sgd"}, "Your optimizer is SGD"),
        ({"optimizer": "rmsprop"}, "what compile uses if you name none"),
        ({"optimizer": keras.optimizers.Adam(0.01)}, "the learning rate 0.01"),
        (
            {
                "optimizer": keras.optimizers.Adam(
                    keras.optimizers.schedules.ExponentialDecay(0.001, 100, 0.9)
                )
            },
            "follows a schedule, ExponentialDecay",
        ),
        ({"optimizer": keras.optimizers.Adam(weight_decay=0.01)}, "has weight_decay=0.01: it sh"),
        ({"optimizer": keras.optimizers.AdamW()}, "Your optimizer is AdamW"),
        ({"optimizer": keras.optimizers.Adam(clipnorm=1.0)}, "has clipnorm=1.0: it shortens"),
        ({"optimizer": keras.optimizers.Adam(amsgrad=True)}, "has amsgrad=True: that is another"),
        ({"optimizer": keras.optimizers.Adam(beta_1=0.5)}, "MLPClassifier has 0.9."),
        ({"optimizer": keras.optimizers.Adam(epsilon=0.1)}, "has epsilon=0.1"),
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
        ({"metrics": [], "loss_weights": ["accuracy"]}, "is loss_weights"),
        ({"metrics": ["categorical_accuracy"]}, "for one-hot labels"),
        ({"metrics": [keras.metrics.Accuracy()]}, "whether two numbers are equal"),
        ({"metrics": ["mse"]}, "Your metric is mse"),
    ],
)
def test_a_mistake_in_compile_is_named(says, settings, message):
    text = says(checks.the_same_network, compiled(usual(), **settings))
    assert text.startswith("Not yet.")
    assert message in text


def test_logits_with_a_loss_for_logits_are_told_apart_from_a_forgotten_softmax(says):
    model = network(layers.Flatten(), sixteen(), sixteen(), ten(None))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    text = says(checks.the_same_network, compiled(model, loss=loss))
    assert "trains alike, but it answers with ten sums" in text


def test_the_record_of_a_run_is_not_a_model(says):
    model = compiled(usual())
    run = model.fit(np.zeros((4, 28, 28, 1)), np.zeros(4), verbose=0)
    assert "a record of a run" in says(checks.the_same_network, run)


RNG = np.random.default_rng(0)
IMAGES = RNG.random((20, 28, 28)).astype(np.float32)
with warnings.catch_warnings():
    warnings.simplefilter("ignore", ConvergenceWarning)
    FITTED = MLPClassifier((16, 16), max_iter=2, random_state=0)
    FITTED.fit(IMAGES.reshape(20, 784), np.arange(20) % 10)
COEFS, INTERCEPTS = FITTED.coefs_, FITTED.intercepts_
CARRIED = [array for pair in zip(COEFS, INTERCEPTS, strict=True) for array in pair]
PROBABILITIES = FITTED.predict_proba(IMAGES.reshape(20, 784))

GIVEN = {"carried_weights": (usual(), FITTED, IMAGES, PROBABILITIES)}

RIGHT = [
    ("the_same_network", compiled(usual()), "With the same weights"),
    ("parameters_per_layer", [0, 12_560, 272, 170], "Right. 0, 12,560"),
    ("parameters_per_layer", (0, 12_560, 272, 170), "Right."),
    ("parameters_per_layer", np.array([0, 12_560, 272, 170]), "Right."),
    ("parameters_per_layer", keras.ops.convert_to_tensor([0, 12_560, 272, 170]), "Right."),
    ("without_flatten", "b", "Right."),
    ("without_flatten", " (B) ", "Right."),
    ("loss_for_labels", {"integers": SPARSE, "one-hot": SPARSE[7:]}, "Right."),
    ("loss_for_labels", {"Integers": SPARSE, "one_hot": "CategoricalCrossentropy"}, "Right."),
    (
        "loss_for_labels",
        {
            "integers": keras.losses.SparseCategoricalCrossentropy(),
            "one-hot": keras.losses.CategoricalCrossentropy(name="mine"),
        },
        "Right.",
    ),
    (
        "loss_for_labels",
        {
            "integers": keras.losses.SparseCategoricalCrossentropy,
            "one-hot": keras.losses.categorical_crossentropy,
        },
        "Right.",
    ),
    (
        "loss_for_labels",
        {"integers": np.str_("SparseCategoricalCrossentropy"), "one-hot": np.str_(SPARSE[7:])},
        "Right.",
    ),
    ("carried_weights", CARRIED, "200 probabilities"),
    ("carried_weights", tuple(CARRIED), "200 probabilities"),
]

WRONG = [
    ("the_same_network", usual(), "not compiled yet"),
    ("the_same_network", None, "compile returns nothing"),
    ("the_same_network", [layers.Flatten(), ten()], "Put the list into keras.Sequential"),
    ("the_same_network", keras.Sequential, "should be a Keras model"),
    ("the_same_network", FITTED, "scikit-learn's network"),
    ("the_same_network", keras.callbacks.History(), "should be a Keras model"),
    ("the_same_network", usual, "did you forget to call it?"),
    ("parameters_per_layer", 13_002, "the whole network"),
    ("parameters_per_layer", 13_002.0, "the whole network"),
    ("parameters_per_layer", 13.002, "the whole network"),
    ("parameters_per_layer", ["0", "12560", "272", "170"], "per_layer[0] "),
    ("parameters_per_layer", [12_560, 272, 170], "Flatten is a layer too"),
    ("parameters_per_layer", [0, 12_544, 256, 160], "weights alone"),
    ("parameters_per_layer", [0, 32, 272, 170], "all 784 pixels"),
    ("parameters_per_layer", [784, 12_560, 272, 170], "For Flatten you have 784"),
    ("parameters_per_layer", [0, 12_560, 272, 160], "For the last Dense you have 160"),
    ("parameters_per_layer", [784, 16, 16, 10], "what would it have to learn"),
    ("parameters_per_layer", [0, 1], "has 2 entries"),
    ("parameters_per_layer", [0, (12_544, 16), (256, 16), (160, 10)], "add up its weights"),
    ("parameters_per_layer", {0, 12_560, 272, 170}, "a set, which has no order"),
    ("parameters_per_layer", [0, "a", 1, 2], "per_layer[1] should be a number"),
    ("without_flatten", "a", "Input((28, 28, 1)) is fine"),
    ("without_flatten", "c", "along the last axis"),
    ("without_flatten", "d", "compile adds no weights"),
    ("without_flatten", "e", "should be one of"),
    ("loss_for_labels", {"integers": SPARSE[7:], "one-hot": SPARSE}, "The two are swapped"),
    ("loss_for_labels", {"integers": SPARSE, "one-hot": SPARSE}, "sparse loss for both"),
    ("loss_for_labels", {"integers": SPARSE[7:], "one-hot": SPARSE[7:]}, "is not ten switches"),
    ("loss_for_labels", {"integers": SPARSE}, "no entry for 'one-hot'"),
    (
        "loss_for_labels",
        {
            "integers": keras.losses.CategoricalCrossentropy(),
            "one-hot": keras.losses.SparseCategoricalCrossentropy(),
        },
        "The two are swapped",
    ),
    (
        "loss_for_labels",
        {
            "integers": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            "one-hot": SPARSE[7:],
        },
        "The loss for 'integers' is told from_logits=True",
    ),
    (
        "loss_for_labels",
        {"integers": keras.losses.MeanSquaredError(), "one-hot": SPARSE[7:]},
        "For 'integers' you have a MeanSquaredError",
    ),
    ("loss_for_labels", {"integers": "mse", "one-hot": SPARSE}, "Choose between"),
    ("loss_for_labels", {"integers": 1, "one-hot": 2}, "Choose between"),
    ("loss_for_labels", {"integers": ..., "one-hot": ...}, "Choose between"),
    ("loss_for_labels", SPARSE, "should be a dictionary"),
    ("carried_weights", COEFS, "weights alone"),
    ("carried_weights", INTERCEPTS, "biases alone"),
    ("carried_weights", COEFS + INTERCEPTS, "all the matrices come first"),
    ("carried_weights", [COEFS, INTERCEPTS], "carried holds two lists"),
    ("carried_weights", list(zip(COEFS, INTERCEPTS, strict=True)), "unpack the pairs"),
    ("carried_weights", [CARRIED[i] for i in (1, 0, 3, 2, 5, 4)], "the biases come first"),
    ("carried_weights", [array.T for array in CARRIED], "the matrices are transposed"),
    ("carried_weights", CARRIED[::-1], "the order is reversed"),
    ("carried_weights", CARRIED[:5], "has 5 arrays"),
    ("carried_weights", [CARRIED[0].ravel(), *CARRIED[1:]], "carried[0] has shape"),
    (
        "carried_weights",
        [*CARRIED[:2], CARRIED[2].T, *CARRIED[3:]],
        "its square shape does not show",
    ),
    (
        "carried_weights",
        [array if array.ndim == 2 else 0 * array for array in CARRIED],
        "carried[1]: it is all zeros",
    ),
    ("carried_weights", usual(), "carried is a whole model"),
    ("carried_weights", COEFS[0], "should be a list of six arrays"),
    ("carried_weights", None, "None"),
    ("carried_weights", ["a"] * 6, "carried[0] should be an array"),
    ("carried_weights", [], "has 0 arrays"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)
