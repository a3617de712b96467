"""MNIST and the trained weights are complete; a damaged file is told apart from a missing one."""

import hashlib
import shutil

import numpy as np
import pytest

from course_utils import datasets
from course_utils.datasets import (
    CNN_FILE,
    CNN_TRAINING_FILE,
    MNIST_FILE,
    load_cnn_training,
    load_cnn_weights,
    load_mnist,
)
from tests.drawn_digits import cnn_probabilities


@pytest.fixture(scope="module")
def mnist():
    return load_mnist()


def test_shapes_and_dtypes(mnist):
    assert mnist.train_images.shape == (60_000, 28, 28)
    assert mnist.test_images.shape == (10_000, 28, 28)
    assert mnist.train_labels.shape == (60_000,)
    assert mnist.test_labels.shape == (10_000,)
    assert mnist.train_images.dtype == mnist.test_images.dtype == np.uint8
    assert mnist.train_labels.dtype == mnist.test_labels.dtype == np.int64


def test_fields_unpack_in_the_order_of_keras(mnist):
    train_images, train_labels, test_images, test_labels = mnist
    assert train_images is mnist.train_images
    assert train_labels is mnist.train_labels
    assert test_images is mnist.test_images
    assert test_labels is mnist.test_labels


@pytest.mark.parametrize(
    ("field", "header", "md5"),
    [
        ("train_images", [2051, 60_000, 28, 28], "6bbc9ace898e44ae57da46a324031adb"),
        ("train_labels", [2049, 60_000], "a25bea736e30d166cdddb491f175f624"),
        ("test_images", [2051, 10_000, 28, 28], "2646ac647ad5339dbf082846283269ea"),
        ("test_labels", [2049, 10_000], "27ae3e4e09519cfbb04c329615203637"),
    ],
)
def test_arrays_are_the_idx_files_that_the_authors_published(mnist, field, header, md5):
    array = getattr(mnist, field).astype(np.uint8)
    idx = np.array(header, dtype=">i4").tobytes() + array.tobytes()
    assert hashlib.md5(idx).hexdigest() == md5


def test_a_missing_file_is_named_with_the_way_to_get_it_back(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "MNIST_FILE", tmp_path / "mnist.npz")
    with pytest.raises(FileNotFoundError, match=r"missing.*git checkout"):
        load_mnist()


def test_a_truncated_file_is_named_truncated(tmp_path, monkeypatch):
    damaged = tmp_path / "mnist.npz"
    damaged.write_bytes(MNIST_FILE.read_bytes()[:5_000_000])
    monkeypatch.setattr(datasets, "MNIST_FILE", damaged)
    with pytest.raises(ValueError, match=r"truncated.*5,000,000 bytes.*11,490,519.*git checkout"):
        load_mnist()


def test_an_altered_file_is_named_altered_and_works_once_restored(tmp_path, monkeypatch):
    damaged = tmp_path / "mnist.npz"
    content = bytearray(MNIST_FILE.read_bytes())
    content[6_000_000] ^= 1
    damaged.write_bytes(content)
    monkeypatch.setattr(datasets, "MNIST_FILE", damaged)
    with pytest.raises(ValueError, match=r"altered.*sha256.*git checkout"):
        load_mnist()
    shutil.copy(MNIST_FILE, damaged)
    assert load_mnist().test_labels[0] == 7


def test_the_file_is_verified_once(monkeypatch):
    load_mnist()
    monkeypatch.setattr(datasets.hashlib, "sha256", None)
    load_mnist()


def test_the_trained_weights_have_the_shapes_of_the_convolutional_network():
    weights = load_cnn_weights()
    shapes = [(3, 3, 1, 32), (32,), (3, 3, 32, 64), (64,), (1600, 10), (10,)]
    assert [array.shape for array in weights] == shapes
    assert all(array.dtype == np.float32 for array in weights)
    assert all(np.isfinite(array).all() for array in weights)
    assert sum(array.size for array in weights) == 34_826
    assert CNN_FILE.stat().st_size < 1e6


def test_the_trained_weights_read_99_of_100_test_images(mnist):
    predict = cnn_probabilities(load_cnn_weights())
    n_right = 0
    for rows in np.split(np.arange(10_000), 40):
        answers = predict(mnist.test_images[rows]).argmax(axis=1)
        n_right += np.sum(answers == mnist.test_labels[rows])
    assert n_right >= 9_910


def test_a_missing_weight_file_is_named_with_the_ways_to_get_it_back(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "CNN_FILE", tmp_path / "cnn.npz")
    with pytest.raises(FileNotFoundError, match=r"missing.*git checkout.*make weights"):
        load_cnn_weights()


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:50_000],
        lambda content: content[:20_000] + b"\0" * 100 + content[20_100:],
        lambda content: b"version https://git-lfs.github.com/spec/v1",
    ],
    ids=["empty", "truncated", "altered", "something else"],
)
def test_a_damaged_weight_file_is_named_damaged(tmp_path, monkeypatch, damage):
    damaged = tmp_path / "cnn.npz"
    damaged.write_bytes(damage(CNN_FILE.read_bytes()))
    monkeypatch.setattr(datasets, "CNN_FILE", damaged)
    with pytest.raises(ValueError, match=r"damaged.*git checkout.*make weights"):
        load_cnn_weights()


@pytest.mark.parametrize(
    "change",
    [
        {"dense_kernel": np.zeros((10, 1600), np.float32)},
        {"dense_bias": np.zeros(10)},
        {"surplus": np.zeros(1, np.float32)},
    ],
    ids=["shape", "dtype", "name"],
)
def test_weights_of_another_network_are_refused(tmp_path, monkeypatch, change):
    other = tmp_path / "cnn.npz"
    names = list(datasets.CNN_SHAPES)
    np.savez(other, **dict(zip(names, load_cnn_weights(), strict=True)) | change)
    monkeypatch.setattr(datasets, "CNN_FILE", other)
    with pytest.raises(ValueError, match=r"does not fit the convolutional network.*make weights"):
        load_cnn_weights()


def test_weights_as_python_objects_are_refused(tmp_path, monkeypatch):
    objects = tmp_path / "cnn.npz"
    np.savez(objects, conv_1_kernel=np.array([{}], dtype=object))
    monkeypatch.setattr(datasets, "CNN_FILE", objects)
    with pytest.raises(ValueError, match="damaged"):
        load_cnn_weights()


def test_the_recorded_training_ends_with_the_weights_that_ship():
    training = load_cnn_training()
    kernels, biases = load_cnn_weights()[:2]
    assert np.array_equal(training.kernels[-1], kernels)
    assert np.array_equal(training.biases[-1], biases)
    assert np.array_equal(training.updates, np.arange(0, 1877, 28))
    assert np.abs(training.kernels[0]).max() <= np.sqrt(6 / (9 + 9 * 32))  # Glorot's first weights
    assert not training.biases[0].any()
    for values in (training.loss, training.accuracy):
        assert np.isnan(values[0])
        assert np.isfinite(values[1:]).all()
    assert training.loss[-1] < 0.03
    assert training.accuracy[-1] > 0.99
    digest = hashlib.sha256(CNN_TRAINING_FILE.read_bytes()).hexdigest()
    readme = CNN_TRAINING_FILE.with_name("README.md").read_text(encoding="utf-8")
    assert f"`{digest}`" in readme


def test_a_recorded_training_that_is_missing_is_named_with_its_own_file(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "CNN_TRAINING_FILE", tmp_path / "cnn_training.npz")
    with pytest.raises(FileNotFoundError, match=r"git checkout -- course_utils/data/cnn_training"):
        load_cnn_training()
    np.savez(tmp_path / "cnn_training.npz", updates=np.arange(3))
    with pytest.raises(ValueError, match="does not fit the convolutional network"):
        load_cnn_training()
