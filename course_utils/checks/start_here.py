"""Checks of lesson 00: Start here."""

from course_utils.checks._core import Mistake, as_number, choice, count, exercise


@exercise
def pixels(answer):
    """Number of pixels of an image of 28 rows and 28 columns.

    Parameters
    ----------
    answer : int
    """
    if isinstance(answer, str) and answer.strip().isdigit():
        raise Mistake(
            f'You have the text "{answer}". Quotes make a text; leave them away for a number.'
        )
    slips = {
        56: "that is 28 + 28. Each of the 28 rows holds 28 pixels",
        28: "that is one row. How many rows are there?",
        27 * 27: "that is 27 * 27. Rows 0 to 27 are 28 rows",
        28**28: "that is 28 to the power of 28. One star multiplies",
        60_000: "that is how many images there are to train with. Asked are the pixels of one",
    }
    count(answer, "n_pixels", 784, slips, "Multiply the rows by the columns.")
    return "You will meet this number in every lesson."


@exercise
def after_three_runs(answer):
    """What the second of two cells prints, once the first has run once and it three times.

    The first sets ``total = 10``, the second adds 5 and prints.

    Parameters
    ----------
    answer : int
    """
    answer = as_number(answer, "last_total")
    slips = {
        15: "15 is what the second cell prints the first time. The kernel keeps total, and the "
        "next run starts from there.",
        20: "20 stands there after two runs of the second cell. One is left.",
        30: "30 takes four runs of the second cell. The first cell sets total to 10 and adds "
        "nothing.",
        10: "10 is where the first cell puts total. The second cell has run since.",
        45: "For 45 each run would have to begin at 10 again, and the three results be added up. "
        "There is one total: each run of the second cell adds 5 to it.",
    }
    if answer in slips:
        raise Mistake(slips[answer])
    if answer != 25:
        raise Mistake(f"You have {answer:,}. Try it: run the two cells as described, and look.")
    return "What counts is what has run and how often, not where it stands on the page."


@exercise
def images_in_shape(answer):
    """Number of images in an array of shape (200, 28, 28).

    Parameters
    ----------
    answer : int
    """
    if isinstance(answer, (tuple, list)) and tuple(answer) == (200, 28, 28):
        raise Mistake("That is the whole shape. One number of it is asked for.")
    slips = {
        28: "28 is the second number, the rows of each image, and the third, their columns",
        3: "3 counts the numbers in the shape, its axes. Which of the three counts images?",
        784: "784 is 28 * 28, the pixels of one image",
        200 * 784: "that counts all numbers in the array: 200 * 28 * 28",
        256: "that adds the three numbers. Each counts something of its own",
    }
    count(answer, "n_images", 200, slips, "The first number of a shape counts the images.")
    return "The other two say how many rows and columns each of them has."


@exercise
def superscript(answer):
    """What the raised 2 in brackets at a weight matrix means.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "The square would be written without brackets. A number in brackets is the name of a "
        "layer, and nothing is multiplied.",
        "c": "The weights from layer 2 to layer 3 carry the number of the layer they lead into, 3.",
        "d": "Which image it is would be another number. The weights are the same for every image.",
    }
    choice(answer, "meaning", "abcd", wrong)
    return "The letter says what it is, the raised number to which layer it belongs."
