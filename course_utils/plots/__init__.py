"""Figures, and the helper that shows them.

Every function takes arrays and returns a Matplotlib figure. `show` puts a figure into the
notebook with a caption and a description.
"""

from course_utils.plots._texts import figure_caption, figure_texts
from course_utils.plots.decision_regions import decision_boundary, planes
from course_utils.plots.diagrams import course_map, layered_network, notation
from course_utils.plots.display import figure_bundle, figure_html, show
from course_utils.plots.evaluation import (
    accuracy_by_shift,
    calibration,
    confusion_matrix,
    probabilities,
)
from course_utils.plots.feature_maps import (
    ablation_grid,
    activation_grid,
    maps_to_scale,
    occlusion_maps,
)
from course_utils.plots.images import (
    frame_pixels,
    framed_images,
    image_grid,
    picture_rows,
    pixel_values,
    rows_side_by_side,
    touch_map,
)
from course_utils.plots.kernels import (
    convolution_step,
    kernel_at_work,
    kernel_grid,
    kernels_and_maps,
)
from course_utils.plots.training_curves import early_stopping
from course_utils.plots.weights import note_panels, weight_grid, weight_histograms

__all__ = [
    "ablation_grid",
    "accuracy_by_shift",
    "activation_grid",
    "calibration",
    "confusion_matrix",
    "convolution_step",
    "course_map",
    "decision_boundary",
    "early_stopping",
    "figure_bundle",
    "figure_caption",
    "figure_html",
    "figure_texts",
    "frame_pixels",
    "framed_images",
    "image_grid",
    "kernel_at_work",
    "kernel_grid",
    "kernels_and_maps",
    "layered_network",
    "maps_to_scale",
    "notation",
    "note_panels",
    "occlusion_maps",
    "picture_rows",
    "pixel_values",
    "planes",
    "probabilities",
    "rows_side_by_side",
    "show",
    "touch_map",
    "weight_grid",
    "weight_histograms",
]
