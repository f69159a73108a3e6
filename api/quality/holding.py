"""Keeps answers that wait for a counselor, in the transaction of the turn that made them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import HeldReply
from bot.approval import Held


async def hold(
    connection: AsyncConnection,
    conversation: uuid.UUID,
    inbox_id: int,
    question: str,
    waits: Held,
    release: str,
    now: datetime,
) -> None:
    """Keeps what waits, in the transaction of the turn. question: masked."""
    for reply in waits.replies:
        row = insert(HeldReply).values(
            conversation_id=conversation,
            inbox_id=inbox_id,
            question=question,
            reply=reply.as_sent(),
            why=reply.why.model_dump(mode="json") if reply.why else None,
            memory=waits.memory.model_dump(mode="json"),
            chance=reply.why.chance if reply.why else 0.0,
            region=waits.region,
            knowledge_release=release,
            held_at=now,
            until=now + timedelta(minutes=waits.minutes),
        )
        await connection.execute(row)
