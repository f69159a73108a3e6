"""The releases in the database. Published once they stay as they are; the newest is what is spoken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Insert, Select, insert, literal, select, text
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.db.models import KnowledgeBlob, KnowledgeRelease, KnowledgeReleaseFile
from api.releases.files import digest_of, is_data_path, sha256, with_changes
from api.staff.events import announce

Kind = Literal["import", "change", "rollback"]
CHANNEL = "tuiyi_release"
"""Rung by the database itself for every new release, with its number."""
# One publisher at a time, so that numbers follow each other and nobody publishes over what he has not seen.
LOCK = text("SELECT pg_advisory_xact_lock(7233196)")


class NoRelease(LookupError):
    """There is no such release."""


class NothingChanged(Exception):
    """What was to be published is what the newest release holds already."""


class PublishedMeanwhile(Exception):
    """Somebody published since; that has to be looked at first."""

    def __init__(self, newest: int) -> None:
        super().__init__(f"release {newest} was published meanwhile")


@dataclass(frozen=True)
class Release:
    """Who made a release when and why; its files are read by themselves.

    made_by, approved_by: ids of staff; None for the folder and the command line. change_set: what it published.
    restores: the older release whose files a roll-back brought back.
    """

    number: int
    kind: Kind
    digest: str
    reason: str
    made_at: datetime
    made_by: int | None = None
    approved_by: int | None = None
    change_set: int | None = None
    restores: int | None = None

    @property
    def name(self) -> str:
        """What answers name it by."""
        return name_of(self.number, self.digest)


def name_of(number: int, digest: str) -> str:
    """The name of a release: its number, and the digest that proves what is in it."""
    return f"{number}-{digest}"


def number_of(name: str) -> int:
    """The number in the name of a release; 0 for files that are not published."""
    number, is_published, _ = name.partition("-")
    return int(number) if is_published else 0


def digest_in(name: str) -> str:
    """The digest in the name of a release: the same for every release that holds the same files."""
    return name.rpartition("-")[2]


class Releases:
    """All releases. Reading takes a connection of its own unless one is given."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def current(self) -> Release:
        """The newest. Raises NoRelease before the first import."""
        async with self._engine.connect() as connection:
            found = await newest(connection)
        if found is None:
            raise NoRelease("nothing was published yet")
        return found

    async def release(self, number: int) -> Release:
        """One of them. Raises NoRelease."""
        async with self._engine.connect() as connection:
            return await _release(connection, number)

    async def list(self, most: int = 50, before: int | None = None) -> list[Release]:
        """The newest first, so many at most. before: only those with a lower number, to go on."""
        async with self._engine.connect() as connection:
            return await list_of(connection, most, before)

    async def files(self, number: int) -> dict[str, bytes]:
        """All files of a release. Raises NoRelease."""
        async with self._engine.connect() as connection:
            return await files_of(connection, number)

    async def file(self, number: int, path: str) -> bytes | None:
        """One file of a release; None when it has none of that path."""
        async with self._engine.connect() as connection:
            wanted = _contents(number).where(KnowledgeReleaseFile.path == path)
            row = (await connection.execute(wanted)).one_or_none()
            return row.content if row else None

    async def digests(self, number: int) -> dict[str, bytes]:
        """The SHA-256 of each file, to see without reading all which files of two releases differ. Raises NoRelease."""
        async with self._engine.connect() as connection:
            return await digests_of(connection, number)

    async def publish(
        self,
        connection: AsyncConnection,
        changed: Mapping[str, bytes | None],
        *,
        kind: Kind,
        reason: str,
        made_by: int | None = None,
        approved_by: int | None = None,
        change_set: int | None = None,
        on: int | None = None,
    ) -> int:
        """Make the newest release with some files changed (None: taken away) the next one; gives its number.

        Live when the caller's transaction is committed. Until then nobody else publishes. The caller has examined the
        whole set: this looks at no content. on: the release that he examined it on, 0 for none.
        Raises NothingChanged, PublishedMeanwhile when `on` is no longer the newest, ValueError for a strange path.
        """
        before = await self.hold(connection)
        present = before.number if before else 0
        if on is not None and on != present:
            raise PublishedMeanwhile(present)
        return await _publish(connection, before, changed, kind, reason, made_by, approved_by, change_set)

    async def roll_back(
        self,
        connection: AsyncConnection,
        number: int,
        *,
        reason: str,
        made_by: int | None = None,
        approved_by: int | None = None,
    ) -> int:
        """Publish the files of an older release again, as a new one. Raises NoRelease, NothingChanged."""
        before = await self.hold(connection)
        wanted = await files_of(connection, number)
        present = await files_of(connection, before.number) if before else {}
        changed = {path: wanted.get(path) for path in present.keys() | wanted.keys()}
        return await _publish(connection, before, changed, "rollback", reason, made_by, approved_by, restores=number)

    async def hold(self, connection: AsyncConnection) -> Release | None:
        """Let nobody else publish until the transaction ends; gives the newest, None when there is none."""
        await connection.execute(LOCK)
        return await newest(connection)


async def list_of(connection: AsyncConnection, most: int, before: int | None = None) -> list[Release]:
    """The newest first, so many at most, with a lower number than `before`."""
    wanted = _rows().order_by(KnowledgeRelease.number.desc()).limit(most)
    if before is not None:
        wanted = wanted.where(KnowledgeRelease.number < before)
    return [Release(**row) for row in (await connection.execute(wanted)).mappings()]


async def newest(connection: AsyncConnection) -> Release | None:
    """The newest release; None before the first import."""
    row = (await connection.execute(_rows().order_by(KnowledgeRelease.number.desc()).limit(1))).mappings().first()
    return Release(**row) if row else None


async def files_of(connection: AsyncConnection, number: int) -> dict[str, bytes]:
    """All files of a release. Raises NoRelease."""
    found = {row.path: row.content for row in await connection.execute(_contents(number))}
    if not found:
        raise NoRelease(f"there is no release {number}")
    return found


async def digests_of(connection: AsyncConnection, number: int) -> dict[str, bytes]:
    """The SHA-256 of each file of a release. Raises NoRelease."""
    wanted = select(KnowledgeReleaseFile.path, KnowledgeReleaseFile.sha256).where(
        KnowledgeReleaseFile.release == number
    )
    found = {row.path: row.sha256 for row in await connection.execute(wanted)}
    if not found:
        raise NoRelease(f"there is no release {number}")
    return found


async def keep_contents(connection: AsyncConnection, contents: Mapping[bytes, bytes]) -> None:
    """Keep contents under their SHA-256; those that are kept already are not sent."""
    wanted = select(KnowledgeBlob.sha256).where(KnowledgeBlob.sha256.in_(contents))
    known = set((await connection.execute(wanted)).scalars())
    new = [{"sha256": key, "content": content} for key, content in contents.items() if key not in known]
    if new:
        await connection.execute(insert_or_not(KnowledgeBlob).on_conflict_do_nothing(), new)


async def _publish(
    connection: AsyncConnection,
    before: Release | None,
    changed: Mapping[str, bytes | None],
    kind: Kind,
    reason: str,
    made_by: int | None,
    approved_by: int | None,
    change_set: int | None = None,
    restores: int | None = None,
) -> int:
    strange = [path for path in changed if not is_data_path(path)]
    if strange:
        raise ValueError(f"no paths of data files: {', '.join(strange)}")
    present = await files_of(connection, before.number) if before else {}
    changed = {path: content for path, content in changed.items() if present.get(path) != content}
    if not changed:
        raise NothingChanged("the newest release holds just these files")
    number = before.number + 1 if before else 1
    values = {
        "number": number,
        "kind": kind,
        "digest": digest_of(with_changes(present, changed)),
        "reason": reason,
        "made_by": made_by,
        "approved_by": approved_by,
        "change_set": change_set,
        "restores": restores,
    }
    await connection.execute(insert(KnowledgeRelease).values(values))
    new = {path: content for path, content in changed.items() if content is not None}
    await keep_contents(connection, {sha256(content): content for content in new.values()})
    if before:
        await connection.execute(_same_files(before.number, number, list(changed)))
    if new:
        rows = [{"release": number, "path": path, "sha256": sha256(content)} for path, content in new.items()]
        await connection.execute(insert(KnowledgeReleaseFile), rows)
    await announce(connection, "release")
    return number


def _same_files(old: int, new: int, without: list[str]) -> Insert:
    """The files that stay as they were."""
    file = KnowledgeReleaseFile
    stay = select(literal(new), file.path, file.sha256).where(file.release == old, file.path.not_in(without))
    return insert(file).from_select(["release", "path", "sha256"], stay)


def _contents(number: int) -> Select[str, bytes]:
    file = KnowledgeReleaseFile
    files = select(file.path, KnowledgeBlob.content).join(KnowledgeBlob, KnowledgeBlob.sha256 == file.sha256)
    return files.where(file.release == number).order_by(file.path)


def _rows() -> Select[*tuple[Any, ...]]:
    row = KnowledgeRelease
    return select(
        row.number,
        row.kind,
        row.digest,
        row.reason,
        row.made_at,
        row.made_by,
        row.approved_by,
        row.change_set,
        row.restores,
    )


async def _release(connection: AsyncConnection, number: int) -> Release:
    row = (await connection.execute(_rows().where(KnowledgeRelease.number == number))).mappings().first()
    if row is None:
        raise NoRelease(f"there is no release {number}")
    return Release(**row)
