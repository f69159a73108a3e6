"""Codes that take a questionnaire up on another channel: implements `actions.ports.Resumes`, keeps and uses codes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions import ports
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.models import ResumeCode, WrongCode
from bot.rasa_client import TryAgain

GOOD_FOR = timedelta(days=7)
TRIES = 5
WINDOW = timedelta(minutes=15)


class PostgresResumes:
    """The codes that were given out."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._sealer = sealer
        self._clock = clock

    async def open(self, conversation: str, code: str) -> ports.Kept | ports.Locked | None:
        """What the code opens; Locked after five wrong codes of this conversation in a quarter of an hour."""
        now = self._clock()
        tried = select(func.count(), func.min(WrongCode.at)).where(
            WrongCode.conversation_id == uuid.UUID(conversation), WrongCode.at > now - WINDOW
        )
        wanted = select(ResumeCode.memory).where(_index(code, self._sealer), *_is_good(now))
        async with self._engine.connect() as connection:
            count, oldest = (await connection.execute(tried)).one()
            if count >= TRIES:
                return ports.Locked((oldest + WINDOW).astimezone(LOCAL))
            memory = (await connection.execute(wanted)).scalar_one_or_none()
        return ports.Kept(memory["region"], memory["private"]) if memory else None


async def keep_code(
    connection: AsyncConnection, conversation: uuid.UUID, data: dict[str, Any], sealer: Sealer, now: datetime
) -> None:
    """Stores what a new code opens; the code itself is stored nowhere. Raises TryAgain when it was drawn before."""
    index = sealer.index(str(data["code"]), "resume_code")
    row = {"code_index": index, "conversation_id": conversation, "memory": data["memory"], "expires_at": now + GOOD_FOR}
    kept = insert(ResumeCode).values(**row).on_conflict_do_nothing().returning(ResumeCode.id)
    if (await connection.execute(kept)).scalar_one_or_none() is None:
        raise TryAgain("the code was drawn before")


async def use_code(connection: AsyncConnection, code: str, sealer: Sealer, now: datetime) -> None:
    """Marks a code as used. Raises TryAgain when somebody else used it meanwhile: the turn is then begun anew."""
    used = update(ResumeCode).where(_index(code, sealer), *_is_good(now)).values(used_at=now).returning(ResumeCode.id)
    if (await connection.execute(used)).scalar_one_or_none() is None:
        raise TryAgain("the code was used meanwhile")


def _index(code: str, sealer: Sealer) -> Any:
    return ResumeCode.code_index == sealer.index(code, "resume_code")


def _is_good(now: datetime) -> tuple[Any, ...]:
    return ResumeCode.used_at.is_(None), ResumeCode.expires_at > now
