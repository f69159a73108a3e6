"""Beside the chat: how the page looks, what is done with personal data, and what is kept of whoever asks."""

from __future__ import annotations

import json
from http import HTTPStatus
from urllib.parse import parse_qsl

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.conversations.own_data import own_record
from api.db.models import Conversation
from api.http.bodies import read_body
from api.http.channels import headers_of
from api.http.web_headers import HEADERS
from api.web.own_pages import OwnPages
from bot.channels.web import COOKIE_SECONDS, Web
from bot.channels.web_view import VIEW_COOKIE, read_view

MOST_FIELDS = 5


class OwnRoutes:
    """The routes of these pages."""

    def __init__(self, engine: AsyncEngine, pages: OwnPages) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._channel = Web()
        self._pages = pages

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route("/view", self.change_view, methods=["POST"])
        router.add_api_route("/privacy", self.privacy, methods=["GET", "HEAD"])
        router.add_api_route("/my-data", self.my_data, methods=["GET", "HEAD"])
        router.add_api_route("/my-data.json", self.download, methods=["GET"])
        return router

    async def change_view(self, request: Request) -> Response:
        """Keeps what was chosen, and shows the chat again. Anybody may post this: it changes nothing but the looks."""
        try:
            fields = dict(parse_qsl((await read_body(request)).decode("ascii"), max_num_fields=MOST_FIELDS))
        except ValueError:
            fields = {}
        view = read_view(headers_of(request)).changed(fields)
        response = RedirectResponse("/#view", HTTPStatus.SEE_OTHER, HEADERS)
        response.set_cookie(
            VIEW_COOKIE,
            view.cookie,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    async def privacy(self, request: Request) -> Response:
        """What is kept, how long, who sees it, and what one may ask for."""
        return HTMLResponse(self._pages.privacy(read_view(headers_of(request))), headers=HEADERS)

    async def my_data(self, request: Request) -> Response:
        """What is kept of this browser's conversation, to be read."""
        page = self._pages.my_data(read_view(headers_of(request)), await self._record(request))
        return HTMLResponse(page, headers=HEADERS)

    async def download(self, request: Request) -> Response:
        """The same as a file."""
        body = json.dumps(await self._record(request) or {}, ensure_ascii=False, indent=2)
        headers = {**HEADERS, "content-disposition": 'attachment; filename="my-data.json"'}
        return Response(body, media_type="application/json", headers=headers)

    async def _record(self, request: Request) -> dict[str, object] | None:
        session = self._channel.session(headers_of(request))
        if session is None:
            return None
        wanted = select(Conversation.id).where(
            Conversation.channel == self._channel.name, Conversation.session_id == session
        )
        async with self._engine.connect() as connection:
            conversation = await connection.scalar(wanted)
            return await own_record(connection, conversation) if conversation else None
