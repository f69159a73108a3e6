"""How long somebody will probably wait, from how it went lately at this hour; where nothing is known, no number."""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import DeskHours
from api.conversations.owner import queue_position, queued_reply, said_opening
from api.desk.callbacks import has_promise, said_day, tail_of
from api.desk.deadlines import due_today_or_next
from api.desk.presence import AWAY_AFTER
from api.staff.rights import RIGHTS
from api.staff.sessions import IDLE, LONGEST
from bot.message import Reply
from bot.wording import Wording

LEAST_EXAMPLES = 5
"""Of fewer hand-offs nothing is concluded."""
STEP = 5
"""Minutes are told in steps of so many: more exact would be a lie."""
LONG = 20
"""From so many minutes on a call is offered."""
LONGEST_TOLD = 120

# Of the last four weeks at the same hour: how long people waited who were taken on the same day, and how long a
# counselor was busy with one. Those present whose business the place is, and how many of them hold nobody.
BASIS = text("""
    WITH there AS (
        SELECT s.id FROM staff s
        WHERE s.is_active AND s.on_shift AND s.last_seen_at > CAST(:now AS timestamptz) - CAST(:away AS interval)
            AND s.roles && CAST(:roles AS varchar[])
            AND EXISTS (SELECT FROM staff_session o WHERE o.staff_id = s.id AND o.ended_at IS NULL
                AND o.created_at > CAST(:now AS timestamptz) - CAST(:longest AS interval)
                AND o.last_used_at > CAST(:now AS timestamptz) - CAST(:idle AS interval))
            AND (s.regions = '{}' OR (SELECT coalesce(c.desk_region, c.state->'region'->>'code') IS NULL
                OR EXISTS (SELECT FROM unnest(s.regions) r WHERE coalesce(c.desk_region, c.state->'region'->>'code')
                    LIKE regexp_replace(r, '(00)+$', '') || '%')
                FROM conversation c WHERE c.id = :conversation))
    ), waited AS (
        SELECT extract(epoch FROM claimed_at - requested_at) / 60 AS minutes FROM person_request
        WHERE reason = 'asked' AND requested_at > CAST(:now AS timestamptz) - interval '28 days'
            AND requested_at < :now AND claimed_at IS NOT NULL
            AND date_part('hour', requested_at AT TIME ZONE 'Asia/Shanghai')
                = date_part('hour', CAST(:now AS timestamptz) AT TIME ZONE 'Asia/Shanghai')
            AND (requested_at AT TIME ZONE 'Asia/Shanghai')::date = (claimed_at AT TIME ZONE 'Asia/Shanghai')::date
    ), busy AS (
        SELECT extract(epoch FROM left_at - taken_at) / 60 AS minutes FROM desk_visit
        WHERE left_at IS NOT NULL AND how IN ('closed', 'bot') AND taken_at < :now
            AND taken_at > CAST(:now AS timestamptz) - interval '28 days'
            AND date_part('hour', taken_at AT TIME ZONE 'Asia/Shanghai')
                = date_part('hour', CAST(:now AS timestamptz) AT TIME ZONE 'Asia/Shanghai')
    )
    SELECT (SELECT count(*) FROM there) AS there,
        (SELECT count(*) FROM there WHERE NOT EXISTS (
            SELECT FROM desk_visit v WHERE v.staff_id = there.id AND v.left_at IS NULL)) AS free,
        (SELECT count(*) FROM waited) AS waits, (SELECT count(*) FROM busy) AS visits,
        (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FROM waited) AS waited,
        (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FROM busy) AS busy
""")


@dataclass(frozen=True)
class Likely:
    """What can be said about a wait. minutes: None where there is no basis."""

    is_anybody_there: bool
    minutes: int | None


async def likely_wait(connection: AsyncConnection, conversation: uuid.UUID, position: int, now: datetime) -> Likely:
    """For somebody who stands at this place in the queue."""
    names = {
        "now": now,
        "conversation": conversation,
        "roles": list(RIGHTS["desk.work"]),
        "away": AWAY_AFTER,
        "idle": IDLE,
        "longest": LONGEST,
    }
    row = (await connection.execute(BASIS, names)).one()
    return Likely(row.there > 0, _minutes(row, position))


def reckon(position: int, there: int, free: int, waited: float, busy: float) -> int:
    """Minutes, in steps: what people waited lately, and for those behind the free counselors the rounds before them."""
    rounds = max(0, math.ceil((position - free) / there))
    return max(1, math.ceil((waited + rounds * busy) / STEP)) * STEP


def _minutes(row: Row[Any], position: int) -> int | None:
    if not row.there or row.waits < LEAST_EXAMPLES:
        return None
    if position > row.free and row.visits < LEAST_EXAMPLES:
        return None
    minutes = reckon(position, row.there, row.free, float(row.waited), float(row.busy or 0))
    return minutes if minutes <= LONGEST_TOLD else None


async def told_place(
    connection: AsyncConnection,
    conversation: uuid.UUID,
    now: datetime,
    hours: DeskHours,
    wording: Wording,
    caller: str | None,
    may_ask: bool,
) -> Reply:
    """His place in the queue with what can be said about the wait; while the desk is closed he is asked for a number.

    may_ask: he was not asked yet, or has not answered. caller: the number he calls from, if the line tells it.
    """
    position = await queue_position(connection, conversation)
    reply = queued_reply(position, now, hours, wording)
    if not hours.is_open(now):
        if not may_ask or await has_promise(connection, conversation):
            return reply
        opening = hours.next_opening(now)
        due = due_today_or_next(hours, now)
        values = {"position": position, "next_open": said_opening(opening, wording)}
        key, tail = ("queued_closed_own", tail_of(caller)) if caller else ("queued_closed_call", "")
        said = wording.say(key, **values, day=said_day(due, wording), tail=tail)
        return reply.model_copy(update={"text": said, "data": {**reply.data, "asks_call_back": True}})
    likely = await likely_wait(connection, conversation, position, now)
    if not likely.is_anybody_there:
        return reply.model_copy(update={"text": wording.say("queued_open_nobody", position=position)})
    if likely.minutes is None:
        return reply
    key = "queued_open_long" if likely.minutes >= LONG else "queued_open_wait"
    said = wording.say(key, position=position, minutes=likely.minutes)
    return reply.model_copy(update={"text": said, "data": {**reply.data, "likely_wait_minutes": likely.minutes}})
