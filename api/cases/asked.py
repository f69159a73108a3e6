"""Keeps what a platform answered, beside what was pushed, so that it can be told when the platform is away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.applicant import applicant_columns
from api.cases.bodies import EventBody, Surrounding, read_event
from api.cases.faults import Faulty
from api.cases.platform import AskedCase
from api.cases.projection import UNRECOGNISED, project
from api.cases.stored import event_of, events_of, write_items
from api.cases.unrecognised import report_unrecognised
from api.conversations.sealing import Sealer
from api.db.models import CaseEvent, CaseFile
from knowledge.library import Library, ProvinceKnowledge
from knowledge.statuses import recognise

log = structlog.get_logger()


async def keep_asked(
    connection: AsyncConnection, sealer: Sealer, library: Library, asked: AskedCase, now: datetime
) -> bool:
    """Stores a case as the platform knows it now, each of its reports once; what it reports no longer is kept.

    False, and nothing is stored, for a number that was pushed to us, which is never written over, and for a place that
    no guide here covers. Of the identity number only the last four characters are known, and those are sealed like a
    whole one. Nobody is sent news: whoever asked is told at once.
    """
    province = library.province_for(asked.region)
    if province is None:
        return False
    columns = {
        "region": asked.region,
        "accepted_at": asked.accepted_at,
        "asked_at": now,
        **applicant_columns(sealer, asked.case_no, f"{'*' * 14}{asked.applicant.last_four.upper()}", None),
    }
    row = insert(CaseFile).values(case_no=asked.case_no, **columns)
    row = row.on_conflict_do_update(
        index_elements=["case_no"], set_=columns, where=CaseFile.asked_at.is_not(None) & CaseFile.is_demo.is_(False)
    )
    number = (await connection.execute(row.returning(CaseFile.id))).scalar_one_or_none()
    if number is None:
        return False
    case = (await connection.execute(select(CaseFile).where(CaseFile.id == number))).one()
    for event in _events(library, province, asked, now):
        await _keep_event(connection, case, event, library, now)
    events = [event_of(one) for one in await events_of(connection, case.id)]
    await write_items(connection, case.id, project(library, province, case.accepted_at, case.opened_items, events))
    return True


async def _keep_event(
    connection: AsyncConnection, case: Row[Any], event: EventBody, library: Library, now: datetime
) -> None:
    known = recognise(library, event.status)
    row = insert(CaseEvent).values(
        case_id=case.id,
        event_id=event.event_id,
        item=event.item,
        status=known.id if known else UNRECOGNISED,
        reported=event.status,
        at=event.at,
        note=event.note or None,
    )
    stored = await connection.execute(row.on_conflict_do_nothing().returning(CaseEvent.id))
    if stored.scalar_one_or_none() is not None and known is None:
        await report_unrecognised(connection, case, event, None, now)


def _events(library: Library, province: ProvinceKnowledge, asked: AskedCase, now: datetime) -> Iterator[EventBody]:
    """The reports, read as strictly as those that are pushed. One that cannot be used is left out, and logged."""
    for event in asked.history:
        body = {
            "event_id": event.event_id,
            "item": event.item,
            "status": event.written,
            "at": event.at.isoformat(),
            "note": event.note,
        }
        try:
            yield read_event(json.dumps(body).encode(), Surrounding(library, now, province))
        except Faulty as error:
            log.warning("asked_event_unusable", case=asked.case_no, faults=[one.field for one in error.faults])
