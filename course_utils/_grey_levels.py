"""What counts as grey levels of an image, for figures, widgets and preprocessing alike."""

import numpy as np

# Share of the border. All digits of MNIST are below it, even cropped to their ink; inverted, all
# are above it.
BRIGHT_BORDER = 0.9


def grey_levels(
    images: np.ndarray, *, if_scaled: str = "pass the images before scaling"
) -> np.ndarray:
    """Return images whose numbers are grey levels, from 0 (paper) to 255 (ink).

    Images of 0 and 1 alone are refused whatever their dtype: on the scale from 0 to 255 both are
    paper, and the mask ``(photo < 120).astype(np.uint8)`` is a blank sheet.

    Parameters
    ----------
    images : ndarray of numbers, of shape (n_images, height, width) or (height, width)
    if_scaled : str, default="pass the images before scaling"
        What the message suggests for images that were divided by 255.

    Returns
    -------
    ndarray
        `images`, unchanged.

    Raises
    ------
    ValueError
        If a number lies outside 0 to 255 or is nan, if none is above 1 although some are not 0,
        or if all images are dark ink on bright paper.
    """
    if not images.size:
        return images
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
    if has_bright_paper(images.reshape(-1, *images.shape[-2:])).all():
        raise ValueError(
            "expected grey levels from 0 (paper) to 255 (ink), got an image that is bright along "
            "its border: is this dark ink on bright paper? Pass `255 - image`."
        )
    return images


def has_bright_paper(images: np.ndarray) -> np.ndarray:
    """Tell which images have bright paper; in MNIST it is 0 and the ink 255.

    The paper is bright if more than nine tenths of the pixels along the border are brighter than
    the midpoint between the darkest pixel and the brightest.

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
