"""Training on bytes learns what scikit-learn learns from scaled images, and can be interrupted."""

import signal
import threading

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from course_utils.datasets import load_mnist
from course_utils.networks import fit_on_bytes


@pytest.fixture(scope="module")
def mnist():
    images, labels, *_ = load_mnist()
    return images[:5000].reshape(-1, 784), labels[:5000]


def test_it_learns_the_weights_that_scikit_learn_does(mnist):
    images, labels = mnist
    settings = {"max_iter": 60, "random_state": 0, "early_stopping": True, "n_iter_no_change": 3}
    theirs = MLPClassifier((16, 12), **settings).fit(images / np.float32(255), labels)
    ours = MLPClassifier((16, 12), **settings)
    fit_on_bytes(ours, images, labels)
    assert 3 < theirs.n_iter_ < 60  # it stopped by itself
    assert ours.n_iter_ == theirs.n_iter_
    assert ours.get_params() == theirs.get_params()
    for mine, right in zip(ours.coefs_, theirs.coefs_, strict=True):
        assert np.array_equal(mine, right)
        assert mine.dtype == np.float32
    for mine, right in zip(ours.intercepts_, theirs.intercepts_, strict=True):
        assert np.array_equal(mine, right)


@pytest.mark.filterwarnings("ignore:Training interrupted")
@pytest.mark.usefixtures("signals_interrupt")
def test_an_interrupt_ends_it(mnist):
    network = MLPClassifier((16,), max_iter=10**6, early_stopping=True, n_iter_no_change=10**6)
    network.set_params(random_state=0)
    timer = threading.Timer(1, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        fit_on_bytes(network, *mnist)
    assert network.early_stopping


@pytest.mark.parametrize(
    ("images", "early_stopping", "message"),
    [
        (np.zeros((20, 28, 28), np.uint8), True, r"shape \(20, 28, 28\).*pass them flattened"),
        (np.zeros((20, 784)), True, "dtype float64: .* before scaling"),
        (np.zeros((20, 784), np.uint8), False, "early_stopping=True"),
    ],
)
def test_what_it_cannot_train_on_is_refused(images, early_stopping, message):
    network = MLPClassifier((4,), random_state=0, early_stopping=early_stopping)
    with pytest.raises(ValueError, match=message):
        fit_on_bytes(network, images, np.arange(20) % 10)
