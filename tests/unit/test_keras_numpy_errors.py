"""What is wrong is said as Keras says it, and what is missing is said to be missing."""

import importlib
import inspect
import re
import sys
import warnings

import numpy as np
import pytest

from tests.unit.editions import EDITIONS, keras_numpy

IMAGES = np.zeros((4, 28, 28, 1), np.uint8)
FLAT = np.zeros((2, 784), np.float32)
LABELS = np.arange(4)
SPARSE = "sparse_categorical_crossentropy"


def network(k, *layers, shape=(28, 28, 1)):
    return k.Sequential([k.Input(shape, name="image"), *layers], name="model")


def usual(k, units=10):
    dense = k.layers.Dense(units, activation="softmax", name="dense")
    return network(k, k.layers.Flatten(name="flatten"), dense)


def compiled(model, optimizer="adam", loss=SPARSE, metrics=("accuracy",)):
    model.compile(optimizer, loss, metrics=list(metrics))
    return model


def unbuilt(k):
    return k.Sequential([k.layers.Flatten(name="f"), k.layers.Dense(3, name="d")], name="m")


def fit(model, images=IMAGES, labels=LABELS, **settings):
    return model.fit(images, labels, verbose=0, **settings)


def twice(layer, *shapes):
    for shape in shapes:
        layer(np.zeros(shape, np.float32))


WRONG = {
    "fit before compile": lambda k: fit(usual(k)),
    "evaluate before compile": lambda k: usual(k).evaluate(IMAGES, LABELS, verbose=0),
    "no loss": lambda k: fit(compiled(usual(k), loss=None)),
    "no Flatten": lambda k: fit(
        compiled(network(k, k.layers.Dense(16), k.layers.Dense(10, "softmax")))
    ),
    "switches for the sparse loss": lambda k: fit(compiled(usual(k)), labels=np.eye(10)[:4]),
    "integers for the other loss": lambda k: fit(
        compiled(usual(k), loss="categorical_crossentropy")
    ),
    "more images than labels": lambda k: fit(compiled(usual(k)), labels=LABELS[:3]),
    "no labels": lambda k: compiled(usual(k)).fit(IMAGES, verbose=0),
    "labels in words": lambda k: fit(compiled(usual(k)), labels=np.array(list("abcd"))),
    "too few images to split": lambda k: fit(compiled(usual(k)), validation_split=0.99),
    "a list of lists": lambda k: usual(k).predict([[1, 2], [3, 4]], verbose=0),
    "a word": lambda k: usual(k).predict("image", verbose=0),
    "too few weights": lambda k: usual(k).set_weights([np.zeros(3)]),
    "weights transposed": lambda k: usual(k).set_weights([w.T for w in usual(k).get_weights()]),
    "weights for a layer": lambda k: usual(k).layers[1].set_weights([np.zeros(3)]),
    "Conv2D without a channel": lambda k: network(k, k.layers.Conv2D(3, 3), shape=(28, 28)),
    "Conv2D after Flatten": lambda k: network(k, k.layers.Flatten(), k.layers.Conv2D(3, 3)),
    "pooling without a channel": lambda k: network(k, k.layers.MaxPooling2D(), shape=(28, 28)),
    "kernel too large": lambda k: network(k, k.layers.Conv2D(3, 30)),
    "other channels": lambda k: twice(
        k.layers.Conv2D(3, 3, name="c"), (1, 5, 5, 2), (1, 5, 5, 3)
    ),
    "other inputs": lambda k: twice(k.layers.Dense(3, name="d"), (1, 5), (1, 6)),
    "one number per image": lambda k: k.layers.Dense(3, name="d")(np.zeros(5)),
    "one layer for two places": lambda k: network(
        k, k.layers.Flatten(), *[k.layers.Dense(16, name="d")] * 2
    ),
    "no units": lambda k: k.layers.Dense(),
    "no kernel size": lambda k: k.layers.Conv2D(32),
    "no filters": lambda k: k.layers.Conv2D(0, 3),
    "kernel size 0": lambda k: k.layers.Conv2D(3, 0),
    "kernel size of three": lambda k: k.layers.Conv2D(3, (3, 3, 3)),
    "activation for kernel size": lambda k: k.layers.Conv2D(3, "relu"),
    "padding": lambda k: k.layers.Conv2D(3, 3, padding="full"),
    "activation misspelt": lambda k: k.layers.Dense(3, activation="rellu"),
    "activation a number": lambda k: k.layers.Dense(3, activation=16),
    "argument misspelt": lambda k: k.layers.Dense(3, activaton="relu"),
    "initializer misspelt": lambda k: k.layers.Dense(3, kernel_initializer="glorot"),
    "regularizer misspelt": lambda k: k.layers.Dense(3, kernel_regularizer="l7"),
    "optimizer misspelt": lambda k: compiled(usual(k), optimizer="adamm"),
    "loss misspelt": lambda k: fit(compiled(usual(k), loss="crossentropi")),
    "metric misspelt": lambda k: fit(compiled(usual(k), metrics=["accuracy_1"])),
    "metrics without a list": lambda k: usual(k).compile("adam", SPARSE, metrics="accuracy"),
    "dropout rate": lambda k: k.layers.Dropout(2),
    "Input of a number": lambda k: k.Input(28),
    "Input of nothing": lambda k: k.Input(),
    "layers without a list": lambda k: k.Sequential(k.layers.Dense(3)),
    "a word for a layer": lambda k: k.Sequential(["dense"]),
    "one name twice": lambda k: network(
        k, k.layers.Dense(3, name="d"), k.layers.Dense(3, name="d")
    ),
    "two inputs": lambda k: k.Sequential([k.Input((3,)), k.Input((4,))], name="m"),
    "count before it is built": lambda k: unbuilt(k).count_params(),
    "shape before it is built": lambda k: unbuilt(k).input_shape,
    "output shape before it is built": lambda k: unbuilt(k).output_shape,
    "inputs before it is built": lambda k: unbuilt(k).inputs,
    "kernel before it is built": lambda k: k.layers.Dense(3).kernel,
    "output before it is called": lambda k: k.layers.Dense(3, name="d").output,
    "no such layer": lambda k: usual(k).get_layer("conv_1"),
    "no such place": lambda k: usual(k).get_layer(index=9),
    "neither name nor place": lambda k: usual(k).get_layer(),
    "arrays for a model": lambda k: k.Model(np.zeros(3), np.zeros(3)),
    "numbers of an Input": lambda k: np.asarray(k.Input((3,))),
    "loop over an Input": lambda k: list(k.Input((3,))),
    "a class too many": lambda k: k.utils.to_categorical([11], 10),
    "a seed in words": lambda k: k.utils.set_random_seed("a"),
    "a rate in words": lambda k: k.optimizers.Adam("fast"),
    "momentum": lambda k: k.optimizers.SGD(momentum=2.0),
    "no steps to decay": lambda k: k.optimizers.schedules.CosineDecay(0.1, 0),
}  # fmt: skip


# What older versions of Keras let pass.
NOT_ALWAYS_WRONG = {
    "0 units": lambda k: k.layers.Dense(0),
    "the activation first": lambda k: k.layers.Dense("relu"),
    "units with a point": lambda k: k.layers.Dense(16.0),
    "pooled too often": lambda k: network(k, k.layers.MaxPooling2D(8), k.layers.MaxPooling2D(4)),
}


def raised(wrong, edition):
    edition.utils.clear_session(free_memory=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            wrong(edition)
        except Exception as error:
            return error
    return None


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_mistake_is_met_with_the_error_of_keras(wrong):
    theirs, ours = (raised(wrong, edition) for edition in EDITIONS)
    assert type(ours) is type(theirs)
    assert stable(ours) == stable(theirs)


@pytest.mark.parametrize("wrong", NOT_ALWAYS_WRONG.values(), ids=NOT_ALWAYS_WRONG)
def test_a_mistake_that_keras_met_with_an_error_later(wrong):
    theirs, ours = (raised(wrong, edition) for edition in EDITIONS)
    assert type(ours) is ValueError
    assert theirs is None or stable(ours) == stable(theirs)


def stable(error):
    """The text without its frame, and without what differs between two versions of Keras."""
    text = str(error).replace("'", '"')
    if framed := re.search(r"\x1b\[1m(.*?)\x1b\[0m", text, re.DOTALL):
        text = framed[1]
    for pattern, put in (
        (r'Input 0 (with name "None" )?of layer "(\w+)"', r"Input 0 of \2"),
        (r"for input .*\. Expected", "Expected"),
        (r"zero or negative", "negative"),
        (r"\. Here, in the course.*", ""),  # what this edition adds
        (r", `strides=.*", "."),
        (r'\{"same", "valid"\}', '{"valid", "same"}'),
    ):
        text = re.sub(pattern, put, text, flags=re.DOTALL)
    return text


IN_A_FRAME = {
    "predict": lambda k: usual(k).predict(FLAT, verbose=0),
    "evaluate": lambda k: compiled(usual(k)).evaluate(FLAT, LABELS[:2], verbose=0),
    "fit": lambda k: fit(compiled(usual(k)), FLAT, LABELS[:2]),
    "a call": lambda k: usual(k)(FLAT),
    "other size": lambda k: usual(k).predict(np.zeros((2, 28, 27, 1)), verbose=0),
    "one image alone": lambda k: usual(k).predict(np.zeros((28, 28, 1)), verbose=0),
}


@pytest.mark.parametrize("wrong", IN_A_FRAME.values(), ids=IN_A_FRAME)
def test_an_error_inside_a_model_stands_in_the_frame_of_keras(wrong):
    theirs, ours = (raised(wrong, edition) for edition in EDITIONS)
    assert type(ours) is type(theirs) is ValueError
    assert stable(ours) == stable(theirs)
    frame = "Exception encountered when calling Sequential.call().\n\n\x1b[1m"
    assert str(ours).startswith(frame)
    assert str(theirs).startswith(frame)


def test_an_error_of_a_layer_stands_in_a_frame_of_its_own():
    def wrong(k):
        network(k, k.layers.Reshape((9,)), shape=(8,))

    theirs, ours = (raised(wrong, edition) for edition in EDITIONS)
    assert stable(ours) == stable(theirs)
    assert "calling Reshape.call()" in str(ours)


def test_a_model_of_two_pieces_is_refused():
    k = keras_numpy
    with pytest.raises(ValueError, match="not connected to `inputs`"):
        k.Model(k.Input((3,)), k.layers.Dense(2)(k.Input((3,))))


def test_images_of_another_size_are_refused_by_a_functional_model():
    texts = []
    for k in EDITIONS:
        image = k.Input((28, 28, 1), name="image")
        model = k.Model(image, k.layers.Flatten()(image), name="model")
        with pytest.raises(ValueError, match="incompatible with the layer") as caught:
            model(np.zeros((2, 27, 28, 1), np.float32))
        texts.append(str(caught.value).split("incompatible")[1])
    assert texts[1] == texts[0]


@pytest.mark.parametrize("labels", [[8, 9, 10, 11], [-1, 2, 3, 4]])
def test_a_label_out_of_range_is_named_as_tensorflow_names_it(labels):
    theirs, ours = (
        raised(lambda k: fit(compiled(usual(k)), labels=np.array(labels), shuffle=False), k)
        for k in EDITIONS
    )
    assert type(ours).__name__ == type(theirs).__name__ == "InvalidArgumentError"
    assert str(ours) in str(theirs)


UNBUILT_SUMMARY = (unbuilt, lambda k: compiled(usual(k)), usual)


@pytest.mark.parametrize("build", UNBUILT_SUMMARY)
def test_the_summary_before_it_is_built_or_trained(build, capsys):
    texts = []
    for edition in EDITIONS:
        build(edition).summary(print_fn=print)
        texts.append(capsys.readouterr().out)
    assert texts[1] == texts[0]


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "rmsprop"])
def test_the_summary_after_training_counts_the_numbers_of_the_optimizer(optimizer, capsys):
    texts = []
    for edition in EDITIONS:
        model = compiled(usual(edition), optimizer)
        fit(model)
        model.summary(print_fn=print)
        texts.append(capsys.readouterr().out)
    assert "Optimizer params" in texts[0]
    assert texts[1] == texts[0]


def test_the_summary_of_functional_models(capsys):
    """One in a row, one with two ends."""
    texts = []
    for k in EDITIONS:
        k.utils.clear_session(free_memory=False)
        image = k.Input((28, 28, 1))
        flat = k.layers.Flatten()(image)
        one, other = k.layers.Dense(4)(flat), k.layers.Dense(5)(flat)
        k.Model(image, one).summary(print_fn=print)
        k.Model(image, [one, other]).summary(print_fn=print)
        texts.append(capsys.readouterr().out)
    assert texts[1] == texts[0]


MISSING = {
    "keras.layers.LSTM": lambda k: k.layers.LSTM,
    "keras.applications": lambda k: k.applications,
    "keras.datasets": lambda k: k.datasets,
    "keras.ops.mean": lambda k: k.ops.mean,
    "keras.callbacks.EarlyStopping": lambda k: k.callbacks.EarlyStopping,
    "keras.optimizers.schedules.ExponentialDecay": (
        lambda k: k.optimizers.schedules.ExponentialDecay
    ),
    "keras.models.load_model": lambda k: k.models.load_model,
    "Conv2D(groups=2)": lambda k: k.layers.Conv2D(4, 3, groups=2),
    "Conv2D(dilation_rate=2)": lambda k: k.layers.Conv2D(4, 3, dilation_rate=2),
    "Dense(lora_rank=2)": lambda k: k.layers.Dense(4, lora_rank=2),
    "gelu": lambda k: k.layers.Dense(4, activation="gelu"),
    "he_normal": lambda k: k.layers.Dense(4, kernel_initializer="he_normal"),
    "adamw": lambda k: usual(k).compile("adamw"),
    "Adam(clipnorm=1.0)": lambda k: k.optimizers.Adam(clipnorm=1.0),
    "hinge": lambda k: fit(compiled(usual(k), loss="hinge")),
    "AUC": lambda k: fit(compiled(usual(k), metrics=["AUC"])),
    "'save'": lambda k: usual(k).save,
    "fit(class_weight={0: 2})": lambda k: fit(compiled(usual(k)), class_weight={0: 2}),
    "several losses": lambda k: fit(compiled(usual(k), loss=["mse", "mse"])),
    "expand_nested=True": lambda k: usual(k).summary(expand_nested=True),
    "several inputs": lambda k: k.Model([k.Input((3,)), k.Input((3,))], k.Input((3,))),
    "A model of your own": lambda k: k.Model(),
    "a layer of your own": lambda k: type("Mine", (k.Layer,), {})(),
}


@pytest.mark.parametrize(("name", "use"), MISSING.items(), ids=MISSING)
def test_what_is_missing_is_named_with_where_it_works(name, use):
    text = str(raised(use, keras_numpy))
    *_, last = name.split("keras.")
    assert last.split(".")[-1] in text
    assert "NumPy edition of Keras" in text
    assert "Binder" in text
    assert "laptop" in text


@pytest.mark.parametrize("statement", ["from keras_numpy.layers import LSTM",
                                       "from keras_numpy import applications"])  # fmt: skip
def test_an_import_says_what_is_missing_too(statement):
    with pytest.raises(ImportError, match=r"NumPy edition of Keras.* Binder"):
        exec(statement)


def test_what_is_missing_can_be_asked_for():
    assert not hasattr(keras_numpy.layers, "LSTM")
    assert getattr(keras_numpy, "datasets", None) is None


def test_an_argument_at_its_default_value_is_no_other_argument():
    layer = keras_numpy.layers.Conv2D(4, 3, groups=1, dilation_rate=(1, 1), data_format=None)
    assert layer.filters == 4


def test_the_version_says_which_edition_it_is():
    assert keras_numpy.__version__.endswith("+numpy")


@pytest.mark.parametrize(("platform", "lines"), [("linux", 0), ("emscripten", 1)])
def test_in_a_browser_alone_the_import_says_in_a_line_what_it_is(
    monkeypatch, capsys, platform, lines
):
    monkeypatch.setattr(sys, "platform", platform)
    importlib.reload(keras_numpy)
    text = capsys.readouterr().out
    assert text.count("\n") == text.count("NumPy edition of Keras") == lines


def test_to_categorical():
    for x, settings in ([[0, 3, 1]], {}), ([[[0], [2]]], {"num_classes": 4}), ([2], {}):
        theirs, ours = (k.utils.to_categorical(*x, **settings) if isinstance(x[0], list)
                        else k.utils.to_categorical(x, **settings) for k in EDITIONS)  # fmt: skip
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs)


def test_signatures_have_the_names_order_and_defaults_of_keras():
    for name in ("Dense", "Conv2D", "MaxPooling2D", "Dropout", "Rescaling", "Flatten", "Reshape"):
        theirs, ours = (inspect.signature(getattr(k.layers, name)).parameters for k in EDITIONS)
        expected = {n: p.default for n, p in theirs.items() if n in ours and n != "kwargs"}
        given = {n: p.default for n, p in ours.items() if n in expected}
        assert given == expected
        assert [n for n in theirs if n in given] == list(given)
