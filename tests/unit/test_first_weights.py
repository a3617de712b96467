"""The first weights that lessons show are those from which scikit-learn starts."""

import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier

RNG = np.random.default_rng(0)
IMAGES = RNG.random((600, 50)) * (np.arange(50) >= 5)  # five pixels never carry ink
LABELS = np.arange(600) % 10
SETTINGS = {"hidden_layer_sizes": (8,), "solver": "sgd", "random_state": 1}


def fitted(n_images=600, **changed):
    network = MLPClassifier(**SETTINGS, **changed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not converge
        return network.fit(IMAGES[:n_images], LABELS[:n_images])


def test_steps_at_a_rate_of_1e_300_change_no_weight():
    start = fitted(200, max_iter=1, learning_rate_init=1e-300)
    limit = np.sqrt(6 / (50 + 8))
    drawn = np.random.RandomState(1).uniform(-limit, limit, (50, 8))
    assert np.array_equal(start.coefs_[0], drawn)
    many = fitted(max_iter=20, learning_rate_init=1e-300)
    for ours, theirs in zip(
        start.coefs_ + start.intercepts_, many.coefs_ + many.intercepts_, strict=True
    ):
        assert np.array_equal(ours, theirs)


def test_a_training_starts_from_these_weights():
    start = fitted(200, max_iter=1, learning_rate_init=1e-300)
    # Without alpha nothing moves the weights of pixels that never carry ink.
    trained = fitted(max_iter=3, learning_rate_init=0.2, alpha=0)
    assert np.array_equal(trained.coefs_[0][:5], start.coefs_[0][:5])
    assert not (trained.coefs_[0][5:] == start.coefs_[0][5:]).any()
