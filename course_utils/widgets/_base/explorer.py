"""A widget that runs in the browser alone, on data that is sent once."""

from typing import Any

import anywidget
import traitlets

from course_utils.widgets._base.static_fallback import with_note


class Explorer(anywidget.AnyWidget):
    """Data that pointer and keys explore without a round trip to the kernel.

    A subclass names the JavaScript and the CSS that show the data.

    Parameters
    ----------
    data : dict
        What the JavaScript reads.
    fallback : dict of str to str
        What `figure_bundle` returns, for pages without a kernel.
    """

    _data = traitlets.Dict().tag(sync=True)

    def __init__(self, data: dict[str, Any], fallback: dict[str, str]):
        super().__init__(_data=data)
        self._fallback = fallback

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | with_note(self._fallback), metadata
