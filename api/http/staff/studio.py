"""The studio's first page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.http.staff.door import needs
from api.http.staff.paths import STUDIO
from api.http.staff.screens import Screens
from api.staff.sessions import Signed


class StudioRoutes:
    """The routes under /studio."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(STUDIO, self.show, methods=["GET", "HEAD"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """Says what is here."""
        return self._screens.show(request, "studio/start.html", signed)
