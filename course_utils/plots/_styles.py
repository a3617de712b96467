"""How the figures look: one colour map for each kind of number, one edge for all panels."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.colors import Normalize

SIGNED = colormaps["RdBu_r"].resampled(81)  # centred on zero: weights, sums, drops
POSITIVE = colormaps["viridis"].resampled(81)  # from 0 up: activations, probabilities
EDGE = {"color": "0.8", "linewidth": 0.5}


def signed_scale(values):
    """A scale centred on zero that ends at the largest magnitude of some values."""
    limit = np.abs(values).max() or 1
    return Normalize(-limit, limit)


def mappable(scale, cmap):
    """What a colour bar shows: a scale in the colours of a map."""
    return plt.cm.ScalarMappable(norm=scale, cmap=cmap)
