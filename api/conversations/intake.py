"""Takes a message in, for good and once, and waits for its answer.

The same function serves every channel that answers in its own response.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.conversations.answers import answer_of, result_of
from api.conversations.listener import HANDLED, INBOX, Listener, wait_a_while
from api.conversations.sealing import Sealer
from api.db.models import Conversation, Inbox
from bot.message import Inbound, Memory, Owner, Reply, TurnResult
from bot.wording import Wording

MOST_UNHANDLED = 20
LOOK_EVERY_SECONDS = 1.0


class AnotherSession(Exception):
    """The message id belongs to a message of another session."""


class Flooded(Exception):
    """Too many messages of the conversation are not handled yet."""


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
        self._sealer = sealer
        self._listener = listener
        self._wording = wording
        self._limit_seconds = limit_seconds

    async def answer(self, inbound: Inbound) -> TurnResult:
        """The answer of this message, the same one however often it comes. Raises AnotherSession or Flooded."""
        deadline = time.monotonic() + self._limit_seconds
        accepted = await self._accept(inbound)
        answer = accepted.answer
        with self._listener.waiting(HANDLED, str(accepted.inbox_id)) as handled:
            while answer is None and (left := deadline - time.monotonic()) > 0:
                await wait_a_while(handled, min(left, LOOK_EVERY_SECONDS))
                answer = await self._answer(accepted.inbox_id)
        if answer is None:
            answer = await self._promise(accepted.inbox_id)
        return result_of(answer, inbound.session_id, inbound.message_id, accepted.turn_id)

    async def _accept(self, inbound: Inbound) -> Accepted:
        async with self._engine.begin() as connection:
            conversation = await _conversation(connection, inbound)
            # Keeps the order of arrival within a conversation, and the count below exact.
            await connection.execute(select(func.pg_advisory_xact_lock(_lock_key(conversation))))
            known = await _known(connection, inbound, conversation)
            if known is not None:
                return known
            unhandled = select(func.count()).where(Inbox.conversation_id == conversation, Inbox.handled_at.is_(None))
            if (await connection.execute(unhandled)).scalar_one() >= MOST_UNHANDLED:
                raise Flooded
            stored = await connection.execute(
                upsert(Inbox)
                .values(
                    channel=inbound.channel,
                    message_id=inbound.message_id,
                    conversation_id=conversation,
                    sealed=self._sealer.seal(inbound.model_dump_json().encode(), place_of(inbound)),
                    received_at=inbound.received_at,
                )
                .on_conflict_do_nothing(index_elements=["channel", "message_id"])
                .returning(Inbox.id, Inbox.turn_id)
            )
            row = stored.one_or_none()
            if row is None:  # Another session stored the same id at the same moment.
                raise AnotherSession
            await connection.execute(select(func.pg_notify(INBOX, str(conversation))))
            return Accepted(row.id, row.turn_id, None)

    async def _answer(self, inbox_id: int) -> dict[str, Any] | None:
        async with self._engine.connect() as connection:
            answer: dict[str, Any] | None = await connection.scalar(select(Inbox.answer).where(Inbox.id == inbox_id))
            return answer

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


async def _conversation(connection: AsyncConnection, inbound: Inbound) -> uuid.UUID:
    """The conversation of the message, made when it is the first."""
    wanted = select(Conversation.id).where(
        Conversation.channel == inbound.channel, Conversation.session_id == inbound.session_id
    )
    found = (await connection.execute(wanted)).scalar_one_or_none()
    if found is None:
        made = upsert(Conversation).values(channel=inbound.channel, session_id=inbound.session_id)
        await connection.execute(made.on_conflict_do_nothing(index_elements=["channel", "session_id"]))
        found = (await connection.execute(wanted)).scalar_one()
    return found


async def _known(connection: AsyncConnection, inbound: Inbound, conversation: uuid.UUID) -> Accepted | None:
    wanted = select(Inbox.id, Inbox.turn_id, Inbox.answer, Inbox.conversation_id).where(
        Inbox.channel == inbound.channel, Inbox.message_id == inbound.message_id
    )
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        return None
    if row.conversation_id != conversation:
        raise AnotherSession
    return Accepted(row.id, row.turn_id, row.answer)


def place_of(inbound: Inbound) -> str:
    """Where a sealed message stands."""
    return place(inbound.channel, inbound.message_id)


def place(channel: str, message_id: str) -> str:
    """Where the message of a channel with that id stands sealed."""
    return f"inbox\0{channel}\0{message_id}"


def _lock_key(conversation: uuid.UUID) -> int:
    """64 bits of the id, as PostgreSQL counts them."""
    return int.from_bytes(conversation.bytes[:8], signed=True)
