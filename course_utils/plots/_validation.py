"""The arguments of figures and widgets: what is refused, with a message that says what to try."""

from collections.abc import Sequence
from numbers import Integral
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils._grey_levels import grey_levels


def numbers(values: ArrayLike, expected: str) -> np.ndarray:
    """Return `values` as an array of numbers.

    Parameters
    ----------
    values : array_like
    expected : str
        What was expected, for the message.

    Returns
    -------
    ndarray
        Of booleans, integers or floats.

    Raises
    ------
    ValueError
        If they are something else; the message says what they are.
    """
    try:
        array = np.asarray(values)
    except ValueError as error:  # NumPy's own message is about its internals
        got = "items of different shapes: are they all of one size?"
        if "symbolic" in str(error):  # of Keras: the `output` of a layer
            got = "a symbolic tensor, which has no numbers: call a model on images to get some."
    else:
        if array.dtype.kind in "biuf":
            return array
        if values is None:
            got = "None: does the function that makes it end with `return`?"
        elif values is ...:
            got = "...: is this still to be filled in?"
        else:
            got = f"{type(values).__name__} that holds something other than numbers."
    raise ValueError(f"expected {expected}, got {got}")


def stack(images: ArrayLike) -> np.ndarray:
    """Return `images` as an array of shape (n, height, width), n at least 1.

    Parameters
    ----------
    images : array_like of shape (n, height, width)

    Returns
    -------
    ndarray of shape (n, height, width)

    Raises
    ------
    ValueError
        If they have another shape, are empty, or are not numbers.
    """
    images = numbers(images, "images of shape (n, height, width)")
    if images.ndim != 3 or not images.size:
        hint = ""
        if not images.size:
            hint = ": nothing in it. Does a slice or a mask select nothing?"
        elif images.ndim == 2 and images.shape[1] == 784:
            hint = ": are these flat? Try `.reshape(-1, 28, 28)`"
        elif images.ndim == 2:
            hint = ": is this one image? Put it in a list, `[image]`"
        end = "" if hint.endswith("?") else "."
        raise ValueError(
            f"expected images of shape (n, height, width), got {images.shape}{hint}{end}"
        )
    return images


def one_image(image: ArrayLike) -> np.ndarray:
    """Return `image` as an array of shape (height, width) of grey levels.

    Parameters
    ----------
    image : array_like of shape (height, width), int or float
        From 0 (paper) to 255 (ink).

    Returns
    -------
    ndarray of shape (height, width)

    Raises
    ------
    ValueError
        If it has another shape, or `grey_levels` refuses it.
    """
    image = numbers(image, "one image of shape (height, width)")
    if image.ndim != 2 or not image.size:
        hint = ""
        if image.shape == (784,):
            hint = ": is it flat? Try `.reshape(28, 28)`"
        elif image.ndim == 3:
            hint = ": are these several images? Take one, `images[0]`"
        raise ValueError(f"expected one image of shape (height, width), got {image.shape}{hint}.")
    return grey_levels(image, if_scaled="pass the image before scaling")


def table(values: ArrayLike, name: str) -> np.ndarray:
    """Return `values` as an array of shape (height, width), not empty.

    Parameters
    ----------
    values : array_like of shape (height, width)
    name : str
        What they are, for the message.

    Returns
    -------
    ndarray of shape (height, width)

    Raises
    ------
    ValueError
        If they have another shape, are empty, or are not numbers.
    """
    array = numbers(values, f"{name} of shape (height, width)")
    if array.ndim != 2 or not array.size:
        raise ValueError(f"expected {name} of shape (height, width), got shape {array.shape}.")
    return array


def feature_maps(maps: ArrayLike) -> np.ndarray:
    """Return `maps` as an array of shape (height, width, n_maps), all from 0 up.

    Parameters
    ----------
    maps : array_like of shape (height, width, n_maps)

    Returns
    -------
    ndarray of shape (height, width, n_maps)

    Raises
    ------
    ValueError
        If they have another shape, are empty or not numbers, or some are negative.
    """
    maps = numbers(maps, "feature maps of shape (height, width, n_maps)")
    if maps.ndim != 3 or not maps.size:
        hint = ""
        if maps.ndim == 4:
            hint = ": is this a batch? Take the maps of one image, `maps[0]`"
        raise ValueError(
            f"expected feature maps of shape (height, width, n_maps), got {maps.shape}{hint}."
        )
    if maps.min() < 0:
        raise ValueError(
            f"expected activations from 0 up, got {maps.min():.4g}: are these sums before ReLU?"
        )
    return maps


def from_0_to_1(values: np.ndarray, name: str = "probabilities", hint: str = "") -> np.ndarray:
    """Return `values` that lie between 0 and 1.

    Parameters
    ----------
    values : ndarray of any shape
    name : str, default="probabilities"
        What they are, for the message.
    hint : str, optional
        A question to end the message with.

    Returns
    -------
    ndarray
        The same.

    Raises
    ------
    ValueError
        If one of them is below 0, above 1 or nan.
    """
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError(
            f"expected {name} from 0 to 1, got {values.min():.4g} to {values.max():.4g}"
            f"{hint or '.'}"
        )
    return values


def labelled_points(points: ArrayLike, labels: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return points of the plane and their classes as arrays.

    Parameters
    ----------
    points : array_like of shape (n_points, 2)
    labels : array_like of shape (n_points,)
        0 or 1.

    Returns
    -------
    points : ndarray of shape (n_points, 2)
    labels : ndarray of shape (n_points,)

    Raises
    ------
    ValueError
        If the shapes do not fit together, or a label is neither 0 nor 1.
    """
    points = numbers(points, "points of shape (n_points, 2)")
    if not np.isfinite(points).all():
        raise ValueError("expected points of finite numbers, got nan or infinity.")
    labels = numbers(labels, "labels of shape (n_points,)")
    if points.ndim != 2 or points.shape[1] != 2 or labels.shape != points.shape[:1]:
        raise ValueError(
            f"expected points of shape (n_points, 2) and one label for each, got shapes "
            f"{points.shape} and {labels.shape}."
        )
    if not np.isin(labels, (0, 1)).all():
        raise ValueError(
            f"expected labels 0 and 1, got {np.unique(labels)[:5].tolist()}: one class against "
            "the rest is `labels == one_class`."
        )
    return points, labels


def values_on_grid(values: ArrayLike, grid_x: np.ndarray, grid_y: np.ndarray) -> np.ndarray:
    """Return one value for each place of a grid, for one panel or several.

    Parameters
    ----------
    values : array_like of shape (n_panels, n_y, n_x)
    grid_x : ndarray of shape (n_x,)
    grid_y : ndarray of shape (n_y,)

    Returns
    -------
    ndarray of shape (n_panels, n_y, n_x)

    Raises
    ------
    ValueError
        If they have another shape, or there is no panel.
    """
    expected = f"values of shape (n_panels, {grid_y.size}, {grid_x.size})"
    values = numbers(values, expected)
    if values.ndim != 3 or not len(values) or values.shape[1:] != grid_y.shape + grid_x.shape:
        hint = "" if values.size else ": no panel in it"
        raise ValueError(
            f"expected {expected}, one row for each place of grid_y, got {values.shape}{hint}."
        )
    return values


def one_for_each(names: Sequence[Any] | None, what: str, n: int, panel: str) -> None:
    """Refuse `names` if there is not one of them for each of `n` panels.

    Parameters
    ----------
    names : sequence or None
    what, panel : str
        What the names are and what the panels are, for the message.
    n : int

    Raises
    ------
    ValueError
        If there are more or fewer, or `names` is not a sequence.
    """
    got = len(names) if hasattr(names, "__len__") else names
    if got != n:
        raise ValueError(f"expected {n} {what}, one per {panel}, got {got}.")


def whole_number(name: str, number: Any, last: int | None = None, hint: str = "") -> None:
    """Refuse a `number` that is not a whole number from 1 (to `last`).

    Parameters
    ----------
    name : str
        What the number is, for the message.
    number : object
    last : int, optional
    hint : str, optional
        What to ask or suggest at the end of the message.

    Raises
    ------
    ValueError
        If it is something else.
    """
    if not isinstance(number, Integral) or number < 1 or (last is not None and number > last):
        end = "" if last is None else f" to {last}"
        raise ValueError(f"expected {name}: a whole number from 1{end}, got {number!r}{hint}.")


def valid_index(name: str, index: Any, n: int) -> None:
    """Refuse an `index` that is not from 0 to `n` - 1.

    Parameters
    ----------
    name : str
        What it counts, for the message.
    index : object
    n : int

    Raises
    ------
    ValueError
        If it is something else.
    """
    if not isinstance(index, Integral) or not 0 <= index < n:
        raise ValueError(f"expected the {name}: from 0 to {n - 1}, got {index}.")


def panels_of(figure: Figure) -> list[Axes]:
    """Return the axes of a figure that hold an image, at least one.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    list of matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there is none.
    """
    panels = [axis for axis in getattr(figure, "axes", ()) if axis.images]
    if not panels:
        raise ValueError(
            "expected a figure with panels, got one without images: make it with image_grid or "
            "weight_grid."
        )
    return panels
