"""Whether what was planned is still true and still wanted: looked at when a case moves, and before it is said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import CaseBinding, CaseEvent, CaseRating, PlannedMessage
from api.news.case_facts import case_of, items_of, statuses_of_no_office, statuses_that_end
from api.news.whole import late_whole
from knowledge.library import Library
from knowledge.model import Status
from knowledge.news import news_for

OPEN = (PlannedMessage.sent_at.is_(None), PlannedMessage.cancelled_at.is_(None))


async def drop_unwanted(connection: AsyncConnection, case_id: int, library: Library, now: datetime) -> None:
    """Drops what a case's new state has made untrue: reminders of what is done, lateness that is over."""
    planned = await connection.execute(select(PlannedMessage).where(PlannedMessage.case_id == case_id, *OPEN))
    for row in planned.all():
        if not await is_wanted(connection, row, library, now):
            await drop(connection, row.id, now)


async def drop(connection: AsyncConnection, planned_id: int, now: datetime) -> None:
    """It will not be said; nothing when it was said in this very moment."""
    row = update(PlannedMessage).where(PlannedMessage.id == planned_id, *OPEN)
    await connection.execute(row.values(cancelled_at=now))


async def is_wanted(connection: AsyncConnection, planned: Row[Any], library: Library, now: datetime) -> bool:
    """Whether a planned message is still to be said."""
    binding = select(CaseBinding.news).where(
        CaseBinding.conversation_id == planned.conversation_id, CaseBinding.case_id == planned.case_id
    )
    if await connection.scalar(binding) != "agreed":
        return False
    match planned.kind:
        case "reminder":
            return await _is_still_to_do(connection, planned, library)
        case "overdue":
            return await _is_still_late(connection, planned, library, now)
        case "rating":
            return await _may_be_rated(connection, planned, library)
        case _:
            return True


async def _is_still_to_do(connection: AsyncConnection, planned: Row[Any], library: Library) -> bool:
    """His own step: until a report shows that he has done it, or that the item came back.

    Where no report would show it, the reminder holds as long as its item stays as it was reported.
    """
    _, event_id, key = planned.key.split(":")
    event = (await connection.execute(select(CaseEvent).where(CaseEvent.id == int(event_id)))).one_or_none()
    if event is None:  # A demonstration that was written anew.
        return False
    case = await case_of(connection, planned.case_id)
    told = news_for(library, library.province_for(case.region), event.item, event.status)
    step = next((one.remind for one in told if one.key == key), None)
    row = (await items_of(connection, planned.case_id)).get(event.item)
    if step is None or row is None or _is_sent_back(library, row.status):
        return False
    if not step.until:
        return bool(row.status == event.status)
    reports = select(CaseEvent.item, CaseEvent.status).where(CaseEvent.case_id == planned.case_id)
    return step.until.isdisjoint([(one.item, one.status) for one in await connection.execute(reports)])


def _is_sent_back(library: Library, status: str) -> bool:
    known = library.entry("status", status)
    return isinstance(known, Status) and known.is_sent_back


async def _is_still_late(connection: AsyncConnection, planned: Row[Any], library: Library, now: datetime) -> bool:
    """Still with the office, and due on the same day as when it was planned; of the whole, still late."""
    if planned.item is None:
        return await late_whole(connection, planned.case_id, library, now) is not None
    row = (await items_of(connection, planned.case_id)).get(planned.item)
    if row is None or row.status in statuses_of_no_office(library):
        return False
    return bool(planned.key.endswith(f":{row.due}"))


async def _may_be_rated(connection: AsyncConnection, planned: Row[Any], library: Library) -> bool:
    """Everything is finished and he has not said yet how it was."""
    rated = select(CaseRating.id).where(
        CaseRating.conversation_id == planned.conversation_id, CaseRating.case_id == planned.case_id
    )
    if await connection.scalar(rated) is not None:
        return False
    ended = statuses_that_end(library)
    return all(row.status in ended for row in (await items_of(connection, planned.case_id)).values())
