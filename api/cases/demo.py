"""Writes the cases of the demonstration, each of them marked as one, and takes them away again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.cases.applicant import applicant_columns
from api.cases.demo_cases import CASE_NO, DemoCase, demo_cases, event_of, lone_case
from api.cases.projection import project
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.models import CaseEvent, CaseFile, CaseItem
from knowledge.library import Library

LAST_FOUR = "1234"
"""Belongs to nobody: the identity numbers of the demonstration are all zeros before it."""
WRITTEN = (
    "region",
    "is_demo",
    "accepted_at",
    "opened_items",
    "id_number_sealed",
    "id_number_index",
    "last_four_index",
    "phone_sealed",
    "phone_index",
)
"""The columns of a case that a load writes anew."""


async def ensure_demo_case(engine: AsyncEngine, sealer: Sealer, library: Library, now: datetime) -> None:
    """Writes the one case that exists by itself, once a day, so that its dates always lie a few days back.

    What `tuiyi demo play` did with it lasts until the next day.
    """
    case = lone_case(library, now.astimezone(LOCAL).date())
    if case is None:
        return
    has_events = exists().where(CaseEvent.case_id == CaseFile.id)
    standing = select(CaseFile.id).where(
        CaseFile.case_no == case.case_no, CaseFile.accepted_at == case.accepted_at, has_events
    )
    async with engine.begin() as connection:
        if (await connection.execute(standing)).scalar_one_or_none() is None:
            await write_demo(connection, sealer, library, [case])


async def load_demo(connection: AsyncConnection, sealer: Sealer, library: Library, now: datetime) -> list[DemoCase]:
    """Writes all cases of the demonstration with dates before today, in place of those of an earlier load."""
    cases = list(demo_cases(library, now.astimezone(LOCAL).date()))
    kept = [CASE_NO, *(one.case_no for one in cases)]
    await connection.execute(delete(CaseFile).where(CaseFile.is_demo, CaseFile.case_no.not_in(kept)))
    await write_demo(connection, sealer, library, cases)
    return cases


async def clear_demo(connection: AsyncConnection) -> int:
    """Takes every case of the demonstration away, with all that hangs on it; says how many there were."""
    gone = await connection.execute(delete(CaseFile).where(CaseFile.is_demo))
    return gone.rowcount


async def write_demo(connection: AsyncConnection, sealer: Sealer, library: Library, cases: Iterable[DemoCase]) -> None:
    """Writes cases as they are laid out. Conversations that have proved one keep it, and are told nothing."""
    laid_out = {case.case_no: case for case in cases}
    row = upsert(CaseFile).values([_columns(sealer, library, case) for case in laid_out.values()])
    given = {name: row.excluded[name] for name in WRITTEN}
    # A number that is no demonstration's is never written over.
    row = row.on_conflict_do_update(index_elements=["case_no"], set_=given, where=CaseFile.is_demo.is_(True))
    written = await connection.execute(row.returning(CaseFile.id, CaseFile.case_no))
    numbers = {one.id: laid_out[one.case_no] for one in written}
    for table in (CaseEvent, CaseItem):
        await connection.execute(delete(table).where(table.case_id.in_(numbers)))
    events = [event for number, case in numbers.items() for event in _events(library, number, case)]
    items = [item for number, case in numbers.items() for item in _items(library, number, case)]
    if numbers:
        await connection.execute(insert(CaseEvent), events)
        await connection.execute(insert(CaseItem), items)


def _columns(sealer: Sealer, library: Library, case: DemoCase) -> dict[str, Any]:
    return {
        "case_no": case.case_no,
        "region": library.provinces[case.province].head.region,
        "is_demo": True,
        "accepted_at": case.accepted_at,
        "opened_items": list(case.opened),
        **applicant_columns(sealer, case.case_no, f"{'0' * 14}{LAST_FOUR}", None),
    }


def _events(library: Library, number: int, case: DemoCase) -> Iterator[dict[str, Any]]:
    for count, report in enumerate(case.reports):
        yield {"case_id": number, "event_id": f"demo-{count}", **asdict(event_of(library, report))}


def _items(library: Library, number: int, case: DemoCase) -> Iterator[dict[str, Any]]:
    events = [event_of(library, report) for report in case.reports]
    for state in project(library, library.provinces[case.province], case.accepted_at, case.opened, events):
        yield {"case_id": number, **asdict(state)}
