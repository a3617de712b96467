"""The checks of "Where a network looks" say what is wrong with this answer."""

import json
import re

import numpy as np

from course_utils.checks import where_a_network_looks as checks
from course_utils.datasets import load_cnn_weights
from tests.unit.answers import verdicts
from tools.notebooks import ROOT

labels = np.repeat(np.arange(10), np.arange(20, 30))
before, after = labels.copy(), labels.copy()
before[[0, 50, 90]] = 9  # three mistakes before
after[[50, 60, 61, 130, 140, 200, 201, 202]] = 7
DROP = np.array([((before == d) * 1.0 - (after == d))[labels == d].mean() for d in range(10)])
HITS = np.array([((before == d) * 1 - (after == d))[labels == d].sum() for d in range(10)])
OVERALL = (before == labels).mean() - (after == labels).mean()

RNG = np.random.default_rng(0)
IMAGES = RNG.choice([0, 0, 100.0, 255], size=(4, 28, 28)).astype(np.float32)
SLOPE = RNG.normal(scale=0.01, size=(4, 28, 28)) * RNG.integers(0, 2, size=(4, 28, 28))
STEP = 40 * np.sign(SLOPE)
MOVED = np.clip(IMAGES - STEP, 0, 255)

ROWS = (RNG.normal(size=(50, 80)) + 2 + np.arange(80) / 20).astype(np.float32)
CENTRED = ROWS - ROWS.mean(axis=0)
DIRECTIONS = np.linalg.svd(CENTRED, full_matrices=False)[2]
PLANE = CENTRED @ DIRECTIONS[:2].T

GIVEN = {
    "adversarial": (IMAGES, SLOPE, 40),
    "plane": (ROWS, DIRECTIONS),
    "drop_per_digit": (before, after, labels),
}

RIGHT = [
    ("drop_per_digit", DROP, "The 8 loses most"),
    ("drop_per_digit", list(DROP), "The 0 is read better"),
    ("drop_per_digit", DROP.round(3), "The 8 loses most"),
    ("drop_per_digit", DROP.round(2), "The 8 loses most"),
    ("adversarial", MOVED, "has moved by 40"),
    ("adversarial", np.minimum(255, np.maximum(0, IMAGES - STEP)), "has moved by 40"),
    ("adversarial", MOVED.astype(np.uint8), "has moved by 40"),
    ("adversarial", MOVED[..., np.newaxis], "has moved by 40"),
    ("adversarial", MOVED.tolist(), "has moved by 40"),
    ("plane", PLANE, "drops the rest"),
    ("plane", PLANE.astype(np.float32), "drops the rest"),
    ("plane", np.stack([CENTRED @ DIRECTIONS[0], CENTRED @ DIRECTIONS[1]], 1), "drops the rest"),
    ("plane", (DIRECTIONS[:2] @ CENTRED.T).T, "drops the rest"),
    ("plane", PLANE.round(2), "drops the rest"),
    ("plane", ROWS @ DIRECTIONS[:2].T - ROWS.mean(axis=0) @ DIRECTIONS[:2].T, "drops the rest"),
    ("favourites", "c", "All digits excite the map"),
    ("favourites", "(C)", "All digits excite the map"),
]

WRONG = [
    ("drop_per_digit", -DROP, "the sign is flipped"),
    ("drop_per_digit", HITS, "these are counts of images"),
    ("drop_per_digit", HITS / len(labels), "divided by all images"),
    ("drop_per_digit", 100 * DROP, "percentages"),
    ("drop_per_digit", OVERALL, "the drop on all images together"),
    ("drop_per_digit", np.full(10, OVERALL), "each digit has the drop on all images"),
    (
        "drop_per_digit",
        np.array([(after[labels == d] == d).mean() for d in range(10)]),
        "this is the accuracy after",
    ),
    (
        "drop_per_digit",
        np.array([(before[labels == d] == d).mean() for d in range(10)]),
        "this is the accuracy before",
    ),
    (
        "drop_per_digit",
        np.array([(before != after)[labels == d].mean() for d in range(10)]),
        "how often the answer changed",
    ),
    (
        "drop_per_digit",
        np.array(
            [
                (labels[before == d] == d).mean() - (labels[after == d] == d).mean()
                for d in range(10)
            ]
        ),
        "by what the network says",
    ),
    ("favourites", "a", "nearly all fours, but not the average"),
    ("favourites", "B", "lose next to nothing"),
    ("favourites", "d)", "something in common"),
    ("adversarial", IMAGES - STEP, "np.clip"),
    ("adversarial", np.clip(IMAGES + STEP, 0, 255), "makes the lead larger"),
    ("adversarial", IMAGES + STEP, "not kept between 0 and 255"),
    ("adversarial", np.clip(IMAGES - 40 * SLOPE, 0, 255), "Take its sign: np.sign"),
    ("adversarial", IMAGES - 40 * SLOPE, "Take its sign, and keep"),
    ("adversarial", np.clip(IMAGES - np.sign(SLOPE), 0, 255), "each pixel moves by 1"),
    ("adversarial", np.clip(IMAGES - STEP / 255, 0, 255), "divided by 255"),
    ("adversarial", np.clip(IMAGES - STEP, 0, 1), "between 0 and 1"),
    ("adversarial", np.clip(IMAGES / 255 - STEP, 0, 1), "the step was not"),
    ("adversarial", -STEP, "the step alone"),
    ("adversarial", np.clip(IMAGES - abs(STEP), 0, 255), "should become darker"),
    ("adversarial", IMAGES, "as they were"),
    ("adversarial", (IMAGES - STEP).astype(int).astype(np.uint8), "wrapped around"),
    ("adversarial", MOVED[0], "should have shape (4, 28, 28)"),
    ("plane", ROWS @ DIRECTIONS[:2].T, "the mean row is not subtracted"),
    ("plane", (ROWS - ROWS.mean()) @ DIRECTIONS[:2].T, "the mean of all"),
    ("plane", (ROWS - ROWS.mean(axis=1, keepdims=True)) @ DIRECTIONS[:2].T, "(axis=1)"),
    ("plane", PLANE[:, ::-1], "swapped"),
    ("plane", PLANE.T, "transpose it"),
    ("plane", CENTRED @ DIRECTIONS[-2:].T, "the last two directions"),
    ("plane", CENTRED @ DIRECTIONS[1:3].T, "number 0"),
    ("plane", CENTRED[:, :2], "the first two numbers"),
    ("plane", CENTRED @ DIRECTIONS.T, "Take the first two rows"),
    ("plane", CENTRED @ DIRECTIONS[0], "Take both directions"),
    ("plane", CENTRED, "not yet multiplied"),
    ("plane", DIRECTIONS[:2], "these are the two directions"),
    ("plane", -PLANE, "the sign is flipped"),
    ("plane", PLANE / PLANE.std(axis=0), "standard deviation"),
    # not foreseen: what came, and what is expected
    ("drop_per_digit", np.full(10, 0.5), "run from 0.5 to 0.5", "at [0]"),
    ("drop_per_digit", np.zeros((10, 10)), "shape (10, 10)", "should have shape (10,)"),
    ("favourites", "e", "shown", "'e'"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


def test_the_groups_of_kernels_are_those_that_the_lesson_before_finds():
    kernels = load_cnn_weights()[0][:, :, 0, :].transpose(2, 0, 1).reshape(32, 9)
    x, y = np.meshgrid([-1, 0, 1], [1, 0, -1])
    angles = np.arange(16) * 22.5
    edges = [np.clip(np.cos(a) * x + np.sin(a) * y, -1, 1).ravel() for a in np.deg2rad(angles)]
    cosines = (kernels @ np.transpose(edges)) / np.linalg.norm(edges, axis=1)
    cosines /= np.linalg.norm(kernels, axis=1, keepdims=True)
    is_edge, direction = cosines.max(axis=1) > 0.7, angles[cosines.argmax(axis=1)]
    is_above = is_edge & (np.abs(direction - 90) < 23)
    (lesson,) = ROOT.glob("lessons/*_where_a_network_looks.md")
    groups = re.findall(
        r"^(?:above|other_edges) = (\[.*?\])", lesson.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [json.loads(group) for group in groups] == [
        np.flatnonzero(is_above).tolist(),
        np.flatnonzero(is_edge & ~is_above).tolist(),
    ]
