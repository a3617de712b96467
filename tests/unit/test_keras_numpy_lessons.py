"""Each lesson's own model is the same in Keras and in its NumPy edition."""

import numpy as np
import pytest

from course_utils.checks import the_same_network_in_keras as checks
from course_utils.datasets import load_cnn_weights
from tests.unit.editions import (
    EDITIONS,
    LESSON_MODELS,
    both_models,
    close,
    digits,
    keras_numpy,
    model_of,
)

every_model = pytest.mark.parametrize("name", LESSON_MODELS)
IMAGES, LABELS = digits(40)


@every_model
def test_summary(name, capsys):
    texts = []
    for model in both_models(name):
        model.summary(print_fn=print)
        texts.append(capsys.readouterr().out)
        model.summary()
        texts.append(capsys.readouterr().out)
    assert texts[2:] == texts[:2]
    assert "Total params" in texts[2]


@every_model
def test_names_shapes_and_counts(name):
    theirs, ours = both_models(name)
    assert ours.name == theirs.name
    assert ours.count_params() == theirs.count_params()
    assert (ours.input_shape, ours.output_shape) == (theirs.input_shape, theirs.output_shape)
    assert [layer.name for layer in ours.layers] == [layer.name for layer in theirs.layers]
    for one, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        assert (one.shape, one.dtype) == (other.shape, other.dtype)


@every_model
def test_answers(name):
    theirs, ours = both_models(name)
    answers = ours.predict(IMAGES[:20], verbose=0)
    assert type(answers) is np.ndarray
    close(answers, np.asarray(theirs(IMAGES[:20])), 1e-5)


@every_model
def test_first_weights_have_the_same_spread(name):
    theirs, ours = (model.get_weights() for model in both_models(name))
    ours = model_of(name, keras_numpy).get_weights()
    for one, other in zip(ours, theirs, strict=True):
        if one.size > 1000:
            assert one.std() == pytest.approx(other.std(), rel=0.1)
        if one.ndim == 1:
            assert not one.any()


@pytest.mark.parametrize("name", ["exercise", "two layers", "classmate"])
def test_the_check_of_a_lesson_says_the_same_of_both(name, capsys):
    said = []
    for model in both_models(name):
        checks.the_same_network(model)
        said.append(capsys.readouterr().out)
    assert said[1] == said[0]


def test_four_layers_are_read_at_once():
    names = ["conv_1", "pool_1", "conv_2", "pool_2"]
    maps = []
    for k, model in zip(EDITIONS, both_models("cnn to look into"), strict=True):
        model.set_weights(load_cnn_weights())
        look = k.Model(model.inputs[0], [model.get_layer(name).output for name in names])
        maps.append(look.predict_on_batch(IMAGES))
    assert type(maps[1]) is list
    for ours, theirs in zip(maps[1], maps[0], strict=True):
        close(ours, theirs, 1e-5)


def test_one_layer_gives_an_array_for_many_images():
    ours = model_of("cnn to look into", keras_numpy)
    part = keras_numpy.Model(ours.inputs[0], ours.get_layer("conv_2").output)
    many = np.repeat(IMAGES, 10, axis=0)
    assert np.asarray(part(many)).shape == (400, 11, 11, 64)
    assert np.asarray(part(many)).flags.c_contiguous


def test_a_clone_has_the_same_layers_and_first_weights_of_its_own():
    ours = model_of("cnn to look into", keras_numpy)
    clone = keras_numpy.models.clone_model(ours)
    assert [layer.name for layer in clone.layers] == [layer.name for layer in ours.layers]
    for one, other in zip(clone.get_weights(), ours.get_weights(), strict=True):
        assert one.shape == other.shape
        assert one.ndim == 1 or not np.array_equal(one, other)


def test_the_trained_weights_read_digits_as_in_keras():
    theirs, ours = both_models("cnn to look into")
    for model in (theirs, ours):
        model.set_weights(load_cnn_weights())
    close(ours.predict(IMAGES, verbose=0), np.asarray(theirs(IMAGES)), 1e-5)


def test_dropout_is_on_if_training_is_said_and_off_otherwise():
    ours = model_of("cnn to train", keras_numpy)
    ours.set_weights(load_cnn_weights())
    copies = np.repeat(IMAGES[:1], 30, axis=0)
    on, off = np.asarray(ours(copies, training=True)), np.asarray(ours(copies, training=False))
    assert np.allclose(off, off[0], atol=1e-6)
    assert not np.allclose(on, on[0], atol=1e-6)


def test_tensors_are_indexed_as_the_lessons_do():
    tensor = keras_numpy.ops.convert_to_tensor(IMAGES)
    assert (tensor.shape, tensor[:5].shape, str(tensor.dtype)) == (
        IMAGES.shape,
        (5, 28, 28, 1),
        "uint8",
    )
    assert type(np.asarray(tensor[2, ..., 0])) is np.ndarray
    assert np.array_equal(tensor.numpy(), IMAGES)
    assert np.shares_memory(tensor, IMAGES)  # 47 MB that are not copied
    with pytest.raises(TypeError, match="does not support item assignment"):
        tensor[0] = 0
