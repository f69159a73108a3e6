"""All cases behind one port, whether departments pushed them to us or a platform keeps them: `actions.ports.Cases`."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from actions import ports
from api.cases.asked import keep_asked
from api.cases.lookup import PostgresCases
from api.cases.platform import AskedCase, Platform, PlatformAway
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.models import CaseFile
from knowledge.library import Library

FRESH = timedelta(minutes=1)
"""What was asked so lately is told without asking again."""
STEP_SECONDS = 0.5
"""A proof that is not right is answered at a multiple of it, so that the platform's own pace tells nothing."""


class JoinedCases:
    """Our own cases, and those of a platform that is asked when somebody wants to know.

    A case of the platform is stored with the first right proof; from then on it is asked again whenever it is to be
    told, and what was known last is told, with its time, while the platform is away. Cases that were pushed to us are
    never asked for.
    """

    def __init__(
        self,
        own: PostgresCases,
        platform: Platform,
        region: str,
        engine: AsyncEngine,
        sealer: Sealer,
        knowledge: Callable[[], Library],
        clock: Callable[[], datetime],
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """region: adcode of the place whose cases the platform may tell of; empty: any. wait: lets seconds pass."""
        self._own = own
        self._platform = platform
        self._region = region
        self._engine = engine
        self._sealer = sealer
        self._knowledge = knowledge
        self._clock = clock
        self._wait = wait

    async def bound_to(self, conversation: str) -> list[ports.CaseProgress]:
        """The cases that this conversation has proved, newest first, asked anew where a platform keeps them."""
        known = await self._own.bound_to(conversation)
        asked_at = await self._asked_at([case.case_no for case in known])
        stale = [number for number, at in asked_at.items() if at <= self._clock() - FRESH]
        if not stale:
            return known
        answered = dict(zip(stale, await asyncio.gather(*map(self._refresh, stale)), strict=True))
        away = {number: asked_at[number] for number, is_fresh in answered.items() if not is_fresh}
        return [_dated(case, away) for case in await self._own.bound_to(conversation)]

    async def prove(
        self, conversation: str, case_no: str, last_four: str
    ) -> ports.CaseProgress | ports.Locked | ports.Away | None:
        """The case for a right proof, from wherever it is known.

        Whatever is not proved by our own cases is asked for, whether or not we have such a number, so that the time of
        the answer does not tell it; Away alike when the platform cannot be asked.
        """
        began = time.monotonic()
        own = await self._own.prove(conversation, case_no, last_four)
        if isinstance(own, ports.Locked):
            return own
        if own is not None:
            return await self._up_to_date(own, conversation, last_four)
        try:
            asked = await self._platform.ask(case_no)
        except PlatformAway:
            return ports.Away()
        if asked and self._is_ours(asked) and _is_right(asked, last_four) and await self._keep(asked):
            return await self._own.prove(conversation, case_no, last_four)
        spent = time.monotonic() - began
        await self._wait(STEP_SECONDS - spent % STEP_SECONDS)
        return None

    async def _up_to_date(
        self, case: ports.CaseProgress, conversation: str, last_four: str
    ) -> ports.CaseProgress | ports.Locked | None:
        asked_at = await self._asked_at([case.case_no])
        if not asked_at or asked_at[case.case_no] > self._clock() - FRESH:
            return case
        if await self._refresh(case.case_no):
            return await self._own.prove(conversation, case.case_no, last_four)
        return _dated(case, asked_at)

    async def _refresh(self, case_no: str) -> bool:
        """Whether what we have of a case is now what the platform has."""
        try:
            asked = await self._platform.ask(case_no)
        except PlatformAway:
            return False
        return asked is not None and self._is_ours(asked) and await self._keep(asked)

    async def _keep(self, asked: AskedCase) -> bool:
        async with self._engine.begin() as connection:
            return await keep_asked(connection, self._sealer, self._knowledge(), asked, self._clock())

    async def _asked_at(self, numbers: Sequence[str]) -> dict[str, datetime]:
        """When those of the cases that a platform keeps were last told by it."""
        wanted = select(CaseFile.case_no, CaseFile.asked_at).where(
            CaseFile.case_no.in_(numbers), CaseFile.asked_at.is_not(None)
        )
        async with self._engine.connect() as connection:
            return {row.case_no: row.asked_at for row in await connection.execute(wanted)}

    def _is_ours(self, asked: AskedCase) -> bool:
        """Whether the platform may tell of such a place."""
        path = self._knowledge().regions.path(asked.region)
        return not self._region or any(place.code == self._region for place in path)


def _is_right(asked: AskedCase, last_four: str) -> bool:
    return hmac.compare_digest(asked.applicant.last_four.upper().encode(), last_four.upper().encode())


def _dated(case: ports.CaseProgress, known_at: Mapping[str, datetime]) -> ports.CaseProgress:
    """The case with the time at which it was known last, when it could not be asked now."""
    at = known_at.get(case.case_no)
    return replace(case, as_of=at.astimezone(LOCAL)) if at else case
