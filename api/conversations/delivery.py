"""Sends the replies of a channel whose platform is asked to bring them: in order, for good, no faster than allowed.

A reply is out when the platform has said so. What is killed or times out before that is sent again, so the person may
get it twice: once for each message that was under way, and never not at all.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.channels.carrier import Carrier, Failed, Refused, Spent, TooFast, Unreachable
from api.conversations.listener import Bell
from api.conversations.outbox import OLDEST_UNSENT
from api.conversations.pace import Pace
from api.conversations.typing import Typing
from api.db.errors import kind_of
from api.db.models import Allowance, Conversation, Outbox
from bot.channels.arrivals import Call
from bot.channels.channel import AllowingChannel, PushedChannel, TypingChannel
from bot.message import Reply

log = structlog.get_logger()

LANES = 8
"""Messages under way at once: at a quarter of a second each these are about as many a second as are allowed."""
LOOK_EVERY_SECONDS = 1.0
PAUSE_AFTER_ERROR_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0
BROUGHT_SECONDS = 8.0
"""How long a response may be on its way; what it brings is then sent by ourselves."""

# The owner is read with the reply.
# only: the one person to whom the response to a delivery brings it; that is not counted. Else whoever waits for such a
# response is left to it, and to whom a platform takes no more nothing is sent.
NEXT = text(f"""
    SELECT o.id, o.conversation_id, o.speaker, o.reply, o.attempts, o.parts_sent, c.session_id, c.owner,
        a.messages_left = 1 AS is_last, EXISTS (
            SELECT 1 FROM outbox later WHERE later.conversation_id = o.conversation_id AND later.id > o.id
                AND later.sent_at IS NULL AND later.parked_at IS NULL
        ) AS has_more
    FROM outbox o JOIN conversation c ON c.id = o.conversation_id LEFT JOIN allowance a ON a.conversation_id = c.id
    WHERE c.channel = :channel AND c.parked_at IS NULL AND o.conversation_id <> ALL(CAST(:resting AS uuid[]))
        AND CASE WHEN CAST(:only AS text) IS NULL
            THEN c.session_id <> ALL(CAST(:awaited AS text[]))
                AND (a.conversation_id IS NULL OR a.messages_left > 0 AND a.until > :now)
            ELSE c.session_id = :only END
        AND o.sent_at IS NULL AND o.parked_at IS NULL AND o.next_try_at <= greatest(now(), :now)
    {OLDEST_UNSENT}
""")  # noqa: S608


@dataclass(frozen=True)
class Claimed:
    """A message that somebody else brings: part of a reply."""

    conversation: uuid.UUID
    outbox: int
    part: int
    call: Call
    is_last: bool


@dataclass(frozen=True)
class Clocks:
    """Time as the sender sees it; tests let it run faster."""

    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    wait_for_bell: Callable[[Bell, float], Awaitable[None]] = Bell.wait


class Sender:
    """Sends for one channel. `lanes` gives the work of all lanes; they share everything given here."""

    def __init__(
        self, engine: AsyncEngine, channel: PushedChannel, carrier: Carrier, pace: Pace, bell: Bell, clocks: Clocks
    ) -> None:
        self._engine = engine
        self._channel = channel
        self._carrier = carrier
        self._pace = pace
        self._bell = bell
        self._clocks = clocks
        self._awaited: dict[str, datetime] = {}
        self._choosing = asyncio.Lock()

    def lanes(self) -> list[Coroutine[None, None, None]]:
        """Work without end. Cancelled, each finishes what is under way; what shows that it is made does not."""
        lanes = [self._run() for _ in range(LANES)]
        if isinstance(self._channel, TypingChannel):
            lanes.append(Typing(self._engine, self._channel, self._carrier, self._clocks.sleep).run())
        return lanes

    async def _run(self) -> None:
        while True:
            if wait := self._pace.seconds_to_wait():
                await self._clocks.sleep(min(wait, LOOK_EVERY_SECONDS))
                continue
            try:
                is_idle = not await _finished(self.send_one())
            except (SQLAlchemyError, OSError) as error:
                log.warning("sender_pauses", channel=self._channel.name, error=kind_of(error))
                await self._clocks.sleep(PAUSE_AFTER_ERROR_SECONDS)
                continue
            if is_idle:
                rest = self._pace.seconds_to_next()
                seconds = LOOK_EVERY_SECONDS if rest is None else min(rest, LOOK_EVERY_SECONDS)
                await self._clocks.wait_for_bell(self._bell, seconds)

    async def send_one(self) -> bool:
        """Brings the next reply that may go out one message on. False: there is none now."""
        async with self._engine.begin() as connection:
            async with self._choosing:  # One lane after the other, else all but one would look for nothing.
                if self._pace.seconds_to_wait():
                    return True
                row = await self._next(connection)
                if row is None:
                    return False
                calls = await self._calls(connection, row)
                if calls is None:
                    return True
                if not calls:  # It says nothing, and costs nothing.
                    await self._set(connection, row, sent_at=self._clocks.now())
                    return True
                # The pace is asked again, because a response may have brought something meanwhile.
                if not self._pace.begin(row.conversation_id):
                    return True
            try:
                await self._send(connection, row, calls)
            finally:
                self._pace.end(row.conversation_id)
        return True

    @contextmanager
    def awaiting(self, session_id: str) -> Iterator[None]:
        """As long as the block lasts, nothing is sent to a person: the response to a delivery is to bring it."""
        began = self._clocks.now()
        self._awaited[session_id] = began
        try:
            yield
        finally:
            if self._awaited.get(session_id) == began:
                del self._awaited[session_id]
            self._bell.ring()

    async def claim(self, session_id: str) -> Claimed | None:
        """The next message to a person for whoever brings it himself and then says so by `brought`."""
        async with self._engine.begin() as connection:
            while (row := await self._next(connection, session_id)) is not None:
                if calls := await self._calls(connection, row):
                    again = self._clocks.now() + timedelta(seconds=BROUGHT_SECONDS)
                    await self._set(connection, row, next_try_at=again)
                    part: int = row.parts_sent
                    return Claimed(row.conversation_id, row.id, part, calls[part], part + 1 >= len(calls))
                if calls is not None:  # It says nothing.
                    await self._set(connection, row, sent_at=self._clocks.now())
        return None

    async def brought(self, claimed: Claimed) -> None:
        """A claimed message is out. What follows takes another way, so it rests a little, lest it overtake."""
        self._pace.end(claimed.conversation)
        mine = update(Outbox).where(Outbox.id == claimed.outbox, Outbox.parts_sent == claimed.part)
        now = self._clocks.now()
        out = mine.values(parts_sent=claimed.part + 1, sent_at=now if claimed.is_last else None, next_try_at=now)
        async with self._engine.begin() as connection:
            await connection.execute(out)
        self._bell.ring()

    async def _next(self, connection: AsyncConnection, only: str | None = None) -> Row[Any] | None:
        names = {
            "channel": self._channel.name,
            "resting": [] if only else self._pace.resting(),
            "awaited": list(self._awaited),
            "only": only,
            "now": self._clocks.now(),
        }
        return (await connection.execute(NEXT, names)).one_or_none()

    async def _calls(self, connection: AsyncConnection, row: Row[Any]) -> Sequence[Call] | None:
        """What says the reply; None when it is not to be said, and then it is laid aside."""
        if row.speaker == "bot" and row.owner == "counselor":
            # A counselor has taken over since: what the bot had to say is no longer wanted.
            await self._set(connection, row, parked_at=self._clocks.now())
            return None
        try:
            return self._channel.render(row.session_id, row.id, Reply.model_validate(row.reply))
        except ValueError as error:
            log.error("reply_unshowable", channel=self._channel.name, outbox=row.id, error=type(error).__name__)
            await self._set(connection, row, parked_at=self._clocks.now())
            return None

    async def _send(self, connection: AsyncConnection, row: Row[Any], calls: Sequence[Call]) -> None:
        try:
            for call in calls[row.parts_sent : row.parts_sent + 1]:
                has_more = row.has_more or row.parts_sent + 1 < len(calls)
                channel = self._channel if row.is_last else None
                said = channel.as_last(call, has_more) if isinstance(channel, AllowingChannel) else call
                await self._carrier.carry(said)
        except TooFast as error:
            self._pace.hold(error.seconds)
            await self._set(connection, row, next_try_at=self._clocks.now() + timedelta(seconds=error.seconds))
        except Unreachable:
            log.info("person_unreachable", channel=self._channel.name, outbox=row.id)
            parked = update(Conversation).where(Conversation.id == row.conversation_id)
            await connection.execute(parked.values(parked_at=self._clocks.now()))
        except Spent:
            log.info("allowance_spent", channel=self._channel.name, outbox=row.id)
            await self._spend(connection, row, 0)
        except Refused as error:
            log.error("reply_refused", channel=self._channel.name, outbox=row.id, reason=str(error))
            await self._set(connection, row, parked_at=self._clocks.now(), attempts=row.attempts + 1)
        except Failed as error:
            log.warning("send_failed", channel=self._channel.name, outbox=row.id, reason=str(error))
            pause = min(2.0 ** min(row.attempts, 10), LONGEST_PAUSE_SECONDS)
            again = self._clocks.now() + timedelta(seconds=pause)
            await self._set(connection, row, attempts=row.attempts + 1, next_try_at=again)
        else:
            parts = row.parts_sent + 1
            sent_at = self._clocks.now() if parts >= len(calls) else None
            await self._set(connection, row, parts_sent=parts, sent_at=sent_at)
            await self._spend(connection, row, Allowance.messages_left - 1)

    async def _spend(self, connection: AsyncConnection, row: Row[Any], left: Any) -> None:
        mine = update(Allowance).where(Allowance.conversation_id == row.conversation_id)
        await connection.execute(mine.values(messages_left=left))

    async def _set(self, connection: AsyncConnection, row: Row[Any], **values: Any) -> None:
        await connection.execute(update(Outbox).where(Outbox.id == row.id).values(**values))


async def _finished(work: Coroutine[None, None, bool]) -> bool:
    """The work's result. Cancelled meanwhile, it is first brought to its end, so that nothing goes out twice."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
