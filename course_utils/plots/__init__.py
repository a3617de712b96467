"""Figures of the lessons, and the helper that shows them.

Every function takes arrays and returns a Matplotlib figure. `show` puts a figure into the
notebook with a caption and an alternative text.
"""

from course_utils.plots.grids import image_grid, weight_grid
from course_utils.plots.lesson_00 import course_map, notation
from course_utils.plots.lesson_01 import pixel_values, rows_side_by_side
from course_utils.plots.lesson_02 import layered_network, planes
from course_utils.plots.lesson_03 import confusion_matrix, early_stopping, probabilities
from course_utils.plots.lesson_04 import decision_boundary, note_panels, weight_histograms
from course_utils.plots.lesson_06 import frame_pixels, picture_rows, touch_map
from course_utils.plots.lesson_07 import (
    accuracy_by_shift,
    calibration,
    convolution_step,
    kernels_and_maps,
    maps_to_scale,
)
from course_utils.plots.lesson_08 import (
    ablation_grid,
    activation_grid,
    framed_images,
    kernel_at_work,
    kernel_grid,
    occlusion_maps,
)
from course_utils.plots.showing import figure_bundle, figure_html, show

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
    "figure_html",
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
