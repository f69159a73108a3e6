"""A chat at the desk: reading it, answering in it, and leaving it in one of five ways."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.desk.brief import brief_of
from api.desk.chat import held_chats, look_up, note_view, read_chat, region_of
from api.desk.notes import LONGEST_LABEL, LONGEST_NOTE, suggested_labels
from api.desk.ownership import NotThere, Refused, end, give_back, held_by, transfer
from api.desk.presence import colleagues
from api.desk.saying import LONGEST, Unsayable, as_counselor, is_said, say
from api.desk.suggestions import Suggestions
from api.http.staff.door import UNATTENDED, needs
from api.http.staff.paths import DESK, chat_path, uuid_of
from api.http.staff.screens import Screens
from api.staff.sessions import Signed
from bot.message import Memory
from knowledge.library import Library

CHAT = f"{DESK}/chats/{{conversation}}"
SIDE_BY_SIDE = f"{DESK}/chats"
MOST_SIDE_BY_SIDE = 6
LONGEST_KNOWN = 500
"""What whoever takes over should know, a colleague or another centre."""
OUTCOMES = ("solved", "directed", "follow_up", "no_answer", "other")


class DeskChatRoutes:
    """The routes of one chat."""

    def __init__(
        self,
        engine: AsyncEngine,
        screens: Screens,
        library: Callable[[], Library],
        suggestions: Suggestions,
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._suggestions = suggestions
        self._screens = screens
        self._library = library
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(CHAT, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{CHAT}/part", self.part, methods=["GET"])
        router.add_api_route(f"{CHAT}/said", self.said, methods=["GET"])
        router.add_api_route(SIDE_BY_SIDE, self.side_by_side, methods=["GET"])
        for name, act in (
            ("reply", self.reply),
            ("to-bot", self.to_bot),
            ("to-queue", self.to_queue),
            ("transfer", self.transfer),
            ("close", self.close),
        ):
            router.add_api_route(f"{CHAT}/{name}", act, methods=["POST"])
        return router

    async def show(
        self,
        request: Request,
        conversation: uuid.UUID,
        signed: Annotated[Signed, needs("desk.work")],
        draft: Literal["", "yes"] = "",
    ) -> Response:
        """The whole page. Whoever reads it is noted. draft: `yes` puts what the bot would answer into the box."""
        return await self._page(request, conversation, signed, with_draft=draft == "yes")

    async def part(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """What of the page keeps itself current."""
        values = await self._values(conversation, signed, by_itself=UNATTENDED in request.headers)
        return self._screens.part(request, "desk/talk.html", signed, **values)

    async def said(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """The talk alone, for the page that shows several."""
        values = await self._values(conversation, signed, by_itself=UNATTENDED in request.headers)
        return self._screens.part(request, "desk/said.html", signed, **values)

    async def side_by_side(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """His chats beside each other, the oldest first, as many as fit. Each look is noted."""
        async with self._engine.connect() as connection:
            mine = await held_chats(connection, signed.staff)
        shown = [await self._values(one.id, signed, by_itself=False) for one in mine[:MOST_SIDE_BY_SIDE]]
        chats = [(one["chat"], uuid.uuid4()) for one in shown]
        return self._screens.show(request, "desk/side.html", signed, chats=chats, most=LONGEST)

    async def reply(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Says something to the person, once for each form. What is not sent stays in the box."""
        form = await request.form()
        written, sent_by = str(form.get("text", "")), uuid_of(form.get("form")) or uuid.uuid4()
        try:
            async with self._theirs(conversation, signed) as (connection, row):
                said = as_counselor(written)
                if not await is_said(connection, conversation, sent_by):
                    await say(connection, row, "counselor", said, sent_by)
        except (Unsayable, Refused) as error:
            return await self._page(request, conversation, signed, written, error.key)
        if form.get("back") == "side":
            return self._screens.go(SIDE_BY_SIDE)
        return self._screens.go(chat_path(conversation) + "#text")

    async def to_bot(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Lets the bot go on."""
        told = self._screens.words.say("desk.told.to_bot")
        return await self._leave(conversation, signed, "desk.left_to_bot", end, "bot", None, told)

    async def to_queue(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Puts the person back to where he stood in the queue."""
        told = self._screens.words.say("desk.told.to_queue")
        return await self._leave(conversation, signed, "desk.left_to_queue", give_back, "queue", told)

    async def transfer(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Hands the chat to a colleague who takes chats now and whose business the place is."""
        form = await request.form()
        login, known = form.get("to"), " ".join(str(form.get("known", "")).split())[:LONGEST_KNOWN]
        async with self._engine.connect() as connection:
            row = await self._look_up(connection, conversation, signed)
            there = await self._colleagues(connection, signed, row)
        colleague = next((one for one in there if one.login == login), None)
        if colleague is None:
            return self._screens.go(chat_path(conversation), "desk.colleague_away")
        told = self._screens.words.say("desk.told.transfer")
        return await self._leave(conversation, signed, "desk.left_to_colleague", transfer, colleague, told, known)

    async def close(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Ends the visit with what became of the matter."""
        outcome = (await request.form()).get("outcome")
        if outcome not in OUTCOMES:
            return await self._page(request, conversation, signed, "", "desk.no_outcome", field="outcome")
        told = self._screens.words.say("desk.told.closed")
        return await self._leave(conversation, signed, "desk.left_closed", end, "closed", outcome, told)

    async def _leave(self, conversation: uuid.UUID, signed: Signed, said: str, act: Any, *how: Any) -> Response:
        try:
            async with self._theirs(conversation, signed) as (connection, _):
                await act(connection, signed.staff, conversation, *how)
        except Refused as error:
            return self._screens.go(chat_path(conversation), error.key)
        return self._screens.go(DESK, said)

    @asynccontextmanager
    async def _theirs(self, conversation: uuid.UUID, signed: Signed) -> AsyncIterator[tuple[AsyncConnection, Row[Any]]]:
        """The conversation, locked and his. Raises Refused when it is not his any more."""
        async with self._engine.begin() as connection:
            yield connection, await held_by(connection, signed.staff, conversation)

    async def _page(
        self,
        request: Request,
        conversation: uuid.UUID,
        signed: Signed,
        text: str = "",
        wrong: str = "",
        field: str = "text",
        with_draft: bool = False,
    ) -> Response:
        values = await self._values(conversation, signed, by_itself=False)
        values |= {"suggestion": None, "is_drafted": False}
        if with_draft and values["is_mine"]:
            chat = values["chat"]
            found = await self._suggestions.of_chat(chat.said, Memory.model_validate(chat.row.state))
            values |= {"suggestion": found, "is_drafted": True}
            text = found.text if found else ""
        faults = {field: self._screens.words.say(wrong, most=LONGEST)} if wrong else {}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        async with self._engine.connect() as connection:
            values["others"] = await self._colleagues(connection, signed, values["chat"].row)
            values["mine"] = await held_chats(connection, signed.staff)
            values["suggested"] = await suggested_labels(connection)
        values |= {"note_form": uuid.uuid4(), "most_note": LONGEST_NOTE, "most_label": LONGEST_LABEL}
        values |= {"written": text, "faults": faults, "form": uuid.uuid4(), "outcomes": OUTCOMES}
        values |= {"most": LONGEST, "most_known": LONGEST_KNOWN}
        return self._screens.show(request, "desk/chat.html", signed, status, **values)

    async def _values(self, conversation: uuid.UUID, signed: Signed, by_itself: bool) -> dict[str, Any]:
        async with self._engine.begin() as connection:
            row = await self._look_up(connection, conversation, signed)
            chat = await read_chat(connection, row)
            await note_view(connection, signed.staff, conversation, by_itself)
        is_mine = chat.holder is not None and chat.holder.staff_id == signed.staff.id
        return {"chat": chat, "brief": brief_of(chat, self._library()), "is_mine": is_mine}

    async def _look_up(self, connection: AsyncConnection, conversation: uuid.UUID, signed: Signed) -> Row[Any]:
        return await look_up_own(connection, conversation, signed, self._library())

    async def _colleagues(self, connection: AsyncConnection, signed: Signed, row: Row[Any]) -> list[Any]:
        region, regions = region_of(row), self._library().regions
        there = await colleagues(connection, self._clock())
        return [one for one in there if one.id != signed.staff.id and one.covers(region, regions)]


async def look_up_own(
    connection: AsyncConnection, conversation: uuid.UUID, signed: Signed, library: Library
) -> Row[Any]:
    """A conversation that is this counselor's business, whoever holds it. Raises NotThere."""
    row = await look_up(connection, conversation)
    if not signed.staff.covers(region_of(row), library.regions):
        raise NotThere
    return row
