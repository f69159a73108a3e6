"""What every page of the consoles uses: its files, and the stream that tells it what changed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.http.staff.door import COOKIE, needs
from api.staff.events import Changes
from api.staff.sessions import Sessions, Signed
from api.web.pages import Static
from api.web.staff.pages import FILES_AT

EVENTS = "/desk/events"
FOR_GOOD = {"cache-control": "public, max-age=31536000, immutable"}


class LiveRoutes:
    """Files and events."""

    def __init__(self, static: Static, changes: Changes, sessions: Sessions) -> None:
        self._static = static
        self._changes = changes
        self._sessions = sessions

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(FILES_AT + "/{digest}/{name}", self.file, methods=["GET", "HEAD"])
        router.add_api_route(EVENTS, self.events, methods=["GET"])
        return router

    async def file(self, digest: str, name: str) -> Response:
        """A file of the pages; its address names its content, so that browsers may keep it for good."""
        found = self._static.find(digest, name)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        content, media_type = found
        return Response(content, media_type=media_type, headers=FOR_GOOD)

    async def events(self, request: Request, signed: Annotated[Signed, needs("staff.self")]) -> StreamingResponse:
        """The stream of events. It tells that something changed and never what, so that every role may listen."""
        token = request.cookies.get(COOKIE, "")

        async def is_signed_in() -> bool:
            return await self._sessions.find(token, uses=False) is not None

        headers = {"x-accel-buffering": "no"}
        return StreamingResponse(self._changes.stream(is_signed_in), media_type="text/event-stream", headers=headers)
