"""Sessions of staff: they lie in the database, so that they survive a restart and can be ended from anywhere."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.db.models import StaffMember, StaffSession
from api.staff.accounts import Staff, staff_of
from api.staff.rights import Right

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
USE_IS_NOTED_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Signed:
    """Somebody who is signed in, as every route of the consoles gets him."""

    staff: Staff
    session_id: int
    csrf: str

    def may(self, right: Right) -> bool:
        """Whether he has this right."""
        return self.staff.may(right)


class Sessions:
    """Asked anew at every request, so that somebody who was shut out is refused at once."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    async def find(self, token: str, uses: bool = True) -> Signed | None:
        """Who shows this token; None when it is unknown, ended, idle for too long or too old.

        uses: whether this is an act of his, which keeps the session alive; a page that refreshes itself is none.
        """
        now = self._clock()
        wanted = (
            select(StaffMember, StaffSession.id.label("session_id"), StaffSession.csrf, StaffSession.last_used_at)
            .join(StaffSession, StaffSession.staff_id == StaffMember.id)
            .where(
                StaffSession.digest == digest_of(token),
                StaffSession.ended_at.is_(None),
                StaffSession.created_at > now - LONGEST,
                StaffSession.last_used_at > now - IDLE,
                StaffMember.is_active,
            )
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(wanted)).one_or_none()
            if row is None:
                return None
            if uses and row.last_used_at <= now - USE_IS_NOTED_EVERY:
                mine = update(StaffSession).where(StaffSession.id == row.session_id)
                await connection.execute(mine.values(last_used_at=now))
                seen = update(StaffMember).where(StaffMember.id == row.id)
                await connection.execute(seen.values(last_seen_at=now))
                await connection.commit()
        return Signed(staff_of(row), row.session_id, row.csrf)


async def open_session(connection: AsyncConnection, staff: Staff, now: datetime) -> str:
    """Begins a session and returns its token, which is new each time and stored nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = insert(StaffSession).values(
        digest=digest_of(token),
        staff_id=staff.id,
        csrf=secrets.token_urlsafe(TOKEN_BYTES),
        created_at=now,
        last_used_at=now,
    )
    await connection.execute(row)
    seen = update(StaffMember).where(StaffMember.id == staff.id)
    await connection.execute(seen.values(last_seen_at=now))
    return token


async def end_session(connection: AsyncConnection, token: str, now: datetime) -> None:
    """Ends the session of a token, when there is one."""
    mine = update(StaffSession).where(StaffSession.digest == digest_of(token), StaffSession.ended_at.is_(None))
    await connection.execute(mine.values(ended_at=now))


def digest_of(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
