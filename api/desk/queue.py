"""Who waits for a person: those in danger first, then those who were left too long, then in the order of asking."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import DeskHours
from api.desk.working_time import working_minutes
from api.staff.accounts import Staff
from knowledge.regions import Regions

DISTRESS = "distress"
MOST_SHOWN = 200
Tone = Literal["fine", "soon", "late"]

# What the person said last before he asked, and the asking itself.
WAITING = text("""
    SELECT c.id, c.channel, c.owner, coalesce(c.desk_region, c.state->'region'->>'code') AS region,
        c.state->'region'->>'name' AS place, c.desk_region IS NOT NULL AS is_referred,
        min(r.requested_at) AS since, array_agg(DISTINCT r.reason) AS reasons, min(e.at) AS escalated_at,
        (SELECT array_agg(l.name ORDER BY l.at) FROM desk_label l WHERE l.conversation_id = c.id) AS labels,
        (SELECT string_agg(said.text, ' / ' ORDER BY said.id) FROM (
            SELECT t.id, t.text FROM transcript t
            WHERE t.conversation_id = c.id AND t.speaker = 'person' ORDER BY t.id DESC LIMIT 2
        ) said) AS words
    FROM person_request r
    JOIN conversation c ON c.id = r.conversation_id
    LEFT JOIN desk_escalation e ON e.request_id = r.id
    WHERE r.cancelled_at IS NULL AND r.claimed_at IS NULL AND r.closed_at IS NULL AND c.owner <> 'counselor'
    GROUP BY c.id
    ORDER BY bool_or(r.reason = 'distress') DESC, min(e.at) IS NULL, min(r.requested_at)
    LIMIT 1000
""")


@dataclass(frozen=True)
class Waiting:
    """A conversation that nobody has taken yet. minutes: of opening hours; in danger, of the clock."""

    conversation: uuid.UUID
    channel: str
    reasons: tuple[str, ...]
    place: str
    since: datetime
    minutes: int
    tone: Tone
    is_escalated: bool
    is_referred: bool
    words: str
    labels: tuple[str, ...]
    """What counselors put on it at earlier visits."""

    @property
    def is_distress(self) -> bool:
        """Whether somebody may be in danger."""
        return DISTRESS in self.reasons


@dataclass(frozen=True)
class Patience:
    """When waiting has lasted too long: so many minutes; from half of them on it is shown."""

    hours: DeskHours
    minutes: int

    def waited(self, since: datetime, now: datetime, is_distress: bool) -> int:
        """Danger does not wait for the morning."""
        return int((now - since).total_seconds() // 60) if is_distress else working_minutes(self.hours, since, now)

    def tone(self, waited: int) -> Tone:
        """How it is shown."""
        if waited >= self.minutes:
            return "late"
        return "soon" if waited * 2 >= self.minutes else "fine"


async def waiting_for(
    connection: AsyncConnection, staff: Staff, regions: Regions, patience: Patience, now: datetime
) -> list[Waiting]:
    """Those who are this counselor's business, at most so many as fit a page."""
    rows = (await connection.execute(WAITING)).all()
    mine = [row for row in rows if staff.covers(row.region, regions)]
    return [_waiting(row, patience, now) for row in mine[:MOST_SHOWN]]


def _waiting(row: Row[Any], patience: Patience, now: datetime) -> Waiting:
    is_distress = DISTRESS in row.reasons
    minutes = max(0, patience.waited(row.since, now, is_distress))
    return Waiting(
        conversation=row.id,
        channel=row.channel,
        reasons=tuple(sorted(row.reasons, key=lambda one: one != DISTRESS)),
        place=row.place or "",
        since=row.since,
        minutes=minutes,
        tone=patience.tone(minutes),
        is_escalated=row.escalated_at is not None,
        is_referred=row.is_referred,
        words=(row.words or "")[-120:],
        labels=tuple(row.labels or ()),
    )
