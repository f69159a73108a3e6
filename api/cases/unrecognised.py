"""Opens a task for the desk when a department sends a status that the knowledge does not know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, cast, func
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.bodies import EventBody
from api.cases.keys import Key
from api.db.models import DeskTask


async def report_unrecognised(
    connection: AsyncConnection, case: Row[Any], event: EventBody, key: Key | None, now: datetime
) -> None:
    """One task for each sender and word, which counts how often it came and names the newest case and item.

    A word that comes again after its task was done is counted, and opens no task again.
    """
    sender = str(key.id) if key else "demo" if case.is_demo else "platform"
    seen = {"last_case": case.case_no, "last_item": event.item, "last_at": now.isoformat()}
    row = insert(DeskTask).values(
        kind="unrecognised_status",
        key=f"status:{sender}:{event.status}",
        region=case.region,
        case_id=case.id,
        detail={
            "reported": event.status,
            "sender": key.name if key else None,
            "is_demo": case.is_demo,
            "count": 1,
            **seen,
        },
    )
    count = func.coalesce(DeskTask.detail["count"].as_integer(), 0) + 1
    counted = DeskTask.detail.op("||")(cast(seen, JSONB)).op("||")(func.jsonb_build_object("count", count))
    await connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"detail": counted}))
