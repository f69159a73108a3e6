"""Headers that every answer under /desk, /studio and /staff has, whoever wrote its route."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.web_headers import HEADERS, policy

CONSOLES = re.compile(r"/(desk|studio|staff)(/|$)")
STAFF_HEADERS = {
    **HEADERS,
    # The tone of the desk is a sound.
    "content-security-policy": policy("media-src 'self'"),
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow, noarchive",
}


class StaffHeaders:
    """Middleware that adds what an answer does not say itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http" or not CONSOLES.match(scope["path"]):
            await self._app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in STAFF_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, add)
