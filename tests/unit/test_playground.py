"""The playground trains what its settings say, and shows what each unit makes of the plane."""

import inspect

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from course_utils.widgets import playground, playground_points
from course_utils.widgets.playground import DATA, EDGE, FINE, OFFERED, PLANE, Playground

SIDE = 31  # of a small picture


def asked(view, do, **what):
    """Let the browser ask for something, and return what it is then shown."""
    view._answer(view, {"do": do, "id": "1", **what}, [])
    assert view._state["reply"] == "1"
    return view._state


def choose(view, name, value):
    return asked(view, "set", name=name, value=value)


def pictures(state):
    """Small pictures, one table of levels from 0 to 255 for each unit."""
    return np.frombuffer(state["pictures"], np.uint8).reshape(-1, SIDE, SIDE)


def losses(state):
    return np.frombuffer(state["curves"], np.float32).reshape(2, -1)


def seen_by_numpy(weights, biases, activation, plane):
    """What each unit says at each place, layer by layer, without the code of the playground."""
    layers = [plane]
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True), 1):
        z = layers[-1] @ W + b
        layers.append(1 / (1 + np.exp(-z)) if layer == len(weights) else activation(z))
    return layers


def test_it_begins_with_a_network_that_has_not_been_trained():
    state = playground()._state
    assert state["step"] == 0
    assert state["sizes"] == [2, 4, 1]
    assert state["unit"] == [2, 1]
    assert state["call"] == "playground()"
    assert state["summary"].startswith("Step 0. Training: loss 0.")
    assert losses(state).shape == (2, 1)


@pytest.mark.parametrize(
    ("name", "activation", "limit"),
    [("tanh", np.tanh, 1), ("relu", lambda z: np.maximum(z, 0), 2), ("identity", lambda z: z, 2)],
)
def test_the_pictures_are_what_the_units_say_over_the_plane(name, activation, limit):
    view = playground("ring", hidden=(3, 2), activation=name, steps=30, unit=(2, 2))
    mlp = view.network
    line = np.linspace(EDGE, -EDGE, FINE)  # the top row is where x2 is largest
    plane = np.stack(np.meshgrid(line[::-1], line), axis=-1).reshape(-1, 2)
    *units, output = seen_by_numpy(mlp.coefs_, mlp.intercepts_, activation, plane)
    shown = np.hstack([np.clip(np.hstack(units) / limit, -1, 1), 2 * output - 1])
    levels = 127.5 * (shown.T.reshape(-1, FINE, FINE) + 1)
    assert np.abs(pictures(view._state) - levels[:, ::2, ::2]).max() <= 0.51
    large = np.frombuffer(view._state["large"], np.uint8).reshape(FINE, FINE)
    assert np.abs(large - levels[6]).max() <= 0.51
    sums = np.frombuffer(view._state["boundary"], np.float32)
    hidden = activation(sums)
    assert np.allclose(hidden, units[2][:, 1], atol=1e-5)
    assert view._state["limit"] == limit


def test_the_output_is_what_scikit_learn_predicts():
    view = playground(hidden=(8, 8), activation="logistic", steps=40)
    output = view.network.predict_proba(PLANE)[:, 1]
    large = np.frombuffer(view._state["large"], np.uint8)
    assert np.abs(large - 255 * output).max() <= 0.51
    X, y = playground_points("four corners")
    loss, accuracy = view._state["scores"][0]
    right = np.where(y, *view.network.predict_proba(X).T[::-1])
    assert loss == f"{-np.log(right).mean():.3f}"
    assert accuracy == f"{view.network.score(X, y):.2f}"


def test_the_first_network_is_the_one_that_scikit_learn_starts_from():
    """Adam's first step changes every weight by the learning rate."""
    view = playground(seed=5)
    before = np.concatenate([weights.ravel() for weights in view.network.coefs_])
    asked(view, "train", steps=1)
    after = np.concatenate([weights.ravel() for weights in view.network.coefs_])
    assert np.allclose(np.abs(after - before), 0.03, atol=1e-4)
    X, y = playground_points("four corners")
    mlp = MLPClassifier(
        (4,), activation="tanh", learning_rate_init=0.03, batch_size=200, random_state=5
    )
    mlp.partial_fit(X, y, classes=[0, 1])
    assert np.array_equal(after, np.concatenate([weights.ravel() for weights in mlp.coefs_]))


def test_lines_and_numbers_are_the_weights():
    view = playground("ring", hidden=(3,), steps=50, unit=(1, 2))
    state, mlp = view._state, view.network
    sent = [np.frombuffer(weights, np.float32) for weights in state["weights"]]
    for weights, shown in zip(mlp.coefs_, sent, strict=True):
        assert np.allclose(weights.ravel(), shown)
    assert state["largest"] == max(np.abs(weights).max() for weights in mlp.coefs_)
    w1, w2 = mlp.coefs_[0][:, 1]
    b = mlp.intercepts_[0][1]
    assert state["rows"] == [("x₁", w1), ("x₂", w2), ("bias", b)]
    sign = {True: "+", False: "\N{MINUS SIGN}"}
    formula = f"{sign[w1 > 0]}{abs(w1):.2f} × x₁ {sign[w2 > 0]} {abs(w2):.2f} × x₂ "
    formula = f"tanh({formula.removeprefix('+')}{sign[b > 0]} {abs(b):.2f}). "
    assert state["sentence"].startswith(f"Hidden unit 2 of layer 1: {formula}Over the plane it ")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ({"unit": (0, 2)}, "Input x₂. Over the plane it goes from \N{MINUS SIGN}1.20 (lower left)"),
        ({"features": ("x1**2",), "unit": (0, 1)}, "Input x₁². Over the plane it goes from 0.00"),
        ({"hidden": ()}, "Output: sigmoid("),
        ({"activation": "logistic", "unit": (1, 1)}, "Hidden unit 1 of layer 1: sigmoid("),
        ({"activation": "relu", "unit": (1, 1)}, "Hidden unit 1 of layer 1: ReLU("),
        ({"activation": "identity", "unit": (1, 4)}, "Hidden unit 4 of layer 1: "),
    ],
)
def test_each_kind_of_unit_has_its_sentence(call, sentence):
    assert playground(**call)._state["sentence"].startswith(sentence)


def test_choosing_a_unit_shows_it_and_changes_nothing_else():
    view = playground(steps=10)
    before = view._state
    state = asked(view, "choose", unit=[1, 3])
    assert state["unit"] == [1, 3]
    small = pictures(state)[2 + 3 - 1]
    large = np.frombuffer(state["large"], np.uint8).reshape(FINE, FINE)
    assert np.array_equal(small, large[::2, ::2])
    assert state["pictures"] == before["pictures"]
    assert state["scores"] == before["scores"]
    asked(view, "train", steps=2)
    assert view._state["unit"] == [1, 3]
    assert view._state["step"] == 12


CHANGED = {
    "data": "two spirals",
    "features": ["x1", "x1*x2"],
    "hidden": [3, 2],
    "activation": "relu",
    "alpha": 1,
    "learning_rate": 0.1,
    "noise": 0.2,
    "test_share": 0.25,
    "seed": 7,
}


@pytest.mark.parametrize("name", CHANGED)
def test_changing_any_setting_starts_a_new_network(name):
    view = playground(steps=5, unit=(1, 4))
    assert set(CHANGED) == set(inspect.signature(playground).parameters) - {"steps", "unit"}
    state = choose(view, name, CHANGED[name])
    assert state["step"] == 0
    assert state["unit"] == ([3, 1] if name == "hidden" else [1, 4])  # a unit that is gone: output
    assert f"{name}=" in state["call"]


def test_the_output_is_chosen_by_no_unit_and_what_is_gone_cannot_be_chosen():
    view = playground(hidden=(2,))
    output = asked(view, "choose", unit=[2, 1])
    assert output["call"] == "playground(hidden=(2,))"
    assert choose(view, "hidden", [2, 3])["unit"] == [3, 1]  # still the output
    choose(view, "hidden", [2])
    assert asked(view, "choose", unit=[1, 3])["unit"] == [2, 1]  # asked before unit 3 was gone
    assert asked(view, "train", steps=1)["step"] == 1


def test_an_interrupted_step_is_not_counted(monkeypatch):
    view = playground(steps=3)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(view._next), "_backprop", interrupted)
    with pytest.warns(UserWarning, match="interrupted"), pytest.raises(KeyboardInterrupt):
        view._train(5)
    assert view._picture("")["step"] == 3


def test_training_ends_where_a_call_could_not_repeat_it(monkeypatch):
    monkeypatch.setattr(inspect.getmodule(Playground), "MOST_STEPS", 8)
    view = playground(steps=5)
    assert asked(view, "train", steps=5)["step"] == 8
    with pytest.raises(ValueError, match=r"steps: a whole number from 0 to 8, got 9"):
        playground(steps=9)


def test_the_call_opens_exactly_this_state():
    view = playground(steps=3)
    for name, value in CHANGED.items():
        choose(view, name, value)
    asked(view, "train", steps=20)
    asked(view, "train", steps=1)
    asked(view, "choose", unit=[2, 1])
    state = view._state
    assert state["call"] == (
        'playground(data="two spirals", features=("x1", "x1*x2"), hidden=(3, 2), '
        'activation="relu", alpha=1.0, learning_rate=0.1, noise=0.2, test_share=0.25, seed=7, '
        "steps=21, unit=(2, 1))"
    )
    again = eval(state["call"], {"playground": playground})
    assert again._state | {"reply": "1"} == state
    assert again._setup == view._setup


def test_defaults_are_left_out_of_the_call():
    view = playground("ring", hidden=[4], activation="tanh", seed=3, unit=None)
    assert view._state["call"] == 'playground(data="ring", seed=3)'
    view = playground(hidden=(), features=("x2", "x1"), noise=np.float64(0.1))
    assert view._state["call"] == "playground(hidden=(), noise=0.1)"


def test_starting_again_gives_the_same_network_again():
    view = playground("ring")
    first = view._state
    trained = asked(view, "train", steps=12)
    assert asked(view, "restart")["pictures"] == first["pictures"]
    assert asked(view, "train", steps=12) == trained


def test_the_curve_has_every_step_until_it_is_long_and_keeps_its_ends():
    state = playground(hidden=(2,), steps=20)._state
    assert np.frombuffer(state["at"], np.float32).tolist() == [*range(21)]
    view = playground(hidden=(2,), steps=800)
    at = np.frombuffer(view._state["at"], np.float32)
    assert len(at) == 300
    assert at[0] == 0
    assert at[-1] == 800
    assert f"{losses(view._state)[0, -1]:.3f}" == view._state["scores"][0][0]


def test_product_squares_and_hidden_layers_do_what_the_lesson_says():
    def accuracy(data, features=("x1", "x2"), hidden=(), activation="tanh"):
        view = playground(data, features=features, hidden=hidden, activation=activation, steps=300)
        return float(view._state["scores"][0][1])

    plain, product, squares = ("x1", "x2"), ("x1", "x2", "x1*x2"), ("x1", "x2", "x1**2", "x2**2")
    assert accuracy("four corners", product) > 0.9
    assert accuracy("ring", squares) > 0.95
    for data, features in (
        ("four corners", plain), ("four corners", squares), ("ring", plain), ("ring", product),
    ):  # fmt: skip
        assert accuracy(data, features) < 0.75, (data, features)
    assert accuracy("ring", hidden=(8, 8)) > 0.95
    assert accuracy("ring", hidden=(8, 8), activation="identity") < 0.65


def sums_of(view, layer):
    """Sums of a layer's units over the plane, of shape (n_units, 61, 61): the border is at 0."""
    mlp, says = view.network, PLANE
    for W, b in zip(mlp.coefs_[:layer], mlp.intercepts_[:layer], strict=True):
        sums = says @ W + b
        says = np.tanh(sums)
    return sums.T.reshape(-1, FINE, FINE)


def edge_of(plane):
    return np.concatenate([plane[0], plane[-1], plane[:, 0], plane[:, -1]])


def is_straight(sums):
    """Whether one straight line has all places above 0 on its side: a linear fit finds it."""
    red = (sums > 0).ravel()
    model = LogisticRegression(C=1e6, max_iter=1000).fit(PLANE, red)
    return model.score(PLANE, red) > 0.995


def test_a_layer_bends_what_the_layer_before_it_can_only_draw_straight():
    view = playground("ring", hidden=(8, 8), steps=300)
    straight, bent = (
        [sums for sums in sums_of(view, layer) if sums.min() < 0 < sums.max()] for layer in (1, 2)
    )
    assert len(straight) >= 4
    assert len(bent) >= 4
    assert all(is_straight(sums) for sums in straight)
    assert not any(is_straight(sums) for sums in bent)
    assert any(len(set(edge_of(sums > 0))) == 1 for sums in bent)  # closed


def test_three_units_close_a_region_as_the_lesson_says_and_from_another_start_they_do_not():
    def trained(seed):
        view = playground("ring", hidden=(3,), seed=seed, steps=300)
        X, y = playground_points("ring")
        return view, np.tanh(X @ view.network.coefs_[0] + view.network.intercepts_[0]), y

    view, says, y = trained(8)
    outside = np.sign(view.network.coefs_[1][:, 0]) * says > 0  # where a unit speaks for triangles
    assert outside[y == 0].mean(axis=0).max() < 0.05  # all circles are on one side of each line
    assert (outside.any(axis=1) == y).mean() > 0.95  # one unit is enough
    assert says[y == 0].mean() < -0.9  # blue
    to_output, b = view.network.coefs_[1][:, 0], view.network.intercepts_[1][0]
    assert np.allclose(to_output, 3.6, atol=0.1)
    assert abs(b - 6.2) < 0.1
    assert abs(b - to_output.sum() + 4.7) < 0.1  # all three say -1
    assert np.allclose(b - to_output.sum() + 2 * to_output, 2.5, atol=0.2)  # one says 1
    assert not (edge_of(sums_of(view, 2)[0]) < 0).any()  # a closed region
    assert float(view._state["scores"][0][1]) > 0.97
    view, says, y = trained(0)
    everywhere = pictures(view._state)[2:5].astype(int)
    assert np.ptp(everywhere[1]) < 30  # unit 2 is nearly the same all over
    assert [len(np.unique(sums > 0)) for sums in sums_of(view, 1)] == [2, 1, 2]  # and has no border
    assert 0.05 < (edge_of(sums_of(view, 2)[0]) < 0).mean() < 0.3  # open at the ends
    assert np.sort(np.ptp(everywhere, axis=(1, 2)))[1] > 250
    assert float(view._state["scores"][0][1]) < 0.95


@pytest.mark.filterwarnings("ignore:Deprecated in traitlets")  # by the oldest anywidget
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("activation", ["tanh", "relu", "logistic", "identity"])
def test_no_setting_causes_a_warning(activation):
    for rate, alpha, share in ((1, 0, 0.9), (1, 10, 0.1), (0.001, 0, 0.5)):
        view = playground(
            hidden=(8, 8, 8), activation=activation, learning_rate=rate, alpha=alpha,
            test_share=share, steps=100,
        )  # fmt: skip
        assert np.isfinite(losses(view._state)).all()


@pytest.mark.parametrize("name", DATA)
def test_the_points_are_two_balanced_groups_in_view_and_the_same_each_time(name):
    X, y = playground_points(name)
    assert X.shape == (200, 2)
    assert y.shape == (200,)
    assert 0.4 < y.mean() < 0.6
    assert np.abs(X).max() < EDGE
    assert np.array_equal(X, playground_points(name)[0])


def test_noise_moves_the_points_and_the_test_share_cuts_them_in_two():
    def points(**settings):
        sent = playground("ring", **settings)._setup["points"].values()
        return [np.frombuffer(places, np.float32).reshape(-1, 2) for places, _ in sent]

    clean, _ = points(noise=0)
    radius = np.hypot(*clean.T)
    assert ((radius <= 0.4) | ((radius >= 0.75) & (radius <= 0.95))).all()
    noisy, _ = points(noise=0.3)
    assert np.std(noisy - clean) == pytest.approx(0.3, rel=0.1)
    for share in OFFERED["test_share"]:
        training, test = points(test_share=share)
        assert (len(training), len(test)) == (round(400 * (1 - share)), round(400 * share))
        assert np.array_equal(np.vstack([training, test]), np.vstack(points()))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"data": "moons"}, r"data: one of four corners, ring, .* got 'moons'"),
        ({"data": None}, r"data: one of four corners, .* got None"),
        ({"features": "x1"}, r"a tuple of one or more of x1, x2, .*: did you mean `\('x1',\)`"),
        ({"features": ()}, r"a tuple of one or more of x1"),
        ({"features": ("x1", "sin")}, r"features: one of x1, x2, x1\*x2, .* got 'sin'"),
        ({"hidden": 4}, r"a tuple of units per layer, got 4: one layer is `\(4,\)`"),
        ({"hidden": (9,)}, r"units of a hidden layer: a whole number from 1 to 8, got 9"),
        ({"hidden": (0,)}, r"from 1 to 8, got 0"),
        ({"hidden": (4, 4, 4, 4)}, r"at most 3 hidden layers, got 4"),
        ({"activation": "sigmoid"}, r"got 'sigmoid': scikit-learn calls it 'logistic'"),
        ({"activation": "ReLU"}, r"one of tanh, relu, logistic, identity, got 'ReLU'"),
        ({"alpha": -1}, r"alpha: a number from 0 to 10, got -1"),
        ({"learning_rate": 0}, r"learning_rate: a number from 1e-06 to 1, got 0"),
        ({"noise": "0.1"}, r"noise: a number from 0 to 0.5, got '0.1'"),
        ({"test_share": 1}, r"test_share: a number from 0.1 to 0.9, got 1"),
        ({"seed": 1.5}, r"seed: a whole number from 0 to 4294967295, got 1.5"),
        ({"steps": -1}, r"steps: a whole number from 0 to 10000, got -1"),
        ({"unit": (1, 5)}, r"\(0, 1\) to \(0, 2\) for inputs, \(1, 1\) to \(1, 4\) for hidden"),
        ({"unit": (2, 1)}, r"or None for the output, got \(2, 1\)"),
        ({"unit": 3}, r"unit as \(layer, number\): .* got 3"),
    ],
)
def test_a_bad_setting_is_refused_with_what_there_is(settings, said):
    with pytest.raises(ValueError, match=f"^expected .*{said}"):
        playground(**settings)


def test_an_unknown_data_set_is_refused_with_the_names_there_are():
    with pytest.raises(ValueError, match=r"expected name: one of four corners, .* got 'moons'"):
        playground_points("moons")


def test_the_still_says_what_it_shows():
    view = playground("ring", hidden=(3,), steps=100, unit=(1, 2))
    assert isinstance(view, Playground)
    page = view._repr_mimebundle_()[0]["text/html"]
    assert "on the data set ring, after 100 steps." in page
    assert "Hidden unit 2 of layer 1: tanh(" in page
    assert view._state["summary"] in page
    assert "of 3 units draw a straight border." in page


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({}, "In layer 1, 2 of 4 units draw a straight border. The output draws none."),
        ({"hidden": (), "steps": 100}, "The border of the output reaches the edge of the plane."),
        ({"features": ("x1", "x1**2")}, "In layer 1, 1 of 4 units draw a border."),
        ({"data": "ring", "hidden": (3,), "seed": 8, "steps": 300}, "closes around 17% of the pl"),
        ({"data": "ring", "hidden": (3,), "steps": 300}, "In layer 1, 2 of 3 units draw a straig"),
    ],
)
def test_the_still_says_which_units_draw_a_border(call, said):
    assert said in playground(**call)._repr_mimebundle_()[0]["text/html"]
