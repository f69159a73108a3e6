"""Texts of guides in the office's database: brought in by one person, released by another, never overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import aliased

from api.db.models import GuideText, GuideVersion, StaffMember
from api.excel.places import loose
from api.guides.sections import Section
from api.staff.accounts import Staff
from api.staff.audit import note

# One at a time, so that versions count on.
LOCK = text("SELECT pg_advisory_xact_lock(7233196)")
AT_ONCE = 1_000


class OwnImport(Exception):
    """Who brought a text in does not release it."""


class Meanwhile(Exception):
    """Somebody else released or withdrew it already."""


@dataclass(frozen=True)
class Version:
    """A text of a guide, without its sections."""

    id: int
    province: str
    guide: str
    number: int
    file_name: str
    imported_at: datetime
    importer: int
    imported_by: str
    released_at: datetime | None
    released_by: str | None
    withdrawn_at: datetime | None

    @property
    def is_read_out(self) -> bool:
        """Whether it was released and not withdrawn. Of several the newest is read."""
        return self.released_at is not None and self.withdrawn_at is None


class GuideTexts:
    """One for the app."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def bring(
        self, staff: Staff, province: str, guide: str, file_name: str, sections: Sequence[Section]
    ) -> tuple[int, bool]:
        """Keeps a text as the newest version; its id, and whether it is new: the same text is not kept twice."""
        whole = hashlib.sha256("\n".join(f"{one.number}\t{one.text}" for one in sections).encode()).digest()
        async with self._engine.begin() as connection:
            await connection.execute(LOCK)
            mine = GuideVersion.guide == guide
            newest = select(GuideVersion.id, GuideVersion.version, GuideVersion.digest).where(mine)
            last = (await connection.execute(newest.order_by(GuideVersion.version.desc()).limit(1))).one_or_none()
            if last is not None and last.digest == whole:
                return last.id, False
            values = {"province": province, "guide": guide, "version": last.version + 1 if last else 1}
            row = insert(GuideVersion).values(**values, file_name=file_name, digest=whole, imported_by=staff.id)
            number: int = (await connection.execute(row.returning(GuideVersion.id))).scalar_one()
            rows = [_row_of(number, place, one) for place, one in enumerate(sections, start=1)]
            for begin in range(0, len(rows), AT_ONCE):
                await connection.execute(insert(GuideText), rows[begin : begin + AT_ONCE])
            about = f"guide:{guide}:{values['version']}"
            await note(connection, staff, "guide.bring", about, sections=len(rows), file=file_name)
        return number, True

    async def versions(self, guide: str | None = None) -> list[Version]:
        """All of a guide, or of all guides, newest first."""
        async with self._engine.connect() as connection:
            query = _versions().order_by(GuideVersion.guide, GuideVersion.version.desc())
            return [
                _version(row)
                for row in await connection.execute(query.where(GuideVersion.guide == guide) if guide else query)
            ]

    async def version(self, number: int) -> Version | None:
        """One version."""
        async with self._engine.connect() as connection:
            row = (await connection.execute(_versions().where(GuideVersion.id == number))).one_or_none()
        return _version(row) if row else None

    async def sections(self, number: int) -> list[Section]:
        """Its sections in the order of the text."""
        async with self._engine.connect() as connection:
            return await _sections(connection, number)

    async def numbers(self, number: int) -> frozenset[str]:
        """The numbers of its sections."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(select(GuideText.number).where(GuideText.version_id == number))
            return frozenset(rows.scalars())

    async def read_out(self, guide: str) -> list[Section]:
        """The sections of the version that is read to veterans; none when there is none."""
        async with self._engine.connect() as connection:
            mine = (GuideVersion.guide == guide, GuideVersion.released_at.is_not(None))
            newest = select(GuideVersion.id).where(*mine, GuideVersion.withdrawn_at.is_(None))
            found = await connection.execute(newest.order_by(GuideVersion.version.desc()).limit(1))
            number = found.scalar_one_or_none()
            return await _sections(connection, number) if number is not None else []

    async def release(self, staff: Staff, number: int) -> None:
        """Lets it be read to veterans. Raises OwnImport or Meanwhile."""
        async with self._engine.begin() as connection:
            row = await _held(connection, number)
            if row.imported_by == staff.id:
                raise OwnImport
            if row.released_at is not None and row.withdrawn_at is None:
                raise Meanwhile
            values = {"released_at": func.now(), "released_by": staff.id, "withdrawn_at": None, "withdrawn_by": None}
            await connection.execute(update(GuideVersion).where(GuideVersion.id == number).values(**values))
            await note(connection, staff, "guide.release", f"guide:{row.guide}:{row.version}")

    async def withdraw(self, staff: Staff, number: int) -> None:
        """Lets it be read no more; the version released before it is read again. Raises Meanwhile."""
        async with self._engine.begin() as connection:
            row = await _held(connection, number)
            if row.released_at is None or row.withdrawn_at is not None:
                raise Meanwhile
            values = {"withdrawn_at": func.now(), "withdrawn_by": staff.id}
            await connection.execute(update(GuideVersion).where(GuideVersion.id == number).values(**values))
            await note(connection, staff, "guide.withdraw", f"guide:{row.guide}:{row.version}")


def _row_of(number: int, place: int, one: Section) -> dict[str, Any]:
    digest = hashlib.sha256(loose(one.text).encode()).digest()
    return {
        "version_id": number, "position": place, "number": one.number, "title": one.title, "text": one.text,
        "digest": digest,
    }  # fmt: skip


async def _held(connection: AsyncConnection, number: int) -> Any:
    row = select(GuideVersion.__table__).where(GuideVersion.id == number).with_for_update()
    return (await connection.execute(row)).one()


async def _sections(connection: AsyncConnection, number: int) -> list[Section]:
    columns = (GuideText.number, GuideText.title, GuideText.text)
    rows = await connection.execute(select(*columns).where(GuideText.version_id == number).order_by(GuideText.position))
    return [Section(*row) for row in rows]


def _versions() -> Any:
    importer, releaser = aliased(StaffMember), aliased(StaffMember)
    own = GuideVersion.__table__.columns
    return (
        select(*own, importer.name.label("importer_name"), releaser.name.label("releaser_name"))
        .join(importer, importer.id == GuideVersion.imported_by)
        .outerjoin(releaser, releaser.id == GuideVersion.released_by)
    )


def _version(row: Row[Any]) -> Version:
    return Version(
        row.id, row.province, row.guide, row.version, row.file_name, row.imported_at, row.imported_by,
        row.importer_name, row.released_at, row.releaser_name, row.withdrawn_at,
    )  # fmt: skip
