"""Checks of the lesson "A network by hand"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_list,
    as_number,
    as_shape,
    call,
    exercise,
    listed,
    moved,
    same_shape,
    same_values,
)

# A saved copy of the lesson from before it was split calls these: for one release.
__getattr__ = moved(
    "How a network learns", {"cost_of_half", "tanh_slope", "cross_entropy_of_guessing"}
)


@exercise
def neuron_by_hand(answer: object, points: np.ndarray, labels: np.ndarray) -> str:
    """Two weights and a bias with which one neuron gets at least nine of the points right.

    Parameters
    ----------
    answer : tuple of float
        Weight 1, weight 2, bias.
    points : ndarray of shape (n_points, 2), float
    labels : ndarray of shape (n_points,), int
        1 where the output should be above 0.5.
    """
    name = "my_neuron"
    if isinstance(answer, (tuple, list)) and len(answer) == 2 and np.ndim(answer[0]) == 1:
        answer = (*answer[0], answer[1])  # ((w1, w2), b)
    numbers = as_array(answer, name).astype(float)
    if numbers.shape != (3,):
        raise Mistake(
            f"{name} has shape {numbers.shape}. It should hold three numbers: weight 1, weight 2, "
            "bias."
        )
    if not np.isfinite(numbers).all():
        raise Mistake(f"{name} holds {numbers.tolist()}. It should hold three finite numbers.")
    weights, bias = numbers[:2], numbers[2]
    if not weights.any():
        raise Mistake("Both weights are 0, so the neuron gives the same answer everywhere.")
    says = points @ weights + bias > 0
    right = says == labels
    if right.sum() >= 9:
        return f"{right.sum()} of {len(labels)} points lie on the right side of the line."
    if (~right).sum() >= 9:
        raise Mistake(
            f"{(~right).sum()} of {len(labels)} points are wrong, so the line is a good one, but "
            "its sides are swapped: the output is above 0.5 for circles. Flip all three signs."
        )
    if says.all() or not says.any():
        what, way = ("triangle", "smaller") if says.all() else ("circle", "larger")
        raise Mistake(
            f'The neuron says "{what}" for all points: its line misses them. Try a {way} bias.'
        )
    if ((points @ weights - bias > 0) == labels).sum() >= 9:
        raise Mistake(
            f"{right.sum()} of {len(labels)} points are right. The bias is added, not subtracted: "
            "change its sign."
        )
    wrong = [
        f"the {'triangle' if label else 'circle'} at ({x1:g}, {x2:g})"
        for (x1, x2), label in zip(points[~right], labels[~right], strict=True)
    ]
    raise Mistake(f"{right.sum()} of {len(labels)} points are right. Wrong: {', '.join(wrong)}.")


@exercise
def layer_shapes(answer: object) -> str:
    """Shapes of W, b and a in the first layer of a network for 784 pixels, 16 neurons.

    Parameters
    ----------
    answer : list of tuple of int
    """
    answer = as_list(answer, "layer_shapes", "three tuples", 3)
    hints = {
        "W": {
            (784, 16): "that is how scikit-learn stores it, for X W + b. In W x + b the weights "
            "of one neuron are a row: 16 rows.",
            (16, 16): "each of the 16 neurons has a weight for each pixel, not for each neuron.",
            (16,): "each neuron has not one weight but 784.",
            (784,): "those are the weights of one neuron. There are 16.",
        },
        "b": {
            (784,): "there is one bias for each neuron, not for each pixel.",
            (1,): "each neuron has a bias of its own.",
            (16, 1): "a column is needed only for a batch in columns. Here x is one vector.",
            (16, 784): "a neuron has a weight for each pixel, but one bias.",
        },
        "a": {
            (784,): "the pixels go in; what comes out is one number for each neuron.",
            (10,): "the ten digits are the last layer. The question is about the first.",
            (1, 16): "x is one vector here, not a batch with one row.",
            (16, 1): "x is one vector here, not a column.",
            (16, 784): "the product W x sums over the pixels.",
        },
    }
    expected = {"W": (16, 784), "b": (16,), "a": (16,)}
    for given, (name, shape) in zip(answer, expected.items(), strict=True):
        if isinstance(given, (int, np.integer)) and not isinstance(given, bool):
            given = as_number(given, f"The shape of {name}")
            raise Mistake(
                f"For {name} you have the number {given}. A shape is a tuple; with one length in "
                f"it, it is written with a comma: ({given},)."
            )
        given = as_shape(given, f"The shape of {name}")
        if given != shape:
            default = "W x takes 784 numbers in and gives 16 out; b is added to those."
            raise Mistake(f"For {name} you have {given}: {hints[name].get(given, default)}")
    return "A row of 784 weights and one bias for each neuron, and one answer from each."


@exercise
def line_with_the_slip(answer: object) -> str:
    """The line that adds the biases of two units along the wrong axis.

    Parameters
    ----------
    answer : int
        From 1 to 4.
    """
    answer = as_number(answer, "slip_line")
    wrong = {
        1: "Line 1 is fine: X[:2] has a point in each row, so its transpose has them in columns, "
        "as the comment says.",
        3: "Line 3 is fine: the sigmoid takes each number by itself, whatever the shape.",
        4: "Line 4 only prints the first row. Its second number is wrong before that.",
    }
    if answer in wrong:
        raise Mistake(wrong[answer])
    if answer != 2:
        raise Mistake(f"slip_line should be 1, 2, 3 or 4. You have {answer}.")
    return (
        "A vector of two biases is added to each row, so each point gets a bias, not each unit. "
        "biases[0][:, np.newaxis] makes it a column. With three points NumPy would have refused."
    )


@exercise
def forward(answer: object, network: object, inputs: np.ndarray) -> str:
    """The forward pass: ReLU in the hidden layers, softmax at the end, any number of layers.

    It is tried on small networks, then on a fitted one.

    Parameters
    ----------
    answer : callable
        Takes a batch, a list of weights and a list of biases; returns probabilities.
    network : MLPClassifier
        Fitted, with ReLU and more than two classes.
    inputs : ndarray of shape (n_samples, n_inputs), float
        What it reads.
    """
    name = "forward"
    if not callable(answer):
        call(answer, name)  # says what it is
    depths, failed = (2, 3, 4, 1), {}
    for depth in depths:
        try:
            _small_network(answer, name, depth)
        except Mistake as mistake:
            failed[depth] = mistake
    right = sorted(set(depths) - set(failed))
    # A network with one matrix has no hidden layer: a slip in hidden layers is right there.
    if not right or (right == [1] and "has the right shape" in str(failed[2])):
        raise failed[2]
    for depth, mistake in failed.items():
        matrices = "1 matrix" if right == [1] else f"{listed(right)} matrices"
        raise Mistake(
            f"{name} is right for {matrices} of weights, and not for {depth}: {mistake} How many "
            "there are is the length of the list."
        )
    _large_sums(answer, name)
    expected = network.predict_proba(inputs)
    result = call(answer, name, inputs, list(network.coefs_), list(network.intercepts_))
    found = as_array(result, f"What {name} returns")
    same_shape(found, expected.shape, f"For the network of scikit-learn, what {name} returns")
    difference = np.abs(found - expected).max()
    if not difference < 1e-6:
        raise Mistake(
            f"{name} is right for small networks. For that of scikit-learn, its probabilities "
            f"differ from predict_proba by up to {difference:.2g}."
        )
    return (
        f"Your probabilities for {len(inputs):,} inputs are those of predict_proba: none differs "
        "by 0.000001."
    )


def _small_network(answer, name, depth):
    """Raise `Mistake` unless the answer is right for a network with some matrices of weights."""
    rng = np.random.default_rng(depth)
    sizes = [*[3, 4, 6, 5][:depth], 2]
    arrays = [rng.normal(size=(5, 3))]
    arrays += [rng.normal(size=shape) for shape in zip(sizes[:-1], sizes[1:], strict=True)]
    arrays += [rng.normal(size=n) for n in sizes[1:]]
    X, *given = [array.copy() for array in arrays]
    weights, biases = given[:depth], given[depth:]
    try:
        result = call(lambda: answer(X, weights, biases), name)
    except Mistake as mistake:
        if not any(word in str(mistake) for word in ("matmul", "shapes", "broadcast")):
            raise
        shapes = listed([array.shape for array in arrays[1 : depth + 1]])
        if "784" in str(mistake):
            raise Mistake(
                f"{mistake} {name} is tried on inputs of 3 numbers, so an array of the lesson is "
                "in its way: use X, weights and biases as they come in."
            ) from None
        raise Mistake(
            f"{mistake} Here X has shape {arrays[0].shape} and the weights {shapes}: the formula "
            "of a layer is X @ W + b."
        ) from None
    _probabilities(result, name, arrays[0], arrays[1 : depth + 1], arrays[depth + 1 :])
    if (len(weights), len(biases)) != (depth, depth):
        raise Mistake(
            f"The probabilities are right, but {name} changes the lists that it is given: after "
            f"the call they hold {len(weights)} and {len(biases)} arrays, before it {depth}. The "
            "network may be used again."
        )
    names = ["X", *["a matrix of weights"] * depth, *["a vector of biases"] * depth]
    for what, now, before in zip(names, [X, *weights, *biases], arrays, strict=True):
        if not np.array_equal(now, before):
            raise Mistake(
                f"The probabilities are right, but {name} changes {what} that it is given: +=, "
                "out= and a[a < 0] = 0 write into the array at hand. Work on a new one."
            )


def _probabilities(result, name, X, weights, biases):
    """Raise `Mistake` unless the result is what a network makes of a batch."""
    parts = (
        [r for r in result if isinstance(r, np.ndarray)] if type(result) in (list, tuple) else []
    )
    if any(part.ndim != 1 for part in parts):  # a list of rows is fine
        raise Mistake(
            f"{name} returns {len(result)} arrays. It should return one: the probabilities, of the "
            "last layer."
        )
    found = as_array(result, f"What {name} returns")
    right = _run(X, weights, biases)
    hints = {
        right.shape[::-1]: "it is transposed. One row for each input.",
        right.shape[:1]: "one row for each input, with a probability for each output. (Taking the "
        "arg max is left to the reader of the probabilities.)",
        right.shape[1:]: "one row for each input.",
    }
    same_shape(found, right.shape, f"What {name} returns", hints)
    found = found.astype(float)
    if not np.isfinite(found).all():
        raise Mistake(f"What {name} returns holds nan or infinity.")
    if np.allclose(found, right, rtol=0, atol=1e-9):
        return
    none = [0 * b for b in biases]
    foreseen = [
        (_run(X, weights, biases, last=_same), "these are the sums of the last layer: softmax is "
         "missing."),
        (_run(X, weights, biases, last=_relu), "the last layer has ReLU in place of softmax."),
        (_run(X, weights, biases, last=lambda z: _softmax(_relu(z))), "ReLU is applied to the last "
         "layer too. Softmax needs its sums as they are, negative ones included."),
        (_run(X, weights, none), "the biases are missing."),
        (_run(X, weights, [*biases[:-1], none[-1]]), "the bias of the last layer is missing."),
        (_run(X, weights, [*none[:-1], biases[-1]]), "the biases of hidden layers are "
         "missing."),
        (_run(X, weights, biases, hidden=_same), "ReLU is missing: without it the layers are one."),
        (_run(X, weights, biases, hidden=_same, last=_same), "ReLU and softmax are both missing."),
        (_run(X, weights, none, last=_same), "the biases and softmax are missing."),
        (_run(X, weights, biases, hidden=_sigmoid), "the hidden layers have the sigmoid in place "
         "of ReLU."),
        (_run(X, weights, biases, hidden=_sigmoid, last=_sigmoid), "each layer has the sigmoid. "
         "Here hidden layers have ReLU, and the last has softmax."),
        (_run(X, weights, biases, hidden=np.tanh), "the hidden layers have tanh in place of ReLU."),
        (_run(X, weights, biases, hidden=_softmax), "the hidden layers have softmax, too. Only the "
         "last has it, the others have ReLU."),
        (_run(X, weights, biases, last=_sigmoid), "the last layer has the sigmoid in place of "
         "softmax, so the probabilities of a row do not add up to 1."),
        (_run(X, weights, biases, last=np.exp), "the exponentials are not divided by their sum."),
        (_run(X, weights, biases, last=lambda z: np.log(_softmax(z))), "these are the logarithms "
         "of the probabilities."),
        (_run(X, weights, biases, last=lambda z: _softmax(z.T).T), "softmax runs down the columns. "
         "Each row, one input, has to add up to 1: axis=1."),
        (_run(X, weights, biases, last=lambda z: _softmax(z.ravel()).reshape(z.shape)), "softmax "
         "divides by the sum of the whole batch. Each row has to add up to 1: axis=1, "
         "keepdims=True."),
        (_run(X, weights, biases, last=lambda z: _softmax(_softmax(z))), "softmax is applied "
         "twice."),
        (_run(_relu(X), weights, biases), "ReLU is applied to the inputs, too. It belongs to the "
         "sums of a hidden layer."),
        (_run(X, weights, biases, hidden=lambda z: _relu(-z)), "ReLU keeps the negative sums. It "
         "should keep the positive ones."),
        (_run(X, weights, biases, hidden=lambda z: (z > 0) * 1.0), "ReLU keeps a positive sum as "
         "it is. Here it becomes 1."),
        (_run(X, weights, [-b for b in biases]), "the biases are subtracted, not added."),
        (_bias_last(X, weights, biases), "the bias is added after ReLU. It belongs into the sum."),
    ]  # fmt: skip
    if np.allclose(found, right, rtol=0, atol=0.006):
        raise Mistake(f"What {name} returns is right to two decimals. Is it rounded?")
    same_values(found, right, f"What {name} returns", foreseen)
    raise Mistake(f"What {name} returns is right to four digits only. Is it rounded?")


def _large_sums(answer, name):
    """Raise `Mistake` unless softmax withstands sums that are large, or far apart."""
    X = np.array([[1000.0, 1001.0, 999.0], [0.0, 1.0, -1.0]])
    found = as_array(call(answer, name, X, [np.eye(3)], [np.zeros(3)]), f"What {name} returns")
    if np.allclose(found, _softmax(X)):
        return
    if found.shape == X.shape and np.isfinite(found[0]).all():
        raise Mistake(
            f"{name} subtracts the largest sum of the whole batch. Where one row has sums near "
            "1000, the exponentials of the others become 0: take the largest of each row, "
            "axis=1, keepdims=True."
        )
    raise Mistake(
        f"{name} is right for small sums. For sums near 1000 it returns nan, as np.exp "
        "overflows: use the softmax of this lesson, which subtracts the largest sum first."
    )


def _run(X, weights, biases, hidden=None, last=None):
    """What a network makes of a batch."""
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        X = (hidden or _relu)(X @ W + b)
    return (last or _softmax)(X @ weights[-1] + biases[-1])


def _bias_last(X, weights, biases):
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        X = _relu(X @ W) + b
    return _softmax(X @ weights[-1] + biases[-1])


def _same(z):
    return z


def _relu(z):
    return np.maximum(z, 0)


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
