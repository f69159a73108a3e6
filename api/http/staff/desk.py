"""The desk's first page: who waits, the counselor's own chats, his shift, and taking somebody on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.desk.chat import held_chats, look_up, region_of
from api.desk.duties import open_duties
from api.desk.ownership import NotThere, Refused, take
from api.desk.presence import colleagues, is_taking_chats, set_shift
from api.desk.queue import Patience, waiting_for
from api.http.staff.door import needs
from api.http.staff.paths import DESK, chat_path
from api.http.staff.screens import Screens
from api.http.staff.waiting_rows import WaitingRows
from api.staff.sessions import Signed
from knowledge.regions import Regions

QUEUE = f"{DESK}/queue"


class DeskRoutes:
    """The routes of /desk itself."""

    def __init__(
        self,
        engine: AsyncEngine,
        screens: Screens,
        rows: WaitingRows,
        regions: Callable[[], Regions],
        patience: Callable[[], Patience],
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._rows = rows
        self._regions = regions
        self._patience = patience
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(DESK, self.show, methods=["GET", "HEAD"])
        router.add_api_route(QUEUE, self.part, methods=["GET"])
        router.add_api_route(f"{DESK}/mine", self.mine, methods=["GET"])
        router.add_api_route(f"{DESK}/shift", self.shift, methods=["POST"])
        router.add_api_route(f"{DESK}/chats/{{conversation}}/take", self.take, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """The whole page."""
        return self._screens.show(request, "desk/start.html", signed, **await self._values(signed))

    async def part(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """What of the page keeps itself current."""
        return self._screens.part(request, "desk/queue.html", signed, **await self._values(signed))

    async def mine(
        self, request: Request, signed: Annotated[Signed, needs("desk.work")], at: uuid.UUID | None = None
    ) -> Response:
        """The list of his chats. at: the chat in which he is."""
        async with self._engine.connect() as connection:
            chats = await held_chats(connection, signed.staff)
        shown = chat_path(at) if at else DESK
        return self._screens.part(request, "desk/mine.html", signed, mine=chats, path=shown)

    async def shift(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """Begins or ends taking chats. Who ends it gives his chats back within seconds."""
        is_on = (await request.form()).get("on") == "yes"
        async with self._engine.begin() as connection:
            await set_shift(connection, signed.staff, is_on, self._clock())
        return self._screens.go(DESK, "desk.shift_on" if is_on else "desk.shift_off")

    async def take(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """Takes somebody on and leads to the chat; back to the queue when another was faster."""
        try:
            async with self._engine.begin() as connection:
                row = await look_up(connection, conversation)
                if not signed.staff.covers(region_of(row), self._regions()):
                    raise NotThere
                if not await is_taking_chats(connection, signed.staff, self._clock()):
                    raise Refused("desk.off_shift")
                await take(connection, signed.staff, conversation, self._screens.words.say("desk.told.joined"))
        except Refused as error:
            return self._screens.go(DESK, error.key, **error.values)
        return self._screens.go(chat_path(conversation))

    async def _values(self, signed: Signed) -> dict[str, Any]:
        now, patience = self._clock(), self._patience()
        async with self._engine.connect() as connection:
            waiting = await waiting_for(connection, signed.staff, self._regions(), patience, now)
            dangers = [str(one.conversation) for one in waiting if one.is_distress]
            duties = await open_duties(connection, signed.staff, patience.hours, now)
            owed = [f"{one.kind}:{number}" for one in duties for number in one.late]
            return {
                "waiting": waiting,
                "rows": self._rows.of(waiting, signed),
                "alarms": [*dangers, *(f"late:{one.conversation}" for one in waiting if one.tone == "late"), *owed],
                "owed": duties,
                "mine": await held_chats(connection, signed.staff),
                "present": await colleagues(connection, now),
                "on_shift": await is_taking_chats(connection, signed.staff, now),
                "is_open": patience.hours.is_open(now),
            }
