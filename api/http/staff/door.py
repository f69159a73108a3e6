"""Who may use a route of the consoles. Every route under /desk, /studio and /staff names the right that it needs.

No `from __future__ import annotations` here: FastAPI reads the annotations of an object that is called.
"""

import asyncio
import hmac
from typing import Any

from fastapi import Depends
from starlette.requests import Request

from api.http.bodies import TooLarge, TooSlow
from api.staff.rights import Right
from api.staff.sessions import Sessions, Signed

COOKIE = "tuiyi_staff"
CSRF = "csrf"
CSRF_HEADER = "x-csrf-token"
UNATTENDED = "x-unattended"
"""Header of requests that a page makes by itself; they do not keep a session alive."""
STREAM = "text/event-stream"
HARMLESS = ("GET", "HEAD")
LARGEST_FORM_BYTES = 32 * 1024 * 1024
FORM_SECONDS = 60.0


class NotSignedIn(Exception):
    """Nobody is signed in, or no longer."""


class NoRight(Exception):
    """He is signed in and may not do this."""

    def __init__(self, signed: Signed, right: Right) -> None:
        super().__init__(f"the right {right} is needed")
        self.signed = signed
        self.right = right


class Forged(Exception):
    """The form does not come from a page of this session."""


class Needs:
    """A dependency: the person who calls, when he has the right."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, request: Request) -> Signed:
        """Raises NotSignedIn, NoRight or Forged."""
        sessions: Sessions = request.app.state.staff_sessions
        signed = await sessions.find(request.cookies.get(COOKIE, ""), uses=_is_an_act(request))
        if signed is None:
            raise NotSignedIn
        if not signed.may(self.right):
            raise NoRight(signed, self.right)
        if request.method not in HARMLESS and not await _is_ours(request, signed.csrf):
            raise Forged
        return signed


def needs(right: Right) -> Any:
    """For a parameter of a route: `signed: Annotated[Signed, needs("desk.work")]`.

    Besides the right it checks, for all but GET and HEAD, the session's CSRF token, in the form field `csrf` or the
    header `x-csrf-token`. A route reads its form with `await request.form()`; it was read here and is kept.
    """
    return Depends(Needs(right))


def _is_an_act(request: Request) -> bool:
    """Whether somebody did something; a page that refreshes itself or opens its stream again by itself did not."""
    opens_stream = STREAM in request.headers.get("accept", "")
    return UNATTENDED not in request.headers and not opens_stream


async def _is_ours(request: Request, csrf: str) -> bool:
    given: Any = request.headers.get(CSRF_HEADER)
    if given is None:
        # Who announces no length is no browser that sends a form.
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST_FORM_BYTES:
            raise TooLarge
        try:
            async with asyncio.timeout(FORM_SECONDS):
                given = (await request.form()).get(CSRF)
        except TimeoutError:
            raise TooSlow from None
    return isinstance(given, str) and hmac.compare_digest(given.encode("utf-8", "replace"), csrf.encode())
