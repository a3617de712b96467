"""Figures, and the helper that shows them.

Every function takes arrays and returns a Matplotlib figure. `show` puts a figure into the
notebook with a caption and a description.

================= ==========================================================================
images            grids and rows of images, their pixels, and how they are flattened
weights           weights of units as images and as histograms
kernels           kernels with their numbers, and what they make of an image
feature_maps      the feature maps of a layer
ablation          what is lost without a feature map, or with a part of the image covered
decision_regions  what a classifier says at every point of the plane
gradient_descent  the steps of gradient descent over the cost
training_curves   loss and accuracy by epoch
evaluation        probabilities, confusion matrix, accuracy, calibration
projections       points of many dimensions in a plane
diagrams          networks as circles and lines, a course as boxes
annotations       notes on the panels of a grid
display           figures in a notebook, with caption and description
_grids            how panels are laid out, and the colour bar beside them
_styles           colour maps, scales, outlines and frames
_texts            captions and descriptions, looked up by the name of a figure
_validation       arguments that are refused
================= ==========================================================================
"""

from course_utils.plots._texts import figure_caption, figure_texts
from course_utils.plots.ablation import ablation_draws, ablation_grid, occlusion_maps
from course_utils.plots.annotations import annotate_panels
from course_utils.plots.decision_regions import decision_boundary, decision_regions
from course_utils.plots.diagrams import (
    course_map,
    layered_network,
    network_notation,
    path_of_a_weight,
)
from course_utils.plots.display import figure_bundle, figure_html, show
from course_utils.plots.evaluation import (
    accuracy_by_shift,
    calibration,
    class_probabilities,
    confusion_matrix,
    scores_by_setting,
)
from course_utils.plots.feature_maps import feature_map_grid, feature_maps_to_scale
from course_utils.plots.gradient_descent import descent_on_curve, descent_on_plane
from course_utils.plots.images import (
    digits_per_pixel,
    flattening,
    framed_images,
    image_grid,
    image_rows,
    photo_steps,
    pixel_values,
)
from course_utils.plots.kernels import (
    convolution_and_relu,
    convolution_step,
    kernel_grid,
    kernels_and_maps,
)
from course_utils.plots.projections import digits_in_plane
from course_utils.plots.training_curves import early_stopping
from course_utils.plots.weights import weight_grid, weight_histograms

__all__ = [
    "ablation_draws",
    "ablation_grid",
    "accuracy_by_shift",
    "annotate_panels",
    "calibration",
    "class_probabilities",
    "confusion_matrix",
    "convolution_and_relu",
    "convolution_step",
    "course_map",
    "decision_boundary",
    "decision_regions",
    "descent_on_curve",
    "descent_on_plane",
    "digits_in_plane",
    "digits_per_pixel",
    "early_stopping",
    "feature_map_grid",
    "feature_maps_to_scale",
    "figure_bundle",
    "figure_caption",
    "figure_html",
    "figure_texts",
    "flattening",
    "framed_images",
    "image_grid",
    "image_rows",
    "kernel_grid",
    "kernels_and_maps",
    "layered_network",
    "network_notation",
    "occlusion_maps",
    "path_of_a_weight",
    "photo_steps",
    "pixel_values",
    "scores_by_setting",
    "show",
    "weight_grid",
    "weight_histograms",
]
