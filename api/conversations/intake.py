"""Takes a message in, for good and once, and waits for its answer.

The same function serves every channel that answers in its own response.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.conversations.answers import answer_of, as_it_stands, result_of
from api.conversations.listener import INBOX, Listener, wait_a_while
from api.conversations.sealing import Sealer
from api.db.models import Conversation, Inbox
from bot.channels.arrivals import Allowance
from bot.message import Inbound, Memory, Owner, Reply, TurnResult
from bot.wording import Wording

MOST_UNHANDLED = 20
LOOK_EVERY_SECONDS = 1.0

STANDING = text("""
    SELECT c.id AS conversation, c.parked_at, c.owner, i.id AS inbox_id, i.turn_id, i.answer,
        i.conversation_id AS message_conversation,
        (SELECT count(*) FROM inbox u WHERE u.conversation_id = c.id AND u.handled_at IS NULL) AS unhandled
    FROM (SELECT 1) AS one
    LEFT JOIN conversation c ON c.channel = :channel AND c.session_id = :session
    LEFT JOIN inbox i ON i.channel = :channel AND i.message_id = :message
""")
STORE = text(f"""
    WITH stored AS (
        INSERT INTO inbox (channel, message_id, conversation_id, sealed, received_at, answer_later, rank, due_at)
        VALUES (
            :channel, :message, :conversation, :sealed, :received_at, :later, CAST(:rank AS bigint),
            now() + make_interval(secs => :settles)
        )
        ON CONFLICT (channel, message_id) DO NOTHING
        RETURNING id, turn_id, conversation_id
    )
    SELECT id, turn_id, CASE WHEN :settles = 0 THEN pg_notify('{INBOX}', conversation_id::text)::text END FROM stored
""")  # noqa: S608


# A later thing never shortens what an earlier one allows.
ALLOW = text("""
    INSERT INTO allowance (conversation_id, messages_left, until) VALUES (:conversation, :messages, :until)
    ON CONFLICT (conversation_id) DO UPDATE SET messages_left = excluded.messages_left, until = excluded.until
    WHERE allowance.until <= excluded.until
""")


class AnotherSession(Exception):
    """The message id belongs to a message of another session."""


class Flooded(Exception):
    """Too many messages of the conversation are not handled yet."""


@dataclass(frozen=True)
class Manner:
    """How a message waits for its turn.

    later: its replies go out by themselves, through the outbox. rank: its place in the order of the platform.
    settles_seconds: how long others may still overtake it. most_unhandled: of its session. allowance: what may be sent
    because of it.
    """

    later: bool = False
    rank: int | None = None
    settles_seconds: float = 0.0
    most_unhandled: int = MOST_UNHANDLED
    allowance: Allowance | None = None


AT_ONCE = Manner()


@dataclass(frozen=True)
class Accepted:
    """A message that is stored, or was stored before."""

    inbox_id: int
    turn_id: uuid.UUID
    answer: dict[str, Any] | None


class Intake:
    """Stores messages sealed and fetches their answers."""

    def __init__(
        self, engine: AsyncEngine, sealer: Sealer, listener: Listener, wording: Wording, limit_seconds: float
    ) -> None:
        """`limit_seconds`: how long a response may wait before it says that the answer follows."""
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._sealer = sealer
        self._listener = listener
        self._wording = wording
        self._limit_seconds = limit_seconds

    async def answer(self, inbound: Inbound) -> TurnResult:
        """The answer of this message, the same one however often it comes. Raises AnotherSession or Flooded."""
        deadline = time.monotonic() + self._limit_seconds
        async with self._engine.begin() as connection:
            accepted = await self.accept(connection, inbound)
        answer = accepted.answer
        with self._listener.handled(accepted.inbox_id) as handled:
            while answer is None and (left := deadline - time.monotonic()) > 0:
                await wait_a_while(handled, min(left, LOOK_EVERY_SECONDS))
                answer = await self._answer(accepted.inbox_id)
        if answer is None:
            answer = await self._promise(accepted.inbox_id)
        return result_of(answer, inbound.session_id, inbound.message_id, accepted.turn_id)

    async def accept(self, connection: AsyncConnection, inbound: Inbound, manner: Manner = AT_ONCE) -> Accepted:
        """Stores a message in the caller's transaction, once. Raises AnotherSession or Flooded."""
        # Keeps the order of arrival within a session, and the count of its messages exact.
        await connection.execute(select(func.pg_advisory_xact_lock(_lock_key(inbound))))
        names = {"channel": inbound.channel, "session": inbound.session_id, "message": inbound.message_id}
        standing = (await connection.execute(STANDING, names)).one()
        if standing.inbox_id is not None:
            if standing.message_conversation != standing.conversation:
                raise AnotherSession
            answer = as_it_stands(standing.answer, standing.owner) if standing.answer else None
            return Accepted(standing.inbox_id, standing.turn_id, answer)
        if standing.unhandled >= manner.most_unhandled:
            raise Flooded
        if standing.parked_at is not None:
            back = update(Conversation).where(Conversation.id == standing.conversation).values(parked_at=None)
            await connection.execute(back)
        conversation = standing.conversation or await _begin_conversation(connection, inbound)
        if allowed := manner.allowance:
            until = inbound.received_at + allowed.lasts
            given = {"conversation": conversation, "messages": allowed.messages, "until": until}
            await connection.execute(ALLOW, given)
        message = {
            "conversation": conversation,
            "channel": inbound.channel,
            "message": inbound.message_id,
            "sealed": self._sealer.seal(inbound.model_dump_json().encode(), place_of(inbound)),
            "received_at": inbound.received_at,
            "later": manner.later,
            "rank": manner.rank,
            "settles": manner.settles_seconds,
        }
        row = (await connection.execute(STORE, message)).one_or_none()
        if row is None:  # Another session stored the same id at the same moment.
            raise AnotherSession
        return Accepted(row.id, row.turn_id, None)

    async def _answer(self, inbox_id: int) -> dict[str, Any] | None:
        wanted = select(Inbox.answer, Conversation.owner).join(Conversation, Conversation.id == Inbox.conversation_id)
        async with self._reading.connect() as connection:
            row = (await connection.execute(wanted.where(Inbox.id == inbox_id))).one_or_none()
        return as_it_stands(row.answer, row.owner) if row and row.answer is not None else None

    async def _promise(self, inbox_id: int) -> dict[str, Any]:
        """Says that the answer follows, unless it has come in this very moment; then that answer."""
        async with self._engine.begin() as connection:
            locked = select(Inbox.answer, Inbox.conversation_id).where(Inbox.id == inbox_id).with_for_update()
            row = (await connection.execute(locked)).one()
            if row.answer is not None:
                return dict(row.answer)
            wanted = select(Conversation.owner, Conversation.state, Conversation.outage_told_at)
            held = (await connection.execute(wanted.where(Conversation.id == row.conversation_id))).one()
            notice = Reply(kind="notice", text=self._wording.say("answer_follows"))
            replies = () if held.outage_told_at else (notice,)
            answer = answer_of(replies, Owner(held.owner), Memory.model_validate(held.state))
            promise = update(Inbox).where(Inbox.id == inbox_id).values(answer=answer, answer_later=True)
            await connection.execute(promise)
            return answer


async def _begin_conversation(connection: AsyncConnection, inbound: Inbound) -> uuid.UUID:
    made = insert(Conversation).values(channel=inbound.channel, session_id=inbound.session_id)
    return (await connection.execute(made.returning(Conversation.id))).scalar_one()


def place_of(inbound: Inbound) -> str:
    """Where a sealed message stands."""
    return place(inbound.channel, inbound.message_id)


def place(channel: str, message_id: str) -> str:
    """Where the message of a channel with that id stands sealed."""
    return f"inbox\0{channel}\0{message_id}"


def _lock_key(inbound: Inbound) -> int:
    """64 bits that stand for the session, as PostgreSQL counts them."""
    name = f"{inbound.channel}\0{inbound.session_id}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), signed=True)
