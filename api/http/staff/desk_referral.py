"""Sending somebody to the centre of another place."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.desk_hours import DeskHours
from api.db.models import StaffMember
from api.desk.ownership import NotThere, Refused, held_by, refer
from api.desk.saying import as_system, say
from api.desk.waits import told_place
from api.http.staff.door import needs
from api.http.staff.missing import not_found
from api.http.staff.paths import DESK, chat_path
from api.http.staff.screens import Screens
from api.staff.accounts import staff_of
from api.staff.rights import RIGHTS
from api.staff.sessions import Signed
from bot.wording import Wording
from knowledge.regions import Regions

LONGEST = 500


class ReferralRoutes:
    """One route: the form stands on the page of a chat."""

    def __init__(
        self,
        engine: AsyncEngine,
        screens: Screens,
        regions: Callable[[], Regions],
        hours: Callable[[], DeskHours],
        wording: Wording,
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._regions = regions
        self._hours = hours
        self._wording = wording
        self._clock = clock

    def routes(self) -> APIRouter:
        """The route to mount."""
        router = APIRouter()
        router.add_api_route(f"{DESK}/chats/{{conversation}}/refer", self.refer, methods=["POST"])
        return router

    async def refer(
        self, request: Request, conversation: uuid.UUID, signed: Annotated[Signed, needs("desk.work")]
    ) -> Response:
        """The person is told where he was sent, and where he stands there or when they open."""
        form = await request.form()
        regions, known = self._regions(), " ".join(str(form.get("note", "")).split())
        region = regions.lookup(str(form.get("place", "")).strip())
        here = chat_path(conversation)
        if region is None:
            return self._screens.go(here, "desk.no_place")
        if not known or len(known) > LONGEST:
            return self._screens.go(here, "desk.no_note", most=LONGEST)
        name = regions.describe(region)
        try:
            async with self._engine.begin() as connection:
                row = await held_by(connection, signed.staff, conversation)
                if not await self._is_centre(connection, region.code, regions):
                    return self._screens.go(here, "desk.no_centre", place=name)
                told = self._screens.words.say("desk.told.referral", place=name)
                await refer(connection, signed.staff, conversation, region.code, known, told)
                now, hours = self._clock(), self._hours()
                place = await told_place(connection, conversation, now, hours, self._wording, None, may_ask=False)
                await say(connection, row, "system", as_system(place.text))
        except NotThere:
            raise not_found() from None
        except Refused as error:
            return self._screens.go(here, error.key)
        return self._screens.go(DESK, "desk.left_to_centre", place=name)

    async def _is_centre(self, connection: AsyncConnection, code: str, regions: Regions) -> bool:
        """Whether anybody at all takes chats for the place, so that nobody is sent where no one ever looks."""
        wanted = select(StaffMember.__table__).where(
            StaffMember.is_active, StaffMember.roles.overlap(list(RIGHTS["desk.work"]))
        )
        rows = (await connection.execute(wanted)).all()
        return any(staff_of(row).covers(code, regions) for row in rows)
