"""Checks of the lesson "Start here"."""

import numpy as np

from course_utils.checks._core import Mistake, as_number, choice, count, exercise


@exercise
def pixels(answer: object) -> str:
    """Number of pixels of an image of 28 rows and 28 columns.

    Parameters
    ----------
    answer : int
    """
    mistakes = {
        56: "that is 28 + 28. Each of the 28 rows holds 28 pixels",
        28: "that is one row. How many rows are there?",
        27 * 27: "that is 27 * 27. Rows 0 to 27 are 28 rows",
        28**28: "that is 28 to the power of 28. A single star multiplies",
        60_000: "that is how many images there are to train with. The question is about the pixels "
        "of one image",
    }
    count(answer, "n_pixels", 784, mistakes, "Multiply the rows by the columns.")
    return "You will meet this number in every lesson."


@exercise
def after_three_runs(answer: object) -> str:
    """What the second of two cells prints, once the first has run once and it three times.

    The first sets ``total = 10``, the second adds 5 and prints.

    Parameters
    ----------
    answer : int
    """
    answer = as_number(answer, "last_total")
    mistakes = {
        15: "15 is what the second cell prints the first time. The kernel keeps total, and the "
        "next run starts from there.",
        20: "20 is what it prints after two runs of the second cell. There is one more.",
        30: "30 takes four runs of the second cell. The first cell sets total to 10 and adds "
        "nothing.",
        10: "10 is what the first cell sets total to. The second cell has run since.",
        45: "You would get 45 if each run began at 10 again and the three results were added up. "
        "There is only one total: each run of the second cell adds 5 to it.",
    }
    if answer in mistakes:
        raise Mistake(mistakes[answer])
    if answer != 25:
        raise Mistake(f"You have {answer:,}. Try it: run the two cells as described, and look.")
    return "What counts is which cells have run and how often, not where they stand on the page."


@exercise
def images_in_shape(answer: object) -> str:
    """Number of images in an array of shape (200, 28, 28).

    Parameters
    ----------
    answer : int
    """
    if np.array_equal(answer, (200, 28, 28)):
        raise Mistake("That is the whole shape. The question asks for one of its numbers.")
    mistakes = {
        28: "28 is the second number, the rows of each image, and the third, their columns",
        3: "3 counts the numbers in the shape, its axes. Which of the three counts images?",
        784: "784 is 28 * 28, the pixels of one image",
        200 * 784: "that counts all numbers in the array: 200 * 28 * 28",
        256: "that is the sum of the three numbers. Each of them counts something else",
    }
    count(answer, "n_images", 200, mistakes, "The first number of a shape counts the images.")
    return "The other two say how many rows and columns each of them has."


@exercise
def superscript(answer: object) -> str:
    """What the raised 2 in brackets on a weight matrix means.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "A square would be written without brackets. A number in brackets names a layer; "
        "nothing is multiplied.",
        "c": "The weights from layer 2 to layer 3 carry the number of the layer they lead into, 3.",
        "d": "The number in brackets does not count images: the weights are the same for every "
        "image.",
    }
    choice(answer, "meaning", "abcd", wrong)
    return "The letter says what it is, the raised number which layer it belongs to."
