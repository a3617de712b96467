"""The checks of "What each layer looks for" say what is wrong with this answer."""

import numpy as np

from course_utils.checks import what_each_layer_looks_for as checks
from tests.unit.answers import changed, verdicts

RNG = np.random.default_rng(0)
W1, W2, W3 = (RNG.normal(size=shape) for shape in ((784, 512), (512, 256), (256, 10)))
b1, b2, b3 = (RNG.normal(size=n) for n in (512, 256, 10))
NETWORK = [W1, b1, W2, b2, W3, b3]
ON1, ON2 = RNG.random(512) > 0.6, RNG.random(256) > 0.4
PRODUCT = W1 @ W2 @ W3
PICTURES = PRODUCT.T.reshape(10, 28, 28)
BIAS = ((b1 * ON1) @ W2 + b2) * ON2 @ W3 + b3

PIXELS = np.where(RNG.random((1000, 784)) < 0.002, RNG.integers(1, 256, (1000, 784)), 0)
PIXELS[:, 0] = 100
PIXELS = PIXELS.astype(np.uint8)
LABELS = np.arange(1000) % 10
OF_DIGIT = [PIXELS[digit == LABELS] for digit in range(10)]
TOUCHED = np.array([rows.any(axis=0) for rows in OF_DIGIT])

GIVEN = {
    "output_pictures": (W1, W2, W3),
    "touched_pixels": (PIXELS, LABELS),
    "local_bias": (NETWORK, ON1, ON2),
}


def of_digits(function):
    return np.array([function(rows) for rows in OF_DIGIT])


def relu(array):
    return np.maximum(array, 0)


RIGHT = [
    ("output_pictures", lambda a, b, c: (a @ b @ c).T.reshape(10, 28, 28), "one image for"),
    ("output_pictures", lambda a, b, c: (c.T @ b.T @ a.T).reshape(-1, 28, 28), "one image for"),
    ("why_clear", "b", "that of the templates rises"),
    ("why_clear", "B)", "that of the templates rises"),
    ("touched_pixels", TOUCHED, "belong to one digit alone"),
    ("touched_pixels", TOUCHED.astype(int), "belong to one digit alone"),
    ("touched_pixels", TOUCHED.tolist(), "belong to one digit alone"),
    ("local_bias", BIAS, "Each bias goes through"),
    ("local_bias", list(BIAS), "Each bias goes through"),
    ("local_bias", BIAS.round(2), "Each bias goes through"),
    ("local_bias", b1 * ON1 @ (W2 * ON2) @ W3 + b2 * ON2 @ W3 + b3, "Each bias goes through"),
    ("touched_pixels", of_digits(lambda rows: rows.max(axis=0) > 0), "belong to one digit alone"),
    ("touched_pixels", [rows.any(axis=0) for rows in OF_DIGIT], "belong to one digit alone"),
    (
        "output_pictures",
        lambda a, b, c: [column.reshape(28, 28) for column in (a @ (b @ c)).T],
        "one image for",
    ),
    (
        "output_pictures",
        lambda a, b, c: np.einsum("ij,jk,kl->li", a, b, c, optimize=True).reshape(10, 28, 28),
        "one image for",
    ),
]

WRONG = [
    ("output_pictures", lambda a, b, c: a @ b @ c, "transpose it, then fold"),
    ("output_pictures", lambda a, b, c: (a @ b @ c).T, "Fold it"),
    ("output_pictures", lambda a, b, c: (a @ b @ c).reshape(28, 28, 10), "digits come last"),
    ("output_pictures", lambda a, b, c: (a @ b).T, "third matrix is missing"),
    ("output_pictures", lambda a, b, c: a.T.reshape(-1, 28, 28), "first layer alone"),
    ("output_pictures", lambda a, b, c: c @ b @ a, "Neighbouring lengths must agree"),
    ("output_pictures", lambda a, b, c: a.T @ b.T @ c.T, "reverse their order"),
    ("output_pictures", lambda a, b, c: (a @ b @ c).reshape(10, 28, 28), "transpose before"),
    ("output_pictures", lambda a, b, c: PICTURES.transpose(0, 2, 1), "mirrored"),
    (
        "output_pictures",
        lambda a, b, c: (relu(a) @ relu(b) @ c).T.reshape(10, 28, 28),
        "negative weights are gone",
    ),
    (
        "output_pictures",
        lambda a, b, c: (relu(a @ b) @ c).T.reshape(10, 28, 28),
        "a ReLU after a product",
    ),
    ("output_pictures", lambda a, b, c: a * b * c, "The product of two matrices is @"),
    ("output_pictures", lambda a, b, c: abs(PICTURES), "signs are gone"),
    ("output_pictures", lambda a, b, c: PICTURES[::-1], "reverse order"),
    ("output_pictures", lambda a, b, c: PICTURES[0], "this is one image"),
    ("output_pictures", lambda a, b: a, "stops with TypeError"),
    ("why_clear", "a", "Compare the small network with the young one"),
    ("why_clear", "c", "which reads more new images"),
    ("why_clear", "d", "Look at the templates"),
    ("why_clear", "few updates", "reason should be one of"),
    ("touched_pixels", TOUCHED.T, "transpose it"),
    ("touched_pixels", TOUCHED.any(axis=0), "all digits together"),
    ("touched_pixels", TOUCHED.sum(axis=1), "Keep the pixels apart"),
    ("touched_pixels", TOUCHED.reshape(10, 28, 28), "one row of 784"),
    ("touched_pixels", PIXELS > 0, "one row for each image"),
    ("touched_pixels", [rows.any(axis=1) for rows in OF_DIGIT], "axis=1 goes along the pixels"),
    ("touched_pixels", (PIXELS > 0).any(axis=1), "axis=1 goes along the pixels"),
    (
        "touched_pixels",
        of_digits(lambda rows: (rows > 0).sum(axis=0)),
        "counts, sums, means or maxima",
    ),
    (
        "touched_pixels",
        of_digits(lambda rows: rows.mean(axis=0)),
        "counts, sums, means or maxima",
    ),
    ("touched_pixels", of_digits(lambda rows: rows.max(axis=0) > 127), "only dark ink"),
    ("touched_pixels", of_digits(lambda rows: rows.mean(axis=0) > 127), "the mean image"),
    ("touched_pixels", of_digits(lambda rows: (rows > 0).all(axis=0)), "any instead of all"),
    ("touched_pixels", ~TOUCHED, "True and False are swapped"),
    (
        "touched_pixels",
        of_digits(lambda rows: (rows > 0).mean(axis=0) > 0.01),
        "more than 1 of 100",
    ),
    ("local_bias", (b1 @ W2 + b2) @ W3 + b3, "the masks are missing"),
    ("local_bias", b3, "the last layer alone"),
    ("local_bias", BIAS - b3, "b3 is missing"),
    ("local_bias", ((b1 * ON1) @ W2) * ON2 @ W3 + b3, "b2 is missing"),
    ("local_bias", (b2 * ON2) @ W3 + b3, "b1 is missing"),
    ("local_bias", (b1 @ W2 + b2) * ON2 @ W3 + b3, "the first mask is missing"),
    ("local_bias", ((b1 * ON1) @ W2 + b2) @ W3 + b3, "the second mask is missing"),
    ("local_bias", ((b1 * ON1) @ W2 * ON2 + b2) @ W3 + b3, "the second mask comes before b2"),
    ("local_bias", ((b1 * ON1) @ W2 + b2 * ON2) @ W3 + b3, "the second mask is on b2 alone"),
    ("local_bias", (b1 @ W2 * ON2 + b2) @ W3 + b3, "the first mask is missing", "before b2"),
    ("local_bias", (b1 @ W2 + b2 * ON2) @ W3 + b3, "the first mask is missing", "on b2 alone"),
    ("local_bias", BIAS + b3, "b3 is in it twice"),
    ("local_bias", relu(relu(b1) @ W2 + b2) @ W3 + b3, "logits of a blank"),
    ("local_bias", b1 * ON1, "still in the first layer"),
    ("local_bias", b2, "still in the second layer"),
    ("local_bias", BIAS[0], "There is one for each logit"),
    ("local_bias", BIAS[None], "take its first row"),
    # not foreseen: what came, and what is expected
    (
        "touched_pixels",
        changed(TOUCHED, (3, np.flatnonzero(TOUCHED[3])[5]), False),
        "digit 3",
        "it misses 1 of the pixels that its images touch, and has 0",
    ),
    ("output_pictures", lambda a, b, c: 2 * PICTURES, "run from", "[0, 0, 0]"),
    ("output_pictures", lambda a, b, c: np.zeros((3, 5)), "shape (3, 5)", "(10, 28, 28)"),
    ("touched_pixels", np.zeros((10, 784)), "it holds numbers", "True where any image"),
    ("local_bias", 2 * BIAS, "run from", "differs is at [0]"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


def test_a_saved_copy_of_the_older_lesson_is_told_where_its_exercise_went(capsys):
    checks.bias_in_picture("a")
    assert "the lesson 'What each layer looks for'" in capsys.readouterr().out
