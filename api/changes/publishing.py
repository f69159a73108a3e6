"""Makes releases of change sets, and of their reverse; nothing here asks whether somebody may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.changes import refusals
from api.changes.acts import check_seen, told
from api.changes.editing import Editing, check_sound
from api.changes.reader import change_set_of
from api.changes.records import ChangeSet
from api.changes.workbench import Draft, Workbench
from api.releases.store import NothingChanged, PublishedMeanwhile, Releases
from api.staff.accounts import Staff
from knowledge.regions import Regions

TRIES = 3
"""How often a draft is made anew when others publish meanwhile."""


class Publishing(Editing):
    """What brings an approved set into what is spoken from."""

    def __init__(
        self,
        engine: AsyncEngine,
        releases: Releases,
        workbench: Workbench,
        regions: Callable[[], Regions],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(engine, workbench, regions, clock)
        self._releases = releases

    async def _publish(
        self,
        staff: Staff | None,
        number: int,
        states: Sequence[Any],
        values: dict[str, Any],
        detail: dict[str, Any],
        version: int,
        base: int | None = None,
    ) -> int:
        """Makes the set the next release, on the newest one. base: only while that is the newest, else Busy."""
        for _ in range(TRIES):
            draft = await self.workbench.draft(number)
            if base is not None and draft.base.number != base:
                break
            check_sound(draft)
            try:
                async with self._engine.begin() as connection:
                    change_set = await change_set_of(connection, number, hold=True)
                    check_seen(change_set, version, *states)
                    approver = staff.id if staff else change_set.decided_by
                    release = await self._release(connection, change_set, draft, change_set.reason, approver)
                    live = {"state": "published", "published_at": self._clock(), "published_release": release}
                    await self._store(connection, change_set, None, **values, **live)
                    why = change_set.reason
                    await told(connection, staff, "change.publish", number, reason=why, release=release, **detail)
                return release
            except PublishedMeanwhile:
                continue
        raise refusals.Busy

    async def _undo(self, staff: Staff | None, seen: ChangeSet, reason: str) -> int:
        edits = [edit.undone() for edit in await self.edits(seen.id)]
        for _ in range(TRIES):
            draft = await self.workbench.with_edits(edits)
            check_sound(draft)
            try:
                async with self._engine.begin() as connection:
                    change_set = await self._held(connection, seen.id, "published", seen.version)
                    by = staff.id if staff else None
                    why = reason or change_set.reason
                    release = draft.base.number
                    if draft.changed:
                        release = await self._release(connection, change_set, draft, why, by or change_set.decided_by)
                    await self._store(connection, change_set, None, expired_release=release, trouble=None)
                    act = "change.undo" if staff else "change.expire"
                    await told(connection, staff, act, seen.id, reason=reason or None, release=release)
                return release
            except PublishedMeanwhile:
                continue
        raise refusals.Busy

    async def _release(
        self, connection: AsyncConnection, change_set: ChangeSet, draft: Draft, reason: str, approved_by: int | None
    ) -> int:
        try:
            return await self._releases.publish(
                connection,
                draft.changed,
                kind="change",
                reason=f"{change_set.title}：{reason}",
                made_by=change_set.submitted_by or change_set.created_by,
                approved_by=approved_by,
                change_set=change_set.id,
                on=draft.base.number,
            )
        except NothingChanged as error:
            raise refusals.NothingEdited from error
