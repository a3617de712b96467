"""The view of training in scikit-learn shows it and does not change it."""

import re
import signal
import sys
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.utils.capture import capture_output
from sklearn.base import clone
from sklearn.neural_network import MLPClassifier, MLPRegressor

from course_utils.widgets import training_view
from course_utils.widgets._base import training_figure
from course_utils.widgets.training_view import _LineReader

pytestmark = [
    pytest.mark.usefixtures("shell"),
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning"),
]


def under_the_view(network, X, y, **options):
    """Fit under the view; return what was shown, as a list of outputs."""
    with capture_output(stdout=False, stderr=False) as captured, training_view(network, **options):
        network.fit(X, y)
    return captured.outputs


def same_to_the_last_bit(one, other):
    arrays = zip(one.coefs_ + one.intercepts_, other.coefs_ + other.intercepts_, strict=True)
    return one.loss_curve_ == other.loss_curve_ and all(np.array_equal(a, b) for a, b in arrays)


@pytest.mark.parametrize("model", [MLPClassifier, MLPRegressor])
def test_a_network_trained_under_the_view_is_the_same(data, every_line_redraws, model):
    plain = model(hidden_layer_sizes=(8,), max_iter=5, random_state=0).fit(*data)
    viewed = model(hidden_layer_sizes=(8,), max_iter=5, random_state=0, verbose=True)
    under_the_view(viewed, *data)
    assert same_to_the_last_bit(plain, viewed)


def test_early_stopping_is_the_same(data, every_line_redraws, capsys):
    settings = {"max_iter": 200, "early_stopping": True, "n_iter_no_change": 3, "random_state": 0}
    plain = MLPClassifier((8,), **settings).fit(*data)
    viewed = MLPClassifier((8,), verbose=True, **settings)
    outputs = under_the_view(viewed, *data)
    assert viewed.n_iter_ < 200
    assert same_to_the_last_bit(plain, viewed)
    assert plain.validation_scores_ == viewed.validation_scores_
    assert "Validation score did not improve" in capsys.readouterr().out
    assert f"{max(viewed.validation_scores_):.3f} at best" in outputs[-1].data["text/html"]


@pytest.mark.usefixtures("every_line_redraws", "signals_interrupt")
@pytest.mark.parametrize("press", ["button", "raise"])
def test_an_interrupt_keeps_what_was_learned(data, capsys, press):
    def stop(line):
        if line.startswith("Iteration 3,"):
            if press == "raise":
                raise KeyboardInterrupt
            signal.raise_signal(signal.SIGINT)  # what Jupyter's stop button sends to the kernel

    plain = MLPClassifier((8,), max_iter=3, random_state=0).fit(*data)
    stopped = MLPClassifier((8,), max_iter=20, random_state=0, verbose=True)
    *_, last = under_the_view(stopped, *data, on_line=stop)
    assert stopped.n_iter_ == 3
    assert "<p>Stopped after 3 of 20 epochs: the network keeps what it " in last.data["text/html"]
    assert same_to_the_last_bit(plain, stopped)
    assert np.array_equal(plain.predict(data[0]), stopped.predict(data[0]))
    assert capsys.readouterr().out == "UserWarning: Training interrupted by user.\n"


def test_a_network_that_prints_nothing_is_refused():
    stdout = sys.stdout
    network = MLPClassifier(verbose=False)
    with pytest.raises(ValueError, match="verbose=True"), training_view(network):
        pass
    assert sys.stdout is stdout


@pytest.mark.parametrize("verbose", [True, False])
def test_a_solver_without_epochs_is_refused(verbose):
    stdout = sys.stdout
    network = MLPClassifier(solver="lbfgs", verbose=verbose)
    with pytest.raises(ValueError, match="solver='lbfgs' has none"), training_view(network):
        pass
    assert sys.stdout is stdout


def test_a_run_that_diverges_ends_as_it_does_without_the_view(data, every_line_redraws, capsys):
    settings = {"solver": "sgd", "learning_rate_init": 10, "max_iter": 5, "random_state": 0}
    network = MLPRegressor(hidden_layer_sizes=(8,), verbose=True, **settings)
    with capture_output(stdout=False, stderr=False) as captured:  # noqa: SIM117
        with pytest.raises(ValueError, match="non-finite"), training_view(network):
            network.fit(*data)
    assert not np.isfinite(network.loss_curve_).all()
    assert "nan during epoch 5" in captured.outputs[-1].data["text/html"]
    said = capsys.readouterr().out
    assert "non-finite" not in said
    assert "limits" not in said


@pytest.mark.filterwarnings("ignore:Deprecated in traitlets")  # by the oldest anywidget
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("losses", "top"),
    [
        (["nan", "inf"], 1.05),
        (["2.0", "nan", "inf"], 2.1),
        (["2.0", "1e308"], 2.1),
        (["0.0"], 1.05),
        ([], 1.05),
    ],
)
def test_any_loss_that_is_printed_can_be_drawn(losses, top):
    with capture_output(stdout=False, stderr=False):
        reader = _LineReader(MLPClassifier(max_iter=5), "c", None, None, sys.stdout)
    for epoch, loss in enumerate(losses, start=1):
        reader.write(f"Iteration {epoch}, loss = {loss}\n")
    figure = reader.draw()
    figure.draw_without_rendering()
    assert figure.axes[0].get_ylim() == (0, pytest.approx(top))


def test_an_error_in_on_line_ends_fit_and_the_block(data):
    def refuse(line):
        raise LookupError(line)

    stdout = sys.stdout
    network = MLPClassifier((8,), max_iter=5, verbose=True)
    with pytest.raises(LookupError, match="Iteration 1, loss"):
        under_the_view(network, *data, on_line=refuse)
    assert sys.stdout is stdout


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_stdout_is_restored_after_an_error(error):
    stdout = sys.stdout
    network = MLPClassifier(max_iter=5, verbose=True)

    def half_way():
        with capture_output(stdout=False, stderr=False), training_view(network):
            assert sys.stdout is not stdout
            raise error("half-way")

    with pytest.raises(error, match="half-way"):
        half_way()
    assert sys.stdout is stdout


def test_stdout_is_restored_when_fit_refuses_the_data(data):
    stdout = sys.stdout
    network = MLPClassifier(max_iter=5, verbose=True)
    with pytest.raises(ValueError, match="inconsistent"):
        under_the_view(network, data[0], data[1][:-1])
    assert sys.stdout is stdout


def test_it_shows_bar_and_curve_while_training_and_the_curve_alone_after(
    data, every_line_redraws, pictures
):
    network = MLPClassifier((8,), max_iter=5, random_state=0, verbose=True)
    outputs = under_the_view(network, *data)
    first, last = [output.data["text/html"] for output in outputs]
    running = pictures
    assert first == running[0]
    assert len(running) == 6  # before the first epoch, and after each of the five
    assert '<progress max="5" value="0"></progress> starting' in running[0]
    assert '<progress max="5" value="3"></progress> epoch 3 of at most 5' in running[3]
    assert f"<code>Iteration 3, loss = {network.loss_curve_[2]:.8f}</code>" in running[3]
    assert "<progress" not in last
    assert "Stopped" not in last
    assert "<figcaption>Training loss, the average of each epoch.</figcaption>" in last
    assert f"{network.loss_curve_[-1]:.2f} during epoch 5." in last
    assert {output.data["text/plain"] for output in outputs} == {
        "Figure: Training loss, the average of each epoch."
    }
    assert plt.get_fignums() == []


def test_other_output_passes_through_unchanged(capsys):
    network = MLPClassifier(max_iter=5, verbose=True)
    with capture_output(stdout=False, stderr=False), training_view(network):
        print("one", "line", end="\n\n")
        print("and half a line", end="")
    assert capsys.readouterr().out == "one line\n\nand half a line"


def test_each_warning_is_printed_once(data, capsys):
    network = MLPClassifier((8,), max_iter=2, verbose=True)
    with capture_output(stdout=False, stderr=False), training_view(network):
        network.fit(*data)
        network.fit(*data)
    assert capsys.readouterr().out == (
        "ConvergenceWarning: Stochastic Optimizer: Maximum iterations (2) reached and the "
        "optimization hasn't converged yet.\n"
    )


def drawn(fit, network):
    """Call a function under the view: the alternative text, and the axes of the last curve."""
    with capture_output(stdout=False, stderr=False) as captured, training_view(network):
        reader = sys.stdout
        fit()
    return re.search('alt="([^"]+)"', captured.outputs[-1].data["text/html"])[1], reader.draw().axes


def test_a_fit_that_begins_anew_begins_a_new_curve(data):
    network = MLPClassifier((8,), max_iter=3, verbose=True, random_state=0)

    def twice():
        network.fit(*data)
        network.max_iter = 6  # changed within the block
        network.fit(*data)

    alt, (axis,) = drawn(twice, network)
    assert f"{network.loss_curve_[-1]:.2f} during epoch 6." in alt
    assert axis.lines[0].get_ydata() == pytest.approx(network.loss_curve_, abs=1e-7)
    assert axis.get_xlim() == (0, 7)


def test_a_copy_of_the_network_begins_a_new_curve(data):
    network = MLPClassifier((8,), max_iter=3, verbose=True)

    def copies():
        for seed in range(3):
            clone(network).set_params(random_state=seed).fit(*data)

    assert "during epoch 3." in drawn(copies, network)[0]


@pytest.mark.parametrize("calls", [["fit"] * 3, ["partial_fit"] * 6, ["fit", *["partial_fit"] * 4]])
def test_a_network_that_learns_on_continues_its_curve(data, calls):
    network = MLPClassifier((8,), max_iter=2, warm_start=True, verbose=True, random_state=0)

    def go_on():
        for call in calls:
            classes = {"classes": range(3)} if call == "partial_fit" else {}
            getattr(network, call)(*data, **classes)

    alt, (axis,) = drawn(go_on, network)
    assert axis.lines[0].get_ydata() == pytest.approx(network.loss_curve_, abs=1e-7)
    assert f"{network.loss_curve_[-1]:.2f} during epoch 6." in alt
    assert axis.get_xlim()[1] >= 7


def test_a_network_that_was_trained_before_begins_at_the_left(data):
    network = MLPClassifier((8,), max_iter=2, verbose=True, warm_start=True)
    network.fit(*data)
    _, (axis,) = drawn(lambda: network.fit(*data), network)
    assert axis.lines[0].get_ydata() == pytest.approx(network.loss_curve_[2:], abs=1e-7)
    assert axis.get_xlim() == (0, 3)


def test_a_regression_has_a_score_of_another_name(data):
    network = MLPRegressor(hidden_layer_sizes=(8,), max_iter=5, early_stopping=True, verbose=True)
    alt, axes = drawn(lambda: network.fit(*data), network)
    assert "Beside it the validation R²: " in alt
    assert axes[1].get_ylabel() == "validation R²"


def test_partial_fit_and_warm_start_begin_like_fit_and_then_differ(data):
    X, y = data
    plain = MLPClassifier((8,), max_iter=4, random_state=0).fit(X, y)
    partial = MLPClassifier((8,), random_state=0)
    warm = MLPClassifier((8,), max_iter=1, warm_start=True, random_state=0)
    for _ in range(4):
        partial.partial_fit(X, y, classes=range(3))
        warm.fit(X, y)
    assert partial.loss_curve_[0] == warm.loss_curve_[0] == plain.loss_curve_[0]
    for other in (partial, warm):
        assert np.abs(np.subtract(other.loss_curve_, plain.loss_curve_)[1:]).min() > 1e-6
    with pytest.raises(ValueError, match="partial_fit does not support early_stopping"):
        MLPClassifier(early_stopping=True).partial_fit(X, y, classes=range(3))


def test_the_regressor_has_no_softmax_and_another_loss(data):
    network = MLPRegressor(hidden_layer_sizes=(8,), max_iter=2).fit(*data)
    assert (network.out_activation_, network.loss) == ("identity", "squared_error")


@pytest.fixture
def pressed_while_the_page_loads(monkeypatch, signals_interrupt):
    """A kernel in which stop is pressed before the first epoch."""
    monkeypatch.setattr(training_figure, "get_ipython", lambda: SimpleNamespace(kernel=True))
    monkeypatch.setattr(training_figure.time, "sleep", lambda _: signal.raise_signal(signal.SIGINT))


@pytest.mark.usefixtures("pressed_while_the_page_loads")
def test_an_interrupt_before_the_first_epoch_waits_for_its_end(data):
    stopped = MLPClassifier((8,), max_iter=20, random_state=0, verbose=True)
    *_, last = under_the_view(stopped, *data)
    assert stopped.n_iter_ == 1
    assert "<p>Stopped after 1 of 20 epochs" in last.data["text/html"]


# In a browser tab


def test_a_tab_says_in_advance_that_it_cannot_stop_and_how_long_it_takes(
    data, monkeypatch, pictures
):
    network = MLPClassifier((8,), max_iter=2, random_state=0, verbose=True)
    under_the_view(network, *data, tab_seconds=41.7)
    assert "cannot be stopped" not in pictures[0]
    monkeypatch.setattr(sys, "platform", "emscripten")
    pictures.clear()
    *_, last = under_the_view(network, *data, tab_seconds=41.7)
    notice = "In a browser tab a running cell cannot be stopped. Expect about 42 seconds."
    assert notice in pictures[0]
    assert notice not in last.data["text/html"]
