"""How the patched Keras is made, and what travels with it."""

import re
import subprocess
import sys
import tomllib

import pytest

from tools import keras_numpy
from tools.keras_numpy import NEWEST, PACKAGE, ROOT, VERSIONS, apply, build_project, build_tree

PREVIOUS = list(VERSIONS)[1]
TRAIN = """
import numpy as np
import keras

assert keras.__version__ == "{version}" and keras.backend.backend() == "numpy"
keras.utils.set_random_seed(0)
layers = keras.layers
model = keras.Sequential([
    keras.Input((8, 8, 1)), layers.Conv2D(4, 3, activation="tanh"), layers.BatchNormalization(),
    layers.MaxPooling2D(2), layers.Flatten(), layers.Dense(3, "softmax"),
])
model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
x = np.random.default_rng(0).normal(size=(64, 8, 8, 1)).astype("float32")
run = model.fit(x, x[:, 0, :3, 0].argmax(1), epochs=20, verbose=0,
                callbacks=[keras.callbacks.EarlyStopping("loss", patience=3)])
loss = run.history["loss"]
print(loss == sorted(loss, reverse=True) and loss[-1] < 0.9 * loss[0])
"""


@pytest.mark.parametrize("version", [NEWEST, PREVIOUS])
def test_todays_keras_and_the_one_before_it_train(tmp_path, version):
    tree = build_tree(tmp_path / "tree", version)
    result = subprocess.run(
        [sys.executable, "-c", TRAIN.format(version=version)],
        env={"PYTHONPATH": str(tree), "KERAS_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.stdout == "True\n", result.stderr


def test_the_newest_is_the_keras_of_the_lessons():
    assert f"keras=={NEWEST}\n" in (ROOT / "requirements.txt").read_text(encoding="utf-8")


def test_a_patch_that_does_not_apply_stops_the_build_with_its_name(tmp_path):
    (tmp_path / "keras").mkdir()
    (tmp_path / "keras" / "__init__.py").write_text("import something_else\n")
    with pytest.raises(ValueError, match=r"The patch namespace\.patch does not apply"):
        apply(PACKAGE / "patches" / "namespace.patch", tmp_path)


def test_another_wheel_under_the_same_name_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(keras_numpy, "VERSIONS", VERSIONS | {NEWEST: "0" * 64})
    with pytest.raises(ValueError, match=f"expected sha256 {'0' * 64}, got {VERSIONS[NEWEST]}"):
        build_tree(tmp_path / "tree")


def test_every_patch_begins_with_its_reason():
    for path in (PACKAGE / "patches").glob("*.patch"):
        reason = path.read_text(encoding="utf-8").split("\n--- a/")[0]
        assert re.search(r"\.\)?$", reason.strip()), path.name


def test_license_notice_and_needs_travel_with_the_wheel(tmp_path):
    folder = build_project(tmp_path / "project")
    assert "Apache License" in (folder / "LICENSE").read_text(encoding="utf-8")
    notice = (folder / "NOTICE").read_text(encoding="utf-8")
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license-files"] == ["LICENSE", "NOTICE"]
    assert project["version"] == f"{NEWEST}+numpy"
    changed = [path for path in re.findall(r"^keras/\S+$", notice, re.MULTILINE)]
    assert "keras/src/backend/numpy/core.py" in changed
    assert all((folder / path).is_file() for path in changed)
    assert (folder / "keras_numpy" / "patches" / "core.patch").is_file()
