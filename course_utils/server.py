"""How `make lab` serves notebooks: what a kernel says reaches the browser at once."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class NoDelayConnection(ZMQChannelsWebsocketConnection):
    """The connection of a notebook to its kernel, without a wait between two short messages.

    A kernel sends several for each move on the drawing pad. As it is, TCP holds back a short one
    until the one before is acknowledged (Nagle's algorithm), and the browser waits 40 ms before
    it acknowledges: on one machine that is most of the time of an answer.
    """

    def connect(self):
        """Connect the kernel, and tell TCP to hold nothing back."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
