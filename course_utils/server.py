"""A Jupyter server extension: messages from a kernel reach the browser without delay.

``etc/jupyter/jupyter_server_config.d/course_utils.json`` enables it in the environment that the
package is installed in. It needs JupyterLab, which is in the extra ``course``.
"""

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class NoDelayConnection(ZMQChannelsWebsocketConnection):
    """The connection of a notebook to its kernel, without a wait between two short messages.

    A kernel sends several for each move on the drawing pad. By default, TCP holds back a short
    one until the one before is acknowledged (Nagle's algorithm), and the browser waits 40 ms
    before it acknowledges: on one machine that is most of the time of an answer.
    """

    def connect(self) -> asyncio.Future[None] | None:
        """Connect the kernel, and tell TCP to hold nothing back."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course_utils.server"}]


def _load_jupyter_server_extension(server) -> None:
    """Use `NoDelayConnection`, unless the server was told to use another class than its default.

    An extension that cannot be imported is a warning in the log; a connection class that cannot
    be imported, as when the folder of an editable install has moved, is a kernel without a
    connection.
    """
    name = "kernel_websocket_connection_class"
    if server.web_app.settings[name] is ZMQChannelsWebsocketConnection:
        server.web_app.settings[name] = NoDelayConnection
