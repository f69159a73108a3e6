"""What files would change, kept until their reader says yes, for a day at most."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.db.models import SheetImport
from api.excel.difference import Difference
from api.staff.accounts import Staff
from api.staff.audit import note

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """A file's difference. change_set: the number of the one that it became."""

    id: uuid.UUID
    province: str
    file_name: str
    difference: Difference
    change_set: int | None


class WaitingSheets:
    """One for the app. Each person sees his own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def keep(self, staff: Staff, province: str, file_name: str, difference: Difference) -> uuid.UUID:
        """Keeps one, and lets go of those that nobody said yes to."""
        number = uuid.uuid4()
        async with self._engine.begin() as connection:
            old = SheetImport.made_at < func.now() - KEPT_FOR
            await connection.execute(delete(SheetImport).where(old))
            values = {"id": number, "staff_id": staff.id, "province": province, "file_name": file_name}
            await connection.execute(insert(SheetImport).values(**values, difference=difference.as_json()))
        return number

    async def find(self, staff: Staff, number: uuid.UUID) -> Waiting | None:
        """One's own, as long as it is kept."""
        async with self._engine.connect() as connection:
            return await _read(connection, staff, number)

    @asynccontextmanager
    async def taking(self, staff: Staff, number: uuid.UUID) -> AsyncIterator[Taking]:
        """Holds one, so that two clicks make one change set."""
        async with self._engine.begin() as connection:
            yield Taking(connection, staff, await _read(connection, staff, number, hold=True))


@dataclass(frozen=True)
class Taking:
    """A difference that is being made a change set. waiting: none when there is no such one."""

    connection: AsyncConnection
    staff: Staff
    waiting: Waiting | None

    async def became(self, waiting: Waiting, change_set: int) -> None:
        """Remembers it, and writes it into the log."""
        mine = SheetImport.id == waiting.id
        await self.connection.execute(update(SheetImport).where(mine).values(change_set=change_set))
        counts: dict[str, Any] = {"new": len(waiting.difference.new), "changed": len(waiting.difference.changed)}
        about = f"change_set:{change_set}"
        await note(self.connection, self.staff, "studio.excel", about, province=waiting.province, **counts)


async def _read(connection: AsyncConnection, staff: Staff, number: uuid.UUID, hold: bool = False) -> Waiting | None:
    kept = SheetImport.made_at >= func.now() - KEPT_FOR
    query = select(SheetImport.__table__).where(SheetImport.id == number, SheetImport.staff_id == staff.id, kept)
    row = (await connection.execute(query.with_for_update() if hold else query)).one_or_none()
    if row is None:
        return None
    return Waiting(row.id, row.province, row.file_name, Difference.from_json(row.difference), row.change_set)
