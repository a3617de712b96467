"""A playground: small networks on points in the plane, from a linear model to hidden layers."""

import ipywidgets
import numpy as np

from course_utils.plots.decision_regions import draw_decision_regions
from course_utils.widgets._base.keyboard_guard import KeyboardGuard
from course_utils.widgets._base.live_figure import LiveFigure
from course_utils.widgets._base.standalone_figure import standalone_figure

N_POINTS = 200  # to learn from, and as many new ones
GRID = np.linspace(-1.2, 1.2, 61)
STEPS, REDRAWS = 100, 5  # per press of the button
HIDDEN = {
    "none (linear model)": (),
    "2 units": (2,),
    "4 units": (4,),
    "8 units": (8,),
    "8 and 8 units": (8, 8),
}
ACTIVATIONS = {"tanh": "tanh", "ReLU": "relu", "sigmoid": "logistic", "none": "identity"}
ALPHAS = {"0": 0.0, "0.0001": 1e-4, "0.01": 0.01, "1": 1.0, "10": 10.0}
RATES = {"0.001": 0.001, "0.01": 0.01, "0.03": 0.03, "0.1": 0.1, "1": 1.0}


def _two_groups(rng, n):
    y = np.arange(n) % 2
    centres = np.array([[-0.45, -0.3], [0.45, 0.3]])
    return centres[y] + rng.normal(scale=0.25, size=(n, 2)), y


def _four_corners(rng, n):
    X = rng.uniform(-1, 1, size=(n, 2))
    return X, (X[:, 0] * X[:, 1] > 0).astype(int)


def _ring(rng, n):
    y = np.arange(n) % 2
    radius = np.where(y, 0.85, 0.4 * np.sqrt(rng.random(n))) + rng.normal(scale=0.08, size=n)
    angle = rng.uniform(0, 2 * np.pi, n)
    return radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), y


def _spirals(rng, n):
    y = np.arange(n) % 2
    turn = np.sqrt(rng.random(n))
    angle = 1.5 * np.pi * turn + np.pi * y
    arms = turn[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return arms + rng.normal(scale=0.06, size=(n, 2)), y


DATA = {
    "two groups": _two_groups,
    "four corners": _four_corners,
    "ring": _ring,
    "two spirals": _spirals,
}
FEATURES = {
    "x₁, x₂": lambda X: X,
    "x₁, x₂, product": lambda X: np.column_stack([X, X[:, 0] * X[:, 1]]),
    "x₁, x₂, squares": lambda X: np.column_stack([X, X**2]),
    "x₁, x₂, product, squares": lambda X: np.column_stack([X, X[:, 0] * X[:, 1], X**2]),
}


def playground_points(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Make the points of one data set of the playground.

    Parameters
    ----------
    name : str
        ``"two groups"``, ``"four corners"``, ``"ring"`` or ``"two spirals"``.

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
    if name not in DATA:
        raise ValueError(f"expected one of {', '.join(DATA)}, got {name!r}.")
    return DATA[name](np.random.default_rng(0), N_POINTS)


def playground() -> LiveFigure:
    """Choose data, features and a network; train it and watch its boundary and its loss.

    Changing a setting starts again with a new network from the same seed. A press of *Train*
    makes 100 steps, each on all 200 points, and redraws the picture five times on the way.

    Returns
    -------
    LiveFigure
        Shown when it is the last line of a cell.
    """
    return _Playground().widget


class _Playground:
    """The state behind the controls: the points, and the network so far."""

    def __init__(self):
        menus = {
            "data": DATA,
            "features": FEATURES,
            "hidden": HIDDEN,
            "activation": ACTIVATIONS,
            "alpha": ALPHAS,
            "rate": RATES,
        }
        names = {"hidden": "hidden layers", "rate": "learning rate"}
        first = {"data": "four corners", "alpha": "0.0001", "rate": "0.03"}
        self.menus = {
            key: ipywidgets.Dropdown(
                options=list(options),
                value=first.get(key, next(iter(options))),
                description=names.get(key, key),
                style={"description_width": "7em"},
            )
            for key, options in menus.items()
        }
        train = ipywidgets.Button(description=f"Train {STEPS} steps", button_style="primary")
        start_again = ipywidgets.Button(description="Start again")
        train.on_click(self.train)
        start_again.on_click(self.begin)
        for menu in self.menus.values():
            menu.observe(self.begin, names="value")
        self.make_network()
        boxes = list(self.menus.values())
        wrap = {"flex_flow": "row wrap"}  # one menu under the other in a narrow window
        rows = [ipywidgets.HBox(boxes[i : i + 2], layout=wrap) for i in (0, 2, 4)]
        buttons = ipywidgets.HBox([train, start_again, KeyboardGuard()])
        self.widget = LiveFigure([*rows, buttons], self._draw, announced="caption")

    def begin(self, _event=None):
        self.make_network()
        self.widget.redraw()

    def make_network(self):
        """A new network, not yet trained, on the chosen data."""
        from sklearn.neural_network import MLPClassifier  # here: it takes a second to load

        chosen = {key: menu.value for key, menu in self.menus.items()}
        make = DATA[chosen["data"]]
        self.X, self.y = playground_points(chosen["data"])
        self.X_new, self.y_new = make(np.random.default_rng(1), N_POINTS)
        self.features = FEATURES[chosen["features"]]
        self.network = MLPClassifier(
            HIDDEN[chosen["hidden"]],
            activation=ACTIVATIONS[chosen["activation"]],
            alpha=ALPHAS[chosen["alpha"]],
            learning_rate_init=RATES[chosen["rate"]],
            batch_size=N_POINTS,
            random_state=0,
        )

    def train(self, _button=None):
        for _ in range(REDRAWS):
            for _ in range(STEPS // REDRAWS):
                self.network.partial_fit(self.features(self.X), self.y, classes=[0, 1])
            self.widget.redraw()

    def _draw(self):
        """The plane and the loss so far, and texts that give step, loss and accuracy."""
        losses = getattr(self.network, "loss_curve_", [])
        plane = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)
        values = np.full(len(plane), 0.5)
        state = "not trained yet"
        if losses:
            values = self.network.predict_proba(self.features(plane))[:, 1]
            seen, new = (
                np.mean(self.network.predict(self.features(X)) == y)
                for X, y in ((self.X, self.y), (self.X_new, self.y_new))
            )
            state = (
                f"step {len(losses)}, loss {losses[-1]:.3f}, accuracy {seen:.2f} on these points, "
                f"{new:.2f} on new ones"
            )
        figure = standalone_figure(8.8, 3.8)
        figure.get_layout_engine().set(wspace=0.08)
        left, right = figure.subplots(1, 2)
        values = values.reshape(GRID.size, GRID.size)
        shown = draw_decision_regions(left, GRID, GRID, values, self.X, self.y)
        left.set(xlabel="x₁", ylabel="x₂", xticks=[-1, 0, 1], yticks=[-1, 0, 1], aspect="equal")
        figure.colorbar(shown, ax=left, label="probability of triangles", ticks=[0, 0.5, 1])
        right.plot(range(1, len(losses) + 1), losses)
        right.set(xlabel="step", ylabel="training loss", xlim=(0, max(STEPS, len(losses))))
        right.set_ylim(0, max([0.75, *losses]) * 1.05)
        alt = (
            f"Left: {N_POINTS} points, {self.menus['data'].value}, circles and triangles, over the "
            f"colours of a network's output. Right: its training loss. {state.capitalize()}."
        )
        return figure, {"caption": f"{state[0].upper()}{state[1:]}.", "alt": alt}
