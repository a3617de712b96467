"""Numbers that may vary are left out of comparisons, and nothing else is."""

import nbformat
import pytest

from tools import notebooks
from tools.notebooks import Tolerance, hide, keep_unchanged, tolerances

LOSS = Tolerance(r"^loss (\d\.\d+)", 0, 1)
SHARE = Tolerance(r"^loss \S+, share (\d+)%", 0, 100)


def test_only_the_number_is_hidden_and_all_in_a_line_are_found():
    text = "loss 0.12, share 50% of 100\nall loss 0.12\nloss 0.5, share 7% of 100"
    assert hide(text, [SHARE, LOSS]) == (
        "loss NUMBER, share NUMBER% of 100\nall loss 0.12\nloss NUMBER, share NUMBER% of 100"
    )


def test_a_number_that_is_compared_stays():
    assert hide("loss 0.12", [LOSS._replace(compared=True)]) == "loss 0.12"


@pytest.fixture
def file(monkeypatch, tmp_path):
    monkeypatch.setattr(notebooks, "TOLERANCES", tmp_path)
    return tmp_path / "a_lesson.toml"


def test_a_tab_has_the_same_bounds_or_its_own_or_does_not_print_the_number(file):
    everywhere = "[[number]]\npattern = '(1)'\nlow = 1\nhigh = 2\n"
    own = everywhere.replace("1", "3") + "in_a_tab = { low = 5, high = 6 }\ncompared = true\n"
    nowhere = everywhere.replace("1", "7") + "in_a_tab = false\n"
    file.write_text(everywhere + own + nowhere)
    assert tolerances("a_lesson") == [
        ("(1)", 1, 2, False),
        ("(3)", 3, 2, True),
        ("(7)", 7, 2, False),
    ]
    assert tolerances("a_lesson", in_a_tab=True) == [("(1)", 1, 2, False), ("(3)", 5, 6, True)]


def notebook(text, picture="x"):
    output = nbformat.v4.new_output("stream", text=text)
    figure = nbformat.v4.new_output("display_data", {"image/png": picture, "text/plain": "loss"})
    cell = nbformat.v4.new_code_cell("print()", outputs=[output, figure], id="cell")
    return nbformat.v4.new_notebook(cells=[cell])


@pytest.mark.parametrize(
    ("text", "picture", "kept"),
    [
        ("loss 0.13\n", "x", True),
        ("loss 0.13!\n", "x", False),
        ("loss 0.13\n", "y", False),
    ],
)
def test_outputs_are_kept_if_only_such_numbers_differ(text, picture, kept):
    new, old = notebook(text, picture), notebook("loss 0.12\n")
    keep_unchanged(new, old, [LOSS])
    assert (new.cells[0].outputs == old.cells[0].outputs) == kept
