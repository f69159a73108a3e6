"""The desk's first page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.http.staff.door import needs
from api.http.staff.paths import DESK
from api.http.staff.screens import Screens
from api.staff.sessions import Signed


class DeskRoutes:
    """The routes under /desk."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(DESK, self.show, methods=["GET", "HEAD"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """Says what is here."""
        return self._screens.show(request, "desk/start.html", signed)
