"""Counting the parameters of networks: wrong counts that are likely, and what is wrong with each.

Of a layer or a network, `of_dense`, `of_convolution` and `of_network` give these as a dict from a
wrong count to the end of a sentence about it, as `_core.count` takes it.
"""

import math
from itertools import pairwise

from course_utils.checks._core import Mistake, as_list, as_number, count


def of_dense(units: int, n_inputs: int) -> dict[int, str]:
    """Likely wrong counts of the parameters of a dense layer."""
    weights = units * n_inputs
    mistakes = [
        (weights, f"those are the weights alone; each of the {units} units has a bias too"),
        (weights + n_inputs, f"the biases belong to the {units} units, not to the {n_inputs:,} "
         "numbers that come in"),
        (weights + 1, f"you count one bias for the whole layer; each of the {units} units has one"),
        (n_inputs + 1, f"that is one unit with its bias; the layer has {units}"),
        (n_inputs, f"those are the weights of one unit; the layer has {units}"),
        (units, "those are the units (and their biases); count the weights of each unit, too"),
    ]  # fmt: skip
    return _without(weights + units, mistakes)


def of_convolution(kernels: int, side: int, channels: int, places: int) -> dict[int, str]:
    """Likely wrong counts of the parameters of a convolution.

    The kernels have ``side`` rows and columns and read ``channels`` maps, at ``places`` places.
    """
    window = side * side
    weights = kernels * window * channels
    each = f"each kernel reads all {channels} maps of the layer before, so it has"
    mistakes = [
        (weights, f"those are the weights alone; each of the {kernels} kernels has a bias too"),
        (kernels * (window + 1), f"that is {kernels} * ({side} * {side} + 1): {each} {side} * "
         f"{side} * {channels} weights"),
        (kernels * window, f"that is {kernels} * {side} * {side}: {each} {side} * {side} * "
         f"{channels} weights (and a bias)"),
        (window * channels + 1, f"that is one kernel with its bias; the layer has {kernels}"),
        (window * channels, f"that is one kernel without its bias; the layer has {kernels}"),
        (weights + 1, f"you count one bias for the whole layer; each of the {kernels} kernels has "
         "one"),
        (kernels * (window + 1) * channels, "you count one bias for each map that comes in. A "
         f"kernel adds up all {channels} maps and then adds one bias"),
        (weights + channels, f"the layer has {kernels} biases, one for each kernel, not one for "
         "each map that comes in"),
        (kernels * places, "that is how many numbers come out. The same kernel is used at all "
         "places of a map, so places do not count"),
        ((weights + kernels) * places, "you gave each place kernels of its own. They are shared by "
         "all places"),
    ]  # fmt: skip
    return _without(weights + kernels, mistakes)


def of_network(*sizes: int) -> dict[int, str]:
    """Likely wrong counts of the parameters of a network of dense layers; the inputs come first."""
    n_inputs, *units = sizes
    layers = [(before + 1) * n for before, n in pairwise(sizes)]
    total, first, last = sum(layers), layers[0], layers[-1]
    follow = f"{len(layers) - 1} more layers follow"
    mistakes = [
        (total - sum(units), "those are the weights alone; each of the "
         f"{' + '.join(map(str, units))} units has a bias too"),
        (sum(units), "those are the biases alone; add one weight for each connection"),
        (total - units[-1], f"the {units[-1]} output units have biases too"),
        (total - last, f"the output layer is missing: {units[-2]} weights and a bias for each of "
         f"its {units[-1]} units"),
        (total + n_inputs, f"the {n_inputs} inputs are pixels, not units: they have no biases"),
        (first, f"that is the first hidden layer; {follow}"),
        (first - units[0], f"those are the weights of the first hidden layer; {follow}"),
        (sum(sizes), "you counted units (and inputs); count the connections between them"),
        (math.prod(sizes), "add the layers, do not multiply them: each has its own weights"),
    ]  # fmt: skip
    return _without(total, mistakes)


def _without(right, mistakes):
    """The mistakes as a dict: of two with the same count the first, and none with the right one.

    With one channel or one unit, some mistakes make no difference.
    """
    found = dict(reversed(mistakes))
    found.pop(right, None)
    return found


def compare_counts(
    answer: object, name: str, contents: str, layers: list[tuple[str, int, dict[int, str]]]
) -> None:
    """Raise `Mistake` unless the counts in a list are right.

    `contents` says what the list should hold, `layers` has for each entry what is counted, the
    right count, and likely wrong ones.
    """
    entries = as_list(answer, name, contents, len(layers))
    if any(isinstance(entry, (list, tuple)) for entry in entries):
        raise Mistake(
            f"{name} has lists in it. It should have one number for each layer: add up its weights "
            "and its biases."
        )
    counts = [as_number(entry, f"{name}[{i}]") for i, entry in enumerate(entries)]
    right = [expected for _, expected, _ in layers]
    if counts != right and sorted(counts) == sorted(right):
        raise Mistake("All counts are right, but in another order. Go from input to output.")
    hint = "For each kernel or unit, count its weights and add one for its bias."
    for i, (what, expected, mistakes) in enumerate(layers):
        begin = f"For {what} you have"
        count(counts[i], f"{name}[{i}]", expected, mistakes, hint, begin)
