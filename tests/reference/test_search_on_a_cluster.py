"""The lines for a Dask cluster in "Choosing a network", which the lesson shows and does not run."""

import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from joblib import parallel_config
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.neural_network import MLPClassifier

from course_utils.datasets import load_mnist

(LESSON,) = (Path(__file__).parents[2] / "lessons").glob("*_choosing_a_network.md")


def shown_lines():
    """The one block of the lesson that is about Dask."""
    blocks = re.findall(r"^```python\n(.*?)^```$", LESSON.read_text("utf-8"), flags=re.M | re.S)
    (lines,) = [block for block in blocks if "distributed" in block]
    return lines


def new_search():
    grid = {"hidden_layer_sizes": [(4,), (16,)], "learning_rate_init": [0.001, 0.01]}
    return GridSearchCV(MLPClassifier(max_iter=2, random_state=0), grid, cv=KFold(2))


# A worker is a process of its own, with the filters that it starts with.
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_search_on_two_dask_workers_finds_what_it_finds_one_by_one(monkeypatch):
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    images, labels, *_ = load_mnist()
    X_few, y_few = images[:1000].reshape(-1, 784) / np.float32(255), labels[:1000]
    names = {
        "search": new_search(),
        "X_few": X_few,
        "y_few": y_few,
        "parallel_config": parallel_config,
    }
    exec(shown_lines(), names)
    assert names["client"].status == "closed"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        alone = new_search().fit(X_few, y_few)
    assert names["search"].best_params_ == alone.best_params_
    for fold in ("split0_test_score", "split1_test_score"):
        found, expected = names["search"].cv_results_[fold], alone.cv_results_[fold]
        np.testing.assert_allclose(found, expected, atol=0.005)
