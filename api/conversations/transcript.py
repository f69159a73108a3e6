"""What was said, masked, in order."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import Transcript
from bot.message import Reply

QUESTIONS = ("question", "confirm", "clarify")


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
    now = datetime.now(UTC)
    rows: list[tuple[object, ...]] = [("person", said, None, None, None, said_at)]
    rows += [("bot", reply.text, reply.as_sent(), release, why_of(reply), now) for reply in replies]
    names = ("speaker", "text", "reply", "knowledge_release", "why", "at")
    common = {"conversation_id": conversation, "turn_id": turn_id}
    await connection.execute(
        insert(Transcript).values([{**common, **dict(zip(names, row, strict=True))} for row in rows])
    )


async def turn_of(connection: AsyncConnection, turn_id: uuid.UUID) -> Sequence[Row[Any]]:
    """What was said in a turn, in order: speaker, text, reply, knowledge_release, why. Empty when there is none."""
    columns = (Transcript.speaker, Transcript.text, Transcript.reply, Transcript.knowledge_release, Transcript.why)
    return (
        await connection.execute(select(*columns).where(Transcript.turn_id == turn_id).order_by(Transcript.id))
    ).all()


async def last_question(connection: AsyncConnection, conversation: uuid.UUID) -> Reply | None:
    """The question of a loop that was asked last: of the questionnaire, or for the number of a case."""
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


def why_of(reply: Reply) -> dict[str, Any] | None:
    """How the question came to the reply, as the transcript keeps it."""
    return reply.why.model_dump(mode="json") if reply.why else None
