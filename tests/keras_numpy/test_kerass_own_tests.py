"""A part of Keras's own tests passes on the patched Keras, and each difference is reported."""

from pathlib import Path

import pytest
import yaml

from tools import keras_numpy
from tools.keras_tests import Outcome, judge, run_chosen, train_layers, without

FAILS = [{"reason": "No volumes.", "tests": ["layers/conv_test.py::*3d*"]}]


def test_chosen_tests_of_keras_pass(patched_tree):
    found, sentences = run_chosen(patched_tree)
    assert not sentences, "\n".join(sentences)
    assert sum(outcome.kind == "passed" for outcome in found.values()) > 1500


def test_failure_that_is_not_listed_is_reported_with_its_message():
    found = {"layers/dense_test.py::test_basics": Outcome("failed", "TypeError: no")}
    assert judge(found, FAILS) == ["layers/dense_test.py::test_basics failed: TypeError: no"]


@pytest.mark.parametrize("kind", ["failed", "skipped"])
def test_listed_failure_is_not_reported(kind):
    assert judge({"layers/conv_test.py::test_3d_basics": Outcome(kind, "…")}, FAILS) == []


def test_listed_test_that_passes_is_reported_with_the_reason_of_the_list():
    (sentence,) = judge({"layers/conv_test.py::test_3d_basics": Outcome("passed", "")}, FAILS)
    assert sentence.startswith("layers/conv_test.py::test_3d_basics passed")
    assert sentence.endswith("No volumes.")


def test_pattern_without_such_an_outcome_is_reported():
    found = {
        "a_test.py::test_it": Outcome("skipped", "…"),
        "b_test.py::test_it": Outcome("passed", ""),
    }
    (sentence,) = without("passed", found, ["a_test.py::*", "b_test.py::*"])
    assert sentence.startswith("a_test.py::*")


def test_layers_are_trained_in_kerass_tests_or_the_run_stops(tmp_path):
    path = tmp_path / "test_case.py"
    path.write_text('if run_training_check and backend.backend() not in ("numpy", "openvino"):\n')
    train_layers(path)
    assert path.read_text() == "if run_training_check:\n"
    with pytest.raises(ValueError, match=r"decides elsewhere in test_case\.py"):
        train_layers(path)


def test_each_version_of_the_recipe_is_tested_weekly_and_so_is_the_newest():
    workflow = Path(__file__).parents[2] / ".github" / "workflows" / "keras.yml"
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    assert jobs["keras"]["strategy"]["matrix"]["keras"] == [*keras_numpy.VERSIONS, "latest"]
