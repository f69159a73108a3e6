"""What routes of the consoles answer with: a page, a part of one, or the way to the next page with a word on it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from api.staff.sessions import Signed
from api.web.staff.pages import StaffPages

SAID_COOKIE = "tuiyi_said"
SAID_SECONDS = 60


class Screens:
    """Given to every group of routes."""

    def __init__(self, pages: StaffPages) -> None:
        self._pages = pages
        self.words = pages.words

    def show(
        self, request: Request, template: str, signed: Signed | None, status: int = HTTPStatus.OK, **values: Any
    ) -> HTMLResponse:
        """A page. `faults` among the values: sentences by field, which the macros show at the fields."""
        said = _read(request.cookies.get(SAID_COOKIE, ""))
        known = said if said and self.words.knows(said[0]) else None
        given = {"signed": signed, "path": request.url.path, "faults": {}, "said": self._sentence(known), **values}
        response = HTMLResponse(self._pages.render(template, **given), int(status))
        if SAID_COOKIE in request.cookies:
            response.delete_cookie(SAID_COOKIE)
        return response

    def part(self, request: Request, template: str, signed: Signed, **values: Any) -> HTMLResponse:
        """A part that a script puts into an open page."""
        given = {"signed": signed, "path": request.url.path, "faults": {}, **values}
        return HTMLResponse(self._pages.render(template, **given))

    def go(self, address: str, said: str = "", **values: str | int) -> RedirectResponse:
        """The way on after a post. said: key of a sentence to show there once, with its values."""
        response = RedirectResponse(address, int(HTTPStatus.SEE_OTHER))
        if said:
            content = urlsafe_b64encode(json.dumps([said, values]).encode()).decode()
            response.set_cookie(SAID_COOKIE, content, SAID_SECONDS, httponly=True, samesite="lax")
        return response

    def _sentence(self, said: tuple[str, dict[str, Any]] | None) -> str:
        if said is None:
            return ""
        try:
            return self.words.say(said[0], **said[1])
        except KeyError:
            return ""


def _read(cookie: str) -> tuple[str, dict[str, Any]] | None:
    try:
        key, values = json.loads(urlsafe_b64decode(cookie))
    except ValueError:
        return None
    return (key, values) if isinstance(key, str) and isinstance(values, dict) else None
