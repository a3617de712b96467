"""What is wrong is said as Keras says it with TensorFlow."""

import re

import numpy as np
import pytest

IMAGES = np.zeros((4, 28, 28, 1), np.uint8)
FLAT = np.zeros((2, 784), np.float32)
LABELS = np.arange(4)
TOO_LARGE, NEGATIVE = np.arange(8, 12), np.arange(-1, 3)
SPARSE = "sparse_categorical_crossentropy"


def network(k, *layers, shape=(28, 28, 1)):
    return k.Sequential([k.Input(shape, name="image"), *layers], name="model")


def usual(k, units=10):
    dense = k.layers.Dense(units, activation="softmax", name="dense")
    return network(k, k.layers.Flatten(name="flatten"), dense)


def compiled(model, optimizer="adam", loss=SPARSE, metrics=("accuracy",), **settings):
    model.compile(optimizer, loss, metrics=list(metrics), **settings)
    return model


def unbuilt(k):
    return k.Sequential([k.layers.Flatten(name="f"), k.layers.Dense(3, name="d")], name="m")


def fit(model, images=IMAGES, labels=LABELS, **settings):
    return model.fit(images, labels, verbose=0, **settings)


def fit_usual(k, *arguments, loss=SPARSE, metrics=("accuracy",), **settings):
    return fit(compiled(usual(k), loss=loss, metrics=metrics), *arguments, **settings)


def twice(layer, *shapes):
    for shape in shapes:
        layer(np.zeros(shape, np.float32))


# What goes wrong when a model is trained and asked.
AT_WORK = {
    "fit before compile": lambda k: fit(usual(k)),
    "evaluate before compile": lambda k: usual(k).evaluate(IMAGES, LABELS, verbose=0),
    "a batch before compile": lambda k: usual(k).train_on_batch(IMAGES, LABELS),
    "no loss": lambda k: fit_usual(k, loss=None),
    "no data": lambda k: compiled(usual(k)).fit(),
    "no data to predict": lambda k: usual(k).predict(),
    "no labels": lambda k: compiled(usual(k)).fit(IMAGES, verbose=0),
    "evaluate without labels": lambda k: compiled(usual(k)).evaluate(IMAGES, verbose=0),
    "more images than labels": lambda k: fit_usual(k, labels=LABELS[:3]),
    "more labels than images": lambda k: fit_usual(k, IMAGES[:3]),
    "labels in words": lambda k: fit_usual(k, labels=np.array(list("abcd"))),
    "a list of labels": lambda k: fit_usual(k, labels=[0, 1, 2, 3]),
    "a list of lists": lambda k: usual(k).predict([[1, 2], [3, 4]], verbose=0),
    "a word": lambda k: usual(k).predict("image", verbose=0),
    "images in words": lambda k: usual(k).predict(np.full((4, 28, 28, 1), "a"), verbose=0),
    "no images": lambda k: fit_usual(k, IMAGES[:0], LABELS[:0]),
    "too few images to split": lambda k: fit_usual(k, validation_split=0.99),
    "a split of a tuple": lambda k: compiled(usual(k)).fit((IMAGES, LABELS), validation_split=0.5),
    "validation data without labels": lambda k: fit_usual(k, validation_data=IMAGES),
    "one-hot labels for the sparse loss": lambda k: fit_usual(k, labels=np.eye(10)[:4]),
    "one-hot labels for the sparse loss in evaluate": lambda k: compiled(usual(k)).evaluate(
        IMAGES, np.eye(10)[:4], verbose=0
    ),
    "integers for the other loss": lambda k: fit_usual(k, loss="categorical_crossentropy"),
    "too few classes": lambda k: fit_usual(
        k, labels=np.eye(9)[:4], loss="categorical_crossentropy"
    ),
    "integers for the binary loss": lambda k: fit_usual(k, loss="binary_crossentropy"),
    "no Flatten": lambda k: fit(
        compiled(network(k, k.layers.Dense(16), k.layers.Dense(10, "softmax")))
    ),
    "predict: flat images": lambda k: usual(k).predict(FLAT, verbose=0),
    "evaluate: flat images": lambda k: compiled(usual(k)).evaluate(FLAT, LABELS[:2], verbose=0),
    "fit: flat images": lambda k: fit_usual(k, FLAT, LABELS[:2]),
    "a batch: flat images": lambda k: compiled(usual(k)).train_on_batch(FLAT, LABELS[:2]),
    "a batch to predict: flat images": lambda k: usual(k).predict_on_batch(FLAT),
    "a call: flat images": lambda k: usual(k)(FLAT),
    "other size": lambda k: usual(k).predict(np.zeros((2, 28, 27, 1)), verbose=0),
    "one image alone": lambda k: usual(k).predict(np.zeros((28, 28, 1)), verbose=0),
    "images of another size, functional": lambda k: functional(k)(np.zeros((2, 27, 28, 1), "f4")),
    "class_weight and sample_weight": lambda k: fit_usual(
        k, class_weight={0: 2.0}, sample_weight=np.ones(4)
    ),
    "too few sample weights": lambda k: fit_usual(k, sample_weight=np.ones(3)),
    "optimizer misspelt": lambda k: compiled(usual(k), optimizer="adamm"),
    "loss misspelt": lambda k: fit_usual(k, loss="crossentropi"),
    "metric misspelt": lambda k: fit_usual(k, metrics=["accuracy_1"]),
    "metrics without a list": lambda k: usual(k).compile("adam", SPARSE, metrics="accuracy"),
    "argument of fit misspelt": lambda k: fit_usual(k, epoch=3),
    "argument of compile misspelt": lambda k: compiled(usual(k), losses="mse"),
    "epochs in words": lambda k: fit_usual(k, epochs="three"),
    "a callback that is none": lambda k: fit_usual(k, callbacks=[print]),
    "an error in a callback": lambda k: fit_usual(
        k, callbacks=[k.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: 1 / 0)]
    ),
    "an error in a loss": lambda k: fit_usual(k, loss=lambda y, p: undefined),  # noqa: F821
    "labels too large": lambda k: fit_usual(k, labels=TOO_LARGE),
    "labels too large, evaluated": lambda k: compiled(usual(k)).evaluate(IMAGES, TOO_LARGE),
    "labels too large, in validation": lambda k: fit_usual(k, validation_data=(IMAGES, TOO_LARGE)),
    "negative labels": lambda k: fit_usual(k, labels=NEGATIVE),
    "negative labels, evaluated": lambda k: compiled(usual(k)).evaluate(IMAGES, NEGATIVE),
    "negative labels in a column": lambda k: fit_usual(k, labels=NEGATIVE[:, np.newaxis]),
    "negative labels for logits": lambda k: fit_usual(
        k, labels=NEGATIVE, loss=k.losses.SparseCategoricalCrossentropy(from_logits=True)
    ),
    "negative labels, without softmax": lambda k: fit(
        compiled(network(k, k.layers.Flatten(), k.layers.Dense(10))), labels=NEGATIVE
    ),
    "negative labels, a batch": lambda k: compiled(usual(k)).train_on_batch(IMAGES, NEGATIVE),
    "negative labels, the loss alone": lambda k: k.losses.sparse_categorical_crossentropy(
        NEGATIVE, np.full((4, 10), 0.1, np.float32)
    ),
    "a loss of two": lambda k: fit_usual(k, loss=["mse", "mse"]),
}

# What goes wrong when weights, layers and models are made.
MADE = {
    "too few weights": lambda k: usual(k).set_weights([np.zeros(3)]),
    "weights transposed": lambda k: usual(k).set_weights([w.T for w in usual(k).get_weights()]),
    "weights for a layer": lambda k: usual(k).layers[1].set_weights([np.zeros(3)]),
    "a variable of another shape": lambda k: usual(k).weights[0].assign(np.zeros(3)),
    "Conv2D without a channel": lambda k: network(k, k.layers.Conv2D(3, 3), shape=(28, 28)),
    "Conv2D after Flatten": lambda k: network(k, k.layers.Flatten(), k.layers.Conv2D(3, 3)),
    "pooling without a channel": lambda k: network(k, k.layers.MaxPooling2D(), shape=(28, 28)),
    "kernel too large": lambda k: network(k, k.layers.Conv2D(3, 30)),
    "other channels": lambda k: twice(
        k.layers.Conv2D(3, 3, name="c"), (1, 5, 5, 2), (1, 5, 5, 3)
    ),
    "other inputs": lambda k: twice(k.layers.Dense(3, name="d"), (1, 5), (1, 6)),
    "one number per image": lambda k: k.layers.Dense(3, name="d")(np.zeros(5)),
    "Reshape": lambda k: network(k, k.layers.Reshape((9,)), shape=(8,)),
    "Reshape of a batch": lambda k: k.layers.Reshape((9,))(np.zeros((2, 8))),
    "shapes to add": lambda k: k.layers.Add()([np.zeros((2, 3)), np.zeros((2, 4))]),
    "shapes to concatenate": lambda k: k.layers.Concatenate()([FLAT, IMAGES]),
    "one layer for two places": lambda k: network(
        k, k.layers.Flatten(), *[k.layers.Dense(16, name="d")] * 2
    ),
    "no units": lambda k: k.layers.Dense(),
    "0 units": lambda k: k.layers.Dense(0),
    "the activation first": lambda k: k.layers.Dense("relu"),
    "no kernel size": lambda k: k.layers.Conv2D(32),
    "kernel size of three": lambda k: k.layers.Conv2D(3, (3, 3, 3)),
    "padding": lambda k: k.layers.Conv2D(3, 3, padding="full"),
    "layer misspelt": lambda k: k.layers.Conv2d(3, 3),
    "module misspelt": lambda k: k.layer,
    "activation misspelt": lambda k: k.layers.Dense(3, activation="rellu"),
    "argument misspelt": lambda k: k.layers.Dense(3, activaton="relu"),
    "initializer misspelt": lambda k: k.layers.Dense(3, kernel_initializer="glorot"),
    "regularizer misspelt": lambda k: k.layers.Dense(3, kernel_regularizer="l7"),
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
    "kernel before it is built": lambda k: k.layers.Dense(3).kernel,
    "output before it is called": lambda k: k.layers.Dense(3, name="d").output,
    "no such layer": lambda k: usual(k).get_layer("conv_1"),
    "no such place": lambda k: usual(k).get_layer(index=9),
    "arrays for a model": lambda k: k.Model(np.zeros(3), np.zeros(3)),
    "a model of two pieces": lambda k: k.Model(k.Input((3,)), k.layers.Dense(2)(k.Input((3,)))),
    "numbers of an Input": lambda k: np.asarray(k.Input((3,))),
    "loop over an Input": lambda k: list(k.Input((3,))),
    "truth of an Input": lambda k: bool(k.Input((3,)) > 0),
    "a class too many": lambda k: k.utils.to_categorical([11], 10),
    "a seed in words": lambda k: k.utils.set_random_seed("a"),
    "a rate in words": lambda k: k.optimizers.Adam("fast"),
    "momentum": lambda k: k.optimizers.SGD(momentum=2.0),
    "no steps to decay": lambda k: k.optimizers.schedules.CosineDecay(0.1, 0),
    "shapes to multiply": lambda k: k.ops.matmul(np.zeros((2, 3)), np.zeros((2, 3))),
    "a layer that returns nothing": lambda k: network(k, own(k, lambda x: None)),
    "a layer with an error": lambda k: network(k, own(k, lambda x: x.shap)),
}  # fmt: skip
WRONG = AT_WORK | MADE


def functional(k):
    image = k.Input((28, 28, 1), name="image")
    return k.Model(image, k.layers.Flatten()(image), name="model")


def own(k, function):
    class Mine(k.layers.Layer):
        def call(self, x):
            return function(x)

    return Mine(name="mine")


# TensorFlow raises an error of its own here, in many lines: the type and the text of ours, and what
# both say.
OF_TENSORFLOW = {
    "a loss of two": (ValueError, r"shapes"),
    "shapes to multiply": (ValueError, r"size"),
    **{
        name: (ValueError, "a label value of 11 which is outside the valid range of .0, 10.")
        for name in WRONG
        if name.startswith("labels too large")
    },
    **{
        name: (ValueError, "a label value of -1 which is outside the valid range of .0, 10.")
        for name in WRONG
        if name.startswith("negative labels")
    },
}


def raised(k, name):
    try:
        WRONG[name](k)
    except Exception as error:
        return [kind.__name__ for kind in type(error).__mro__], str(error)
    return [], ""


def in_words_of_both(text):
    """A text without what rightly differs."""
    for pattern, words in (
        (r"(TensorFlow|Numpy)Trainer", "Trainer"),
        (r"(tf\.Tensor|np\.ndarray)\(shape", "Tensor(shape"),  # the arguments of a call
        (r"for input .* with name", "for input with name"),  # how a tensor prints itself
        (r"'[\w.]+' object has no attribute", "this object has no attribute"),  # in a layer
        ("{'valid', 'same'}", "{'same', 'valid'}"),  # a set
        (r", value=\[\[.*", ""),  # the random weights of a variable
    ):
        text = re.sub(pattern, words, text, flags=re.DOTALL)
    return text


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_met_with_the_error_of_keras(both, name):
    (ours, our_text), (theirs, their_text) = both(raised, name)
    if name in OF_TENSORFLOW:
        kind, pattern = OF_TENSORFLOW[name]
        assert theirs[0] == "InvalidArgumentError"
        assert kind.__name__ in ours
        assert re.search(pattern, our_text)
        assert re.search(pattern, their_text)
    else:
        assert ours == theirs
        assert in_words_of_both(our_text) == in_words_of_both(their_text)
