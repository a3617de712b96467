"""Checks of the lesson "A network by hand"."""

import math

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_list,
    as_number,
    as_shape,
    call,
    exercise,
    same_values,
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
    if not abs(answer - 0.25) < 1e-6:
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
    for wrong, hint in mistakes:
        if abs(answer - wrong) < 0.005:
            raise Mistake(f"You have {answer:.4g}: {hint}")
    if not abs(answer - right) < 0.005:
        raise Mistake(
            f"You have {answer:.4g}. Each of the ten digits gets the same probability; the cost is "
            "minus the natural logarithm of the one that is right."
        )
    return "2.30, the logarithm of 10, for every image."
