"""Each layer computes and learns as with TensorFlow."""

import re

import numpy as np
import pytest

from tests.keras_numpy.experiments import at_work, close, close_at_work

RNG = np.random.default_rng(0)
FLAT = RNG.standard_normal((6, 20)).astype(np.float32)
SMALL = RNG.standard_normal((5, 9, 11, 3)).astype(np.float32)
STEPS = RNG.integers(0, 3, (4, 8, 7, 2)).astype(np.float32)  # many equal numbers
BLANK = np.ones((2, 6, 6, 2), np.float32)
SERIES = RNG.standard_normal((4, 7, 6)).astype(np.float32)
WORDS = RNG.integers(0, 9, (5, 7))

# The lessons' layers, each in the ways that differ in how they are computed.
IN_LESSONS = {
    "Dense": (lambda k: k.layers.Dense(7), FLAT),
    "Dense relu": (lambda k: k.layers.Dense(7, activation="relu"), FLAT),
    "Dense softmax": (lambda k: k.layers.Dense(7, activation="softmax"), FLAT),
    "Dense without biases": (lambda k: k.layers.Dense(7, use_bias=False), FLAT),
    "Dense on images": (lambda k: k.layers.Dense(4, activation="relu"), SMALL),
    "Dense with a layer": (lambda k: k.layers.Dense(4, activation=k.layers.ReLU()), FLAT),
    "Conv2D": (lambda k: k.layers.Conv2D(4, 3), SMALL),
    "Conv2D relu": (lambda k: k.layers.Conv2D(4, 3, activation="relu"), SMALL),
    "Conv2D same": (lambda k: k.layers.Conv2D(4, 3, padding="same"), SMALL),
    "Conv2D even, same": (lambda k: k.layers.Conv2D(4, (2, 4), padding="same"), SMALL),
    "Conv2D strides": (lambda k: k.layers.Conv2D(4, (3, 2), strides=(2, 3)), SMALL),
    "Conv2D strides, same": (lambda k: k.layers.Conv2D(4, 3, 2, padding="same"), SMALL),
    "Conv2D strides over gaps": (lambda k: k.layers.Conv2D(4, 1, 2, use_bias=False), SMALL),
    "Conv2D 1x1": (lambda k: k.layers.Conv2D(4, 1, use_bias=False), SMALL),
    "Conv2D of the whole image": (lambda k: k.layers.Conv2D(4, (9, 11)), SMALL),
    "MaxPooling2D": (lambda k: k.layers.MaxPooling2D(2), SMALL),
    "MaxPooling2D, equals": (lambda k: k.layers.MaxPooling2D(2), STEPS),
    "MaxPooling2D, all equal": (lambda k: k.layers.MaxPooling2D(2), BLANK),
    "MaxPooling2D, overlapping": (lambda k: k.layers.MaxPooling2D(3, 2), STEPS),
    "MaxPooling2D, gaps": (lambda k: k.layers.MaxPooling2D((1, 2), (3, 2)), STEPS),
    "MaxPooling2D, same": (lambda k: k.layers.MaxPooling2D(3, 2, padding="same"), STEPS),
    "Flatten": (lambda k: k.layers.Flatten(), SMALL),
    "Rescaling": (lambda k: k.layers.Rescaling(1 / 255, offset=-0.5), SMALL),
    "Dropout off": (lambda k: k.layers.Dropout(0), FLAT),
}

# Those that learners try next.
NEXT = {
    "Reshape": (lambda k: k.layers.Reshape((11, -1)), SMALL),
    "Permute": (lambda k: k.layers.Permute((3, 1, 2)), SMALL),
    "RepeatVector": (lambda k: k.layers.RepeatVector(3), FLAT),
    "Activation": (lambda k: k.layers.Activation("tanh"), SMALL),
    "ReLU": (lambda k: k.layers.ReLU(max_value=1, negative_slope=0.1, threshold=0.2), SMALL),
    "LeakyReLU": (lambda k: k.layers.LeakyReLU(), SMALL),
    "ELU": (lambda k: k.layers.ELU(), SMALL),
    "PReLU": (lambda k: k.layers.PReLU(shared_axes=[1, 2]), SMALL),
    "Softmax": (lambda k: k.layers.Softmax(), SMALL),
    "BatchNormalization": (lambda k: k.layers.BatchNormalization(), FLAT),
    "BatchNormalization of images": (lambda k: k.layers.BatchNormalization(), SMALL),
    "BatchNormalization, frozen": (lambda k: k.layers.BatchNormalization(trainable=False), SMALL),
    "LayerNormalization": (lambda k: k.layers.LayerNormalization(), FLAT),
    "GroupNormalization": (lambda k: k.layers.GroupNormalization(5), FLAT),
    "RMSNormalization": (lambda k: k.layers.RMSNormalization(), FLAT),
    "UnitNormalization": (lambda k: k.layers.UnitNormalization(), FLAT),
    "SpectralNormalization": (
        lambda k: k.layers.SpectralNormalization(k.layers.Dense(8)), FLAT
    ),
    "Normalization": (lambda k: k.layers.Normalization(mean=0.5, variance=2.0), FLAT),
    "Conv2D, dilated": (lambda k: k.layers.Conv2D(4, 3, dilation_rate=2), SMALL),
    "Conv2D, dilated, same": (
        lambda k: k.layers.Conv2D(4, 3, padding="same", dilation_rate=(2, 3)), SMALL
    ),
    "Conv2D, groups": (lambda k: k.layers.Conv2D(6, 3, groups=3, activation="elu"), SMALL),
    "Conv2D softmax": (lambda k: k.layers.Conv2D(4, 3, activation="softmax"), SMALL),
    "Conv1D": (lambda k: k.layers.Conv1D(4, 3, padding="same"), SERIES),
    "Conv1D, causal": (lambda k: k.layers.Conv1D(4, 3, padding="causal"), SERIES),
    "DepthwiseConv2D": (lambda k: k.layers.DepthwiseConv2D(3, depth_multiplier=2), SMALL),
    "SeparableConv2D": (lambda k: k.layers.SeparableConv2D(4, 3, padding="same"), SMALL),
    "Conv2DTranspose": (lambda k: k.layers.Conv2DTranspose(4, 3, strides=2), SMALL),
    "Conv2DTranspose, same": (
        lambda k: k.layers.Conv2DTranspose(4, 3, strides=2, padding="same"), SMALL
    ),
    "AveragePooling2D": (lambda k: k.layers.AveragePooling2D(2), SMALL),
    "AveragePooling2D, same": (
        lambda k: k.layers.AveragePooling2D(3, 2, padding="same"), SMALL
    ),
    "MaxPooling1D": (lambda k: k.layers.MaxPooling1D(2), SERIES),
    "GlobalAveragePooling2D": (lambda k: k.layers.GlobalAveragePooling2D(), SMALL),
    "GlobalMaxPooling2D": (lambda k: k.layers.GlobalMaxPooling2D(), SMALL),
    "GlobalAveragePooling1D": (lambda k: k.layers.GlobalAveragePooling1D(), SERIES),
    "UpSampling2D": (lambda k: k.layers.UpSampling2D(2), SMALL),
    "UpSampling2D, bilinear": (
        lambda k: k.layers.UpSampling2D(2, interpolation="bilinear"), SMALL
    ),
    "Resizing": (lambda k: k.layers.Resizing(5, 7), SMALL),
    "ZeroPadding2D": (lambda k: k.layers.ZeroPadding2D((1, 2)), SMALL),
    "Cropping2D": (lambda k: k.layers.Cropping2D((1, 2)), SMALL),
    "CenterCrop": (lambda k: k.layers.CenterCrop(4, 5), SMALL),
    "Embedding": (lambda k: k.layers.Embedding(9, 4), WORDS),
    "Embedding, masked, LSTM": (
        lambda k: k.Sequential([k.layers.Embedding(9, 4, mask_zero=True), k.layers.LSTM(5)]), WORDS
    ),
    "LSTM": (lambda k: k.layers.LSTM(5, return_sequences=True), SERIES),
    "GRU": (lambda k: k.layers.GRU(5), SERIES),
    "SimpleRNN": (lambda k: k.layers.SimpleRNN(5), SERIES),
    "Bidirectional": (lambda k: k.layers.Bidirectional(k.layers.LSTM(3)), SERIES),
    "TimeDistributed": (lambda k: k.layers.TimeDistributed(k.layers.Dense(3)), SERIES),
    "MultiHeadAttention": (
        lambda k: lambda x: k.layers.MultiHeadAttention(2, 4, name="attention")(x, x), SERIES
    ),
    "EinsumDense": (
        lambda k: k.layers.EinsumDense("abc,ce->abe", output_shape=(None, 4), bias_axes="e"), SERIES
    ),
    "Add": (lambda k: lambda x: k.layers.Add()([x, 2 * x]), FLAT),
    "Subtract": (lambda k: lambda x: k.layers.Subtract()([x, x * x]), FLAT),
    "Multiply": (lambda k: lambda x: k.layers.Multiply()([x, x + 1]), FLAT),
    "Average": (lambda k: lambda x: k.layers.Average()([x, x / 3]), FLAT),
    "Maximum": (lambda k: lambda x: k.layers.Maximum()([x, -x, 0.5 + x * 0]), FLAT),
    "Concatenate": (lambda k: lambda x: k.layers.Concatenate()([x, k.ops.tanh(x)]), FLAT),
    "Dot": (lambda k: lambda x: k.layers.Dot(axes=(1, 1))([x, k.ops.sin(x)]), FLAT),
    "Lambda": (lambda k: k.layers.Lambda(lambda x: 2 * x + 1), FLAT),
    "ActivityRegularization": (lambda k: k.layers.ActivityRegularization(l1=0.1, l2=0.1), FLAT),
    "penalties": (
        lambda k: k.layers.Dense(
            3,
            kernel_regularizer=k.regularizers.L2(0.3),
            bias_regularizer=k.regularizers.L1(0.2),
            activity_regularizer=k.regularizers.L1L2(0.1, 0.1),
        ),
        FLAT,
    ),
    "orthogonal penalty": (
        lambda k: k.layers.Dense(3, kernel_regularizer="orthogonal_regularizer"), FLAT
    ),
    "constraints": (
        lambda k: k.layers.Dense(3, kernel_constraint="unit_norm", bias_constraint="non_neg"), FLAT
    ),
    "max_norm": (lambda k: k.layers.Dense(3, kernel_constraint=k.constraints.MaxNorm(0.5)), FLAT),
    "Identity": (lambda k: k.layers.Identity(), FLAT),
    "a model in the model": (
        lambda k: k.Sequential([k.layers.Conv2D(3, 2), k.layers.Flatten(), k.layers.Dense(2)]),
        SMALL,
    ),
    "the same layer twice": (
        lambda k: (lambda dense: lambda x: dense(dense(x)))(k.layers.Dense(20, "tanh")), FLAT
    ),
    "float64": (lambda k: k.layers.Dense(3, "relu", dtype="float64"), FLAT),
    "no gradient": (
        lambda k: lambda x: k.ops.stop_gradient(k.layers.Dense(20)(x)) + x * x, FLAT
    ),
}  # fmt: skip

ACTIVATIONS = [
    "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu",
    "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6",
    "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus",
    "sparse_sigmoid", "sparsemax", "squareplus", "tanh", "tanh_shrink",
]  # fmt: skip
LAYERS = (
    IN_LESSONS
    | NEXT
    | {name: (lambda k, name=name: k.layers.Activation(name), FLAT) for name in ACTIVATIONS}
)


def layer(k, name):
    return at_work(k, *LAYERS[name])


@pytest.mark.parametrize("name", LAYERS)
def test_answers_and_gradients(both, name):
    close_at_work(*both(layer, name))


def far_from_0(k):
    """The mean is a hundred times the spread, as in features that nobody scaled."""
    return k.layers.BatchNormalization()(FLAT + 100, training=True)


def test_batch_normalization_of_numbers_far_from_0(both):
    close(*both(far_from_0), 1e-4)


def three_dimensional(k, name):
    images = np.zeros((2, 6, 6, 6, 1), np.float32)
    layer = getattr(k.layers, name)(2) if "Pooling" in name else getattr(k.layers, name)(4, 3)
    try:
        return layer(images).shape
    except Exception as error:
        return str(error)


@pytest.mark.parametrize("name", ["Conv3D", "Conv3DTranspose", "MaxPooling3D", "AveragePooling3D"])
def test_three_dimensions_are_refused_in_a_sentence_that_names_where_they_work(patched, name):
    assert re.search(r"dimensions.*laptop", patched(three_dimensional, name))
