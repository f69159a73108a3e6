"""What is said to a person outside any turn of his: by a counselor, as news, or about what was done elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.listener import OUTBOX
from api.conversations.transcript import why_of
from api.db.models import Conversation, Outbox, Transcript
from bot.message import Reply


async def say_unasked(
    connection: AsyncConnection,
    conversation: uuid.UUID,
    speaker: str,
    replies: Sequence[Reply],
    *,
    at: datetime | None = None,
    turn: uuid.UUID | None = None,
    release: str | None = None,
) -> None:
    """Hands replies to whoever sends for the channel and writes them down, in the caller's transaction.

    speaker: `counselor` or `system`; both go out whoever holds the conversation. at: when it is said, else now.
    turn: names what caused it, so that it is said once. release: the knowledge that it is spoken from.
    """
    more: dict[str, Any] = {"at": at} if at else {}
    for position, reply in enumerate(replies):
        common = {"conversation_id": conversation, "turn_id": turn, "speaker": speaker, "reply": reply.as_sent()}
        await connection.execute(insert(Outbox).values(**common, position=position))
        kept = {"text": reply.text, "knowledge_release": release, "why": why_of(reply)}
        await connection.execute(insert(Transcript).values(**common, **more, **kept))
    channel = select(Conversation.channel).where(Conversation.id == conversation).scalar_subquery()
    await connection.execute(select(func.pg_notify(OUTBOX, channel)))
