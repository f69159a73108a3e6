"""Takes in what departments send: opens cases, and stores each report once. One transaction for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.cases.applicant import applicant_columns, indexes_of
from api.cases.bodies import CaseBody, EventBody, Surrounding, read_event
from api.cases.case_number import new_case_number
from api.cases.keys import Key
from api.cases.projection import UNRECOGNISED, ItemState, project
from api.cases.stored import event_of, events_of, write_items
from api.cases.unrecognised import report_unrecognised
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.models import CaseEvent, CaseFile
from api.news.from_events import plan_news
from knowledge.library import Library, ProvinceKnowledge
from knowledge.statuses import recognise

MOST_DRAWS = 10
"""So many numbers are drawn before giving up; with a million cases of a year one in a million is taken."""


class Conflict(Exception):
    """The same number was sent before with another content. The message says which, never what."""


class NoSuchCase(Exception):
    """There is no such case, or none that is the caller's business."""


@dataclass(frozen=True)
class Opened:
    """A case that was opened, now or by an earlier request of the same content; its items as they were then."""

    case_no: str
    items: tuple[ItemState, ...]
    is_new: bool


@dataclass(frozen=True)
class Reported:
    """A report that is stored, now or before, by its ids in the knowledge."""

    case_no: str
    event_id: str
    item: str
    status: str


class CaseIntake:
    """The way in for departments."""

    def __init__(
        self, engine: AsyncEngine, sealer: Sealer, knowledge: Callable[[], Library], clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._sealer = sealer
        self._knowledge = knowledge
        self._clock = clock

    async def open_case(self, key: Key, case: CaseBody) -> Opened:
        """Stores a new case. Raises Conflict for a number of the platform that stands for another content."""
        library = self._knowledge()
        province = _province_of(library, case.region)
        items = tuple(project(library, province, case.accepted_at, case.items, ()))
        async with self._engine.begin() as connection:
            for _ in range(MOST_DRAWS):
                case_no = new_case_number(case.accepted_at.astimezone(LOCAL).year)
                case_id = await self._insert(connection, key, case_no, case)
                if case_id is not None:
                    await write_items(connection, case_id, items)
                    return Opened(case_no, items, is_new=True)
                earlier = await self._earlier(connection, key, case)
                if earlier is not None:
                    return Opened(earlier, items, is_new=False)
        raise RuntimeError("no case number was free")

    async def expect(self, key: Key, case_no: str) -> None:
        """Raises NoSuchCase, alike for a case that does not exist and for one that is not this key's business."""
        wanted = select(CaseFile.region).where(CaseFile.case_no == case_no, CaseFile.is_demo.is_(False))
        async with self._engine.connect() as connection:
            region = (await connection.execute(wanted)).scalar_one_or_none()
        if region is None or not key.covers(region, self._knowledge().regions):
            raise NoSuchCase

    async def report(self, key: Key, case_no: str, body: bytes) -> Reported:
        """Stores a report once and reckons the case anew.

        Raises NoSuchCase, Faulty with every fault of the body, or Conflict for an id that stands for something else.
        """
        library, now = self._knowledge(), self._clock()
        async with self._engine.begin() as connection:
            mine = select(CaseFile).where(CaseFile.case_no == case_no, CaseFile.is_demo.is_(False))
            case = (await connection.execute(mine.with_for_update(key_share=True))).one_or_none()
            if case is None or not key.covers(case.region, library.regions):
                raise NoSuchCase
            event = read_event(body, Surrounding(library, now, _province_of(library, case.region)))
            return await take_report(connection, case, event, key, library, now)

    async def _insert(self, connection: AsyncConnection, key: Key, case_no: str, case: CaseBody) -> int | None:
        applicant = applicant_columns(self._sealer, case_no, case.applicant.id_number, case.applicant.phone)
        row = insert(CaseFile).values(
            case_no=case_no,
            region=case.region,
            key_id=key.id,
            accepted_at=case.accepted_at,
            platform_no=case.platform_no,
            opened_items=case.items,
            **applicant,
        )
        inserted = await connection.execute(row.on_conflict_do_nothing().returning(CaseFile.id))
        return inserted.scalar_one_or_none()

    async def _earlier(self, connection: AsyncConnection, key: Key, case: CaseBody) -> str | None:
        """The number of the case that this platform number opened; None when it opened none."""
        if case.platform_no is None:
            return None
        wanted = select(CaseFile).where(CaseFile.key_id == key.id, CaseFile.platform_no == case.platform_no)
        row = (await connection.execute(wanted)).one_or_none()
        if row is None:
            return None
        sent = indexes_of(self._sealer, row.case_no, case.applicant.id_number, case.applicant.phone)
        is_same = (
            row.region == case.region
            and row.accepted_at == case.accepted_at
            and set(row.opened_items) == set(case.items)
            and (row.id_number_index, row.phone_index) == (sent["id_number_index"], sent["phone_index"])
        )
        if not is_same:
            raise Conflict("platform_no stands for a case with another content")
        return str(row.case_no)


async def take_report(
    connection: AsyncConnection, case: Row[Any], event: EventBody, key: Key | None, library: Library, now: datetime
) -> Reported:
    """Stores a report of a case whose row is locked, and all that follows from it. Raises Conflict.

    key: whose; None for one that the product makes itself, as a demonstration does.
    """
    known = recognise(library, event.status)
    status = known.id if known else UNRECOGNISED
    row = insert(CaseEvent).values(
        case_id=case.id,
        event_id=event.event_id,
        item=event.item,
        status=status,
        reported=event.status,
        at=event.at,
        note=event.note or None,
        key_id=key.id if key else None,
    )
    stored = await connection.execute(row.on_conflict_do_nothing().returning(CaseEvent.id))
    told = Reported(case.case_no, event.event_id, event.item, status)
    number = stored.scalar_one_or_none()
    if number is None:
        await _expect_same(connection, case.id, event)
        return told
    events = [event_of(one) for one in await events_of(connection, case.id)]
    province = _province_of(library, case.region)
    await write_items(connection, case.id, project(library, province, case.accepted_at, case.opened_items, events))
    if known is None:
        await report_unrecognised(connection, case, event, key, now)
    await plan_news(connection, case.id, number, event.item, library, now)
    return told


async def _expect_same(connection: AsyncConnection, case_id: int, event: EventBody) -> None:
    wanted = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.event_id == event.event_id)
    row = (await connection.execute(wanted)).one()
    if (row.item, row.reported, row.at, row.note) != (event.item, event.status, event.at, event.note or None):
        raise Conflict("event_id stands for an event with another content")


def _province_of(library: Library, region: str) -> ProvinceKnowledge:
    province = library.province_for(region)
    if province is None:
        raise NoSuchCase
    return province
