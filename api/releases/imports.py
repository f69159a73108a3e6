"""What lies in a folder of files becomes a release: the whole the first time, later what was edited there.

Every folder (of a machine) has its own mark of how far it was taken over, so that only an edit in it is taken over,
never its mere being there: several processes with older and newer folders on one database publish nothing in turns.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import KnowledgeImport, KnowledgeImportFile
from api.releases.files import Files, digest_of, sha256, with_changes
from api.releases.merge import Digests, Merged, merge
from api.releases.store import Releases, files_of, keep_contents, newest

FIRST = "knowledge/data"
"""The reason of the first import."""
NAMED = 3
"""So many files stand in the reason of an import."""


@dataclass(frozen=True)
class Plan:
    """What a folder would bring.

    on: number of the release that it was reckoned on, 0 for none. present: the files of that release. changed: what
    the folder brings to it. waiting: paths that were changed on both sides. is_older: the folder lies as it was taken
    over before by another one, and what came later is left alone. is_new: whether its mark has to be set.
    """

    folder: str
    found: Files
    on: int
    present: Files
    changed: Mapping[str, bytes | None]
    merged: Merged
    is_older: bool = False
    is_new: bool = True

    @property
    def files(self) -> dict[str, bytes]:
        """The whole set that would be published."""
        return with_changes(self.present, self.changed)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Paths that were changed on both sides, and stay as they are published."""
        return self.merged.waiting


class Imports:
    """Reckons what a folder brings, and carries it out."""

    def __init__(self, releases: Releases) -> None:
        self._releases = releases

    async def plan(self, connection: AsyncConnection, folder: str, found: Files, anew: bool = False) -> Plan:
        """What the files of a folder bring to the newest release.

        anew: as if they had just been edited to what they are; else a state that was taken over before brings nothing.
        """
        release = await newest(connection)
        on = release.number if release else 0
        present = await files_of(connection, on) if on else {}
        known = await _base(connection, folder, found)
        here, published = _digests(found), _digests(present)
        if anew:
            merged = merge(published, here, published)
        elif known.is_taken:
            merged = Merged((), known.agreed, _waiting(known.agreed, here, published))
        else:
            merged = merge(known.agreed, here, published)
        changed = {path: found.get(path) for path in merged.taken}
        is_marked = known.is_marked and known.is_taken and not anew
        return Plan(folder, found, on, present, changed, merged, known.is_older and not anew, not is_marked)

    async def carry_out(self, connection: AsyncConnection, plan: Plan, reason: str = "") -> int | None:
        """Publish what is planned, and set the folder's mark; gives the new number, None when nothing was new.

        The whole set was examined. Raises PublishedMeanwhile.
        """
        number = None
        if plan.changed:
            reason = reason or (_named(list(plan.changed)) if plan.on else FIRST)
            number = await self._releases.publish(connection, plan.changed, kind="import", reason=reason, on=plan.on)
        if plan.is_new:
            await _set_mark(connection, plan, number)
        return number


def folder_name(data: Path) -> str:
    """The name of a folder among those of all machines."""
    return f"{socket.gethostname()}:{data.resolve()}"


def _named(paths: list[str]) -> str:
    more = len(paths) - NAMED
    return ", ".join(paths[:NAMED]) + (f" +{more}" if more > 0 else "")


@dataclass(frozen=True)
class _Known:
    """What is known of a folder's state: what was last agreed on; whether it is this state that was taken over, and by
    this folder; whether another state was taken over after it."""

    agreed: dict[str, bytes | None]
    is_taken: bool = False
    is_marked: bool = False
    is_older: bool = False


async def _base(connection: AsyncConnection, folder: str, found: Files) -> _Known:
    """A folder without a mark begins from the state of another one that it is most like."""
    row, digest = KnowledgeImport, digest_of(found)
    own = select(row.id, row.digest).where(row.folder == folder).order_by(row.id.desc()).limit(1)
    mark = (await connection.execute(own)).one_or_none()
    if mark:
        return _Known(await _agreed(connection, mark.id), is_taken=mark.digest == digest, is_marked=True)
    alike = select(row.id).where(row.digest == digest).order_by(row.id.desc()).limit(1)
    if (same := (await connection.execute(alike)).scalar_one_or_none()) is not None:
        last = select(row.digest).where(row.release.is_not(None)).order_by(row.id.desc()).limit(1)
        is_older = (await connection.execute(last)).scalar_one_or_none() != digest
        return _Known(await _agreed(connection, same), is_taken=True, is_older=is_older)
    file = KnowledgeImportFile
    matches = func.count().filter(tuple_(file.path, file.found).in_(list(_digests(found).items())))
    nearest = select(file.import_id).group_by(file.import_id).order_by(matches.desc(), file.import_id.desc()).limit(1)
    best = (await connection.execute(nearest)).scalar_one_or_none()
    return _Known(await _agreed(connection, best) if best is not None else {})


def _digests(files: Files) -> dict[str, bytes | None]:
    return {path: sha256(content) for path, content in files.items()}


def _waiting(agreed: Digests, here: Digests, published: Digests) -> tuple[str, ...]:
    """What a state that was taken over left open."""
    open_ones = [path for path in {*agreed, *here} if agreed.get(path) != here.get(path)]
    return tuple(sorted(path for path in open_ones if here.get(path) != published.get(path)))


async def _agreed(connection: AsyncConnection, import_id: int) -> dict[str, bytes | None]:
    wanted = select(KnowledgeImportFile.path, KnowledgeImportFile.merged).where(
        KnowledgeImportFile.import_id == import_id
    )
    return {row.path: row.merged for row in await connection.execute(wanted)}


async def _set_mark(connection: AsyncConnection, plan: Plan, number: int | None) -> None:
    values = {"folder": plan.folder, "digest": digest_of(plan.found), "release": number}
    added = await connection.execute(insert(KnowledgeImport).values(values).returning(KnowledgeImport.id))
    found = _digests(plan.found)
    await keep_contents(connection, {sha256(content): content for content in plan.found.values()})
    import_id = added.scalar_one()
    rows = [
        {"import_id": import_id, "path": path, "merged": plan.merged.agreed.get(path), "found": found.get(path)}
        for path in sorted({*plan.merged.agreed, *found})
    ]
    await connection.execute(insert(KnowledgeImportFile), rows)
