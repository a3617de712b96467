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

GIVEN = {
    "weight_images": (WEIGHTS,),
    "active_share": (INPUTS, WEIGHTS, BIASES),
}


RIGHT = [
    ("panel_count", 64, "each of the 64 units"),
    ("panel_count", np.int64(64), "each of the 64 units"),
    ("weight_images", IMAGES, "Each of the 40 columns"),
    ("active_share", (SUMS > 0).mean(axis=0), "of the 40 units are never active"),
    ("active_share", list((SUMS > 0).mean(axis=0)), "of the 40 units are never active"),
    ("active_share", (SUMS > 0).mean(axis=0).round(3), "of the 40 units are never active"),
    ("why_smooth", "b", "The last big step"),
    ("why_smooth", " B ", "The last big step"),
    ("why_smooth", "B)", "The last big step"),
    ("why_smooth", "(b)", "The last big step"),
    ("why_smooth", "b.", "The last big step"),
    ("alpha_verdicts", ["overfits", "fits", "underfits"], "High variance on the left"),
    ("alpha_verdicts", ("Overfits", "fits ", "underfits"), "High variance on the left"),
    (
        "alpha_verdicts",
        np.array(["overfits", "fits", "underfits"]),
        "High variance on the left",
    ),
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
    ("why_smooth", "a", "active on no image"),
    ("why_smooth", "c", "roughness near 2"),
    ("why_smooth", "d", "alpha is 0.0001 in both networks"),
    ("alpha_verdicts", ["underfits", "fits", "overfits"], "two ends are swapped"),
    ("alpha_verdicts", ["fits", "fits", "underfits"], "the network with alpha 0.0001 fits"),
    ("alpha_verdicts", ["overfits", "fits", "fits"], "the network with alpha 50 fits"),
    ("alpha_verdicts", ["overfits", "underfits", "underfits"], "alpha 10 underfits"),
    ("alpha_verdicts", ["overfits", "overfits", "underfits"], "Compare its two scores"),
    ("alpha_verdicts", ["overfits", "fits"], "has 2 entries"),
    ("alpha_verdicts", "overfits", "a list of three words"),
    ("alpha_verdicts", {"overfits", "fits", "underfits"}, "a list of three words"),
    ("alpha_verdicts", np.array([["overfits", "fits", "underfits"]]), "a list of three words"),
    ("why_smooth", "(D)", "alpha is 0.0001 in both networks"),
    # not foreseen: what came, and what is expected
    ("weight_images", changed(IMAGES, (5, 6, 7), 9), "[5, 6, 7]"),
    ("panel_count", 7, "You have 7", "one column for each unit of the first hidden layer"),
    ("panel_count", 0.5, "You have 0.5"),
    ("weight_images", 2 * IMAGES, "values run from", "they should run from", "[0, 0, 0]"),
    ("weight_images", np.zeros((3, 5)), "shape (3, 5)", "should have shape (40, 28, 28)"),
    ("active_share", np.full(40, 0.123), "run from 0.123 to 0.123", "differs is at [0]"),
    ("active_share", np.zeros((2, 2)), "shape (2, 2)", "should have shape (40,)"),
    ("why_smooth", "e", "reason", "'e'"),
    ("alpha_verdicts", ["x", "fits", "underfits"], "'x'", "overfits, fits, underfits"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)
