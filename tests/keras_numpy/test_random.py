"""Random numbers differ from those of TensorFlow, and come from the same distributions."""

import numpy as np
import pytest

INITIALIZERS = [
    "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_normal", "random_normal",
    "random_uniform", "truncated_normal", "variance_scaling", "zeros", "ones", "orthogonal",
]  # fmt: skip
QUANTILES = np.linspace(0.05, 0.95, 9)


def quantiles(k, name, shape):
    values = np.asarray(k.initializers.get(name)(shape))
    return values.dtype.name, values.std(), np.quantile(values, QUANTILES), np.abs(values).max()


@pytest.mark.parametrize("shape", [(600, 300), (3, 3, 128, 128)])
@pytest.mark.parametrize("name", INITIALIZERS)
def test_first_weights_are_drawn_from_the_same_distribution(both, name, shape):
    ours, theirs = both(quantiles, name, shape)
    assert ours[0] == theirs[0] == "float32"
    spread = float(theirs[1]) or 1
    assert ours[1] == pytest.approx(theirs[1], rel=0.03)
    assert np.abs(ours[2] - theirs[2]).max() < 0.03 * spread
    if "normal" not in name:
        assert ours[3] == pytest.approx(theirs[3], rel=0.15)


DRAWN = {
    "normal": lambda r: r.normal((100, 100), mean=2.0, stddev=3.0),
    "uniform": lambda r: r.uniform((100, 100), -1.0, 2.0),
    "truncated_normal": lambda r: r.truncated_normal((100, 100)),
    "randint": lambda r: r.randint((100, 100), 0, 50),
    "binomial": lambda r: r.binomial((100, 100), 20.0, 0.3),
    "gamma": lambda r: r.gamma((100, 100), 2.0),
    "categorical": lambda r: r.categorical(np.log([[0.1, 0.3, 0.6]]), 10_000),
    "shuffle": lambda r: r.shuffle(np.arange(10_000)),
    "dropout": lambda r: r.dropout(np.ones((100, 100), np.float32), 0.3),
}


def drawn(k, name):
    values = np.asarray(DRAWN[name](k.random))
    again = np.asarray(DRAWN[name](k.random))
    assert not np.array_equal(values, again)
    return values.dtype.name, list(values.shape), values.mean(), np.quantile(values, QUANTILES)


@pytest.mark.parametrize("name", DRAWN)
def test_keras_random_draws_from_the_same_distribution(both, name):
    ours, theirs = both(drawn, name)
    assert ours[:2] == theirs[:2]
    spread = np.ptp(theirs[3]) or 1
    assert ours[2] == pytest.approx(theirs[2], abs=0.03 * spread)
    assert np.abs(ours[3] - theirs[3]).max() < 0.07 * spread


def with_seeds(k):
    """Whether a second draw is equal: an initializer draws the same each time, a layer does not."""
    ones = np.ones((5, 100), np.float32)
    initializer = k.initializers.GlorotUniform(seed=3)
    one, other = (k.layers.Dropout(0.4, seed=1) for _ in range(2))
    first = np.asarray(one(ones, training=True))
    generator = k.random.SeedGenerator(5)
    whole = []
    for _ in range(2):
        k.utils.set_random_seed(7)
        whole.append([k.layers.Dense(3).kernel_initializer((4, 3)), k.random.normal((3,))])
    return [
        np.array_equal(initializer((4, 5)), initializer((4, 5))),
        np.array_equal(first, other(ones, training=True)),
        np.array_equal(first, one(ones, training=True)),
        np.array_equal(k.random.normal((3,), seed=1), k.random.normal((3,), seed=1)),
        np.array_equal(
            k.random.normal((3,), seed=generator), k.random.normal((3,), seed=generator)
        ),
        all(np.array_equal(a, b) for a, b in zip(*whole, strict=True)),
    ]


def test_what_a_seed_repeats(both):
    ours, theirs = both(with_seeds)
    assert ours == theirs == [True, True, False, True, False, True]


def dropped(k):
    """A step of SGD at the rate 1, from weights that are 1: what it changes is the gradient."""
    ones = np.ones((50, 400), np.float32)

    class Weights(k.layers.Layer):
        def build(self, shape):
            self.weight = self.add_weight(shape=ones.shape, initializer="ones")

        def call(self, x):
            return x * self.weight

    layer, dropout = Weights(), k.layers.Dropout(0.2, seed=0)
    model = k.Sequential([k.Input(batch_shape=ones.shape), layer, dropout])
    model.compile(k.optimizers.SGD(1.0), lambda y, p: -k.ops.sum(p))
    model.train_on_batch(ones, ones)
    return layer.weight.numpy() - 1


def test_dropout_lets_the_gradient_through_where_it_let_the_numbers_through(patched):
    gradient = patched(dropped)
    assert np.unique(gradient) == pytest.approx([0, 1.25])
    assert np.mean(gradient == 0) == pytest.approx(0.2, abs=0.01)
