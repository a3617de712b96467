"""The checks of "Seeing the weights" say what is wrong with this answer."""

import numpy as np

from course_utils.checks import seeing_the_weights as checks
from tests.unit.answers import changed, verdicts

RNG = np.random.default_rng(0)
WEIGHTS = RNG.normal(size=(784, 40))
BIASES = RNG.normal(size=40) * 20
BIASES[3] = -1000  # a dead unit
INPUTS = RNG.random((50, 784))
SUMS = INPUTS @ WEIGHTS + BIASES
IMAGES = WEIGHTS.T.reshape(40, 28, 28)

W2 = RNG.normal(size=(40, 10))
B2 = RNG.normal(size=10)
HIDDEN = np.maximum(RNG.normal(size=(300, 40)), 0)
HIDDEN[:, 3] = 0

GIVEN = {
    "weight_images": (WEIGHTS,),
    "active_share": (INPUTS, WEIGHTS, BIASES),
    "changed_answers": (HIDDEN, W2, B2),
}


def answers_without(units):
    """Answers of the network with some rows of the last matrix set to zero."""
    weights = W2.copy()
    weights[units] = 0
    return (HIDDEN @ weights + B2).argmax(axis=1)


ALL = answers_without([])
CHANGED = np.array([(answers_without([unit]) != ALL).sum() for unit in range(40)])
PILED_UP = np.array([(answers_without(range(unit + 1)) != ALL).sum() for unit in range(40)])


def rough(image):
    return ((np.diff(image) ** 2).mean() + (np.diff(image, axis=0) ** 2).mean()) / 2 / image.var()


def rough_in_loops(image):
    pairs = [(image[r, c], image[r, c + 1]) for r in range(28) for c in range(27)]
    pairs += [(image[r, c], image[r + 1, c]) for r in range(27) for c in range(28)]
    return sum((a - b) ** 2 for a, b in pairs) / len(pairs) / np.var(image, ddof=1)


def differences(image):
    return np.concatenate([np.diff(image).ravel(), np.diff(image, axis=0).ravel()])


RIGHT = [
    ("panel_count", 64, "each of the 64 units"),
    ("panel_count", np.int64(64), "each of the 64 units"),
    ("weight_images", IMAGES, "Each of the 40 columns"),
    ("active_share", (SUMS > 0).mean(axis=0), "of the 40 units are never active"),
    ("active_share", list((SUMS > 0).mean(axis=0)), "of the 40 units are never active"),
    ("active_share", (SUMS > 0).mean(axis=0).round(3), "of the 40 units are never active"),
    ("active_share", (SUMS > 0).mean(axis=0).round(2), "of the 40 units are never active"),
    ("active_share", [(SUMS[:, u] > 0).sum() / 50 for u in range(40)], "units are never active"),
    ("rough", rough, "2 for noise"),
    ("rough", rough_in_loops, "2 for noise"),
    ("rough", lambda image: round(rough(image), 2), "2 for noise"),
    ("rough", lambda image: [rough(image)][0] * np.ones(()), "2 for noise"),
    ("changed_answers", CHANGED, "the unit that is worth most"),
    ("changed_answers", CHANGED.tolist(), "the unit that is worth most"),
    ("changed_answers", tuple(CHANGED), "the unit that is worth most"),
    ("changed_answers", CHANGED.astype(float), "the unit that is worth most"),
]

WRONG = [
    ("panel_count", 32, "32 is the second hidden layer"),
    ("panel_count", 96, "96 counts both hidden layers"),
    ("panel_count", 784, "784 is the number of pixels"),
    ("panel_count", 10, "10 is the number of classes"),
    ("panel_count", 784 * 64, "50176 is the number of weights"),
    ("weight_images", WEIGHTS.reshape(40, 28, 28), "transpose before you reshape"),
    ("weight_images", IMAGES.transpose(0, 2, 1), "mirrored"),
    ("weight_images", np.abs(IMAGES), "lost its signs"),
    ("weight_images", WEIGHTS.T, "Fold it: reshape"),
    ("weight_images", WEIGHTS, "nothing happened to coefs_[0] yet"),
    ("weight_images", WEIGHTS.reshape(28, 28, 40), "the units come last"),
    ("weight_images", IMAGES[0], "this is one image"),
    ("weight_images", IMAGES[:16], "Leave out the [:16]"),
    ("active_share", (INPUTS @ WEIGHTS > 0).mean(axis=0), "the biases are missing"),
    ("active_share", np.maximum(SUMS, 0).mean(axis=0), "mean activations"),
    ("active_share", np.ones(40), "not >= 0"),
    ("active_share", (SUMS <= 0).mean(axis=0), "how often each unit is silent"),
    ("active_share", 100 * (SUMS > 0).mean(axis=0), "percentages"),
    ("active_share", (SUMS > 0).sum(axis=0), "counts of images"),
    ("active_share", SUMS.mean(axis=0), "mean sums"),
    ("active_share", (SUMS > 0).mean(axis=1), "one number for each image"),
    ("active_share", (SUMS > 0).mean(), "one number for the whole layer"),
    ("active_share", SUMS > 0, "Average over the images: .mean(axis=0)"),
    ("rough", lambda i: (np.diff(i) ** 2).mean() / i.var(), "side by side are compared"),
    ("rough", lambda i: (np.diff(i, axis=0) ** 2).mean() / i.var(), "above the other are compared"),
    ("rough", lambda i: (differences(i) ** 2).mean(), "division by the variance is missing"),
    ("rough", lambda i: (differences(i) ** 2).mean() / i.std(), "by the standard deviation"),
    ("rough", lambda i: np.abs(differences(i)).mean() / i.var(), "are not squared."),
    ("rough", lambda i: differences(i).mean() / i.var(), "not squared, so many cancel"),
    ("rough", lambda i: differences(i).mean() ** 2 / i.var(), "square each difference first"),
    ("rough", lambda i: (differences(i) ** 2).sum() / i.var(), "summed: take their mean"),
    ("rough", lambda i: 2 * rough(i), "means of the two directions are added"),
    ("rough", lambda i: np.sqrt(rough(i)), "the root of it"),
    ("rough", lambda i: 1 / rough(i), "have changed places"),
    ("rough", lambda i: (differences(i) ** 2).mean() / (i**2).mean(), "the mean square"),
    ("rough", lambda i: (np.diff(i.ravel()) ** 2).mean() / i.var(), "the image is flattened"),
    (
        "rough",
        lambda i: np.mean([(i - np.roll(i, 1, axis)) ** 2 for axis in (0, 1)]) / i.var(),
        "np.roll goes around",
    ),
    ("rough", lambda i: differences(i) ** 2 / i.var(), "one number for the whole image"),
    ("rough", lambda i: None, "None"),
    ("rough", lambda i: i.no, "rough stops with AttributeError"),
    ("rough", lambda i: 0.5, "rough gives 0.5", "the mean squared difference is"),
    ("rough", rough(IMAGES[0]), "rough should be a function"),
    ("changed_answers", np.full(40, PILED_UP[-1]), "Run the cell with W2 again"),
    ("changed_answers", CHANGED / 300, "shares of the images"),
    ("changed_answers", CHANGED / 3, "percentages"),
    ("changed_answers", 300 - CHANGED, "the comparison is reversed"),
    ("changed_answers", 1 - CHANGED / 300, "shares of the answers that stay"),
    ("changed_answers", PILED_UP, "Take a fresh copy of W2"),
    ("changed_answers", np.zeros(40, int), "No answer changes"),
    ("changed_answers", CHANGED.sum(), "one at a time"),
    ("changed_answers", ALL, "one number for each image"),
    ("changed_answers", np.ones((40, 300), bool), ".sum(axis=1)"),
    ("changed_answers", np.ones(10), "a row"),
    ("changed_answers", CHANGED + 7, "The first that differs"),
    # not foreseen: what came, and what is expected
    ("weight_images", changed(IMAGES, (5, 6, 7), 9), "[5, 6, 7]"),
    ("panel_count", 7, "You have 7", "one column for each unit of the first hidden layer"),
    ("panel_count", 0.5, "You have 0.5"),
    ("weight_images", 2 * IMAGES, "values run from", "they should run from", "[0, 0, 0]"),
    ("weight_images", np.zeros((3, 5)), "shape (3, 5)", "should have shape (40, 28, 28)"),
    ("active_share", np.full(40, 0.123), "run from 0.123 to 0.123", "differs is at [0]"),
    ("active_share", np.zeros((2, 2)), "shape (2, 2)", "should have shape (40,)"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


def test_an_old_copy_is_told_where_its_exercise_is_now(says):
    assert "'What weights tell'" in says(checks.why_smooth, "b")
    assert "'What weights tell'" in says(checks.alpha_verdicts, [])
