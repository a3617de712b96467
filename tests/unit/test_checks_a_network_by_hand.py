"""The checks of "A network by hand" say what is wrong with this answer."""

import numpy as np

from course_utils.checks import a_network_by_hand as checks
from tests.unit.answers import verdicts

X = np.column_stack(
    [
        [0.1, 0.3, 0.1, 0.6, 0.4, 0.6, 0.5, 0.9, 0.4, 0.7],
        [0.1, 0.4, 0.5, 0.9, 0.2, 0.3, 0.6, 0.2, 0.4, 0.6],
    ]
)
LABELS = np.array([0] * 5 + [1] * 5)


class Network:
    """What the check of `forward` uses of a fitted MLPClassifier."""

    coefs_ = (np.array([[1.0, -1], [0.5, 2]]), np.array([[1.0, 0], [2, 1]]), 3 * np.eye(2, 3))
    intercepts_ = (np.array([0.1, -0.2]), np.zeros(2), np.array([0, 0.5, -3]))

    def predict_proba(self, X):
        return forward(X, self.coefs_, self.intercepts_)


def softmax(z, axis=-1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def relu(z):
    return np.maximum(z, 0)


def forward(X, weights, biases, hidden=relu, last=softmax):
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        X = hidden(X @ W + b)
    return last(X @ weights[-1] + biases[-1])


def different(**parts):
    """The right function with another activation somewhere."""
    return lambda X, weights, biases: forward(X, weights, biases, **parts)


def by_index(X, weights, biases):
    n = len(weights)
    for i in range(n):
        X = np.matmul(X, weights[i]) + biases[i]
        if i < n - 1:
            X = X * (X > 0)
    return [
        list(row)
        for row in np.exp(X - X.max(1)[:, None]) / np.exp(X - X.max(1)[:, None]).sum(1)[:, None]
    ]


def by_recursion(X, weights, biases):
    z = X @ weights[0] + biases[0]
    return softmax(z) if len(weights) == 1 else by_recursion(relu(z), weights[1:], biases[1:])


def by_transposing(X, weights, biases):
    a = X.T
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
        a = np.einsum("io,in->on", W, a) + b[:, np.newaxis]
        if layer < len(weights):
            a = np.where(a > 0, a, 0)
    return softmax(a, axis=0).T


def rows_one_by_one(X, weights, biases):
    return [forward(x, weights, biases) for x in X]


def with_pop(X, weights, biases):
    last_W, last_b = weights.pop(), biases.pop()
    for W, b in zip(weights, biases, strict=True):
        X = relu(X @ W + b)
    return softmax(X @ last_W + last_b)


def one_layer(X, weights, biases):
    return softmax(X @ weights[0] + biases[0])


def two_layers(X, weights, biases):
    return softmax(relu(X @ weights[0] + biases[0]) @ weights[1] + biases[1])


def three_layers(X, weights, biases):
    a = relu(X @ weights[0] + biases[0])
    a = relu(a @ weights[1] + biases[1])
    return softmax(a @ weights[2] + biases[2])


def two_at_least(X, weights, biases):
    X = relu(X @ weights[0] + biases[0])
    for W, b in zip(weights[1:-1], biases[1:-1], strict=True):
        X = relu(X @ W + b)
    return softmax(X @ weights[-1] + biases[-1]) if len(weights) > 1 else softmax(X)


def writes_into_its_input(X, weights, biases):
    p = forward(X, weights, biases)
    X *= 0
    return p


def writes_into_a_bias(X, weights, biases):
    p = forward(X, weights, biases)
    biases[-1] += 1
    return p


def all_activations(X, weights, biases):
    a = [X]
    for W, b in zip(weights, biases, strict=True):
        a.append(relu(a[-1] @ W + b))
    return a


def without_biases(X, weights, biases):
    return forward(X, weights, [0 * b for b in biases])


def without_last_bias(X, weights, biases):
    return forward(X, weights, [*biases[:-1], 0 * biases[-1]])


def careless_softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def softmax_of_the_batch(z):
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum(axis=1, keepdims=True)


GIVEN = {
    "neuron_by_hand": (X, LABELS),
    "forward": (Network(), X),
}


def test_one_neuron_gets_nine_points_and_no_neuron_ten():
    """Three circles span a triangle around a point of the other class."""
    a, b, c = X[[1, 4, 3]]
    shares = np.linalg.solve(np.column_stack([b - a, c - a]), X[8] - a)
    assert (shares > 0).all()
    assert shares.sum() < 1


RIGHT = [
    ("neuron_by_hand", (4, 4, -3), "9 of 10 points"),
    ("neuron_by_hand", [8.0, 4.0, -4.1], "9 of 10 points"),
    ("neuron_by_hand", np.array([4, 4, -3]), "9 of 10 points"),
    ("neuron_by_hand", ((4, 4), -3), "9 of 10 points"),
    ("layer_shapes", [(16, 784), (16,), (16,)], "A row of 784 weights"),
    ("layer_shapes", ((16, 784), (16,), (16,)), "A row of 784 weights"),
    ("layer_shapes", [[16, 784], [16], [16]], "A row of 784 weights"),
    ("layer_shapes", [(np.int64(16), 784), [16], np.array([16])], "A row of 784 weights"),
    ("line_with_the_slip", 2.0, "[:, np.newaxis]"),
    ("line_with_the_slip", np.array(2), "[:, np.newaxis]"),
    ("forward", forward, "for 10 inputs are those of predict_proba"),
    ("forward", by_index, "those of predict_proba"),
    ("forward", by_recursion, "those of predict_proba"),
    ("forward", by_transposing, "those of predict_proba"),
    ("forward", rows_one_by_one, "those of predict_proba"),
    ("line_with_the_slip", 2, "[:, np.newaxis] makes it a column"),
]

WRONG = [
    ("neuron_by_hand", (-4, -4, 3), "Flip all three signs"),
    ("neuron_by_hand", (4, 4, 3), 'says "triangle" for all points'),
    ("neuron_by_hand", (4, 4, -30), 'says "circle" for all points'),
    ("neuron_by_hand", (7, -4, 1), "change its sign"),
    ("neuron_by_hand", (0, 0, 1), "Both weights are 0"),
    ("neuron_by_hand", (0, 5, -1.5), "Wrong: the circle at (0.3, 0.4)"),
    ("neuron_by_hand", (4, 4), "three numbers: weight 1"),
    ("neuron_by_hand", (4, 4, np.inf), "three finite numbers"),
    ("layer_shapes", [(784, 16), (16,), (16,)], "scikit-learn stores it"),
    ("layer_shapes", [(16, 784), (784,), (16,)], "not for each pixel"),
    ("layer_shapes", [(16, 784), (16,), (10,)], "the last layer"),
    ("layer_shapes", [(16, 784), (16,), (1, 16)], "not a batch with one row"),
    ("layer_shapes", [(16, 784), 16, 16], "with a comma: (16,)"),
    ("layer_shapes", [(16, 784), (16)], "a list of three tuples"),
    ("layer_shapes", [(16, 784), "16", (16,)], "The shape of b should be a tuple"),
    ("line_with_the_slip", "2", "Quotes make it text"),
    ("line_with_the_slip", 1, "Line 1 is fine"),
    ("line_with_the_slip", 3, "Line 3 is fine"),
    ("line_with_the_slip", 4, "Line 4 only prints"),
    ("forward", different(last=lambda z: z), "softmax is missing"),
    ("forward", different(last=relu), "ReLU in place of softmax"),
    ("forward", different(last=lambda z: softmax(relu(z))), "ReLU is applied to the last layer"),
    ("forward", different(hidden=lambda z: z), "has the right shape, but ReLU is missing"),
    ("forward", different(hidden=lambda z: z, last=lambda z: z), "both missing"),
    ("forward", different(hidden=np.tanh), "tanh in place of ReLU"),
    ("forward", different(hidden=softmax), "hidden layers have softmax, too"),
    ("forward", different(last=lambda z: 1 / (1 + np.exp(-z))), "the sigmoid in place of softmax"),
    ("forward", different(last=np.exp), "not divided by their sum"),
    ("forward", different(last=lambda z: softmax(z, axis=0)), "down the columns"),
    ("forward", different(last=lambda z: np.exp(z) / np.exp(z).sum()), "the whole batch"),
    ("forward", different(last=lambda z: softmax(softmax(z))), "applied twice"),
    ("forward", different(last=lambda z: softmax(z).round(2)), "Is it rounded?"),
    ("forward", different(last=lambda z: softmax(z).argmax(axis=1)), "arg max", "(5,)"),
    ("forward", different(last=lambda z: softmax(z).T), "transposed"),
    ("forward", different(last=careless_softmax), "sums near 1000", "overflows"),
    ("forward", different(last=softmax_of_the_batch), "largest sum of the whole batch"),
    ("forward", without_biases, "the biases are missing"),
    ("forward", without_last_bias, "the bias of the last layer"),
    ("forward", lambda X, Ws, bs: forward(X, [W.T for W in Ws], bs), "X @ W + b", "(3, 4)"),
    ("forward", lambda X, Ws, bs: forward(X, Ws[::-1], bs[::-1]), "X @ W + b"),
    ("forward", lambda X, Ws, bs: forward(relu(X), Ws, bs), "ReLU is applied to the inputs"),
    ("forward", one_layer, "right for 1 matrix of weights, and not for 2"),
    ("forward", two_layers, "right for 2 matrices of weights, and not for 3"),
    ("forward", three_layers, "right for 3 matrices of weights, and not for 2"),
    ("forward", two_at_least, "right for 2, 3 and 4 matrices of weights, and not for 1"),
    ("forward", with_pop, "changes the lists that it is given"),
    ("forward", writes_into_its_input, "changes X that it is given"),
    ("forward", writes_into_a_bias, "changes a vector of biases"),
    ("forward", all_activations, "returns 3 arrays"),
    ("forward", lambda X, Ws, bs: None, "forget to return"),
    ("forward", lambda X: X, "stops with TypeError"),
    ("forward", lambda X, Ws, bs: forward(np.zeros((9, 784)), Ws, bs), "an array of the lesson"),
    ("forward", 0.5, "should be a function"),
    # not foreseen: what came, and what is expected
    ("neuron_by_hand", (1, 2, 3, 4), "shape (4,)", "three numbers"),
    ("layer_shapes", [(3, 3), (16,), (16,)], "(3, 3)", "784 numbers in"),
    ("line_with_the_slip", 7, "1, 2, 3 or 4", "You have 7"),
    ("forward", different(hidden=lambda z: 2 * relu(z)), "The first that differs is at [0, 0]"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)


def test_an_exercise_that_moved_says_where_it_is_now(capsys):
    for name in ("cost_of_half", "tanh_slope", "cross_entropy_of_guessing"):
        getattr(checks, name)(...)
        assert "now in the lesson 'How a network learns'" in capsys.readouterr().out
