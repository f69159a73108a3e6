"""The list of promised calls: taking one, seeing its number with a reason, and noting what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, get_args

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.desk_hours import DeskHours
from api.conversations.sealing import Sealer
from api.desk.call_list import MOST_TRIES, Outcome, claim, close, open_calls, reveal
from api.desk.ownership import Refused
from api.http.staff.door import needs
from api.http.staff.paths import Number, number_of
from api.http.staff.screens import Screens
from api.staff.sessions import Signed
from knowledge.regions import Regions

CALLS = "/desk/call-backs"
LONGEST = 200
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class CallBackRoutes:
    """The routes of the calls."""

    def __init__(
        self,
        engine: AsyncEngine,
        screens: Screens,
        regions: Callable[[], Regions],
        hours: Callable[[], DeskHours],
        sealer: Sealer,
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._regions = regions
        self._hours = hours
        self._sealer = sealer
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(CALLS, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{CALLS}/part", self.part, methods=["GET"])
        router.add_api_route(f"{CALLS}/{{number}}/claim", self.claim, methods=["POST"])
        router.add_api_route(f"{CALLS}/{{number}}/number", self.number, methods=["POST"])
        router.add_api_route(f"{CALLS}/{{number}}/outcome", self.outcome, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """All that are open."""
        return self._screens.show(request, "desk/calls.html", signed, **await self._values(signed))

    async def part(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """The rows, which keep themselves current."""
        return self._screens.part(request, "desk/calls_list.html", signed, **await self._values(signed))

    async def claim(self, request: Request, number: Number, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """This one is his from now on."""
        key, instead_of = number_of(number), str((await request.form()).get("instead_of", ""))
        try:
            async with self._engine.begin() as connection:
                await claim(connection, signed.staff, self._regions(), key, instead_of)
        except Refused as error:
            return self._screens.go(CALLS, error.key)
        return self._screens.go(f"{CALLS}#call{key}", "calls.claimed")

    async def number(
        self, request: Request, number: Number, signed: Annotated[Signed, needs("desk.unmask")]
    ) -> Response:
        """Shows whom to call, once, on this page alone."""
        key, reason = number_of(number), " ".join(str((await request.form()).get("reason", "")).split())
        if not reason or len(reason) > LONGEST:
            return self._screens.go(f"{CALLS}#call{key}", "calls.reason", most=LONGEST)
        try:
            async with self._engine.begin() as connection:
                shown = await reveal(connection, signed.staff, self._regions(), self._sealer, key, reason)
        except Refused as error:
            return self._screens.go(CALLS, error.key)
        values = await self._values(signed)
        one = next((call for call in values["calls"] if call.id == key), None)
        return self._screens.show(request, "desk/call_number.html", signed, HTTPStatus.OK, number=shown, call=one)

    async def outcome(
        self, request: Request, number: Number, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """What came of the call."""
        key, form = number_of(number), await request.form()
        how, said = form.get("how"), " ".join(str(form.get("said", "")).split())
        if how not in OUTCOMES or len(said) > LONGEST:
            return self._screens.go(CALLS, "calls.no_outcome", most=LONGEST)
        work = (self._regions(), self._sealer, self._hours(), self._screens.words)
        try:
            async with self._engine.begin() as connection:
                await close(connection, signed.staff, *work, key, how, said, self._clock())
        except Refused as error:
            return self._screens.go(CALLS, error.key)
        return self._screens.go(CALLS, f"calls.noted_{how}")

    async def _values(self, signed: Signed) -> dict[str, Any]:
        async with self._engine.connect() as connection:
            calls = await open_calls(
                connection, signed.staff, self._regions(), self._hours(), self._sealer, self._clock()
            )
        alarms = [f"call:{one.id}" for one in calls if one.tone == "late"]
        return {"calls": calls, "alarms": alarms, "outcomes": OUTCOMES, "most": LONGEST, "most_tries": MOST_TRIES}
