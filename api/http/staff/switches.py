"""Switching the bot off, and urgent notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.desk_hours import LOCAL
from api.http.staff.door import needs
from api.http.staff.paths import Number, number_of
from api.http.staff.screens import Screens
from api.office.notices import CHANNELS, LONGEST, put_up, standing, withdraw
from api.staff.sessions import Signed
from bot.notices import NoticeKind

SWITCHES = "/desk/switches"


class SwitchRoutes:
    """One page with a form for each kind of notice, and what holds now."""

    def __init__(self, engine: AsyncEngine, screens: Screens, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._screens = screens
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(SWITCHES, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{SWITCHES}/off", self.switch_off, methods=["POST"])
        router.add_api_route(f"{SWITCHES}/emergency", self.announce, methods=["POST"])
        router.add_api_route(f"{SWITCHES}/{{number}}/withdraw", self.take_back, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("switch.set")]) -> Response:
        """What holds, and the forms."""
        return await self._page(request, signed)

    async def switch_off(self, request: Request, signed: Annotated[Signed, needs("switch.set")]) -> Response:
        """The bot answers no more on these channels."""
        return await self._put_up(request, signed, "bot_off", "off")

    async def announce(self, request: Request, signed: Annotated[Signed, needs("switch.set")]) -> Response:
        """Everybody on these channels hears it."""
        return await self._put_up(request, signed, "emergency", "urgent")

    async def take_back(
        self,
        request: Request,
        number: Number,
        signed: Annotated[Signed, needs("switch.set")],
    ) -> Response:
        """It holds no more."""
        key = number_of(number)
        async with self._engine.begin() as connection:
            is_done = await withdraw(connection, signed.staff, key)
        return self._screens.go(SWITCHES, "office.switch.withdrawn" if is_done else "office.switch.was_withdrawn")

    async def _put_up(self, request: Request, signed: Signed, kind: NoticeKind, prefix: str) -> Response:
        """prefix: what the fields of the form begin with."""
        form = await request.form()
        text = " ".join(str(form.get(f"{prefix}_text", "")).split())
        channels = [one for one in CHANNELS if one in form.getlist(f"{prefix}_channels")]
        faults = {}
        if not text or len(text) > LONGEST:
            faults[f"{prefix}_text"] = self._screens.words.say("office.switch.text", most=LONGEST)
        if not channels:
            faults[f"{prefix}_channels"] = self._screens.words.say("office.switch.channels")
        ends_at, is_readable = _moment(str(form.get(f"{prefix}_until", "")))
        if not is_readable or (ends_at and ends_at <= self._clock()):
            faults[f"{prefix}_until"] = self._screens.words.say("office.switch.until")
        if faults:
            return await self._page(request, signed, form, faults)
        everywhere = len(channels) == len(CHANNELS)
        async with self._engine.begin() as connection:
            await put_up(connection, signed.staff, kind, [] if everywhere else channels, text, ends_at)
        return self._screens.go(SWITCHES, f"office.switch.put_up_{kind}")

    async def _page(
        self, request: Request, signed: Signed, form: FormData | None = None, faults: dict[str, Any] | None = None
    ) -> Response:
        async with self._engine.connect() as connection:
            notices = await standing(connection)
        given = {name: str(value) for name, value in form.items()} if form else {}
        chosen = {prefix: form.getlist(f"{prefix}_channels") if form else [] for prefix in ("off", "urgent")}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        values = {"notices": notices, "channels": CHANNELS, "given": given, "chosen": chosen, "most": LONGEST}
        return self._screens.show(request, "office/switches.html", signed, status, faults=faults or {}, **values)


def _moment(written: str) -> tuple[datetime | None, bool]:
    """What a browser's field for day and time says, and whether it can be read; nothing is readable."""
    if not written:
        return None, True
    try:
        return datetime.strptime(written, "%Y-%m-%dT%H:%M").replace(tzinfo=LOCAL), True
    except ValueError:
        return None, False
