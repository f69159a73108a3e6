"""A case that a counselor looks up for somebody at the window or on the telephone: with his proof, or with a reason."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions.ports import Away, CaseProgress, Cases, Locked
from api.cases.case_number import as_stored
from api.cases.lookup import PostgresCases
from api.db.models import AuditEntry
from api.desk.unmasking import is_reason
from api.staff.accounts import Staff
from api.staff.audit import note
from knowledge.regions import Regions

NOBODY = str(uuid.UUID(int=0))
"""Stands for the conversation: there is none."""
LAST_FOUR = re.compile(r"[0-9]{3}[0-9Xx]")
MOST_WRONG = 10
WINDOW = timedelta(hours=24)


class NotShown(Exception):
    """Nothing is shown; `key` names the sentence that says why. It is the same for a wrong proof and for no case."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class CaseLooks:
    """Every look and every wrong try stands in the log."""

    def __init__(
        self,
        engine: AsyncEngine,
        cases: Cases,
        own: PostgresCases,
        regions: Callable[[], Regions],
        clock: Callable[[], datetime],
    ) -> None:
        """cases: all that can be proved; own: those that are kept here."""
        self._engine = engine
        self._cases = cases
        self._own = own
        self._regions = regions
        self._clock = clock

    async def by_proof(self, staff: Staff, written: str, last_four: str) -> CaseProgress:
        """The case of somebody who shows his identity card. Raises NotShown."""
        number = as_stored(written)
        if number is None:
            raise NotShown("search.no_number")
        if not LAST_FOUR.fullmatch(last_four):
            raise NotShown("search.no_proof")
        async with self._engine.connect() as connection:
            if await self._tried(connection, staff) >= MOST_WRONG:
                raise NotShown("search.too_many")
        found = await self._cases.prove(NOBODY, number, last_four)
        if isinstance(found, Locked):
            raise NotShown("search.locked")
        async with self._engine.begin() as connection:
            act = "case.view" if isinstance(found, CaseProgress) else "case.refused"
            await note(connection, staff, act, f"case:{number}", how="proof")
        if isinstance(found, Away):
            raise NotShown("search.away")
        if found is None:
            raise NotShown("search.not_found")
        return found

    async def by_right(self, staff: Staff, written: str, reason: str) -> CaseProgress:
        """A case of his places without a proof, with the reason. Raises NotShown."""
        number, reason = as_stored(written), " ".join(reason.split())
        if number is None:
            raise NotShown("search.no_number")
        if not is_reason(reason):
            raise NotShown("search.no_reason")
        found = await self._own.of_number(number)
        is_his = found is not None and staff.covers(found.region, self._regions())
        async with self._engine.begin() as connection:
            act = "case.view" if is_his else "case.refused"
            await note(connection, staff, act, f"case:{number}", reason=reason, how="right")
        if found is None or not is_his:
            raise NotShown("search.not_his")
        return found

    async def _tried(self, connection: AsyncConnection, staff: Staff) -> int:
        wrong = select(func.count()).where(
            AuditEntry.staff_id == staff.id,
            AuditEntry.act == "case.refused",
            AuditEntry.at > self._clock() - WINDOW,
            AuditEntry.detail["how"].astext == "proof",
        )
        return (await connection.execute(wrong)).scalar_one()
