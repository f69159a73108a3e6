"""What stands in the database of a case: its reports in their true order, and the state of its items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Insert, Row, RowMapping, Table, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.projection import Event, ItemState
from api.db.models import Base, CaseEvent

CHANGING = ("department", "status", "reported", "note", "since", "due", "deadline")
ITEMS: Table = Base.metadata.tables["case_item"]


def _upsert() -> Insert:
    """Writes one item, new or not; one statement for all, so that it is made once."""
    row = insert(ITEMS).values({name: bindparam(name) for name in ("case_id", "item", *CHANGING)})
    return row.on_conflict_do_update(
        index_elements=["case_id", "item"], set_={name: row.excluded[name] for name in CHANGING}
    )


UPSERT = _upsert()


async def events_of(connection: AsyncConnection, case_id: int) -> Sequence[Row[Any]]:
    """All reports by the time at which they happened; those of one moment by their ids."""
    wanted = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.at, CaseEvent.event_id)
    return (await connection.execute(wanted)).all()


def event_of(row: Row[Any]) -> Event:
    """What a row reports."""
    return Event(row.item, row.status, row.reported, row.at, row.note)


async def write_items(connection: AsyncConnection, case_id: int, states: Sequence[ItemState]) -> None:
    """Writes what differs from what stands there. The case's row must be locked, or be of this transaction."""
    stand = (await connection.execute(select(ITEMS).where(ITEMS.c.case_id == case_id))).mappings()
    before = {row["item"]: row for row in stand}
    changed = [state for state in states if not _stands(before.get(state.item), vars(state))]
    if changed:
        await connection.execute(UPSERT, [{"case_id": case_id, **vars(state)} for state in changed])


def _stands(row: RowMapping | None, state: Mapping[str, Any]) -> bool:
    return row is not None and all(row[name] == state[name] for name in CHANGING)
