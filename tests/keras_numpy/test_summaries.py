"""`summary` prints what it prints with TensorFlow, and models are put together alike."""

import contextlib
import io

import numpy as np
import pytest

X, Y = np.zeros((4, 28, 28, 1), np.float32), np.arange(4)


def usual(k):
    return k.Sequential(
        [k.Input((28, 28, 1)), k.layers.Flatten(), k.layers.Dense(10, activation="softmax")]
    )


def trained(k, optimizer):
    model = usual(k)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    model.train_on_batch(X, Y)
    return model


def two_ends(k):
    image = k.Input((28, 28, 1))
    flat = k.layers.Flatten()(image)
    return k.Model(image, [k.layers.Dense(4)(flat), k.layers.Dense(5)(flat)])


def nested(k):
    inner = k.Sequential([k.layers.Conv2D(4, 3), k.layers.BatchNormalization()], name="inner")
    inner.trainable = False
    return k.Sequential([k.Input((28, 28, 1)), inner, k.layers.Flatten(), k.layers.Dense(3)])


def of_ones_own(k):
    class Mine(k.Model):
        def __init__(self):
            super().__init__()
            self.flatten, self.dense = k.layers.Flatten(), k.layers.Dense(3)

        def call(self, x):
            return self.dense(self.flatten(x))

    model = Mine()
    model(X)
    return model


MODELS = {
    "not built": lambda k: k.Sequential([k.layers.Flatten(), k.layers.Dense(3)]),
    "built by a call": lambda k: called(k.Sequential([k.layers.Flatten(), k.layers.Dense(3)])),
    "not trained": usual,
    "trained by Adam": lambda k: trained(k, "adam"),
    "trained by SGD": lambda k: trained(k, "sgd"),
    "trained by RMSprop": lambda k: trained(k, "rmsprop"),
    "two ends": two_ends,
    "nested": nested,
    "of one's own": of_ones_own,
    "recurrent": lambda k: k.Sequential(
        [k.Input((7,)), k.layers.Embedding(9, 4), k.layers.LSTM(3), k.layers.Dropout(0.1)]
    ),
    "half precision": lambda k: k.Sequential([k.Input((3,)), k.layers.Dense(2, dtype="float16")]),
}


def called(model):
    model(X)
    return model


def texts(k, name):
    model = MODELS[name](k)
    with contextlib.redirect_stdout(io.StringIO()) as text:
        model.summary()
        model.summary(expand_nested=True, show_trainable=True, line_length=120)
    return text.getvalue()


@pytest.mark.parametrize("name", MODELS)
def test_summary(both, name):
    ours, theirs = both(texts, name)
    assert ours == theirs
    assert "Total params" in theirs
