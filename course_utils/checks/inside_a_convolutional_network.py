"""Checks of the lesson "Inside a convolutional network"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_list,
    as_shape,
    choice,
    exercise,
    same_shape,
    same_values,
)

LAYERS = ("conv 1", "pool 1", "conv 2", "pool 2")
SHAPES = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64)]


@exercise
def layer_shapes(answer: object) -> str:
    """Shapes of what the first four layers make of one image.

    Parameters
    ----------
    answer : list of tuple of int
        Height, width and number of maps of conv 1, pool 1, conv 2 and pool 2.
    """
    answer = as_list(answer, "shapes", "four tuples, one for each layer", 4)
    for name, given, right in zip(LAYERS, answer, SHAPES, strict=True):
        _one_shape(name, given, right)
    return "21,632, then 5,408, then 7,744, then 1,600 numbers for one image of 784."


def _one_shape(name, given, right):
    """Raise `Mistake` unless the shape of one layer is right."""
    if isinstance(given, (list, tuple)) and len(given) == 4:
        raise Mistake(
            f"{name}: {tuple(given)} has four entries. Leave out the first, the number of images: "
            "the question asks for the shape of one image."
        )
    sizes = as_shape(given, f"{name}: the shape")
    if sizes == right:
        return
    if len(sizes) == 2:
        raise Mistake(f"{name}: {sizes} is one map. Add at the end how many maps there are.")
    if len(sizes) != 3:
        raise Mistake(f"{name}: {sizes} should be three numbers: height, width, number of maps.")
    height, _, n_maps = sizes
    if sizes == right[::-1] or sizes == (right[2], *right[:2]):
        raise Mistake(f"{name}: {sizes} has the maps first. Keras puts them last.")
    if n_maps != right[2]:
        where = (
            "Pooling keeps the number of maps"
            if "pool" in name
            else "There is one map for each kernel"
        )
        raise Mistake(f"{name}: {sizes} ends with {n_maps}. {where}: look at the model.")
    two = "a kernel of 3 takes 2 away: one on each side"
    slides = "pooling takes windows of 2 by 2 side by side: it halves, it does not slide"
    hints = {
        ("conv 1", 28): "a kernel of 3 has no place where it would reach over the edge, so the map "
        "is smaller than the image by 2",
        ("conv 1", 25): two,
        ("conv 1", 27): two,
        ("pool 1", 14): "pool 1 halves the 26 of conv 1, not the 28 of the image",
        ("pool 1", 24): slides,
        ("pool 1", 25): slides,
        ("conv 2", 13): "this kernel takes 2 away from the 13 of pool 1 as well",
        ("conv 2", 12): two,
        ("pool 2", 6): "half of 11 is 5.5, and a window that hangs over the edge is left out",
        ("pool 2", 7): "pool 2 halves the 11 of conv 2, not 14",
        ("pool 2", 10): slides,
    }
    hint = hints.get(
        (name, height), f"the maps of {name} are {right[0]} pixels high; work from layer to layer"
    )
    raise Mistake(f"{name}: {sizes}: {hint}.")


@exercise
def map_values(answer: object, patches: np.ndarray, kernel: np.ndarray, bias: float) -> str:
    """Activations of one feature map at some places, computed from the pixels under the kernel.

    Parameters
    ----------
    answer : ndarray of shape (n_places,)
    patches : ndarray of shape (n_places, 3, 3), uint8
        Grey levels from 0 to 255.
    kernel : ndarray of shape (3, 3)
    bias : float
    """
    name, n = "values", len(patches)
    values = as_array(answer, name)
    products = patches / 255 * kernel
    sums = products.sum(axis=(1, 2))
    right = np.maximum(sums + bias, 0)
    hints = {
        (): "this is one number for all places together. Add up the nine products of each place: "
        ".sum(axis=(1, 2)).",
        products.shape: "these are the nine products of each place. Add them up: "
        ".sum(axis=(1, 2)).",
        (n, 3): "a row or a column of each window is left. Add up both directions: "
        ".sum(axis=(1, 2)).",
        (3, 3): "this adds the places together. Add up over the two directions of a window: "
        ".sum(axis=(1, 2)).",
    }
    matrix_products = patches / 255 @ kernel
    by_matrices = [matrix_products, matrix_products.sum(axis=(1, 2))]
    by_matrices.append(np.maximum(by_matrices[1] + bias, 0))
    for wrong in by_matrices:
        if values.shape == wrong.shape and np.allclose(values, wrong, rtol=1e-3, atol=1e-5):
            raise Mistake(
                "@ multiplies matrices, rows by columns. Here each pixel meets one number of the "
                "kernel: *."
            )
    same_shape(values, (n,), name, hints, "there should be one number for each place.")

    def relu(numbers):
        return np.maximum(numbers, 0)

    raw = (patches.astype(float) * kernel).sum(axis=(1, 2))
    flipped = (patches / 255 * kernel[::-1, ::-1]).sum(axis=(1, 2))
    transposed = (patches / 255 * kernel.T).sum(axis=(1, 2))
    mistakes = [
        (relu(raw + bias), "the pixels are not scaled: the first layer of the network divides them "
         "by 255."),
        (raw + bias, "the pixels are not scaled: divide them by 255. Then ReLU is missing too."),
        (sums + bias, "ReLU is missing: no activation is below 0."),
        (sums, "these are the bare sums: add the bias, then set what is below 0 to 0."),
        (relu(sums), "the bias is missing: add it before ReLU."),
        (relu(sums) + bias, "the bias came last: add it before ReLU, which decides on the whole "
         "sum."),
        (relu(sums - bias), "the bias is subtracted. Add it; it is negative itself."),
        (relu(flipped + bias), "the kernel is rotated by 180°, as it is for convolution in "
         "mathematics. Keras lays it on the image as it is."),
        (relu(transposed + bias), "the kernel is transposed: rows and columns are swapped."),
        (np.abs(sums + bias), "a negative sum became positive. ReLU sets it to 0."),
        (relu(products).sum(axis=(1, 2)), "ReLU came first. It works on the sum plus bias, not on "
         "each product."),
        (relu(sums + products[0].size * bias), "the bias is added to each of the nine products. "
         "Add it once, to their sum."),
        (right[::-1], "the two places are swapped."),
    ]  # fmt: skip
    same_values(values, right, name, mistakes, rounding=6e-4)  # three digits will do
    return "Keras has the same numbers at these two places of the map."


@exercise
def dead_maps(answer: object, highest: np.ndarray) -> str:
    """Numbers of the feature maps that are 0 everywhere in every image.

    Parameters
    ----------
    answer : sequence of int
    highest : ndarray of shape (n_images, n_maps)
        Largest activation of each map in each image.
    """
    name = "dead"
    n_images, n_maps = highest.shape
    given = as_array(sorted(answer) if isinstance(answer, (set, frozenset)) else answer, name)
    right = np.flatnonzero((highest == 0).all(axis=0))
    silent = (highest == 0).any(axis=0)
    if given.dtype == bool:
        if given.shape == (n_maps,) and np.array_equal(np.flatnonzero(given), right):
            raise Mistake(
                "dead says for each map whether it is dead, and it is right. The question asks for "
                "the numbers of the dead maps: np.flatnonzero."
            )
        if given.shape == (n_maps,) and np.array_equal(given, silent):
            raise Mistake(_some_image(silent))
        raise Mistake(
            f"dead holds True and False, of shape {given.shape}: give the numbers of maps."
        )
    if given.shape == (n_maps,) and not np.array_equal(np.unique(given), np.arange(n_maps)):
        raise Mistake(
            f"dead has {n_maps} entries, one for each map. Give only the numbers of those that are "
            "dead: np.flatnonzero finds them in a row of True and False."
        )
    if isinstance(answer, tuple) and len(answer) == 1 and given.ndim == 2:
        raise Mistake("dead is what np.where returns, a tuple with one array in it: take its [0].")
    if given.ndim > 1:
        raise Mistake(f"dead has shape {given.shape}. It should be a row of numbers of maps.")
    if given.ndim == 0:
        hint = "Put it in a list" if given == right[0] else "Give a list of the numbers of maps"
        raise Mistake(f"dead is the single number {given}. {hint}; there may be several dead maps.")
    if not np.isin(given, np.round(given)).all():
        odd = given[~np.isin(given, np.round(given))][0]
        raise Mistake(f"dead holds {odd:g}. Maps are numbered by whole numbers from 0.")
    if given.size and (given.max() >= n_maps or given.min() < 0):
        raise Mistake(
            f"dead holds {given.max() if given.max() >= n_maps else given.min()}, but the maps are "
            f"numbered 0 to {n_maps - 1}. highest has a row for each image and a column for each "
            "map: axis=0 goes over the images."
        )
    if not np.array_equal(np.unique(given), right):
        if np.array_equal(np.unique(given), np.flatnonzero(silent)):
            raise Mistake(_some_image(silent))
        if np.array_equal(np.unique(given), np.flatnonzero((highest > 0).any(axis=0))):
            raise Mistake("These are the maps that are alive. The question asks for the dead ones.")
        if np.array_equal(np.unique(given), np.flatnonzero(highest[0] == 0)):
            raise Mistake(f"These maps are 0 in image 0. Look at all {n_images:,} images.")
        if not given.size:
            raise Mistake(
                "dead is empty. Compare with exactly 0: is a column of highest 0 throughout?"
            )
        extra = np.setdiff1d(given, right)
        if extra.size:
            active = (highest[:, int(extra[0])] > 0).sum()
            raise Mistake(
                f"dead holds map {extra[0]:g}, but it is active in {active:,} of {n_images:,} "
                "images. A map is dead if it is 0 in all of them."
            )
        raise Mistake(f"dead has {len(np.unique(given))} of the {len(right)} dead maps.")
    were = "was" if len(right) == 1 else "were"
    return f"Of {n_maps} maps, {len(right)} {were} 0 in all {n_images:,} images: dead."


def _some_image(silent):
    return (
        f"These {silent.sum()} maps are 0 in at least one image. A dead map is 0 in every image: "
        "all instead of any."
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
    same_values(drop, right, name, mistakes)
    worst, gain = int(right.argmax()), int(right.argmin())
    return f"The {worst} loses most. The {gain} is read better without this map."


@exercise
def favourites(answer: object) -> str:
    """What the images that excite map 48 most have shown.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "On average the fours do not lead: the threes excite the map as much. Only the very "
        "strongest images are fours, 16 of 10,000.",
        "b": "You measured that: without the map the fours lose next to nothing. Other maps "
        "know enough.",
        "d": "The frames hold something in common, and the map is above 0 in most images: it "
        "responds to something, though not to a digit.",
    }
    choice(answer, "shown", "abcd", wrong)
    return "A pattern of 8 by 8 pixels, which is clearest in fours and occurs in other digits too."
