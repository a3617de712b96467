"""Type the layers of a network and see how many parameters each has, or count them yourself."""

import html
import math
import re
from typing import NamedTuple

import ipywidgets

from course_utils.widgets._base.static_fallback import WithStaticFallback

WORDS = {  # what may begin a layer, and what follows it
    "input": "`input 784` or `input 28 28 1`",
    "dense": "`dense 16`: how many units",
    "conv": "`conv 32 3` or `conv 32 3 same`: how many kernels, and their side",
    "pool": "`pool 2`: the side of the window",
    "flatten": "`flatten` alone",
    "dropout": "`dropout 0.2`: the share that is set to 0",
}
STYLE = """
.parameter-counter {color: var(--jp-ui-font-color1, inherit); line-height: 1.4;}
.parameter-counter table {border-collapse: collapse; margin: 0; table-layout: auto;}
.parameter-counter caption {color: inherit; font-weight: bold; padding: 6px 0; text-align: left;}
.parameter-counter tr, .parameter-counter tbody tr:nth-child(n) {background: none;}
.parameter-counter :is(th, td) {
  border: 0 solid var(--jp-border-color1, gray); border-bottom-width: 1px; color: inherit;
  font-variant-numeric: tabular-nums; padding: 3px 24px 3px 0;
  text-align: left; vertical-align: top;
}
.parameter-counter tbody th, .parameter-counter td {font-weight: normal;}
.parameter-counter .number {text-align: right;}
.parameter-counter tfoot * {font-weight: bold;}
.parameter-counter p {margin: 6px 0; max-width: 46em;}
"""


class Layer(NamedTuple):
    """One layer of a network, as `count_parameters` describes it.

    Attributes
    ----------
    text : str
        What was typed, with single spaces.
    shape : tuple of int
        Of what comes out for one image: (units,) or (height, width, channels).
    formula : str
        The count with its numbers, such as ``16 × 784 + 16``; empty if there is nothing to learn.
    parameters : int
    slips : dict of int to str
        Wrong counts that are likely, and what is wrong with each.
    """

    text: str
    shape: tuple
    formula: str
    parameters: int
    slips: dict


def count_parameters(layers):
    """Count the parameters of each layer of a network.

    Parameters
    ----------
    layers : str
        One layer on each line, or separated by commas. Either sizes alone, ``784, 16, 16, 10``:
        the inputs and then dense layers. Or words with numbers: ``input 28 28 1``, ``conv 32 3``
        (kernels, side; with ``same`` at the end the size is kept), ``pool 2``, ``flatten``,
        ``dense 10`` and ``dropout 0.2``. A dense layer on an image works along its last axis, as
        in Keras.

    Returns
    -------
    list of Layer
        The input is the first of them, with no parameters.

    Raises
    ------
    ValueError
        If something is no layer, or does not fit to the one before; the message names it.

    Examples
    --------
    >>> [layer.parameters for layer in count_parameters("784, 16, 16, 10")]
    [0, 12560, 272, 170]
    """
    return list(_read(layers))


def parameter_counter(*, quiz=False):
    """A text field for layers, and a table that counts their parameters while you type.

    Parameters
    ----------
    quiz : bool, default=False
        Whether the counts are hidden, and asked for: a field for each layer that has parameters
        and one for the total. A wrong count is met with what is wrong with it.

    Returns
    -------
    WithStaticFallback
        To be shown as the last line of a cell. The text field is its first child, the table its
        last; between them stand, in the quiz, the fields of the counts in a box.
    """
    return _Counter(quiz).widget


def _read(layers, padding=None, pooled=math.floor):
    """The layers one after the other, as far as they can be read; then a `ValueError`.

    To find slips, `padding` may be forced upon all convolutions, and sizes that a pool does not
    divide be rounded otherwise.
    """
    layers = re.sub(r"[\[\]()]", " ", layers)  # a list as Python writes it
    items = [" ".join(item.split()) for item in re.split(r"[,;\n]", layers) if item.strip()]
    if not items:
        raise ValueError("expected layers, such as 784, 16, 16, 10, and nothing is typed so far.")
    sizes_alone = items[0].isdecimal()
    before = []
    for item in items:
        word, *given = re.sub(r"(?<=\d) ?[x×] ?(?=\d)", " ", item.lower()).split()
        if sizes_alone and word.isdecimal():
            word, given = ("dense" if before else "input"), [word, *given]
        if word not in WORDS:
            hint = ""
            if word.isdecimal():
                sizes = ", ".join([word, *given])
                hint = (
                    f" Sizes alone have commas between them, {sizes}; images are `input 28 28 1`."
                )
            elif sizes_alone:
                hint = " Or a whole number: how many units."
            raise ValueError(f"expected one of {', '.join(WORDS)} first, got `{item}`.{hint}")
        if (word == "input") == bool(before):
            where = "only as the first line" if before else "first: what does the network get"
            raise ValueError(f"expected {WORDS['input']} {where}, got `{item}`.")
        if word == "dropout":
            layer = _dropout(item, given, before[-1].shape)
        elif word == "conv":
            given, kept = _without_same(given)
            same = kept if padding is None else padding == "same"
            layer = _conv(item, _numbers(word, item, given, (2, 3)), same, before[-1].shape)
        elif word == "pool":
            layer = _pool(item, _numbers(word, item, given, (1, 2)), pooled, before[-1].shape)
        elif word == "flatten":
            _numbers(word, item, given, (0,))
            layer = Layer(item, (math.prod(before[-1].shape),), "", 0, {})
        elif word == "dense":
            layer = _dense(item, *_numbers(word, item, given, (1,)), before)
        else:
            layer = Layer(item, tuple(_input(item, given)), "", 0, {})
        before.append(layer)
        yield layer


def _numbers(word, item, given, how_many):
    """The numbers after a word, as many as belong there."""
    for text in given:
        if not text.isdecimal() or not int(text):
            raise ValueError(
                f"expected {WORDS[word]}, in whole numbers from 1, got {text!r} in `{item}`."
            )
    if len(given) not in how_many:
        raise ValueError(f"expected {WORDS[word]}. In `{item}`, {_count(len(given))} after it.")
    return [int(text) for text in given]


def _count(n):
    return f"{n or 'no'} {'number comes' if n == 1 else 'numbers come'}"


def _input(item, given):
    shape = _numbers("input", item, given, (1, 2, 3))
    if len(shape) == 2:
        raise ValueError(
            f"expected {WORDS['input']}, got `{item}`: how many channels? A grey image has 1."
        )
    return shape


def _without_same(given):
    """The numbers of a convolution, and whether it keeps the size."""
    kept = given[-1:] == ["same"]
    return (given[:-1] if given[-1:] in (["same"], ["valid"]) else given), kept


def _dropout(item, given, shape):
    if len(given) > 1 or any(not re.fullmatch(r"0?\.\d+|0", share) for share in given):
        raise ValueError(f"expected {WORDS['dropout']}, from 0 to below 1, got `{item}`.")
    return Layer(item, shape, "", 0, {})


def _image(item, shape):
    """The shape of an image, or a `ValueError` for numbers in a row."""
    if len(shape) != 3:
        raise ValueError(
            f"expected an image for `{item}`, rows, columns and channels as in `input 28 28 1`, "
            f"and {shape[0]:,} numbers in a row come in."
        )
    return shape


def _window(item, window, shape):
    """Height and width of a kernel or of a pool that fits into the image."""
    high, wide = window * 2 if len(window) == 1 else window
    if high > shape[0] or wide > shape[1]:
        raise ValueError(
            f"expected a window of at most {shape[0]} × {shape[1]}, the size of what comes in, got "
            f"{high} × {wide} in `{item}`."
        )
    return high, wide


def _pool(item, window, pooled, shape):
    rows, columns, channels = _image(item, shape)
    high, wide = _window(item, window, shape)
    return Layer(item, (pooled(rows / high), pooled(columns / wide), channels), "", 0, {})


def _conv(item, numbers, same, shape):
    rows, columns, channels = _image(item, shape)
    kernels, *window = numbers
    high, wide = _window(item, window, shape)
    size = (rows, columns) if same else (rows - high + 1, columns - wide + 1)
    one = high * wide  # weights on one channel
    each = (
        f"a kernel has {high} × {wide} weights for each of the {channels:,} channels that come in"
    )
    slips = [
        (
            kernels * one * channels,
            f"Those are the weights alone: each of the {kernels:,} kernels has a bias too.",
        ),
        (kernels * (one + 1), f"Did you forget the channels: {each}."),
        (kernels * one, f"Did you forget channels and biases: {each}, and a bias."),
        (one * channels + 1, f"That is one kernel. The layer has {kernels:,}."),
        (kernels * (one + 1) * channels, "A kernel has one bias, not one for each channel."),
        (
            kernels * math.prod(size),
            "That is how many numbers come out. Count what is learned: each kernel is used at all "
            "places.",
        ),
    ]
    formula = f"{kernels} × ({high} × {wide} × {channels}) + {kernels}"
    return _learned(item, (*size, kernels), formula, kernels * (one * channels + 1), slips)


def _dense(item, units, before):
    *places, n_inputs = before[-1].shape  # an image keeps its places
    slips = [
        (
            units * n_inputs,
            f"Those are the weights alone: each of the {units:,} units has a bias too.",
        ),
        (
            units * n_inputs + n_inputs,
            f"The biases belong to the {units:,} units, not to the {n_inputs:,} numbers that come "
            "in.",
        ),
        (units * n_inputs + 1, f"One bias is not enough: each of the {units:,} units has one."),
        (units, "Those are the units. Count the weights of each, too."),
    ]
    if not places and (images := [layer.shape for layer in before if len(layer.shape) == 3]):
        rows, columns, channels = images[-1]
        message = f"Did you forget the channels: {rows} × {columns} numbers come in for each of "
        slips.append((units * (rows * columns + 1), f"{message}{channels:,}."))
    formula = f"{units} × {n_inputs} + {units}"
    return _learned(item, (*places, units), formula, units * (n_inputs + 1), slips)


def _learned(item, shape, formula, parameters, slips):
    likely = dict(reversed(slips))  # the first of two with the same count is kept
    likely.pop(parameters, None)  # with one channel or unit, some slips are none
    return Layer(item, shape, formula, parameters, likely)


class _Counter:
    """The state behind the fields: the layers that were typed, and the counts."""

    def __init__(self, quiz):
        self.quiz = quiz
        self.layers = ipywidgets.Textarea(
            "input 28 28 1\nconv 16 5\npool 2\nflatten\ndense 10" if quiz else "784, 100, 10",
            description="layers",
            rows=6,
            layout={"width": "32em", "max_width": "98%"},
        )
        self.total = self._field("total")
        self.said = set()  # the last time
        self.fields = []  # what was typed into one is kept when its layer goes and comes back
        self.box = ipywidgets.VBox()
        self.table = ipywidgets.HTML()
        self.layers.observe(self.redraw, names="value")
        still = {"text/html": self.redraw(), "text/plain": self._plain()}
        shown = [self.layers, self.box, self.table] if quiz else [self.layers, self.table]
        self.widget = WithStaticFallback(shown, still, subject="table")

    def _field(self, name):
        """A field for a count, which is judged when it is left or Enter is pressed."""
        field = ipywidgets.Text(
            description=name, continuous_update=False, style={"description_width": "9em"}
        )
        field.observe(self.redraw, names="value")
        return field

    def redraw(self, _change=None):
        rows, wrong = _as_far_as_possible(self.layers.value)
        answers = self._answers(rows) if self.quiz else None
        self.table.value = _as_html(rows, wrong, answers, self.said)
        self.said = set(answers or [])
        return self.table.value

    def _answers(self, rows):
        """What is said of each layer's count, and of the total."""
        learned = [i for i, layer in enumerate(rows) if layer.parameters]
        while len(self.fields) < len(learned):
            self.fields.append(self._field(""))
        fields = self.fields[: len(learned)]
        names = _numbered([rows[i].text for i in learned])
        for name, field in zip(names, fields, strict=True):
            field.description = name
        self.box.children = [*fields, self.total] if rows else []
        said = [""] * len(rows)
        for i, field in zip(learned, fields, strict=True):
            said[i] = _judge(field.value, rows[i].parameters, _slips(self.layers.value, rows, i))
        total = sum(layer.parameters for layer in rows)
        return [*said, _judge(self.total.value, total, _slips_of_total(rows))]

    def _plain(self):
        rows, _ = _as_far_as_possible(self.layers.value)
        lines = [f"{layer.text}: {_size(layer.shape)}" for layer in rows]
        if not self.quiz:
            total = sum(layer.parameters for layer in rows)
            lines = [
                f"{line}, {layer.parameters:,} parameters"
                for line, layer in zip(lines, rows, strict=True)
            ]
            lines.append(f"total: {total:,} parameters")
        return "\n".join(["Parameters of a network, layer by layer", *lines])


def _numbered(names):
    """The names, those that occur several times with a number: no two fields have the same."""
    return [
        f"{name} ({names[: i + 1].count(name)})" if names.count(name) > 1 else name
        for i, name in enumerate(names)
    ]


def _as_far_as_possible(layers):
    """The layers that can be read, and a sentence on the first that cannot."""
    rows = []
    try:
        for layer in _read(layers):
            rows.append(layer)  # one by one: those before an error are kept
    except ValueError as error:
        message = str(error)
        return rows, message[0].upper() + message[1:]
    return rows, ""


def _slips(layers, rows, index):
    """Wrong counts of one layer: its own, and those from a wrong size before it."""
    right, slips = rows[index].parameters, dict(rows[index].slips)
    others = (
        ({"padding": "same"}, "A convolution without `same` makes the image smaller."),
        ({"padding": "valid"}, "A convolution with `same` keeps the size of the image."),
        ({"pooled": math.ceil}, "A pool leaves out an odd last row and column."),
    )
    for changed, message in others:
        try:
            other = list(_read(layers, **changed))
        except ValueError:  # what comes later may not fit, or has not been typed to its end
            continue
        if other[index].parameters != right:
            slips.setdefault(
                other[index].parameters, f"{message} Look at the output shape of the row above."
            )
    return slips


def _slips_of_total(rows):
    """Wrong totals that are likely, and what is wrong with each."""
    total = sum(layer.parameters for layer in rows)
    slips = {
        total - sum(layer.shape[-1] for layer in rows if layer.parameters): "Those are the weights "
        "alone: the biases are missing."
    }
    for layer in rows:
        if layer.parameters:
            slips.setdefault(total - layer.parameters, f"`{layer.text}` is missing in it.")
    slips.pop(total, None)
    return slips


def _judge(typed, right, slips):
    """A sentence on one count that was typed; empty if none was."""
    text = re.sub(r"[\s,_']", "", typed)
    if not text:
        return ""
    if not text.isdecimal():
        return f"Expected a whole number, such as 12,560, got {typed!r}."
    count = int(text)
    if count == right:
        return f"Right: {right:,}."
    few = "Too many" if count > right else "Too few"
    return f"{count:,} is wrong. {slips.get(count, few + '.')}"


def _size(shape):
    return " × ".join(f"{n:,}" for n in shape)


def _as_html(rows, wrong, answers, said_before):
    """The table; with `answers` the quiz, in which only a right count is shown with its formula.

    Screen readers say an answer that is not among those before.
    """

    def spoken(said, answer):
        return f'<span role="alert">{said}</span>' if said and answer not in said_before else said

    total = sum(layer.parameters for layer in rows)
    body = []
    for i, layer in enumerate(rows):
        count = f'<td>{layer.formula or "–"}</td><td class="number">{layer.parameters:,}</td>'
        if answers is not None:
            said = html.escape(answers[i])
            if said.startswith("Right"):
                said = f"{said} {layer.formula}"
            said = spoken(said, answers[i])
            count = f"<td>{said or ('?' if layer.parameters else 'nothing to learn')}</td>"
        body.append(
            f'<tr><th scope="row">{html.escape(layer.text)}</th><td>{_size(layer.shape)}</td>'
            f"{count}</tr>"
        )
    heads = ["layer", "output shape", "formula"]
    last = f'<td></td><td></td><td class="number">{total:,}</td>'
    if answers is not None:
        heads[2] = "your count"
        said = spoken(html.escape(answers[-1]), answers[-1])
        last = f"<td></td><td>{said or '?'}</td>"
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    if answers is None:
        head += '<th scope="col" class="number">parameters</th>'
    table = (
        "<table><caption>Parameters of a network, layer by layer</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody>"
        f'<tfoot><tr><th scope="row">total</th>{last}</tr></tfoot></table>'
    )
    # The backquotes are for the messages of Python; here the words stand in a font of their own.
    sentence = re.sub("`(.*?)`", r"<code>\1</code>", html.escape(wrong))
    said = f'<p role="alert">{sentence}</p>' if wrong else ""
    return (
        f'<div class="parameter-counter"><style>{STYLE}</style>{table if rows else ""}{said}</div>'
    )
