"""Arguments that several widgets take."""

import numpy as np

from course_utils.plots._validation import is_scaled


def grey_levels(images: np.ndarray) -> np.ndarray:
    """Refuse images that do not hold grey levels from 0 to 255.

    Parameters
    ----------
    images : ndarray of any shape

    Returns
    -------
    ndarray
        The same.

    Raises
    ------
    ValueError
        If they were scaled, or something is below 0, above 255 or nan.
    """
    if is_scaled(images) or not ((images >= 0) & (images <= 255)).all():  # nan fails both
        raise ValueError(
            f"expected grey levels 0 to 255 as stored, got {images.min():.4g} to "
            f"{images.max():.4g}: pass the images before scaling."
        )
    return images


def valid_index(name: str, index: int, n: int) -> None:
    """Refuse an index outside 0 to n - 1.

    Parameters
    ----------
    name : str
        What is chosen by it.
    index, n : int

    Raises
    ------
    ValueError
        If there is no such index.
    """
    if not 0 <= index < n:
        raise ValueError(f"expected the {name}: from 0 to {n - 1}, got {index}.")
