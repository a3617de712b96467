"""A tape for NumPy: the steps of a computation, to be differentiated and replayed.

A step is a function, its arguments, and the node that holds its result; arguments that are arrays
on the tape are nodes, too. `tensors.record` notes a step whenever NumPy is asked for an operation
on a `Tracer`, which stands for a node; `gradients.gradients` walks back over the steps.
`Tape.program` writes the steps that the results need as one plain Python function of arrays, with
neither tape nor tracers in it:

>>> with Tape() as tape:
...     x = traced(tape, np.array([1.0, 2.0]))
...     y = np.sum(x * x)
>>> program = tape.program([y.node])
>>> program([np.array([3.0, 4.0])])
[np.float64(25.0)]
>>> print(program.source)
def program(inputs):
    t0, = inputs
    t1 = multiply(t0, t0)
    del t0
    t2 = sum(t1)
    del t1
    return [t2]

A program needs the shapes of arrays, not their numbers. A hollow tape has no numbers: every array
on it is a single zero, spread over its shape, so that recording takes hardly any memory.
"""

import numpy as np

running = None  # the tape that records


class Undecided(Exception):
    """A hollow tape was asked for numbers, for a decision."""


def mapped(function, value):
    """A function of the items of a list, tuple or dictionary; everything else as it is."""
    if isinstance(value, (list, tuple)):
        items = [function(item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    if isinstance(value, dict):
        changed = value.copy()
        changed.update({key: function(item) for key, item in value.items()})
        return changed
    return value


def flat(value):
    """The items of lists, tuples and dictionaries in each other, one after the other."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from flat(item)
    elif isinstance(value, dict):
        yield from flat(list(value.values()))
    else:
        yield value


class Node:
    """A value on a tape, and the step that computed it; an input has none."""

    __slots__ = ("number", "step", "value")

    def __init__(self, number, value, step=None):
        self.number, self.value, self.step = number, value, step


class Step:
    """One operation: a function, its arguments with nodes among them, and the node it gives."""

    __slots__ = ("args", "function", "kwargs", "nodes", "result")

    def __init__(self, function, args, kwargs):
        self.function, self.args, self.kwargs = function, args, kwargs
        self.nodes = [arg for arg in flat((args, kwargs)) if type(arg) is Node]

    def compute(self):
        """Return the result; what the function does is not recorded."""
        global running
        tape, running = running, None
        try:
            with np.errstate(all="ignore"):  # as in TensorFlow, overflows are not worth a warning
                return self.function(*values_of(self.args), **values_of(self.kwargs))
        finally:
            running = tape


def _hollow(value):
    if isinstance(value, (np.ndarray, np.generic)):
        return np.broadcast_to(np.zeros((), value.dtype), value.shape)
    return mapped(_hollow, value)


def values_of(arg):
    return arg.value if type(arg) is Node else mapped(values_of, arg)


class Tape:
    """Steps in the order in which they were computed.

    Parameters
    ----------
    hollow : bool
        Whether its arrays have no numbers. What is written into a storage is then not kept.
    readable : bool
        Whether the numbers may be taken off the tape, as an array.
    """

    def __init__(self, hollow=False, readable=False):
        self.hollow, self.readable = hollow, readable
        self.steps, self.inputs, self.storages = [], [], {}
        self._n_nodes, self._known = 0, {}

    def __enter__(self):
        global running
        if running:
            raise RuntimeError("A step is being recorded already: fit, evaluate and predict cannot "
                               "be called inside of a model.")  # fmt: skip
        running = self
        return self

    def __exit__(self, error, *_):
        """Put into the storages what was written into them, unless there was an error."""
        global running
        running = None
        for storage, first, now in self.storages.values():
            if now is not first and not error and not self.hollow:
                storage.array = np.asarray(values_of(now))

    def forget(self):
        """Let go of the arrays at once: the steps and their results hold each other."""
        for step in self.steps:
            step.result.step = None
        self.steps, self.inputs, self.storages, self._known = [], [], {}, {}

    def _node(self, value, step=None):
        self._n_nodes += 1
        return Node(self._n_nodes - 1, _hollow(value) if self.hollow else value, step)

    def input(self, array):
        """Return a node for an array that may be another one when the steps are replayed."""
        self.inputs.append(self._node(array))
        return self.inputs[-1]

    def record(self, step):
        """Compute a step, unless it is known, and return the node of its result."""
        key = step.function, key_of(step.args), key_of(step.kwargs)
        if key not in self._known:
            self._known[key] = step.result = self._node(step.compute(), step)
            self.steps.append(step)
        return self._known[key]

    def read(self, storage):
        """Return what a storage holds by now: an input, or what was written into it."""
        if id(storage) not in self.storages:
            first = self.input(storage.array)
            self.storages[id(storage)] = storage, first, first
        _, first, now = self.storages[id(storage)]
        if now is first or type(now) is not Node:
            return now
        # As in TensorFlow, no gradient flows through what was assigned.
        return self.record(Step(identity, (now,), {}))

    def write(self, storage, value):
        """Let a storage hold a node or an array from now on."""
        self.read(storage)
        self.storages[id(storage)] = *self.storages[id(storage)][:2], value

    def branch(self, function):
        """Run one side of a branch. Return its result, and what storages would hold after it."""
        before = dict(self.storages)
        result = function()
        after = self.storages
        self.storages = {
            key: before.get(key, (storage, first, first))
            for key, (storage, first, _) in after.items()
        }
        return result, after

    def choose(self, condition, one, other):
        """Let storages hold what they would after one side of a branch, or after the other.

        Parameters
        ----------
        condition : Node
        one, other : dict
            From `branch`.
        """
        for key, (storage, _, now) in list(self.storages.items()):
            values = [side[key][2] if key in side else now for side in (one, other)]
            if values[0] is not values[1]:
                self.write(storage, self.record(Step(np.where, (condition, *values), {})))

    def program(self, results):
        """Return a function of a list of arrays, the inputs, that gives a list of results.

        The results are nodes, or constants. The function's attribute `source` is its text, and
        `constants` holds what the text calls by name.
        """
        lines, names, last = [], {}, set()  # last: the nodes that a later line needs

        def name(value):
            """How the text calls a constant or a function."""
            if value is None or value is Ellipsis or type(value) in (int, bool, str):
                return repr(value)
            short = getattr(value, "__name__", "c") if callable(value) else "c"
            short = short if short.isidentifier() else "f"
            number = 0
            while names.setdefault(full := f"{short}{number or ''}", value) is not value:
                number += 1
            return full

        def text(arg):
            if type(arg) is Node:
                return f"t{arg.number}"
            if type(arg) in (list, tuple) and any(type(a) is Node for a in flat(arg)):
                inner = "".join(text(a) + ", " for a in arg)
                return f"[{inner}]" if type(arg) is list else f"({inner})"
            if type(arg) is dict and any(type(a) is Node for a in flat(arg)):
                return "{" + ", ".join(f"{key!r}: {text(a)}" for key, a in arg.items()) + "}"
            return name(arg)

        lines.append(f"return [{', '.join(map(text, results))}]")
        last.update(arg for arg in results if type(arg) is Node)
        for step in reversed(self.steps):
            if step.result not in last:
                continue
            args = [text(arg) for arg in step.args]
            args += [f"{key}={text(arg)}" for key, arg in step.kwargs.items()]
            unused = sorted({text(node) for node in step.nodes if node not in last})
            if unused:
                lines.append(f"del {', '.join(unused)}")
            lines.append(f"t{step.result.number} = {name(step.function)}({', '.join(args)})")
            last.update(step.nodes)
        lines.append("".join(f"{text(node)}, " for node in self.inputs).strip() + " = inputs")
        source = "\n    ".join(["def program(inputs):", *reversed(lines)])
        scope = {"__builtins__": {}, **names}
        exec(source, scope)
        program = scope["program"]
        program.source, program.constants = source, names
        return program


def key_of(arg):
    """What two arguments have in common if and only if they are the same."""
    if isinstance(arg, (list, tuple)):
        return (type(arg), *map(key_of, arg))
    if isinstance(arg, dict):
        return tuple((key, key_of(value)) for key, value in arg.items())
    if type(arg) is slice:
        return slice, key_of(arg.start), key_of(arg.stop), key_of(arg.step)
    if isinstance(arg, (np.generic, np.ndarray)) and arg.ndim == 0:
        return arg.dtype.str, arg.tobytes()
    if isinstance(arg, (np.ndarray, Node)) or type(arg).__hash__ is None:
        return id(arg)
    return type(arg), arg


def identity(x):
    """A result through which no gradient flows."""
    return x
