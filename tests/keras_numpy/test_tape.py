"""What a tape records, and what its programs compute."""

import doctest
import importlib

import numpy as np
import pytest
from scipy.signal import correlate2d

from keras_numpy import convolution, gradients, tape, tensors
from keras_numpy.replay import Replay
from keras_numpy.tape import Tape
from keras_numpy.tensors import NotRecorded, Storage, Tensor, Tracer, record, traced

X = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize("name", ["tape", "tensors", "replay", "gradients", "convolution",
                                  "products", "backend"])  # fmt: skip
def test_the_examples_run(name):
    images, kernels = np.ones((2, 28, 28, 1)), np.ones((3, 3, 1, 32))
    names = vars(tensors) | vars(tape) | vars(gradients) | {"Replay": Replay}
    names |= {"images": images, "kernels": kernels} if name == "convolution" else {}
    module = importlib.import_module(f"keras_numpy.{name}")
    results = doctest.testmod(module, extraglobs={k: v for k, v in names.items() if k[0] != "_"})
    assert results.attempted
    assert not results.failed


def program_of(function, array, **settings):
    with Tape(**settings) as running:
        result = function(traced(running, array))
    return running.program([result.node])


def test_a_program_computes_for_other_numbers_what_the_function_does():
    def function(x):
        x = np.exp(x) @ x.T
        return np.where(x > 3, x, np.max(x)) / (1 + np.sum(x, axis=0))

    other = np.cos(X)
    for settings in ({}, {"hollow": True}):
        [result] = program_of(function, X, **settings)([other])
        assert np.array_equal(result, function(other))


def test_a_program_has_no_step_that_its_result_does_not_need_and_none_twice():
    def function(x):
        np.sin(x)
        return np.exp(x) + np.exp(x)

    lines = program_of(function, X).source.splitlines()
    assert len([line for line in lines if "exp" in line]) == 1
    assert not [line for line in lines if "sin" in line]


def test_a_program_lets_go_of_every_array_after_its_last_use():
    source = program_of(lambda x: np.exp(np.sin(x) * np.cos(x)), X).source
    assert "del t0" in source
    assert source.count("del") == 3


def test_a_hollow_tape_takes_no_memory():
    with Tape(hollow=True) as running:
        result = np.exp(traced(running, np.ones((1000, 1000))))
    assert result.shape == (1000, 1000)
    assert result.node.value.base.nbytes == 8


def test_a_change_in_place_is_not_seen_by_what_was_recorded_before():
    def function(x):
        y = x * 1
        before = y + 0
        y[0] = 7
        return before + y * y

    [result] = program_of(function, X)([X])
    changed = X.copy()
    changed[0] = 7
    assert np.array_equal(result, X + changed * changed)


def test_every_kind_of_argument_can_be_in_a_program():
    def function(x):
        parts = np.split(x, [1], axis=-1)
        drawn = record(tensors.drawn, 3, "normal", [], {"loc": x, "size": (2, 3)})
        return np.concatenate([*parts, drawn, x[..., None, 0], x[:, 1:2]], axis=1)

    [result] = program_of(function, X)([2 * X])
    expected = np.random.default_rng(3).normal(loc=2 * X, size=(2, 3))
    assert np.array_equal(result, np.hstack([2 * X, expected, 2 * X[:, :2]]))


# Storages


def storage(value):
    place = Storage()
    place._value = np.array(value)
    return place


def test_what_is_written_is_there_after_the_tape_and_not_after_an_error():
    place = storage([1.0, 2.0])

    def double(stop):
        with Tape():
            place._value = place._value * 2
            if stop:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        double(stop=True)
    assert place.array.tolist() == [1, 2]
    double(stop=False)
    assert place.array.tolist() == [2, 4]


def test_a_storage_keeps_a_copy():
    array = np.ones(2)
    place = storage(0)
    place._value = array
    array[0] = 9
    assert place.array.tolist() == [1, 1]
    with pytest.raises(TypeError, match="does not support item assignment"):
        place._value[0] = 9


# Replaying


def test_a_program_reads_and_writes_storages():
    total = storage(0.0)

    def add(x):
        total._value = total._value + np.sum(x)
        return total._value

    replay = Replay(add)
    assert [float(replay(X)) for _ in range(3)] == [15, 30, 45]
    assert [program is not None for program in replay.programs.values()] == [True]
    assert float(replay(X[:1])) == 48  # another shape, another program
    assert len(replay.programs) == 2


@pytest.mark.parametrize("form", [{"a": X, "b": [X, (X, 3)]}, [X, None], (X, "text")])
def test_arguments_and_results_may_be_nested(form):
    replay = Replay(lambda argument: {"same": argument, "one": 1})
    for _ in range(2):
        result = replay(form)
        assert str(result) == str({"same": form, "one": 1})
    assert all(replay.programs.values())


def decided(x):
    return x * 2 if np.sum(x) > 0 else -x


def of_another_shape(x):
    return x[x > 1]


def counted(x, seen=[]):  # noqa: B006
    seen.append(1)
    return x * len(seen)


def drawn_by_numpy(x):
    return x + np.random.default_rng().normal(size=3)


@pytest.mark.parametrize("function", [decided, of_another_shape, counted, drawn_by_numpy])
def test_what_no_program_is_right_for_runs_step_by_step(function):
    replay = Replay(function)
    results = [replay(x) for x in (X, -X, X)]
    assert list(replay.programs.values()) == [None]
    if function is decided:
        assert [result[1, 2] for result in results] == [10, 5, 10]
    elif function is of_another_shape:
        assert [len(result) for result in results] == [4, 0, 4]
    else:
        assert not np.array_equal(results[0], results[2])


def test_an_error_is_that_of_the_numbers():
    def refuse(x):
        if float(np.max(x)) == 5:
            raise ValueError("five")
        return x

    with pytest.raises(ValueError, match="five"):
        Replay(refuse)(X)


def test_an_array_may_not_be_taken_off_the_tape():
    with Tape() as running:
        x = traced(running, X)
        for take in (np.asarray, Tensor.numpy, lambda x: x.tolist()):
            with pytest.raises((NotRecorded, AttributeError)):
                take(x)
    with Tape(readable=True) as running:
        assert np.array_equal(np.asarray(traced(running, X)), X)
    assert type(x) is Tracer
    assert np.array_equal(x.numpy(), X)  # the tape does not run any more


def test_one_tape_runs_at_a_time():
    with Tape(), pytest.raises(RuntimeError, match="recorded already"), Tape():
        pass
    assert tape.running is None


# Convolution, against SciPy's


@pytest.mark.parametrize(("strides", "dilation"), [((1, 1), (1, 1)), ((2, 1), (1, 1)),
                                                   ((1, 1), (2, 3))])  # fmt: skip
def test_a_convolution_is_that_of_scipy(strides, dilation):
    rng = np.random.default_rng(0)
    images, kernels = rng.normal(size=(3, 9, 10, 2)), rng.normal(size=(3, 2, 2, 4))
    windows = convolution.windows_of(images, (3, 2), strides, dilation)
    maps = convolution.convolve(windows, kernels)
    spread = np.zeros((2 * dilation[0] + 1, dilation[1] + 1, 2, 4))
    spread[:: dilation[0], :: dilation[1]] = kernels
    for n in range(3):
        for filter_ in range(4):
            full = sum(
                correlate2d(images[n, ..., c], spread[..., c, filter_], mode="valid")
                for c in range(2)
            )
            assert np.allclose(maps[n, ..., filter_], full[:: strides[0], :: strides[1]])
