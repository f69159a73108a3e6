"""The calls that were promised, as counselors work them off: the next due first, each by one person at a time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import LOCAL, DeskHours
from api.conversations.sealing import Sealer, Unreadable
from api.db.models import CallBack
from api.desk.callbacks import place, said_day, tail_of
from api.desk.deadlines import closing, tone_of
from api.desk.ownership import NotThere, Refused, held
from api.desk.queue import Tone
from api.desk.saying import as_system, say
from api.staff.accounts import Staff
from api.staff.audit import note
from bot.masking import mask
from bot.wording import Wording
from knowledge.regions import Regions
from knowledge.working_days import due_after

MOST_TRIES = 3
"""After so many calls that nobody took, none is tried any more."""
MOST_SHOWN = 200
Outcome = Literal["done", "again", "unreached"]

CALLS = text("""
    SELECT b.id, b.conversation_id, b.sealed, b.due_at, b.tries, b.last_try_at, b.claimed_by,
        b.escalated_at, b.closed_at, s.name AS claimer, c.channel, c.state->'region'->>'name' AS place,
        coalesce(c.desk_region, c.state->'region'->>'code') AS region,
        (SELECT string_agg(said.text, ' / ' ORDER BY said.id) FROM (
            SELECT t.id, t.text FROM transcript t
            WHERE t.conversation_id = c.id AND t.speaker = 'person' ORDER BY t.id DESC LIMIT 4
        ) said) AS words
    FROM call_back b JOIN conversation c ON c.id = b.conversation_id LEFT JOIN staff s ON s.id = b.claimed_by
    WHERE CASE WHEN CAST(:number AS bigint) IS NULL THEN b.closed_at IS NULL ELSE b.id = :number END
    ORDER BY b.due_at, b.id LIMIT 1000
""")


@dataclass(frozen=True)
class Call:
    """A promised call. tail: the end of the number, by which nobody else can be called."""

    id: int
    conversation: uuid.UUID
    channel: str
    place: str
    words: str
    due_at: datetime
    tone: Tone
    is_escalated: bool
    tries: int
    last_try_at: datetime | None
    tail: str
    claimer: str | None
    is_mine: bool


async def open_calls(
    connection: AsyncConnection, staff: Staff, regions: Regions, hours: DeskHours, sealer: Sealer, now: datetime
) -> list[Call]:
    """Those that are this counselor's business, what is overdue first."""
    rows = (await connection.execute(CALLS, {"number": None})).all()
    mine = [row for row in rows if staff.covers(row.region, regions)]
    return [
        Call(
            id=row.id,
            conversation=row.conversation_id,
            channel=row.channel,
            place=row.place or "",
            words=(row.words or "")[-160:],
            due_at=row.due_at,
            tone=tone_of(hours, row.due_at, now, "call"),
            is_escalated=row.escalated_at is not None,
            tries=row.tries,
            last_try_at=row.last_try_at,
            tail=tail_of(_number(row, sealer)),
            claimer=row.claimer,
            is_mine=row.claimed_by == staff.id,
        )
        for row in mine[:MOST_SHOWN]
    ]


async def claim(connection: AsyncConnection, staff: Staff, regions: Regions, number: int, instead_of: str) -> None:
    """Makes it his; of two at once one gets it. instead_of: who had it when he looked. Raises NotThere or Refused."""
    row = await _find(connection, staff, regions, number)
    if (row.claimer or "") != instead_of and row.claimed_by != staff.id:
        raise Refused("calls.taken")
    free = CallBack.claimed_by.is_(None) if row.claimed_by is None else CallBack.claimed_by == row.claimed_by
    mine = update(CallBack).where(CallBack.id == number, CallBack.closed_at.is_(None), free)
    if not (await connection.execute(mine.values(claimed_by=staff.id).returning(CallBack.id))).all():
        raise Refused("calls.taken")
    await note(connection, staff, "calls.claim", f"call_back:{number}")


async def reveal(
    connection: AsyncConnection, staff: Staff, regions: Regions, sealer: Sealer, number: int, reason: str
) -> str:
    """The number to call, for whoever has claimed the call; noted with the reason. Raises NotThere or Refused."""
    row = await _find(connection, staff, regions, number)
    if row.claimed_by != staff.id:
        raise Refused("calls.not_yours")
    shown = _number(row, sealer)
    if not shown:
        raise Refused("calls.unreadable")
    await note(connection, staff, "desk.unmask", f"call_back:{number}", reason=reason)
    return shown


async def close(
    connection: AsyncConnection,
    staff: Staff,
    regions: Regions,
    sealer: Sealer,
    hours: DeskHours,
    words: Wording,
    number: int,
    how: Outcome,
    said: str,
    now: datetime,
) -> None:
    """Notes what came of a try, and tells the person when he was not reached or is called again.

    The number goes as soon as no call is to follow. Raises NotThere or Refused.
    """
    row = await _find(connection, staff, regions, number)
    if row.claimed_by != staff.id:
        raise Refused("calls.not_yours")
    conversation, _ = await held(connection, row.conversation_id)
    still = select(CallBack.tries).where(CallBack.id == number, CallBack.closed_at.is_(None)).with_for_update()
    tries = (await connection.execute(still)).scalar_one_or_none()
    if tries is None:
        raise Refused("calls.gone")
    tries += 1
    is_last = how == "done" or (how == "unreached" and tries >= MOST_TRIES)
    due = due_after(now.astimezone(LOCAL).date(), 1, hours.calendar)
    values: dict[str, Any] = {"tries": tries, "last_try_at": now, "said": mask(said).text or None}
    if is_last:
        values |= {"closed_at": now, "outcome": how, "sealed": None}
    else:
        values |= {"due_at": closing(hours, due.day), "escalated_at": None}
    await connection.execute(update(CallBack).where(CallBack.id == number).values(**values))
    if how != "done":
        key = "last" if is_last else how
        told = words.say(f"calls.told.{key}", tail=tail_of(_number(row, sealer)), tries=tries, day=said_day(due, words))
        await say(connection, conversation, "system", as_system(told))
    await note(connection, staff, f"calls.{how}", f"call_back:{number}", tries=tries)


async def _find(connection: AsyncConnection, staff: Staff, regions: Regions, number: int) -> Row[Any]:
    row = (await connection.execute(CALLS, {"number": number})).one_or_none()
    if row is None or not staff.covers(row.region, regions):
        raise NotThere
    if row.closed_at is not None:
        raise Refused("calls.gone")
    return row


def _number(row: Row[Any], sealer: Sealer) -> str:
    try:
        return sealer.open(row.sealed, place(str(row.conversation_id))).decode() if row.sealed else ""
    except Unreadable:
        return ""
