"""A figure is shown with the texts stored under its name, or an error says why not."""

import shutil
import tomllib
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from IPython.utils.capture import capture_output

from course_utils import plots
from course_utils.quiz import show_quiz
from course_utils.widgets import training_view

ROOT = Path(__file__).parents[2]
TEXTS = '''
[scores]
caption = "Accuracy after {n_epochs:,} epochs."
description = """
A curve that rises
to {accuracy}.
"""

[film]
caption = "A film."
description = "Link to a film."
link = "https://example.org/film"

[training]
caption = "Loss over {n_epochs} epochs."

[nameless]
caption = " "
description = "A line."

[undescribed]
caption = "A line."
description = """
"""
'''


@pytest.fixture
def figures(tmp_path, monkeypatch):
    """A course with one file of texts, which is returned."""
    (tmp_path / "figures").mkdir()
    monkeypatch.setattr("course_utils._course_files.FOLDERS", (tmp_path,))
    path = tmp_path / "figures" / "some_lesson.toml"
    path.write_text(TEXTS, encoding="utf-8")
    return path


@pytest.fixture
def figure():
    figure, axis = plt.subplots()
    axis.plot([1, 2, 3])
    yield figure
    plt.close(figure)


@pytest.mark.usefixtures("figures", "shell")
def test_show_finds_the_texts_of_a_figure_and_fills_in_what_the_run_computed(figure):
    with capture_output() as captured:
        plots.show(figure, "scores", n_epochs=1000, accuracy=f"{0.981:.2f}")
    (output,) = captured.outputs
    caption, description = "Accuracy after 1,000 epochs.", "A curve that rises to 0.98."
    assert output.data["text/plain"] == f"Figure: {caption}\n{description}"
    assert output.data == plots.figure_bundle(figure, caption=caption, alt=description)


@pytest.mark.usefixtures("figures")
def test_a_figure_may_have_a_link():
    assert plots.figure_texts("film")["link"] == "https://example.org/film"
    assert plots.figure_texts("scores", n_epochs=1, accuracy="1")["link"] is None


@pytest.mark.usefixtures("figures")
def test_where_the_description_is_generated_a_caption_is_enough():
    assert plots.figure_caption("training", n_epochs=3) == "Loss over 3 epochs."


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("score", {}, r"no figure is called 'score'\. Did you mean 'scores'\?"),
        ("kernels", {}, r"no figure is called 'kernels'\. No name is like it\. .*lessons/figures"),
        (None, {}, r"no figure is called None\."),
        ("nameless", {}, "the figure 'nameless' has no caption"),
        ("undescribed", {}, "the figure 'undescribed' has no description"),
        ("training", {"n_epochs": 3}, "the figure 'training' has no description"),
        ("scores", {"n_epochs": 3}, r"the texts of 'scores' need a value for accuracy\."),
        ("scores", {}, r"need a value for accuracy, n_epochs\."),
        ("film", {"n_epochs": 3, "b": 1}, r"the texts of 'film' have no place for b, n_epochs\."),
    ],
)
def test_what_is_missing_is_reported_with_the_name_of_the_figure(figure, name, values, message):
    with pytest.raises(ValueError, match=message):
        plots.show(figure, name, **values)


@pytest.mark.usefixtures("figures")
def test_a_training_view_refuses_an_unknown_name_before_training_begins():
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier(verbose=True)
    for name, values in (("trainings", {}), ("training", {}), (None, {"caption": "Loss."})):
        with pytest.raises(ValueError, match=r"'training|called None"):  # noqa: SIM117
            with training_view(network, name, **values):
                raise AssertionError("the block was run")


def test_a_text_that_was_edited_is_read_again(figures):
    assert plots.figure_texts("film")["caption"] == "A film."
    figures.write_text(TEXTS.replace("A film.", "Three minutes of film."), encoding="utf-8")
    assert plots.figure_texts("film")["caption"] == "Three minutes of film."


def test_a_file_that_is_not_toml_is_named(figures):
    figures.write_text('[scores]\ncaption = "Accuracy', encoding="utf-8")
    with pytest.raises(ValueError, match=r"some_lesson\.toml is not valid TOML: "):
        plots.figure_texts("scores")


@pytest.mark.usefixtures("shell")
def test_an_installed_package_includes_quizzes_and_texts_of_figures(tmp_path, monkeypatch):
    """As the wheel lays them out, which a browser tab installs as well."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    copied = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for kind in ("quizzes", "figures"):
        shutil.copytree(ROOT / "lessons" / kind, tmp_path / copied[f"lessons/{kind}"])
    folders = (tmp_path / "course_utils", tmp_path / "lessons")
    monkeypatch.setattr("course_utils._course_files.FOLDERS", folders)
    assert plots.figure_texts("course_map")["caption"].startswith("The course")
    with capture_output() as captured:
        show_quiz("start_here")
    assert captured.outputs[0].data["text/plain"].startswith("Quiz: ")
