"""What counts as grey levels of an image, for figures, widgets and preprocessing alike."""

import numpy as np

# Share of a border. MNIST's digits stay below, even cropped to their ink; inverted, all are above.
BRIGHT_BORDER = 0.9


def check_grey_levels(
    images: np.ndarray, *, if_scaled: str = "pass the images before scaling"
) -> None:
    """Refuse arrays that are not grey levels from 0 (paper) to 255 (ink).

    Numbers of 0 and 1 are refused whatever their dtype: on the scale from 0 to 255 they are paper,
    and the mask ``(photo < 120).astype(np.uint8)`` is a blank sheet.

    Parameters
    ----------
    images : ndarray of numbers, any shape
    if_scaled : str, default="pass the images before scaling"
        What to try if they were divided by 255, for the message.

    Raises
    ------
    ValueError
        If a number lies outside 0 to 255 or is nan, or none is above 1 although some are not 0.
    """
    if not images.size:
        return
    low, high = float(images.min()), float(images.max())
    if not (low >= 0 and high <= 255):  # so is nan
        raise ValueError(f"expected grey levels 0 to 255, got {low:.4g} to {high:.4g}.")
    if 0 < high <= 1:
        hint = if_scaled
        if images.dtype.kind != "f":
            hint = "are these 0 and 1? Multiply them by 255"
        raise ValueError(
            f"expected grey levels 0 to 255 as stored, got {images.dtype} up to {high:.4g}: {hint}."
        )


def check_paper(images: np.ndarray) -> None:
    """Refuse images of dark ink on bright paper: in MNIST the paper is 0 and the ink 255.

    Parameters
    ----------
    images : ndarray of shape (n_images, height, width)
        Grey levels from 0 to 255.

    Raises
    ------
    ValueError
        If the paper of every image is bright.
    """
    if images.size and has_bright_paper(images).all():
        raise ValueError(
            "expected grey levels from 0 (paper) to 255 (ink), got an image that is bright along "
            "its border: is this dark ink on bright paper? Pass `255 - image`."
        )


def has_bright_paper(images: np.ndarray) -> np.ndarray:
    """Tell which images have bright paper, which is what lies along the border.

    It is bright if nine tenths of the border are brighter than the middle between the darkest and
    the brightest pixel.

    Parameters
    ----------
    images : ndarray of shape (n_images, height, width), not empty

    Returns
    -------
    ndarray of shape (n_images,), bool
    """
    edges = [images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]]
    border = np.concatenate(edges, axis=1)  # (n_images, 2 * height + 2 * width)
    darkest, brightest = (end(images, axis=(1, 2)).astype(float) for end in (np.min, np.max))
    bright = border > ((darkest + brightest) / 2)[:, np.newaxis]
    return bright.mean(axis=1) > BRIGHT_BORDER
