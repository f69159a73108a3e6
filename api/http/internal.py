"""Who may use what lies inside: a caller on this machine that shows the internal token."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from ipaddress import ip_address

from starlette.exceptions import HTTPException
from starlette.requests import Request


class Internal:
    """Tells the inside from strangers, who are to find nothing here."""

    def __init__(self, token: str) -> None:
        self._token = f"Bearer {token}".encode()

    def admit(self, request: Request) -> None:
        """Raises HTTPException (404) for a stranger."""
        given = dict(request.headers.raw).get(b"authorization", b"")
        host = request.client.host if request.client else ""
        if not (_is_loopback(host) and hmac.compare_digest(given, self._token)):
            raise HTTPException(HTTPStatus.NOT_FOUND)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
