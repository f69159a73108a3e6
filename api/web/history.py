"""Reads a chat from the masked transcript alone, so that every tab and every reload shows the same."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.conversations.desk_hours import LOCAL
from api.conversations.notices import urgent_notices
from api.db.models import Conversation, Inbox, Transcript
from bot.channels.web import LARGEST_ID
from bot.channels.web_page import Said
from bot.message import Memory, Owner, Reply
from bot.notices import Notice

MOST_ROWS = 60


@dataclass(frozen=True)
class Chat:
    """A part of a conversation, and how the conversation stands. Empty for a session that has said nothing yet."""

    rows: tuple[Said, ...] = ()
    offer: Said | None = None
    """The last row with choices before these rows."""
    has_earlier: bool = False
    owner: Owner = Owner.BOT
    region: str = ""
    is_asking: bool = False
    """Whether a questionnaire runs or was laid aside."""
    waiting: int = 0
    """Messages that are stored and not handled yet."""
    is_out: bool = False
    """Whether the person was told that answers are delayed."""
    notices: tuple[Notice, ...] = ()
    """What stands above the conversation."""


class History:
    """The chats of one channel."""

    def __init__(self, engine: AsyncEngine, channel: str) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._channel = channel

    async def nobody(self) -> Chat:
        """What somebody sees who has said nothing yet."""
        async with self._engine.connect() as connection:
            return await self._with_notices(connection, Chat())

    async def until(self, session: str, before: int = LARGEST_ID) -> Chat:
        """The last part of a conversation, or the part that ends before an entry."""
        async with self._conversation(session) as (connection, standing):
            chat = await _part(connection, standing, 0, before) if standing else Chat()
            return await self._with_notices(connection, chat)

    async def after(self, session: str, entry: int) -> Chat:
        """What came after an entry, beginning with the offer before it: its choices may have been taken by now."""
        async with self._conversation(session) as (connection, standing):
            chat = await _after(connection, standing, entry) if standing else Chat()
            return await self._with_notices(connection, chat)

    async def offer(self, session: str, entry: int) -> tuple[Said | None, bool]:
        """The entry of this session with that id, and whether it is the newest with choices."""
        async with self._conversation(session) as (connection, standing):
            if standing is None:
                return None, False
            newest = await _last_offer(connection, standing.id, LARGEST_ID)
            if newest is not None and newest.id == entry:
                return newest, True
            row = (await connection.execute(_rows(standing.id).where(Transcript.id == entry))).one_or_none()
            return (_said(row) if row else None), False

    async def conversation(self, session: str) -> uuid.UUID | None:
        """Which conversation that is; None before its first message."""
        async with self._conversation(session) as (_, standing):
            return standing.id if standing else None

    async def is_stored(self, message_id: str) -> bool:
        """Whether a message was taken in before, so that it has its answer whatever it would mean now."""
        wanted = select(Inbox.id).where(Inbox.channel == self._channel, Inbox.message_id == message_id)
        async with self._engine.connect() as connection:
            return (await connection.execute(wanted)).first() is not None

    async def has_turn(self, turn: str) -> bool:
        """Whether a turn is recorded, so that its replies stand in the transcript."""
        wanted = select(Transcript.id).where(Transcript.turn_id == uuid.UUID(turn)).limit(1)
        async with self._engine.connect() as connection:
            return (await connection.execute(wanted)).first() is not None

    async def _with_notices(self, connection: AsyncConnection, chat: Chat) -> Chat:
        return replace(chat, notices=await urgent_notices(connection, self._channel))

    @asynccontextmanager
    async def _conversation(self, session: str) -> AsyncIterator[tuple[AsyncConnection, Row[Any] | None]]:
        unhandled = select(func.count()).where(Inbox.conversation_id == Conversation.id, Inbox.handled_at.is_(None))
        wanted = select(
            Conversation.id,
            Conversation.owner,
            Conversation.state,
            Conversation.outage_told_at,
            unhandled.scalar_subquery().label("waiting"),
        ).where(Conversation.channel == self._channel, Conversation.session_id == session)
        async with self._engine.connect() as connection:
            yield connection, (await connection.execute(wanted)).one_or_none()


async def _after(connection: AsyncConnection, standing: Row[Any], entry: int) -> Chat:
    newest = await connection.scalar(select(func.max(Transcript.id)).where(Transcript.conversation_id == standing.id))
    if newest is None or newest <= entry:
        return _chat(standing, (), None, False)
    offer = await _last_offer(connection, standing.id, entry + 1)
    return await _part(connection, standing, offer.id if offer else entry + 1, LARGEST_ID)


async def _part(connection: AsyncConnection, standing: Row[Any], first: int, before: int) -> Chat:
    """The last rows from `first` on and before `before`."""
    wanted = _rows(standing.id).where(Transcript.id >= first, Transcript.id < before)
    found = (await connection.execute(wanted.order_by(Transcript.id.desc()).limit(MOST_ROWS + 1))).all()
    rows = tuple(_said(row) for row in reversed(found[:MOST_ROWS]))
    offer = await _last_offer(connection, standing.id, rows[0].id) if rows else None
    return _chat(standing, rows, offer, len(found) > MOST_ROWS)


def _chat(standing: Row[Any], rows: tuple[Said, ...], offer: Said | None, has_earlier: bool) -> Chat:
    memory = Memory.model_validate(standing.state)
    return Chat(
        rows=rows,
        offer=offer,
        has_earlier=has_earlier,
        owner=Owner(standing.owner),
        region=memory.region.name if memory.region else "",
        is_asking=memory.questionnaire is not None,
        waiting=standing.waiting,
        is_out=standing.outage_told_at is not None,
    )


async def _last_offer(connection: AsyncConnection, conversation: uuid.UUID, before: int) -> Said | None:
    wanted = _rows(conversation).where(Transcript.id < before, func.jsonb_array_length(Transcript.reply["choices"]) > 0)
    row = (await connection.execute(wanted.order_by(Transcript.id.desc()).limit(1))).one_or_none()
    return _said(row) if row else None


def _rows(conversation: uuid.UUID) -> Select[Any]:
    return select(
        Transcript.id, Transcript.turn_id, Transcript.speaker, Transcript.text, Transcript.reply, Transcript.at
    ).where(Transcript.conversation_id == conversation)


def _said(row: Row[Any]) -> Said:
    return Said(
        id=row.id,
        turn=str(row.turn_id or ""),
        speaker=row.speaker,
        text=row.text,
        reply=Reply.model_validate(row.reply) if row.reply else None,
        at=row.at.astimezone(LOCAL),
    )
