"""How figures look: a colour map for each kind of number, the outline of a panel, a frame."""

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize
from matplotlib.patches import Rectangle

GREY_LEVELS = {"cmap": "gray_r", "vmin": 0, "vmax": 255}  # of an image: paper white, ink black
SCALED_GREY_LEVELS = GREY_LEVELS | {"vmax": 1}  # of an image divided by 255

# Centred on zero: weights, sums, drops. A PNG of a figure has 256 colours. A map of 81 leaves room
# for text and lines, so every colour stays what the scale says.
SIGNED_FINE = "RdBu_r"  # with all its steps, where nothing is read off a single cell
SIGNED = colormaps[SIGNED_FINE].resampled(81)
POSITIVE_FINE = "viridis"  # from 0 up: activations, probabilities
POSITIVE = colormaps[POSITIVE_FINE].resampled(81)

DARK_RED, DARK_BLUE = "#7a0c1e", "#0b3d6b"  # of points and digits, legible on pale colours


def signed_scale(values: np.ndarray) -> Normalize:
    """Make a scale that is centred on zero and ends at the largest magnitude of some values.

    Parameters
    ----------
    values : ndarray of any shape

    Returns
    -------
    matplotlib.colors.Normalize
        From -1 to 1 if all values are zero.
    """
    limit = np.abs(values).max() or 1
    return Normalize(-limit, limit)


def mappable(scale: Normalize, cmap: str | Colormap) -> ScalarMappable:
    """Return what a colour bar shows: a scale in the colours of a map.

    Parameters
    ----------
    scale : matplotlib.colors.Normalize
    cmap : str or matplotlib.colors.Colormap

    Returns
    -------
    matplotlib.cm.ScalarMappable
    """
    return ScalarMappable(norm=scale, cmap=cmap)


def outline_panel(axis: Axes, *, color: str = "0.8", linewidth: float = 0.5) -> None:
    """Remove the ticks of an image and draw its outline: white paper on a white page has no edge.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    color : str, default="0.8"
    linewidth : float, default=0.5
    """
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(visible=True, color=color, linewidth=linewidth)


def draw_frame(
    axis: Axes, row: int, column: int, height: int, width: int, *, linewidth: float = 2
) -> None:
    """Frame some pixels of an image.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    row, column : int
        The upper left pixel.
    height, width : int
        In pixels.
    linewidth : float, default=2
    """
    corner = (column - 0.5, row - 0.5)
    axis.add_patch(Rectangle(corner, width, height, fill=False, color="C1", linewidth=linewidth))
