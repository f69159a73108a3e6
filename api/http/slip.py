"""The printed list behind its link: the page, the file for calendars, and one answer for all that opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from api.conversations.slips import Kept, Slips
from api.http.problems import DATABASE_AWAY, RETRY_SECONDS
from api.releases.store import digest_in
from api.web.calendar_file import calendar_file
from api.web.slip_page import SlipPages
from bot.wording import Wording

PATH = "/slip/{name:path}"
"""One route for all that lies below, so that every wrong address is answered alike. The log shows only this pattern."""
CALENDAR = ".ics"
HEADERS = {
    "cache-control": "private, no-store",
    "content-security-policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow, noarchive",
}


class SlipRoutes:
    """Answers links."""

    def __init__(self, slips: Slips, pages: SlipPages, wording: Wording, release: Callable[[], str]) -> None:
        """`release` gives that of the knowledge that is spoken from now."""
        self._slips = slips
        self._pages = pages
        self._wording = wording
        self._release = release

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(PATH, self.show, methods=["GET", "HEAD"])
        return router

    async def show(self, name: str, large: str = "") -> Response:
        """The page, or with `.ics` the file for calendars. large: any value asks for two pages of paper."""
        token = name.removesuffix(CALENDAR)
        try:
            kept = await self._slips.find(token)
        except DATABASE_AWAY:
            headers = {**HEADERS, "retry-after": str(RETRY_SECONDS)}
            return HTMLResponse(self._pages.away(), HTTPStatus.SERVICE_UNAVAILABLE, headers)
        if kept is not None and name == token:
            is_old = digest_in(kept.release) != digest_in(self._release())
            page = self._pages.page(kept.slip, kept.release, token, is_old, is_large=bool(large))
            return HTMLResponse(page, headers=HEADERS)
        if kept is not None and kept.slip.dates:
            return self._calendar(kept)
        return HTMLResponse(self._pages.gone(), HTTPStatus.NOT_FOUND, HEADERS)

    def _calendar(self, kept: Kept) -> Response:
        advice = self._wording.say("slip.calendar_advice")
        content = calendar_file(kept.slip.dates, kept.slip.made_at, advice)
        headers = {**HEADERS, "content-disposition": 'attachment; filename="dates.ics"'}
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
