"""Clears away Rasa's trackers that no turn will read again."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

FORGET = text("DELETE FROM rasa.events WHERE sender_id = ANY(:senders)")


async def forget_trackers(engine: AsyncEngine, senders: list[str]) -> None:
    """Deletes the trackers of these senders. Does nothing before Rasa has made its table."""
    try:
        async with engine.begin() as connection:
            await connection.execute(FORGET, {"senders": senders})
    except ProgrammingError:
        return
