"""What is read of a case to tell news of it, and the part of a reply that machines read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.projection import status_now, status_said
from api.conversations.desk_hours import LOCAL
from api.db.models import CaseFile, CaseItem
from knowledge.case_clock import ItemDeadline
from knowledge.deadlines import is_past
from knowledge.library import Library
from knowledge.next_step import next_step


async def case_of(connection: AsyncConnection, case_id: int) -> Row[Any]:
    """The case."""
    row: Row[Any] = (await connection.execute(select(CaseFile).where(CaseFile.id == case_id))).one()
    return row


async def items_of(connection: AsyncConnection, case_id: int) -> dict[str, Row[Any]]:
    """How far each item of a case has come."""
    rows = await connection.execute(select(CaseItem).where(CaseItem.case_id == case_id))
    return {row.item: row for row in rows}


def statuses_that_end(library: Library) -> frozenset[str]:
    """The statuses after which nothing follows."""
    return frozenset(one.id for one in library.catalogue.statuses if one.is_final)


def statuses_of_no_office(library: Library) -> frozenset[str]:
    """The statuses in which no office has to act: it has ended, or the veteran is to do something."""
    return frozenset(one.id for one in library.catalogue.statuses if one.is_final or one.turn != "office")


def item_name(library: Library, region: str, item: str) -> str:
    """The guide's own name of an item."""
    province = library.province_for(region)
    known = province.items.get(item) if province else None
    return known.name if known else library.name_of("item", item)


def progress_data(library: Library, case: Row[Any], rows: Sequence[Row[Any]], now: datetime) -> dict[str, Any]:
    """Some items as `data` of a reply of the kind `progress` has them."""
    return {
        "case_no": case.case_no,
        "demo": case.is_demo,
        "items": [_item_data(library, case.region, row, now) for row in rows],
    }


def _item_data(library: Library, region: str, row: Row[Any], now: datetime) -> dict[str, Any]:
    status = status_now(library, row.status, row.reported)
    hour = ItemDeadline.from_json(row.deadline).hour if row.deadline else None
    department = library.name_of("department", row.department)
    step = next_step(library, library.province_for(region), row.item, status)
    return {
        "item": item_name(library, region, row.item),
        "department": department,
        "status": status_said(library, status, row.reported),
        "since": row.since.astimezone(LOCAL).isoformat(),
        "due": row.due.isoformat() if row.due else None,
        "overdue": is_past(row.due, hour, now) and status not in statuses_of_no_office(library),
        "next_step": step.say if step else library.phrase("status_unrecognised", department=department),
    }
