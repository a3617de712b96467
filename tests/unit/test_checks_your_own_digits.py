"""The checks of "Your own digits" say what is wrong with this answer."""

import numpy as np
from PIL import Image
from scipy import ndimage
from scipy.ndimage import center_of_mass as mass

from course_utils.checks import your_own_digits as checks
from tests.unit.answers import verdicts

# Right answers


def dark(photo):
    return 255 - photo.mean(axis=2)


def ink(picture):
    return picture > ndimage.uniform_filter(picture, 81) + 30


def box(ink):
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return rows[0], rows[-1] + 1, columns[0], columns[-1] + 1


def cropped(ink):
    top, bottom, left, right = box(ink)
    return ink[top:bottom, left:right]


def in_loops(ink):
    while not ink[0].any():
        ink = ink[1:]
    while not ink[-1].any():
        ink = ink[:-1]
    return in_loops(ink.T).T if not ink[:, 0].any() or not ink[:, -1].any() else ink


def size(height, width):
    factor = 20 / max(height, width)
    return max(1, round(factor * height)), max(1, round(factor * width))


def put(small, row, column, shape=(28, 28)):
    image = np.zeros(shape, dtype=np.uint8)
    image[row : row + small.shape[0], column : column + small.shape[1]] = small
    return image


def placed(small, middle=14.0):
    row, column = mass(small)
    return put(small, round(middle - row), round(middle - column))


def rolled(small):
    """Put it into the corner, then move the whole image."""
    image = put(small, 0, 0)
    rows, columns = np.indices(image.shape)
    down = round(14 - (image * rows).sum() / image.sum())
    right = round(14 - (image * columns).sum() / image.sum())
    return np.roll(image, (down, right), axis=(0, 1))


def sized(rounding, box=20, longer=max):
    """A size with another rounding, box or side."""
    return lambda *sides: tuple(rounding(box * side / longer(sides)) for side in sides)


def at_least_1(rounding):
    return lambda side: max(1, int(rounding(side)))


def local(picture, window=81, margin=30):
    return picture > ndimage.uniform_filter(picture, window) + margin


GIVEN = {}
RIGHT = [
    ("darkness", dark, "ink is high"),
    ("darkness", lambda p: 255 - p @ [0.299, 0.587, 0.114], "ink is high"),
    ("darkness", lambda p: 255 - p @ [0.21, 0.72, 0.07], "ink is high"),
    ("darkness", lambda p: 255 - 0.33 * p.sum(axis=2), "ink is high"),
    ("darkness", lambda p: 255 - np.asarray(Image.fromarray(p).convert("L")), "ink is high"),
    ("darkness", lambda p: (255 - p).astype(int).sum(axis=2) // 3, "ink is high"),
    ("darkness", lambda p: np.mean(~p, axis=-1).round().astype(np.uint8), "ink is high"),
    ("find_ink", ink, "no paper"),
    ("find_ink", lambda d: 255 * ink(d).astype(np.uint8), "no paper"),
    ("find_ink", lambda d: ink(d).astype(float), "no paper"),
    ("find_ink", lambda d: d - ndimage.gaussian_filter(d, 30) > 30, "no paper"),
    ("find_ink", lambda d: local(d, 101, 35), "no paper"),
    ("find_ink", lambda d: 255 - d < 0.7 * ndimage.uniform_filter(255 - d, 81), "no paper"),
    ("crop", cropped, "on all four sides"),
    ("crop", lambda i: 255 * cropped(i).astype(np.uint8), "on all four sides"),
    ("crop", in_loops, "on all four sides"),
    ("crop", lambda i: cropped(i).tolist(), "on all four sides"),
    ("new_size", size, "one pixel wide"),
    ("new_size", lambda h, w: list(size(h, w)), "one pixel wide"),
    ("new_size", lambda h, w: np.array(size(h, w)), "one pixel wide"),
    ("new_size", sized(lambda side: np.maximum(1, np.rint(side))), "one pixel wide"),
    ("place", placed, "as in MNIST"),
    ("place", lambda s: placed(s, 13.5), "as in MNIST"),
    ("place", rolled, "as in MNIST"),
    ("place", lambda s: placed(s).astype(float), "as in MNIST"),
    ("place", lambda s: placed(s).tolist(), "as in MNIST"),
]  # fmt: skip
WRONG = [
    ("darkness", lambda p: p.mean(axis=2), "not inverted"),
    ("darkness", lambda p: 1 - p.mean(axis=2) / 255, "from 0 to 1"),
    ("darkness", lambda p: p.mean(axis=2) / 255, "from 0 to 1 and is not inverted"),
    ("darkness", lambda p: 255 - p, "three numbers for each pixel"),
    ("darkness", lambda p: 255 - p.mean(), "one number for the whole photograph"),
    ("darkness", lambda p: 255 - p.mean(axis=0), "The mean goes over the rows"),
    ("darkness", lambda p: 255 - p.mean(axis=1), "The mean goes over the columns"),
    ("darkness", lambda p: dark(p).T, "Rows and columns have changed places"),
    ("darkness", lambda p: 255 - (p[..., 0] + p[..., 1] + p[..., 2]) / 3, "wraps around"),
    ("darkness", lambda p: 255 - p[..., 0], "red alone"),
    ("darkness", lambda p: p[..., 2], "blue alone, and not inverted"),
    ("darkness", lambda p: -p.mean(axis=2), "negative"),
    ("darkness", lambda p: p.mean(axis=2).max() - p.mean(axis=2), "brightest pixel of this"),
    ("darkness", lambda p: 255.0 - p.sum(axis=2), "added up, not averaged"),
    ("darkness", lambda p: dark(p) / 2, "should be near"),
    ("darkness", lambda p: dark(p)[..., None], "Leave out the last axis"),
    ("darkness", lambda p: p.nothing, "stops with AttributeError"),
    ("find_ink", lambda d: d > (d.min() + d.max()) / 2, "one threshold for the whole picture"),
    ("find_ink", lambda d: d > 127, "one threshold for the whole picture"),
    ("find_ink", lambda d: d < 60, "takes what is bright"),
    ("find_ink", lambda d: ~ink(d), "True and False have changed places"),
    ("find_ink", lambda d: d > ndimage.uniform_filter(d, 81), "noise alone"),
    ("find_ink", lambda d: local(d, margin=10), "A speck far from the digit"),
    ("find_ink", lambda d: local(d, window=9), "The strokes are hollow", "81"),
    ("find_ink", lambda d: local(d, margin=70), "Strokes are lost", "30"),
    ("find_ink", lambda d: d < ndimage.uniform_filter(d, 81) - 30, "brighter than its"),
    ("find_ink", lambda d: d - ndimage.uniform_filter(d, 81), "different values"),
    ("find_ink", lambda d: d > d.mean() + 30, "one threshold for the whole picture"),
    ("find_ink", lambda d: ndimage.uniform_filter(d, 81) - d > 30, "brighter than its"),
    ("find_ink", lambda d: None, "the result should be an array"),
    ("find_ink", lambda d: ink(d).T, "Rows and columns"),
    ("find_ink", lambda d: d > 300, "every pixel is False"),
    ("find_ink", lambda d: ink(d).any(), "has shape ()"),
    ("crop", lambda i: i, "nothing was cut off"),
    ("crop", lambda i: i[box(i)[0] : box(i)[1] - 1, box(i)[2] : box(i)[3] - 1], "last row and"),
    ("crop", lambda i: i[box(i)[0] : box(i)[1] - 1, box(i)[2] : box(i)[3]], "the last row of"),
    ("crop", lambda i: i[box(i)[0] : box(i)[1], box(i)[2] : box(i)[3] - 1], "the last column"),
    ("crop", lambda i: i[box(i)[0] : box(i)[1] + 1, box(i)[2] : box(i)[3] + 1], "too many"),
    ("crop", lambda i: i[box(i)[0] : box(i)[1]], "only the rows"),
    ("crop", lambda i: i[:, box(i)[2] : box(i)[3]], "only the columns"),
    ("crop", lambda i: i[box(i)[2] : box(i)[3], box(i)[0] : box(i)[1]], "swapped"),
    ("crop", lambda i: cropped(i).T, "transposed"),
    ("crop", lambda i: i[i.any(axis=1)][:, i.any(axis=0)], "inside the digit"),
    ("crop", box, "a tuple of 4"),
    ("crop", lambda i: i[1:-1, 1:-1][:3], "and yours has"),
    ("new_size", lambda h, w: (20, 20), "proportions are lost"),
    ("new_size", lambda h, w: size(h, w)[::-1], "height, width"),
    ("new_size", sized(float), "whole pixels only"),
    ("new_size", sized(round), "become 0"),
    ("new_size", sized(at_least_1(int)), "rounded down"),
    ("new_size", sized(at_least_1(np.ceil)), "rounded up"),
    ("new_size", sized(round, longer=min), "the longer one"),
    ("new_size", sized(at_least_1(round), 28), "28 is the size"),
    ("new_size", lambda h, w: (h, w) if h < 20 else size(h, w), "nothing has changed"),
    ("new_size", lambda h, w: 20 / max(h, w), "two numbers"),
    ("new_size", lambda h, w: (7, 9), "the same factor"),
    ("place", lambda s: put(s, *((28 - n) // 2 for n in s.shape)), "middle of the box"),
    ("place", lambda s: put(s, 0, 0), "upper left corner"),
    ("place", lambda s: placed(s).T, "transposed"),
    ("place", lambda s: placed(s) / 255, "from 0 to 1"),
    ("place", lambda s: s, "has shape (16, 12)"),
    ("place", lambda s: placed(s)[..., None], "Leave out the channel"),
    ("place", lambda s: np.zeros((28, 28)), "The image is empty"),
    ("place", lambda s: put(s, *(round(14 - c) for c in mass(s)[::-1])), "row and column have"),
    ("place", lambda s: put(s, *(round(c) for c in mass(s))), "taken for the corner"),
    ("place", lambda s: 255 * (placed(s) > 0), "grey levels have changed"),
    ("place", lambda s: placed(s[:-3]), "beyond the edge"),
    ("place", lambda s: put(s, 8, 1), "should balance near"),
]  # fmt: skip

test_what_is_said_about_an_answer = verdicts(checks, GIVEN, RIGHT, WRONG)
