"""How long people waited for a counselor's first reply, and until their matter was closed. Nothing personal is in it.

A request runs in opening hours, as the desk's own clock does; where somebody may be in danger it runs at all hours.
Each span is also told by the clock on the wall. Of a few only the number is told: a median of two promises too much.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, and_, cast, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import DeskHours
from api.db.models import Conversation, DeskVisit, PersonRequest, Transcript
from api.desk.queue import DISTRESS
from api.desk.working_time import working_minutes
from api.office.tasks import within
from api.staff.accounts import Staff

MEASURES = ("first_reply", "resolution")
CLOCKS = ("working", "clock")
SHARES = {"half": 0.5, "most": 0.9}
LEAST = {"half": 5, "most": 10}
"""Of fewer spans the share is not told: the 90th percentile of nine is nothing but the longest."""
SPANS = tuple(f"{clock}_{share}" for clock in CLOCKS for share in SHARES)
ENDED = ("closed", "bot")
NEVER: Any = literal_column("'infinity'::timestamptz")


@dataclass(frozen=True)
class Span:
    """Whole minutes from a request to what was waited for: of opening hours, and of the clock."""

    working: int
    clock: int


@dataclass(frozen=True)
class HandOver:
    """A request for a person. day: local; province: the first two digits of its adcode, none where it is unknown."""

    day: date
    province: str
    first_reply: Span | None
    resolution: Span | None


@dataclass(frozen=True)
class Told:
    """What can be said of several spans. minutes: by the names of SPANS; None where there are too few."""

    number: int
    minutes: dict[str, int | None]


async def hand_overs(connection: AsyncConnection, staff: Staff, since: datetime, hours: DeskHours) -> list[HandOver]:
    """All since the beginning of a day that are this person's business."""
    found = []
    for row in await connection.execute(_wanted(staff, since)):
        is_distress, begun = row.reason == DISTRESS, row.requested_at
        spans = [_span(hours, begun, end, is_distress) for end in (row.replied_at, row.ended_at)]
        found.append(HandOver(row.day, row.province, *spans))
    return found


def told_of(several: Iterable[HandOver], measure: str) -> Told:
    """One of MEASURES over several requests."""
    spans = [span for one in several if (span := getattr(one, measure)) is not None]
    minutes: dict[str, int | None] = {}
    for clock in CLOCKS:
        ordered = sorted(getattr(one, clock) for one in spans)
        minutes |= {f"{clock}_{share}": within_share(ordered, share) for share in SHARES}
    return Told(len(spans), minutes)


def within_share(ordered: Sequence[int], share: str) -> int | None:
    """The least of the sorted values that so many of them do not pass; None where there are too few to say so."""
    if len(ordered) < LEAST[share]:
        return None
    return ordered[math.ceil(SHARES[share] * len(ordered)) - 1]


def _span(hours: DeskHours, begun: datetime, end: datetime | None, is_distress: bool) -> Span | None:
    if end is None:
        return None
    clock = max(0, int((end - begun).total_seconds() // 60))
    return Span(clock if is_distress else working_minutes(hours, begun, end), clock)


def _wanted(staff: Staff, since: datetime) -> Select[Any]:
    """A reply counts when its writer held the chat then. The end is a visit's: a call that is promised ends nothing."""
    r, t, v = PersonRequest, Transcript, DeskVisit
    code = Conversation.state["region"]["code"].astext
    over = func.coalesce(r.closed_at, r.cancelled_at, NEVER)
    in_visit = and_(
        v.conversation_id == t.conversation_id, t.at >= v.taken_at, or_(v.left_at.is_(None), t.at <= v.left_at)
    )
    replied = (
        select(func.min(t.at))
        .where(t.conversation_id == r.conversation_id, t.speaker == "counselor")
        .where(t.at >= r.requested_at, t.at <= over, select(v.id).where(in_visit).correlate(t).exists())
        .correlate(r)
        .scalar_subquery()
    )
    ended = (
        select(func.min(v.left_at))
        .where(v.conversation_id == r.conversation_id, v.how.in_(ENDED))
        .where(v.left_at >= r.requested_at, v.left_at <= r.closed_at)
        .correlate(r)
        .scalar_subquery()
    )
    columns: list[Any] = [
        cast(func.timezone("Asia/Shanghai", r.requested_at), Date).label("day"),
        func.coalesce(func.left(code, 2), "").label("province"),
        *(r.reason, r.requested_at, replied.label("replied_at"), ended.label("ended_at")),
    ]
    rows = select(*columns).select_from(r).join(Conversation, Conversation.id == r.conversation_id)
    return rows.where(r.requested_at >= since, within(staff, code))
