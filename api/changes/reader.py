"""Reads change sets and their edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, any_, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.changes.records import OPEN, ChangeSet, Edit, State
from api.changes.refusals import NoChangeSet
from api.db.models import ChangeEdit, StaffMember
from api.db.models import ChangeSet as Row


class ChangeReader:
    """What editors and approvers look at. No channel and no search has one."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, number: int) -> ChangeSet:
        """One set. Raises NoChangeSet."""
        async with self._engine.connect() as connection:
            return await change_set_of(connection, number)

    async def list(
        self, states: Sequence[State] = (), author: int | None = None, most: int = 200
    ) -> Sequence[ChangeSet]:
        """Those at these stages (all when none is named), last changed first. author: only his own."""
        wanted = select(Row.__table__).order_by(Row.changed_at.desc(), Row.id.desc()).limit(most)
        if states:
            wanted = wanted.where(Row.state.in_(states))
        if author is not None:
            wanted = wanted.where(or_(Row.created_by == author, literal(author) == any_(Row.editors)))
        async with self._engine.connect() as connection:
            return [_record(row) for row in await connection.execute(wanted)]

    async def in_trouble(self, most: int = 50) -> Sequence[ChangeSet]:
        """Those whose hour came in vain and about which nobody has decided yet, last changed first."""
        wanted = select(Row.__table__).where(Row.trouble.is_not(None), Row.state != "withdrawn")
        async with self._engine.connect() as connection:
            rows = await connection.execute(wanted.order_by(Row.changed_at.desc(), Row.id.desc()).limit(most))
            return [_record(row) for row in rows]

    async def undone_by(self, releases: Iterable[int]) -> frozenset[int]:
        """Those of these releases that took a change set back, at its end or by a person."""
        wanted = select(Row.expired_release).where(Row.expired_release.in_(list(releases)))
        async with self._engine.connect() as connection:
            return frozenset(one for one in (await connection.execute(wanted)).scalars() if one)

    async def edits(self, number: int) -> Sequence[Edit]:
        """The edits of a set, by file and in the order in which they were begun."""
        async with self._engine.connect() as connection:
            return await edits_of(connection, number)

    async def paths(self, numbers: Iterable[int]) -> dict[int, Sequence[str]]:
        """Which files each set touches; a file stands once for each edit."""
        found: dict[int, Any] = {number: [] for number in numbers}
        wanted = select(ChangeEdit.change_set_id, ChangeEdit.path).where(ChangeEdit.change_set_id.in_(found))
        async with self._engine.connect() as connection:
            for row in await connection.execute(wanted.order_by(ChangeEdit.path, ChangeEdit.id)):
                found[row.change_set_id].append(row.path)
        return found

    async def waiting_for(self, path: str, kind: str, key: str) -> Sequence[ChangeSet]:
        """Open sets that change this entry, so that the second editor is told."""
        edited = select(ChangeEdit.change_set_id).where(
            ChangeEdit.path == path, ChangeEdit.kind == kind, ChangeEdit.key == key
        )
        wanted = select(Row.__table__).where(Row.id.in_(edited), Row.state.in_(OPEN)).order_by(Row.id)
        async with self._engine.connect() as connection:
            return [_record(row) for row in await connection.execute(wanted)]

    async def names(self, numbers: Iterable[int | None]) -> dict[int, str]:
        """The names of staff by their ids."""
        async with self._engine.connect() as connection:
            return await names_of(connection, numbers)


async def change_set_of(connection: AsyncConnection, number: int, hold: bool = False) -> ChangeSet:
    """One set; hold: nobody else changes it until the transaction ends. Raises NoChangeSet."""
    wanted: Select[Any] = select(Row.__table__).where(Row.id == number)
    row = (await connection.execute(wanted.with_for_update() if hold else wanted)).one_or_none()
    if row is None:
        raise NoChangeSet(number=number)
    return _record(row)


async def edits_of(connection: AsyncConnection, number: int, *where: ColumnElement[bool]) -> list[Edit]:
    """The edits of a set."""
    wanted = select(ChangeEdit.__table__).where(ChangeEdit.change_set_id == number, *where)
    rows = (await connection.execute(wanted.order_by(ChangeEdit.path, ChangeEdit.id))).mappings()
    return [Edit(**{name: row[name] for name in Edit.__dataclass_fields__}) for row in rows]


async def names_of(connection: AsyncConnection, numbers: Iterable[int | None]) -> dict[int, str]:
    """The names of staff by their ids."""
    wanted = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_({one for one in numbers if one}))
    return {row.id: row.name for row in await connection.execute(wanted)}


def _record(row: Any) -> ChangeSet:
    values = dict(row._mapping)
    return ChangeSet(**{**values, "editors": tuple(values["editors"])})
