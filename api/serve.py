"""The app's process: serves HTTP on the listening socket that the parent hands over as a file descriptor."""

import socket
import sys

import uvicorn

from api.logs import configure_logs
from api.main import create_app
from api.settings import load_settings

# A request that runs longer than this when the app is told to stop is cut off; its message is kept in the inbox.
GRACE_SECONDS = 10


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
        # Nobody stands before us by default, so nobody may say who a caller is.
        proxy_headers=False,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
