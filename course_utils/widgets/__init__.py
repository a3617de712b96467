"""The interactive parts of the lessons."""

from course_utils.widgets.training import training_view

__all__ = ["training_view"]
