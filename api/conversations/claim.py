"""Gives a worker the next message: the oldest of a conversation that nobody else is working on."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.conversations.notices import HOLDS, notices_of
from api.db.models import Inbox
from bot.message import Memory, Owner
from bot.notices import Notice
from bot.thumbs import JUDGED_KINDS

# While Rasa is away a message that waits for it is not due, so that those behind it get their look too: a call for
# a person must come through. When a person holds the conversation nothing needs Rasa.
DUE = "i.handled_at IS NULL AND (NOT :rasa_is_away OR i.waiting_since IS NULL OR c.owner <> 'bot')"

CONVERSATION = text(f"""
    SELECT c.id, c.owner, c.epoch, c.turns_in_epoch, c.state, c.outage_told_at, c.warned_at
    FROM (
        SELECT i.conversation_id, min(i.id) AS oldest
        FROM inbox i JOIN conversation c ON c.id = i.conversation_id
        WHERE {DUE} AND (i.due_at <= now() OR i.rank <= CAST(CAST(:marks AS jsonb) ->> i.channel AS bigint))
        GROUP BY i.conversation_id
    ) due
    JOIN conversation c ON c.id = due.conversation_id
    ORDER BY due.oldest
    LIMIT 1
    FOR NO KEY UPDATE OF c SKIP LOCKED
""")  # noqa: S608

# As soon as one message of the conversation has settled, the first in rank is next, settled or not: what overtook it
# on the way comes behind it. One that arrives later still is handled when it comes; none is ever dropped as too late.
MESSAGE = text(f"""
    SELECT i.id, i.turn_id, i.channel, i.message_id, i.sealed, i.received_at, i.failures,
        i.answer_later AND i.answer IS NULL AS is_pushed,
        NOT EXISTS (
            SELECT 1 FROM inbox before
            WHERE before.conversation_id = i.conversation_id AND before.handled_at IS NULL
                AND (coalesce(before.rank, 0), before.id) < (coalesce(i.rank, 0), i.id)
        ) AS is_oldest,
        (
            SELECT jsonb_agg(to_jsonb(n) ORDER BY n.id) FROM service_notice n
            WHERE {HOLDS.format(channel="i.channel")}
                AND NOT EXISTS (SELECT 1 FROM told_notice t WHERE t.conversation_id = c.id AND t.notice_id = n.id)
        ) AS notices,
        (
            SELECT coalesce((t.reply->'data'->>'judged')::bigint, t.id) FROM transcript t
            WHERE t.conversation_id = c.id AND t.speaker = 'bot'
                AND (t.reply->>'kind' = ANY(:judged) OR t.reply->'data'->>'judged' IS NOT NULL)
                AND t.turn_id = (
                    SELECT newest.turn_id FROM transcript newest
                    WHERE newest.conversation_id = c.id ORDER BY newest.id DESC LIMIT 1
                )
            ORDER BY t.id DESC LIMIT 1
        ) AS judged,
        (SELECT jsonb_object_agg(s.region, s.minutes) FROM approval_switch s) AS approvals,
        EXISTS (SELECT 1 FROM allowance a WHERE a.conversation_id = c.id) AND EXISTS (
            SELECT 1 FROM outbox o
            WHERE o.conversation_id = c.id AND o.created_at < i.received_at AND o.parked_at IS NULL
                AND coalesce(o.sent_at, i.received_at) >= i.received_at
        ) AS is_owed
    FROM inbox i JOIN conversation c ON c.id = i.conversation_id
    WHERE c.id = :conversation AND {DUE}
    ORDER BY coalesce(i.rank, 0), i.id
    LIMIT 1
""")  # noqa: S608


NO_MARKS: Mapping[str, int] = {}


@dataclass(frozen=True)
class Claimed:
    """A message and its conversation, whose row stays locked until the transaction ends."""

    inbox_id: int
    turn_id: uuid.UUID
    channel: str
    message_id: str
    sealed: bytes
    received_at: datetime
    failures: int
    is_pushed: bool
    """Nobody ever waited for the answer in a response: all that is said goes out by itself."""
    is_oldest: bool
    conversation: uuid.UUID
    owner: Owner
    epoch: int
    turns_in_epoch: int
    memory: Memory
    outage_told_at: datetime | None
    warned_at: datetime | None
    notices: tuple[Notice, ...]
    approvals: dict[str, int]
    """Where unsure answers wait for a counselor, and for how many minutes."""
    is_owed: bool
    """What an earlier turn said goes out only now, because the platform takes so much between two messages."""
    judged: int | None
    """The row of the transcript with the answer right before it, or with the one that was judged right before it."""


async def claim(
    connection: AsyncConnection, *, rasa_is_away: bool, marks: Mapping[str, int] = NO_MARKS
) -> Claimed | None:
    """Locks the conversation whose due message is the oldest and returns that message; None when nothing is due.

    marks: up to which rank nothing of a channel is missing, so that a message need not settle.
    """
    settled = json.dumps(dict(marks))
    while True:
        away = {"rasa_is_away": rasa_is_away}
        held = (await connection.execute(CONVERSATION, {**away, "marks": settled})).one_or_none()
        if held is None:
            return None
        # Only now, with the lock, it is sure which message is next.
        names = {"conversation": held.id, "judged": list(JUDGED_KINDS), **away}
        row = (await connection.execute(MESSAGE, names)).one_or_none()
        if row is not None:
            break
        await connection.rollback()
    return Claimed(
        inbox_id=row.id,
        turn_id=row.turn_id,
        channel=row.channel,
        message_id=row.message_id,
        sealed=row.sealed,
        received_at=row.received_at,
        is_owed=row.is_owed,
        failures=row.failures,
        is_pushed=row.is_pushed,
        is_oldest=row.is_oldest,
        conversation=held.id,
        owner=Owner(held.owner),
        epoch=held.epoch,
        turns_in_epoch=held.turns_in_epoch,
        memory=Memory.model_validate(held.state),
        outage_told_at=held.outage_told_at,
        warned_at=held.warned_at,
        notices=notices_of(row.notices),
        judged=row.judged,
        approvals=row.approvals or {},
    )


async def begin_attempt(engine: AsyncEngine, inbox_id: int) -> int:
    """Counts one more attempt at a message, for good, and returns its number, beginning with 1."""
    count = update(Inbox).where(Inbox.id == inbox_id).values(attempts=Inbox.attempts + 1).returning(Inbox.attempts)
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        return (await connection.execute(count)).scalar_one()
