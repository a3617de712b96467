"""The recipe of "Training a convolutional network" compared with the usual one.

The usual recipe for this network takes float32 images divided by 255, ten epochs in batches of
100, a tenth of the images set aside (`validation_split=0.1`), and Adam at its default. The
lesson's recipe is the code of its own cells, without the curves. Runs alternate, each in its own
process. Machines differ and are noisy, so the report gives ratios of medians of time and peak
memory, and the test accuracy.

``python -m benchmarks.training_a_convolutional_network --quick`` trains on a few images, once,
and gives no verdict: it shows that both recipes still run. It stays in one process, as to start
TensorFlow takes longer than the rest.

``python -m benchmarks.training_a_convolutional_network means`` makes the lesson's table: the means
of its recipe switched on one at a time, and some peaks, on fewer images and scored on validation
images.
"""

import sys
import time
from statistics import median

from benchmarks import in_own_process, print_result

LESSON = "training_a_convolutional_network"
SEEDS = 5
SHORTER, AS_GOOD, MEMORY = 0.4, 0.991, 1024  # what the course promises
FEW = 256  # images, for a quick run
SEEDS_OF_MEANS, EPOCHS = 3, 4
MEANS = {  # batch size, rate or its peak, cosine decay, warm-up
    "usual": (100, 0.001, False, False),
    "+ batches of 128": (128, 0.001, False, False),
    "+ rate 0.006": (128, 0.006, False, False),
    "+ cosine decay": (128, 0.006, True, False),
    "+ warm-up: the whole recipe": (128, 0.006, True, True),
    "the whole recipe, batches of 100": (100, 0.006, True, True),
    "decay and warm-up only": (100, 0.001, True, True),
    "the whole recipe, peak 0.002": (128, 0.002, True, True),
    "the whole recipe, peak 0.02": (128, 0.02, True, True),
    "the whole recipe, peak 0.06": (128, 0.06, True, True),
}
QUICK_MEANS = ["usual", "+ cosine decay", "+ warm-up: the whole recipe"]  # each kind of rate


def usual(seed, quick):
    """Train as most tutorials do. Returns the network, seconds, test images and labels."""
    import keras
    from keras import layers

    from course_utils.datasets import load_mnist

    mnist = load_mnist()
    n_images = FEW if quick else None
    train_images = mnist.train_images[:n_images, ..., None].astype("float32") / 255
    test_images = mnist.test_images[:n_images, ..., None].astype("float32") / 255
    keras.utils.set_random_seed(seed)
    cnn = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(10, activation="softmax"),
        ]
    )
    start = time.perf_counter()
    cnn.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    epochs = 1 if quick else 10
    settings = {"batch_size": 100, "epochs": epochs, "validation_split": 0.1, "verbose": 0}
    cnn.fit(train_images, mnist.train_labels[:n_images], **settings)
    return cnn, time.perf_counter() - start, test_images, mnist.test_labels[:n_images]


def course(seed, quick):
    """Run the lesson's cells that build, compile and train. Returns what `usual` does."""
    import keras
    import numpy as np
    from keras import layers

    from course_utils.datasets import load_mnist
    from tools.lesson_code import run_cells

    names = {"keras": keras, "layers": layers, "load_mnist": load_mnist, "np": np, "sys": sys}
    prepare = {'sys.platform == "emscripten"': "1"} if quick else {}
    cells = ("load_mnist()", "def build(", "def schedule_for(", "def train(")
    run_cells(LESSON, *cells, names=names, replace=prepare)
    settings = {
        "set_random_seed(0)": f"set_random_seed({seed})",
        'training_callback("cnn_training", tab_seconds=25), recorder(cnn, records)': "",
    }
    if quick:
        settings["2_000 if in_a_tab else 60_000"] = str(FEW)
    start = time.perf_counter()
    run_cells(LESSON, "cnn = build(", names=names, replace=settings)
    return names["cnn"], time.perf_counter() - start, names["test_images"], names["test_labels"]


def run_once(recipe, seed, quick):
    """Train in this process. Returns seconds of `fit`, peak MiB and test accuracy."""
    import os

    from course_utils.environment import quiet_keras_import
    from tools.notebooks import peak_memory

    with quiet_keras_import():
        import keras  # noqa: F401
    train = {"usual": usual, "course": course}[recipe]
    cnn, seconds, test_images, test_labels = train(int(seed), quick)
    peak = peak_memory(os.getpid())
    accuracy = cnn.evaluate(test_images, test_labels, batch_size=200, verbose=0)[1]
    return seconds, peak, accuracy


def measure(n_seeds, quick=False):
    """Print the cost and accuracy of each recipe. Returns the medians of the two."""
    runs = {"usual": [], "course": []}
    for seed in range(n_seeds):
        for recipe in runs:
            run = run_once(recipe, seed, quick) if quick else in_own_process(LESSON, recipe, seed)
            runs[recipe].append(run)
    print(f"\nconvolutional network: {n_seeds} seeds, median (lowest to highest)")
    medians = {}
    for recipe, results in runs.items():
        seconds, peaks, accuracies = zip(*results, strict=True)
        medians[recipe] = median(seconds), median(peaks), median(accuracies)
        print(
            f"  {recipe:7}{medians[recipe][0]:6.1f} s ({min(seconds):.1f} to {max(seconds):.1f})  "
            f"{medians[recipe][1]:5.0f} MiB  test accuracy {medians[recipe][2]:.4f} "
            f"({min(accuracies):.4f} to {max(accuracies):.4f})"
        )
    return medians


def rate(n_updates, peak, decay, warm_up):
    """A learning rate for Adam: with or without cosine decay and warm-up."""
    from keras.optimizers.schedules import CosineDecay

    if not decay:
        return peak
    if not warm_up:
        return CosineDecay(peak, n_updates)
    rising = n_updates // 10
    return CosineDecay(peak / 10, n_updates - rising, warmup_target=peak, warmup_steps=rising)


def means(quick):
    """Print the validation accuracy of each recipe: mean, lowest and highest of some seeds."""
    import keras
    import numpy as np
    from keras import layers

    from course_utils.datasets import load_mnist
    from tools.lesson_code import run_cells

    names = run_cells(LESSON, "def build(", names={"keras": keras, "layers": layers})
    n_images, n_seeds, n_validation = (FEW, 1, FEW) if quick else (20_000, SEEDS_OF_MEANS, 6000)
    images, labels = load_mnist()[:2]
    known = keras.ops.convert_to_tensor(images[:n_images, ..., np.newaxis])
    validation = images[-n_validation:, ..., np.newaxis]
    for recipe in QUICK_MEANS if quick else MEANS:
        batch_size, *settings = MEANS[recipe]
        accuracies = []
        for seed in range(n_seeds):
            keras.utils.set_random_seed(seed)
            network = names["build"](layers.Flatten())
            adam = keras.optimizers.Adam(rate(EPOCHS * -(-n_images // batch_size), *settings))
            network.compile(adam, "sparse_categorical_crossentropy")
            network.fit(known, labels[:n_images], batch_size=batch_size, epochs=EPOCHS, verbose=0)
            said = network.predict(validation, batch_size=200, verbose=0).argmax(axis=1)
            accuracies.append(np.mean(said == labels[-n_validation:]))
        mean, low, high = np.mean(accuracies), min(accuracies), max(accuracies)
        print(f"  {recipe:40} {mean:.4f} ({low:.4f} to {high:.4f})", flush=True)


def main(*arguments):
    quick = "--quick" in arguments
    if arguments[:1] == ("means",):
        means(quick)
        return
    if arguments[:1] in (("usual",), ("course",)):
        print_result(run_once(*arguments, quick=False))
        return
    if quick:
        measure(1, quick)
        means(quick)
        return
    medians = measure(SEEDS)
    shorter, smaller = (medians["course"][i] / medians["usual"][i] for i in (0, 1))
    peak, accuracy = medians["course"][1:]
    print(f"  {smaller:.3f} of the memory")
    failed = False
    for name, goal, reached in (
        (f"{shorter:.3f} of the time", f"at most {SHORTER}", shorter <= SHORTER),
        (f"{accuracy:.4f} median test accuracy", f"at least {AS_GOOD}", accuracy >= AS_GOOD),
        (f"{peak:.0f} MiB at most while training", f"below {MEMORY}", peak < MEMORY),
    ):
        print(f"  {name:32} goal: {goal:15} {'reached' if reached else 'MISSED'}")
        failed |= not reached
    sys.exit(failed)


if __name__ == "__main__":
    main(*sys.argv[1:])
