"""Printed lists behind links that nobody can guess: kept by a turn, found again by the HMAC of their token."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions.slip import Slip
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.models import Slip as Row

PURPOSE = "slip"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""32 bytes in the letters that an address may hold. What looks otherwise is not even looked for."""
MOST_OF_A_CONVERSATION = 20
"""Who asks for more loses the oldest, so that nobody can fill the table."""


@dataclass(frozen=True)
class Kept:
    """A list as it was made, and the release that it was made from."""

    slip: Slip
    release: str


class Slips:
    """The lists that can still be opened."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._sealer = sealer
        self._clock = clock

    async def find(self, token: str) -> Kept | None:
        """The list behind a token; None alike for one that is malformed, unknown or expired, or that a release made
        which wrote other lists."""
        if not TOKEN.fullmatch(token):
            return None
        index = self._sealer.index(token, PURPOSE)
        wanted = select(Row.content, Row.release).where(Row.token_index == index, Row.expires_at > self._clock())
        async with self._engine.connect() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        try:
            return Kept(Slip.model_validate(row.content), row.release) if row else None
        except ValidationError:
            return None

    async def sweep(self) -> None:
        """Deletes what has expired."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(Row).where(Row.expires_at <= self._clock()))


async def keep_slip(connection: AsyncConnection, conversation: uuid.UUID, data: dict[str, Any], sealer: Sealer) -> None:
    """Stores a list as it was made, to be opened through the last day that it names; its token is not stored."""
    slip = Slip.model_validate(data["content"])
    row = {
        "token_index": sealer.index(str(data["token"]), PURPOSE),
        "conversation_id": conversation,
        "content": data["content"],
        "release": str(data["release"]),
        "expires_at": datetime.combine(slip.good_until + timedelta(days=1), time(), LOCAL),
    }
    await connection.execute(insert(Row).values(**row))
    own = Row.conversation_id == conversation
    older = select(Row.id).where(own).order_by(Row.id.desc()).offset(MOST_OF_A_CONVERSATION)
    await connection.execute(delete(Row).where(own, Row.id.in_(older)))
