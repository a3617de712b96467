"""Type the layers of a network and see how many parameters each has."""

import html
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import ipywidgets

from course_utils.widgets._base.keyboard_guard import KeyboardGuard
from course_utils.widgets._base.static_fallback import WithStaticFallback

CAPTION = "Parameters of a network, layer by layer"
STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


class Layer(NamedTuple):
    """One layer of a network.

    Attributes
    ----------
    text : str
        What was typed, with single spaces.
    shape : tuple of int
        Of its output for one image: (units,) or (height, width, channels).
    inputs : tuple of int
        Shape of the weights of one unit or kernel; empty if the layer learns nothing.
    """

    text: str
    shape: tuple[int, ...]
    inputs: tuple[int, ...] = ()

    @property
    def parameters(self) -> int:
        """How many weights and biases the layer has."""
        return self.shape[-1] * (math.prod(self.inputs) + 1) if self.inputs else 0

    @property
    def formula(self) -> str:
        """The count with its numbers, such as ``16 × 784 + 16``."""
        if not self.inputs:
            return "–"
        weights = " × ".join(map(str, self.inputs))
        weights = f"({weights})" if len(self.inputs) > 1 else weights
        return f"{self.shape[-1]} × {weights} + {self.shape[-1]}"


def count_parameters(layers: str) -> list[Layer]:
    """Count the parameters of each layer of a network.

    Parameters
    ----------
    layers : str
        One layer per line, or separated by commas. Either sizes alone, ``784, 16, 16, 10``: the
        inputs, then dense layers. Or words with numbers: ``input 28 28 1``, ``conv 32 3``
        (kernels and their side; ``same`` at the end keeps the size), ``pool 2``, ``flatten``,
        ``dense 10`` and ``dropout 0.2``. As in Keras, a dense layer on an image works along its
        last axis.

    Returns
    -------
    list of Layer
        The input comes first; it has no parameters.

    Raises
    ------
    ValueError
        If something is not a layer, or does not fit the one before; the message names it.

    Examples
    --------
    >>> [layer.parameters for layer in count_parameters("784, 16, 16, 10")]
    [0, 12560, 272, 170]
    """
    return list(_read(layers))


def parameter_counter(layers: str = "784, 100, 10") -> WithStaticFallback:
    """Type layers into a text field, above a table that counts their parameters as you type.

    Parameters
    ----------
    layers : str, default="784, 100, 10"
        What the field begins with, as in `count_parameters`.

    Returns
    -------
    WithStaticFallback
        Shown when it is the last line of a cell. The text field is its first child, the table
        its last.
    """
    field = ipywidgets.Textarea(
        layers, description="layers", rows=6, layout={"width": "32em", "max_width": "98%"}
    )
    table = ipywidgets.HTML(_as_html(layers))

    def count_again(change):
        table.value = _as_html(change.new)

    field.observe(count_again, names="value")
    fallback = {"text/html": table.value, "text/plain": _as_text(layers)}
    return WithStaticFallback([field, KeyboardGuard(), table], fallback, subject="table")


# The rules. Each takes the shape of the input and the numbers that were typed, and returns two
# shapes: that of the output, and that of the weights of one unit or kernel.


def _input(item, shape, *numbers):
    return tuple(n for n in numbers if n), ()


def _dense(item, shape, units):
    return (*shape[:-1], units), shape[-1:]


def _conv(item, shape, kernels, height, width, padding):
    width = width or height
    rows, columns, channels = _image(item, shape, height, width)
    if padding != "same":
        rows, columns = rows - height + 1, columns - width + 1
    return (rows, columns, kernels), (height, width, channels)


def _pool(item, shape, height, width):
    width = width or height
    rows, columns, channels = _image(item, shape, height, width)
    return (rows // height, columns // width, channels), ()


def _flatten(item, shape):
    return (math.prod(shape),), ()


def _dropout(item, shape, share):
    return shape, ()


def _image(item, shape, height, width):
    """The shape of an image that a window fits into, or a `ValueError`."""
    if len(shape) != 3:
        raise ValueError(
            f"expected an image for `{item}`, as from `input 28 28 1`, got {shape[0]:,} numbers in "
            "a row."
        )
    if height > shape[0] or width > shape[1]:
        raise ValueError(
            f"expected a window of at most {shape[0]} × {shape[1]}, the size of what comes in, got "
            f"{height} × {width} in `{item}`."
        )
    return shape


class Kind(NamedTuple):
    """A kind of layer: what may follow its name, how that is explained, and its rule."""

    pattern: str
    usage: str
    rule: Callable


N = r"([1-9]\d*)"
KINDS = {
    "input": Kind(
        f"{N}(?: {N} {N})?",
        "`input 784` or, with rows, columns and channels, `input 28 28 1`",
        _input,
    ),
    "dense": Kind(N, "`dense 16`: how many units", _dense),
    "conv": Kind(
        f"{N} {N}(?: {N})?(?: (same|valid))?",
        "`conv 32 3` or `conv 32 3 same`: how many kernels, and their side",
        _conv,
    ),
    "pool": Kind(f"{N}(?: {N})?", "`pool 2`: the side of the window", _pool),
    "flatten": Kind("", "`flatten` alone", _flatten),
    "dropout": Kind(r"(0?\.\d+|0)", "`dropout 0.2`: the share that is set to 0, below 1", _dropout),
}


def _read(layers: str) -> Iterator[Layer]:
    """Yield the layers that can be read, then raise a `ValueError` at one that cannot."""
    layers = re.sub(r"[\[\]()]", " ", layers)  # a list as Python writes it
    items = [" ".join(item.split()) for item in re.split(r"[,;\n]", layers) if item.strip()]
    if not items:
        raise ValueError("expected layers, such as 784, 16, 16, 10: nothing is typed so far.")
    sizes_alone, shape = items[0].isdecimal(), ()
    for item in items:
        name, _, numbers = re.sub(r"(?<=\d) ?[x×] ?(?=\d)", " ", item.lower()).partition(" ")
        if sizes_alone and item.isdecimal():
            name, numbers = ("dense" if shape else "input"), item
        if name not in KINDS:
            raise ValueError(
                f"expected one of {', '.join(KINDS)}, or sizes alone with commas between them "
                f"(784, 16, 10), got `{item}`."
            )
        kind = KINDS[name]
        if (name == "input") == bool(shape):
            where = "only as the first layer" if shape else "first, such as `input 784`"
            raise ValueError(f"expected an input {where}, got `{item}`.")
        given = re.fullmatch(kind.pattern, numbers)
        if not given:
            raise ValueError(f"expected {kind.usage}, got `{item}`.")
        values = [int(n) if n and n.isdecimal() else n for n in given.groups()]
        shape, inputs = kind.rule(item, shape, *values)
        yield Layer(item, shape, inputs)


def _as_far_as_readable(text):
    """The layers that can be read, and a sentence about the first that cannot."""
    layers = []
    try:
        for layer in _read(text):
            layers.append(layer)  # one by one: those before an error are kept
    except ValueError as error:
        message = str(error)
        return layers, message[0].upper() + message[1:]
    return layers, ""


def _as_text(text):
    layers, _ = _as_far_as_readable(text)
    lines = [f"{la.text}: {_size(la.shape)}, {la.parameters:,} parameters" for la in layers]
    return "\n".join([CAPTION, *lines, f"total: {_total(layers):,} parameters"])


def _as_html(text):
    """The table, and under it what cannot be read."""
    layers, problem = _as_far_as_readable(text)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(layer.text)}</th><td>{_size(layer.shape)}</td>'
        f'<td>{layer.formula}</td><td class="number">{layer.parameters:,}</td></tr>'
        for layer in layers
    )
    table = (
        f'<table><caption>{CAPTION}</caption><thead><tr><th scope="col">layer</th>'
        '<th scope="col">output shape</th><th scope="col">formula</th>'
        f'<th scope="col" class="number">parameters</th></tr></thead><tbody>{rows}</tbody>'
        '<tfoot><tr><th scope="row">total</th><td></td><td></td>'
        f'<td class="number">{_total(layers):,}</td></tr></tfoot></table>'
    )
    # Backquotes are for a message in Python; on the page, words have a font of their own.
    sentence = re.sub("`(.*?)`", r"<code>\1</code>", html.escape(problem))
    alert = f'<p role="alert">{sentence}</p>' if problem else ""
    shown = f"{table}{alert}" if layers else alert
    return f'<div class="parameter-counter"><style>{STYLE}</style>{shown}</div>'


def _total(layers):
    return sum(layer.parameters for layer in layers)


def _size(shape):
    return " × ".join(f"{n:,}" for n in shape)
