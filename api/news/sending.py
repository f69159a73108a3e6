"""Sends what was planned: once, in order within a conversation, and not at night.

Sending is one transaction under the lock of the conversation: the message is marked as sent, put into the outbox and
into the transcript, all or nothing. So neither a kill nor a second process makes two of it, and none falls into a turn.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions.news_told import remember_news
from actions.rate_case import rating_offer
from api.conversations.saying import say_unasked
from api.conversations.trackers import forget_trackers
from api.db.models import CaseEvent, Conversation, PlannedMessage, Transcript
from api.news.case_facts import case_of
from api.news.envelope import Matter, addressed
from api.news.quiet_hours import QuietHours
from api.news.wanted import drop, is_wanted
from bot.message import Memory, Owner, Reply
from bot.pages import divide
from bot.wording import Wording
from knowledge.library import Library

log = structlog.get_logger()

SPEAKER = "system"
"""Not the bot: it says so in the chat, and a counselor who has taken over does not silence it."""
STILL_TALKING = timedelta(minutes=10)
"""Who wrote so recently means his own talk by what he says next, not the news that fell into it."""
ONE_DAY, LONGEST_WAIT = timedelta(days=1), timedelta(days=7)
"""How long a question that can wait is put off while something else is going on, a day at a time."""

# The oldest message of a conversation that may go out now; a conversation in the middle of a turn is left alone. The
# order is that of the index of open messages, so that what was sent before is never read through.
NEXT = text("""
    SELECT p.id AS planned_id, c.id, c.owner, c.epoch, c.state, c.last_message_at
    FROM planned_message p JOIN conversation c ON c.id = p.conversation_id
    WHERE p.sent_at IS NULL AND p.cancelled_at IS NULL AND p.due_at <= :now AND (p.is_urgent OR NOT :is_quiet)
        AND NOT EXISTS (
            SELECT 1 FROM planned_message before
            WHERE before.conversation_id = p.conversation_id AND before.id < p.id
                AND before.sent_at IS NULL AND before.cancelled_at IS NULL AND before.due_at <= :now
                AND (before.is_urgent OR NOT :is_quiet)
        )
    ORDER BY p.due_at, p.id
    LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
""")


@dataclass(frozen=True)
class NewsSender:
    """Sends on behalf of all processes that share the database."""

    engine: AsyncEngine
    wording: Wording
    quiet_hours: QuietHours
    library: Callable[[], Library]
    clock: Callable[[], datetime]

    async def send_one(self) -> bool:
        """Sends, drops or puts off the next message. False: none may go out now."""
        now = self.clock()
        stale: list[str] = []
        async with self.engine.begin() as connection:
            held = await connection.execute(NEXT, {"now": now, "is_quiet": self.quiet_hours.are_on(now)})
            conversation = held.one_or_none()
            if conversation is None:
                return False
            this = select(PlannedMessage).where(PlannedMessage.id == conversation.planned_id)
            planned = (await connection.execute(this)).one()
            try:
                async with connection.begin_nested():
                    stale = await self._deal_with(connection, conversation, planned, now)
            except (ValueError, KeyError) as error:
                # One that cannot be said, such as one that another release planned, must not stop all others.
                log.error("news_unsayable", planned=planned.id, error=type(error).__name__)
                await drop(connection, planned.id, now)
        if stale:
            await forget_trackers(self.engine, stale)
        return True

    async def _deal_with(
        self, connection: AsyncConnection, conversation: Row[Any], planned: Row[Any], now: datetime
    ) -> list[str]:
        """Returns Rasa's trackers that know nothing of what was said."""
        library = self.library()
        if not await is_wanted(connection, planned, library, now):
            await drop(connection, planned.id, now)
            return []
        say = self._ask_rating if planned.kind == "rating" else self._tell
        return await say(connection, conversation, planned, library, now)

    async def _tell(
        self, connection: AsyncConnection, conversation: Row[Any], planned: Row[Any], library: Library, now: datetime
    ) -> list[str]:
        case = await case_of(connection, planned.case_id)
        event = await _event_of(connection, planned)
        matter = Matter(
            kind=planned.kind,
            case_no=case.case_no,
            is_demo=case.is_demo,
            is_first=await _is_first(connection, planned),
            note=event.note if event and planned.kind == "news" else None,
            is_unrecognised=event is not None and event.status == "unrecognised",
        )
        reply = addressed(Reply.model_validate(planned.reply), matter, self.wording)
        memory = Memory.model_validate(conversation.state)
        is_in_talk = conversation.last_message_at is not None and now - conversation.last_message_at < STILL_TALKING
        remembered = memory
        if not (memory.loop or is_in_talk or conversation.owner != Owner.BOT):
            province = library.province_for(case.region)
            remembered = remember_news(memory, reply, case.case_no, planned.item, province)
        replies, fitted = await self._fitted(connection, conversation.id, remembered, reply)
        await _send(connection, planned, replies, library.release, now)
        return await _remember(connection, conversation, fitted) if fitted != memory else []

    async def _fitted(
        self, connection: AsyncConnection, conversation: uuid.UUID, memory: Memory, reply: Reply
    ) -> tuple[Sequence[Reply], Memory]:
        """In the form in which this line wanted its last answer, and the memory in which further pages wait."""
        last = (
            select(Transcript.reply["form"].astext)
            .where(
                Transcript.conversation_id == conversation,
                Transcript.speaker == "bot",
                Transcript.reply.is_not(None),
            )
            .order_by(Transcript.id.desc())
            .limit(1)
        )
        if await connection.scalar(last) != "text_message":
            return [reply], memory
        replies, pages = divide([reply], memory.highest_number, self.wording)
        return replies, memory.model_copy(update={"pages": pages}) if pages else memory

    async def _ask_rating(
        self, connection: AsyncConnection, conversation: Row[Any], planned: Row[Any], library: Library, now: datetime
    ) -> list[str]:
        """Asks how it was, unless something else is going on or he was asked before."""
        memory = Memory.model_validate(conversation.state)
        if conversation.owner != Owner.BOT or memory.loop:
            await _put_off(connection, planned, now)
            return []
        case = await case_of(connection, planned.case_id)
        asked = memory.private.get("asked_rating", ())
        if case.case_no in asked:
            await drop(connection, planned.id, now)
            return []
        reply, patch = rating_offer(case.case_no, library)
        private = {**memory.private, **patch, "asked_rating": [*asked, case.case_no]}
        highest = max((choice.number for choice in reply.choices), default=0)
        memory = memory.model_copy(update={"private": private, "highest_number": highest, "pages": None})
        matter = Matter(kind=planned.kind, case_no=case.case_no, is_demo=case.is_demo)
        reply = addressed(reply, matter, self.wording)
        replies, memory = await self._fitted(connection, conversation.id, memory, reply)
        await _send(connection, planned, replies, library.release, now)
        return await _remember(connection, conversation, memory)


async def _remember(connection: AsyncConnection, conversation: Row[Any], memory: Memory) -> list[str]:
    """Keeps the memory; the next turn begins with a tracker that is made from it. Returns the trackers before it."""
    row = update(Conversation).where(Conversation.id == conversation.id)
    changed = {"state": memory.model_dump(mode="json"), "epoch": conversation.epoch + 1, "turns_in_epoch": 0}
    await connection.execute(row.values(**changed))
    return [f"{conversation.id}.{conversation.epoch}"]


async def _send(
    connection: AsyncConnection, planned: Row[Any], replies: Sequence[Reply], release: str, now: datetime
) -> None:
    """Marks it as sent, and hands it to the channel and the transcript."""
    this = update(PlannedMessage).where(PlannedMessage.id == planned.id)
    await connection.execute(this.values(sent_at=now))
    await say_unasked(connection, planned.conversation_id, SPEAKER, replies, at=now, release=release)


async def _put_off(connection: AsyncConnection, planned: Row[Any], now: datetime) -> None:
    if now - planned.created_at > LONGEST_WAIT:
        await drop(connection, planned.id, now)
        return
    this = update(PlannedMessage).where(PlannedMessage.id == planned.id)
    await connection.execute(this.values(due_at=planned.due_at + ONE_DAY))


async def _event_of(connection: AsyncConnection, planned: Row[Any]) -> Row[Any] | None:
    """The report that a message is about."""
    about, number, *_ = planned.key.split(":")
    if about != "event":
        return None
    return (await connection.execute(select(CaseEvent).where(CaseEvent.id == int(number)))).one_or_none()


async def _is_first(connection: AsyncConnection, planned: Row[Any]) -> bool:
    """Whether nothing was sent of this case to this conversation."""
    sent = select(PlannedMessage.id).where(
        PlannedMessage.conversation_id == planned.conversation_id,
        PlannedMessage.case_id == planned.case_id,
        PlannedMessage.sent_at.is_not(None),
    )
    return await connection.scalar(sent.limit(1)) is None
