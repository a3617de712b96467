"""The layout of panels that share one scale, which is shown."""

import matplotlib.pyplot as plt

from course_utils.plots._validation import n_lines, one_for_each, whole


def _grid(images, titles, columns, limits, cmap):
    if titles is not None:
        one_for_each(titles, "titles", len(images), "image")
    if columns is None:
        columns = min(len(images), 10)
    whole("columns", columns)
    rows = -(-len(images) // columns)
    side = min(2.0, 9.5 / columns)
    # A further line takes 0.2 inch; the panels are centred, so some of the space goes below them.
    title_height = 0 if titles is None else 0.35 + 0.3 * (n_lines(titles) - 1)
    size = (columns * side + 0.9, rows * (side + title_height) + 0.1)
    figure, axes = plt.subplots(rows, columns, figsize=size, squeeze=False, layout="constrained")
    for axis in axes.flat[len(images) :]:
        axis.axis("off")
    for index, (axis, image) in enumerate(zip(axes.flat, images, strict=False)):
        scale = {"cmap": cmap, "vmin": limits[0], "vmax": limits[1]}
        shown = axis.imshow(image, interpolation="nearest", **scale)
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set(visible=True, color="0.8", linewidth=0.5)  # white on white has no edge
        if titles is not None:
            axis.set_title(titles[index], fontsize=12)
    figure.colorbar(shown, ax=axes, shrink=0.9, aspect=12 * rows, pad=0.01)
    return figure
