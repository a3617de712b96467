"""Each optimizer makes the steps that it makes with TensorFlow, with each setting and schedule."""

import numpy as np
import pytest

from tests.keras_numpy.experiments import close, eager, same_weights

RNG = np.random.default_rng(0)
X = RNG.standard_normal((60, 12)).astype(np.float32)
Y = (X @ RNG.standard_normal((12, 3))).argmax(axis=1)

SCHEDULES = {
    "CosineDecay": lambda s: s.CosineDecay(0.1, 4),
    "CosineDecay after a warm-up": lambda s: s.CosineDecay(
        0.01, 6, alpha=0.1, warmup_target=0.2, warmup_steps=3
    ),
    "ExponentialDecay": lambda s: s.ExponentialDecay(0.1, 3, 0.8),
    "ExponentialDecay in stairs": lambda s: s.ExponentialDecay(0.1, 3, 0.8, staircase=True),
    "PiecewiseConstantDecay": lambda s: s.PiecewiseConstantDecay([3, 6], [0.1, 0.03, 0.01]),
    "PolynomialDecay": lambda s: s.PolynomialDecay(0.1, 5, power=2.0),
    "InverseTimeDecay": lambda s: s.InverseTimeDecay(0.1, 3, 0.5),
    "CosineDecayRestarts": lambda s: s.CosineDecayRestarts(0.1, 3),
}

OPTIMIZERS = {
    "SGD": lambda o: o.SGD(0.1),
    "SGD with momentum": lambda o: o.SGD(0.1, momentum=0.9),
    "SGD, Nesterov": lambda o: o.SGD(0.1, momentum=0.9, nesterov=True),
    "Adam": lambda o: o.Adam(),
    "Adam, other settings": lambda o: o.Adam(0.01, beta_1=0.8, beta_2=0.9, epsilon=0.1),
    "AMSGrad": lambda o: o.Adam(amsgrad=True),
    "AdamW": lambda o: o.AdamW(0.01),
    "Adamax": lambda o: o.Adamax(),
    "Nadam": lambda o: o.Nadam(),
    "RMSprop": lambda o: o.RMSprop(),
    "RMSprop, centred": lambda o: o.RMSprop(momentum=0.5, centered=True),
    "Adagrad": lambda o: o.Adagrad(0.1),
    "Adadelta": lambda o: o.Adadelta(1.0),
    "Ftrl": lambda o: o.Ftrl(0.1, l1_regularization_strength=0.01),
    "Lion": lambda o: o.Lion(),
    "Lamb": lambda o: o.Lamb(),
    "Adafactor": lambda o: o.Adafactor(0.01),
    "Muon": lambda o: o.Muon(),
    "clipnorm": lambda o: o.Adam(0.01, clipnorm=0.1),
    "global_clipnorm": lambda o: o.SGD(0.1, global_clipnorm=0.1),
    "clipvalue": lambda o: o.SGD(0.1, clipvalue=0.01),
    "weight_decay": lambda o: o.SGD(0.1, weight_decay=0.1),
    "use_ema": lambda o: o.SGD(0.1, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=4),
    "gradient_accumulation_steps": lambda o: o.Adam(0.01, gradient_accumulation_steps=2),
    "loss_scale_factor": lambda o: o.SGD(0.1, loss_scale_factor=128.0),
    "a name": lambda o: o.get("adam"),
    **{
        f"Adam, {name}": lambda o, rate=rate: o.Adam(rate(o.schedules))
        for name, rate in SCHEDULES.items()
    },
}


def six_steps(k, name):
    """Two epochs of three batches: what is noted at the first batch, the others must not keep."""
    dense = k.layers.Dense
    model = k.Sequential([k.Input((12,)), dense(8, activation="tanh"), dense(3, "softmax")])
    optimizer = OPTIMIZERS[name](k.optimizers)
    model.compile(optimizer, "sparse_categorical_crossentropy", run_eagerly=eager(k))
    run = same_weights(model).fit(X, Y, batch_size=20, epochs=2, shuffle=False, verbose=0)
    return (
        [run.history["loss"], float(optimizer.learning_rate), int(optimizer.iterations)],
        model.get_weights(),
        [variable.numpy() for variable in optimizer.variables],
    )


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_epochs(both, name):
    for ours, theirs in zip(*both(six_steps, name), strict=True):
        close(ours, theirs, 1e-5)


def five_updates(k, name):
    """Without a model; also by gradients that are tiny and exactly 0, where epsilon counts."""
    variable, optimizer = k.Variable(np.ones((4, 6), np.float32)), OPTIMIZERS[name](k.optimizers)
    rng, values = np.random.default_rng(3), []
    for _ in range(5):
        gradient = rng.standard_normal((4, 6)).astype(np.float32)
        gradient[1] *= 1e-7
        gradient[2] = 0
        optimizer.apply([k.ops.convert_to_tensor(gradient)], [variable])
        values.append(variable.numpy())
    return values


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if "Decay" not in name])
def test_five_updates(both, name):
    close(*both(five_updates, name), 1e-5)


def rates(k, name):
    schedule = SCHEDULES[name](k.optimizers.schedules)
    return [float(schedule(step)) for step in range(10)]


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedule(both, name):
    close(*both(rates, name), 1e-6)


def changed_rate(k):
    model = same_weights(k.Sequential([k.Input((12,)), k.layers.Dense(3, "softmax")]))
    model.compile("sgd", "sparse_categorical_crossentropy", run_eagerly=eager(k))
    weights = []
    for rate in (0.1, 0.5, 0.0):
        model.optimizer.learning_rate = rate
        model.fit(X, Y, batch_size=20, shuffle=False, verbose=0)
        weights += model.get_weights()
    return weights


def test_the_rate_may_be_changed_between_two_trainings(both):
    close(*both(changed_rate), 1e-5)
