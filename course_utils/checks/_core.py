"""What the checks of all lessons share: reading an answer, and saying what is wrong with it."""

import contextlib
import inspect
import math
import os
import re
import reprlib
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import wraps

import numpy as np


class Mistake(Exception):
    """A wrong answer; its text tells the learner what is wrong with it."""


class NotAttempted(Exception):
    """An answer that is still ``...``, or a function that still returns it."""


class NotRight(Exception):
    """What a check raises in place of printing, while nbgrader grades a notebook."""

    def _render_traceback_(self):
        """What a notebook shows of it: the sentence, without the lines of code that led to it."""
        return [str(self)]


def exercise(check: Callable[..., str]) -> Callable[..., None]:
    """Turn a function that returns what is right, or raises `Mistake`, into a check.

    The check prints its message. While nbgrader grades a notebook, a message about an answer that
    is not right is raised as `NotRight`, since a cell that raises gets no points.
    """

    @wraps(check)
    def run(answer, *given):
        try:
            if hasattr(answer, "numpy"):  # a tensor
                answer = answer.numpy()
            if answer is ...:
                raise NotAttempted
            with np.errstate(all="ignore"), _harmless_warnings():  # red would hide the message
                text = f"Right. {check(answer, *given)}"
        except NotAttempted:
            text = "Not attempted yet: replace the ... with your answer and run both cells again."
        except Mistake as mistake:
            text = f"Not yet. {mistake}"
        except Exception as error:
            text = unforeseen(error)
        else:
            print(text)
            return
        _not_right(text)

    return run


def _grading():
    """Whether nbgrader runs this kernel, to grade a notebook or to validate it."""
    return "NBGRADER_EXECUTION" in os.environ


def _not_right(text):
    """Print a message, or raise it while nbgrader grades."""
    if _grading():
        raise NotRight(text)
    print(text)


def _harmless_warnings():
    """While nbgrader grades, print warnings as text: a cell that writes in red gets no points."""
    return contextlib.redirect_stderr(sys.stdout) if _grading() else contextlib.nullcontext()


def moved(title: str, names: set[str]) -> Callable[[str], Callable[..., None]]:
    """A module's ``__getattr__`` for exercises that have moved to another lesson.

    A saved copy of the old lesson still calls them. They print where the exercise is now, for one
    release.
    """

    def lookup(name: str) -> Callable[..., None]:
        if name not in names:
            raise AttributeError(f"this lesson has no check {name!r}")
        return lambda *_: _not_right(
            f"This page is a copy of an older lesson: its exercise is now in the lesson {title!r}. "
            "Open that one from the list of notebooks; what you wrote here stays here."
        )

    return lookup


def unforeseen(error: Exception) -> str:
    """What a check says about an answer that it cannot read, so that *Run All* goes on."""
    return f"Not yet. The check cannot read this answer ({type(error).__name__}: {error})."


def ended(text: object) -> str:
    """A text with one mark at its end: its own, or else a full stop."""
    text = str(text).rstrip()
    return text if text.endswith((".", "?", "!")) else f"{text}."


def as_number(answer: object, name: str) -> int | float:
    """`answer` as a Python number.

    Raises
    ------
    Mistake
        If it is not a number; the message says what it is.
    """
    if isinstance(answer, str) and re.fullmatch(r"[\s(+-]*\d[\d\s.,_*+/()-]*", answer):
        raise Mistake(
            f"{name} is {describe(answer)}. Quotes make it text; a number is written without them."
        )
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
    if isinstance(answer, int) and abs(answer) > 1e300:  # too large for a float
        raise Mistake(f"{name} is a number with more than 300 digits. Did you mean * and not **?")
    return answer


def count(
    answer: object,
    name: str,
    expected: int,
    mistakes: dict[int, str],
    hint: str,
    begin: str = "You have",
) -> None:
    """Raise `Mistake` unless `answer` is the expected count, as an int or as a float.

    `mistakes` explains wrong counts that were foreseen, `hint` helps with all others, and `begin`
    is how the message begins. A dot for thousands (13.002 for 13,002) is recognised in the
    expected count and in those foreseen.
    """
    answer = as_number(answer, name)
    if not math.isfinite(answer):
        raise Mistake(f"{name} should be a count. You have {answer}.")
    same = next((n for n in (expected, *mistakes) if math.isclose(answer, n, rel_tol=1e-12)), None)
    if same is not None:  # a float cannot hold every large integer
        answer = same
    elif isinstance(answer, (float, np.floating)):
        if any(n >= 1000 and math.isclose(1000 * answer, n) for n in (expected, *mistakes)):
            raise Mistake(
                f"You have {answer}: in code a dot is a decimal point. Write thousands without it, "
                "6000 or 6_000."
            )
        if not float(answer).is_integer():
            raise Mistake(f"{name} should be a count, a whole number. You have {answer}.")
    if answer in mistakes:
        raise Mistake(f"{begin} {int(answer):,}: {ended(mistakes[answer])}")
    if answer != expected:
        few = "more" if answer < expected else "fewer"
        shown = f"{int(answer):,}" if abs(answer) < 1e15 else f"{answer:.3g}"
        raise Mistake(f"{begin} {shown}, and there are {few}. {hint}")


def choice(answer: object, name: str, letters: str, wrong: dict[str, str]) -> None:
    """Raise `Mistake` unless the right letter is chosen, whether typed "b", "B)" or "(b).".

    `wrong` says of every other letter what is wrong with it.
    """
    letter = answer.strip(" ().:\"'").lower() if isinstance(answer, str) else ""
    if len(letter) != 1 or letter not in letters:
        options = ", ".join(f'"{option}"' for option in letters)
        raise Mistake(f"{name} should be one of {options}. You have {describe(answer)}.")
    if letter in wrong:
        raise Mistake(wrong[letter])


def as_array(answer: object, name: str) -> np.ndarray:
    """`answer` as an array of numbers or of True and False.

    Raises
    ------
    Mistake
        If it is not; the message says what it is.
    """
    if answer is None or isinstance(answer, str) or callable(answer):
        raise Mistake(f"{name} should be an array of numbers. You have {describe(answer)}.")
    try:
        array = np.asarray(answer)
    except ValueError:
        raise Mistake(f"{name} has rows of different lengths, so it is not an array.") from None
    if array.dtype.kind not in "buif":
        raise Mistake(f"{name} should be an array of numbers. You have {describe(answer)}.")
    return array


def as_list(answer: object, name: str, contents: str, length: int | None = None) -> list:
    """`answer` as a list, from a list, a tuple or an array.

    Raises
    ------
    Mistake
        If it is none of them or has another length; `contents` says what should be in it.
    """
    is_array = isinstance(answer, np.ndarray) and answer.ndim
    if not (is_array or isinstance(answer, (list, tuple))):
        raise Mistake(f"{name} should be a list of {contents}. You have {describe(answer)}.")
    if length is not None and len(answer) != length:
        entries = "1 entry" if len(answer) == 1 else f"{len(answer)} entries"
        raise Mistake(f"{name} has {entries}. It should be a list of {contents}.")
    return answer.tolist() if is_array else list(answer)


def as_shape(answer: object, name: str) -> tuple[int, ...]:
    """`answer` as the shape of an array, from a tuple, a list or an array.

    Raises
    ------
    Mistake
        If there is anything in it that is not a whole number, or too large.
    """
    is_array = isinstance(answer, np.ndarray) and answer.ndim
    if (is_array or isinstance(answer, (list, tuple))) and all(map(_is_length, answer)):
        return tuple(int(length) for length in answer)
    raise Mistake(f"{name} should be a tuple of whole numbers. You have {describe(answer)}.")


def _is_length(number):
    whole = isinstance(number, (int, np.integer)) or (
        isinstance(number, (float, np.floating)) and number.is_integer()
    )
    return whole and not isinstance(number, bool) and abs(number) < 1e9


def same_shape(
    answer: np.ndarray,
    expected: tuple[int, ...],
    name: str,
    hints: dict[tuple[int, ...], str] | None = None,
    otherwise: str = "",
) -> None:
    """Raise `Mistake` unless an array has the expected shape.

    `hints` explains wrong shapes that were foreseen, `otherwise` helps with all others.
    """
    if answer.shape != expected:
        hint = (hints or {}).get(answer.shape, otherwise)
        end = f": {hint}" if hint else "."
        raise Mistake(f"{name} has shape {answer.shape}. It should have shape {expected}{end}")


def same_values(
    answer: np.ndarray,
    expected: np.ndarray,
    name: str,
    mistakes: Iterable[tuple[np.ndarray, str]] = (),
    *,
    rounding: float = 0,
    decimals: int | None = None,
) -> None:
    """Raise `Mistake` unless two arrays of one shape agree, to four digits.

    Parameters
    ----------
    answer, expected : ndarray
    name : str
    mistakes : iterable of (ndarray, str), optional
        Wrong arrays that were foreseen, each with what is wrong with it. Of any other the message
        gives the range and the first difference.
    rounding : float, default=0
        How far a right number may be off, where a computation in another precision tips a
        comparison or two.
    decimals : int, optional
        If given, numbers may also be rounded to so many decimals or more: see `as_printed`.

    Raises
    ------
    Mistake
        If they differ.
    """
    answer = answer.astype(float)
    wrong = ~np.isclose(answer, expected, rtol=1e-4, atol=1e-6)
    if wrong.any():
        foreseen = [(np.asarray(array), hint) for array, hint in mistakes]
        for array, hint in foreseen:
            if np.allclose(answer, array, rtol=1e-4, atol=1e-6):
                raise Mistake(f"{name} has the right shape, but {hint}")
        if rounding and np.allclose(answer, expected, atol=rounding):
            return
        if decimals is not None:
            if as_printed(answer, expected, decimals).all():
                return
            for array, hint in foreseen:
                if as_printed(answer, array, decimals).all():
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


def as_printed(answer: object, expected: object, decimals: int = 2) -> np.ndarray:
    """Where numbers are the expected ones, exactly or rounded as a cell may print them.

    If 0.9347 is expected, 0.935 and 0.93 are right. 0.94 is wrong, and so is 0.931: a number with
    more decimals is compared in all of them, so that a slip that changes little is not taken for
    rounding.

    Parameters
    ----------
    answer, expected : array_like of numbers
        A number or an array; shapes are broadcast.
    decimals : int, default=2
        The fewest decimals that will do: 2 for a share, 0 for a percentage.

    Returns
    -------
    ndarray of bool
        ``as_printed(answer, expected).all()`` accepts or refuses an answer.
    """
    answer, expected = np.asarray(answer, dtype=float), np.asarray(expected, dtype=float)
    same = np.isclose(answer, expected, rtol=1e-4, atol=1e-6)
    for places in range(decimals, decimals + 6):
        is_rounded = np.isclose(answer, np.round(answer, places), rtol=1e-7, atol=1e-9)
        same |= is_rounded & (np.abs(answer - expected) <= 0.5001 * 10.0**-places)
    return same


def describe(answer: object) -> str:
    """What an answer is, in a few words."""
    if answer is None:
        return "None (did a function forget to return, or a call print instead?)"
    if isinstance(answer, str):
        return f"the text {_short(answer)}"
    if isinstance(answer, np.ndarray):
        return f"an array of shape {answer.shape}"
    if isinstance(answer, type) or inspect.isroutine(answer):
        return "a function (did you forget to call it?)"
    if isinstance(answer, Iterator):
        return "an iterator, which yields its values one by one (put it into list(...))"
    if isinstance(answer, (set, frozenset)):
        return f"{_short(answer)}, a set, which has no order"
    name, text = type(answer).__name__, _short(answer)
    article = "an" if name[0].lower() in "aeiou" else "a"
    return f"{article} {name}" if text.startswith("<") else f"{text}, {article} {name}"


def listed(items: Collection[object]) -> str:
    """The items as a sentence lists them: ``16, 16 and 10``."""
    *most, last = [str(item) for item in items]
    return f"{', '.join(most)} and {last}" if most else last


def _short(answer):
    """`repr` in one short line, of containers only the first few entries."""
    shortened = reprlib.Repr()
    shortened.maxother = shortened.maxstring = 60
    text = " ".join(shortened.repr(answer).split())
    return text if len(text) <= 120 else f"{text[:117]}..."


def call(answer: object, name: str, *arguments: object) -> object:
    """What a learner's function returns. It gets copies of arrays, and may change them.

    Raises
    ------
    NotAttempted
        If it still returns ``...``.
    Mistake
        If it is not a function or stops with an error; the message says which.
    """
    if not callable(answer):
        raise Mistake(f"{name} should be a function. You have {describe(answer)}.")
    try:
        result = answer(*(a.copy() if isinstance(a, np.ndarray) else a for a in arguments))
    except Exception as error:
        hint = ""
        if "bitwise_xor" in str(error) or "for ^:" in str(error):
            hint = " A power is written **: a^2 means something else in Python, a**2 is a squared."
        raise Mistake(f"{name} stops with {type(error).__name__}: {ended(error)}{hint}") from None
    if result is ...:
        raise NotAttempted
    return result
