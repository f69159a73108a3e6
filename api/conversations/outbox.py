"""Replies that came later: fetched by the client, or pushed to an address until it takes them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.db.models import Conversation, Outbox
from bot.channels.hotline import Hotline
from bot.channels.web import Web
from bot.message import Reply

log = structlog.get_logger()

MOST_AT_ONCE = 100
LONGEST_PAUSE = timedelta(minutes=5)

OLDEST_UNSENT = """
        AND NOT EXISTS (
            SELECT 1 FROM outbox before
            WHERE before.conversation_id = o.conversation_id AND before.id < o.id
                AND before.sent_at IS NULL AND before.parked_at IS NULL
        )
    ORDER BY o.id
    LIMIT 1
    FOR UPDATE OF o SKIP LOCKED
"""
"""The end of a query for the next reply `o`: the oldest unsent of a conversation, so that none overtakes another."""

NEXT = text(f"""
    SELECT o.id, o.turn_id, o.speaker, o.reply, o.attempts, c.session_id, c.owner
    FROM outbox o JOIN conversation c ON c.id = o.conversation_id
    WHERE c.channel = :channel AND o.sent_at IS NULL AND o.parked_at IS NULL AND o.next_try_at <= now()
    {OLDEST_UNSENT}
""")  # noqa: S608


async def withdraw(connection: AsyncConnection, conversation: uuid.UUID) -> None:
    """Lays aside what the bot had to say and what is not out yet, in the transaction in which somebody else takes over.

    What a sender has under way just now was begun before, and is left to him. The page of the web shows what is written
    down, in its order, and takes nothing from here.
    """
    unsent = (
        select(Outbox.id)
        .join(Conversation, Conversation.id == Outbox.conversation_id)
        .where(
            Outbox.conversation_id == conversation,
            Outbox.speaker == "bot",
            Outbox.sent_at.is_(None),
            Outbox.parked_at.is_(None),
            Conversation.channel != Web.name,
        )
        .with_for_update(of=Outbox, skip_locked=True)
    )
    await connection.execute(update(Outbox).where(Outbox.id.in_(unsent)).values(parked_at=func.now()))


async def replies_after(
    engine: AsyncEngine, channel: str, session_id: str, cursor: int, is_pushed: bool = False
) -> list[tuple[int, Reply]]:
    """The replies of a session that came later than the cursor, oldest first; none for an unknown session.

    What is fetched counts as said from then on, unless it is pushed as well: what nobody had fetched when a counselor
    took over is not handed out any more. A fetch that is repeated gets the same again.
    """
    wanted = (
        select(Outbox.id, Outbox.reply, Outbox.sent_at)
        .join(Conversation, Conversation.id == Outbox.conversation_id)
        .where(
            Conversation.channel == channel,
            Conversation.session_id == session_id,
            Outbox.id > cursor,
            Outbox.parked_at.is_(None),
        )
        .order_by(Outbox.id)
        .limit(MOST_AT_ONCE)
    )
    async with engine.begin() as connection:
        rows = (await connection.execute(wanted)).all()
        gone: set[int] = set()
        if not is_pushed and (fresh := {row.id for row in rows if row.sent_at is None}):
            # One that was withdrawn since the look is not found any more.
            still = select(Outbox.id).where(Outbox.id.in_(fresh), Outbox.parked_at.is_(None)).order_by(Outbox.id)
            mark = update(Outbox).where(Outbox.id.in_(still.with_for_update())).values(sent_at=func.now())
            gone = fresh - set((await connection.execute(mark.returning(Outbox.id))).scalars())
    return [(row.id, Reply.model_validate(row.reply)) for row in rows if row.id not in gone]


@dataclass
class Pusher:
    """Posts later replies of the hotline to one address, signed, in order within a session, until each is taken."""

    engine: AsyncEngine
    http: httpx.AsyncClient
    channel: Hotline
    url: str
    clock: Callable[[], datetime]

    async def push_one(self) -> bool:
        """Tries the next reply that is due. False: nothing is due."""
        async with self.engine.begin() as connection:
            row = (await connection.execute(NEXT, {"channel": self.channel.name})).one_or_none()
            if row is None:
                return False
            if row.speaker == "bot" and row.owner == "counselor":
                # A counselor has taken over since: what the bot had to say is no longer wanted.
                await _set(connection, row.id, parked_at=func.now())
            elif await self._is_taken(row.id, row.session_id, row.reply):
                await _set(connection, row.id, sent_at=func.now(), attempts=row.attempts + 1)
            else:
                pause = min(timedelta(seconds=2**row.attempts), LONGEST_PAUSE) if row.attempts < 16 else LONGEST_PAUSE
                await _set(connection, row.id, attempts=row.attempts + 1, next_try_at=func.now() + pause)
            return True

    async def _is_taken(self, cursor: int, session_id: str, reply: dict[str, Any]) -> bool:
        later = self.channel.render_later([(cursor, Reply.model_validate(reply))])
        body = json.dumps({"session_id": session_id, **later}, ensure_ascii=False).encode()
        # The id stays the same at every try, so that the other side can tell a repetition.
        headers = self.channel.sign(f"reply-{cursor}", self.clock(), body) | {"content-type": "application/json"}
        try:
            response = await self.http.post(self.url, content=body, headers=headers)
        except httpx.HTTPError as error:
            log.warning("push_failed", cursor=cursor, error=type(error).__name__)
            return False
        if not response.is_success:
            log.warning("push_refused", cursor=cursor, status=response.status_code)
        return response.is_success


async def _set(connection: AsyncConnection, outbox_id: int, **values: Any) -> None:
    await connection.execute(update(Outbox).where(Outbox.id == outbox_id).values(**values))
