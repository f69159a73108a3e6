"""Sending somebody to the centre of another place."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.desk_hours import DeskHours
from api.desk.ownership import Refused, held_by, refer
from api.desk.presence import is_served
from api.desk.saying import as_system, say
from api.desk.waits import told_place
from api.http.staff.desk_chat import CHAT, LONGEST_KNOWN
from api.http.staff.door import needs
from api.http.staff.paths import DESK, chat_path
from api.http.staff.screens import Screens
from api.staff.sessions import Signed
from bot.wording import Wording
from knowledge.regions import Regions


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
        router.add_api_route(f"{CHAT}/refer", self.refer, methods=["POST"])
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
        if not known or len(known) > LONGEST_KNOWN:
            return self._screens.go(here, "desk.no_note", most=LONGEST_KNOWN)
        name = regions.describe(region)
        try:
            async with self._engine.begin() as connection:
                row = await held_by(connection, signed.staff, conversation)
                if not await is_served(connection, region.code, regions):
                    return self._screens.go(here, "desk.no_centre", place=name)
                told = self._screens.words.say("desk.told.referral", place=name)
                await refer(connection, signed.staff, conversation, region.code, known, told)
                now, hours = self._clock(), self._hours()
                place = await told_place(connection, conversation, now, hours, self._wording, None, may_ask=False)
                await say(connection, row, "system", as_system(place.text))
        except Refused as error:
            return self._screens.go(here, error.key)
        return self._screens.go(DESK, "desk.left_to_centre", place=name)
