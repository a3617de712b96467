"""What the checks of all lessons share: reading an answer, and saying what is wrong with it."""

import math
import reprlib
from collections.abc import Iterator
from functools import wraps

import numpy as np


class Mistake(Exception):
    """A wrong answer; its text tells the learner what is wrong with it."""


def exercise(check):
    """Turn a function that returns what is right, or raises `Mistake`, into a check that prints."""

    @wraps(check)
    def run(answer, *given):
        if hasattr(answer, "numpy"):  # a tensor
            answer = answer.numpy()
        if answer is ...:
            print("Not attempted yet: replace the ... by your answer and run both cells again.")
            return
        try:
            print("Right.", check(answer, *given))
        except Mistake as slip:
            print("Not yet.", slip)
        except Exception as error:  # an answer that nobody foresaw must not stop Run All
            reason = f"{type(error).__name__}: {error}"
            print(f"Not yet. The check cannot read this answer ({reason}).")

    return run


def as_number(answer, name):
    """`answer` as a Python number, or a slip that says what came instead."""
    if hasattr(answer, "numpy"):  # a tensor
        answer = answer.numpy()
    if isinstance(answer, np.ndarray) and answer.size == 1:
        answer = answer.item()
    if isinstance(answer, tuple):
        raise Mistake(
            f"{name} should be one number, and a comma makes it several: {_short(answer)}. In code "
            "a number has no comma: 6,000 is 6000, and 2,5 is 2.5."
        )
    if isinstance(answer, bool) or not isinstance(answer, (int, float, np.integer, np.floating)):
        raise Mistake(f"{name} should be a number. You have {describe(answer)}.")
    return answer


def count(answer, name, expected, slips, hint, begin="You have"):
    """Mistake unless `answer` is the expected count. `slips` explains counts that were foreseen."""
    answer = as_number(answer, name)
    if not math.isfinite(answer):
        raise Mistake(f"{name} should be a count. You have {answer}.")
    if answer in slips:
        raise Mistake(f"{begin} {answer:,.0f}: {slips[answer]}.")
    if answer != expected:
        few = "more" if answer < expected else "fewer"
        raise Mistake(f"{begin} {answer:,}, and there are {few}. {hint}")


def choice(answer, name, letters, wrong):
    """Mistake unless the right letter is chosen, whether typed "b", "B)" or "(b).".

    `wrong` says of every other letter what is wrong with it.
    """
    letter = answer.strip(" ().:\"'").lower() if isinstance(answer, str) else ""
    if len(letter) != 1 or letter not in letters:
        options = ", ".join(f'"{option}"' for option in letters)
        raise Mistake(f"{name} should be one of {options}. You have {describe(answer)}.")
    if letter in wrong:
        raise Mistake(wrong[letter])


def as_array(answer, name, shape=None):
    """`answer` as a numeric array of the given shape, or a slip that says what came instead."""
    if answer is None or isinstance(answer, str) or callable(answer):
        raise Mistake(f"{name} should be an array of numbers. You have {describe(answer)}.")
    try:
        array = np.asarray(answer)
    except ValueError:
        raise Mistake(f"{name} has rows of different lengths, so it is not an array.") from None
    if array.dtype.kind not in "buif":
        raise Mistake(f"{name} should be an array of numbers. You have {describe(answer)}.")
    if shape is not None and array.shape != shape:
        raise Mistake(f"{name} has shape {array.shape}. It should have shape {shape}.")
    return array


def same_values(answer, expected, name, slips=()):
    """Mistake unless two arrays of one shape agree; it shows ranges and the first difference.

    `slips` explains arrays that were foreseen: pairs of an array and what is wrong with it.
    """
    answer = answer.astype(float)
    wrong = ~np.isclose(answer, expected, rtol=1e-4, atol=1e-6)
    if wrong.any():
        for foreseen, hint in slips:
            if np.allclose(answer, foreseen, rtol=1e-4, atol=1e-6):
                raise Mistake(f"{name} has the right shape, but {hint}")
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        at = ", ".join(str(i) for i in place)
        ranges = [f"from {a.min():.4g} to {a.max():.4g}" for a in (answer, expected)]
        range_ = f"its values run {ranges[0]} as they should"
        if ranges[0] != ranges[1]:
            range_ = f"its values run {ranges[0]}; they should run {ranges[1]}"
        raise Mistake(
            f"{name} has the right shape, and {range_}. The first that differs is at [{at}]: you "
            f"have {answer[place]:.4g}, it should be {expected[place]:.4g}."
        )


def describe(answer):
    """What a learner handed in, in a few words."""
    if answer is None:
        return "None (did a function forget to return, or a call print instead?)"
    if isinstance(answer, str):
        return f"the text {answer!r}"
    if isinstance(answer, np.ndarray):
        return f"an array of shape {answer.shape}"
    if callable(answer):
        return "a function (did you forget to call it?)"
    if isinstance(answer, Iterator):
        return "something that gives its values one by one (put it into list(...))"
    name = type(answer).__name__
    return f"{_short(answer)}, {'an' if name[0] in 'aeiou' else 'a'} {name}"


def _short(answer):
    """`repr` in one line, of containers only the first few entries."""
    shortened = reprlib.Repr()
    shortened.maxother = 60
    return " ".join(shortened.repr(answer).split())


def is_untouched(answer, *arguments):
    """Is `answer` still ``...``, or a function that still returns it?"""
    if not callable(answer):
        return answer is ...
    try:
        return answer(*arguments) is ...
    except Exception:
        return False


def call(answer, name, *arguments):
    """What a learner's function returns, or a slip that says why it returns nothing."""
    if not callable(answer):
        raise Mistake(f"{name} should be a function. You have {describe(answer)}.")
    try:
        return answer(*arguments)
    except Exception as error:
        hint = ""
        if "bitwise_xor" in str(error) or "for ^:" in str(error):
            hint = " A power is written **: a^2 means something else in Python, a**2 is a squared."
        raise Mistake(f"{name} stops with {type(error).__name__}: {error}.{hint}") from None
