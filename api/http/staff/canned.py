"""The page on which the desk keeps its canned replies."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.http.staff.door import needs
from api.http.staff.paths import Number, number_of
from api.http.staff.place_names import place_names
from api.http.staff.screens import Screens
from api.office.canned import LONGEST, add, canned, plain, remove
from api.staff.sessions import Signed
from bot.turn import hide_numbers
from knowledge.regions import Regions

REPLIES = "/desk/replies"
FIELDS = ("shortcut", "said", "place")


class CannedRoutes:
    """Everybody at the desk sees them; leads change them."""

    def __init__(self, engine: AsyncEngine, screens: Screens, regions: Callable[[], Regions]) -> None:
        self._engine = engine
        self._screens = screens
        self._regions = regions

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(REPLIES, self.show, methods=["GET", "HEAD"])
        router.add_api_route(REPLIES, self.add, methods=["POST"])
        router.add_api_route(f"{REPLIES}/{{number}}/remove", self.remove, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """All of them."""
        return await self._page(request, signed, dict.fromkeys(FIELDS, ""), {})

    async def add(self, request: Request, signed: Annotated[Signed, needs("desk.lead")]) -> Response:
        """One more."""
        form = await request.form()
        given = {name: str(form.get(name, "")).strip() for name in FIELDS}
        shortcut, said = plain(given["shortcut"]), given["said"]
        region = self._regions().lookup(given["place"])
        faults = {
            "shortcut": not shortcut,
            "said": not said or len(said) > LONGEST or hide_numbers(said) != said,
            "place": bool(given["place"]) and not (region and signed.staff.covers(region.code, self._regions())),
        }
        wrong = {name: f"office.canned.{name}" for name, is_wrong in faults.items() if is_wrong}
        if shortcut and not wrong:
            async with self._engine.begin() as connection:
                if await add(connection, signed.staff, shortcut, said, region.code if region else None):
                    return self._screens.go(REPLIES, "office.canned.added")
            wrong["shortcut"] = "office.canned.taken"
        sentences = {name: self._screens.words.say(key, most=LONGEST) for name, key in wrong.items()}
        return await self._page(request, signed, given, sentences)

    async def remove(
        self,
        request: Request,
        number: Number,
        signed: Annotated[Signed, needs("desk.lead")],
    ) -> Response:
        """One less."""
        key = number_of(number)
        async with self._engine.begin() as connection:
            is_gone = await remove(connection, signed.staff, key)
        return self._screens.go(REPLIES, "office.canned.removed" if is_gone else "office.canned.was_removed")

    async def _page(self, request: Request, signed: Signed, given: dict[str, str], faults: dict[str, str]) -> Response:
        async with self._engine.connect() as connection:
            replies = await canned(connection, signed.staff)
        places = place_names((one.region for one in replies), self._regions())
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        template = "office/canned.html"
        return self._screens.show(
            request, template, signed, status, replies=replies, places=places, given=given, faults=faults, most=LONGEST
        )
