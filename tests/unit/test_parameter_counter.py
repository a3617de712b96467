"""The parameter counter counts each layer, and says what it cannot read."""

import re

import pytest

from course_utils.widgets.parameter_counter import count_parameters, parameter_counter

CNN = """input 28 28 1
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
    """The text in the cells of a table, row by row."""
    rows = re.findall("<tr>(.*?)</tr>", table)
    return [
        [re.sub("<.*?>", "", c) for c in re.findall("<t[hd].*?>(.*?)</t[hd]>", r)] for r in rows
    ]


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ("784, 16, 16, 10", [0, 12_560, 272, 170]),  # 13,002 in all
        ("[784, 16, 16, 10]", [0, 12_560, 272, 170]),
        ("784\n16\n\n16\n10\n", [0, 12_560, 272, 170]),
        ("input 784; dense 16; dense 16; dense 10", [0, 12_560, 272, 170]),
        ("784, 512, 256, 10", [0, 401_920, 131_328, 2_570]),  # 535,818 in all
        (CNN, [0, 320, 0, 18_496, 0, 0, 0, 16_010]),  # 34,826 in all
        ("INPUT 28x28x1, Conv 32 3×3, Pool 2x2", [0, 320, 0]),
        (
            "input 28 28 1, dense 16, dense 16, dense 10",
            [0, 32, 272, 170],
        ),
        ("input 28 28 3, conv 8 5 1, flatten, dense 2", [0, 128, 0, 2 * 24 * 28 * 8 + 2]),
        ("input 28 28 1, conv 8 3 same, flatten, dense 2", [0, 80, 0, 2 * 28 * 28 * 8 + 2]),
    ],
)
def test_each_layer_has_its_count(layers, expected):
    assert counts(layers) == expected


def test_it_gives_the_shapes_and_the_formulas_of_a_convolutional_network():
    layers = count_parameters(CNN)
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
    assert [layer.formula for layer in layers if layer.parameters] == [
        "32 × (3 × 3 × 1) + 32",
        "64 × (3 × 3 × 32) + 64",
        "10 × 1600 + 10",
    ]
    for layer in layers:
        if layer.parameters:
            assert eval(layer.formula.replace("×", "*")) == layer.parameters
    assert layers[3].text == "conv 64 3"


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ("", "nothing is typed so far"),
        ("dense 16", "expected an input first, such as `input 784`, got `dense 16`"),
        ("784, 16, input 3", "only as the first layer, got `input 3`"),
        ("784, relu", "expected one of input, dense, .* got `relu`"),
        ("784, 16.5, 10", r"sizes alone .*, got `16.5`"),
        ("784 16 16 10", "sizes alone with commas between them .*, got `784 16 16 10`"),
        ("input 28, 28, 1", "with commas between them .*, got `28`"),
        ("input 28 28", "rows, columns and channels, `input 28 28 1`, got `input 28 28`"),
        ("784, dense", "expected `dense 16`: how many units, got `dense`"),
        ("784, dense 16 16", "how many units, got `dense 16 16`"),
        ("784, dense sixteen", "how many units, got `dense sixteen`"),
        ("784, 0", "how many units, got `0`"),
        ("784, dense -3", "how many units, got `dense -3`"),
        ("784, dense 1.5", "how many units, got `dense 1.5`"),
        ("784, conv 32 3", "expected an image for `conv 32 3`.*got 784 numbers in a row"),
        ("input 28 28 1, conv 32", "how many kernels, and their side, got `conv 32`"),
        ("input 4 4 1, conv 32 5", "at most 4 × 4.*got 5 × 5 in `conv 32 5`"),
        ("input 4 4 1, pool 8", "at most 4 × 4"),
        ("784, dropout 20", "expected `dropout 0.2`.*got `dropout 20`"),
        ("784, flatten 3", "expected `flatten` alone, got `flatten 3`"),
    ],
)
def test_what_cannot_be_read_gets_an_error_with_what_was_expected_and_what_came(layers, message):
    with pytest.raises(ValueError, match=message):
        count_parameters(layers)


def test_the_table_grows_while_layers_are_typed():
    layers, _guard, table = parameter_counter().children
    layers.value = "784, 16"
    assert text(table.value) == [
        ["layer", "output shape", "formula", "parameters"],
        ["784", "784", "–", "0"],
        ["16", "16", "16 × 784 + 16", "12,560"],
        ["total", "", "", "12,560"],
    ]
    layers.value = "784, 16, 16, 10"
    assert text(table.value)[-1] == ["total", "", "", "13,002"]


def test_a_layer_that_cannot_be_read_keeps_those_before_it_and_what_was_typed():
    layers, _guard, table = parameter_counter().children
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


def test_it_begins_with_the_layers_it_is_given():
    layers, _guard, table = parameter_counter("input 28 28 1\nconv 8 3").children
    assert layers.value == "input 28 28 1\nconv 8 3"
    assert text(table.value)[-1] == ["total", "", "", "80"]


def test_the_fallback_is_the_first_table():
    widget = parameter_counter()
    first = widget.children[-1].value
    widget.children[0].value = "784, 3"
    bundle = widget._repr_mimebundle_()
    assert bundle["text/html"].startswith(first)
    assert bundle["text/plain"].splitlines() == [
        "Parameters of a network, layer by layer",
        "784: 784, 0 parameters",
        "100: 100, 78,500 parameters",
        "10: 10, 1,010 parameters",
        "total: 79,510 parameters",
    ]
