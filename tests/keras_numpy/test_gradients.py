"""Every rule for a gradient, through the replayed program, against differences of the function."""

import numpy as np
import pytest
from scipy import special

from keras_numpy import gradients as rules
from keras_numpy import tensors
from keras_numpy.products import product, sum_rows
from keras_numpy.replay import Replay
from keras_numpy.tape import Tape, identity
from keras_numpy.tensors import record, traced

RNG = np.random.default_rng(0)


def some(*shape):
    """Numbers between 0.2 and 0.9, where every function below has a slope."""
    return RNG.uniform(0.2, 0.9, shape)


def signed(*shape):
    return RNG.normal(size=shape)


def signed_once(shape):
    return np.cos(np.arange(np.prod(shape))).reshape(shape)


def set_a_row(x, row):
    x = x * 1
    x[1] = row
    return x * x


PLACES = np.array([[0, 2, 1, 1], [2, 1, 1, 0]])
X, Y, ROW = signed(3, 4), signed(3, 4), signed(4)
ONE_NUMBER = {
    function.__name__: (function, some(3, 4))
    for function in (
        *(np.negative, np.positive, np.exp, np.exp2, np.expm1, np.log, np.log2, np.log10, np.log1p),
        *(np.sqrt, np.cbrt, np.square, np.reciprocal, np.absolute, np.fabs, np.nan_to_num),
        *(np.sin, np.cos, np.tan, np.arcsin, np.arccos, np.arctan),
        *(np.sinh, np.cosh, np.tanh, np.arcsinh, np.arctanh),
    )
}
TWO_NUMBERS = {
    f"{function.__name__}, {form}": (function, some(*shapes[0]), some(*shapes[1]))
    for function in (
        *(np.add, np.subtract, np.multiply, np.divide, np.maximum, np.minimum, np.remainder),
        *(np.power, np.float_power, np.logaddexp, np.arctan2, np.hypot),
    )
    for form, shapes in {
        "alike": ((3, 4), (3, 4)),
        "a row": ((3, 4), (4,)),
        "a column and a row": ((3, 1), (2, 1, 4)),
        "a number": ((), (2, 3)),
    }.items()
}
FLAT = {
    function.__name__: (lambda x, function=function: x * function(x), X)
    for function in (
        *(np.sign, np.floor, np.ceil, np.trunc, np.rint, np.round, np.zeros_like, np.ones_like),
    )
} | {
    "floor_divide": (lambda x: x * np.floor_divide(x, 0.7), X),
    "heaviside": (lambda x: x * np.heaviside(x, 0.5), X),
    "full_like": (lambda x: x * np.full_like(x, 3.0), X),
}
CASES = (
    ONE_NUMBER
    | TWO_NUMBERS
    | FLAT
    | {
        "arccosh": (np.arccosh, some(3) + 1.5),
        "erf": (special.erf, X),
        "gammaln": (special.gammaln, some(3, 4)),
        "digamma": (special.digamma, some(3, 4)),
        "power of negative numbers": (lambda x: x**3, X),
        "power 0": (lambda x: x**0 + x, X),
        "cast": (lambda x: x.astype("float32") * X, X.astype("float32").astype(float)),
        "clip": (lambda x: np.clip(x, -0.5, 0.5), X),
        "clip above": (lambda x: np.clip(x, None, 0.5), X),
        "where": (lambda x, y: np.where(X > 0, x, y), X, Y),
        "where, a number": (lambda x: np.where(X > 0, x, 1.0), X),
        "used twice": (lambda x: x * np.exp(x) + x, X),
        # the same numbers in another order
        "reshape": (lambda x: x.reshape(2, 6) * signed_once((2, 6)), X),
        "ravel": (lambda x: np.ravel(x)[2:7], X),
        "squeeze": (lambda x: np.squeeze(x, 1), signed(3, 1, 4)),
        "expand_dims": (lambda x: np.expand_dims(x, 1) * signed_once((3, 5, 4)), X),
        "atleast_1d": (np.atleast_1d, signed()),
        "atleast_2d": (lambda x: np.atleast_2d(x) * X, ROW),
        "transpose": (lambda x: np.transpose(x) @ X, Y),
        "transpose of three axes": (lambda x: np.transpose(x, (2, 0, -2)), signed(2, 3, 4)),
        "moveaxis": (lambda x: np.moveaxis(x, 0, -1), signed(2, 3, 4)),
        "moveaxis by name": (lambda x: np.moveaxis(x, source=0, destination=1), signed(2, 3, 4)),
        "swapaxes": (lambda x: np.swapaxes(x, 0, 2), signed(2, 3, 4)),
        "swapaxes by name": (lambda x: np.swapaxes(x, axis1=0, axis2=2), signed(2, 3, 4)),
        "flip": (lambda x: np.flip(x, 1), X),
        "flip all": (np.flip, X),
        "roll": (lambda x: np.roll(x, (1, 2), (0, 1)), X),
        "rot90": (lambda x: np.rot90(x, 3), X),
        "broadcast_to": (lambda x: np.broadcast_to(x, (2, 3, 4)), X),
        "tril": (lambda x: np.tril(x, 1), X),
        "triu": (np.triu, X),
        "pad": (lambda x: np.pad(x, ((1, 0), (2, 1))), X),
        "pad, one number": (lambda x: np.pad(x, 2), X),
        "pad, reflect": (lambda x: np.pad(x, 2, "reflect"), X),
        "pad, edge": (lambda x: np.pad(x, ((3, 1), (0, 2)), "edge"), X),
        "repeat": (lambda x: np.repeat(x, 3, axis=0), X),
        "repeat all": (lambda x: np.repeat(x, 2), X),
        "tile": (lambda x: np.tile(x, (2, 1, 3)), X),
        "tile, one number": (lambda x: np.tile(x, 2), X),
        "diagonal": (lambda x: np.diagonal(x, 1), X),
        "diagonals": (lambda x: np.diagonal(x, -1, 2, 0), signed(3, 2, 4)),
        "trace": (lambda x: np.trace(x, axis1=1, axis2=2), signed(2, 3, 3)),
        "diff": (lambda x: np.diff(x, n=2), X),
        "diff of another axis": (lambda x: np.diff(x, axis=0), X),
        # a part
        "index": (lambda x: x[1], X),
        "slices": (lambda x: x[::2, -1:0:-1], X),
        "new axis": (lambda x: x[..., None, 1:], X),
        "places twice": (lambda x: x[[0, 2, 2]], X),
        "set": (set_a_row, X, ROW),
        "take": (lambda x: np.take(x, PLACES, axis=0), X),
        "take of all": (lambda x: np.take(x, PLACES), X),
        "take along": (lambda x: np.take_along_axis(x, PLACES, axis=0), X),
        "sort": (lambda x: np.sort(x, axis=0), X),
        "put": (lambda x: record(rules.put, x, (5, 4), [1, 3, 1]), X),
        # many numbers to one
        "sum": (np.sum, X),
        "sum of an axis": (lambda x: np.sum(x, axis=(0, -1)), signed(2, 3, 4)),
        "sum, kept": (lambda x: np.sum(x, axis=1, keepdims=True), X),
        "mean": (np.mean, X),
        "mean of an axis": (lambda x: np.mean(x, axis=0), X),
        "var": (lambda x: np.var(x, axis=1, ddof=1), X),
        "std": (lambda x: np.std(x, axis=0, keepdims=True), X),
        "max": (lambda x: np.max(x, axis=1), X),
        "min": (np.min, X),
        "max of equals": (lambda x: np.max(x + np.flip(x, 1), axis=1), X),
        "prod": (lambda x: np.prod(x, axis=1), X),
        "cumsum": (lambda x: np.cumsum(x, axis=1), X),
        "cumsum of all": (np.cumsum, X),
        "cumprod": (lambda x: np.cumprod(x, axis=0), X),
        "norm": (lambda x: np.linalg.norm(x, axis=1), X),
        "norm of all": (np.linalg.norm, X),
        # several arrays
        "concatenate": (lambda x, y: np.concatenate([x, y], axis=-1), X, Y),
        "stack": (lambda x, y: np.stack([x, y], axis=1), X, Y),
        "hstack": (lambda x, y: np.hstack([x, y]), X, Y),
        "hstack of rows": (lambda x, y: np.hstack([x, y]), ROW, signed(2)),
        "vstack": (lambda x, y: np.vstack([x, y]), X, ROW),
        "split": (lambda x: np.split(x, 2, axis=1)[1] * 2, X),
        "array_split": (lambda x: np.array_split(x, 3)[2] + np.array_split(x, 3)[0], X),
        "outer": (np.outer, ROW, signed(3)),
        "product": (lambda x, y: record(product, x, y), X, signed(4, 2)),
        "einsum": (lambda x, y: np.einsum("ij,kj->ik", x, y), X, Y),
        "einsum, summed": (lambda x, y: np.einsum("ij,k->k", x, y), X, signed(2)),
        "einsum of any shape": (
            lambda x, y: np.einsum("...ij,jk->...ik", x, y), signed(2, 3, 4), signed(4, 2)
        ),
        "tensordot": (lambda x, y: np.tensordot(x, y, ((1, 2), (0, 1))), signed(2, 3, 4),
                      signed(3, 4, 5)),
        "tensordot of one axis": (lambda x, y: np.tensordot(x, y, 1), X, signed(4, 2)),
        "matmul": (np.matmul, X, signed(4, 2)),
        "matmul of stacks": (np.matmul, signed(5, 1, 3, 4), signed(2, 4, 2)),
        "matmul of a vector": (np.matmul, signed(2, 3, 4), ROW),
        "matmul by a vector": (np.matmul, signed(3), signed(2, 3, 4)),
        "matmul of vectors": (np.matmul, ROW, signed(4)),
        "dot": (np.dot, signed(2, 3), signed(2, 3, 4)),
        "dot of vectors": (np.dot, ROW, signed(4)),
        "dot with a number": (np.dot, X, signed()),
    }
)  # fmt: skip


def error_of(function, arguments):
    """How far the gradients of a program are from differences of the function itself."""
    arguments = [np.asarray(argument, float) for argument in arguments]
    weights = np.cos(np.arange(1, 1 + np.asarray(function(*arguments)).size))

    def weighted(*arrays):
        result = function(*arrays)
        return np.sum(result * weights.reshape(result.shape))

    def step(arrays):
        loss = weighted(*arrays)
        return [loss, *rules.gradients(loss, arrays)]

    replay = Replay(step)
    loss, *found = replay(arguments)
    assert all(replay.programs.values()), "it is not replayed"
    assert loss == pytest.approx(float(weighted(*arguments)))
    errors = []
    for i, (argument, gradient) in enumerate(zip(arguments, found, strict=True)):
        assert gradient.shape == argument.shape
        numeric = np.zeros(argument.shape)
        for place in np.ndindex(argument.shape):
            sides = []
            for change in (1e-6, -1e-6):
                moved = [array.copy() for array in arguments]
                moved[i][place] += change
                sides.append(weighted(*moved))
            numeric[place] = (sides[0] - sides[1]) / 2e-6
        errors.append(np.abs(numeric - gradient).max() / max(1, np.abs(numeric).max()))
    return max(errors)


TO_FLOAT32 = {"cast": 0.2}  # float32 numbers move in larger steps than the difference


@pytest.mark.parametrize("name", CASES)
def test_a_gradient_is_the_slope(name):
    function, *arguments = CASES[name]
    assert error_of(function, arguments) < TO_FLOAT32.get(name, 1e-6)


def test_every_rule_has_a_case():
    """The functions that were differentiated in the cases are those that have rules."""
    seen = set()
    for function, *arguments in CASES.values():
        with Tape() as tape:
            result = function(*traced(tape, [np.asarray(a, float) for a in arguments]))
            rules.gradients(np.sum(result), [])
        seen |= {step.function for step in tape.steps}
    aliases = {np.amax, np.amin}
    in_tests_of_nn = {sum_rows}
    known = set(rules.RULES) | set(rules.RULES_FOR_LISTS)
    assert known - seen - aliases - in_tests_of_nn <= {identity, tensors.part}


def test_a_function_without_a_rule_is_named():
    with Tape() as tape:
        x = traced(tape, X)
        result = np.sum(np.median(x))
        with pytest.raises(NotImplementedError, match="no gradient for median"):
            rules.gradients(result, [x])


def test_what_does_not_reach_the_result_has_no_gradient():
    with Tape() as tape:
        x, y = traced(tape, [X, Y])
        of_x, of_y = rules.gradients(np.sum(x) + np.sum(record(identity, y)), [x, y])
    assert np.array_equal(of_x, np.ones((3, 4)))
    assert of_y is None


def test_a_gradient_of_a_gradient():
    """The rules are recorded, too."""
    with Tape() as tape:
        x = traced(tape, X)
        [slope] = rules.gradients(np.sum(x**3), [x])
        [curvature] = rules.gradients(np.sum(slope), [x])
    assert np.allclose(curvature.numpy(), 6 * X)
