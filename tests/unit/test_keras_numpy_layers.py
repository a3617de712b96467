"""Layer by layer, the NumPy edition of Keras computes what Keras computes with TensorFlow."""

import functools

import numpy as np
import pytest

from tests.unit.editions import close, in_both, keras, keras_numpy, tf

RNG = np.random.default_rng(0)
FLAT = RNG.standard_normal((6, 20)).astype(np.float32)
SMALL = RNG.standard_normal((5, 9, 11, 3)).astype(np.float32)
STEPS = RNG.integers(0, 3, (4, 8, 7, 2)).astype(np.float32)  # many equal numbers
BLANK = np.ones((2, 6, 6, 2), np.float32)

LAYERS = {
    "Dense": (lambda k: k.layers.Dense(7), FLAT),
    "Dense relu": (lambda k: k.layers.Dense(7, activation="relu"), FLAT),
    "Dense sigmoid": (lambda k: k.layers.Dense(7, activation="sigmoid"), FLAT),
    "Dense tanh": (lambda k: k.layers.Dense(7, activation="tanh"), FLAT),
    "Dense softmax": (lambda k: k.layers.Dense(7, activation="softmax"), FLAT),
    "Dense without biases": (lambda k: k.layers.Dense(7, use_bias=False), FLAT),
    "Dense on images": (lambda k: k.layers.Dense(4, activation="relu"), SMALL),
    "Dense with a layer": (lambda k: k.layers.Dense(4, activation=k.layers.ReLU()), FLAT),
    "Conv2D": (lambda k: k.layers.Conv2D(4, 3), SMALL),
    "Conv2D relu": (lambda k: k.layers.Conv2D(4, 3, activation="relu"), SMALL),
    "Conv2D softmax": (lambda k: k.layers.Conv2D(4, 3, activation="softmax"), SMALL),
    "Conv2D same": (lambda k: k.layers.Conv2D(4, 3, padding="same"), SMALL),
    "Conv2D even, same": (lambda k: k.layers.Conv2D(4, (2, 4), padding="same"), SMALL),
    "Conv2D strides": (lambda k: k.layers.Conv2D(4, (3, 2), strides=(2, 3)), SMALL),
    "Conv2D strides, same": (lambda k: k.layers.Conv2D(4, 3, 2, padding="same"), SMALL),
    "Conv2D 1x1": (lambda k: k.layers.Conv2D(4, 1, use_bias=False), SMALL),
    "Conv2D of the whole image": (lambda k: k.layers.Conv2D(4, (9, 11)), SMALL),
    "MaxPooling2D": (lambda k: k.layers.MaxPooling2D(2), SMALL),
    "MaxPooling2D, equals": (lambda k: k.layers.MaxPooling2D(2), STEPS),
    "MaxPooling2D, all equal": (lambda k: k.layers.MaxPooling2D(2), BLANK),
    "MaxPooling2D, overlapping": (lambda k: k.layers.MaxPooling2D(3, 2), STEPS),
    "MaxPooling2D, gaps": (lambda k: k.layers.MaxPooling2D((1, 2), (3, 2)), STEPS),
    "MaxPooling2D, same": (lambda k: k.layers.MaxPooling2D(3, 2, padding="same"), STEPS),
    "Flatten": (lambda k: k.layers.Flatten(), SMALL),
    "Reshape": (lambda k: k.layers.Reshape((11, -1)), SMALL),
    "Rescaling": (lambda k: k.layers.Rescaling(1 / 255, offset=-0.5), SMALL),
    "Activation": (lambda k: k.layers.Activation("tanh"), SMALL),
    "ReLU": (lambda k: k.layers.ReLU(), SMALL),
    "Softmax": (lambda k: k.layers.Softmax(), SMALL),
    "Dropout": (lambda k: k.layers.Dropout(0.5), SMALL),
    "Sequential": (
        lambda k: k.Sequential([k.layers.Conv2D(3, 2), k.layers.Flatten(), k.layers.Dense(2)]),
        SMALL,
    ),
}
every_layer = pytest.mark.parametrize("name", LAYERS)


@functools.cache
def built(name):
    """The layer in both editions, its weights made and equal, biases not 0."""
    build, x = LAYERS[name]

    def make(edition):
        layer = build(edition)
        layer(x)
        return layer

    theirs, ours = in_both(make)
    rng = np.random.default_rng(1)
    weights = [a + 0.1 * rng.standard_normal(a.shape).astype("f4") for a in theirs.get_weights()]
    for layer in (theirs, ours):
        layer.set_weights(weights)
    return theirs, ours, x


@every_layer
def test_forward(name):
    theirs, ours, x = built(name)
    close(ours(x), np.asarray(theirs(x)), 1e-6)


@every_layer
def test_the_shape_is_known_before_any_image_comes(name):
    theirs, ours, x = built(name)
    shape = (None, *x.shape[1:])
    assert ours.compute_output_shape(shape) == tuple(theirs.compute_output_shape(shape))


@every_layer
def test_gradients(name):
    theirs, ours, x = built(name)
    weighing = np.random.default_rng(2).standard_normal(np.shape(ours(x))).astype(np.float32)
    x_variable = tf.Variable(x)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(theirs(x_variable) * weighing)
    variables = [weight.value for weight in theirs.trainable_weights]
    to_input, *to_weights = tape.gradient(loss, [x_variable, *variables])

    _, saved = ours.forward(x, training=theirs.count_params() > 0)
    gradients = {}
    result = ours.backward(weighing.copy(), saved, gradients, needs_input=True)

    close(result, to_input.numpy(), 1e-5)
    assert len(gradients) == len(to_weights)
    for weight, theirs_ in zip(ours.weights, to_weights, strict=True):
        close(gradients[id(weight)], theirs_.numpy(), 1e-5)


@every_layer
def test_what_comes_in_stays_as_it_was(name):
    _, ours, x = built(name)
    before = x.copy()
    ours(x)
    assert np.array_equal(x, before)


LABELS = RNG.integers(0, 7, 6)
SWITCHES = np.eye(7, dtype=np.float32)[LABELS]
LOGITS = (5 * RNG.standard_normal((6, 7))).astype(np.float32)
P = np.exp(LOGITS) / np.exp(LOGITS).sum(axis=1, keepdims=True)
SURE = np.eye(7, dtype=np.float32)[[0, 1, 2, 3, 4, 5]]  # probabilities of exactly 0 and 1
HALF = RNG.integers(0, 2, (6, 7)).astype(np.float32)
LOSSES = {
    "sparse": (lambda k: k.losses.SparseCategoricalCrossentropy(), LABELS, P),
    "sparse, labels in a column": (
        lambda k: k.losses.SparseCategoricalCrossentropy(), LABELS[:, np.newaxis], P
    ),
    "sparse, sure": (lambda k: k.losses.SparseCategoricalCrossentropy(), LABELS, SURE),
    "sparse, logits": (
        lambda k: k.losses.SparseCategoricalCrossentropy(from_logits=True), LABELS, LOGITS
    ),
    "categorical": (lambda k: k.losses.CategoricalCrossentropy(), SWITCHES, P),
    "categorical, not 1 in all": (lambda k: k.losses.CategoricalCrossentropy(), SWITCHES, P / 2),
    "categorical, logits": (
        lambda k: k.losses.CategoricalCrossentropy(from_logits=True), SWITCHES, LOGITS
    ),
}  # fmt: skip
every_loss = pytest.mark.parametrize(("build", "y", "answer"), LOSSES.values(), ids=LOSSES)


@every_loss
def test_loss(build, y, answer):
    close(build(keras_numpy)(y, answer), build(keras)(y, tf.constant(answer)).numpy(), 1e-6)


@every_loss
def test_gradient_of_the_loss(build, y, answer):
    variable = tf.Variable(answer)
    with tf.GradientTape() as tape:
        loss = build(keras)(y, variable)
    gradient = np.asarray(build(keras_numpy).gradient(y, answer))
    close(gradient, tape.gradient(loss, variable).numpy(), 1e-5)


@pytest.mark.parametrize("name", ["sparse_categorical_crossentropy", "categorical_crossentropy"])
def test_behind_softmax_the_loss_is_exact_where_a_probability_is_0(name):
    """Keras goes back to the logits there, and so does this edition."""
    far = np.array([[0, 150, -150], [300, 0, 0]], np.float32)
    labels = np.array([0, 1])
    y = labels if name.startswith("sparse") else np.eye(3, dtype=np.float32)[labels]
    variable = tf.Variable(far)
    with tf.GradientTape() as tape:
        loss = getattr(keras.losses, name)(y, keras.activations.softmax(variable))
    ours = keras_numpy.activations.softmax(far)
    close(getattr(keras_numpy.losses, name)(y, ours), loss.numpy(), 1e-6)
    gradient = keras_numpy.losses.get(name).gradient(y, ours)
    close(np.asarray(gradient) * 2, tape.gradient(loss, variable).numpy(), 1e-5)


@pytest.mark.parametrize(
    "build",
    [lambda k: k.regularizers.L2(0.3), lambda k: k.regularizers.get("l2")],
)
def test_penalty_and_its_gradient(build):
    variable = tf.Variable(LOGITS)
    with tf.GradientTape() as tape:
        penalty = build(keras)(variable)
    close(build(keras_numpy)(LOGITS), penalty.numpy(), 1e-6)
    close(build(keras_numpy).gradient(LOGITS), tape.gradient(penalty, variable).numpy(), 1e-6)


def cosine(k, **settings):
    return k.optimizers.schedules.CosineDecay(0.1, 4, **settings)


OPTIMIZERS = {
    "Adam": lambda k: k.optimizers.Adam(),
    "Adam, other settings": lambda k: k.optimizers.Adam(0.01, beta_1=0.8, beta_2=0.9, epsilon=0.1),
    "Adam, cosine": lambda k: k.optimizers.Adam(cosine(k, warmup_target=0.2, warmup_steps=2)),
    "SGD": lambda k: k.optimizers.SGD(),
    "SGD, momentum": lambda k: k.optimizers.SGD(0.1, momentum=0.9),
    "SGD, Nesterov": lambda k: k.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    "SGD, cosine": lambda k: k.optimizers.SGD(cosine(k)),
    "RMSprop": lambda k: k.optimizers.RMSprop(),
}


@pytest.mark.parametrize("build", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_five_updates(build):
    """Also from gradients that are tiny and exactly 0, where epsilon counts."""
    start = np.ones((4, 6), np.float32)
    theirs, ours = keras.Variable(start), keras_numpy.layers.Variable(start, "kernel", "dense")
    by_theirs, by_ours = build(keras), build(keras_numpy)
    rng = np.random.default_rng(3)
    for _ in range(5):
        gradient = rng.standard_normal((4, 6)).astype(np.float32)
        gradient[1] *= 1e-7
        gradient[2] = 0
        by_theirs.apply_gradients([(tf.constant(gradient), theirs)])
        by_ours.apply_gradients([(gradient, ours)])
        close(ours.numpy(), theirs.numpy(), 1e-5)
    assert int(by_ours.iterations) == 5
    assert float(by_ours.learning_rate) == pytest.approx(float(by_theirs.learning_rate), abs=1e-7)


@pytest.mark.parametrize(
    "settings",
    [{}, {"alpha": 0.1}, {"warmup_target": 0.5, "warmup_steps": 3},
     {"alpha": 0.2, "warmup_target": 0.5, "warmup_steps": 1}],
)  # fmt: skip
def test_cosine_decay(settings):
    rates = [[float(cosine(k, **settings)(step)) for step in range(10)]
             for k in (keras, keras_numpy)]  # fmt: skip
    assert rates[1] == pytest.approx(rates[0], abs=1e-7)


@pytest.mark.parametrize("name", ["glorot_uniform", "zeros"])
@pytest.mark.parametrize("shape", [(784, 16), (3, 3, 32, 64)])
def test_first_weights_are_drawn_from_the_same_distribution(name, shape):
    keras_numpy.utils.set_random_seed(0)
    ours = keras_numpy.initializers.get(name)(shape)
    theirs = np.asarray(keras.initializers.get(name)(shape))
    assert ours.dtype == theirs.dtype
    spread = theirs.std() or 1
    quantiles = np.linspace(0.01, 0.99, 9)
    ours_at, theirs_at = np.quantile(ours, quantiles), np.quantile(theirs, quantiles)
    assert np.abs(ours_at - theirs_at).max() < 0.06 * spread
    if name.endswith("uniform"):
        assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=0.01)


def test_layers_draw_their_weights_as_keras_does():
    theirs, ours = (k.layers.Dense(3) for k in (keras, keras_numpy))
    for name in ("kernel_initializer", "bias_initializer"):
        assert type(getattr(ours, name)).__name__ == type(getattr(theirs, name)).__name__


def test_an_initializer_with_a_seed_draws_the_same_each_time():
    initializer = keras_numpy.initializers.GlorotUniform(seed=3)
    assert np.array_equal(initializer((4, 5)), initializer((4, 5)))


def test_dropout_sets_a_share_to_0_and_keeps_the_mean():
    ones = np.ones((50, 2000), np.float32)
    values = np.asarray(keras_numpy.layers.Dropout(0.2, seed=0)(ones, training=True))
    assert set(np.unique(values)) == {0, np.float32(1.25)}
    assert np.mean(values == 0) == pytest.approx(0.2, abs=0.005)


def test_dropout_lets_the_gradient_through_where_it_let_the_numbers_through():
    layer = keras_numpy.layers.Dropout(0.4, seed=0)
    ones = np.ones((5, 100), np.float32)
    y, saved = layer.forward(ones, training=True)
    assert np.array_equal(layer.backward(ones, saved, {}, True), y)


def test_dropout_with_a_seed_repeats_from_the_beginning_and_not_within():
    ones = np.ones((5, 100), np.float32)
    one, other = (keras_numpy.layers.Dropout(0.4, seed=1) for _ in range(2))
    first = one(ones, training=True)
    assert np.array_equal(first, other(ones, training=True))
    assert not np.array_equal(first, one(ones, training=True))


@pytest.mark.parametrize("name", ["linear", "relu", "sigmoid", "tanh", "softmax"])
def test_activations_as_functions(name):
    theirs, ours = (getattr(k.activations, name) for k in (keras, keras_numpy))
    assert ours.__name__ == theirs.__name__
    close(np.asarray(ours(LOGITS)), np.asarray(theirs(tf.constant(LOGITS))), 1e-6)


@pytest.mark.parametrize(
    ("name", "y"),
    [("Accuracy", HALF), ("CategoricalAccuracy", HALF), ("SparseCategoricalAccuracy", LABELS)],
)
def test_metrics_over_two_batches(name, y):
    theirs, ours = (getattr(k.metrics, name)() for k in (keras, keras_numpy))
    for part in (slice(0, 4), slice(4, 6)):
        theirs.update_state(y[part], P[part])
        ours.update_state(y[part], P[part])
    assert ours.name == theirs.name
    assert float(ours.result()) == pytest.approx(float(theirs.result()), abs=1e-6)
