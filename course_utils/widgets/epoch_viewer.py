"""Play the pictures that were recorded while a network trained: one for each epoch."""

from collections.abc import Mapping
from numbers import Real
from pathlib import Path

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import Normalize
from numpy.typing import ArrayLike

from course_utils.plots import figure_bundle
from course_utils.plots._styles import POSITIVE_FINE, SIGNED_FINE, mappable
from course_utils.plots._validation import numbers, one_for_each, valid_index
from course_utils.widgets._base.assets import CANVAS, EXPLORER_STYLE, KEYBOARD, concatenate
from course_utils.widgets._base.explorer import Explorer
from course_utils.widgets._base.standalone_figure import standalone_figure
from course_utils.widgets._base.static_fallback import caption_only

HERE = Path(__file__).parent
N_LEVELS = 255  # an odd number: zero has a level of its own, in the middle
N_SHOWN = 8  # panels to a row of the static fallback


class EpochViewer(Explorer):
    """Pictures for each epoch, made by `epoch_viewer`."""

    _esm = concatenate(KEYBOARD, CANVAS, HERE / "epoch_viewer.js")
    _css = concatenate(EXPLORER_STYLE, HERE / "epoch_viewer.css")


def epoch_viewer(
    pictures: ArrayLike,
    epochs: ArrayLike,
    curves: Mapping[str, ArrayLike] | None = None,
    *,
    signed: bool = True,
    limit: float | None = None,
    dead: ArrayLike | None = None,
    panel: int = 0,
    kind: str = "unit",
    step: str = "epoch",
) -> EpochViewer:
    """Watch a network learn: pictures recorded while it trained, with a slider and a play button.

    One scale holds for all records; a checkbox gives each its own. A panel that is chosen, with
    the mouse or the arrow keys, is shown large. One byte is kept for each pixel: a record loses at
    most 1/254 of its largest magnitude.

    Parameters
    ----------
    pictures : array_like of shape (n_records, n_panels, height, width), int or float
        Such as the weights of the hidden units as images, for each of at least two records.
    epochs : array_like of shape (n_records,), int or float
        After how many epochs each record was taken, rising; 0 is before the first update.
    curves : mapping of str to array_like, optional
        Numbers by their names, such as loss and accuracy: of shape (n_records,), or of shape
        (n_records, n_panels) if each panel has its own. nan where there is none yet; infinities
        are left out too.
    signed : bool, default=True
        Whether zero is in the middle of the scale (weights) or at its end (feature maps).
    limit : float, optional
        The magnitude that ends the scale; by default the largest there is.
    dead : array_like of shape (n_records, n_panels), bool, optional
        Panels to be marked as dead.
    panel : int, default=0
        Which is chosen first.
    kind : str, default="unit"
        What a panel shows, for the texts.
    step : str, default="epoch"
        What `epochs` counts, for the texts, such as "update".

    Returns
    -------
    EpochViewer
        Shown when it is the last line of a cell.

    Raises
    ------
    TypeError
        If `curves` is not a mapping.
    ValueError
        If the arrays do not fit together, pictures are not finite, or negative though not signed,
        the epochs do not rise, the limit is not above 0, or there is no such panel.
    """
    pictures = _checked_pictures(pictures, signed)
    n_records, n_panels, *shape = pictures.shape
    epochs = _checked_epochs(epochs, n_records)
    curves = _checked_curves(curves, n_records, n_panels)
    dead = np.zeros((n_records, n_panels), bool) if dead is None else numbers(dead, "dead as bools")
    if dead.shape != (n_records, n_panels) or dead.dtype != bool:
        raise ValueError(
            f"expected dead of shape {(n_records, n_panels)} and dtype bool, got {dead.shape} and "
            f"{dead.dtype}: it is a comparison, such as `n_active == 0`."
        )
    valid_index("panel", panel, n_panels)
    ends = pictures.min(axis=(1, 2, 3)), pictures.max(axis=(1, 2, 3))  # (n_records,) each
    limits = np.abs(np.stack(ends).astype(float)).max(axis=0)
    if limit is None:
        limit = limits.max() or 1.0
    if not (isinstance(limit, Real) and 0 < limit < np.inf):
        raise ValueError(f"expected a limit above 0, got {limit!r}.")
    cmap = SIGNED_FINE if signed else POSITIVE_FINE
    data = {
        "shape": [n_records, n_panels, *shape],
        "levels": np.stack(
            [quantize(record, of, signed) for record, of in zip(pictures, limits, strict=True)]
        ).tobytes(),
        "limits": limits.tolist(),
        "limit": float(limit),
        "signed": bool(signed),
        "palette": colormaps[cmap].resampled(N_LEVELS)(range(N_LEVELS), bytes=True)[:, :3].tolist(),
        "epochs": epochs.tolist(),
        # JSON has no nan
        "curves": {
            name: np.where(np.isfinite(of), of, None).tolist() for name, of in curves.items()
        },
        "dead": [np.flatnonzero(of).tolist() for of in dead],
        "panel": int(panel),
        "kind": kind,
        "step": step,
    }
    scale = Normalize(-limit if signed else 0, limit)
    return EpochViewer(data, _fallback(pictures, epochs, dead, scale, cmap, panel, kind, step))


def quantize(record: np.ndarray, limit: float, signed: bool) -> np.ndarray:
    """Round a record to bytes: from -limit to limit if it is signed, else from 0 to limit.

    Parameters
    ----------
    record : ndarray of any shape
    limit : float
        The largest magnitude in it.
    signed : bool

    Returns
    -------
    ndarray of the same shape, uint8
        From 0 to 254.
    """
    share = record / (limit or 1)
    half = N_LEVELS // 2  # 127
    return np.rint(half * (share + 1) if signed else 2 * half * share).astype(np.uint8)


def _checked_pictures(pictures, signed):
    """Pictures as an array of finite numbers, with at least two records."""
    expected = "pictures of shape (n_records, n_panels, height, width)"
    pictures = numbers(pictures, expected)
    if pictures.ndim != 4 or not pictures.size or len(pictures) < 2:
        hint = ""
        if not pictures.size:
            hint = ": was anything recorded?"
        elif pictures.ndim == 4:
            hint = ": at least two records are needed. Does the callback run once only?"
        elif pictures.ndim == 3:
            hint = (
                ": is this one record only, or are these weights? The images of the units are "
                "`coefs_[0].T.reshape(-1, 28, 28)`."
            )
        raise ValueError(f"expected {expected}, got {pictures.shape}{hint}")
    if not np.isfinite(pictures).all():
        raise ValueError("expected pictures of finite numbers, got nan or infinity.")
    if not signed and pictures.min() < 0:
        raise ValueError(
            f"expected pictures from 0 up, got {pictures.min():.4g}: are these weights, or sums "
            "before ReLU? Pass signed=True."
        )
    return pictures


def _checked_epochs(epochs, n_records):
    """Epochs as an array that rises."""
    epochs = numbers(epochs, "epochs of shape (n_records,)")
    if epochs.ndim != 1:
        raise ValueError(f"expected epochs of shape ({n_records},), got {epochs.shape}.")
    one_for_each(epochs, "epochs", n_records, "record")
    rise = epochs.dtype != bool and epochs[0] >= 0 and (epochs[1:] > epochs[:-1]).all()
    if not (rise and np.isfinite(epochs[-1])):
        raise ValueError(
            f"expected epochs that rise from 0 or later, got {epochs[:5].tolist()} ...: is each "
            "picture recorded once?"
        )
    return epochs


def _checked_curves(curves, n_records, n_panels):
    """Curves as arrays: one number for each record, or for each panel of it."""
    if not isinstance(curves, Mapping | None):
        raise TypeError(
            f"expected curves by their names, such as {{'loss': losses}}, got "
            f"{type(curves).__name__}."
        )
    checked = {}
    for name, values in (curves or {}).items():
        array = numbers(values, f"numbers for the curve {name!r}").astype(float)
        if array.shape not in {(n_records,), (n_records, n_panels)}:
            raise ValueError(
                f"expected the curve {name!r} of shape ({n_records},) or ({n_records}, "
                f"{n_panels}), got {array.shape}: where there is no number yet, put nan."
            )
        checked[name] = array
    return checked


def _short(number):
    """Whole numbers as they are, others with three digits, as in the browser."""
    return f"{number:.0f}" if number == int(number) else f"{number:.3g}"


def _fallback(pictures, epochs, dead, scale, cmap, panel, kind, step):
    """Some panels at the beginning, early, later and at the end, one row for each."""
    n_records, n_panels, height, width = pictures.shape
    rows = np.unique(np.rint([0, *np.geomspace(1, n_records - 1, 3)]).astype(int))
    shown = (panel + np.arange(min(N_SHOWN, n_panels))) % n_panels
    tall = height / width  # of a panel that is 1 wide
    lefts, tops = 1.12 * np.arange(len(shown)), (tall + 0.22) * np.arange(len(rows))
    wide, high = 0.85 * (lefts[-1] + 1.04), 0.85 * (tops[-1] + tall + 0.2)  # inches
    size = (wide + 2.5, high + 0.45)
    figure = standalone_figure(*size)
    # One axis for all, placed here: a layout engine takes its time, and cuts the names of the rows.
    figure.set_layout_engine("none")
    axis = figure.add_axes(np.array((1.3, 0.1, wide, high)) / (*size, *size))
    bar = figure.add_axes(np.array((wide + 1.42, 0.1, 0.16, high)) / (*size, *size))
    for record, top in zip(rows, tops, strict=True):
        for number, left in zip(shown, lefts, strict=True):
            box = (left, left + 1, top + tall, top)
            axis.imshow(pictures[record, number], cmap=cmap, norm=scale, extent=box)
            if dead[record, number]:
                middle = (left + 0.5, top + tall)
                axis.text(*middle, "dead", ha="center", va="top", fontsize=11)
    names = [
        f"after {_short(e)}\n{step}{'' if e == 1 else 's'}" if e else "before" for e in epochs[rows]
    ]
    axis.set_xticks(lefts + 0.5, shown)
    axis.set_yticks(tops + tall / 2, names)
    axis.tick_params(length=0, labelsize=12, labeltop=True, labelbottom=False)
    axis.spines[:].set_visible(False)
    axis.set(xlim=(-0.02, lefts[-1] + 1.02), ylim=(tops[-1] + tall + 0.18, -0.02))
    figure.colorbar(mappable(scale, cmap), cax=bar, label="weight" if scale.vmin else "activation")
    taken = [_short(epochs[record]) for record in rows]
    when = f"after {', '.join(taken[:-1])} and {taken[-1]} {step}s"
    panels = f"{kind} {shown[0]}" if len(shown) == 1 else f"{kind}s {shown[0]} to {shown[-1]}"
    if shown[-1] < shown[0]:
        panels = f"{len(shown)} {kind}s from {shown[0]} on"
    n_dead = [int(dead[record].sum()) for record in rows]
    alt = (
        f"{len(rows)} rows of small pictures on one scale, which ends at {scale.vmax:.2g}: "
        f"{panels} of {n_panels} {when} of training."
    )
    if dead.any():
        alt += f" Dead {kind}s of all {n_panels} then: {', '.join(map(str, n_dead))}."
    caption = f"{panels[0].upper()}{panels[1:]} {when}, on one scale."
    return caption_only(figure_bundle(figure, caption=caption, alt=alt))
