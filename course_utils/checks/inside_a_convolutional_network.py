"""Checks of the lesson "Inside a convolutional network"."""

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_list,
    as_number,
    as_shape,
    call,
    exercise,
    moved,
    same_shape,
    same_values,
)

LAYERS = ("conv 1", "pool 1", "conv 2", "pool 2")
_SOME_IMAGE = (
    "These maps are 0 in at least one image. A dead map is 0 in every image: all instead of any."
)
SHAPES = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64)]


@exercise
def cosine(answer: object) -> str:
    """A function that compares two arrays: the cosine of the angle between them.

    Parameters
    ----------
    answer : callable
        Takes two arrays of one shape, returns a number from -1 to 1.
    """
    rng = np.random.default_rng(0)
    pairs = [rng.normal(size=(2, 3, 3)) + 0.3 for _ in range(4)]
    pairs += [np.stack([pairs[0][0], 5 * pairs[0][0]]), np.stack([pairs[1][0], -pairs[1][0]])]
    pairs += [rng.normal(size=(2, 5, 5)), rng.normal(size=(2, 784))]

    def length(table):
        return np.sqrt((table**2).sum())

    def right(a, b):
        return (a * b).sum() / (length(a) * length(b))

    def centred(a, b):
        return right(a - a.mean(), b - b.mean())

    def spectral(a, b):
        order = 2 if a.ndim == 2 else None
        return (a * b).sum() / (np.linalg.norm(a, order) * np.linalg.norm(b, order))

    foreseen = [
        (lambda a, b: (a * b).sum(), "The products are added up, and not divided by the two "
         "lengths: five times the kernel gives five times as much."),
        (lambda a, b: (a * b).sum() / length(a), "Divide by the length of b, too."),
        (lambda a, b: (a * b).sum() / length(b), "Divide by the length of a, too."),
        (lambda a, b: right(a, b) / (length(a) * length(b)), "It divides by the squared lengths: "
         "the root of the sum of squares is missing."),
        (lambda a, b: (a * b).mean() / (length(a) * length(b)), "The products are averaged. Add "
         "them up."),
        (lambda a, b: (a * b).mean(), "The products are averaged. Add them up, and divide by the "
         "two lengths."),
        (lambda a, b: (a * b).sum() / a.size, "It divides by the number of entries. Divide by the "
         "two lengths."),
        (lambda a, b: abs(right(a, b)), "A table and its negative give 1. They should give -1: "
         "keep the sign."),
        (lambda a, b: np.arccos(np.clip(right(a, b), -1, 1)), "This is the angle. The question "
         "asks for its cosine."),
        (centred, "This is the correlation: the means are subtracted first. Take the tables as "
         "they are."),
        (spectral, "np.linalg.norm(a, 2) is another length of a matrix. np.linalg.norm(a) is the "
         "root of the sum of squares."),
        (lambda a, b: (a * b).sum() / (np.abs(a).sum() * np.abs(b).sum()), "The length is the "
         "root of the sum of squares, not the sum of magnitudes."),
        (lambda a, b: (a * b).sum() / (length(a) + length(b)), "Divide by the product of the two "
         "lengths, not by their sum."),
        (lambda a, b: length(a - b), "This is the distance between the two."),
    ]  # fmt: skip
    given = []
    for a, b in pairs:
        result = call(answer, "cosine", a, b)
        if isinstance(result, np.ndarray) and result.size > 1:
            matrix = " @ multiplies matrices; use *." if result.shape == a.shape == (3, 3) else ""
            raise Mistake(
                f"cosine returns an array of shape {result.shape}. It should return one number: "
                f"multiply number by number, and add up everything.{matrix}"
            )
        given.append(as_number(result, "cosine(a, b)"))
    wanted = [right(a, b) for a, b in pairs]
    if np.allclose(given, wanted, atol=1e-5):
        return "Length does not matter, only the pattern: 1 is the same, -1 its negative."
    for function, hint in foreseen:
        if np.allclose(given, [function(a, b) for a, b in pairs], rtol=1e-4, atol=1e-3):
            raise Mistake(hint)
    at = next(i for i in range(len(pairs)) if not np.isclose(given[i], wanted[i], atol=1e-5))
    names = {4: "a table and five times itself", 5: "a table and its negative"}
    what = names.get(at, f"two arrays of shape {pairs[at][0].shape}")
    raise Mistake(
        f"For {what} cosine gives {given[at]:.3f}; it should be {wanted[at]:.3f}. Multiply number "
        "by number, add up, divide by both lengths."
    )


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
    without_bias = np.abs(values - relu(sums)).max()
    if np.abs(values - relu(raw + bias) / 255).max() < min(without_bias, 1e-5):
        raise Mistake(
            "values has the right shape, but 255 divides the whole sum, so the bias is divided, "
            "too. Divide the pixels alone."
        )
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
    two_decimals = np.allclose(values, right.round(2), atol=1e-9)
    if not two_decimals:
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
    if given.ndim == 2 and 1 in given.shape and given.dtype != bool:
        given = given.ravel()  # from np.argwhere, or np.where with its tuple
    right = np.flatnonzero((highest == 0).all(axis=0))
    silent = (highest == 0).any(axis=0)
    if given.dtype == bool:
        if given.shape == (n_maps,) and np.array_equal(np.flatnonzero(given), right):
            raise Mistake(
                "dead says for each map whether it is dead, and it is right. The question asks for "
                "the numbers of the dead maps: np.flatnonzero."
            )
        if given.shape == (n_maps,) and np.array_equal(given, silent):
            raise Mistake(_SOME_IMAGE)
        if given.shape == (n_images,):
            raise Mistake(
                f"dead says something about each of the {n_images:,} images. axis=1 goes over the "
                "maps of an image; axis=0 goes over the images and leaves one answer for each map."
            )
        raise Mistake(
            f"dead holds True and False, of shape {given.shape}: give the numbers of maps."
        )
    if given.shape == (n_maps,) and not np.array_equal(np.unique(given), np.arange(n_maps)):
        raise Mistake(
            f"dead has {n_maps} entries, one for each map. Give only the numbers of those that are "
            "dead: np.flatnonzero finds them in a row of True and False."
        )
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
            raise Mistake(_SOME_IMAGE)
        if np.array_equal(np.unique(given), np.flatnonzero((highest > 0).any(axis=0))):
            raise Mistake("These are the maps that are alive. The question asks for the dead ones.")
        if np.array_equal(np.unique(given), np.flatnonzero(highest[0] == 0)):
            raise Mistake(f"These maps are 0 in image 0. Look at all {n_images:,} images.")
        if not given.size:
            raise Mistake(
                "dead is empty, and there are dead maps: columns of highest that are 0 throughout. "
                "all(axis=0) looks at each column; axis=1 looks at each row, and no image has all "
                "maps at 0."
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


# A saved copy of the lesson before it became two still calls these; for one release.
__getattr__ = moved("Where a network looks", {"drop_per_digit", "favourites"})
