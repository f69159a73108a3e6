"""「这条答错了」: a page on which staff say what a reply of the bot should have said."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.desk.ownership import NotThere
from api.desk.sources import sources_of
from api.http.staff.desk_chat import CHAT, look_up_own
from api.http.staff.door import needs
from api.http.staff.paths import Number, chat_path, number_of
from api.http.staff.screens import Screens
from api.quality.marks import LONGEST, LONGEST_NOTE, mark_wrong, reply_of
from api.staff.audit import note
from api.staff.sessions import Signed
from bot.message import Reply
from knowledge.library import Library

WRONG = f"{CHAT}/wrong/{{reply}}"


class DeskQualityRoutes:
    """The form, and what becomes of it."""

    def __init__(self, engine: AsyncEngine, screens: Screens, library: Callable[[], Library]) -> None:
        self._engine = engine
        self._screens = screens
        self._library = library

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(WRONG, self.ask, methods=["GET", "HEAD"])
        router.add_api_route(WRONG, self.mark, methods=["POST"])
        return router

    async def ask(
        self,
        request: Request,
        conversation: uuid.UUID,
        reply: Number,
        signed: Annotated[Signed, needs("desk.work")],
    ) -> Response:
        """The reply, the question that it answered, and a box for the right words. Whoever reads it is noted."""
        async with self._engine.begin() as connection:
            found = await self._find(connection, conversation, reply, signed)
            await note(connection, signed.staff, "desk.view", f"conversation:{conversation}")
        return self._page(request, conversation, signed, found, {"right": "", "remark": ""}, "")

    async def mark(
        self,
        request: Request,
        conversation: uuid.UUID,
        reply: Number,
        signed: Annotated[Signed, needs("desk.work")],
    ) -> Response:
        """Puts it before the editors. The right words may be left to them."""
        form = await request.form()
        given = {name: str(form.get(name, "")).strip() for name in ("right", "remark")}
        is_long = len(given["right"]) > LONGEST or len(given["remark"]) > LONGEST_NOTE
        async with self._engine.begin() as connection:
            found = await self._find(connection, conversation, reply, signed)
            if not is_long and not any("\x00" in one for one in given.values()):
                await mark_wrong(connection, signed.staff, found[0].id, given["right"], given["remark"])
                return self._screens.go(chat_path(conversation), "quality.marked")
        return self._page(request, conversation, signed, found, given, "quality.nothing")

    async def _find(
        self, connection: AsyncConnection, conversation: uuid.UUID, reply: str, signed: Signed
    ) -> tuple[Row[Any], str]:
        await look_up_own(connection, conversation, signed, self._library())
        found = await reply_of(connection, conversation, number_of(reply))
        if found is None:
            raise NotThere
        return found

    def _page(
        self,
        request: Request,
        conversation: uuid.UUID,
        signed: Signed,
        found: tuple[Row[Any], str],
        given: dict[str, str],
        wrong: str,
    ) -> Response:
        row, question = found
        sources = sources_of(Reply.model_validate(row.reply)) if row.reply else ()
        faults = {"right": self._screens.words.say(wrong, most=LONGEST, note=LONGEST_NOTE)} if wrong else {}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        values = {"row": row, "question": question, "sources": sources, "back": chat_path(conversation)}
        most = {"most": LONGEST, "most_remark": LONGEST_NOTE}
        return self._screens.show(
            request, "desk/wrong.html", signed, status, given=given, faults=faults, **values, **most
        )
