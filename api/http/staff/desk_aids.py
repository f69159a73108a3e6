"""What helps a counselor to write: the bot's draft for this chat, and canned replies by their shortcut."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.desk.chat import read_chat
from api.desk.ownership import Refused, held_by
from api.desk.suggestions import Suggestions
from api.http.staff.desk_chat import CHAT, look_up_own
from api.http.staff.door import needs
from api.http.staff.missing import not_found
from api.http.staff.screens import Screens
from api.office.canned import canned
from api.staff.sessions import Signed
from bot.message import Memory
from knowledge.library import Library

MATCHING = "/desk/replies/matching"
MOST_OFFERED = 8


class DeskAidRoutes:
    """Parts that a script puts beside the box. Without a script the chat's page shows a draft by itself."""

    def __init__(
        self, engine: AsyncEngine, screens: Screens, suggestions: Suggestions, library: Callable[[], Library]
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._suggestions = suggestions
        self._library = library

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(f"{CHAT}/draft", self.draft, methods=["GET"])
        router.add_api_route(MATCHING, self.matching, methods=["GET"])
        return router

    async def draft(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """What the bot would answer. Only whoever holds the chat gets it, because only he can use it."""
        async with self._engine.begin() as connection:
            row = await look_up_own(connection, conversation, signed, self._library())
            try:
                await held_by(connection, signed.staff, conversation)
            except Refused:
                raise not_found() from None
            chat = await read_chat(connection, row)
        found = await self._suggestions.of_chat(chat.said, Memory.model_validate(row.state))
        return self._screens.part(request, "desk/draft.html", signed, suggestion=found)

    async def matching(
        self,
        request: Request,
        signed: Annotated[Signed, needs("desk.work")],
        beginning: Annotated[str, Query(max_length=12, pattern=r"^[^\x00]*$")] = "",
    ) -> Response:
        """The canned replies whose shortcut begins so."""
        async with self._engine.connect() as connection:
            found = await canned(connection, signed.staff, beginning.lower())
        return self._screens.part(request, "desk/matching.html", signed, replies=found[:MOST_OFFERED])
