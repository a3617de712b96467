"""The checks of "How a network learns" say what is wrong with this answer."""

import numpy as np

from course_utils.checks import how_a_network_learns as checks
from tests.unit.answers import verdicts


def gradient(X, Y, weights, biases):
    hidden = np.maximum(X @ weights[0] + biases[0], 0)
    z = hidden @ weights[1] + biases[1]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    delta_2 = (e / e.sum(axis=1, keepdims=True) - Y) / len(X)
    delta_1 = (delta_2 @ weights[1].T) * (hidden > 0)
    return [X.T @ delta_1, hidden.T @ delta_2], [delta_1.sum(axis=0), delta_2.sum(axis=0)]


def data():
    """Inputs, one-hot rows, a random network; and inputs and labels to test it with."""
    rng = np.random.default_rng(5)
    X = rng.normal(size=(400, 4))
    labels = (X @ rng.normal(size=(4, 3))).argmax(axis=1)
    weights = [rng.normal(size=(4, 5)), rng.normal(size=(5, 3))]
    given = X[:300], np.eye(3)[labels[:300]], weights, [np.zeros(5), np.zeros(3)]
    return gradient, given, X[300:], labels[300:]


GIVEN = {"train": data()}


def update(weights, biases, grad_W, grad_b, rate):
    new_W = [W - rate * g for W, g in zip(weights, grad_W, strict=True)]
    return new_W, [b - rate * g for b, g in zip(biases, grad_b, strict=True)]


def with_sign(weights, biases, grad_W, grad_b, rate):
    return update(weights, biases, grad_W, grad_b, -rate)


def in_place(weights, biases, grad_W, grad_b, rate):
    for i in range(len(weights)):
        weights[i] -= rate * grad_W[i]
        biases[i] -= rate * grad_b[i]
    return weights, biases


def nothing_returned(*arguments):
    in_place(*arguments)


def only_first(weights, biases, grad_W, grad_b, rate):
    W, b = update(weights[:1], biases[:1], grad_W[:1], grad_b[:1], rate)
    return W + weights[1:], b + biases[1:]


def two_layers(weights, biases, grad_W, grad_b, rate):
    W, b = update(weights[:2], biases[:2], grad_W[:2], grad_b[:2], rate)
    return W + weights[2:], b + biases[2:]


def train(X, Y, weights, biases, rate, n_passes, step=update):
    for _ in range(n_passes):
        for i in range(0, len(X), 100):
            slopes = gradient(X[i : i + 100], Y[i : i + 100], weights, biases)
            weights, biases = step(weights, biases, *slopes, rate)
    return weights, biases


def loop(**parts):
    """The right function with another step."""
    return lambda *arguments: train(*arguments, **parts)


def in_another_order(X, Y, weights, biases, rate, n_passes):
    rng = np.random.default_rng(0)
    for _ in range(n_passes):
        order = rng.permutation(len(X))
        weights, biases = train(X[order], Y[order], weights, biases, rate, 1)
    return list(weights), list(biases)


def by_splitting(X, Y, weights, biases, rate, n_passes):
    weights, biases = list(weights), list(biases)
    passes = 0
    while passes < n_passes:
        for x, y in zip(np.split(X, len(X) // 100), np.split(Y, len(Y) // 100), strict=True):
            weights, biases = update(weights, biases, *gradient(x, y, weights, biases), rate)
        passes += 1
    return [weights, biases]


def without_slices(X, Y, weights, biases, rate, n_passes):
    for _ in range(n_passes):
        for _ in range(0, len(X), 100):
            weights, biases = update(weights, biases, *gradient(X, Y, weights, biases), rate)
    return weights, biases


def first_rows_again(X, Y, weights, biases, rate, n_passes):
    for _ in range(n_passes * len(X) // 100):
        slopes = gradient(X[:100], Y[:100], weights, biases)
        weights, biases = update(weights, biases, *slopes, rate)
    return weights, biases


def always_the_first_network(X, Y, weights, biases, rate, n_passes):
    new = weights, biases
    for _ in range(n_passes):
        for i in range(0, len(X), 100):
            slopes = gradient(X[i : i + 100], Y[i : i + 100], weights, biases)
            new = update(*new, *slopes, rate)
    return new


def result_forgotten(X, Y, weights, biases, rate, n_passes):
    for i in range(0, len(X), 100):
        update(weights, biases, *gradient(X[i : i + 100], Y[i : i + 100], weights, biases), rate)
    return weights, biases


def y_not_sliced(X, Y, weights, biases, rate, n_passes):
    for i in range(0, len(X), 100):
        slopes = gradient(X[i : i + 100], Y, weights, biases)
        weights, biases = update(weights, biases, *slopes, rate)
    return weights, biases


def only_weights(weights, biases, grad_W, grad_b, rate):
    return update(weights, biases, grad_W, grad_b, rate)[0], biases


def only_biases(weights, biases, grad_W, grad_b, rate):
    return weights, update(weights, biases, grad_W, grad_b, rate)[1]


def divided_again(weights, biases, grad_W, grad_b, rate):
    return update(weights, biases, grad_W, grad_b, rate / 100)


def passes(change):
    """The right loop with another number of passes."""
    return lambda *arguments: train(*arguments[:5], change(arguments[5]))


def rows(n):
    """The right loop, with the first n rows only."""
    return lambda X, Y, *arguments: train(X[:n], Y[:n], *arguments)


RIGHT = [
    ("cost_of_half", 0.25, "0.25: half of"),
    ("cost_of_half", np.float64(0.25), "0.25: half of"),
    ("tanh_slope", lambda a: 1 - a**2, "1 at a = 0"),
    ("tanh_slope", lambda a: (1 - a) * (1 + a), "1 at a = 0"),
    ("cost_of_half", np.array([0.25]), "0.25: half of"),
    ("update", update, "against its slope."),
    ("update", lambda *a: list(update(*a)), "against its slope."),
    ("update", lambda *a: tuple(map(tuple, update(*a))), "against its slope."),
    ("update", in_place, "the old network is gone"),
    ("train", train, "After 5 passes your network reads", "of 100 test images"),
    ("train", in_another_order, "After 5 passes your network reads"),
    ("train", by_splitting, "After 5 passes your network reads"),
    ("train", loop(step=in_place), "a second run goes on from there"),
    ("cross_entropy_of_guessing", np.log(10), "2.30"),
    ("tanh_slope", lambda a: -(a * a - 1), "1 at a = 0"),
    ("tanh_slope", lambda a: [1 - number**2 for number in a], "1 at a = 0"),
    ("tanh_slope", lambda a: 1 / np.cosh(np.arctanh(a)) ** 2, "1 at a = 0"),
    ("cross_entropy_of_guessing", 2.3, "2.30"),
    ("cross_entropy_of_guessing", 2.303, "2.30"),
    ("cross_entropy_of_guessing", -np.log(np.array([0.1])), "2.30"),
]

WRONG = [
    ("cost_of_half", -0.25, "You have -0.25"),
    ("cost_of_half", 0.5, "the factor 1/2"),
    ("cost_of_half", 2.5, "Divide by 10"),
    ("cost_of_half", 5, "1/2 and 1/10 are missing"),
    ("cost_of_half", 0.125, "one of the two outputs"),
    ("cost_of_half", 0.354, "no root"),
    ("cost_of_half", 0.7071, "no root"),
    ("cost_of_half", 0, "half right is not right"),
    ("tanh_slope", lambda a: a * (1 - a), "the slope of the sigmoid"),
    ("tanh_slope", lambda a: 1 - np.tanh(a) ** 2, "once too often"),
    ("tanh_slope", lambda a: 1 - a, "not squared"),
    ("tanh_slope", lambda a: (1 - a) ** 2, "belongs to a alone"),
    ("tanh_slope", lambda a: a**2 - 1, "sign is flipped"),
    ("tanh_slope", lambda a: 1 + a**2, "subtracted, not added"),
    ("tanh_slope", lambda a: a > 0, "the slope of ReLU"),
    ("tanh_slope", lambda a: 1.0, "one slope for each activation"),
    ("tanh_slope", lambda a: None, "forget to return"),
    ("tanh_slope", lambda: 1, "stops with TypeError"),
    ("cross_entropy_of_guessing", -2.3, "sign is flipped"),
    ("cross_entropy_of_guessing", (2, 30), "a comma makes it several: (2, 30)"),
    ("cross_entropy_of_guessing", 1, "to base 10"),
    ("cross_entropy_of_guessing", np.log2(10), "to base 2"),
    ("cross_entropy_of_guessing", 0.1, "Its cost is minus its logarithm"),
    ("cross_entropy_of_guessing", -np.log(0.9), "what the right digit got"),
    ("cross_entropy_of_guessing", 10 * np.log(10), "Only the right one counts"),
    ("cross_entropy_of_guessing", np.log(2), "two equal probabilities"),
    ("cross_entropy_of_guessing", 0.105, "what the right digit got"),
    ("cross_entropy_of_guessing", 0.11, "what the right digit got"),
    ("cross_entropy_of_guessing", -1, "of 0.1 to base 10"),
    ("update", with_sign, "uphill"),
    ("update", lambda *a: update(*a[:4], 1), "the rate is missing"),
    ("update", lambda *a: update(*a[:4], 1 / a[4]), "divided by the rate"),
    ("update", lambda *a: update(*a[:4], -1), "the rate is missing, and"),
    ("update", only_weights, "the biases have not changed"),
    ("update", only_biases, "the weights have not changed"),
    ("update", only_first, "only the first layer"),
    ("update", two_layers, "only the first two layers"),
    ("update", lambda *a: a[:2], "nothing has changed"),
    ("update", lambda *a: a[2:4], "these are the slopes"),
    ("update", nothing_returned, "returns nothing"),
    ("update", lambda *a: update(*a)[0], "one list of 2 arrays"),
    ("update", lambda *a: update(*a)[::-1], "The list of weights"),
    ("update", lambda W, b, gW, gb, rate: W - rate * gW, "take each array"),
    ("update", lambda W, b, gW, gb, rate: (np.array(W), b), "take each array"),
    ("update", "W - rate * slope", "should be a function"),
    ("train", loop(step=with_sign), "uphill"),
    ("train", loop(step=only_weights), "the biases stay as they were"),
    ("train", loop(step=only_biases), "the weights stay as they were"),
    ("train", loop(step=divided_again), "divides the slopes by 100"),
    ("train", passes(lambda n: 1), "it makes one pass, not 3"),
    ("train", passes(lambda n: n + 1), "one pass too many"),
    ("train", passes(lambda n: n - 1), "one pass too few"),
    ("train", passes(lambda n: 5), "it makes 5 passes"),
    ("train", rows(100), "one batch in each pass, the first"),
    ("train", rows(200), "leaves out the last batch"),
    ("train", without_slices, "all rows for each step"),
    ("train", first_rows_again, "each batch is the first 100 rows"),
    ("train", always_the_first_network, "those of the first network"),
    ("train", result_forgotten, "the one it was given"),
    ("train", y_not_sliced, "Have X and Y the same rows"),
    ("train", lambda *a: train(*a)[0], "one list of 2 arrays"),
    ("train", loop(step=nothing_returned), "cannot unpack"),
    ("train", lambda *a: train(*a) and None, "forget to return"),
    ("train", lambda X, Y, *a: train(np.zeros((300, 784)), Y, *a), "an array of the lesson"),
    ("train", 3, "should be a function"),
    # not foreseen: what came, and what is expected
    ("cost_of_half", 0.8, "You have 0.8", "(0.5, -0.5)"),
    ("tanh_slope", lambda a: 0 * a + 3, "values run from 3 to 3", "[0]"),
    ("update", lambda *a: update(*a[:4], 0.1), "weights[0] has the right shape"),
    ("train", lambda *a: train(*a[:4], 3, a[5]), "Is there one step for each batch of 100"),
    ("cross_entropy_of_guessing", 7, "You have 7", "natural logarithm"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)
