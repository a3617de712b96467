"""Each loss, with its gradient, and each metric is that of Keras with TensorFlow."""

import numpy as np
import pytest

from tests.keras_numpy.experiments import close, eager, same_weights, shift

RNG = np.random.default_rng(0)
LABELS = RNG.integers(0, 7, 6)
SWITCHES = np.eye(7, dtype=np.float32)[LABELS]
LOGITS = (5 * RNG.standard_normal((6, 7))).astype(np.float32)
P = np.exp(LOGITS) / np.exp(LOGITS).sum(axis=1, keepdims=True)
SURE = np.eye(7, dtype=np.float32)[[0, 1, 2, 3, 4, 5]]  # probabilities of exactly 0 and 1
HALF = RNG.integers(0, 2, (6, 7)).astype(np.float32)
SIGNS = 2 * HALF - 1
AMOUNTS = RNG.uniform(0.1, 3, (6, 7)).astype(np.float32)

# A loss, the true values, the predictions.
LOSSES = {
    "sparse": (lambda k: k.losses.SparseCategoricalCrossentropy(), LABELS, P),
    "sparse, labels in a column": (
        lambda k: k.losses.SparseCategoricalCrossentropy(), LABELS[:, np.newaxis], P
    ),
    "sparse, sure": (lambda k: k.losses.SparseCategoricalCrossentropy(), LABELS, SURE),
    "sparse, logits": (
        lambda k: k.losses.SparseCategoricalCrossentropy(from_logits=True), LABELS, LOGITS
    ),
    "sparse, one class ignored": (
        lambda k: k.losses.SparseCategoricalCrossentropy(ignore_class=3), LABELS, P
    ),
    "categorical": (lambda k: k.losses.CategoricalCrossentropy(), SWITCHES, P),
    "categorical, not 1 in all": (lambda k: k.losses.CategoricalCrossentropy(), SWITCHES, P / 2),
    "categorical, sure": (lambda k: k.losses.CategoricalCrossentropy(), SWITCHES, SURE),
    "categorical, logits": (
        lambda k: k.losses.CategoricalCrossentropy(from_logits=True), SWITCHES, LOGITS
    ),
    "categorical, smoothed": (
        lambda k: k.losses.CategoricalCrossentropy(label_smoothing=0.1), SWITCHES, P
    ),
    "categorical focal": (lambda k: k.losses.CategoricalFocalCrossentropy(), SWITCHES, P),
    "categorical hinge": (lambda k: k.losses.CategoricalHinge(), SWITCHES, P),
    "binary": (lambda k: k.losses.BinaryCrossentropy(), HALF, P),
    "binary, sure": (lambda k: k.losses.BinaryCrossentropy(), HALF, SURE),
    "binary, logits": (lambda k: k.losses.BinaryCrossentropy(from_logits=True), HALF, LOGITS),
    "binary, logits of 0": (
        lambda k: k.losses.BinaryCrossentropy(from_logits=True), HALF, 0 * LOGITS
    ),
    "binary, behind a sigmoid of 0": (
        lambda k: lambda y, p: k.losses.binary_crossentropy(y, k.ops.sigmoid(p)), HALF, 0 * LOGITS
    ),
    "binary focal": (lambda k: k.losses.BinaryFocalCrossentropy(), HALF, P),
    "mean squared error": (lambda k: k.losses.MeanSquaredError(), LOGITS, P),
    "mean absolute error": (lambda k: k.losses.MeanAbsoluteError(), LOGITS, P),
    "mean squared logarithmic error": (
        lambda k: k.losses.MeanSquaredLogarithmicError(), AMOUNTS, P
    ),
    "mean absolute percentage error": (
        lambda k: k.losses.MeanAbsolutePercentageError(), AMOUNTS, P
    ),
    "Huber": (lambda k: k.losses.Huber(), LOGITS, P),
    "Huber, no difference": (lambda k: k.losses.Huber(), P, P),
    "mean absolute error, no difference": (lambda k: k.losses.MeanAbsoluteError(), P, P),
    "log cosh": (lambda k: k.losses.LogCosh(), LOGITS, P),
    "Poisson": (lambda k: k.losses.Poisson(), AMOUNTS, P),
    "KL divergence": (lambda k: k.losses.KLDivergence(), P[::-1], P),
    "hinge": (lambda k: k.losses.Hinge(), SIGNS, LOGITS),
    "squared hinge": (lambda k: k.losses.SquaredHinge(), SIGNS, LOGITS),
    "cosine similarity": (lambda k: k.losses.CosineSimilarity(), AMOUNTS, LOGITS),
    "Dice": (lambda k: k.losses.Dice(), HALF, P),
    "Tversky": (lambda k: k.losses.Tversky(), HALF, P),
    "sum, not mean": (lambda k: k.losses.MeanSquaredError(reduction="sum"), LOGITS, P),
    "a name": (lambda k: k.losses.get("mse"), LOGITS, P),
    "a learner's own": (
        lambda k: lambda y, p: k.ops.mean(k.ops.abs(y - p) ** 1.5, axis=-1), LOGITS, P
    ),
}  # fmt: skip


def value_and_gradient(k, name):
    build, y, predictions = LOSSES[name]
    prediction = k.Input(batch_shape=predictions.shape)
    model = k.Model(prediction, shift(k, predictions.shape)(prediction))
    # The velocity after one step is the gradient, times the rate.
    model.compile(k.optimizers.SGD(1.0, momentum=0.5), build(k), run_eagerly=eager(k))
    trained = model.train_on_batch(predictions, y)
    alone = build(k)(y, k.ops.convert_to_tensor(predictions))
    return [trained, alone], model.optimizer.variables[2].numpy()


@pytest.mark.parametrize("name", LOSSES)
def test_loss(both, name):
    (values, gradient), (values_of_theirs, gradient_of_theirs) = both(value_and_gradient, name)
    close(values, values_of_theirs, 1e-6)
    close(gradient, gradient_of_theirs, 1e-5)


X = RNG.standard_normal((60, 12)).astype(np.float32)
Y = (X @ RNG.standard_normal((12, 7))).argmax(axis=1)


def steps_to(k, last, loss, from_logits):
    """Three steps of a network whose last layer is a softmax or not, as a learner may build it."""
    model = k.Sequential([k.Input((12,)), k.layers.Dense(7, activation=last)])
    losses = {
        "sparse": k.losses.SparseCategoricalCrossentropy,
        "categorical": k.losses.CategoricalCrossentropy,
        "binary": k.losses.BinaryCrossentropy,
    }
    loss_function = losses[loss](from_logits=from_logits)
    model.compile(k.optimizers.SGD(0.1), loss_function, run_eagerly=eager(k))
    y = Y if loss == "sparse" else k.utils.to_categorical(Y, 7)
    same_weights(model)
    losses = [model.train_on_batch(X[i : i + 20], y[i : i + 20]) for i in (0, 20, 40)]
    return losses, model.test_on_batch(X, y), model.get_weights()


@pytest.mark.parametrize("from_logits", [False, True])
@pytest.mark.parametrize("loss", ["sparse", "categorical", "binary"])
@pytest.mark.parametrize("last", [None, "sigmoid", "tanh", "relu", "softmax", "log_softmax"])
def test_a_last_layer_that_is_no_softmax(both, last, loss, from_logits):
    close(*both(steps_to, last, loss, from_logits), 1e-5)


FAR = np.array([[0, 150, -150], [300, 0, 0]], np.float32)


def loss_behind_softmax(k, name):
    y = [0, 1] if name.startswith("sparse") else np.eye(3, dtype=np.float32)[:2]
    row = k.Input(batch_shape=FAR.shape)
    model = k.Model(row, k.layers.Softmax()(shift(k, FAR.shape)(row)))
    model.compile(k.optimizers.SGD(1.0), name, run_eagerly=eager(k))
    loss = model.train_on_batch(FAR, np.array(y))
    probabilities = k.activations.softmax(k.ops.convert_to_tensor(FAR))
    return loss, getattr(k.losses, name)(np.array(y), probabilities), model.get_weights()


@pytest.mark.parametrize("name", ["sparse_categorical_crossentropy", "categorical_crossentropy"])
def test_behind_softmax_the_loss_is_exact_where_a_probability_is_0(both, name):
    """Keras goes back to the logits there."""
    close(*both(loss_behind_softmax, name), 1e-6)


# A metric and the true values for P.
METRICS = {
    "Accuracy": (lambda k: k.metrics.Accuracy(), HALF),
    "BinaryAccuracy": (lambda k: k.metrics.BinaryAccuracy(), HALF),
    "CategoricalAccuracy": (lambda k: k.metrics.CategoricalAccuracy(), SWITCHES),
    "SparseCategoricalAccuracy": (lambda k: k.metrics.SparseCategoricalAccuracy(), LABELS),
    "TopK": (lambda k: k.metrics.TopKCategoricalAccuracy(2), SWITCHES),
    "sparse TopK": (lambda k: k.metrics.SparseTopKCategoricalAccuracy(2), LABELS),
    "AUC": (lambda k: k.metrics.AUC(), SWITCHES),
    "Precision": (lambda k: k.metrics.Precision(), SWITCHES),
    "Recall": (lambda k: k.metrics.Recall(), SWITCHES),
    "F1Score": (lambda k: k.metrics.F1Score(), SWITCHES),
    "FalsePositives": (lambda k: k.metrics.FalsePositives(), SWITCHES),
    "OneHotMeanIoU": (lambda k: k.metrics.OneHotMeanIoU(7), SWITCHES),
    "MeanSquaredError": (lambda k: k.metrics.MeanSquaredError(), AMOUNTS),
    "RootMeanSquaredError": (lambda k: k.metrics.RootMeanSquaredError(), AMOUNTS),
    "MeanAbsoluteError": (lambda k: k.metrics.MeanAbsoluteError(), AMOUNTS),
    "R2Score": (lambda k: k.metrics.R2Score(), AMOUNTS),
    "CosineSimilarity": (lambda k: k.metrics.CosineSimilarity(), AMOUNTS),
    "sparse cross-entropy": (lambda k: k.metrics.SparseCategoricalCrossentropy(), LABELS),
    "a learner's own": (
        lambda k: k.metrics.MeanMetricWrapper(lambda y, p: k.ops.max(p, axis=-1), "own"), SWITCHES
    ),
}  # fmt: skip


def measured(k, name):
    """Over two batches, of other sizes, then from the beginning; alone and in `evaluate`."""
    build, y = METRICS[name]
    alone, results = build(k), []
    for part in (slice(0, 4), slice(4, 6)):
        alone.update_state(y[part], P[part])
        results.append(alone.result())
    alone.reset_state()
    model = k.Sequential([k.Input((7,)), k.layers.Identity()])
    model.compile("sgd", "mse", metrics=[build(k)], run_eagerly=eager(k))
    targets = y if y.ndim == 2 else y[:, np.newaxis]
    return results, alone.result(), model.evaluate(P, targets, batch_size=4, verbose=0), alone.name


@pytest.mark.parametrize("name", METRICS)
def test_metric(both, name):
    close(*both(measured, name), 1e-6)
