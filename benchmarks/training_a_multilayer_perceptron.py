"""A network of "Training a multilayer perceptron" and one of "Choosing a network", measured.

The usual code takes MNIST as `fetch_openml` gives it, a pandas DataFrame of int64 columns,
divides it by 255 and passes it to `MLPClassifier`. The course passes float32 rows. Both train
the same network for the same number of epochs; runs alternate, each in its own process. Machines
differ and are noisy, so the report gives ratios of medians of time and peak memory, and the test
accuracy.

``python -m benchmarks.training_a_multilayer_perceptron --quick`` trains one network for one
epoch on a few images, once, and gives no verdict: it shows that both ways still run.
"""

import sys
import time
import warnings
from statistics import median

from benchmarks import in_own_process, print_result

NETWORKS = {
    "(16, 16), 5 epochs": {"hidden_layer_sizes": (16, 16), "max_iter": 5},
    "(40,), 23 epochs, early stopping off": {"hidden_layer_sizes": (40,), "max_iter": 23},
}
ROUNDS = 3
FASTER, SMALLER, AS_GOOD = 1.5, 0.6, 0.005  # what the course promises
FEW = 2000  # training images of a quick run


def usual(rows):
    """MNIST the way `fetch_openml("mnist_784")` returns it, scaled as most tutorials do."""
    import numpy as np
    import pandas as pd

    from course_utils.datasets import MNIST_FILE

    with np.load(MNIST_FILE, allow_pickle=False) as arrays:
        pixels = np.concatenate([arrays["x_train"][rows], arrays["x_test"]]).reshape(-1, 784)
        labels = np.concatenate([arrays["y_train"][rows], arrays["y_test"]])
    columns = {f"pixel{i + 1}": pixels[:, i].astype(np.int64) for i in range(784)}
    X = pd.DataFrame(columns)
    y = pd.Series(labels.astype(str), dtype="category")
    X = X / 255
    return X[:-10_000], y[:-10_000], X[-10_000:], y[-10_000:]


def course(rows):
    """MNIST the way the lesson prepares it."""
    import numpy as np

    from course_utils.datasets import load_mnist

    mnist = load_mnist()
    X_train = mnist.train_images[rows].reshape(-1, 784) / np.float32(255)
    X_test = mnist.test_images.reshape(-1, 784) / np.float32(255)
    return X_train, mnist.train_labels[rows], X_test, mnist.test_labels


def run_once(data, network, quick):
    """Train in this process. Returns seconds of `fit`, peak MiB and test accuracy."""
    import os

    from sklearn.neural_network import MLPClassifier

    from tools.notebooks import peak_memory

    warnings.simplefilter("ignore")  # the runs are short, so they do not converge
    load = {"usual": usual, "course": course}[data]
    X_train, y_train, X_test, y_test = load(slice(FEW if quick else None))
    mlp = MLPClassifier(**NETWORKS[network] | ({"max_iter": 1} if quick else {}), random_state=0)
    start = time.perf_counter()
    mlp.fit(X_train, y_train)
    seconds = time.perf_counter() - start
    accuracy = mlp.score(X_test, y_test)
    return seconds, peak_memory(os.getpid()), accuracy


def measure(network, n_rounds, *flags):
    """Print the cost and accuracy of each way. Returns the medians of the two."""
    results = {"usual": [], "course": []}
    for _ in range(n_rounds):
        for data in results:
            run = in_own_process("training_a_multilayer_perceptron", data, network, *flags)
            results[data].append(run)
    medians = {data: [median(x) for x in zip(*runs, strict=True)] for data, runs in results.items()}
    print(f"\n{network}: medians of {n_rounds} rounds")
    for data, (seconds, peak, accuracy) in medians.items():
        print(f"  {data:7}{seconds:6.1f} s  {peak:6.0f} MiB  test accuracy {accuracy:.4f}")
    return medians


def main(*arguments):
    quick = "--quick" in arguments
    if arguments[:1] in (("usual",), ("course",)):
        print_result(run_once(*arguments[:2], quick))
        return
    if quick:
        measure(next(iter(NETWORKS)), 1, "--quick")
        return
    failed = False
    for network in NETWORKS:
        medians = measure(network, ROUNDS)
        faster = medians["usual"][0] / medians["course"][0]
        smaller = medians["course"][1] / medians["usual"][1]
        difference = medians["course"][2] - medians["usual"][2]
        for name, value, goal, reached in (
            ("times as fast", faster, f"at least {FASTER}", faster >= FASTER),
            ("of the memory", smaller, f"at most {SMALLER}", smaller <= SMALLER),
            ("in accuracy", difference, f"within {AS_GOOD}", abs(difference) <= AS_GOOD),
        ):
            print(f"  {value:+.3f} {name:14} goal: {goal:13} {'reached' if reached else 'MISSED'}")
            failed |= not reached
    sys.exit(failed)


if __name__ == "__main__":
    main(*sys.argv[1:])
