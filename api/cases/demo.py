"""The demonstration case: one made-up case of Henan that says in every reply that it is a demonstration."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from api.cases.proof import last_four_index
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.models import CaseFile, CaseItem
from knowledge.calendar import Calendar
from knowledge.deadlines import deadline_of
from knowledge.library import Library
from knowledge.model import Item

CASE_NO = "TY26-DEM0-CASE"
LAST_FOUR = "1234"
"""Belongs to nobody: the identity number of the demonstration is all zeros before it."""
PROVINCE = "henan"
# What the demonstration shows: item, status, and how many days ago it was reported.
REPORTS = (
    ("reporting", "completed", 6),
    ("subsidy", "processing", 5),
    ("household_registration", "processing", 5),
    ("social_security_card", "accepted", 5),
    ("reserve_registration", "awaiting_on_site", 5),
)


async def ensure_demo_case(engine: AsyncEngine, sealer: Sealer, library: Library, now: datetime) -> None:
    """Write the demonstration anew, so that its dates always lie a few days back. Nothing without Henan's guide."""
    province = library.provinces.get(PROVINCE)
    if province is None:
        return
    today = now.astimezone(LOCAL).date()
    accepted = _at(today - timedelta(days=7))
    case = {
        "region": province.head.region,
        "id_number_sealed": sealer.seal(f"{'0' * 14}{LAST_FOUR}".encode(), f"case\0{CASE_NO}"),
        "id_number_index": sealer.index(f"{'0' * 14}{LAST_FOUR}", "id_number"),
        "last_four_index": last_four_index(sealer, CASE_NO, LAST_FOUR),
        "is_demo": True,
        "accepted_at": accepted,
    }
    async with engine.begin() as connection:
        row = upsert(CaseFile).values(case_no=CASE_NO, **case)
        row = row.on_conflict_do_update(index_elements=["case_no"], set_=case)
        case_id = (await connection.execute(row.returning(CaseFile.id))).scalar_one()
        await connection.execute(delete(CaseItem).where(CaseItem.case_id == case_id))
        for name, status, days_ago in REPORTS:
            item = province.items.get(name)
            if item is not None:
                reported = _at(today - timedelta(days=days_ago))
                values = _item(case_id, item, status, reported, library.calendar)
                await connection.execute(insert(CaseItem).values(values))


def _item(case_id: int, item: Item, status: str, reported: datetime, calendar: Calendar) -> dict[str, object]:
    """An item as a department would have reported it; due by the guide's first limit with a clock, from that moment.

    The clock of an item starts when what comes before it is finished; until then nothing is due.
    """
    limit = next((one for one in item.time_limits if one.working_days and one.starts), None)
    finished = {name for name, reached, _ in REPORTS if reached == "completed"}
    runs = item.how == "apply" and set(item.after) <= finished
    due = deadline_of(limit, reported, calendar).day if limit and runs else None
    return {
        "case_id": case_id,
        "item": item.id,
        "department": item.department,
        "status": status,
        "since": reported,
        "due": due,
    }


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10, 0), LOCAL)
