"""Lesson 7's recipe against the usual one: time, peak memory and test accuracy.

The usual recipe for this convolutional network takes float32 images divided by 255, ten epochs
in batches of 100, a tenth of the images set aside (`validation_split=0.1`), and Adam at its
default. The lesson's recipe is the code of its own cells, without the curves. Runs alternate,
each in a process of its own; what is reported are ratios of medians, because machines differ
and are noisy.

``python -m benchmarks.lesson_07 2`` runs two seeds instead of five, for a quick look.
"""

import io
import json
import subprocess
import sys
import time
from contextlib import redirect_stdout
from statistics import median

SEEDS = 5
SHORTER, AS_GOOD, MEMORY = 0.4, 0.991, 1024  # what the course promises


def data():
    """Training images and labels, test images and labels; the images with a channel axis."""
    import numpy as np

    from course_utils.datasets import load_mnist

    mnist = load_mnist()
    images = (mnist.train_images[..., np.newaxis], mnist.test_images[..., np.newaxis])
    return images[0], mnist.train_labels, images[1], mnist.test_labels


def usual(seed):
    """Train as most tutorials do. Returns the network, seconds, and its test images."""
    import keras
    from keras import layers

    train_images, train_labels, test_images, _ = data()
    train_images = train_images.astype("float32") / 255
    test_images = test_images.astype("float32") / 255
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
    settings = {"batch_size": 100, "epochs": 10, "validation_split": 0.1, "verbose": 0}
    cnn.fit(train_images, train_labels, **settings)
    return cnn, time.perf_counter() - start, test_images


def course(seed):
    """Run the cells of lesson 7 that build, compile and train; returns what `usual` does."""
    import keras
    import numpy as np
    from keras import layers

    from tools.notebooks import lessons, place_of, read_lesson

    train_images, train_labels, test_images, _ = data()
    names = {
        "keras": keras,
        "layers": layers,
        "np": np,
        "train_images": keras.ops.convert_to_tensor(train_images),  # as the lesson does
        "train_labels": train_labels,
        "training_callback": lambda caption: keras.callbacks.Callback(),  # draws nothing
    }
    lesson = read_lesson(lessons("07")[0])
    build, plan, train = (
        lesson.cells[place_of(text, lesson)].source
        for text in ("cnn = ", "CosineDecay(", "cnn.fit(")
    )
    exec(build.replace("set_random_seed(0)", f"set_random_seed({seed})"), names)
    with redirect_stdout(io.StringIO()):  # the lesson prints how many updates it plans
        exec(plan, names)
    start = time.perf_counter()
    exec(train, names)
    return names["cnn"], time.perf_counter() - start, test_images


def run_once(recipe, seed):
    """Train in this process. Prints seconds of `fit`, peak MiB and test accuracy as JSON."""
    import os

    from course_utils.environment import quiet_keras_import
    from tools.notebooks import peak_memory

    with quiet_keras_import():
        import keras  # noqa: F401
    cnn, seconds, test_images = {"usual": usual, "course": course}[recipe](int(seed))
    peak = peak_memory(os.getpid())
    accuracy = cnn.evaluate(test_images, data()[3], batch_size=200, verbose=0)[1]
    print(json.dumps([seconds, peak, accuracy]))


def main(n_seeds=SEEDS):
    runs = {"usual": [], "course": []}
    for seed in range(int(n_seeds)):
        for recipe in runs:
            command = [sys.executable, "-m", "benchmarks.lesson_07", recipe, str(seed)]
            runs[recipe].append(json.loads(subprocess.check_output(command)))
    print(f"\nlesson 7, convolutional network: {n_seeds} seeds, median (lowest to highest)")
    medians = {}
    for recipe, results in runs.items():
        seconds, peaks, accuracies = zip(*results, strict=True)
        medians[recipe] = median(seconds), median(peaks), median(accuracies)
        print(
            f"  {recipe:7}{medians[recipe][0]:6.1f} s ({min(seconds):.1f} to {max(seconds):.1f})  "
            f"{medians[recipe][1]:5.0f} MiB  test accuracy {medians[recipe][2]:.4f} "
            f"({min(accuracies):.4f} to {max(accuracies):.4f})"
        )
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
    run_once(*sys.argv[1:]) if sys.argv[1:2] in (["usual"], ["course"]) else main(*sys.argv[1:])
