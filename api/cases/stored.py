"""What stands in the database of a case: its reports in their true order, and the state of its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.projection import Event, ItemState
from api.db.models import CaseEvent, CaseItem

CHANGING = ("department", "status", "reported", "note", "since", "due", "deadline")


async def events_of(connection: AsyncConnection, case_id: int) -> Sequence[Row[Any]]:
    """All reports by the time at which they happened; those of one moment by their ids."""
    wanted = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.at, CaseEvent.event_id)
    return (await connection.execute(wanted)).all()


def event_of(row: Row[Any]) -> Event:
    """What a row reports."""
    return Event(row.item, row.status, row.reported, row.at, row.note)


async def write_items(connection: AsyncConnection, case_id: int, states: Sequence[ItemState]) -> None:
    """Writes what changed of the items."""
    if not states:
        return
    row = insert(CaseItem).values([{"case_id": case_id, **asdict(state)} for state in states])
    kept, given = CaseItem.__table__.c, row.excluded
    upsert = row.on_conflict_do_update(
        index_elements=["case_id", "item"],
        set_={name: given[name] for name in CHANGING},
        where=or_(*(kept[name].is_distinct_from(given[name]) for name in CHANGING)),
    )
    await connection.execute(upsert)
