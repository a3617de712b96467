"""The checks of "Training a convolutional network" say what is wrong with this answer."""

import numpy as np

from course_utils.checks import training_a_convolutional_network as checks
from tests.unit.answers import verdicts

RNG = np.random.default_rng(0)
IMAGE = RNG.random((28, 28))
MAP = np.maximum(RNG.normal(size=(26, 26)), 0)
POOLED = MAP.reshape(13, 2, 13, 2).max(axis=(1, 3))
BLOCKS = MAP.reshape(13, 2, 13, 2)
TO_THE_RIGHT = [[0, 0, 0], [1, 0, 0], [0, 0, 0]]


def kernel(row, column, value=1):
    table = np.zeros((3, 3))
    table[row, column] = value
    return table


def size(size, kernel, stride=1, padding=0):
    return (size + 2 * padding - kernel) // stride + 1


GIVEN = {
    "moving_kernel": (IMAGE,),
    "pooled": (MAP,),
}


RIGHT = [
    ("moving_kernel", TO_THE_RIGHT, "takes its left neighbour"),
    ("moving_kernel", np.array(TO_THE_RIGHT, dtype=float), "takes its left neighbour"),
    ("output_size", size, "28 with kernel 5 and padding 2"),
    ("output_size", lambda n, k, s=1, p=0: np.int64(size(n, k, s, p)), "26 after a kernel"),
    ("pooled", POOLED, "the largest of a window of 2 by 2"),
    ("pooled", POOLED.tolist(), "the largest of a window of 2 by 2"),
    ("parameter_counts", [320, 18_496, 16_010], "34,826 numbers to learn"),
    ("parameter_counts", np.array([320, 18_496, 16_010]), "34,826 numbers to learn"),
    ("parameter_counts", (320.0, 18_496.0, 16_010.0), "34,826 numbers to learn"),
    ("another_network", [416, 23_050, 23_466], "pooling and Flatten have none"),
    ("another_network", np.array([416, 23_050, 23_466]), "pooling and Flatten have none"),
    ("why_it_falls", "c", "each place has its own weights"),
    ("why_it_falls", "(C)", "each place has its own weights"),
]

WRONG = [
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
    ("pooled", MAP.reshape(13, 13, 2, 2).max(axis=(2, 3)), "the classmate's picture"),
    ("pooled", BLOCKS.mean(axis=(1, 3)), "the mean of each window"),
    ("pooled", BLOCKS.sum(axis=(1, 3)), "the sum of each window"),
    ("pooled", BLOCKS.min(axis=(1, 3)), "the smallest number"),
    ("pooled", MAP[::2, ::2], "the first pixel of each window"),
    ("pooled", MAP[1::2, 1::2], "the last pixel of each window"),
    ("pooled", MAP.reshape(2, 13, 2, 13).max(axis=(0, 2)), "lie 13 apart"),
    ("pooled", POOLED.T, "are swapped"),
    ("pooled", BLOCKS, ".max(axis=(1, 3))"),
    ("pooled", MAP, "nothing got smaller yet"),
    ("pooled", MAP.max(), "the largest number of the whole map"),
    ("pooled", BLOCKS.max(axis=1), "one axis of length 2 is left"),
    ("parameter_counts", [288, 18_496, 16_010], "each of the 32 kernels has a bias too"),
    ("parameter_counts", [10, 18_496, 16_010], "the layer has 32"),
    ("parameter_counts", [320 * 26 * 26, 18_496, 16_010], "shared by all places"),
    ("parameter_counts", [320, 640, 16_010], "reads all 32 maps"),
    ("parameter_counts", [320, 18_432, 16_010], "each of the 64 kernels has a bias"),
    ("parameter_counts", [320, 20_480, 16_010], "then adds one bias"),
    ("parameter_counts", [320, 18_496, 16_000], "each of the 10 units has a bias too"),
    ("parameter_counts", [320, 18_496, 77_450], "not 11 by 11"),
    ("parameter_counts", [320, 18_496, 31_370], "would need padding"),
    ("parameter_counts", [320, 18_496, 23_050], "11 // 2 is 5"),
    ("parameter_counts", [320, 18_496, 650], "all 5 * 5 places"),
    ("parameter_counts", [320, 18_496, 12_810], "removes no weights"),
    ("parameter_counts", [18_496, 320, 16_010], "in another order"),
    ("parameter_counts", 34_826, "is the right sum"),
    ("parameter_counts", [320, 18_496], "has 2 entries"),
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
    ("why_it_falls", "a", "slide over the whole image"),
    ("why_it_falls", "b", "nearly all ink stays"),
    ("why_it_falls", "D", "Dropout is off"),
    # not foreseen: what came, and what is expected
    ("moving_kernel", np.ones((3, 3)), "9 of your nine numbers", "which one"),
    ("moving_kernel", np.ones((5, 5)), "shape (5, 5)", "should have shape (3, 3)"),
    ("output_size", lambda n, k, s=1, p=0: 26, "26 for size 28, kernel 5", "should be 28"),
    ("pooled", 2 * POOLED, "values run from", "they should run from", "[0, 0]"),
    ("pooled", np.zeros((3, 5)), "shape (3, 5)", "should have shape (13, 13)"),
    ("parameter_counts", [321, 18_496, 16_010], "first convolution", "321", "fewer"),
    ("parameter_counts", [320, 18_496, 9], "dense layer", "9", "more"),
    ("why_it_falls", "e", "reason", "'e'"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)
