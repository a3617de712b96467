"""Layers, losses and steps that learners write themselves, with Python and NumPy inside."""

import numpy as np
import pytest

from tests.keras_numpy.experiments import at_work, close, close_at_work, eager, same_weights

RNG = np.random.default_rng(0)
X = RNG.standard_normal((6, 20)).astype(np.float32)
# Five batches whose means are, in turn, below and above 0, and whose largest numbers differ.
SIGNS = np.repeat([-1, 1, 1, -1, 1], 6)[:, np.newaxis] * np.linspace(1, 2, 30)[:, np.newaxis]
BATCHES = (np.abs(RNG.standard_normal((30, 20))) * SIGNS).astype(np.float32)
TARGETS = RNG.standard_normal((30, 20)).astype(np.float32)


def with_weights(k):
    class Mine(k.layers.Layer):
        def build(self, shape):
            self.kernel = self.add_weight(shape=(shape[-1], 4), name="kernel")
            self.steps = self.add_weight(shape=(), initializer="zeros", trainable=False)

        def call(self, x, training=False):
            if training:
                self.steps.assign_add(1)
            self.add_loss(1e-3 * k.ops.sum(k.ops.square(self.kernel)))
            return k.ops.tanh(x @ self.kernel) * self.steps

    return Mine()


def with_a_running_mean(k):
    class Centred(k.layers.Layer):
        def build(self, shape):
            self.mean = self.add_weight(shape=shape[1:], initializer="zeros", trainable=False)

        def call(self, x, training=False):
            if training:
                self.mean.assign(0.9 * self.mean + 0.1 * k.ops.mean(x, axis=0))
            return x - self.mean

    return Centred()


def with_parts_of_their_own(k):
    class Penalty(k.regularizers.Regularizer):
        def __call__(self, w):
            return 0.1 * k.ops.sum(k.ops.abs(w))

    class LengthOfOne(k.constraints.Constraint):
        def __call__(self, w):
            return w / k.ops.norm(w)

    return k.layers.Dense(
        4,
        activation=lambda x: x * x,
        kernel_initializer=lambda shape, dtype=None: k.ops.ones(shape, dtype),
        kernel_regularizer=Penalty(),
        kernel_constraint=LengthOfOne(),
    )


def with_layers_inside(k):
    class Residual(k.layers.Layer):
        def __init__(self):
            super().__init__()
            self.one, self.other = k.layers.Dense(8, "relu"), k.layers.Dense(20)
            self.norm = k.layers.BatchNormalization()

        def call(self, x, training=False):
            return x + self.other(self.norm(self.one(x), training=training))

    return Residual()


def with_a_gradient_of_its_own(k):
    @k.ops.custom_gradient
    def upside_down(x):
        def gradient(*args, upstream=None):
            return -(args[0] if upstream is None else upstream)

        return x, gradient

    class Mine(k.layers.Layer):
        def call(self, x):
            return upside_down(x)

    return Mine()


def with_one_gradient_of_two_results(k):
    @k.ops.custom_gradient
    def once_and_twice(x):
        return (x, 2 * x), lambda once, twice: once - 3 * twice

    class Mine(k.layers.Layer):
        def call(self, x):
            once, twice = once_and_twice(x)
            return once * k.ops.tanh(twice)

    return Mine()


@pytest.mark.parametrize(
    "build",
    [with_weights, with_a_running_mean, with_parts_of_their_own, with_layers_inside,
     with_a_gradient_of_its_own, with_one_gradient_of_two_results],
)  # fmt: skip
def test_a_layer_of_ones_own(both, build):
    close_at_work(*both(at_work, build, X))


def outside_of_a_layer(k):
    @k.ops.custom_gradient
    def doubled(x):
        return 2 * x, lambda upstream: upstream

    return doubled(k.ops.convert_to_tensor(X)).numpy()


def test_a_gradient_of_ones_own_outside_of_a_layer_changes_nothing(both):
    close(*both(outside_of_a_layer), 0)


# Python and NumPy on values. TensorFlow does this with `run_eagerly=True` alone.


def layer_of(k, function):
    """A layer that calls a function, written as a learner would."""

    class Mine(k.layers.Layer):
        def call(self, x):
            return function(k, x)

    if eager(k):  # where it infers the shape, TensorFlow has no values
        Mine.compute_output_shape = lambda self, shape: shape
    return Mine()


def trained(k, function, run_eagerly=False):
    """What a model learns in two epochs, in whose middle a layer calls the function."""
    hidden, last = k.layers.Dense(20), k.layers.Dense(20)
    model = same_weights(k.Sequential([k.Input((20,)), hidden, layer_of(k, function), last]))
    model.compile(k.optimizers.SGD(0.02), "mse", run_eagerly=run_eagerly or eager(k))
    run = model.fit(BATCHES, TARGETS, batch_size=6, epochs=2, shuffle=False, verbose=0)
    return run.history["loss"], model.predict(BATCHES, batch_size=6, verbose=0), model.get_weights()


def branch(k, x):
    return x * 2 if k.ops.mean(x) > 0 else -x


def branch_of_a_number(k, x):
    return x * 2 if float(k.ops.max(x)) > 3 else -x


def loop(k, x):
    while k.ops.max(k.ops.abs(x)) > 1:
        x = x / 2
    return x


def rows(k, x):
    return k.ops.stack([row * (1 if row[0] > row[1] else 2) for row in x])


def divided_by_a_number(k, x):
    return x / float(k.ops.max(k.ops.abs(x)))


def divided_by_an_item(k, x):
    return x / k.ops.max(k.ops.abs(x)).numpy()


def scaled_by_an_array(k, x):
    return x / (1 + np.abs(np.asarray(x)).mean(axis=0))


def formatted(k, x):
    return x * float(f"{k.ops.max(x):.3f}")


@pytest.mark.parametrize(
    "function",
    [branch, branch_of_a_number, loop, rows, divided_by_a_number, formatted],
)
def test_python_inside_a_layer_sees_the_values_of_each_step(both, function):
    """Numbers taken out of a tensor are constants for the gradient, as in TensorFlow."""
    close(*both(trained, function), 1e-4)


def loss_with_a_number(k, run_eagerly):
    """A loss of one's own, in which a tensor becomes a number of Python."""

    def loss(y, prediction):
        return k.ops.mean(k.ops.abs(y - prediction)) / (1 + float(k.ops.max(prediction)))

    model = same_weights(k.Sequential([k.Input((20,)), k.layers.Dense(20)]))
    model.compile(k.optimizers.SGD(0.1), loss, run_eagerly=run_eagerly or eager(k))
    run = model.fit(BATCHES, TARGETS, batch_size=6, epochs=2, shuffle=False, verbose=0)
    return run.history["loss"], model.get_weights()


@pytest.mark.parametrize("run_eagerly", [False, True])
def test_python_inside_a_loss_sees_the_values_of_each_step(both, run_eagerly):
    close(*both(loss_with_a_number, run_eagerly), 1e-4)


def by_numpy(k, x):
    return np.maximum(x, 0) * 2


def by_keras(k, x):
    return k.ops.maximum(x, 0) * 2


def array_of(k, x):
    return np.asarray(x) * 2


def identity(k, x):
    return x * 2


def mean_by_numpy(k, x):
    return x - np.mean(x, axis=0)


def mean_by_keras(k, x):
    return x - k.ops.mean(x, axis=0)


def concatenated_by_numpy(k, x):
    return np.concatenate([x[:, :10], 3 * x[:, 10:]], axis=1)


def concatenated_by_keras(k, x):
    return k.ops.concatenate([x[:, :10], 3 * x[:, 10:]], axis=1)


def trained_or_refused(k, function):
    try:
        return trained(k, function)
    except Exception as error:
        return str(error)


@pytest.mark.parametrize(
    ("function", "meant"),
    [(by_numpy, by_keras), (array_of, identity), (mean_by_numpy, mean_by_keras),
     (concatenated_by_numpy, concatenated_by_keras), (divided_by_an_item, divided_by_a_number),
     (scaled_by_an_array, scaled_by_an_array)],
)  # fmt: skip
def test_a_function_of_numpy_inside_a_layer_keeps_the_gradient_or_is_refused(
    patched, function, meant
):
    result = patched(trained_or_refused, function)
    if isinstance(result, str):
        assert "keras.ops" in result
        assert "run_eagerly=True" in result
    else:
        close(result, patched(trained, meant, True), 1e-4)


@pytest.mark.parametrize("function", [branch, divided_by_an_item, scaled_by_an_array, array_of])
def test_with_run_eagerly_numpy_gets_the_values_of_each_step(both, function):
    close(*both(trained, function, True), 1e-4)


def losses_at_rate_0(k, function):
    """The loss of each step, where nothing but what the layer draws can change it."""
    model = k.Sequential([k.Input((20,)), k.layers.Dense(20), layer_of(k, function)])
    same_weights(model).compile(k.optimizers.SGD(0.0), "mse")
    return [float(model.train_on_batch(X, X)) for _ in range(5)]


def noise_from_numpy(k, x):
    return x + np.random.normal(size=x.shape)  # noqa: NPY002


def noise_from_a_generator(k, x):
    return x + np.random.default_rng().normal(size=x.shape).astype("float32")


def number_from_numpy(k, x):
    return x * (1 + np.random.rand())  # noqa: NPY002


def noise_from_keras(k, x):
    return x + k.random.normal(k.ops.shape(x))


@pytest.mark.parametrize(
    ("function", "n_losses"),
    [(noise_from_numpy, 5), (noise_from_a_generator, 5), (number_from_numpy, 5),
     (noise_from_keras, 5), (branch, 1)],
)  # fmt: skip
def test_what_numpy_draws_in_a_layer_is_drawn_anew_in_each_step(patched, function, n_losses):
    losses = patched(losses_at_rate_0, function)
    assert len(set(losses)) == n_losses


def step_of_ones_own(k):
    class Mine(k.Model):
        def __init__(self):
            super().__init__()
            self.dense = k.layers.Dense(20)

        def call(self, x):
            return self.dense(x)

        def train_step(self, data):
            logs = super().train_step(data)
            return {**logs, "twice": 2 * logs["loss"]}

    model = Mine()
    model(X)
    same_weights(model).compile("sgd", "mse", run_eagerly=eager(k))
    run = model.fit(BATCHES, TARGETS, batch_size=6, epochs=2, shuffle=False, verbose=0)
    return run.history, model.get_weights()


def test_a_step_of_ones_own_around_that_of_keras(both):
    close(*both(step_of_ones_own), 1e-5)
