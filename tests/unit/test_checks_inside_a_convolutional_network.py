"""The checks of "Inside a convolutional network" say what is wrong with this answer."""

import numpy as np
import pytest

from course_utils.checks import inside_a_convolutional_network as checks
from tests.unit.answers import verdicts

norm = np.linalg.norm

RNG = np.random.default_rng(0)

PATCHES = np.array(
    [
        [[0, 0, 0], [159, 151, 60], [254, 254, 254]],
        [[254, 254, 254], [72, 114, 163], [0, 0, 0]],
    ],
    dtype=np.uint8,
)
KERNEL = np.array([[0.19, 0.17, 0.18], [0.11, 0.03, 0.13], [-0.28, -0.27, -0.29]])
BIAS = -0.02
PRODUCTS = PATCHES / 255 * KERNEL
SUMS = PRODUCTS.sum(axis=(1, 2))
VALUES = np.maximum(SUMS + BIAS, 0)
RAW = (PATCHES * KERNEL).sum(axis=(1, 2))

SHAPES = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64)]

HIGHEST = RNG.random((50, 64)) + 0.1
HIGHEST[:, [20, 33]] = 0  # dead
HIGHEST[::2, 49] = 0  # silent on half of the images
HIGHEST[1, 5] = 0
DEAD = [20, 33]

GIVEN = {
    "map_values": (PATCHES, KERNEL, BIAS),
    "dead_maps": (HIGHEST,),
}


def shapes(**changed):
    """The right shapes, with some layers changed."""
    names = ("conv_1", "pool_1", "conv_2", "pool_2")
    return list((dict(zip(names, SHAPES, strict=True)) | changed).values())


RIGHT = [
    ("layer_shapes", SHAPES, "1,600 numbers"),
    ("layer_shapes", tuple(list(shape) for shape in SHAPES), "1,600 numbers"),
    ("layer_shapes", np.array(SHAPES), "1,600 numbers"),
    ("map_values", VALUES, "Keras has the same numbers"),
    ("map_values", VALUES.astype(np.float32), "Keras has the same numbers"),
    ("map_values", VALUES.round(3), "Keras has the same numbers"),
    ("map_values", VALUES.round(2), "Keras has the same numbers"),
    ("map_values", [float(value) for value in VALUES], "Keras has the same numbers"),
    ("dead_maps", DEAD, "Of 64 maps, 2 were 0"),
    ("dead_maps", np.array(DEAD), "Of 64 maps, 2 were 0"),
    ("dead_maps", {33, 20}, "Of 64 maps, 2 were 0"),
    ("dead_maps", (33, 20), "Of 64 maps, 2 were 0"),
    ("dead_maps", np.argwhere((HIGHEST == 0).all(axis=0)), "Of 64 maps, 2 were 0"),
    ("dead_maps", np.where((HIGHEST == 0).all(axis=0)), "Of 64 maps, 2 were 0"),
    ("cosine", lambda a, b: (a * b).sum() / np.sqrt((a**2).sum() * (b**2).sum()), "the pattern"),
    ("cosine", lambda a, b: np.vdot(a, b) / (norm(a) * norm(b)), "the pattern"),
    ("cosine", lambda a, b: (a / norm(a) * (b / norm(b))).sum(), "the pattern"),
    ("cosine", lambda a, b: a.ravel() @ b.ravel() / norm(a) / norm(b), "the pattern"),
    ("cosine", lambda a, b: np.array([[np.vdot(a / norm(a), b / norm(b))]]), "the pattern"),
]

WRONG = [
    ("layer_shapes", shapes(conv_1=(28, 28, 32)), "smaller than the image by 2"),
    ("layer_shapes", shapes(pool_1=(14, 14, 32)), "halves the 26 of conv 1"),
    ("layer_shapes", shapes(pool_1=(25, 25, 32)), "it does not slide"),
    ("layer_shapes", shapes(pool_1=(24, 24, 32)), "it does not slide"),
    ("layer_shapes", shapes(conv_2=(13, 13, 64)), "takes 2 away from the 13"),
    ("layer_shapes", shapes(conv_2=(12, 12, 64)), "one on each side"),
    ("layer_shapes", shapes(pool_2=(6, 6, 64)), "half of 11 is 5.5"),
    ("layer_shapes", shapes(pool_2=(7, 7, 64)), "halves the 11 of conv 2, not 14"),
    ("layer_shapes", shapes(pool_2=(10, 10, 64)), "it does not slide"),
    ("layer_shapes", shapes(conv_1=(26, 26, 1)), "one map for each kernel"),
    ("layer_shapes", shapes(conv_2=(11, 11, 32)), "one map for each kernel"),
    ("layer_shapes", shapes(pool_1=(13, 13, 16)), "Pooling keeps the number of maps"),
    ("layer_shapes", shapes(conv_1=(26, 26)), "how many maps there are"),
    ("layer_shapes", shapes(conv_1=(32, 26, 26)), "has the maps first"),
    ("layer_shapes", shapes(conv_1=(1, 26, 26, 32)), "Leave out the first, the number"),
    ("layer_shapes", [(None, *shape) for shape in SHAPES], "Leave out the first, the number"),
    ("layer_shapes", shapes(conv_1=(25, 25, 32)), "one on each side"),
    ("layer_shapes", shapes(pool_1=(12, 12, 32)), "the maps of pool 1 are 13 pixels high"),
    ("layer_shapes", SHAPES[:3], "has 3 entries"),
    ("map_values", np.maximum(RAW + BIAS, 0), "the pixels are not scaled"),
    ("map_values", RAW + BIAS, "ReLU is missing too"),
    ("map_values", np.maximum(RAW + BIAS, 0) / 255, "255 divides the whole sum"),
    ("map_values", SUMS + BIAS, "ReLU is missing: no activation"),
    ("map_values", SUMS, "these are the bare sums"),
    ("map_values", np.maximum(SUMS, 0), "the bias is missing"),
    ("map_values", np.maximum(SUMS, 0) + BIAS, "the bias came last"),
    ("map_values", np.maximum(SUMS - BIAS, 0), "the bias is subtracted"),
    (
        "map_values",
        np.maximum((PATCHES / 255 * KERNEL[::-1, ::-1]).sum(axis=(1, 2)) + BIAS, 0),
        "rotated by 180°",
    ),
    (
        "map_values",
        np.maximum((PATCHES / 255 * KERNEL.T).sum(axis=(1, 2)) + BIAS, 0),
        "the kernel is transposed",
    ),
    ("map_values", np.abs(SUMS + BIAS), "a negative sum became positive"),
    ("map_values", np.maximum(PRODUCTS, 0).sum(axis=(1, 2)), "ReLU came first"),
    ("map_values", VALUES[::-1], "are swapped"),
    ("map_values", PRODUCTS, "the nine products of each place"),
    ("map_values", PATCHES / 255 @ KERNEL, "@ multiplies matrices"),
    (
        "map_values",
        np.maximum((PATCHES / 255 @ KERNEL).sum(axis=(1, 2)) + BIAS, 0),
        "@ multiplies matrices",
    ),
    (
        "map_values",
        np.maximum((PRODUCTS + BIAS).sum(axis=(1, 2)), 0),
        "the bias is added to each of the nine",
    ),
    ("map_values", VALUES.sum(), "one number for all places together"),
    ("map_values", PRODUCTS.sum(axis=1), "Add up both directions"),
    ("map_values", PRODUCTS.sum(axis=0), "adds the places together"),
    ("dead_maps", np.flatnonzero((HIGHEST == 0).any(axis=0)), "all instead of any"),
    ("dead_maps", (HIGHEST == 0).any(axis=0), "all instead of any"),
    ("dead_maps", (HIGHEST == 0).all(axis=0), "np.flatnonzero"),
    ("dead_maps", np.flatnonzero(HIGHEST[0] == 0), "Look at all 50 images"),
    ("dead_maps", np.setdiff1d(np.arange(64), DEAD), "the maps that are alive"),
    ("dead_maps", np.flatnonzero((HIGHEST == 0).all(axis=1)), "axis=1 looks at each row"),
    ("dead_maps", [20, 33, 64], "numbered 0 to 63"),
    ("dead_maps", [20, 33, 7], "it is active in 50 of 50"),
    ("dead_maps", [20], "1 of the 2 dead maps"),
    ("dead_maps", 20, "Put it in a list"),
    ("dead_maps", 2, "Give a list of the numbers"),
    ("dead_maps", HIGHEST.max(axis=0), "has 64 entries"),
    ("dead_maps", (HIGHEST == 0).all(axis=1), "axis=0 goes over the images"),
    ("dead_maps", np.argwhere(HIGHEST == 0), "It should be a row of numbers"),
    ("cosine", lambda a, b: (a * b).sum(), "not divided by the two lengths"),
    ("cosine", lambda a, b: (a * b).sum() / norm(a), "the length of b, too"),
    ("cosine", lambda a, b: (a * b).sum() / norm(b), "the length of a, too"),
    ("cosine", lambda a, b: (a * b).sum() / ((a**2).sum() * (b**2).sum()), "the root of the sum"),
    ("cosine", lambda a, b: (a * b).mean() / (norm(a) * norm(b)), "averaged"),
    ("cosine", lambda a, b: abs(np.vdot(a, b)) / (norm(a) * norm(b)), "keep the sign"),
    ("cosine", lambda a, b: np.arccos(np.vdot(a, b) / norm(a) / norm(b) * 0.9999999), "the angle"),
    ("cosine", lambda a, b: np.corrcoef(a.ravel(), b.ravel())[0, 1], "the correlation"),
    ("cosine", lambda a, b: (a * b).sum() / (abs(a).sum() * abs(b).sum()), "sum of magnitudes"),
    ("cosine", lambda a, b: (a * b).sum() / (norm(a) + norm(b)), "not by their sum"),
    ("cosine", lambda a, b: norm(a - b), "the distance"),
    ("cosine", lambda a, b: a * b, "It should return one number"),
    ("cosine", lambda a, b: a @ b, "@ multiplies matrices"),
    ("cosine", lambda a, b: 0.5, "For two arrays of shape (3, 3) cosine gives 0.500"),
    ("cosine", 0.5, "should be a function"),
    # not foreseen: what came, and what is expected
    ("layer_shapes", shapes(conv_2=(9, 9, 64)), "conv 2: (9, 9, 64)", "11 pixels high"),
    ("layer_shapes", shapes(conv_2=(11, 10, 64)), "conv 2: (11, 10, 64)"),
    ("layer_shapes", shapes(pool_2=1600), "pool 2", "1600"),
    ("layer_shapes", shapes(pool_2=(5,)), "pool 2", "height, width, number of maps"),
    ("map_values", [0.1, 0.2], "it should be 0", "at [0]"),
    ("map_values", np.zeros(3), "shape (3,)", "should have shape (2,)"),
    ("dead_maps", [20.5], "holds 20.5", "whole numbers"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


@pytest.mark.parametrize("name", ["drop_per_digit", "favourites"])
def test_a_saved_copy_says_where_its_exercise_is_now(name, capsys):
    getattr(checks, name)([1, 2], None, None, None)
    assert "'Where a network looks'" in capsys.readouterr().out
