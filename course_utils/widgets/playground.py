"""A playground: small networks on points in the plane, with each unit seen while it learns."""

import inspect
import json
from itertools import pairwise
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import numpy as np
import traitlets
from matplotlib import colormaps
from matplotlib.patches import Rectangle

from course_utils.plots import figure_bundle
from course_utils.plots._styles import DARK_BLUE, DARK_RED, SIGNED_FINE
from course_utils.widgets._base.assets import CANVAS, KEYBOARD, concatenate
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.static_fallback import caption_only, with_note

if TYPE_CHECKING:
    from sklearn.neural_network import MLPClassifier

HERE = Path(__file__).parent
N_POINTS = 400  # to learn from, and to test with
EDGE, FINE = 1.2, 61  # the plane goes from -EDGE to EDGE; the large picture has 61 x 61 places
GRID = np.linspace(-EDGE, EDGE, FINE)
PLANE = np.stack(np.meshgrid(GRID, GRID[::-1]), axis=-1).reshape(-1, 2)  # row by row from the top
COARSE = slice(None, None, 2)  # of them, every second one is in the small pictures
MINUS = "\N{MINUS SIGN}"
MOST_LAYERS, MOST_UNITS = 3, 8
MOST_STEPS = 10_000  # a minute or so of training, which a call repeats before it opens
MOST_ON_CURVE = 300  # places of the loss curve
FEATURES = {
    "x1": ("x₁", lambda x1, x2: x1),
    "x2": ("x₂", lambda x1, x2: x2),
    "x1*x2": ("x₁x₂", lambda x1, x2: x1 * x2),
    "x1**2": ("x₁²", lambda x1, x2: x1**2),
    "x2**2": ("x₂²", lambda x1, x2: x2**2),
}
# scikit-learn's name: the one in formulas, the function, and where the colours of pictures end.
ACTIVATIONS = {
    "tanh": ("tanh", np.tanh, 1),
    "relu": ("ReLU", lambda z: np.maximum(z, 0), 2),
    "logistic": ("sigmoid", lambda z: 0.5 * (1 + np.tanh(z / 2)), 1),  # no overflow
    "identity": ("", lambda z: z, 2),
}
OFFERED = {  # in menus; a call may give others
    "alpha": [0, 0.0001, 0.001, 0.01, 0.1, 1],
    "learning_rate": [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
    "noise": [0, 0.05, 0.1, 0.2, 0.3, 0.5],
    "test_share": [0.1, 0.25, 0.5, 0.75, 0.9],
}


def _two_clouds(rng, n):
    y = np.arange(n) % 2
    centres = np.array([[-0.45, -0.3], [0.45, 0.3]])
    return centres[y] + rng.normal(scale=0.2, size=(n, 2)), y


def _four_corners(rng, n):
    X = rng.uniform(0.1, 1, size=(n, 2)) * rng.choice([-1, 1], size=(n, 2))
    return X, (X[:, 0] * X[:, 1] > 0).astype(int)


def _ring(rng, n):
    y = np.arange(n) % 2
    radius = np.where(y, rng.uniform(0.75, 0.95, n), 0.4 * np.sqrt(rng.random(n)))
    angle = rng.uniform(0, 2 * np.pi, n)
    return radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), y


def _two_spirals(rng, n):
    y = np.arange(n) % 2
    turn = np.sqrt(rng.random(n))
    angle = 1.5 * np.pi * turn + np.pi * y
    return turn[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), y


DATA = {
    "four corners": _four_corners,
    "ring": _ring,
    "two spirals": _two_spirals,
    "two clouds": _two_clouds,
}


def playground_points(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Make the points that the playground learns from, with its usual noise.

    Parameters
    ----------
    name : str
        ``"four corners"``, ``"ring"``, ``"two spirals"`` or ``"two clouds"``.

    Returns
    -------
    X : ndarray of shape (200, 2), float64
        About from -1 to 1.
    y : ndarray of shape (200,), int64
        0 or 1.

    Raises
    ------
    ValueError
        If there is no data set of that name.
    """
    _one_of("name", name, DATA)
    usual = inspect.signature(playground).parameters
    return _points(name, usual["noise"].default, usual["test_share"].default)["training"]


def _points(name, noise, test_share):
    """Points to learn from and points to test with; another noise moves the same points."""
    rng = np.random.default_rng(0)
    X, y = DATA[name](rng, N_POINTS)
    X = X + noise * rng.normal(size=X.shape)
    n = round(N_POINTS * (1 - test_share))
    return {"training": (X[:n], y[:n]), "test": (X[n:], y[n:])}


def playground(
    data: str = "four corners",
    *,
    features: tuple[str, ...] = ("x1", "x2"),
    hidden: tuple[int, ...] = (4,),
    activation: str = "tanh",
    alpha: float = 0.0001,
    learning_rate: float = 0.03,
    noise: float = 0.05,
    test_share: float = 0.5,
    seed: int = 0,
    steps: int = 0,
    unit: tuple[int, int] | None = None,
) -> "Playground":
    """Watch a small network learn, with a picture of what each of its units says.

    It is scikit-learn's ``MLPClassifier``, trained by ``partial_fit`` on all training points at
    each step. The losses are the mean cross-entropy, without the penalty. Changing a setting starts
    again with a new network. Below the network stands the
    call that opens the present state: copy it into a lesson or a message, and whoever runs it
    sees the same network with the same numbers.

    Parameters
    ----------
    data : str, default="four corners"
        Or ``"ring"``, ``"two spirals"``, ``"two clouds"``.
    features : tuple of str, default=("x1", "x2")
        What the network gets of a point: of these and ``"x1*x2"``, ``"x1**2"``, ``"x2**2"``.
    hidden : tuple of int, default=(4,)
        Units of each hidden layer, at most three layers of 8; ``()`` is a linear model.
    activation : {"tanh", "relu", "logistic", "identity"}, default="tanh"
        Of the hidden units, by scikit-learn's names.
    alpha : float, default=0.0001
        Strength of the L2 penalty, from 0 to 10.
    learning_rate : float, default=0.03
        Of Adam, from 1e-6 to 1.
    noise : float, default=0.05
        Standard deviation of what is added to each coordinate, from 0 to 0.5.
    test_share : float, default=0.5
        Share of the 400 points that is kept for testing, from 0.1 to 0.9.
    seed : int, default=0
        Of the network's first weights. The points are always the same.
    steps : int, default=0
        How many it has been trained when it opens, at most 10,000.
    unit : tuple of int, optional
        Which unit is shown large: its layer and its number, ``(1, 3)`` for unit 3 of hidden layer
        1, ``(0, 2)`` for the second input. By default the output.

    Returns
    -------
    Playground
        Shown when it is the last line of a cell.

    Raises
    ------
    ValueError
        If there is no such data set, feature, activation or unit, or a number is out of range.
    """
    settings = {
        "data": data,
        "features": features,
        "hidden": hidden,
        "activation": activation,
        "alpha": alpha,
        "learning_rate": learning_rate,
        "noise": noise,
        "test_share": test_share,
        "seed": seed,
    }
    return Playground(_checked(settings), steps, unit)


class Playground(anywidget.AnyWidget):
    """A network and its points, made by `playground`.

    The browser asks for each picture: while it plays, for the next steps as soon as the last
    picture is painted. So the kernel is never busy for long, and a pause takes effect at once.

    Parameters
    ----------
    settings : dict
        The arguments of `playground` that describe points and network.
    steps : int
    unit : tuple of int or None

    Attributes
    ----------
    network : sklearn.neural_network.MLPClassifier
        As it is at this moment.
    """

    _esm = concatenate(KEYBOARD, CANVAS, HERE / "playground.js")
    _css = HERE / "playground.css"

    _fixed = traitlets.Dict().tag(sync=True)
    _setup = traitlets.Dict().tag(sync=True)
    _state = traitlets.Dict().tag(sync=True)

    def __init__(self, settings: dict[str, Any], steps: int, unit: tuple[int, int] | None):
        _whole("steps", steps, 0, MOST_STEPS)
        menus = {
            "data": [[name, name] for name in DATA],
            "activation": [[name, _menu_name(name)] for name in ACTIVATIONS],
        }
        for name, values in OFFERED.items():
            menus[name] = [[value, f"{value:g}"] for value in values]
        fixed = {
            "menus": menus,
            "features": [[name, label] for name, (label, _) in FEATURES.items()],
            "layers": MOST_LAYERS,
            "units": MOST_UNITS,
            "steps": MOST_STEPS,
            "colors": PALETTE.tobytes(),
            "strong": STRONG.tobytes(),
            "edge": EDGE,
            "side": len(GRID[COARSE]),
            "fine": FINE,
        }
        self._unit = None
        self._begin(settings)
        self._unit = _checked_unit(unit, self._sizes())
        self._train(steps)
        state = self._picture("")
        super().__init__(_fixed=fixed, _setup=self._describe(), _state=state)
        self._first, self._fallback = (self._settings, self._points, state, self._borders()), None
        self.on_msg(self._answer)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        if self._fallback is None:  # drawn when it is first needed: it takes longer than the rest
            self._fallback = with_note(caption_only(_fallback(*self._first)))
        return data | self._fallback, metadata

    def _answer(self, _widget, message, _buffers):
        """Do what the browser asks for, and send what is to be seen now."""
        task, before = message["do"], self._settings
        if task == "train":
            self._train(message["steps"])
        elif task == "choose":
            self._unit = self._present(message["unit"])
        elif task == "set":
            self._begin(_checked(self._settings | {message["name"]: message["value"]}))
        else:
            self._begin(self._settings)
        state = self._picture(message["id"])
        with self.hold_sync():
            if self._settings is not before:
                self._setup = self._describe()
            self._state = state

    def _begin(self, settings):
        """A new network that has not been trained."""
        from sklearn.neural_network import MLPClassifier  # here: it takes a second to load

        self._settings = settings
        self._points = _points(settings["data"], settings["noise"], settings["test_share"])
        X, y = self._points["training"]

        def network(learning_rate):
            return MLPClassifier(
                settings["hidden"],
                activation=settings["activation"],
                alpha=settings["alpha"],
                learning_rate_init=learning_rate,
                batch_size=len(X),
                random_state=settings["seed"],
            )

        self._next = network(settings["learning_rate"])
        # scikit-learn makes the first weights in the first step. This is the network before it:
        # one from the same seed, after a step too short to change a number.
        first = network(1e-300)
        self.network = first.partial_fit(_inputs(X, settings["features"]), y, classes=[0, 1])
        self._losses = [self._scores()]
        self._unit = self._present(self._unit)

    def _train(self, steps):
        X, y = self._points["training"]
        inputs = _inputs(X, self._settings["features"])
        for _ in range(min(steps, MOST_STEPS + 1 - len(self._losses))):
            self._next.partial_fit(inputs, y, classes=[0, 1])
            if not self._next.n_iter_:  # scikit-learn turns an interrupt into a warning
                raise KeyboardInterrupt
            self.network = self._next
            self._losses.append(self._scores())

    def _sizes(self):
        settings = self._settings
        return [len(settings["features"]), *settings["hidden"], 1]

    def _present(self, unit):
        """A unit (layer, number) of this network; None if it is the output, or is gone."""
        sizes = self._sizes()
        layer, number = unit or (len(sizes) - 1, 1)
        return (layer, number) if layer < len(sizes) - 1 and number <= sizes[layer] else None

    def _scores(self):
        """Loss and accuracy: two rows, training and test."""
        scores = []
        for X, y in self._points.values():
            z = _forward(self.network, _inputs(X, self._settings["features"]))[0][-1][:, 0]
            loss = np.logaddexp(0, np.where(y, -z, z)).mean()  # cross-entropy
            scores.append((float(loss), float(np.mean((z > 0) == y))))
        return tuple(scores)

    def _describe(self):
        """What stays as it is while the network learns."""
        settings = self._settings
        points = {
            name: [X.astype(np.float32).tobytes(), y.astype(np.uint8).tobytes()]
            for name, (X, y) in self._points.items()
        }
        return {
            "settings": settings | {name: list(settings[name]) for name in ("features", "hidden")},
            "points": points,
            "names": _unit_names(settings),
        }

    def _picture(self, reply):
        """What is to be seen now: pictures of all units, weights, losses and texts."""
        settings, layers = self._settings, self._sizes()
        sums, outputs = _forward(self.network, _inputs(PLANE, settings["features"]))
        outputs[-1] = 2 * outputs[-1] - 1  # a probability of one half is in the middle of the scale
        limit = ACTIVATIONS[settings["activation"]][2]
        levels = [*(_levels(values / limit) for values in outputs[:-1]), _levels(outputs[-1])]
        layer, number = self._unit or (len(layers) - 1, 1)
        chosen = levels[layer][number - 1]
        boundary = sums[layer][:, number - 1] if layer else np.array([])
        at = np.unique(np.linspace(0, len(self._losses) - 1, MOST_ON_CURVE).round().astype(int))
        curves = np.array([[loss for loss, _ in self._losses[step]] for step in at])
        formula, rows = _formula(self.network, settings, layer, number)
        values = outputs[layer][:, number - 1]
        if layer == len(layers) - 1:
            values = (values + 1) / 2
        return {
            "reply": reply,
            "step": len(self._losses) - 1,
            "sizes": layers,
            "unit": [layer, number],
            "pictures": np.concatenate([level[:, COARSE, COARSE] for level in levels]).tobytes(),
            "large": chosen.tobytes(),
            "boundary": boundary.astype(np.float32).tobytes(),
            "limit": limit,
            "weights": [weights.astype(np.float32).tobytes() for weights in self.network.coefs_],
            "largest": float(max(np.abs(weights).max() for weights in self.network.coefs_)),
            "at": at.astype(np.float32).tobytes(),
            "curves": curves.T.astype(np.float32).tobytes(),
            "scores": [[f"{loss:.3f}", f"{share:.2f}"] for loss, share in self._losses[-1]],
            "rows": rows,
            "sentence": f"{formula} {_extent(values)}",
            "summary": self._summary(),
            "call": self._call(),
        }

    def _summary(self):
        (loss, share), (test_loss, test_share) = self._losses[-1]
        return (
            f"Step {len(self._losses) - 1}. Training: loss {loss:.3f}, accuracy {share:.2f}. "
            f"Test: loss {test_loss:.3f}, accuracy {test_share:.2f}."
        )

    def _borders(self):
        """Which units draw a border over the plane, for those who cannot see it."""
        sums = _forward(self.network, _inputs(PLANE, self._settings["features"]))[0]
        texts = []
        for layer, values in enumerate(sums[1:-1], 1):
            n_borders = ((values > 0).any(axis=0) & (values <= 0).any(axis=0)).sum()
            linear = layer == 1 and set(self._settings["features"]) <= {"x1", "x2"}
            sort = "straight border" if linear else "border"
            n_units = values.shape[1]
            texts.append(f"In layer {layer}, {n_borders} of {n_units} units draw a {sort}.")
        red = sums[-1].reshape(FINE, FINE) > 0
        edges = np.concatenate([red[0], red[-1], red[:, 0], red[:, -1]])
        if red.all() or not red.any():
            texts.append("The output draws none.")
        elif edges.all() or not edges.any():
            inside = np.mean(red != edges[0])
            texts.append(f"The border of the output closes around {inside:.0%} of the plane.")
        else:
            texts.append("The border of the output reaches the edge of the plane.")
        return " ".join(texts)

    def _call(self):
        """The shortest call that opens this state."""
        state = self._settings | {"steps": len(self._losses) - 1, "unit": self._unit}
        usual = inspect.signature(playground).parameters
        return "playground({})".format(
            ", ".join(
                f"{name}={_as_code(value)}"
                for name, value in state.items()
                if value != usual[name].default
            )
        )


def _colors(share):
    """256 colours from blue to red, with so much white in them that points stand out."""
    colors = colormaps[SIGNED_FINE](np.linspace(0, 1, 256))[:, :3]
    return np.round(255 * (share * colors + 1 - share)).astype(np.uint8)


PALETTE, STRONG = _colors(0.75), _colors(1)  # of pictures, of lines


def _menu_name(activation):
    other = {"logistic": "sigmoid", "identity": "none"}.get(activation)
    return f"{activation} ({other})" if other else activation


def _inputs(X, features):
    return np.column_stack([FEATURES[name][1](X[:, 0], X[:, 1]) for name in features])


def _forward(network: "MLPClassifier", inputs):
    """Sums and outputs of all layers, each of shape (n_points, n_units); inputs are layer 0."""
    hidden = ACTIVATIONS[network.activation][1]
    last = ACTIVATIONS["logistic"][1]
    sums, outputs = [inputs], [inputs]
    for weights, biases in zip(network.coefs_, network.intercepts_, strict=True):
        sums.append(outputs[-1] @ weights + biases)
        outputs.append((last if len(sums) > len(network.coefs_) else hidden)(sums[-1]))
    return sums, outputs


def _levels(values):
    """Values of units as pictures of shape (n_units, 61, 61): colours of -1 to 1 and beyond."""
    levels = np.round(127.5 * (np.clip(values, -1, 1) + 1)).astype(np.uint8)
    return levels.T.reshape(-1, FINE, FINE)


def _unit_names(settings):
    """For each layer, the names of its units, as a screen reader says them."""
    layers = [[f"input {FEATURES[name][0]}" for name in settings["features"]]]
    for layer, size in enumerate(settings["hidden"], 1):
        layers.append([f"hidden unit {unit} of layer {layer}" for unit in range(1, size + 1)])
    return [*layers, ["output"]]


def _formula(network, settings, layer, number):
    """A unit as a sentence, and its weights and bias as rows of a name and a number."""
    name = _unit_names(settings)[layer][number - 1]
    name = name[0].upper() + name[1:]
    if layer == 0:
        return f"{name}.", []
    if layer == 1:
        sources = [FEATURES[feature][0] for feature in settings["features"]]
    else:
        sources = [f"unit {unit}" for unit in range(1, settings["hidden"][layer - 2] + 1)]
    weights = network.coefs_[layer - 1][:, number - 1].tolist()
    bias = float(network.intercepts_[layer - 1][number - 1])
    rows = [*zip(sources, weights, strict=True), ("bias", bias)]
    text = ""
    for source, value in rows:
        sign = MINUS if round(value, 2) < 0 else "+" * bool(text)  # none before the first term
        text += f" {sign} " if text else sign
        text += f"{abs(value):.2f}" + f" × {source}" * (source != "bias")
    is_output = layer == len(settings["hidden"]) + 1
    function = "sigmoid" if is_output else ACTIVATIONS[settings["activation"]][0]
    says = f"{name}: {function}({text})" if function else f"{name}: {text}"
    says += ", the probability of triangles." if is_output else "."
    return says, rows


def _extent(values):
    """From where to where a unit's output goes over the plane, for those who cannot see it."""
    places = []
    for index in (values.argmin(), values.argmax()):
        row, column = np.divmod(index, FINE)
        words = (
            ["upper", "", "lower"][3 * row // FINE],
            ["left", "", "right"][3 * column // FINE],
        )
        places.append(" ".join(filter(None, words)) or "middle")
    low, high = (  # adding 0 leaves no -0.00
        f"{round(float(value), 2) + 0:.2f}".replace("-", MINUS)
        for value in (values.min(), values.max())
    )
    if low == high:
        return f"It is {low} all over the plane."
    return f"Over the plane it goes from {low} ({places[0]}) to {high} ({places[1]})."


def _as_code(value):
    """A setting as Python writes it, with double quotes."""
    if isinstance(value, tuple):
        inside = ", ".join(_as_code(item) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return json.dumps(value) if isinstance(value, str) else repr(value)


def _checked(settings):
    """Settings whose every value is of the right kind, or a ValueError."""
    _one_of("data", settings["data"], DATA)
    _one_of("activation", settings["activation"], ACTIVATIONS)
    features, hidden = settings["features"], settings["hidden"]
    if not isinstance(features, tuple | list) or not features:
        slip = f": did you mean `({features!r},)`?" if isinstance(features, str) else "."
        raise ValueError(
            f"expected features: a tuple of one or more of {', '.join(FEATURES)}, got "
            f"{features!r}{slip}"
        )
    for name in features:
        _one_of("features", name, FEATURES)
    if not isinstance(hidden, tuple | list):
        slip = f": one layer is `({hidden},)`" if isinstance(hidden, Integral) else ""
        raise ValueError(f"expected hidden: a tuple of units per layer, got {hidden!r}{slip}.")
    if len(hidden) > MOST_LAYERS:
        raise ValueError(f"expected at most {MOST_LAYERS} hidden layers, got {len(hidden)}.")
    for size in hidden:
        _whole("units of a hidden layer", size, 1, MOST_UNITS)
    _number("alpha", settings["alpha"], 0, 10)
    _number("learning_rate", settings["learning_rate"], 1e-6, 1)
    _number("noise", settings["noise"], 0, 0.5)
    _number("test_share", settings["test_share"], 0.1, 0.9)
    _whole("seed", settings["seed"], 0, 2**32 - 1)
    return (
        settings
        | {
            "features": tuple(name for name in FEATURES if name in features),
            "hidden": tuple(int(size) for size in hidden),
            "seed": int(settings["seed"]),
        }
        | {name: float(settings[name]) for name in OFFERED}
    )


def _checked_unit(unit, sizes):
    """The unit to be shown large; None is the output."""
    if unit is None:
        return None
    if not (
        isinstance(unit, tuple | list)
        and len(unit) == 2
        and all(isinstance(part, Integral) for part in unit)
        and 0 <= unit[0] < len(sizes) - 1
        and 1 <= unit[1] <= sizes[unit[0]]
    ):
        there = [f"(0, 1) to (0, {sizes[0]}) for inputs"]
        for layer, size in enumerate(sizes[1:-1], 1):
            there.append(f"({layer}, 1) to ({layer}, {size}) for hidden layer {layer}")
        raise ValueError(
            f"expected unit as (layer, number): {', '.join(there)}, or None for the output, got "
            f"{unit!r}."
        )
    return tuple(int(part) for part in unit)


def _one_of(name, value, there):
    if not isinstance(value, str) or value not in there:
        slips = {"sigmoid": "logistic", "none": "identity", "linear": "identity"}
        slip = slips.get(str(value).lower())
        hint = f": scikit-learn calls it '{slip}'" if slip in there else ""
        raise ValueError(f"expected {name}: one of {', '.join(there)}, got {value!r}{hint}.")


def _whole(name, value, low, high=None):
    if isinstance(value, bool) or not isinstance(value, Integral) or value < low:
        good = False
    else:
        good = high is None or value <= high
    if not good:
        end = "" if high is None else f" to {high}"
        raise ValueError(f"expected {name}: a whole number from {low}{end}, got {value!r}.")


def _number(name, value, low, high):
    if isinstance(value, bool) or not isinstance(value, Real) or not low <= value <= high:
        raise ValueError(f"expected {name}: a number from {low:g} to {high:g}, got {value!r}.")


def _fallback(settings, points, state, borders):
    """The network, the chosen unit over the points and the losses, as the browser draws them."""
    figure = standalone_figure(10, 4.6)
    network, large, curves = figure.subplot_mosaic(
        [["network", "large"], ["network", "curves"]],
        width_ratios=(1.75, 1),
        height_ratios=(2.2, 1),
    ).values()
    _draw_network(network, settings, state)
    side = len(GRID)
    levels = np.frombuffer(state["large"], np.uint8).reshape(side, side)
    extent = [-EDGE, EDGE, -EDGE, EDGE]
    large.imshow(PALETTE[levels], extent=extent, interpolation="bilinear")
    if state["boundary"]:
        sums = np.frombuffer(state["boundary"], np.float32).reshape(side, side)
        if sums.min() < 0 < sums.max():
            large.contour(GRID, GRID[::-1], sums, levels=[0], colors="black", linewidths=2)
    for part in ("test", "training"):  # those to learn from above
        X, y = points[part]
        for label, marker, color in ((0, "o", DARK_BLUE), (1, "^", DARK_RED)):
            style = {"color": color, "edgecolor": "white", "linewidth": 0.5, "s": 22}
            if part == "test":
                style = {"color": "white", "edgecolor": color, "linewidth": 0.8, "s": 15}
            large.scatter(*X[y == label].T, marker=marker, **style)
    layer, number = state["unit"]
    chosen = _unit_names(settings)[layer][number - 1]
    large.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1], xlabel="x₁", ylabel="x₂")
    large.set_title(chosen, fontsize=12)
    at = np.frombuffer(state["at"], np.float32)
    losses = np.frombuffer(state["curves"], np.float32).reshape(2, -1)
    for loss, name, style in zip(losses, points, ("-", "--"), strict=True):
        curves.plot(at, loss, style, label=name)
    curves.set(xlabel="step", ylabel="loss", xlim=(0, max(100, at[-1])), ylim=(0, None))
    curves.legend(fontsize=10)
    sizes = " and ".join(str(size) for size in settings["hidden"])
    layers = {0: "no hidden layer", 1: f"one hidden layer of {sizes} units"}
    sort = layers.get(len(settings["hidden"]), f"hidden layers of {sizes} units")
    caption = (
        f"A network with {sort} on the data set {settings['data']}, after {state['step']} steps. "
        "Full points: training; white points: test. Black line: where the sum is 0."
    )
    alt = (
        "Inputs, hidden units and output as small pictures of what each says over the plane, "
        "joined by lines as wide as the weights, blue for negative and red for positive ones. "
        f"{borders} Beside it, large and with the training and test points: {chosen}. "
        f"{state['sentence']} {state['summary']}"
    )
    return figure_bundle(figure, caption=caption, alt=alt)


def _draw_network(axis, settings, state):
    """Nodes with their pictures, and lines between them."""
    sizes, side = state["sizes"], len(GRID[COARSE])
    half = 0.6 * max(*sizes, 3) + 0.8
    gap = (2.75 * half - 2) / (len(sizes) - 1)  # from layer to layer; a node is 0.9 wide
    places = [
        [(layer * gap, (0.5 - (unit + 0.5) / size) * (2 * half - 1.6)) for unit in range(size)]
        for layer, size in enumerate(sizes)
    ]
    lines = []
    for (left, right), weights in zip(pairwise(places), state["weights"], strict=True):
        shares = np.frombuffer(weights, np.float32) / (state["largest"] or 1)
        ends = [(start, end) for start in left for end in right]
        lines += zip(shares.astype(float), ends, strict=True)
    for share, ends in sorted(lines, key=lambda line: abs(line[0])):  # the strongest above
        pale = np.sign(share) * (0.3 + 0.7 * abs(share))  # a weak line is pale, but not white
        color = STRONG[round(127.5 * (pale + 1))] / 255
        axis.plot(*zip(*ends, strict=True), color=color, linewidth=0.5 + 6 * abs(share), zorder=1)
    titles = ["inputs", *(f"layer {layer}" for layer in range(1, len(sizes) - 1)), "output"]
    pictures = iter(np.frombuffer(state["pictures"], np.uint8).reshape(-1, side, side))
    for layer, column in enumerate(places):
        axis.text(column[0][0], half - 0.7, titles[layer], ha="center", va="bottom", fontsize=12)
        for unit, (x, y) in enumerate(column):
            extent = [x - 0.45, x + 0.45, y - 0.45, y + 0.45]
            axis.imshow(PALETTE[next(pictures)], extent=extent, zorder=2, interpolation="bilinear")
            style = {"edgecolor": "black", "linewidth": 0.8}
            if [layer, unit + 1] == state["unit"]:
                style = {"edgecolor": "C1", "linewidth": 3.5}
            axis.add_patch(Rectangle(extent[::2], 0.9, 0.9, fill=False, zorder=3, **style))
            label = FEATURES[settings["features"][unit]][0] if layer == 0 else unit + 1
            if layer < len(sizes) - 1:
                box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
                style = {"ha": "right", "va": "center", "fontsize": 12, "bbox": box}
                axis.text(x - 0.55, y, label, **style)
    axis.set(xlim=(-1.3, (len(sizes) - 1) * gap + 0.7), ylim=(-half, half), aspect="equal")
    axis.axis("off")
    bar = axis.inset_axes([0.02, -0.02, 0.2, 0.04])
    bar.imshow(PALETTE[np.newaxis], aspect="auto")
    bar.set(xticks=[], yticks=[])
    limit = state["limit"]
    scales = f"{MINUS}{limit} … {limit} (output: 0, circles … 1, triangles)"
    note = {"transform": axis.transAxes, "va": "center", "fontsize": 11}
    axis.text(0.24, 0, scales, **note)
    axis.text(0.24, -0.065, f"lines: weights up to ±{state['largest']:.1f}", **note)
