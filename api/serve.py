"""The app's process: serves HTTP on the listening socket that the parent hands over as a file descriptor."""

import socket
import sys
from types import FrameType

import uvicorn

from api.logs import configure_logs
from api.main import create_app
from api.settings import load_settings

# A request that runs longer than this when the app is told to stop is cut off; its message is kept in the inbox.
GRACE_SECONDS = 10
# Longer than what proxies and lines keep an idle connection for: who closes first must not be the one that is asked.
KEEP_ALIVE_SECONDS = 75


class Server(uvicorn.Server):
    """Ends the streams of open pages when it is told to stop, because it would wait for them in vain."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What the signals that ask for an end call."""
        state = self.config.app.state  # type: ignore[union-attr]
        state.staff_changes.close()
        state.listener.end()
        super().handle_exit(sig, frame)


def main(descriptor: int) -> None:
    """Runs until told to stop."""
    settings = load_settings()
    configure_logs(settings.log_level)
    config = uvicorn.Config(
        create_app(settings),
        # Its lines go where ours go, and in our form.
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        # Nobody stands before us by default, so nobody may say who a caller is.
        proxy_headers=False,
        server_header=False,
    )
    Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
