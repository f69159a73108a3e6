"""Answers that wait for a counselor's look, and where they wait."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.desk.ownership import Refused
from api.desk.saying import LONGEST, Unsayable
from api.desk.sources import sources_of
from api.http.staff.door import needs
from api.http.staff.paths import Number, number_of
from api.http.staff.screens import Screens
from api.quality.approval import LEAST_MINUTES, MOST_MINUTES, Approval, switch_off, switch_on, switches, waiting
from api.staff.sessions import Signed
from bot.approval import UNSURE
from bot.message import Reply
from knowledge.library import Library

APPROVALS = "/desk/approvals"
SWITCH = "/desk/approval-switch"


class ApprovalRoutes:
    """The list for counselors, and the switches for leads."""

    def __init__(
        self, engine: AsyncEngine, screens: Screens, approval: Approval, library: Callable[[], Library]
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._approval = approval
        self._library = library

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(APPROVALS, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{APPROVALS}/part", self.part, methods=["GET"])
        router.add_api_route(f"{APPROVALS}/{{number}}/send", self.send, methods=["POST"])
        router.add_api_route(f"{APPROVALS}/{{number}}/reject", self.reject, methods=["POST"])
        router.add_api_route(SWITCH, self.ask, methods=["GET", "HEAD"])
        router.add_api_route(SWITCH, self.set, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """What waits for him."""
        return await self._page(request, signed)

    async def part(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """How many wait, for the desk's first page."""
        async with self._engine.connect() as connection:
            held = await waiting(connection, signed.staff)
        return self._screens.part(request, "desk/approvals_waiting.html", signed, held=held)

    async def send(self, request: Request, number: Number, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """The answer goes out, as it is or as he wrote it."""
        written = str((await request.form()).get(f"text-{number}", ""))
        try:
            await self._approval.send(signed.staff, number_of(number), written)
        except Refused as error:
            return self._screens.go(APPROVALS, error.key)
        except Unsayable as error:
            sentence = self._screens.words.say(error.key, most=LONGEST)
            return await self._page(request, signed, {f"text-{number}": sentence}, {number: written})
        return self._screens.go(APPROVALS, "approval.done")

    async def reject(self, request: Request, number: Number, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """Nothing of the answer goes out; the person is told that it is not sure."""
        try:
            await self._approval.reject(signed.staff, number_of(number))
        except Refused as error:
            return self._screens.go(APPROVALS, error.key)
        return self._screens.go(APPROVALS, "approval.was_rejected")

    async def ask(self, request: Request, signed: Annotated[Signed, needs("switch.set")]) -> Response:
        """Where unsure answers wait."""
        return await self._switches(request, signed)

    async def set(self, request: Request, signed: Annotated[Signed, needs("switch.set")]) -> Response:
        """On, with so many minutes, or off, for one province of his."""
        form = await request.form()
        code = str(form.get("region", ""))
        minutes = str(form.get(f"minutes-{code}", ""))
        library = self._library()
        known = {library.region_of(one).code for one in library.provinces.values()}
        if code not in known or not signed.staff.covers(code, library.regions):
            return await self._switches(request, signed, {"region": self._screens.words.say("approval.no_place")})
        is_number = minutes.isascii() and minutes.isdecimal() and len(minutes) < 4
        if form.get("on") == "yes" and not (is_number and LEAST_MINUTES <= int(minutes) <= MOST_MINUTES):
            sentence = self._screens.words.say("approval.minutes", least=LEAST_MINUTES, most=MOST_MINUTES)
            return await self._switches(request, signed, {f"minutes-{code}": sentence})
        async with self._engine.begin() as connection:
            if form.get("on") == "yes":
                await switch_on(connection, signed.staff, code, int(minutes))
            else:
                await switch_off(connection, signed.staff, code)
        return self._screens.go(SWITCH, "approval.set")

    async def _page(
        self,
        request: Request,
        signed: Signed,
        faults: dict[str, str] | None = None,
        written: dict[str, str] | None = None,
    ) -> Response:
        async with self._engine.connect() as connection:
            held = await waiting(connection, signed.staff)
        regions = self._library().regions
        rows = []
        for one in held:
            reply, place = Reply.model_validate(one.reply), regions.by_code(one.region)
            text = (written or {}).get(str(one.id), reply.text)
            rows.append({"held": one, "text": text, "sources": sources_of(reply), "place": place.name if place else ""})
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return self._screens.show(
            request, "desk/approvals.html", signed, status, rows=rows, most=LONGEST, faults=faults or {}
        )

    async def _switches(self, request: Request, signed: Signed, faults: dict[str, str] | None = None) -> Response:
        library = self._library()
        async with self._engine.connect() as connection:
            on = {one.region: one for one in await switches(connection)}
        places: list[Any] = [library.region_of(one) for one in library.provinces.values()]
        mine = [
            (one.code, one.name, on.get(one.code)) for one in places if signed.staff.covers(one.code, library.regions)
        ]
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        values = {"places": mine, "percent": round(UNSURE * 100), "least": LEAST_MINUTES, "most": MOST_MINUTES}
        return self._screens.show(request, "desk/approval_switch.html", signed, status, faults=faults or {}, **values)
