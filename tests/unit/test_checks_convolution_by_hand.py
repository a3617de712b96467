"""The checks of "Convolution by hand" say what is wrong with this answer."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import convolve2d, correlate2d

from course_utils.checks import convolution_by_hand as checks
from tests.unit.answers import verdicts

RNG = np.random.default_rng(0)
IMAGE = RNG.random((28, 28))
TO_THE_RIGHT = [[0, 0, 0], [1, 0, 0], [0, 0, 0]]


def kernel(row, column, value=1):
    table = np.zeros((3, 3))
    table[row, column] = value
    return table


def convolve(image, kernel):
    height, width = kernel.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            feature_map[row, column] = (
                image[row : row + height, column : column + width] * kernel
            ).sum()
    return feature_map


def changed_convolve(change):
    """The right function with a slip: `change` gets windows, kernel, and the shape of the map."""

    def slip(image, kernel):
        return change(sliding_window_view(image, kernel.shape), kernel)

    return slip


def only_for_3_by_3(image, kernel):
    return (sliding_window_view(image, (3, 3)) * kernel).sum(axis=(2, 3))


def sizes_written_in(image, kernel):
    feature_map = np.zeros((26, 26))
    for row in range(26):
        for column in range(26):
            feature_map[row, column] = (image[row : row + 3, column : column + 3] * kernel).sum()
    return feature_map


def swapped_slices(image, kernel):
    feature_map = np.zeros((image.shape[0] - 2, image.shape[1] - 2))
    for row, column in np.ndindex(feature_map.shape):
        feature_map[row, column] = (image[column : column + 3, row : row + 3] * kernel).sum()
    return feature_map


def without_the_sum(image, kernel):
    feature_map = np.zeros((image.shape[0] - 2, image.shape[1] - 2))
    for row, column in np.ndindex(feature_map.shape):
        feature_map[row, column] = image[row : row + 3, column : column + 3] * kernel
    return feature_map


def pool_of_26_by_26(feature_map):
    pooled = np.zeros((13, 13))
    for row, column in np.ndindex(13, 13):
        window = feature_map[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        pooled[row, column] = window.max()
    return pooled


def zero_borders(image, kernel, first):
    feature_map = convolve(image, kernel)
    feature_map[0 if first else -1] = 0
    feature_map[:, 0 if first else -1] = 0
    return feature_map


def returns_inside_the_loop(array, right):
    result = np.zeros_like(right)
    result[0, 0] = right[0, 0]
    return result


def pool(feature_map):
    rows, columns = feature_map.shape[0] // 2, feature_map.shape[1] // 2
    whole = feature_map[: 2 * rows, : 2 * columns]
    return whole.reshape(rows, 2, columns, 2).max(axis=(1, 3))


def pool_in_loops(feature_map):
    rows, columns = (side // 2 for side in feature_map.shape)
    return [
        [feature_map[2 * r : 2 * r + 2, 2 * c : 2 * c + 2].max() for c in range(columns)]
        for r in range(rows)
    ]


def pooled_with(change):
    """A pooling of even sides in which `change` does something else with the pairs."""
    return lambda m: change(m.reshape(m.shape[0] // 2, 2, m.shape[1] // 2, 2))


def pool_with_half_windows(m):
    return pool(np.pad(m, [(0, side % 2) for side in m.shape]))


def size(size, kernel, stride=1, padding=0):
    return (size + 2 * padding - kernel) // stride + 1


GIVEN = {
    "moving_kernel": (IMAGE,),
}


RIGHT = [
    ("convolve", convolve, "the sum over one window"),
    ("convolve", changed_convolve(lambda w, k: (w * k).sum(axis=(2, 3))), "the sum over one"),
    ("convolve", changed_convolve(lambda w, k: np.einsum("rcij,ij->rc", w, k)), "the sum over one"),
    ("convolve", lambda i, k: correlate2d(i, k, mode="valid"), "the sum over one window"),
    ("convolve", lambda i, k: convolve(i, k).tolist(), "the sum over one window"),
    ("convolve", lambda i, k: convolve(i, k).astype("float32"), "the sum over one window"),
    ("pool", pool, "the largest of a window of 2 by 2"),
    ("pool", pool_in_loops, "the largest of a window of 2 by 2"),
    (
        "pool",
        lambda m: np.maximum(
            np.maximum(
                m[: m.shape[0] // 2 * 2 : 2, : m.shape[1] // 2 * 2 : 2],
                m[1::2, : m.shape[1] // 2 * 2 : 2],
            ),
            np.maximum(m[: m.shape[0] // 2 * 2 : 2, 1::2], m[1::2, 1::2]),
        ),
        "whatever the size",
    ),
    (
        "pool",
        lambda m: sliding_window_view(m, (2, 2))[::2, ::2].max(axis=(2, 3)),
        "whatever the size",
    ),
    ("moving_kernel", TO_THE_RIGHT, "takes its left neighbour"),
    ("moving_kernel", np.array(TO_THE_RIGHT, dtype=float), "takes its left neighbour"),
    ("output_size", size, "28 with kernel 5 and padding 2"),
    ("output_size", lambda n, k, s=1, p=0: np.int64(size(n, k, s, p)), "26 after a kernel"),
    ("another_network", [416, 23_050, 23_466], "pooling and Flatten have none"),
    ("another_network", np.array([416, 23_050, 23_466]), "pooling and Flatten have none"),
]

WRONG = [
    ("convolve", lambda i, k: convolve2d(i, k, mode="valid"), "turned by 180°"),
    ("convolve", lambda i, k: convolve(i, k.T), "the kernel is transposed"),
    ("convolve", lambda i, k: convolve(i, k[:, ::-1]), "reversed from left to right"),
    ("convolve", lambda i, k: convolve(i, k[::-1]), "upside down"),
    ("convolve", lambda i, k: convolve(i, k)[:-1, :-1], "one row and one column are missing"),
    ("convolve", lambda i, k: convolve(i, k).T, "rows and columns are swapped"),
    ("convolve", lambda i, k: correlate2d(i, k, mode="same"), "the size of the image"),
    ("convolve", lambda i, k: correlate2d(i, k), "the kernel hangs over the edge, too"),
    ("convolve", changed_convolve(lambda w, k: (w * k).mean(axis=(2, 3))), "the mean of the nine"),
    (
        "convolve",
        changed_convolve(lambda w, k: (w * k).max(axis=(2, 3))),
        "the largest of the nine",
    ),
    ("convolve", changed_convolve(lambda w, k: w.sum(axis=(2, 3))), "the kernel is not used"),
    ("convolve", changed_convolve(lambda w, k: (w @ k).sum(axis=(2, 3))), "multiplied as matrices"),
    ("convolve", lambda i, k: np.maximum(convolve(i, k), 0), "That is ReLU"),
    ("convolve", lambda i, k: np.abs(convolve(i, k)), "all signs are plus"),
    ("convolve", lambda i, k: convolve(i, k).astype(int), "cut to whole ones"),
    ("convolve", lambda i, k: np.zeros((4, 6)), "all its numbers are 0"),
    ("convolve", lambda i, k: returns_inside_the_loop(i, convolve(i, k)), "inside the loop"),
    ("convolve", lambda i, k: zero_borders(i, k, True), "its first row and column are still 0"),
    ("convolve", lambda i, k: zero_borders(i, k, False), "its last row and column are still 0"),
    ("convolve", lambda i, k: (i[:3, :3] * k).sum(), "that is one number"),
    ("convolve", lambda i, k: i[:3, :3] * k, "the shape of the kernel"),
    ("convolve", lambda i, k: None, "return feature_map"),
    ("convolve", only_for_3_by_3, "right for a kernel of 3 by 3", "2 by 3 numbers"),
    ("convolve", lambda i, k: convolve(i, k)[:4], "right for a kernel of 3 by 3", "(4, 6)"),
    (
        "convolve",
        lambda i, k: convolve(i, k) * (1 if k.size == 9 else 2),
        "other numbers for one of 2 by 3",
    ),
    ("convolve", lambda image: image, "convolve stops with TypeError"),
    ("convolve", sizes_written_in, "runs on 28 by 28 numbers, and stops on 6 by 8"),
    ("convolve", swapped_slices, "swapped where the window is cut out"),
    ("convolve", without_the_sum, "takes one: a sum"),
    ("convolve", changed_convolve(lambda w, k: w[:, :, -1, -1] * k[-1, -1]), "with +="),
    ("pool", pool_of_26_by_26, "runs on 26 by 26 numbers, and stops on 6 by 8"),
    (
        "pool",
        lambda m: m.reshape(m.shape[0] // 2, m.shape[1] // 2, 2, 2).max(axis=(2, 3)),
        "the classmate's picture",
    ),
    ("pool", pooled_with(lambda b: b.mean(axis=(1, 3))), "the mean of each window"),
    ("pool", pooled_with(lambda b: b.sum(axis=(1, 3))), "the sum of each window"),
    ("pool", pooled_with(lambda b: b.min(axis=(1, 3))), "the smallest number"),
    ("pool", lambda m: m[::2, ::2], "the first pixel of each window"),
    ("pool", lambda m: m[1::2, 1::2], "the last pixel of each window"),
    ("pool", lambda m: m.reshape(2, m.shape[0] // 2, 2, -1).max(axis=(0, 2)), "half a map apart"),
    ("pool", lambda m: pool(m).T, "rows and columns are swapped"),
    ("pool", pooled_with(lambda b: b), ".max(axis=(1, 3))"),
    ("pool", lambda m: m, "nothing got smaller yet"),
    ("pool", np.max, "the largest number of the whole map"),
    ("pool", pooled_with(lambda b: b.max(axis=1)), "one axis of length 2 is left"),
    ("pool", lambda m: sliding_window_view(m, (2, 2)).max(axis=(2, 3)), "the windows overlap"),
    (
        "pool",
        lambda m: sliding_window_view(m, (2, 2)).max(axis=(2, 3))[
            : m.shape[0] // 2, : m.shape[1] // 2
        ],
        "2 * row and 2 * column",
    ),
    ("pool", lambda m: np.zeros([side // 2 for side in m.shape]), "all its numbers are 0"),
    ("pool", lambda m: returns_inside_the_loop(m, pool(m)), "inside the loop"),
    ("pool", lambda m: m.reshape(13, 2, 13, 2).max(axis=(1, 3)), "are the sizes written into it"),
    ("pool", pooled_with(lambda b: b.max(axis=(1, 3))), "right for even sides", "Leave out"),
    ("pool", pool_with_half_windows, "right for even sides", "(4, 6)", "not full"),
    ("pool", lambda m: None, "returns None"),
    ("moving_kernel", kernel(1, 1), "That is the identity"),
    ("moving_kernel", kernel(1, 2), "moves the image to the left"),
    ("moving_kernel", kernel(0, 1), "moves the image down"),
    ("moving_kernel", kernel(2, 1), "moves the image up"),
    ("moving_kernel", kernel(0, 0), "[0, 0] of each window, a corner"),
    ("moving_kernel", kernel(1, 0, 2), "its number is 2"),
    ("moving_kernel", np.zeros((3, 3)), "All nine numbers are 0"),
    ("moving_kernel", np.ravel(TO_THE_RIGHT), "reshape(3, 3)"),
    ("moving_kernel", [[1, 0, 0]] * 3, "smeared upwards and downwards"),
    ("moving_kernel", np.array([[-1, 0, 1]] * 3) / 3, "compares left and right"),
    ("output_size", lambda n, k, s=1, p=0: size(n, k, s, p) - 1, "the + 1 is missing"),
    ("output_size", lambda n, k, s=1, p=0: (n + p - k) // s + 1, "on one side only"),
    ("output_size", lambda n, k, s=1, p=0: n - k + 1, "stride and padding are not used"),
    ("output_size", lambda n, k, s=1, p=0: (n - k) // s + 1, "padding is not used"),
    ("output_size", lambda n, k, s=1, p=0: n + 2 * p - k + 1, "the stride is not used"),
    ("output_size", lambda n, k, s=1, p=0: (n + 2 * p - k + 1) // s, "added before dividing"),
    ("output_size", lambda n, k, s=1, p=0: (n + 2 * p - k) / s + 1, "divides with /"),
    ("output_size", lambda n, k, s=1, p=0: -(-(n + 2 * p - k) // s) + 1, "it rounds up"),
    ("output_size", lambda n, k, s=1, p=0: n // k, "it divides by the kernel"),
    ("output_size", lambda n, k, s=1, p=0: float(size(n, k, s, p)), "use // to divide"),
    ("output_size", lambda n: n, "output_size stops with TypeError"),
    ("output_size", lambda n, k, s=1, p=0: None, "did a function forget to return"),
    ("output_size", 26, "should be a function"),
    ("another_network", [400, 23_050, 23_450], "each of the 16 kernels has a bias too"),
    ("another_network", [26, 23_050, 23_076], "that is one kernel with its bias"),
    ("another_network", [9_216, 23_050, 32_266], "that is how many numbers come out"),
    ("another_network", [416, 23_040, 23_456], "each of the 10 units has a bias too"),
    ("another_network", [416, 25_344, 25_760], "the biases belong to the 10 units"),
    ("another_network", [416, 1_450, 1_866], "all 16 maps"),
    ("another_network", [416, 31_370, 31_786], "14 by 14 would need padding"),
    ("another_network", [416, 92_170, 92_586], "smaller then than 24 by 24"),
    ("another_network", [416, 23_050, 23_440], "the whole network you have 23,440: those are"),
    ("another_network", [416, 23_050, 23_467], "the whole network", "there are fewer"),
    ("another_network", [416, 23_050], "has 2 entries"),
    ("another_network", 23_466, "should be a list of three counts"),
    # not foreseen: what came, and what is expected
    ("moving_kernel", np.ones((3, 3)), "9 of your nine numbers", "which one"),
    ("moving_kernel", np.ones((5, 5)), "shape (5, 5)", "should have shape (3, 3)"),
    ("convolve", lambda i, k: 2 * convolve(i, k), "they should run from", "[0, 0]"),
    ("convolve", lambda i, k: np.zeros((2, 2)), "one number for each place"),
    ("pool", lambda m: 2 * pool(m), "they should run from", "[0, 0]"),
    ("pool", lambda m: np.zeros((3, 5)), "shape (3, 5)", "should have shape (3, 4)"),
    ("output_size", lambda n, k, s=1, p=0: 26, "26 for size 28, kernel 5", "should be 28"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)
