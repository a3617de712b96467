"""A model saved in a tab opens on a laptop, and one saved on a laptop opens in a tab."""

import importlib.util
import io
from pathlib import Path

import h5py
import numpy as np
import pytest

from tests.keras_numpy.tab import run

HDF5 = Path(__file__).parents[2] / "keras_numpy" / "hdf5.py"
NUMBERS = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]

NO_H5PY = "import sys; sys.modules['h5py'] = None\n"
START = """
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
images = rng.normal(size=(64, 8, 8, 1)).astype("float32")
labels = rng.integers(0, 3, 64)

def network():
    model = keras.Sequential([
        keras.Input((8, 8, 1)), layers.Conv2D(4, 3), layers.BatchNormalization(),
        layers.Activation("tanh"), layers.Dropout(0.2), layers.Flatten(),
        layers.Dense(3, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model

def state(model):
    values = [np.asarray(v) for v in model.weights + model.optimizer.variables]
    return values, model.predict(images, verbose=0)

def same(model, path):
    values, outputs = state(model)
    saved = np.load(path)
    assert len(saved.files) == len(values) + 1
    for k, value in enumerate(values):
        np.testing.assert_array_equal(value, saved[str(k)])
    np.testing.assert_allclose(outputs, saved["outputs"], atol=1e-6)

def note(model, path):
    values, outputs = state(model)
    np.savez(path, outputs=outputs, **{str(k): value for k, value in enumerate(values)})
"""
SAVE = """
model = network()
keep = keras.callbacks.ModelCheckpoint
model.fit(images, labels, verbose=0, epochs=2, callbacks=[
    keep("kept.keras"), keep("epoch_{epoch}.weights.h5", save_weights_only=True)])
model.save("model.keras")
model.save_weights("model.weights.h5")
note(model, "state.npz")
"""
LOAD = """
for name in ("model.keras", "kept.keras"):
    same(keras.models.load_model(name), "state.npz")
for name in ("model.weights.h5", "model.keras", "epoch_2.weights.h5"):
    model = network()
    model.optimizer.build(model.trainable_variables)
    model.load_weights(name)
    same(model, "state.npz")
model = keras.models.load_model("model.keras")
model.fit(images, labels, verbose=0)
assert int(model.optimizer.iterations) == 6
"""


# The files


@pytest.fixture(scope="module")
def hdf5():
    spec = importlib.util.spec_from_file_location("small_hdf5", HDF5)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def random_content(rng, depth=3):
    """Nested dicts of arrays of all types and shapes."""
    content = {}
    for _ in range(rng.integers(0, 40 if depth == 1 else 9)):
        name = "".join(rng.choice(list("abc xyz_."), rng.integers(1, 12))).strip(".") or "_"
        if depth and rng.random() < 0.4:
            content[name] = random_content(rng, depth - 1)
        else:
            shape = rng.integers(0, 5, rng.integers(0, 4))
            content[name] = (9 * rng.normal(size=shape)).astype(rng.choice(NUMBERS))
    return content


def put(group, content):
    group.attrs["name"] = "größer"
    for name, item in content.items():
        if isinstance(item, dict):
            put(group.create_group(name), item)
        else:
            group[name] = item


def assert_holds(group, content):
    assert list(group) == sorted(content)
    for name, item in content.items():
        if isinstance(item, dict):
            assert_holds(group[name], item)
        else:
            assert (group[name].dtype, group[name].shape) == (item.dtype, item.shape)
            np.testing.assert_array_equal(np.array(group[name]), item, strict=True)
            np.testing.assert_array_equal(group[name][()], item)


def written(module, content):
    stream = io.BytesIO()
    file = module.File(stream, "w")
    put(file, content)
    file.close()
    return stream


@pytest.mark.parametrize("ways", ["tab to laptop", "laptop to tab", "tab to tab"])
def test_what_one_writes_the_other_reads(hdf5, ways):
    tools = {"tab": hdf5, "laptop": h5py}
    writer, reader = (tools[place] for place in ways.split(" to "))
    for seed in range(20):
        content = random_content(np.random.default_rng(seed))
        file = reader.File(written(writer, content), "r")
        assert_holds(file, content)
        file.close()


def test_large_groups_are_read(hdf5):
    content = {f"{k}": np.float32(k) for k in range(5000)}
    assert_holds(hdf5.File(written(h5py, content)), content)


def test_names_of_layers_are_kept_for_h5py(hdf5):
    assert h5py.File(written(hdf5, {"a": {}}))["a"].attrs["name"].decode() == "größer"


def test_paths_lead_through_groups(hdf5):
    file = hdf5.File(written(h5py, {"a": {"b": {"c": np.arange(3)}}}))
    assert "a/b/c" in file
    assert "a/b/d" not in file
    assert "a/b/c/d" not in file
    assert file["a/b"].name == "/a/b"
    with pytest.raises(KeyError):
        file["a/x"]


def with_h5py(fill, **options):
    stream = io.BytesIO()
    with h5py.File(stream, "w", **options) as file:
        fill(file)
    return stream.getvalue()


def chunks(file):
    file.create_dataset("a", data=np.ones(1000), compression="gzip")


def many_new_links(file):
    for k in range(20):
        file[f"é{k}"] = k


UNREADABLE = {
    "This is not an HDF5 file": lambda: b"PK",
    "chunks": lambda: with_h5py(chunks),
    "newer form": lambda: with_h5py(lambda file: None, libver="latest"),
    "large group of the newer form": lambda: with_h5py(many_new_links),
    "other values than integers and floats": lambda: with_h5py(lambda f: f.update(a="text")),
    "links that are no names": lambda: with_h5py(lambda f: f.update(a=h5py.ExternalLink("b", "c"))),
    r"it has 800 of \d+ bytes": lambda: with_h5py(lambda file: file.update(a=1))[:800],
}


@pytest.mark.parametrize("reason", UNREADABLE)
def test_what_cannot_be_read_is_an_error_that_says_why(hdf5, reason):
    with pytest.raises(OSError, match=reason):
        hdf5.File(io.BytesIO(UNREADABLE[reason]()))


def test_what_cannot_be_written_is_an_error(hdf5, tmp_path):
    for values in (np.array([True]), np.array(["a"]), np.array([1.0], ">f4")):
        with pytest.raises(TypeError, match=r"values need h5py: .* on a laptop"):
            written(hdf5, {"a": values})
    with pytest.raises(FileNotFoundError):
        hdf5.File(tmp_path / "nowhere" / "a.h5", "w")
    with pytest.raises(ValueError, match="not 'a'"):
        hdf5.File(tmp_path / "a.h5", "a")


# Keras

OLDER = """
for action in (
    lambda: model.save("model.h5"),
    lambda: keras.models.load_model("model.h5"),
    lambda: model.load_weights("model.h5"),
):
    try:
        action()
    except ImportError as error:
        print(error)
"""


@pytest.fixture(scope="module")
def tab(patched_tree, tmp_path_factory):
    """A folder with what was saved and loaded in a tab, and what was said of older formats."""
    folder = tmp_path_factory.mktemp("tab")
    return folder, run(NO_H5PY + START + SAVE + LOAD + OLDER, folder, patched_tree).splitlines()


@pytest.fixture(scope="module")
def laptop(tab):
    """A folder with what was saved on a laptop, after it loaded what was saved in a tab."""
    folder = tab[0] / "laptop"
    folder.mkdir()
    load = f"{LOAD}assert not model.jit_compile\n"
    run(f"{START}{load}import os; os.chdir({str(folder)!r})\n{SAVE}", tab[0])
    return folder


def test_a_tab_loads_what_it_saved(tab):
    assert h5py.is_hdf5(tab[0] / "model.weights.h5")


def test_a_laptop_loads_what_was_saved_in_a_tab(laptop):
    assert h5py.is_hdf5(laptop / "model.weights.h5")


def test_a_tab_loads_what_was_saved_on_a_laptop(laptop, patched_tree):
    run(NO_H5PY + START + LOAD, laptop, patched_tree)


def test_files_are_saved_with_h5py_where_it_is(patched_tree, tmp_path):
    code = "import sys; assert 'h5py' in sys.modules and 'keras_numpy.hdf5' not in sys.modules"
    run(START + SAVE + LOAD + code, tmp_path, patched_tree)


def test_older_formats_need_h5py_and_the_errors_say_what_works(tab):
    save, *load = tab[1]
    assert save.endswith("In a browser tab, use `model.save('model.keras')`.")
    assert len(load) == 2
    for line in load:
        assert line.endswith("files: make one on a laptop or in Binder.")
