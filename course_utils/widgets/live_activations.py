"""The feature maps that a network makes of a digit, and the arithmetic of each of their values."""

from collections.abc import Callable, Sequence
from numbers import Integral
from pathlib import Path

import anywidget
import numpy as np
import traitlets
from matplotlib import colormaps
from matplotlib.colors import Normalize
from numpy.typing import ArrayLike

from course_utils._grey_levels import grey_levels
from course_utils.convolutional_networks import (
    convolution_products,
    logit_products,
    match_weights,
    pooling_window,
    softmax,
)
from course_utils.plots import figure_bundle
from course_utils.plots._styles import (
    GREY_LEVELS,
    POSITIVE,
    POSITIVE_FINE,
    SCALED_GREY_LEVELS,
    SIGNED,
    draw_frame,
    outline_panel,
    signed_scale,
)
from course_utils.plots._validation import feature_maps, numbers, one_image, stack, valid_index
from course_utils.plots.feature_maps import tile_feature_maps
from course_utils.plots.kernels import draw_kernel
from course_utils.widgets._base.assets import CANVAS, KEYBOARD, concatenate
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.static_fallback import WithStaticFallback, caption_only
from course_utils.widgets.digit_pad import CAPTION, DigitPad, draw_pad, follow
from course_utils.widgets.live_prediction import (
    Model,
    Predictions,
    check_function,
    check_pad,
    in_a_row,
)

HERE = Path(__file__).parent
COLUMNS = 8  # tiles in a row
GAP = 255  # the level between two tiles; activations have levels 0 to 254
COLORS = colormaps[POSITIVE_FINE].resampled(GAP)(range(GAP), bytes=True)  # (255, 4), red to alpha
Function = Callable[[np.ndarray], Sequence[ArrayLike]]


def live_activations(
    pad: DigitPad,
    activations: Function,
    names: Sequence[str],
    models: dict[str, Model] | None = None,
    weights: Sequence[ArrayLike] | None = None,
) -> WithStaticFallback:
    """Show a pad beside the feature maps that layers make of what is drawn on it.

    Each map can be chosen, with the mouse or with keys: it opens large. With `weights`, the
    arithmetic of one of its values stands beside it, and can be followed from layer to layer.

    Parameters
    ----------
    pad : DigitPad
    activations : callable
        Takes images, an array of shape (n, 28, 28) and dtype uint8, and returns a list with an
        array of shape (n, height, width, n_maps) per layer, from 0 up. It is called with one
        image. If it fails, the error is shown beside the pad, in place of the maps.
    names : sequence of str
        One per layer.
    models : dict of str to callable, optional
        As in `live_prediction`: their bars are shown beside the pad too.
    weights : sequence of array_like, optional
        Those of the network that makes the maps, as ``get_weights`` returns them: kernels and
        biases of the layers, whose first one gets the image divided by 255.

    Returns
    -------
    WithStaticFallback
        Shown when it is the last line of a cell. Its children are the pad, the `Predictions` if
        there are `models`, and the `Activations`. When it is made again for the same pad and
        names, as when a cell is run again, it replaces the one before, whose maps no longer
        follow the pad.

    Raises
    ------
    TypeError
        If `pad` is not a pad, `activations` is not a function, `names` is not a list of names, or
        `models` is not a dict of functions.
    ValueError
        If the shapes of `weights` do not fit the layers.

    Examples
    --------
    >>> def shades(images):
    ...     return [images[..., np.newaxis] / np.array([255, 510])]  # one layer, two maps
    >>> view = live_activations(DigitPad(), shades, ["shades"])
    """
    check_pad(pad)
    maps = Activations(pad.image[np.newaxis], activations, names, weights)
    bars = [] if models is None else [Predictions(pad, models)]
    follow(pad, ("activations", *names), lambda _: maps.show(pad.image[np.newaxis]))
    answers = bars[0].answers if bars else []
    fallback = _fallback(maps.shown, CAPTION, lambda figure: draw_pad(figure, pad, answers))
    return in_a_row([pad, *bars, maps], fallback)


def activation_explorer(
    images: ArrayLike,
    activations: Function,
    names: Sequence[str],
    weights: Sequence[ArrayLike] | None = None,
    *,
    chosen: Sequence[str | int] | None = None,
) -> WithStaticFallback:
    """Show the feature maps that layers make of an image; each map can be chosen and opens large.

    With `weights`, the arithmetic of one of its values stands beside it, and can be followed from
    the output down to nine pixels.

    Parameters
    ----------
    images : array_like of shape (height, width) or (n_images, height, width), int or float
        Grey levels from 0 to 255. Of several images one is chosen by its number.
    activations, names, weights
        As in `live_activations`.
    chosen : tuple of str and int, optional
        What is shown first: a layer's name, the number of a map, row and column, such as
        ``("conv_1", 17, 8, 8)``. By default the strongest output, or the strongest map of the
        first layer.

    Returns
    -------
    WithStaticFallback
        Shown when it is the last line of a cell. Its child is the `Activations`.

    Raises
    ------
    TypeError
        If `activations` is not a function, or `names` is not a list of names.
    ValueError
        If `images` are not grey levels, the shapes of `weights` do not fit the layers, or there is
        no such place as `chosen`.

    Examples
    --------
    >>> def shades(images):
    ...     return [images[..., np.newaxis] / np.array([255, 510])]  # one layer, two maps
    >>> view = activation_explorer(np.eye(28) * 255, shades, ["shades"])
    """
    images = numbers(images, "images of shape (height, width) or (n_images, height, width)")
    images = grey_levels(stack(images)) if images.ndim == 3 else one_image(images)[np.newaxis]
    images = np.round(images).astype(np.uint8)
    maps = Activations(images, activations, names, weights, with_image=True)
    if chosen is not None:
        maps.chosen = _place(chosen, list(names), maps.shown.get("layers", []))
    caption = f"The feature maps of {', '.join(map(_spoken, names))} for one image."
    outputs = maps.shown.get("outputs", [])
    fallback = _fallback(
        maps.shown,
        caption,
        lambda figure: _draw_first(figure, images[0], maps.arithmetic, outputs),
    )
    return WithStaticFallback([maps], fallback)


class Activations(anywidget.AnyWidget):
    """The maps of layers as tiles, and one of them large with the arithmetic of a value.

    Made by `live_activations` and `activation_explorer`.

    Attributes
    ----------
    shown : dict
        Either ``layers``, a list with a dict for each, as `_layer` makes it, with the ``image``
        and the ``outputs``, or an ``error``, a sentence that says what went wrong.
    number : int
        Which of several images is shown.
    chosen : dict
        What the browser asks for: a ``layer``, whose number is that of the output after the last
        one, a ``map`` in it, ``row`` and ``column``, and the ``term`` of the sum. Whatever is
        missing is where the numbers are largest.
    arithmetic : dict
        The answer: how the chosen value is made, as `_arithmetic` returns it.
    """

    _esm = concatenate(KEYBOARD, CANVAS, HERE / "live_activations.js")
    _css = HERE / "live_activations.css"

    shown = traitlets.Dict().tag(sync=True)
    number = traitlets.Int().tag(sync=True, echo_update=False)
    # The browser owns these: it sends the next one when this one is answered, the last one wins.
    chosen = traitlets.Dict().tag(sync=True, echo_update=False)
    arithmetic = traitlets.Dict().tag(sync=True)
    # Sent once, so that each layer takes only one byte per pixel.
    _colors = traitlets.Bytes(COLORS.tobytes() + bytes(4)).tag(sync=True)  # the gap: transparent
    _signed = traitlets.List(SIGNED(range(SIGNED.N), bytes=True)[:, :3].tolist()).tag(sync=True)
    _n_images = traitlets.Int(1).tag(sync=True)
    _with_image = traitlets.Bool().tag(sync=True)  # not needed beside a pad

    def __init__(
        self,
        images: np.ndarray,
        activations: Function,
        names: Sequence[str],
        weights: Sequence[ArrayLike] | None = None,
        with_image: bool = False,
    ):
        check_function(activations, "images")
        is_list = isinstance(names, Sequence) and not isinstance(names, str)
        if not is_list or not names or not all(isinstance(name, str) for name in names):
            raise TypeError(f"expected names: a list with a name for each layer, got {names!r}.")
        super().__init__(_n_images=len(images), _with_image=with_image)
        self._activations, self._names = activations, list(names)
        self._weights = None if weights is None else _arrays(weights)
        self._images = images
        self.show(images)
        if self._weights is not None and self._maps:
            self._matched()  # raises if they do not fit

    def show(self, images: np.ndarray) -> None:
        """Show the maps of other images.

        Parameters
        ----------
        images : ndarray of shape (n_images, height, width), uint8
        """
        self._images = images
        image = images[min(max(self.number, 0), len(images) - 1)]
        shown = _shown(self._activations, image, self._names)
        self._maps = shown.pop("maps", [])
        self._image = image[..., np.newaxis] / 255  # one map, from 0 to 1
        if self._maps:
            shown["image"] = {"levels": image.tobytes(), "shape": list(image.shape)}
            shown["outputs"] = _outputs(self._maps[-1], self._layers())
        with self.hold_sync():  # in one message
            self.shown = shown
            self._compute()

    @traitlets.validate("chosen")
    def _check_chosen(self, proposal):
        place = proposal.value
        known = place.keys() <= {"layer", "map", "row", "column", "term"}
        if not known or not all(isinstance(n, Integral) and n >= 0 for n in place.values()):
            raise ValueError(
                "expected some of layer, map, row, column and term, each with a whole number from "
                f"0 up, got {place}."
            )
        return {name: int(n) for name, n in place.items()}  # JSON has no integers of NumPy

    @traitlets.observe("number")
    def _other_image(self, _change):
        self.show(self._images)

    @traitlets.observe("chosen")
    def _compute(self, _change=None):
        if self._maps:
            self.arithmetic = _arithmetic(
                self._image, self._maps, self._layers(), self._names, self.chosen
            )

    def _matched(self):
        shapes = [maps.shape for maps in self._maps]
        return match_weights(self._weights, self._image.shape[:2], shapes, self._names)

    def _layers(self):
        """What each layer is, or why that is not known."""
        if self._weights is None:
            return []
        try:
            return self._matched()
        except ValueError as error:  # the maps have other shapes than in the beginning
            return str(error)


def _place(chosen, names, layers):
    """A layer's name, the number of a map, row and column, as `Activations` takes them."""
    is_place = isinstance(chosen, (tuple, list)) and len(chosen) == 4
    if not is_place or chosen[0] not in names:
        raise ValueError(
            f"expected chosen: one of {names}, the number of a map, row and column, got {chosen!r}."
        )
    if not layers:  # the function fails: its error is shown
        return {}
    layer = names.index(chosen[0])
    height, width, n_maps = layers[layer]["shape"]
    sizes = {"map": n_maps, "row": height, "column": width}
    for (name, size), number in zip(sizes.items(), chosen[1:], strict=True):
        valid_index(f"{name} of {chosen[0]}", number, size)
    return {"layer": layer, **dict(zip(sizes, map(int, chosen[1:]), strict=True))}


def _arrays(weights):
    """The weights as arrays of finite numbers."""
    expected = "weights: a list of arrays, as `get_weights()` returns it"
    if isinstance(weights, np.ndarray) or not isinstance(weights, Sequence):
        raise ValueError(f"expected {expected}, got {type(weights).__name__}.")
    arrays = [numbers(array, expected).astype(float) for array in weights]
    if not all(np.isfinite(array).all() for array in arrays):
        raise ValueError("expected weights of finite numbers, got nan or infinity.")
    return arrays


def _shown(activations, image, names):
    """The layers of one image, as the browser gets them and as arrays, or what went wrong."""
    expected = f"For one image, of shape {(1, *image.shape)}, it should return {len(names)} arrays"
    try:
        # A copy: what the function does to its image must not reach the pad or a model.
        outputs = activations(image[np.newaxis].copy())
        outputs = () if outputs is None else outputs
        outputs = [np.asarray(output, dtype=float) for output in outputs]
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    shapes = ", ".join(str(output.shape) for output in outputs) or "nothing"
    if len(outputs) != len(names) or any(o.ndim != 4 or len(o) != 1 for o in outputs):
        hint = "." if outputs else ": did you forget `return`?"
        return {
            "error": f"{expected} of shape (1, height, width, n_maps), and it returned "
            f"{shapes}{hint}"
        }
    maps = [output[0] for output in outputs]
    try:
        layers = [_layer(one, name) for one, name in zip(maps, names, strict=True)]
    except ValueError as error:
        return {"error": str(error)}
    return {"layers": layers, "maps": maps}


def _layer(maps, name):
    """What the browser shows of one layer.

    Parameters
    ----------
    maps : ndarray of shape (height, width, n_maps), float
    name : str

    Returns
    -------
    dict
        ``title``; ``name``; ``shape``; ``highest``, the largest activation, as text; ``inWords``,
        which maps have activations above half of it; ``width``, that of a row of tiles in pixels;
        ``levels``, a byte per pixel, row by row; and ``silent``, the maps that are 0 everywhere.
    """
    maps = feature_maps(maps)  # refuses empty arrays and values below 0
    if not np.isfinite(maps).all():
        raise ValueError(f"expected activations that are finite numbers, got nan or inf in {name}.")
    table, _, _ = tile_feature_maps(maps, COLUMNS)
    levels = np.nan_to_num(table / (maps.max() or 1) * (GAP - 1), nan=GAP)
    bright = (maps > maps.max() / 2).sum(axis=(0, 1))  # (n_maps,) places above half the scale
    words = f"{np.count_nonzero(bright)} of {len(bright)} maps are bright"
    if bright.any():
        words += f", map {bright.argmax()} in most places"
    return {
        "title": f"{_spoken(name)}: {maps.shape}",
        "name": _spoken(name),
        "shape": list(maps.shape),
        "highest": f"{maps.max():.2f}",
        "inWords": words,
        "width": table.shape[1],
        "levels": np.rint(levels).astype(np.uint8).tobytes(),
        "silent": np.flatnonzero(~maps.any(axis=(0, 1))).tolist(),
    }


def _spoken(name):
    return name.replace("_", " ")


def _outputs(maps, layers):
    """Logits and softmax of each output; nothing if the output's weights are not known."""
    if not layers or not isinstance(layers, list) or layers[-1].kind != "output":
        return []
    logits = maps.reshape(-1) @ layers[-1].weights + layers[-1].biases
    powers, probabilities = softmax(logits)
    columns = (logits.round(2), powers.round(4), probabilities.round(4))
    return [
        {"logit": logit, "power": power, "probability": probability}
        for logit, power, probability in zip(*(c.tolist() for c in columns), strict=True)
    ]


def _arithmetic(image, maps, layers, names, chosen):
    """How one value is made.

    Parameters
    ----------
    image : ndarray of shape (height, width, 1), float
    maps : list of ndarray of shape (height, width, n_maps), float
    layers : list of Layer, or str
        Without any, only the value is known; a sentence says why.
    names : list of str
    chosen : dict
        As in `Activations`.

    Returns
    -------
    dict
        ``layer``, ``map``, ``row``, ``column``; ``kind``; ``title``; ``lines``, the arithmetic in
        words; ``said``, the same in one sentence; and if the weights are known, ``window``, row,
        column and size of what is read in the layer before, and for a sum its ``terms``, one per
        map before, with the ``place`` of the largest product of each; the ``term`` that is shown
        in full as ``inputs``, ``weights`` and ``products`` with so many ``columns``, and the
        ``limits`` of the colours.
    """
    problem = layers if isinstance(layers, str) else ""
    known = [] if problem else layers
    with_output = bool(known) and known[-1].kind == "output"
    first = len(maps) if with_output else 0
    number = min(chosen.get("layer", first), len(maps) - 1 + with_output)
    if number == len(maps):
        answer = _of_output(maps[-1], known[-1], _spoken(names[-1]), chosen)
        return answer | {"layer": number}
    own = maps[number]
    height, width, n_maps = own.shape
    index = chosen.get("map")
    index = int(own.max(axis=(0, 1)).argmax()) if index is None else min(index, n_maps - 1)
    row, column = chosen.get("row"), chosen.get("column")
    if row is None or column is None:
        row, column = divmod(int(own[:, :, index].argmax()), width)
    row, column = min(row, height - 1), min(column, width - 1)
    answer = {
        "layer": number,
        "map": index,
        "row": row,
        "column": column,
        "kind": "map",
        "title": f"{_spoken(names[number])}, map {index}",
    }
    value = own[row, column, index]
    lines = [f"value: {_text(value)}", problem]
    if known:
        before = maps[number - 1] if number else image
        name = _spoken(names[number - 1]) if number else "the image"
        if known[number].kind == "pooling":
            made, lines, details = _of_pooling(before, index, row, column, name)
        else:
            made, lines, details = _of_convolution(
                before, known[number], index, row, column, name, chosen.get("term")
            )
        if np.isclose(made, value, rtol=1e-3, atol=1e-3 * (own.max() or 1)):
            answer |= details
        else:
            lines = [
                f"value: {_text(value)}",
                f"These weights would make {_text(made)} of it: they do not belong to these maps. "
                "Did the network learn, or get other weights, since you passed them? Or is the "
                "activation of this layer not ReLU?",
            ]
    place = f"{answer['title']}, row {row}, column {column}"
    said = ", ".join(line for line in lines if line)
    return answer | {"lines": [line for line in lines if line], "said": f"{place}: {said}."}


def _of_convolution(before, layer, index, row, column, name, term):
    """The value, its arithmetic in words, and the numbers for the browser."""
    kernel, bias = layer.weights[..., index], layer.biases[index]
    size, _, n_before = kernel.shape[:3]
    products = convolution_products(before, kernel, row, column)
    sums = products.sum(axis=(0, 1))  # (n_before,)
    total = sums.sum()
    if n_before == 1:
        lines = [f"sum of the {size * size} products: {_text(total)}"]
    else:
        lines = [
            f"sum over {n_before} maps: {_text(total)}; strongest: {_strongest(sums, 3)}",
        ]
    lines += [
        f"plus the bias of {_text(bias)}: {_text(total + bias)}",
        f"after ReLU: {_text(max(0, total + bias))}",
    ]
    inputs = before[row : row + size, column : column + size]
    details = _sum_of_terms(inputs, kernel, products, layer.weights, term, (row, column))
    details |= {"kind": "convolution", "window": [row, column, size]}
    return max(0, total + bias), lines, details


def _of_pooling(before, index, row, column, name):
    """As `_of_convolution`, for the largest of four values."""
    four = pooling_window(before[:, :, index], row, column)
    down, right = divmod(int(four.argmax()), 2)
    at = [2 * row + down, 2 * column + right]
    largest = four.max()
    where = f"at row {at[0]}, column {at[1]} of {name}"
    lines = [f"largest of four values: {_text(largest)}", where]
    if not four.any():
        lines = ["largest of four values: 0.000", f"all four of {name} are 0"]
    elif (four == largest).sum() > 1:
        lines[1] = "several are equal"
    details = {
        "kind": "pooling",
        "window": [2 * row, 2 * column, 2],
        "inputs": _rounded(four),
        "columns": 2,
        "place": [at],
        "term": 0,
    }
    return largest, lines, details


def _of_output(maps, layer, name, chosen):
    """How a logit is made: a dict as `_arithmetic` returns it."""
    logits = maps.reshape(-1) @ layer.weights + layer.biases
    index = chosen.get("map")
    index = int(logits.argmax()) if index is None else min(index, len(logits) - 1)
    products = logit_products(maps, layer.weights[:, index])
    sums = products.sum(axis=(0, 1))  # (n_maps,)
    powers, probabilities = softmax(logits)
    weights = layer.weights.reshape(*maps.shape, -1)
    lines = [
        f"sum over {len(sums)} maps of {name}: {_text(sums.sum())}",
        f"for it: {_strongest(sums, 3, 1)}",
        f"against it: {_strongest(sums, 3, -1)}",
        f"plus the bias of {_text(layer.biases[index])}: logit {_text(logits[index])}",
        f"softmax: {powers[index]:.4f} / {powers.sum():.4f} = {probabilities[index]:.4f}",
    ]
    details = _sum_of_terms(
        maps, weights[..., index], products, layer.weights, chosen.get("term"), (0, 0)
    )
    said = f"output {index}: {', '.join(lines)}."
    answer = {"map": index, "row": 0, "column": 0, "kind": "output", "title": f"output {index}"}
    return answer | {"lines": lines, "said": said} | details


def _sum_of_terms(inputs, weights, products, all_weights, term, corner):
    """What the browser shows of a sum over maps: each map's part, and one of them in full."""
    sums = products.sum(axis=(0, 1))
    term = int(np.abs(sums).argmax()) if term is None else min(term, len(sums) - 1)
    flat = np.abs(products).reshape(-1, len(sums)).argmax(axis=0)
    places = np.stack(np.divmod(flat, products.shape[1]), axis=1) + corner
    one = {"inputs": inputs, "weights": weights, "products": products}
    return {
        "terms": _rounded(sums),
        "term": term,
        "place": places.tolist(),
        "columns": inputs.shape[1],
        **{key: _rounded(table[:, :, term]) for key, table in one.items()},
        # No colour where two decimals read 0.00.
        "limits": [max(float(np.abs(of).max()), 0.05) for of in (all_weights, sums)],
    }


def _strongest(sums, n, sign=0):
    """The maps that add most to a sum, in words; with a sign, those that raise or lower it."""
    order = np.argsort(-(sums * sign if sign else np.abs(sums)), kind="stable")[:n]
    named = [f"map {i} {_text(sums[i], '+')}" for i in order if sums[i] * (sign or sums[i]) > 0]
    return ", ".join(named) or "none"


def _text(number, plus=""):
    """A number with three decimals and a real minus sign."""
    text = f"{abs(number):.3f}"
    return f"\N{MINUS SIGN}{text}" if number < 0 and float(text) else f"{plus}{text}"


def _rounded(array):
    return np.round(array.astype(float), 4).ravel().tolist()


def _draw_first(figure, image, answer, outputs):
    """An image and how the first value is made, as the static fallback shows them: the alt text."""
    kind = answer.get("kind")
    ratios = {"output": (1, 2, 1), "convolution": (1, 1, 1, 1)}.get(kind, (1,))
    first, *panels = figure.subplots(1, len(ratios), squeeze=False, width_ratios=ratios).ravel()
    first.imshow(image, **GREY_LEVELS)
    first.set_title("image")
    outline_panel(first)
    if kind == "output":
        terms = np.array(answer["terms"])
        parts = np.full((-(-len(terms) // COLUMNS), COLUMNS), np.nan)  # the last row may have gaps
        parts.flat[: len(terms)] = terms
        draw_kernel(panels[0], parts, signed_scale(terms), decimals=2, fontsize=9)
        panels[0].set_aspect("auto")  # wide cells, for the numbers
        _number_rows(panels[0], range(len(parts)))
        panels[0].set_title(f"what each map adds to the logit of {answer['map']}")
        panels[1].barh(range(len(outputs)), [output["logit"] for output in outputs])
        panels[1].set(title="logits", yticks=range(len(outputs)))
        panels[1].invert_yaxis()
    elif kind == "convolution":
        row, column, size = answer["window"]
        draw_frame(first, row, column, size, size)
        pixels, weights, products = (
            np.reshape(answer[name], (size, size)) for name in ("inputs", "weights", "products")
        )
        panels[0].imshow(pixels, **SCALED_GREY_LEVELS)
        outline_panel(panels[0])
        for panel, table in zip(panels[1:], (weights, products), strict=True):
            draw_kernel(panel, table, Normalize(-answer["limits"][0], answer["limits"][0]))
        titles = ("pixels / 255", f"weights of map {answer['map']}", "products")
        for panel, title in zip(panels, titles, strict=True):
            panel.set_title(title)
    return f"An image of a digit. {answer.get('said', '')}"


def _fallback(shown, caption, draw_above):
    """What `draw_above` draws, and under it the layers."""
    layers = shown.get("layers", [])
    figure = standalone_figure(9.9, 2.8 + 3 * bool(layers))
    above, below = figure.subfigures(2, 1, height_ratios=(2.8, 3)) if layers else (figure, None)
    alt = [draw_above(above)]
    for number, layer in enumerate(layers):
        panel = below.add_subplot(1, len(layers), number + 1)
        levels = np.frombuffer(layer["levels"], dtype=np.uint8).reshape(-1, layer["width"])
        shares = np.ma.masked_equal(levels, GAP) / (GAP - 1)
        shown = panel.imshow(shares, cmap=POSITIVE, vmin=0, vmax=1)
        panel.set_title(layer["title"], fontsize=11)
        panel.set_anchor("N")  # layers with fewer maps are lower: this keeps the titles in line
        height, _, n_maps = layer["shape"]
        rows = -(-n_maps // COLUMNS)
        _number_rows(panel, np.linspace(height / 2, len(levels) - height / 2, rows) - 0.5)
        bar = figure.colorbar(
            shown,
            cax=panel.inset_axes((0, -0.5 / rows, 1, 0.25 / rows)),
            orientation="horizontal",
        )
        bar.set_ticks([0, 1], labels=["0", layer["highest"]])
        alt.append(f"{layer['title']}: {layer['inWords']}.")
    return caption_only(figure_bundle(figure, caption=caption, alt=" ".join(alt)))


def _number_rows(axis, places):
    """Write the number of the first map beside each row, as in the browser."""
    axis.set_yticks(places, COLUMNS * np.arange(len(places)), fontsize=9)
    axis.set_xticks([])
    axis.tick_params(length=0)
    axis.spines[:].set_visible(False)
