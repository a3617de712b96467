"""Mathematics as MathML, which a browser shows without JavaScript and without fonts of its own."""

from latex2mathml.converter import convert


def to_mathml(latex, display=False):
    """A formula as an element that stands in a line, or in a block of its own."""
    return convert(latex, display="block" if display else "inline")
