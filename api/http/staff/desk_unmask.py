"""Showing what is hidden in a chat: which numbers are still kept, why somebody wants to see one, and then that one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.sealing import Sealer
from api.desk.unmasking import LEAST_REASON, MOST_REASON, is_reason, kept_of, open_kept
from api.http.staff.desk_chat import CHAT, look_up_own
from api.http.staff.door import needs
from api.http.staff.paths import chat_path
from api.http.staff.screens import Screens
from api.staff.sessions import Signed
from knowledge.library import Library


class DeskUnmaskRoutes:
    """The form and what it shows."""

    def __init__(self, engine: AsyncEngine, screens: Screens, sealer: Sealer, library: Callable[[], Library]) -> None:
        self._engine = engine
        self._screens = screens
        self._sealer = sealer
        self._library = library

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(f"{CHAT}/unmask", self.ask, methods=["GET", "HEAD"])
        router.add_api_route(f"{CHAT}/unmask", self.show, methods=["POST"])
        return router

    async def ask(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.unmask")]
    ) -> Response:
        """What could be shown; nothing of it is opened yet."""
        return await self._page(request, conversation, signed)

    async def show(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.unmask")]
    ) -> Response:
        """One number, with the reason in the log. It stands in this answer alone."""
        form = await request.form()
        key, reason = str(form.get("what", "")), " ".join(str(form.get("reason", "")).split())
        say = self._screens.words.say
        faults = {}
        if not is_reason(reason):
            faults["reason"] = say("unmask.no_reason", least=LEAST_REASON, most=MOST_REASON)
        value = None
        if not faults:
            async with self._engine.begin() as connection:
                await look_up_own(connection, conversation, signed, self._library())
                value = await open_kept(connection, signed.staff, conversation, key, reason, self._sealer)
            if value is None:
                faults["what"] = say("unmask.gone")
        return await self._page(request, conversation, signed, key, reason, value, faults)

    async def _page(
        self,
        request: Request,
        conversation: uuid.UUID,
        signed: Signed,
        key: str = "",
        reason: str = "",
        value: str | None = None,
        faults: dict[str, str] | None = None,
    ) -> Response:
        async with self._engine.connect() as connection:
            await look_up_own(connection, conversation, signed, self._library())
            kept = await kept_of(connection, conversation)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        values = {"kept": kept, "key": key, "reason": reason, "value": value, "faults": faults or {}}
        chosen = next((one for one in kept if one.key == key), None)
        return self._screens.show(
            request,
            "desk/unmask.html",
            signed,
            status,
            back=chat_path(conversation),
            chosen=chosen,
            most=MOST_REASON,
            **values,
        )
