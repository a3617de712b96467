"""Checks of the lesson "Your own digits"."""

import numpy as np

from course_utils.checks._core import Mistake, as_array, as_shape, call, describe, exercise

# Of red, green and blue, as people weigh them, rounded or not.
WEIGHTS = (
    (1 / 3, 1 / 3, 1 / 3),
    (0.33, 0.33, 0.33),
    (0.299, 0.587, 0.114),
    (0.2126, 0.7152, 0.0722),
    (0.21, 0.72, 0.07),
)
CORE = 0.9  # of the pixels well inside a stroke must be found
STRAY = 0.002  # of the pixels well outside may be

# Shapes to crop and to place: the centre of mass lies far from the middle of the box.
SEVEN = np.zeros((16, 12), dtype=np.uint8)
SEVEN[:6] = 255
SEVEN[6:, 8:11] = 200
HOOK = np.zeros((9, 16), dtype=np.uint8)
HOOK[:, :5] = 250
HOOK[7:, 5:] = 120
FLAG = np.zeros((20, 12), dtype=np.uint8)
FLAG[:, :2] = 180
FLAG[12:19, 2:] = 240


@exercise
def darkness(answer: object) -> str:
    """A function that turns a photograph into grey levels with bright ink.

    Parameters
    ----------
    answer : callable
        Takes an array of shape (height, width, 3), uint8, and returns one of shape (height, width)
        from 0 (white) to 255 (black).
    """
    rng = np.random.default_rng(0)
    for height, width in ((6, 9), (8, 3), (5, 5)):
        photo = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
        _one_darkness(call(answer, "my_darkness", photo), photo)
    return "Paper is near 0 now and ink is high, as in MNIST."


def _one_darkness(result, photo):
    """Raise `Mistake` unless one photograph has become right."""
    height, width, _ = photo.shape
    name = f"for a photograph of shape {photo.shape} the result"
    given = as_array(result, name)
    hints = {
        photo.shape: "There are still three numbers for each pixel: make one of them, as with "
        ".mean(axis=2).",
        (): "This is one number for the whole photograph. Average over the colours alone: axis=2.",
        (width, height): "Rows and columns have changed places.",
        (width, 3): "The mean goes over the rows. The colours are the last axis: axis=2.",
        (height, 3): "The mean goes over the columns. The colours are the last axis: axis=2.",
        (3,): "The mean goes over all pixels. The colours are the last axis: axis=2.",
        (height, width, 1): "Leave out the last axis: a grey picture has two.",
    }
    _same_shape(given, (height, width), name, hints)
    given = given.astype(float)
    greys = [photo @ np.array(weights) for weights in WEIGHTS]
    if any(np.abs(given - (255 - grey)).max() < 0.99 for grey in greys):
        return
    wrapped = (photo[..., 0] + photo[..., 1] + photo[..., 2]) / 3
    summed = photo.sum(axis=2, dtype=float)
    channels = {"red": 0, "green": 1, "blue": 2}
    slips = []
    for grey in greys:
        slips += [
            (grey, "the result is grey, but still bright where the paper is: not inverted. "
             "Subtract it from 255."),
            (1 - grey / 255, "the result runs from 0 to 1. The network expects 0 to 255, as "
             "stored: leave out the division."),
            (grey / 255, "the result runs from 0 to 1 and is not inverted. Keep 0 to 255 and "
             "subtract from 255."),
            (-grey, "the result is negative: subtract the grey levels from 255, not from 0."),
            (grey - 255, "the sign is flipped: 255 minus the grey level."),
            (grey.max() - grey, "the result is the distance from the brightest pixel of this "
             "photograph. White is 255 in every photograph: subtract from 255."),
        ]  # fmt: skip
    slips += [
        (255 - wrapped, "the sum of three uint8 numbers wraps around at 256. Convert to float "
         "first, or use .mean(axis=2)."),
        (wrapped, "the sum of three uint8 numbers wraps around at 256, and the result is not "
         "inverted. Use .mean(axis=2), and subtract from 255."),
        (255 - summed, "the three colours are added up, not averaged: divide by 3."),
        (765 - summed, "the three colours are added up: divide by 3 to come to 0 to 255."),
    ]  # fmt: skip
    slips += [
        (255.0 - photo[..., k], f"the result is {colour} alone. Blue ink and yellowish paper may "
         "look alike in one colour: use all three.")
        for colour, k in channels.items()
    ]  # fmt: skip
    slips += [
        (photo[..., k], f"the result is {colour} alone, and not inverted: use all three colours, "
         "and subtract from 255.")
        for colour, k in channels.items()
    ]  # fmt: skip
    for slip, says in slips:
        if np.abs(given - slip).max() < 0.99 * min(1, max(1, np.abs(slip).max()) / 255):
            raise Mistake(f"The shape is right, but {says}")
    raise Mistake(
        f"The shape is right, but the pixel with red, green, blue {photo[0, 0].tolist()} should be "
        f"near {255 - greys[0][0, 0]:.0f}, and you have {given[0, 0]:.4g}."
    )


@exercise
def find_ink(answer: object) -> str:
    """A function that tells ink from paper under uneven light.

    Any way to do it is right, as long as it finds the strokes and leaves out the paper on sheets
    whose strokes are known.

    Parameters
    ----------
    answer : callable
        Takes an array of shape (height, width), float, from 0 (white) to 255 (black), and returns
        True (or 255, or 1) where there is ink.
    """
    name = "the result"
    for number, (dark, core, edge, paper) in enumerate(_sheets(), start=1):
        given = as_array(call(answer, "my_find_ink", dark), name)
        hints = {(): "Compare pixel by pixel.", dark.shape[::-1]: "Rows and columns have changed."}
        _same_shape(given, dark.shape, name, hints)
        levels = np.unique(given)
        if len(levels) > 2:
            raise Mistake(
                f"The result has {len(levels):,} different values. The question asks for two, True "
                "and False: compare with >."
            )
        if len(levels) == 1:
            raise Mistake(f"On sheet {number} every pixel is {levels[0]}: no stroke is told apart.")
        ink = given == levels[1]
        _one_sheet(number, dark, ink, core, edge, paper)
    return "On three sheets of uneven light the strokes are found, and no paper."


def _one_sheet(number, dark, ink, core, edge, paper):
    """Raise `Mistake` unless the ink of one sheet is found."""
    found, stray = ink[core].mean(), ink[paper].mean()
    if found >= CORE and stray <= STRAY:
        return
    numbers = f"on sheet {number} {found:.0%} of the ink is found, and {_share(stray)} of the paper"
    if found < 0.1 and stray > 0.9:
        raise Mistake(f"True and False have changed places: {numbers}.")
    if dark[ink].min() >= dark[~ink].max():
        raise Mistake(
            "This is one threshold for the whole picture. Where the light falls off it fails: "
            f"{numbers} taken for ink. Compare each pixel with the mean around it."
        )
    if dark[ink].max() <= dark[~ink].min():
        raise Mistake(
            "This is one threshold for the whole picture, and it takes what is bright. In dark "
            "the ink is high."
        )
    if found < ink[edge].mean():
        raise Mistake(
            f"The strokes are hollow: {numbers} taken for ink. Inside a stroke the window sees ink "
            "alone if it is no wider than the stroke: take 81."
        )
    if found < 0.1:
        raise Mistake(
            f"You find what is brighter than its surroundings, or next to nothing: {numbers} taken "
            "for ink. In dark the ink is higher than the mean around it."
        )
    if found >= CORE and stray > 0.1:
        raise Mistake(
            f"The strokes are there, but {numbers} taken for ink: noise alone lifts a pixel above "
            "the mean around it. Ask for 30 more than the mean."
        )
    if found >= CORE:
        raise Mistake(
            f"The strokes are there, but {numbers} taken for ink. A speck far from the digit makes "
            "the box too large: ask for more than the mean, by 30, and use a window of 81."
        )
    raise Mistake(
        f"Strokes are lost: {numbers} taken for ink. In the shadow ink and paper differ less: is "
        "the margin small enough (30)?"
    )


def _share(share):
    return "none" if share == 0 else "less than 1 %" if share < 0.01 else f"{share:.0%}"


def _sheets():
    """Three sheets with known strokes: dark, the middle of the strokes, their edges, paper."""
    y, x = np.mgrid[:240, :300]
    lines = [  # a point, a direction, half the length
        [((120, 150), (0, 1), 60), ((90, 150), (1, 0), 40)],
        [((70, 220), (1, -1), 50), ((100, 200), (1, 1), 40)],
        [((120, 80), (1, 0), 70)],
    ]
    shades = [x / 300, 1 - y / 240, (x + y) / 540]
    rng = np.random.default_rng(0)
    for strokes, shade in zip(lines, shades, strict=True):
        distance = np.full(x.shape, np.inf)
        for (row, column), (down, right), half in strokes:
            length = np.hypot(down, right)
            along = ((y - row) * down + (x - column) * right) / length
            along = np.clip(along, -half, half)
            away = np.hypot(y - row - along * down / length, x - column - along * right / length)
            distance = np.minimum(distance, away)
        ink = np.clip((8 - distance) / 2, 0, 1)  # strokes of about 15 pixels, soft edges
        light = 1 - 0.65 * shade
        photo = (230 * (1 - ink) + 65 * ink) * light + rng.normal(0, 4, x.shape)
        edge = (distance > 5) & (distance < 7)
        yield 255 - np.clip(photo, 0, 255), distance < 4, edge, distance > 12


@exercise
def crop(answer: object) -> str:
    """A function that cuts out the bounding box of the ink.

    Parameters
    ----------
    answer : callable
        Takes an array of shape (height, width), bool or uint8, and returns the part with ink.
    """
    for shape, top, left, mark in _marks():
        ink = np.zeros(shape, dtype=bool)
        height, width = mark.shape
        ink[top : top + height, left : left + width] = mark
        right = ink[top : top + height, left : left + width]
        result = call(answer, "my_crop", ink)
        if isinstance(result, tuple):
            raise Mistake(
                f"my_crop returns a tuple of {len(result)}. It should return the part itself: "
                "ink[top:bottom, left:right]."
            )
        _one_crop(as_array(result, "the result"), ink, right)
    return "The box begins and ends with ink on all four sides."


def _marks():
    """Shapes of sheets, places and marks: not square, with a gap inside, at the edge."""
    one = np.ones((5, 2), dtype=bool)
    gap = np.zeros((7, 5), dtype=bool)
    gap[0] = gap[-1] = True
    gap[:, 0] = gap[:, -1] = True
    gap[3] = gap[:, 2] = False  # an empty row and an empty column inside
    return [((12, 16), 3, 9, one), ((15, 11), 4, 2, gap), ((9, 9), 0, 3, HOOK[3:9, 3:9] > 0)]


def _one_crop(given, ink, right):
    """Raise `Mistake` unless the part of one sheet is right."""
    if given.shape == right.shape and np.array_equal(given > 0, right):
        return
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    top, bottom, left, last = rows[0], rows[-1], columns[0], columns[-1]
    slips = [
        (ink, "nothing was cut off."),
        (ink[top:bottom, left:last], "the last row and the last column of the ink are missing: a "
         "slice ends before its second number, so add 1."),
        (ink[top:bottom, left : last + 1], "the last row of the ink is missing: add 1 to the end "
         "of the slice."),
        (ink[top : bottom + 1, left:last], "the last column of the ink is missing: add 1 to the "
         "end of the slice."),
        (ink[top : bottom + 2, left : last + 2], "there is one row or column too many at the end."),
        (ink[max(top - 1, 0) : bottom + 2, max(left - 1, 0) : last + 2], "there is a border of "
         "paper one pixel wide around it."),
        (ink[top : bottom + 1], "only the rows are cut: columns as well."),
        (ink[:, left : last + 1], "only the columns are cut: rows as well."),
        (ink[left : last + 1, top : bottom + 1], "rows and columns are swapped: any(axis=1) tells "
         "which rows have ink."),
        (right.T, "it is transposed: rows and columns have changed places."),
        (ink[ink.any(axis=1)][:, ink.any(axis=0)], "empty rows or columns inside the digit are "
         "gone, too. The box goes from the first to the last, with everything between."),
    ]  # fmt: skip
    about = f"For a sheet of shape {ink.shape} the part should have shape {right.shape}"
    for slip, says in slips:
        if given.shape == slip.shape and np.array_equal(given > 0, slip > 0):
            raise Mistake(f"{about}, and yours has {given.shape}: {says}")
    if given.shape == right.shape:
        raise Mistake(f"{about}, as yours has, but other pixels are in it.")
    raise Mistake(f"{about}, and yours has {given.shape}.")


@exercise
def new_size(answer: object) -> str:
    """A function that says how large a box is once its longer side has 20 pixels.

    Parameters
    ----------
    answer : callable
        Takes height and width, and returns the new ones, whole numbers.
    """
    cases = [(100, 50), (50, 100), (100, 58), (100, 56), (110, 4), (400, 3), (10, 5), (37, 37)]
    for height, width in cases:
        result = call(answer, "my_size", height, width)
        _one_size(result, height, width)
    return "The proportions are kept, and the finest line is still one pixel wide."


def _one_size(result, height, width):
    """Raise `Mistake` unless one new size is right."""
    factor = 20 / max(height, width)
    exact = (factor * height, factor * width)
    right = tuple(max(1, round(side)) for side in exact)
    begin = f"For a box of {height} by {width}"
    is_array = isinstance(result, np.ndarray) and result.ndim
    if (is_array or isinstance(result, (tuple, list))) and len(result) == 2:
        pair = as_array(result, "the result").astype(float)
        if pair.shape == (2,) and np.isfinite(pair).all() and (pair % 1).any():
            raise Mistake(f"{begin} my_size gives {_pair(pair)}: whole pixels only, use round.")
    else:
        raise Mistake(f"{begin} my_size should give two numbers. You have {describe(result)}.")
    given = as_shape(result, f"{begin} the new size")
    if given == right:
        return
    smaller = 20 / min(height, width)
    slips = [
        (right[::-1], "the order is height, width (the resize of Pillow takes them the other way "
         "round)."),
        ((20, 20), "both sides have become 20, so the proportions are lost."),
        (tuple(round(smaller * side) for side in (height, width)), "now the shorter side has 20 "
         "pixels. It is the longer one that should: max."),
        (tuple(max(1, round(1.4 * side)) for side in exact), "28 is the size of the whole image. "
         "The ink gets 20."),
        ((height, width), "nothing has changed: a small digit is enlarged to 20 as well."),
        (tuple(round(side) for side in exact), "no side may become 0: take at least 1."),
        (tuple(int(side) for side in exact), f"{_pair(exact)} is rounded down. Round to the "
         "nearest, at least 1."),
        (tuple(max(1, int(side)) for side in exact), f"{_pair(exact)} is rounded down. Round to "
         "the nearest."),
        (tuple(int(np.ceil(side)) for side in exact), f"{_pair(exact)} is rounded up. Round to "
         "the nearest."),
    ]  # fmt: skip
    says = next((says for slip, says in slips if given == slip), "multiply both sides by the same "
                "factor, 20 / max(height, width).")  # fmt: skip
    raise Mistake(f"{begin} you have {given}, it should be {right}: {says}")


def _pair(numbers):
    return f"({numbers[0]:.4g}, {numbers[1]:.4g})"


@exercise
def place(answer: object) -> str:
    """A function that puts a small picture into 28 x 28 pixels by its centre of mass.

    Parameters
    ----------
    answer : callable
        Takes an array of shape (height, width), uint8, at most 20 x 20, and returns one of shape
        (28, 28).
    """
    for small in (SEVEN, HOOK, FLAG):
        given = as_array(call(answer, "my_place", small), "the result")
        _one_place(given, small)
    return "The ink balances in the middle, as in MNIST."


def _one_place(given, small):
    """Raise `Mistake` unless one small picture is in its place."""
    _same_shape(given, (28, 28), "the result", {
        small.shape: "That is the small picture. Put it into np.zeros((28, 28)).",
        (784,): "Leave it as a table of 28 rows.",
        (28, 28, 1): "Leave out the channel here.",
    })  # fmt: skip
    height, width = small.shape
    rows, columns = np.flatnonzero(given.any(axis=1)), np.flatnonzero(given.any(axis=0))
    if not rows.size:
        raise Mistake("The image is empty: assign the small picture to a part of it.")
    part = given[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(float)
    if part.shape != small.shape or not np.allclose(part, small):
        if part.shape == small.shape[::-1] and np.allclose(part, small.T):
            raise Mistake("The digit is transposed: rows and columns have changed places.")
        if part.shape == small.shape and np.allclose(part * 255, small):
            raise Mistake("The digit runs from 0 to 1. Keep the grey levels from 0 to 255.")
        if part.shape == small.shape:
            raise Mistake("The digit is whole, but its grey levels have changed.")
        if part.shape[0] < height or part.shape[1] < width:
            raise Mistake(
                f"Of the digit of {height} by {width} only {part.shape[0]} by {part.shape[1]} are "
                "in the image: is a part of it beyond the edge?"
            )
        raise Mistake("The digit has come apart: it should be in the image as it is.")
    mass = small / small.sum()
    row, column = mass.sum(axis=1) @ np.arange(height), mass.sum(axis=0) @ np.arange(width)
    place = (int(rows[0]), int(columns[0]))
    centre = (row + place[0], column + place[1])
    if all(12.95 <= c <= 14.55 for c in centre):
        return
    by_box = [((28 - height) // 2 + d, (28 - width) // 2 + e) for d in (0, 1) for e in (0, 1)]
    slips = [
        (by_box, "the middle of the box is in the middle. MNIST puts the centre of mass there."),
        ([(0, 0)], "the digit is in the upper left corner: move it down and to the right."),
        (_near(14 - column, 14 - row), "row and column have changed places: the first number of "
         "center_of_mass is the row."),
        (_near(row, column), "the centre of mass itself was taken for the corner. The corner is at "
         "14 minus it."),
        (_near(14, 14), "the corner of the box is in the middle. The corner is at 14 minus the "
         "centre of mass."),
        (_near(20 / 2 - row, 20 / 2 - column), "the middle of 28 pixels is 14, not 10."),
    ]  # fmt: skip
    where = f"row {centre[0]:.1f}, column {centre[1]:.1f}"
    for places, says in slips:
        if place in places:
            raise Mistake(f"The ink balances at {where}: {says}")
    raise Mistake(f"The ink balances at {where}. It should balance near row 14, column 14.")


def _near(row, column):
    """The whole places that a corner may be rounded to."""
    floors = int(np.floor(row)), int(np.floor(column))
    return [(floors[0] + d, floors[1] + e) for d in (0, 1) for e in (0, 1)]


def _same_shape(given, expected, name, hints):
    if given.shape != expected:
        hint = hints.get(given.shape, "")
        begin = f"{name[0].upper()}{name[1:]}"
        raise Mistake(f"{begin} has shape {given.shape}, it should have {expected}. {hint}".strip())
