"""Plays departments: moves the cases of the demonstration along, one report at a time."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.bodies import Surrounding, read_event
from api.cases.demo_course import FORKS, USUAL, following, words_of
from api.cases.intake import take_report
from api.db.models import CaseFile, CaseItem
from knowledge.library import Library

DETOUR = {before: status for status, before in FORKS.items() if before and status in ("correction_needed", "suspended")}
"""What sometimes comes between, and after which status."""
DETOUR_CHANCE = 0.1


@dataclass(frozen=True)
class Move:
    """One report that was made. status: its id in the knowledge."""

    case_no: str
    province: str
    item: str
    status: str


class Simulator:
    """Makes one report after another. The lot decides which case goes on."""

    def __init__(self, library: Library, lot: random.Random, clock: Callable[[], datetime]) -> None:
        self._library = library
        self._lot = lot
        self._clock = clock

    async def move(self, connection: AsyncConnection, case_no: str | None = None) -> Move | None:
        """Reports the next status of an item of a case, in the transaction of the connection; None when every case has
        come to its end. case_no: this one alone."""
        waiting = await self._waiting(connection, case_no)
        if not waiting:
            return None
        case_id, item, status = self._lot.choice(waiting)
        locked = select(CaseFile).where(CaseFile.id == case_id).with_for_update(key_share=True)
        case = (await connection.execute(locked)).one()
        province = self._library.province_for(case.region)
        now = self._clock()
        body = {
            "event_id": f"play-{uuid.uuid4()}",
            "item": item,
            "status": words_of(self._library)[status],
            "at": now.isoformat(),
        }
        event = read_event(json.dumps(body).encode(), Surrounding(self._library, now, province))
        await take_report(connection, case, event, None, self._library, now)
        return Move(case.case_no, province.id if province else "", item, status)

    async def _waiting(self, connection: AsyncConnection, case_no: str | None) -> list[tuple[int, str, str]]:
        """The items that something comes after: case, item, and the status that comes."""
        wanted = (
            select(CaseItem.case_id, CaseItem.item, CaseItem.status, CaseFile.region)
            .join(CaseFile, CaseFile.id == CaseItem.case_id)
            .where(CaseFile.is_demo, *([CaseFile.case_no == case_no] if case_no else []))
            .order_by(CaseItem.case_id, CaseItem.item)
        )
        found = [
            (row.case_id, row.item, self._next(row.region, row.item, row.status))
            for row in (await connection.execute(wanted)).all()
        ]
        return [(case_id, item, status) for case_id, item, status in found if status]

    def _next(self, region: str, item_id: str, status: str) -> str | None:
        province = self._library.province_for(region)
        item = province.items.get(item_id) if province else None
        if province is None or item is None:
            return None
        usual = following(self._library, province, item, status)
        if usual and status in USUAL and status in DETOUR and self._lot.random() < DETOUR_CHANCE:
            return DETOUR[status]
        return usual
