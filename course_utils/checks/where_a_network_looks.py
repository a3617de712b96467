"""Checks of the lesson "Where a network looks"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    choice,
    exercise,
    same_shape,
    same_values,
)


@exercise
def drop_per_digit(
    answer: object, answers: np.ndarray, answers_without: np.ndarray, labels: np.ndarray
) -> str:
    """Accuracy lost on each digit when a feature map is switched off.

    Parameters
    ----------
    answer : ndarray of shape (10,)
        Accuracy before minus accuracy after.
    answers, answers_without : ndarray of shape (n_images,)
        What the network says with all maps, and without one.
    labels : ndarray of shape (n_images,)
    """
    name = "drop"
    drop = as_array(answer, name)

    def per_digit(said, divide=True):
        hits = np.bincount(labels[said == labels], minlength=10)
        return hits / np.bincount(labels, minlength=10) if divide else hits

    right = per_digit(answers) - per_digit(answers_without)
    overall = (answers == labels).mean() - (answers_without == labels).mean()
    if drop.shape == () and np.isclose(float(drop), overall):
        raise Mistake(
            "drop is one number, the drop on all images together. Take the images of one digit at "
            "a time: test_labels == digit."
        )
    if drop.shape == (1, 10) or drop.shape == (10, 1):
        drop = drop.ravel()
    if drop.shape != (10,):
        raise Mistake(f"{name} has shape {drop.shape}. It should have shape (10,), one per digit.")
    by_answer = [
        np.array([(labels[said == digit] == digit).mean() for digit in range(10)])
        for said in (answers, answers_without)
    ]
    changed = np.array([(answers != answers_without)[labels == d].mean() for d in range(10)])
    mistakes = [
        (-right, "the sign is flipped. A drop is accuracy before minus accuracy after."),
        (per_digit(answers, False) - per_digit(answers_without, False), "these are counts of "
         "images. Divide by the number of images of each digit."),
        ((per_digit(answers, False) - per_digit(answers_without, False)) / len(labels), "you "
         "divided by all images. Divide by the images of each digit."),
        (100 * right, "these are percentages. An accuracy runs from 0 to 1."),
        (per_digit(answers_without), "this is the accuracy after. Subtract it from the "
         "accuracy before."),
        (per_digit(answers), "this is the accuracy before. Subtract the accuracy after."),
        (changed, "this is how often the answer changed. A changed answer may be a gain: compare "
         "both with the labels."),
        (by_answer[0] - by_answer[1], "you grouped the images by what the network says. Group "
         "them by what they are: test_labels == digit."),
        (np.full(10, overall), "each digit has the drop on all images. Take only those with "
         "test_labels == digit."),
    ]  # fmt: skip
    if not any(np.allclose(drop, right.round(decimals), atol=1e-9) for decimals in (2, 3)):
        same_values(drop, right, name, mistakes)
    worst, gain = int(right.argmax()), int(right.argmin())
    better = f" The {gain} is read better without this map." if right[gain] < 0 else ""
    return f"The {worst} loses most.{better}"


@exercise
def favourites(answer: object) -> str:
    """What the images that excite map 48 most have shown.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "The strongest images are nearly all fours, but not the average: the threes excite "
        "the map on average as much as the fours. Compare the ten numbers.",
        "b": "You measured that: without the map the fours lose next to nothing. Other maps "
        "know enough.",
        "d": "The frames hold something in common: ink at the left, a gap, ink at the lower right.",
    }
    choice(answer, "shown", "abcd", wrong)
    return "All digits excite the map; its strongest images show what it asks for at its clearest."


@exercise
def adversarial(answer: object, images: np.ndarray, slope: np.ndarray, size: float) -> str:
    """Images moved one step against the sign of a slope.

    Parameters
    ----------
    answer : ndarray of shape (n_images, height, width)
    images : ndarray of shape (n_images, height, width)
        Grey levels from 0 to 255.
    slope : ndarray of shape (n_images, height, width)
        How fast the lead of the right digit grows with each pixel.
    size : float
        Grey levels by which each pixel moves.
    """
    name = "adversarial"
    moved = as_array(answer, name)
    if moved.shape == (*images.shape, 1):
        moved = moved[..., 0]
    same_shape(moved, images.shape, name)
    images = images.astype(float)
    sign = np.sign(slope)
    right = np.clip(images - size * sign, 0, 255)
    if np.allclose(moved, np.round(right), atol=1e-3) or np.allclose(moved, right, atol=1e-2):
        return (
            f"Every pixel with a slope has moved by {size} grey levels, or to the end of the scale."
        )

    def bytes_of(numbers):
        return (np.round(numbers).astype(int) % 256).astype(float)

    step = size / (255 if images.max() > 1 else 1)
    foreseen = [
        (images - size * sign, "the result leaves the scale of grey levels. Cut it off at 0 and "
         "at 255: np.clip."),
        (np.clip(images + size * sign, 0, 255), "the step goes with the slope and makes the lead "
         "larger. Go against it: minus."),
        (images + size * sign, "the step goes with the slope and makes the lead larger (minus), "
         "and the result is not kept between 0 and 255."),
        (np.clip(images - size * slope, 0, 255), "the step is the slope itself, so most pixels "
         "hardly move. Take its sign: np.sign."),
        (images - size * slope, "the step is the slope itself, so most pixels hardly move. Take "
         "its sign, and keep the result between 0 and 255."),
        (np.clip(images - sign, 0, 255), f"each pixel moves by 1. It should move by {size}."),
        (np.clip(images - step * sign, 0, 255), f"the step is divided by 255, but these images "
         f"run from 0 to 255: move by {size}."),
        (np.clip(images - size * sign, 0, 1), "the result is kept between 0 and 1. Grey levels "
         "run to 255 here."),
        (np.clip(images / 255 - size * sign, 0, 1), "the images were divided by 255, the step was "
         "not. Leave the grey levels as they are."),
        (np.clip(-size * sign, 0, 255), "this is the step alone. Add it to the images."),
        (-size * sign, "this is the step alone. Add it to the images."),
        (np.clip(images - size * np.abs(sign), 0, 255), "every pixel has become lighter. Where "
         "the slope is below 0, the pixel should become darker."),
        (images, "these are the images as they were."),
        (bytes_of(images - size * sign), "numbers below 0 or above 255 wrapped around, as bytes "
         "do. Clip before you convert."),
    ]  # fmt: skip
    same_values(moved, right, name, foreseen)
    return ""


@exercise
def plane(answer: object, rows: np.ndarray, directions: np.ndarray) -> str:
    """Places of images in the plane of the first two principal components.

    Parameters
    ----------
    answer : ndarray of shape (n_images, 2)
    rows : ndarray of shape (n_images, n_numbers)
    directions : ndarray of shape (n_components, n_numbers)
        Of length 1, the direction of largest variance first.
    """
    name = "plane"
    given = as_array(answer, name)
    n = len(rows)
    centred = rows.astype(float) - rows.mean(axis=0, dtype=float)
    right = centred @ directions[:2].T
    hints = {
        (2, n): "the images should be the rows: transpose it, .T.",
        (n,): "this is one number for each image. Take both directions: directions[:2].",
        (n, len(directions)): "these are all directions. Take the first two rows: directions[:2].",
        rows.shape: "these are rows of numbers, not yet multiplied by the two directions: @.",
        (2, rows.shape[1]): "these are the two directions. Multiply the rows by them: @ and .T.",
    }
    same_shape(given, (n, 2), name, hints)
    foreseen = [
        (rows @ directions[:2].T, "the mean row is not subtracted."),
        ((rows - rows.mean()) @ directions[:2].T, "one number, the mean of all, is subtracted. "
         "Subtract the mean row: rows.mean(axis=0)."),
        ((rows - rows.mean(axis=1, keepdims=True)) @ directions[:2].T, "each image has lost its "
         "own mean (axis=1). Subtract the mean row: rows.mean(axis=0)."),
        (right[:, ::-1], "the two directions are swapped."),
        (centred @ directions[-2:].T, "these are the last two directions, those of the smallest "
         "variance."),
        (centred @ directions[1:3].T, "these are the second and the third direction. The first "
         "row is number 0."),
        (centred[:, :2], "these are the first two numbers of each row. Multiply the rows by the "
         "two directions: @."),
        (right / np.linalg.norm(right, axis=0), "each direction was divided by its length in "
         "the plane. Keep the distances as they are."),
        (right / right.std(axis=0), "each direction was divided by its standard deviation. Keep "
         "the distances as they are."),
        (-right, "the sign is flipped: subtract the mean row from the rows, not the rows from it."),
    ]  # fmt: skip
    if not np.allclose(given, right, rtol=1e-3, atol=6e-3):  # float32, or two decimals
        for wrong, hint in foreseen:
            if np.allclose(given, wrong, rtol=1e-3, atol=1e-4):
                raise Mistake(f"{name} has the right shape, but {hint}")
        same_values(given, right, name)
    return "The plane keeps the two directions in which the images differ most, and drops the rest."
