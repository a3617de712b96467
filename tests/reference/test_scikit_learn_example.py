"""Published results, reproduced from the data that ships with the course.

They are those of scikit-learn's example "Visualization of MLP weights on MNIST", in its current
form and in the form it had in version 0.24:
https://scikit-learn.org/stable/auto_examples/neural_networks/plot_mnist_filters.html
https://scikit-learn.org/0.24/auto_examples/neural_networks/plot_mnist_filters.html
"""

import re
import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

from course_utils.datasets import load_mnist


@pytest.fixture(scope="module")
def openml_rows():
    """The 70,000 images as uint8 rows, in the order of `mnist_784`, and their labels."""
    mnist = load_mnist()
    images = np.concatenate([mnist.train_images, mnist.test_images])
    return images.reshape(-1, 784), np.concatenate([mnist.train_labels, mnist.test_labels])


def fitted(images, labels, **settings):
    """A network with the settings that both forms of the example share, trained on float64."""
    network = MLPClassifier(alpha=1e-4, solver="sgd", random_state=1, verbose=True, **settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the example stops early on purpose
        return network.fit(images / 255.0, labels)


def score(network, images, labels):
    """Accuracy, with 7,000 rows at a time as float64: 44 MB instead of up to 376 MB."""
    parts = np.array_split(images, -(-len(images) // 7000))
    return np.mean(np.concatenate([network.predict(rows / 255.0) for rows in parts]) == labels)


def printed_losses(capsys):
    return re.findall(r"Iteration \d+, loss = (\S+)", capsys.readouterr().out)


def test_the_40_units_of_the_current_example(openml_rows, capsys):
    X, y = openml_rows
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0, test_size=0.7)
    network = fitted(X_train, y_train, hidden_layer_sizes=(40,), max_iter=8, learning_rate_init=0.2)
    assert printed_losses(capsys) == [
        "0.44139186", "0.19174891", "0.13983521", "0.11378556",
        "0.09443967", "0.07846529", "0.06506307", "0.05534985",
    ]  # fmt: skip
    assert f"{score(network, X_train, y_train):.6f}" == "0.986429"
    assert f"{score(network, X_test, y_test):.6f}" == "0.953061"


def test_the_50_units_of_the_older_example(openml_rows, capsys):
    X, y = openml_rows
    X_train, X_test, y_train, y_test = X[:60000], X[60000:], y[:60000], y[60000:]
    network = fitted(
        X_train, y_train, hidden_layer_sizes=(50,), max_iter=10, learning_rate_init=0.1
    )
    assert printed_losses(capsys) == [
        "0.32009978", "0.15347534", "0.11544755", "0.09279764", "0.07889367",
        "0.07170497", "0.06282111", "0.05530788", "0.04960484", "0.04645355",
    ]  # fmt: skip
    assert f"{score(network, X_train, y_train):.6f}" == "0.986800"
    assert f"{score(network, X_test, y_test):.6f}" == "0.970000"
