"""Ports: the one we serve on, and free ones for what only we talk to."""

import errno
import socket
import time

from api.processes.failure import CannotStart

BACKLOG = 2048
# The app of a parent that was killed just now ends, and frees the port, within this time.
PATIENCE_SECONDS = 1.0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; the app gets it from us, so callers wait instead of being refused while it starts again.

    Raises CannotStart when the port is taken or the host is not an address of this machine.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return bound(host, port)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                time.sleep(0.05)
                continue
            raise CannotStart(
                f"Cannot listen on {host} port {port}: {error.strerror or error}. "
                "Stop the program that uses it, or set TUIYI_HOST and TUIYI_PORT."
            ) from error


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def local_url(listener: socket.socket) -> str:
    """How a program on this machine reaches the listener."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
