"""What was said, masked, in order."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import Transcript
from bot.message import Reply

QUESTIONS = ("question", "confirm")


async def write_turn(
    connection: AsyncConnection,
    conversation: uuid.UUID,
    turn_id: uuid.UUID,
    said: str,
    said_at: datetime,
    replies: Sequence[Reply],
    release: str,
) -> None:
    """Adds one message of the person and what the bot answered. `said` is masked."""
    common = {"conversation_id": conversation, "turn_id": turn_id}
    person = insert(Transcript).values(speaker="person", text=said, at=said_at, **common)
    await connection.execute(person)
    rows = [
        {"speaker": "bot", "text": reply.text, "reply": reply.model_dump(mode="json"), "knowledge_release": release}
        for reply in replies
    ]
    for row in rows:
        await connection.execute(insert(Transcript).values(**common, **row))


async def last_question(connection: AsyncConnection, conversation: uuid.UUID) -> Reply | None:
    """The question of a loop that was asked last."""
    asked = (
        select(Transcript.reply)
        .where(
            Transcript.conversation_id == conversation,
            Transcript.speaker == "bot",
            Transcript.reply["kind"].astext.in_(QUESTIONS),
        )
        .order_by(Transcript.id.desc())
        .limit(1)
    )
    found = (await connection.execute(asked)).scalar_one_or_none()
    return Reply.model_validate(found) if found else None
