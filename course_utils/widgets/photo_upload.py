"""A button to choose a photograph from the reader's own files."""

import ipywidgets
import numpy as np
from numpy.typing import ArrayLike

from course_utils.preprocessing import read_photograph
from course_utils.widgets._base.keyboard_guard import KeyboardGuard
from course_utils.widgets._base.live_figure import LiveFigure
from course_utils.widgets._base.standalone_figure import standalone_figure


class PhotoUpload(LiveFigure):
    """A button to choose a file, and the photograph that was read from it.

    Attributes
    ----------
    photo : ndarray of shape (height, width, 3), uint8
        The photograph that is shown: that of the reader, or the first one as long as none was
        chosen. A file that cannot be read leaves it as it is, and the caption says why.
    """

    def __init__(self, photo: np.ndarray):
        self.photo, self._says = photo, "The photograph that comes with the lesson."
        self._button = ipywidgets.FileUpload(
            accept="image/*", description="Choose a photograph", layout={"width": "16em"}
        )
        super().__init__([self._button, KeyboardGuard()], self._draw_photo, announced="caption")

    def redraw(self, _change=None):
        """Read the file that was chosen, draw it and announce it."""
        if self._button.value:
            name, content = (self._button.value[-1][key] for key in ("name", "content"))
            try:
                self.photo = read_photograph(content)
                height, width, _ = self.photo.shape
                self._says = f"{name}, read as {height} rows and {width} columns."
            except ValueError as error:
                self._says = f"{name}: {error} The photograph is the one from before."
        super().redraw()

    def _draw_photo(self):
        height, width, _ = self.photo.shape
        figure = standalone_figure(4.6, 4.6 * min(1.3, height / width))
        axis = figure.subplots()
        axis.imshow(self.photo)
        axis.set_axis_off()
        alt = f"The photograph that the next cell reads, {height} by {width} pixels."
        return figure, {"caption": self._says, "alt": alt}


def photo_upload(photo: ArrayLike) -> PhotoUpload:
    """Choose a photograph from the reader's own files, in JupyterLab or in a browser tab.

    Parameters
    ----------
    photo : array_like of shape (height, width, 3), uint8
        Shown until another one is chosen.

    Returns
    -------
    PhotoUpload
        Shown when it is the last line of a cell; its attribute ``photo`` is the photograph.

    Raises
    ------
    ValueError
        If `photo` is not a photograph.
    """
    array = np.asarray(photo)
    if array.ndim != 3 or array.shape[2] != 3 or array.dtype != np.uint8:
        got = "None" if photo is None else f"shape {array.shape} of {array.dtype}"
        raise ValueError(f"expected a photograph of shape (height, width, 3) of uint8, got {got}.")
    return PhotoUpload(array)
