"""The counter of parameters counts as Keras does, says what it cannot read, and judges counts."""

import re

import pytest

from course_utils.widgets.parameter_counter import count_parameters, parameter_counter

LESSON_7 = """input 28 28 1
conv 32 3
pool 2
conv 64 3
pool 2
flatten
dropout 0.2
dense 10"""


def counts(layers):
    return [layer.parameters for layer in count_parameters(layers)]


def text(table):
    """What stands in the cells of a table, row by row."""
    rows = re.findall("<tr>(.*?)</tr>", table)
    return [
        [re.sub("<.*?>", "", c) for c in re.findall("<t[hd].*?>(.*?)</t[hd]>", r)] for r in rows
    ]


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ("784, 16, 16, 10", [0, 12_560, 272, 170]),  # lesson 3: 13,002
        ("[784, 16, 16, 10]", [0, 12_560, 272, 170]),
        ("784\n16\n\n16\n10\n", [0, 12_560, 272, 170]),
        ("input 784; dense 16; dense 16; dense 10", [0, 12_560, 272, 170]),
        ("784, 512, 256, 10", [0, 401_920, 131_328, 2_570]),  # lesson 6: 535,818
        (LESSON_7, [0, 320, 0, 18_496, 0, 0, 0, 16_010]),  # lesson 7: 34,826
        ("INPUT 28x28x1, Conv 32 3×3, Pool 2x2", [0, 320, 0]),
        ("input 28 28 1, dense 16, dense 16, dense 10", [0, 32, 272, 170]),  # lesson 5: 474
        ("input 28 28 3, conv 8 5 1, flatten, dense 2", [0, 128, 0, 2 * 24 * 28 * 8 + 2]),
        ("input 28 28 1, conv 8 3 same, flatten, dense 2", [0, 80, 0, 2 * 28 * 28 * 8 + 2]),
    ],
)
def test_the_counts_are_those_of_the_lessons(layers, expected):
    assert counts(layers) == expected


def test_it_gives_the_shapes_and_the_formulas_of_lesson_7():
    layers = count_parameters(LESSON_7)
    assert [layer.shape for layer in layers] == [
        (28, 28, 1),
        (26, 26, 32),
        (13, 13, 32),
        (11, 11, 64),
        (5, 5, 64),
        (1600,),
        (1600,),
        (10,),
    ]
    assert [layer.formula for layer in layers if layer.formula] == [
        "32 × (3 × 3 × 1) + 32",
        "64 × (3 × 3 × 32) + 64",
        "10 × 1600 + 10",
    ]
    for layer in layers:
        if layer.formula:
            assert eval(layer.formula.replace("×", "*")) == layer.parameters
    assert layers[3].text == "conv 64 3"


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ("", "nothing is typed so far"),
        ("dense 16", r"expected `input 784` or .* first: .*, got `dense 16`"),
        ("784, 16, input 3", "only as the first line, got `input 3`"),
        ("784, relu", "expected one of input, dense, .* got `relu`"),
        ("784, 16.5, 10", "got `16.5`. Or a whole number: how many units"),
        ("784 16 16 10", "Sizes alone have commas between them, 784, 16, 16, 10"),
        ("input 28, 28, 1", r"got `28`. Sizes alone have commas .*images are `input 28 28 1`"),
        ("input 28 28", "how many channels"),
        ("784, dense", "`dense 16`: how many units. In `dense`, no numbers come after it"),
        ("784, dense 16 16", "In `dense 16 16`, 2 numbers come"),
        ("784, dense sixteen", "in whole numbers from 1, got 'sixteen' in `dense sixteen`"),
        ("784, 0", "whole numbers from 1, got '0'"),
        ("784, dense -3", "got '-3'"),
        ("784, dense 1.5", "got '1.5'"),
        ("784, conv 32 3", "expected an image for `conv 32 3`.*784 numbers in a row come in"),
        ("input 28 28 1, conv 32", "In `conv 32`, 1 number comes after it"),
        ("input 4 4 1, conv 32 5", "at most 4 × 4.*got 5 × 5 in `conv 32 5`"),
        ("input 4 4 1, pool 8", "at most 4 × 4"),
        ("784, dropout 20", "expected `dropout 0.2`.*got `dropout 20`"),
        ("784, flatten 3", "In `flatten 3`, 1 number comes after it"),
    ],
)
def test_what_cannot_be_read_is_met_with_what_was_expected_and_what_came(layers, message):
    with pytest.raises(ValueError, match=message):
        count_parameters(layers)


def test_the_table_grows_while_layers_are_typed():
    layers, table = parameter_counter().children
    layers.value = "784, 16"
    assert text(table.value) == [
        ["layer", "output shape", "formula", "parameters"],
        ["784", "784", "–", "0"],
        ["16", "16", "16 × 784 + 16", "12,560"],
        ["total", "", "", "12,560"],
    ]
    layers.value = "784, 16, 16, 10"
    assert text(table.value)[-1] == ["total", "", "", "13,002"]


def test_a_layer_that_cannot_be_read_leaves_those_before_it_and_what_was_typed():
    layers, table = parameter_counter().children
    layers.value = "784, 16, <b>"
    assert [row[0] for row in text(table.value)] == ["layer", "784", "16", "total"]
    said = re.search('<p role="alert">(.*?)</p>', table.value)[1]
    assert said.startswith("Expected one of input, ")
    assert "got <code>&lt;b&gt;</code>." in said
    assert layers.value == "784, 16, <b>"
    layers.value = ""
    assert "<table" not in table.value
    assert "nothing is typed" in table.value


def test_the_table_can_be_read_by_a_screen_reader():
    table = parameter_counter().children[-1].value
    assert "<caption>Parameters of a network" in table
    assert table.count('<th scope="col"') == 4
    assert table.count('<th scope="row"') == 4  # three layers and the total


@pytest.fixture
def quiz():
    """A quiz on the network of lesson 7, and a function that fills in a field."""
    widget = parameter_counter(quiz=True)
    layers, fields, table = widget.children
    layers.value = LESSON_7

    def answer(name, typed):
        [field] = [field for field in fields.children if field.description == name]
        field.value = typed
        said = {row[0]: row[-1] for row in text(table.value)}
        return said[name]

    answer.widget = widget
    return answer


def test_the_quiz_hides_all_counts(quiz):
    _, fields, table = quiz.widget.children
    assert [field.description for field in fields.children] == [
        "conv 32 3",
        "conv 64 3",
        "dense 10",
        "total",
    ]
    assert not re.search("320|18,?496|16,?010|34,?826|32 ×|formula", text_of(table))
    plain = quiz.widget._repr_mimebundle_()["text/plain"]
    assert "dense 10: 10" in plain
    assert "parameters" not in plain


def text_of(table):
    # The sizes of the layers are shown; what is looked for stands in the other columns.
    return str([(row[0], row[2:]) for row in text(table.value)])


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("conv 32 3", "320", "Right: 320. 32 × (3 × 3 × 1) + 32"),
        ("conv 64 3", " 18,496 ", "Right: 18,496."),
        ("total", "34826", "Right: 34,826."),
        ("conv 32 3", "288", "288 is wrong. Those are the weights alone: each of the 32 kernels"),
        ("conv 64 3", "640", "640 is wrong. Did you forget the channels"),
        ("conv 64 3", "576", "Did you forget channels and biases"),
        ("conv 64 3", "289", "That is one kernel. The layer has 64."),
        ("conv 64 3", "7,744", "That is how many numbers come out"),
        ("dense 10", "16000", "Those are the weights alone: each of the 10 units"),
        ("dense 10", "260", "Did you forget the channels: 5 × 5 numbers"),
        ("dense 10", "31370", "A convolution without `same` makes the image smaller."),
        ("dense 10", "23050", "A pool leaves out an odd last row and column."),
        ("dense 10", "17,600", "The biases belong to the 10 units"),
        ("total", "34,720", "the biases are missing"),
        ("total", "34,506", "`conv 32 3` is missing in it"),
        ("total", "35,000", "35,000 is wrong. Too many."),
        ("total", "3", "Too few."),
        ("total", "<many>", "Expected a whole number, such as 12,560, got &#x27;&lt;many&gt;"),
    ],
)
def test_the_quiz_says_right_or_what_is_wrong(quiz, name, typed, said):
    assert said in quiz(name, typed)


def test_no_right_count_is_called_a_slip():
    for layers in ("784, 1, 1", "input 3 3 1, conv 1 3, flatten, dense 1", "1, 1, 1"):
        for layer in count_parameters(layers):
            assert layer.parameters not in layer.slips


def test_the_quiz_keeps_what_was_typed_when_a_layer_goes_and_comes_back(quiz):
    layers, fields, _ = quiz.widget.children
    quiz("dense 10", "16,010")
    layers.value = "input 28 28 1\nconv 32 3"
    assert [field.description for field in fields.children] == ["conv 32 3", "total"]
    layers.value = LESSON_7
    assert fields.children[2].value == "16,010"


def test_screen_readers_say_the_answer_that_is_new(quiz):
    def alerts():
        return re.findall('<span role="alert">(.*?)</span>', quiz.widget.children[-1].value)

    assert alerts() == []
    quiz("conv 32 3", "320")
    assert alerts() == ["Right: 320. 32 × (3 × 3 × 1) + 32"]
    quiz("total", "1")
    assert alerts() == ["1 is wrong. Too few."]
    quiz("total", "")
    assert alerts() == []


def test_equal_layers_of_the_quiz_have_fields_of_different_names(quiz):
    layers, fields, table = quiz.widget.children
    layers.value = "784, 16, 16, 10"
    names = [field.description for field in fields.children]
    assert names == ["16 (1)", "16 (2)", "10", "total"]
    fields.children[1].value = "272"
    assert [row[-1] for row in text(table.value)][2:4] == ["?", "Right: 272. 16 × 16 + 16"]
    layers.value = "784, 16, 8, 10"
    names = [field.description for field in fields.children]
    assert names == ["16", "8", "10", "total"]


@pytest.mark.parametrize("asked", [False, True])
def test_without_a_kernel_the_table_stands_with_a_note(asked):
    widget = parameter_counter(quiz=asked)
    first = widget.children[-1].value
    widget.children[0].value = "784, 3"
    bundle = widget._repr_mimebundle_()
    assert bundle["text/html"].startswith(first)
    assert "Run this cell: controls appear here, and the table follows them." in bundle["text/html"]
    assert bundle["text/plain"].startswith("Parameters of a network")
    assert ("total: 79,510 parameters" in bundle["text/plain"]) != asked
