"""Checks of the lesson "How a network learns"."""

import math
from collections.abc import Callable

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_list,
    as_number,
    call,
    exercise,
    same_values,
)

RATE, PASSES = 0.1, 3  # with which a training loop is tried


@exercise
def cost_of_half(answer: object) -> str:
    """Cost of a network that answers (0.5, 0.5) to each of the ten points: 0.25.

    Parameters
    ----------
    answer : float
    """
    answer = as_number(answer, "cost_of_half")
    mistakes = {
        0.5: "the factor 1/2 in front of the squared distance is missing.",
        2.5: "this is the sum over the ten points. Divide by 10.",
        5: "this is the sum of the squared distances: 1/2 and 1/10 are missing.",
        0.125: "this counts one of the two outputs. Each is 0.5 away from its target.",
        0.0625: "the two squares are added, not averaged, and then there is one factor 1/2.",
        0.05: "the 1/10 averages over ten points, so it applies to a sum of ten such terms.",
        0.025: "the 1/10 averages over ten points, so it applies to a sum of ten such terms.",
        0: "half right is not right: the target is 0 or 1, the answer 0.5.",
    }
    for wrong, hint in mistakes.items():
        if abs(answer - wrong) < 1e-9:
            raise Mistake(f"You have {answer:g}: {hint}")
    if min(abs(answer - math.sqrt(0.5) / 2), abs(answer - math.sqrt(0.5))) < 0.001:
        raise Mistake(f"You have {answer:.4g}: the distance is squared, so no root is taken.")
    if not abs(answer - 0.25) < 0.0051:
        raise Mistake(
            f"You have {answer:.4g}. For one point: y minus the answer is (0.5, -0.5) or (-0.5, "
            "0.5); square both, add them, take half. All ten points cost the same."
        )
    return "0.25: half of 0.25 + 0.25, the same for each point."


@exercise
def tanh_slope(answer: object) -> str:
    """The slope of tanh, written with its activation ``a``: ``1 - a**2``.

    Parameters
    ----------
    answer : callable
        Takes an ndarray of activations, returns one of the same shape.
    """
    name = "tanh_slope"
    a = np.tanh(np.linspace(-2, 2, 9))
    slope = as_array(call(answer, name, a), f"What {name} returns")
    if slope.shape != a.shape:
        raise Mistake(
            f"For an array of shape {a.shape}, {name} returns one of shape {slope.shape}. It "
            "should return one slope for each activation."
        )
    right = 1 - a**2
    mistakes = [
        (a * (1 - a), "a (1 - a) is the slope of the sigmoid. The slope of tanh is another one."),
        (1 - np.tanh(a) ** 2, "a is tanh(z) already. Taking tanh once more is once too often."),
        (1 - a, "the activation is not squared."),
        ((1 - a) ** 2, "the square belongs to a alone: 1 minus (a squared)."),
        (a**2, "this is what is subtracted from 1."),
        (a**2 - 1, "the sign is flipped: tanh grows everywhere, so its slope is positive."),
        (1 + a**2, "the square is subtracted, not added."),
        (a > 0, "this is the slope of ReLU: 0 or 1."),
        (np.arctanh(a), "this is z itself. The question asks for the slope there."),
        (1 - 2 * a, "a squared is a**2, not 2 * a."),
    ]
    if not np.allclose(slope, right, rtol=1e-6, atol=1e-9):
        for wrong, hint in mistakes:
            if np.allclose(slope, wrong, rtol=1e-6, atol=1e-9):
                raise Mistake(f"{name}: {hint}")
    same_values(slope, right, f"What {name} returns")
    return "1 at a = 0, and near 0 where tanh is flat, at a near -1 and 1."


@exercise
def cross_entropy_of_guessing(answer: object) -> str:
    """Cross-entropy of ten equal probabilities: log 10.

    Parameters
    ----------
    answer : float
    """
    answer = as_number(answer, "know_nothing")
    right = math.log(10)
    mistakes = [
        (-right, "the sign is flipped. The logarithm of 0.1 is negative; the cost is minus that."),
        (1, "this is the logarithm to base 10. np.log is the natural one."),
        (-1, "this is the logarithm of 0.1 to base 10. np.log is the natural one, and the cost is "
         "minus that."),
        (math.log2(10), "this is the logarithm to base 2. np.log is the natural one."),
        (0.1, "this is the probability of each digit. Its cost is minus its logarithm."),
        (0.9, "this is what the other nine digits get. The cost is minus the logarithm of what the "
         "right digit gets."),
        (-math.log(0.9), "this takes the probability of all the wrong digits. What counts is "
         "what the right digit got."),
        (10 * right, "this adds up ten digits. Only the right one counts."),
        (right / 10, "this averages over the ten digits. Only the right one counts."),
        (math.log(2), "this is what two equal probabilities cost. Here there are ten."),
    ]  # fmt: skip
    wrong, hint = min(mistakes, key=lambda mistake: abs(answer - mistake[0]))
    if abs(answer - wrong) < 0.0051:  # 0.105 is nearer to -log 0.9 than to 0.1
        raise Mistake(f"You have {answer:.4g}: {hint}")
    if not abs(answer - right) < 0.0051:
        raise Mistake(
            f"You have {answer:.4g}. Each of the ten digits gets the same probability; the cost is "
            "minus the natural logarithm of the one that is right."
        )
    return "2.30, the logarithm of 10, for every image."


@exercise
def update(answer: object) -> str:
    """One step of gradient descent: each number minus the rate times its slope.

    Parameters
    ----------
    answer : callable
        Takes weights, biases and their gradients, all lists of arrays, and the learning rate;
        returns the new weights and the new biases.
    """
    name = "update"
    if not callable(answer):
        call(answer, name)  # says what it is
    rate = 0.25
    for shapes in (((2, 3), (3, 3)), ((4, 2), (3, 4), (2, 3))):  # two layers, then three
        W, b, grad_W, grad_b = _lists(shapes)
        given = [[array.copy() for array in arrays] for arrays in (W, b, grad_W, grad_b)]
        try:
            result = call(lambda given=given: answer(*given, rate), name)
        except Mistake as mistake:
            if not any(word in str(mistake) for word in ("list", "sequence", "inhomogeneous")):
                raise
            raise Mistake(
                f"{mistake} All four are lists of arrays: take each array with its own slopes."
            ) from None
        in_place = not _equal(given[:2], (W, b))
        if result is None and in_place:
            raise Mistake(
                f"{name} changes the arrays it is given and returns nothing. End it with return "
                "weights, biases."
            )
        _compare_step(name, _two_lists(result, name, W, b), (W, b, grad_W, grad_b), rate)
    aside = " (Yours also changes the arrays it is given: the old network is gone.)"
    return f"Each number moves against its slope.{aside if in_place else ''}"


@exercise
def train(
    answer: object,
    gradient: Callable,
    given: tuple,
    test_inputs: np.ndarray,
    test_labels: np.ndarray,
) -> str:
    """The training loop: passes, batches of 100, a step after each.

    It is tried on a few random inputs, then on the given ones for 5 passes with rate 0.2.

    Parameters
    ----------
    answer : callable
        Takes inputs, one-hot rows, weights, biases, the learning rate and the number of passes;
        returns weights and biases.
    gradient : callable
        Takes inputs, one-hot rows, weights and biases; returns the gradient as two lists.
    given : tuple
        Inputs, one-hot rows, weights and biases to train with.
    test_inputs : ndarray of shape (n_samples, n_inputs), float
    test_labels : ndarray of shape (n_samples,), int
    """
    name = "train"
    if not callable(answer):
        call(answer, name)
    rng = np.random.default_rng(0)
    start = [rng.normal(size=(6, 4)), rng.normal(size=(4, 3))], [np.zeros(4), np.zeros(3)]
    X = rng.normal(size=(300, 6))
    Y = np.eye(3)[(X @ rng.normal(size=(6, 3))).argmax(axis=1)]
    result, in_place = _trained(answer, name, X, Y, start, RATE, PASSES)
    _compare_loops(name, result, gradient, start, X, Y)
    X_all, Y_all, *start = given
    weights, biases = _trained(answer, name, X_all, Y_all, start, 0.2, 5)[0]
    a = test_inputs
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = np.maximum(a @ W + b, 0)
    accuracy = ((a @ weights[-1] + biases[-1]).argmax(axis=1) == test_labels).mean()
    aside = " (Yours changes the arrays it is given: a second run goes on from there.)"
    return (
        f"After 5 passes your network reads {accuracy:.3f} of {len(test_labels):,} test images."
        f"{aside if in_place else ''}"
    )


def _trained(answer, name, X, Y, start, rate, n_passes):
    """What the answer returns, as two lists, and whether it changed what it was given."""
    weights, biases = ([array.copy() for array in arrays] for arrays in start)
    try:
        result = call(lambda: answer(X.copy(), Y.copy(), weights, biases, rate, n_passes), name)
    except Mistake as mistake:
        if not any(word in str(mistake) for word in ("matmul", "broadcast", "operands")):
            raise
        if "784" in str(mistake):  # here an input has 6 numbers
            raise Mistake(
                f"{mistake} {name} is tried on inputs of 6 numbers, so an array of the lesson is "
                "in its way: use X, Y, weights and biases as they come in."
            ) from None
        raise Mistake(
            f"{mistake} Have X and Y the same rows in each batch, and do the slopes go with their "
            "own numbers?"
        ) from None
    in_place = not _equal((weights, biases), start)
    if result is None and in_place:
        raise Mistake(
            f"{name} changes the arrays it is given and returns nothing. End it with return "
            "weights, biases."
        )
    return _two_lists(result, name, *start), in_place


def _compare_loops(name, result, gradient, start, X, Y):
    """Raise `Mistake` unless a loop did what it should, in whatever order of the rows."""

    def run(batches, rate=RATE, parts="Wb", stale=False):
        weights, biases = start
        for batch in batches:
            at = start if stale else (weights, biases)
            grad_W, grad_b = gradient(X[batch], Y[batch], *at)
            if "W" in parts:
                weights = [W - rate * g for W, g in zip(weights, grad_W, strict=True)]
            if "b" in parts:
                biases = [b - rate * g for b, g in zip(biases, grad_b, strict=True)]
        return weights, biases

    def batches_of(size):
        return [slice(i, i + size) for i in range(0, len(X), size)]

    batches = batches_of(100)
    first, last, everything = batches[:1], batches[-1:], [slice(None)]
    right = run(batches * PASSES)
    if _equal(result, right):
        return
    not_batches = "it takes all rows for each step, not batches of 100."
    foreseen = [
        (start, "the network it returns is the one it was given. Is what a step makes kept?"),
        (run(batches), f"it makes one pass, not {PASSES}. Does it return within the outer loop?"),
        (run(first), "it makes one single step. Does it return within the loops?"),
        (run(first * PASSES), "it takes one batch in each pass, the first."),
        (run(first * PASSES * len(batches)), "each batch is the first 100 rows: use the counter of "
         "the loop in both slices."),
        (run(last * PASSES), "it takes one step in each pass, for the last batch: the step "
         "belongs into the inner loop."),
        (run(everything * PASSES), not_batches),
        (run(everything * PASSES * len(batches)), not_batches),
        (run(batches_of(1) * PASSES), "it takes a step after each row, not after 100."),
        (run(batches_of(10) * PASSES), "its batches have 10 rows, not 100."),
        (run(batches[:-1] * PASSES), "it leaves out the last batch of each pass."),
        (run(batches[1:] * PASSES), "it leaves out the first batch of each pass."),
        (run(batches * PASSES, stale=True), "the slopes are always those of the first network: "
         "give gradient the weights and biases as they are now."),
        (run(batches * PASSES, parts="W"), "the biases stay as they were."),
        (run(batches * PASSES, parts="b"), "the weights stay as they were."),
        (run(batches * (PASSES + 1)), "it makes one pass too many."),
        (run(batches * (PASSES - 1)), "it makes one pass too few."),
        (run(batches * 5), "it makes 5 passes, not as many as n_passes says."),
        (run(batches * PASSES, rate=0.2), "it takes the rate 0.2, not the one it is given."),
        (run(batches * PASSES, rate=1), "the rate is missing."),
        (run(batches * PASSES, rate=-RATE), "each step goes with the slopes, uphill."),
        (run(batches * PASSES, rate=RATE / 100), "it divides the slopes by 100. gradient has "
         "averaged over the batch already."),
    ]  # fmt: skip
    for wrong, hint in foreseen:
        if _equal(result, wrong):
            raise Mistake(f"{name} runs, but {hint}")
    before, after, wanted = (_loss(network, X, Y) for network in (start, result, right))
    if not abs(after - wanted) < 0.1 * (before - wanted):  # another order of the rows is right
        raise Mistake(
            f"{name} runs. With rate {RATE} and {PASSES} passes through {len(X)} rows, it should "
            f"bring the cross-entropy from {before:.3f} to about {wanted:.3f}; yours ends at "
            f"{after:.3f}. Is there one step for each batch of 100, with the rate as it is given?"
        )


def _loss(network, X, Y):
    """Mean cross-entropy."""
    for W, b in zip(network[0][:-1], network[1][:-1], strict=True):
        X = np.maximum(X @ W + b, 0)
    z = X @ network[0][-1] + network[1][-1]
    z = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - (z * Y).sum(axis=1)).mean()


def _lists(shapes):
    """Weights, biases, and slopes of both, all different."""
    rng = np.random.default_rng(len(shapes))
    weights, grad_W = ([rng.normal(size=shape) for shape in shapes] for _ in range(2))
    biases, grad_b = ([rng.normal(size=shape[1]) for shape in shapes] for _ in range(2))
    return weights, biases, grad_W, grad_b


def _two_lists(result, name, weights, biases):
    """What a function returns as two lists of arrays of the right shapes."""
    parts = result if isinstance(result, (list, tuple)) else []
    if parts and all(isinstance(part, np.ndarray) for part in parts):
        raise Mistake(
            f"{name} returns one list of {len(parts)} arrays. It should return two: the weights, "
            "the biases."
        )
    both = as_list(result, f"What {name} returns", "two lists: the weights, the biases", 2)
    lists = []
    for part, what, before in zip(both, ("weights", "biases"), (weights, biases), strict=True):
        which = f"The list of {what} that {name} returns"
        entries = as_list(part, which, f"{len(before)} arrays", len(before))
        arrays = [as_array(entry, f"An entry of the {what}").astype(float) for entry in entries]
        for place, (array, old) in enumerate(zip(arrays, before, strict=True)):
            if array.shape != old.shape:
                raise Mistake(
                    f"{which} has shape {array.shape} at [{place}]. It should be {old.shape}, as "
                    "before the step."
                )
        lists.append(arrays)
    return lists


def _compare_step(name, result, before, rate):
    """Raise `Mistake` unless two lists are one step of gradient descent away."""
    W, b, grad_W, grad_b = before
    numbers, slopes = W + b, grad_W + grad_b
    n = len(W)

    def step(factor, places=range(2 * n)):
        return [
            x - factor * g if place in places else x
            for place, (x, g) in enumerate(zip(numbers, slopes, strict=True))
        ]

    foreseen = [
        (numbers, "nothing has changed: are the new arrays the ones it returns?"),
        (step(-rate), "the step goes with the slopes, uphill. Subtract it."),
        (step(1), "the rate is missing: each slope is multiplied by it."),
        (step(-1), "the rate is missing, and the step goes with the slopes, uphill."),
        (step(1 / rate), "the slopes are divided by the rate. Multiply them."),
        (step(2 * rate), "the step is taken twice."),
        (step(rate, range(n)), "the biases have not changed."),
        (step(rate, range(n, 2 * n)), "the weights have not changed."),
        (step(rate, (0, n)), "only the first layer has changed."),
        (step(rate, (n - 1, 2 * n - 1)), "only the last layer has changed."),
        (step(rate, (0, 1, n, n + 1)), "only the first two layers have changed: how many there "
         "are is the length of the lists."),
        (slopes, "these are the slopes. The step changes the weights and biases by them."),
        ([rate * g for g in slopes], "this is what is subtracted. Return the new weights and "
         "biases."),
        ([-rate * g for g in slopes], "this is the step alone. Return the new weights and biases."),
        ([g - rate * x for x, g in zip(numbers, slopes, strict=True)], "numbers and slopes are "
         "swapped."),
        ([x * (1 - rate * g) for x, g in zip(numbers, slopes, strict=True)], "the slopes multiply "
         "the numbers. A step subtracts."),
    ]  # fmt: skip
    found = [*result[0], *result[1]]
    if _close(found, step(rate)):
        return
    for wrong, hint in foreseen:
        if _close(found, wrong):
            raise Mistake(f"{name}: {hint}")
    names = [f"{what}[{i}]" for what in ("weights", "biases") for i in range(n)]
    for what, array, right in zip(names, found, step(rate), strict=True):
        same_values(array, right, f"What {name} returns as {what}")


def _close(arrays, others):
    return all(np.allclose(a, b, rtol=1e-6, atol=1e-9) for a, b in zip(arrays, others, strict=True))


def _equal(network, other):
    """Whether two networks, each two lists, have the same numbers."""
    return _close([*network[0], *network[1]], [*other[0], *other[1]])
