"""Checks of the lesson "What each layer looks for"."""

from collections.abc import Sequence

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    call,
    choice,
    exercise,
    moved,
    same_shape,
    same_values,
)

# A saved copy of the lesson as it was calls it. For one release: it is a question of the quiz now.
__getattr__ = moved("What each layer looks for", {"bias_in_picture"})


@exercise
def output_pictures(
    answer: object, first: np.ndarray, second: np.ndarray, third: np.ndarray
) -> str:
    """Ten images from three weight matrices, as a function.

    Parameters
    ----------
    answer : callable
        From the three matrices to an ndarray of shape (10, 28, 28).
    first, second, third : ndarray of shape (784, 512), (512, 256), (256, 10)
    """
    try:
        result = call(answer, "output_pictures", first, second, third)
    except Mistake as mistake:
        if "broadcast" in str(mistake):
            raise Mistake(
                "* multiplies number by number, and for that the shapes must be the same. The "
                "product of two matrices is @."
            ) from None
        if "matmul" not in str(mistake):
            raise
        raise Mistake(
            "A product does not fit. Neighbouring lengths must agree: (784, 512)(512, 256) works, "
            "(512, 256)(784, 512) does not. Start with W1, the one that meets the pixels; if you "
            "transpose the matrices, reverse their order as well."
        ) from None
    name = "What output_pictures returns"
    pictures = as_array(result, name)
    product = first @ second @ third  # (784, 10)
    hints = {
        (784, 10): "the product is there, one column for each digit: transpose it, then fold each "
        "row into 28 by 28.",
        (10, 784): "each digit is still a row of 784. Fold it: reshape(10, 28, 28).",
        (28, 28, 10): "the digits come last. Transpose before you reshape.",
        (784, 256): "that is the second layer. The third matrix is missing.",
        (256, 784): "that is the second layer. The third matrix is missing.",
        (256, 28, 28): "that is the second layer. The third matrix is missing.",
        (784, 512): "these are the weights of the first layer alone.",
        (512, 28, 28): "these are the weights of the first layer alone.",
        (28, 28): "this is one image. There should be ten.",
    }
    same_shape(pictures, (10, 28, 28), name, hints, "one image for each of the ten outputs.")
    right = product.T.reshape(10, 28, 28)
    mistakes = [
        (product.reshape(10, 28, 28), "reshape came first, so each image mixes the weights of all "
         "ten digits. One digit is a column of the product: transpose before you reshape."),
        (right.transpose(0, 2, 1), "every image is mirrored: its rows and columns are "
         "swapped. Transpose the product, not the images."),
        ((np.maximum(first, 0) @ np.maximum(second, 0) @ third).T.reshape(10, 28, 28),
         "the negative weights are gone. A ReLU acts on sums, not on weights; this picture leaves "
         "it out altogether."),
        ((np.maximum(first @ second, 0) @ third).T.reshape(10, 28, 28), "there is a ReLU after a "
         "product. It acts on the sums of an image, and there is no image here: leave it out."),
        (np.abs(right), "the signs are gone. Ink that lowers a logit matters as much."),
        (right[::-1], "the digits are in reverse order."),
    ]  # fmt: skip
    same_values(pictures, right, name, mistakes)
    return "(784, 512)(512, 256)(256, 10), transposed: one image for each digit."


@exercise
def why_clear(answer: object) -> str:
    """What goes with clear pictures, by the numbers of six networks.

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "Compare the small network with the young one: as many updates, and twenty times the "
        "images, each seen once. Its pictures are clearer, not less clear.",
        "c": "Compare the small network with the large one: which has the higher likeness, and "
        "which reads more new images?",
        "d": "Look at the templates, which have no hidden layer: with more updates their likeness "
        "rises.",
    }
    choice(answer, "reason", "abcd", wrong)
    return (
        "From small to long, and from young to large, the likeness falls; that of the templates "
        "rises."
    )


@exercise
def touched_pixels(answer: object, pixels: np.ndarray, labels: np.ndarray) -> str:
    """Whether any training image of a digit has ink in a pixel.

    Parameters
    ----------
    answer : ndarray of shape (10, 784), bool
    pixels : ndarray of shape (60000, 784), uint8
    labels : ndarray of shape (60000,), int
    """
    name = "touched"
    per_image = "axis=1 goes along the pixels of an image, and leaves one number for each image. "
    per_image += "axis=0 goes along the images of a digit, and leaves one for each pixel."
    if isinstance(answer, (list, tuple)) and len(answer) == 10:
        sizes = [(labels == digit).sum() for digit in range(10)]
        if [np.size(row) for row in answer] == sizes:
            raise Mistake(f"{name} has a row of {sizes[0]:,} for digit 0. {per_image}")
    touched = as_array(answer, name)
    n_pixels = pixels.shape[1]
    hints = {
        (n_pixels, 10): "transpose it: one row for each digit.",
        (n_pixels,): "this is one row for all digits together. Take the images of one digit at a "
        "time: pixels[train_labels == 3].",
        (len(pixels),): per_image,
        (10,): "this is one number for each digit. Keep the pixels apart: axis=0.",
        (10, 28, 28): "leave the pixels in one row of 784.",
        (len(pixels), n_pixels): "this is one row for each image. Put the images of a digit "
        "together: .any(axis=0).",
    }
    otherwise = "one row for each digit, one column for each pixel."
    same_shape(touched, (10, n_pixels), name, hints, otherwise)
    right, dark, in_mean, in_all, often = [], [], [], [], []
    for digit in range(10):  # one digit at a time: together they take as much memory as the data
        rows = pixels[labels == digit]
        right.append(rows.max(axis=0) > 0)
        dark.append(rows.max(axis=0) > 127)
        in_mean.append(rows.mean(axis=0) > 127)
        in_all.append(rows.min(axis=0) > 0)
        often.append((rows > 0).mean(axis=0) > 0.01)
    right = np.array(right)
    if touched.dtype != bool:
        if np.array_equal(touched, right):
            return f"{(right.sum(axis=0) == 1).sum()} pixels belong to one digit alone."
        same_places = np.array_equal(touched > 0, right)
        kind = "counts, sums, means or maxima, not True and False" if same_places else "numbers"
        end = (
            ": compare with > 0." if same_places else ". It should be True where any image has ink."
        )
        raise Mistake(f"{name} has the right shape, but it holds {kind}{end}")
    mistakes = [
        (dark, "you count only dark ink, above 127. Any ink counts, above 0."),
        (in_mean, "you compare the mean image. One image with ink is enough: any, or max."),
        (in_all, "you ask whether all images of the digit have ink there. One is enough: any "
         "instead of all."),
        (~right, "True and False are swapped: you ask where there is never ink."),
        (often, "you ask for ink in more than 1 of 100 images. One image is enough here."),
    ]  # fmt: skip
    for wrong, hint in mistakes:
        if np.array_equal(touched, wrong):
            raise Mistake(f"{name} has the right shape, but {hint}")
    different = (touched != right).sum(axis=1)
    if different.any():
        digit = int(np.flatnonzero(different)[0])
        missing = (right & ~touched)[digit].sum()
        raise Mistake(
            f"{name} has the right shape. It differs first for digit {digit}: it misses {missing} "
            f"of the pixels that its images touch, and has {different[digit] - missing} that they "
            "never touch."
        )
    return f"{(right.sum(axis=0) == 1).sum()} pixels belong to one digit alone."


@exercise
def local_bias(
    answer: object, network: Sequence[np.ndarray], on1: np.ndarray, on2: np.ndarray
) -> str:
    """The bias of the linear function that a ReLU network is on one image.

    Parameters
    ----------
    answer : ndarray of shape (10,)
    network : sequence of ndarray
        Weights and biases of three layers, as ``get_weights()`` returns them.
    on1, on2 : ndarray of shape (512,), (256,), bool
        Which units of the hidden layers are active on the image.
    """
    name = "local_bias"
    bias = as_array(answer, name)
    _, b1, W2, b2, W3, b3 = network
    hints = {
        (): "this is one number. There is one for each logit.",
        b1.shape: "you are still in the first layer: multiply by W2, then by W3.",
        b2.shape: "you are still in the second layer: multiply by W3 and add b3.",
        (1, *b3.shape): "take its first row.",
    }
    same_shape(bias, b3.shape, name, hints, "one number for each logit.")
    right = ((b1 * on1) @ W2 + b2) * on2 @ W3 + b3
    mistakes = [
        ((b1 @ W2 + b2) @ W3 + b3, "the masks are missing. A unit that is not active on this image "
         "passes nothing on, its bias included: b1 * on1."),
        (b3, "these are the biases of the last layer alone. b1 and b2 reach the logits as well, "
         "through the matrices that follow."),
        (right - b3, "b3 is missing at the end."),
        (((b1 * on1) @ W2) * on2 @ W3 + b3, "b2 is missing."),
        ((b2 * on2) @ W3 + b3, "b1 is missing."),
        ((b1 @ W2 + b2) * on2 @ W3 + b3, "the first mask is missing: b1 * on1."),
        (((b1 * on1) @ W2 + b2) @ W3 + b3, "the second mask is missing: what the inactive units of "
         "the second layer would pass on counts in."),
        (((b1 * on1) @ W2 * on2 + b2) @ W3 + b3, "the second mask comes before b2 is added. A unit "
         "that is not active passes nothing on, its bias included."),
        (((b1 * on1) @ W2 + b2 * on2) @ W3 + b3, "the second mask is on b2 alone. What comes "
         "through W2 belongs to the same sums: add first, then multiply the sum by on2."),
        ((b1 @ W2 * on2 + b2) @ W3 + b3, "the first mask is missing, b1 * on1, and the second "
         "comes before b2 is added."),
        ((b1 @ W2 + b2 * on2) @ W3 + b3, "the first mask is missing, b1 * on1, and the second is "
         "on b2 alone: add first, then multiply the sum by on2."),
        (((b1 * on1) @ W2 + b2) * on2 @ W3 + b3 * 2, "b3 is in it twice."),
        (np.maximum(np.maximum(b1, 0) @ W2 + b2, 0) @ W3 + b3, "these are the logits of a blank "
         "image. Its units switch elsewhere: use on1 and on2, the masks of this image."),
    ]  # fmt: skip
    same_values(bias, right, name, mistakes, decimals=2)
    return "Each bias goes through the masks and matrices that come after it."
