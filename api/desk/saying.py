"""What is said to a person by the desk: into the transcript, and out by whatever sends for his channel."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.saying import say_unasked
from api.db.models import Transcript
from bot.masking import Kind, mask
from bot.message import Reply
from bot.normalise import normalise

LONGEST = 1000
PHONES = (Kind.MOBILE, Kind.LANDLINE)


class Unsayable(Exception):
    """A reply that is not to go out; `key` names the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def as_counselor(written: str) -> Reply:
    """What a counselor wrote, as a reply. Raises Unsayable.

    Numbers of identity papers and bank cards are never sent and never kept; telephone numbers are what people ask for.
    """
    words = written.replace("\r\n", "\n").strip()
    if not words:
        raise Unsayable("desk.empty")
    if len(words) > LONGEST or "\x00" in words:
        raise Unsayable("desk.too_long")
    if any(found.kind not in PHONES for found in mask(normalise(words)).found):
        raise Unsayable("desk.has_number")
    return Reply(kind="notice", text=words, data={"speaker": "counselor"})


def as_system(words: str) -> Reply:
    """What the person is told about who speaks with him."""
    return Reply(kind="notice", text=words, data={"speaker": "system"})


async def is_said(connection: AsyncConnection, conversation: uuid.UUID, form: uuid.UUID) -> bool:
    """Whether the form was sent before."""
    mine = select(Transcript.id).where(Transcript.conversation_id == conversation, Transcript.turn_id == form)
    return (await connection.execute(mine.limit(1))).first() is not None


async def say(
    connection: AsyncConnection, to: Row[Any], speaker: str, reply: Reply, form: uuid.UUID | None = None
) -> None:
    """Says it in the caller's transaction, which has locked the conversation. form: what was sent, to send it once."""
    await say_unasked(connection, to.id, speaker, [reply], turn=form)
