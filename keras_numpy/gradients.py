"""How a result changes with what it was computed from: a rule for each function of NumPy.

A rule takes the gradient `g` of a result `r` and the arguments of the function, and returns the
gradient of one argument. For `r = sin(x)` the chain rule says `g * cos(x)`. `gradients` applies the
rules to the steps on a tape, from the last to the first:

>>> with Tape() as tape:
...     x = traced(tape, np.array([0.0, 1.0]))
...     [slope] = gradients(np.sum(np.sin(x)), [x])
>>> np.array_equal(slope.numpy(), np.cos([0.0, 1.0]))
True

A rule may forget that an argument was broadcast, and its type: `_as_argument` puts both right.
"""

import math

import numpy as np
from scipy import special

from keras_numpy import tensors
from keras_numpy.products import product, sum_rows
from keras_numpy.tape import Node, identity, mapped
from keras_numpy.tensors import Tracer, record

RULES = {}  # for each function: a rule for each of its arguments, None where it has no gradient
RULES_FOR_LISTS = {}  # for functions of several arrays: one rule that gives (argument, gradient)


def gradients(result, variables):
    """How a number changes with each of some tracers; None where it does not.

    Parameters
    ----------
    result : Tracer of shape ()
    variables : list of Tracer
        On the same tape.

    Returns
    -------
    list of Tracer, ndarray or None
        Each of the shape and dtype of its variable; an array where it does not depend on numbers.

    Raises
    ------
    NotImplementedError
        If there is no rule for a function on the way.
    """
    if type(result) is not Tracer:
        return [None] * len(variables)
    here = result.tape
    wanted = {variable.node for variable in variables}
    reached, steps = set(wanted), []
    for step in here.steps:
        if reached.intersection(step.nodes) and _is_float(step.result.value):
            reached.add(step.result)
            steps.append(step)
    found = {result.node: np.ones((), result.dtype)}

    def tracers(arg):
        return Tracer(here, arg) if type(arg) is Node else mapped(tracers, arg)

    def add(node, gradient):
        if node not in reached or gradient is None:
            return
        if isinstance(gradient, dict):  # of some of several results
            found[node] = {**found.get(node, {}), **gradient}
        else:
            gradient = _as_argument(gradient, Tracer(here, node))
            found[node] = found[node] + gradient if node in found else gradient

    for step in reversed(steps):
        node = step.result
        g = found.get(node) if node in wanted else found.pop(node, None)
        if g is None:
            continue
        if isinstance(g, dict):
            g = [g.get(i, np.zeros_like(value)) for i, value in enumerate(node.value)]
        args, kwargs = tracers(step.args), tracers(step.kwargs)
        if step.function in RULES:
            rules = RULES[step.function]
            if type(step.function) is np.ufunc:
                kwargs = {}  # a dtype, which the result has
            for arg, rule in zip(step.args, rules, strict=False):
                if rule and type(arg) is Node and arg in reached:
                    add(arg, rule(g, Tracer(here, node), *args, **kwargs))
        elif step.function in RULES_FOR_LISTS:
            for arg, gradient in RULES_FOR_LISTS[step.function](g, *args, **kwargs):
                if type(arg) is Tracer:
                    add(arg.node, gradient)
        else:
            name = getattr(step.function, "__name__", step.function)
            raise NotImplementedError(
                f"Keras's NumPy backend has no gradient for {name}. Put it where nothing before it "
                "is trained, or train this model on a laptop, with TensorFlow."
            )
    return [found.get(variable.node) for variable in variables]


def _is_float(value):
    return isinstance(value, (list, tuple)) or value.dtype.kind == "f"


def _as_argument(gradient, arg):
    """A gradient in the shape and type of its argument: what was broadcast is added up."""
    if gradient.ndim > 1 and gradient.shape != arg.shape == (arg.size,) == gradient.shape[-1:]:
        gradient = record(sum_rows, gradient)
    extra = max(gradient.ndim - arg.ndim, 0)
    if extra:
        gradient = np.sum(gradient, axis=tuple(range(extra)))
    start = arg.ndim - gradient.ndim
    ones = tuple(i for i, n in enumerate(gradient.shape) if n != 1 == arg.shape[start + i])
    if ones:
        gradient = np.sum(gradient, axis=ones, keepdims=True)
    if gradient.shape != arg.shape:
        gradient = np.broadcast_to(gradient, arg.shape)
    return gradient if gradient.dtype == arg.dtype else record(tensors.cast, gradient, arg.dtype)


# One number of one or two numbers

RULES |= {
    np.add: (lambda g, r, x, y: g, lambda g, r, x, y: g),
    np.subtract: (lambda g, r, x, y: g, lambda g, r, x, y: -g),
    np.multiply: (lambda g, r, x, y: g * y, lambda g, r, x, y: g * x),
    np.divide: (lambda g, r, x, y: g / y, lambda g, r, x, y: -g * r / y),
    # Where both are equal, TensorFlow takes the first for the larger and for the smaller.
    np.maximum: (lambda g, r, x, y: g * (x >= y), lambda g, r, x, y: g * (x < y)),
    np.minimum: (lambda g, r, x, y: g * (x <= y), lambda g, r, x, y: g * (x > y)),
    np.power: (
        lambda g, r, x, y: g * (y * x ** np.where(np.equal(y, 0), 1, y - 1)),
        lambda g, r, x, y: g * np.log(np.where(np.greater(x, 0), x, 1)) * r,
    ),
    np.remainder: (lambda g, r, x, y: g, lambda g, r, x, y: -g * np.floor(x / y)),
    np.logaddexp: (lambda g, r, x, y: g * np.exp(x - r), lambda g, r, x, y: g * np.exp(y - r)),
    np.arctan2: (
        lambda g, r, x, y: g * y / (x * x + y * y),
        lambda g, r, x, y: -g * x / (x * x + y * y),
    ),
    np.hypot: (lambda g, r, x, y: g * x / r, lambda g, r, x, y: g * y / r),
}
RULES[np.float_power] = RULES[np.power]
RULES |= {
    function: (rule,)
    for function, rule in {
        np.negative: lambda g, r, x: -g,
        np.positive: lambda g, r, x: g,
        np.exp: lambda g, r, x: g * r,
        np.exp2: lambda g, r, x: g * r * math.log(2),
        np.expm1: lambda g, r, x: g * (r + 1),
        np.log: lambda g, r, x: g / x,
        np.log2: lambda g, r, x: g / (x * math.log(2)),
        np.log10: lambda g, r, x: g / (x * math.log(10)),
        np.log1p: lambda g, r, x: g / (x + 1),
        np.sqrt: lambda g, r, x: g * 0.5 / r,
        np.cbrt: lambda g, r, x: g / (3 * r * r),
        np.square: lambda g, r, x: g * 2 * x,
        np.reciprocal: lambda g, r, x: -g * r * r,
        np.absolute: lambda g, r, x: g * np.sign(x),
        np.fabs: lambda g, r, x: g * np.sign(x),
        np.sin: lambda g, r, x: g * np.cos(x),
        np.cos: lambda g, r, x: -g * np.sin(x),
        np.tan: lambda g, r, x: g * (1 + r * r),
        np.arcsin: lambda g, r, x: g / np.sqrt(1 - x * x),
        np.arccos: lambda g, r, x: -g / np.sqrt(1 - x * x),
        np.arctan: lambda g, r, x: g / (1 + x * x),
        np.sinh: lambda g, r, x: g * np.cosh(x),
        np.cosh: lambda g, r, x: g * np.sinh(x),
        np.tanh: lambda g, r, x: g * (1 - r * r),
        np.arcsinh: lambda g, r, x: g / np.sqrt(x * x + 1),
        np.arccosh: lambda g, r, x: g / np.sqrt(x * x - 1),
        np.arctanh: lambda g, r, x: g / (1 - x * x),
        np.nan_to_num: lambda g, r, x, *args, **kwargs: g * np.isfinite(x),
        special.erf: lambda g, r, x: g * np.exp(-x * x) * (2 / math.sqrt(math.pi)),
        special.gammaln: lambda g, r, x: g * special.digamma(x),
        special.digamma: lambda g, r, x: g * special.zeta(2, x),
        tensors.cast: lambda g, r, x, dtype: g,
    }.items()
}
RULES |= {
    function: (None, None)  # flat wherever they have a slope, or not to be followed
    for function in (
        *(np.sign, np.floor, np.ceil, np.trunc, np.rint, np.round, np.floor_divide, np.heaviside),
        *(np.zeros_like, np.ones_like, np.full_like, identity),
    )
}


def _clip_rule(g, r, x, low=None, high=None, **kwargs):
    if low is not None:
        g = g * np.greater_equal(x, low)
    return g if high is None else g * np.less_equal(x, high)


RULES[np.clip] = (_clip_rule,)
RULES[np.where] = (
    None,
    lambda g, r, condition, x, y: np.where(condition, g, np.zeros((), g.dtype)),
    lambda g, r, condition, x, y: np.where(condition, np.zeros((), g.dtype), g),
)

RULES[product] = (
    lambda g, r, a, b: record(product, g, np.transpose(b)),
    lambda g, r, a, b: record(product, np.transpose(a), g),
)

# The same numbers in another order

RULES |= {
    function: (lambda g, r, x, *args, **kwargs: np.reshape(g, x.shape),)
    for function in (
        *(np.reshape, np.ravel, np.squeeze, np.expand_dims),
        *(np.atleast_1d, np.atleast_2d),
    )
}


def _transpose_rule(g, r, x, axes=None):
    if axes is not None:
        axes = tuple(int(i) for i in np.argsort([axis % x.ndim for axis in axes]))
    return np.transpose(g, axes)


def _pad_rule(g, r, x, width, mode="constant", **kwargs):
    if mode != "constant":  # which number of x each one is a copy of
        index = np.pad(np.arange(x.size).reshape(x.shape), width, mode, **kwargs)
        return np.reshape(record(put, np.ravel(g), (x.size,), index.ravel()), x.shape)
    pairs = np.broadcast_to(np.asarray(width), (x.ndim, 2)).tolist()
    return g[tuple(slice(low, low + n) for (low, _), n in zip(pairs, x.shape, strict=True))]


def _repeat_rule(g, r, x, repeats, axis=None):
    if not isinstance(repeats, (int, np.integer)):
        raise NotImplementedError("Keras's NumPy backend has no gradient for unequal repeats.")
    shape, axis = ((x.size,), 0) if axis is None else (x.shape, axis % x.ndim)
    g = np.reshape(g, (*shape[: axis + 1], repeats, *shape[axis + 1 :]))
    return np.reshape(np.sum(g, axis=axis + 1), x.shape)


def _tile_rule(g, r, x, reps):
    reps = (reps,) if isinstance(reps, (int, np.integer)) else tuple(map(int, reps))
    shape = (1,) * (len(reps) - x.ndim) + x.shape
    reps = (1,) * (len(shape) - len(reps)) + reps
    g = np.reshape(g, [n for pair in zip(reps, shape, strict=True) for n in pair])
    return np.reshape(np.sum(g, axis=tuple(range(0, 2 * len(shape), 2))), x.shape)


def _diagonal_rule(g, r, x, offset=0, axis1=0, axis2=1):
    rows, columns = np.nonzero(
        np.subtract.outer(-np.arange(x.shape[axis1]), -np.arange(x.shape[axis2])) == offset
    )
    zeros = np.moveaxis(np.zeros(x.shape, g.dtype), (axis1, axis2), (-2, -1))
    full = record(tensors.set_item, zeros, (Ellipsis, rows, columns), g)
    return np.moveaxis(full, (-2, -1), (axis1, axis2))


RULES |= {
    function: (rule,)
    for function, rule in {
        np.transpose: _transpose_rule,
        np.moveaxis: lambda g, r, x, source, destination: np.moveaxis(g, destination, source),
        np.swapaxes: lambda g, r, x, axis1, axis2: np.swapaxes(g, axis1, axis2),
        np.flip: lambda g, r, x, axis=None: np.flip(g, axis),
        np.roll: lambda g, r, x, shift, axis=None: np.roll(g, np.negative(shift), axis),
        np.broadcast_to: lambda g, r, x, shape, **kwargs: g,
        np.tril: lambda g, r, x, k=0: np.tril(g, k),
        np.triu: lambda g, r, x, k=0: np.triu(g, k),
        np.pad: _pad_rule,
        np.repeat: _repeat_rule,
        np.tile: _tile_rule,
        np.diagonal: _diagonal_rule,
    }.items()
}


def put(g, shape, index):
    """Zeros of a shape, with g added at an index: the transpose of taking an item."""
    result = np.zeros(shape, g.dtype)
    parts = index if isinstance(index, tuple) else (index,)
    if all(i is None or i is Ellipsis or isinstance(i, (int, slice, np.integer)) for i in parts):
        result[index] = g
    else:  # one place may be taken several times
        np.add.at(result, index, g)
    return result


def _along(index, axis):
    """The places that `take_along_axis` takes, as an index."""
    places = list(np.indices(index.shape, sparse=True))
    places[axis] = index
    return tuple(places)


def put_along(g, shape, index, axis):
    return put(g, shape, _along(index, axis))


def _take_rule(g, r, x, index, axis=None, **kwargs):
    if axis is None:
        return np.reshape(record(put, g, (x.size,), index), x.shape)
    return record(put, g, x.shape, (slice(None),) * (axis % x.ndim) + (index,))


RULES[tensors.get_item] = (lambda g, r, x, index: record(put, g, x.shape, index),)
RULES[put] = (lambda g, r, x, shape, index: record(tensors.get_item, g, index),)
RULES[tensors.set_item] = (
    lambda g, r, x, index, value: record(tensors.set_item, g, index, 0),
    None,
    lambda g, r, x, index, value: record(tensors.get_item, g, index),
)
RULES[np.take] = (_take_rule,)
RULES[np.take_along_axis] = (
    lambda g, r, x, index, axis: record(put_along, g, x.shape, index, axis % x.ndim),
)
RULES[np.sort] = (
    lambda g, r, x, axis=-1, **kwargs: record(
        put_along, g, x.shape, np.argsort(x, axis=axis), axis % x.ndim
    ),
)

# Many numbers to one


def _spread(g, x, axis, keepdims):
    """What was reduced along axes, with these axes again, of length 1."""
    if keepdims:
        return g
    axes = range(x.ndim) if axis is None else axis if isinstance(axis, (tuple, list)) else (axis,)
    axes = {a % x.ndim for a in axes}
    return np.reshape(g, [1 if i in axes else n for i, n in enumerate(x.shape)])


def _sum_rule(g, r, x, axis=None, dtype=None, out=None, keepdims=False):
    return np.broadcast_to(_spread(g, x, axis, keepdims), x.shape)


def _mean_rule(g, r, x, axis=None, dtype=None, out=None, keepdims=False):
    return _sum_rule(g * (r.size / x.size if x.size else 0), r, x, axis, keepdims=keepdims)


def _extreme_rule(g, r, x, axis=None, out=None, keepdims=False, **kwargs):
    """Equal extremes share the gradient, as in TensorFlow."""
    there = np.equal(x, _spread(r, x, axis, keepdims))
    return _spread(g, x, axis, keepdims) * there / np.sum(there, axis=axis, keepdims=True)


def _variance_rule(g, r, x, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    deviations = x - np.mean(x, axis=axis, keepdims=True)
    return _spread(g, x, axis, keepdims) * deviations * (2 / (x.size // r.size - ddof))


def _cumsum_rule(g, r, x, axis=None, **kwargs):
    """A number takes part in all the sums from its place on."""
    back = np.flip(np.cumsum(np.flip(g, axis or 0), axis=axis), axis or 0)
    return np.reshape(back, x.shape)


def _norm_rule(g, r, x, ord=None, axis=None, keepdims=False):
    of_vectors = ord == 2 and np.ndim(axis) == 0 and axis is not None
    if ord not in (None, "fro") and not of_vectors:  # codespell:ignore fro
        raise NotImplementedError(f"Keras's NumPy backend has no gradient for the norm {ord}.")
    return _spread(g / np.where(np.equal(r, 0), 1, r), x, axis, keepdims) * x


RULES |= {
    np.sum: (_sum_rule,),
    np.mean: (_mean_rule,),
    np.var: (_variance_rule,),
    np.std: (lambda g, r, x, *args, **kwargs: _variance_rule(g / (2 * r), r, x, *args, **kwargs),),
    np.prod: (
        lambda g, r, x, axis=None, dtype=None, out=None, keepdims=False: (
            _spread(g * r, x, axis, keepdims) / x
        ),
    ),
    np.cumsum: (_cumsum_rule,),
    np.cumprod: (lambda g, r, x, axis=None, **kwargs: _cumsum_rule(g * r, r, x, axis) / x,),
    np.linalg.norm: (_norm_rule,),
} | {function: (_extreme_rule,) for function in (np.max, np.amax, np.min, np.amin)}

# Several arrays


def _concatenate_rule(g, arrays, axis=0, **kwargs):
    axis, start = axis % g.ndim, 0
    for array in arrays:
        stop = start + array.shape[axis]
        yield array, g[(slice(None),) * axis + (slice(start, stop),)]
        start = stop


def _stack_rule(g, arrays, axis=0, **kwargs):
    for i, array in enumerate(arrays):
        yield array, np.take(g, i, axis=axis)


def _split_rule(g, x, sections, axis=0):
    yield x, np.concatenate(g, axis=axis)


def _einsum_rule(g, subscripts, *operands, **kwargs):
    """Exchange the result with each operand; what only this operand sums over is repeated."""
    left, right = subscripts.replace(" ", "").split("->")
    left = left.split(",")
    if "." in subscripts:  # letters in place of the dots, the last for the last axis
        free = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in subscripts]

        def named(text, ndim):
            n = ndim - len(text.replace("...", ""))
            return text.replace("...", "".join(free[len(free) - n :]))

        left = [named(text, x.ndim) for text, x in zip(left, operands, strict=True)]
        right = named(right, g.ndim)
    for i, x in enumerate(operands):
        texts = left[:i] + left[i + 1 :]
        kept = "".join(letter for letter in left[i] if letter in "".join([right, *texts]))
        others = operands[:i] + operands[i + 1 :]
        part = np.einsum(f"{','.join([right, *texts])}->{kept}", g, *others)
        shape = [n if name in kept else 1 for name, n in zip(left[i], x.shape, strict=True)]
        yield x, np.broadcast_to(np.reshape(part, shape), x.shape)


def _tensordot_rule(g, x, y, axes=2):
    """Write it as an einsum."""
    if isinstance(axes, int):
        axes = range(x.ndim - axes, x.ndim), range(axes)
    letters = "abcdefghijklmnopqrstuvwxyz"
    of_x, of_y = list(letters[: x.ndim]), list(letters[x.ndim : x.ndim + y.ndim])
    xs, ys = (np.atleast_1d(np.asarray(part)).tolist() for part in axes)
    for i, j in zip(xs, ys, strict=True):
        of_y[j] = of_x[i]
    free = [c for c in of_x + of_y if (c in of_x) != (c in of_y)]
    return _einsum_rule(g, f"{''.join(of_x)},{''.join(of_y)}->{''.join(free)}", x, y)


def _matmul_rule(g, x, y):
    """Make matrices of vectors and multiply by the transpose of the other one."""
    a = x if x.ndim > 1 else np.reshape(x, (1, -1))
    b = y if y.ndim > 1 else np.reshape(y, (-1, 1))
    if x.ndim == 1:
        g = np.expand_dims(g, -1 if g.ndim == 0 else -2)
    if y.ndim == 1:
        g = np.expand_dims(g, -1)
    of_a, of_b = np.matmul(g, np.swapaxes(b, -1, -2)), np.matmul(np.swapaxes(a, -1, -2), g)
    yield x, of_a if x.ndim > 1 else np.reshape(of_a, (*of_a.shape[:-2], -1))
    yield y, of_b if y.ndim > 1 else np.squeeze(of_b, -1)


def _dot_rule(g, x, y):
    if x.ndim and y.ndim:
        return _tensordot_rule(g, x, y, axes=(x.ndim - 1, max(y.ndim - 2, 0)))
    return (x, np.sum(g * y) if not x.ndim else g * y), (y, np.sum(g * x) if not y.ndim else g * x)


RULES_FOR_LISTS |= {
    np.concatenate: _concatenate_rule,
    np.stack: _stack_rule,
    np.split: _split_rule,
    np.array_split: _split_rule,
    np.einsum: _einsum_rule,
    np.tensordot: _tensordot_rule,
    np.matmul: _matmul_rule,
    np.dot: _dot_rule,
    tensors.part: lambda g, values, i: [(values, {i: g})],
}
