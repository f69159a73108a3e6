"""Signing in: the right password opens a session, and five wrong ones in a quarter of an hour close the account."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NoReturn

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.conversations.sealing import Sealer
from api.db.models import StaffLoginTry, StaffMember
from api.staff.accounts import Staff, staff_of
from api.staff.audit import note
from api.staff.passwords import MOST_CHARACTERS, is_right
from api.staff.sessions import end_session, open_session

MOST_TRIES = 5
WINDOW = timedelta(minutes=15)
AT_ONCE = 2
"""Passwords compared at a time; each takes 64 MiB and a processor."""
MOST_WAITING = 20


class NotLetIn(Exception):
    """Nobody was signed in; `key` names the sentence that says why. It is the same for a login that does not exist."""

    key = "sign_in.wrong"


class Locked(NotLetIn):
    """Too many wrong tries with this login."""

    key = "sign_in.locked"


class Busy(NotLetIn):
    """Too many people sign in at this moment."""

    key = "sign_in.busy"


class SignIn:
    """The door. Tries are counted before they are made, so that many at once are no more than many in a row."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._sealer = sealer
        self._clock = clock
        self._comparing = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def enter(self, login: str, password: str, old_token: str = "") -> tuple[Staff, str]:
        """Who signed in and the token of his new session; the session of the old token ends. Raises NotLetIn."""
        login = login.strip().lower()[:MOST_CHARACTERS]
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            return await self._enter(login, password[: MOST_CHARACTERS + 1], old_token)
        finally:
            self._waiting -= 1

    async def confirm(self, staff: Staff, password: str) -> None:
        """Whether somebody who is signed in is who he was, before he changes his password. Raises NotLetIn.

        Tries count together with those at the door.
        """
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            await self._confirm(staff.login, password[: MOST_CHARACTERS + 1])
        finally:
            self._waiting -= 1

    async def _enter(self, login: str, password: str, old_token: str) -> tuple[Staff, str]:
        staff = await self._confirm(login, password)
        async with self._engine.begin() as connection:
            await end_session(connection, old_token, self._clock())
            token = await open_session(connection, staff, self._clock())
            await note(connection, staff, "staff.sign_in", f"staff:{staff.login}")
        return staff, token

    async def _confirm(self, login: str, password: str) -> Staff:
        """Whose password it is; his earlier tries are forgotten. Raises NotLetIn."""
        index = self._sealer.index(login, "staff_login")
        tries = await self._count_try(index)
        wanted = select(StaffMember).where(StaffMember.login == login, StaffMember.is_active)
        async with self._engine.connect() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        async with self._comparing:
            is_his = await asyncio.to_thread(is_right, password, row.password_hash if row else None)
        if row is None or not is_his:
            await self._refuse(staff_of(row) if row else None, is_last=tries == MOST_TRIES)
        async with self._engine.begin() as connection:
            await connection.execute(delete(StaffLoginTry).where(StaffLoginTry.login_index == index))
        return staff_of(row)

    async def _count_try(self, index: bytes) -> int:
        """The number of this try within the window. Raises Locked when there were too many before."""
        now = self._clock()
        async with self._engine.begin() as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(int.from_bytes(index[:8], "big", signed=True))))
            await connection.execute(delete(StaffLoginTry).where(StaffLoginTry.at <= now - WINDOW))
            mine = select(func.count()).where(StaffLoginTry.login_index == index)
            tries = (await connection.execute(mine)).scalar_one()
            if tries >= MOST_TRIES:
                raise Locked
            await connection.execute(insert(StaffLoginTry).values(login_index=index, at=now))
        return tries + 1

    async def _refuse(self, staff: Staff | None, is_last: bool) -> NoReturn:
        if staff:  # What was typed for a login that does not exist is kept nowhere: it may be a password.
            async with self._engine.begin() as connection:
                act = "staff.sign_in_locked" if is_last else "staff.sign_in_failed"
                await note(connection, None, act, f"staff:{staff.login}")
        raise Locked if is_last else NotLetIn


async def forget_tries(connection: AsyncConnection, sealer: Sealer, login: str) -> None:
    """Opens an account that too many wrong tries have closed for a while."""
    index = sealer.index(login, "staff_login")
    await connection.execute(delete(StaffLoginTry).where(StaffLoginTry.login_index == index))
