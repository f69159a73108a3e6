"""Change sets decided on: approved by a second person, published now or in time, undone, rolled back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncEngine

from api.changes import refusals
from api.changes.access import check_regions
from api.changes.acts import CHANGED, check_seen, may, reason_of, told
from api.changes.publishing import Publishing
from api.changes.reader import change_set_of
from api.changes.records import ChangeSet
from api.changes.workbench import Draft, Workbench
from api.db.models import ChangeSet as Row
from api.releases.store import NothingChanged, Releases
from api.staff.accounts import Staff
from api.staff.audit import note
from api.staff.events import announce
from knowledge.regions import Regions

Gate = Callable[[ChangeSet, Draft], Awaitable[Sequence[str]]]
"""What would no longer be right if this were published, as sentences; nothing lets it pass."""


async def open_gate(_: ChangeSet, __: Draft) -> Sequence[str]:
    """Lets everything pass."""
    return ()


class Changes(Publishing):
    """What editors and approvers do. Every refusal is a ChangeRefused and leaves everything as it was."""

    def __init__(
        self,
        engine: AsyncEngine,
        releases: Releases,
        workbench: Workbench,
        regions: Callable[[], Regions],
        clock: Callable[[], datetime],
        gate: Gate = open_gate,
    ) -> None:
        super().__init__(engine, releases, workbench, regions, clock)
        self._gate = gate

    async def approve(
        self,
        staff: Staff,
        number: int,
        version: int,
        *,
        publish_at: datetime | None = None,
        expires_at: datetime | None = None,
        override_reason: str | None = None,
    ) -> int | None:
        """Lets a submitted set be published: at once, which gives the release's number, or when its time comes.

        version: the set that he saw. override_reason: why although the gate objects.
        """
        may(staff, "studio.approve")
        seen = await self.get(number)
        check_seen(seen, version, "submitted")
        if staff.id in seen.authors:
            raise refusals.OwnChange
        now = self._clock()
        is_later = publish_at is not None and publish_at > now
        if expires_at is not None and expires_at <= max(now, publish_at or now):
            raise refusals.BadTime
        override = reason_of(override_reason or "")
        await self._check_draft(staff, number, await self.edits(number))
        draft = await self.workbench.draft(number)
        objections = await self._gate(seen, draft)
        if objections and not override:
            raise refusals.GateRefused(objections)
        values = {
            "decided_by": staff.id,
            "decided_at": now,
            "expires_at": expires_at,
            "override_reason": override if objections else None,
            "passed_gate": _passed(draft, objections),
            "trouble": None,
        }
        detail = {"override": values["override_reason"], "expires_at": expires_at.isoformat() if expires_at else None}
        if not is_later:
            return await self._publish(staff, number, ("submitted",), values, detail, version)
        async with self._engine.begin() as connection:
            change_set = await self._held(connection, number, "submitted", version)
            await self._store(connection, change_set, None, state="approved", publish_at=publish_at, **values)
            at = publish_at.isoformat() if publish_at else None
            await told(connection, staff, "change.approve", number, reason=seen.reason, publish_at=at, **detail)
        return None

    async def publish_now(self, staff: Staff, number: int, override_reason: str = "") -> int:
        """Publishes a set that was approved and waits, or whose hour came in vain; gives the release.

        override_reason: why although the gate objects to something since the approval.
        """
        may(staff, "studio.approve")
        seen = await self.get(number)
        check_seen(seen, None, "approved")
        if staff.id in seen.authors:
            raise refusals.OwnChange
        override = reason_of(override_reason)
        await self._check_draft(staff, number, await self.edits(number))
        draft = await self.workbench.draft(number)
        values: dict[str, Any] = {"trouble": None}
        if objections := await self._objections_since(seen, draft):
            if not override:
                raise refusals.GateRefused(objections)
            values |= {"override_reason": override, "passed_gate": _passed(draft, objections)}
        detail = {"override": values.get("override_reason")}
        return await self._publish(staff, number, ("approved",), values, detail, seen.version)

    async def reject(self, staff: Staff, number: int, version: int, reason: str) -> None:
        """Sends a set back to its editors, also one that was approved and waits."""
        may(staff, "studio.approve")
        reason = reason_of(reason)
        if not reason:
            raise refusals.ReasonMissing
        await self._check_own_regions(staff, number)
        async with self._engine.begin() as connection:
            change_set = await change_set_of(connection, number, hold=True)
            check_seen(change_set, version, "submitted", "approved")
            values = {"state": "draft", "refusal": reason, "decided_by": staff.id, "decided_at": self._clock()}
            away: dict[str, Any] = {"publish_at": None, "expires_at": None, "trouble": None, "override_reason": None}
            await self._store(connection, change_set, None, **values, **away)
            await told(connection, staff, "change.reject", number, reason=reason)

    async def undo(self, staff: Staff, number: int, reason: str) -> int:
        """Publishes the reverse of a published set, whatever else was published since; gives the release."""
        may(staff, "studio.approve")
        reason = reason_of(reason)
        if not reason:
            raise refusals.ReasonMissing
        seen = await self.get(number)
        check_seen(seen, None, "published")
        if seen.expired_release is not None:
            raise refusals.AlreadyUndone
        await self._check_own_regions(staff, number)
        return await self._undo(staff, seen, reason)

    async def keep(self, staff: Staff, number: int) -> None:
        """Lets a published set stand although it was to expire."""
        may(staff, "studio.approve")
        await self._check_own_regions(staff, number)
        async with self._engine.begin() as connection:
            change_set = await self._held(connection, number, "published")
            await self._store(connection, change_set, None, expires_at=None, trouble=None)
            await told(connection, staff, "change.keep", number)

    async def roll_back(self, staff: Staff, release: int, reason: str) -> int:
        """Publishes the files of an older release again; gives the new one. Raises NoRelease too."""
        may(staff, "studio.approve")
        reason = reason_of(reason)
        if not reason:
            raise refusals.ReasonMissing
        base, _, entries = await self.workbench.base()
        ours, theirs = await self._releases.digests(base.number), await self._releases.digests(release)
        differing = {path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)}
        check_regions(staff, differing, entries, self._regions())
        if faults := await self.workbench.faults_of(release):
            raise refusals.FaultsLeft(faults)
        try:
            async with self._engine.begin() as connection:
                made = await self._releases.roll_back(
                    connection, release, reason=reason, made_by=staff.id, approved_by=staff.id
                )
                await announce(connection, CHANGED)
                await note(connection, staff, "release.roll_back", f"release:{made}", reason=reason, to=release)
        except NothingChanged as error:
            raise refusals.NothingEdited from error
        return made

    async def publish_due(self) -> None:
        """Publishes what is approved and whose time has come, and undoes what has expired. Any process may call it."""
        now = self._clock()
        due: tuple[tuple[ColumnElement[bool], ...], ...] = (
            (Row.state == "approved", Row.publish_at <= now),
            (Row.state == "published", Row.expires_at <= now, Row.expired_release.is_(None)),
        )
        for wanted in due:
            async with self._engine.connect() as connection:
                rows = await connection.execute(select(Row.id).where(*wanted, Row.trouble.is_(None)).order_by(Row.id))
                numbers = list(rows.scalars())
            for number in numbers:
                await self._keep_time(number)

    async def _keep_time(self, number: int) -> None:
        seen = await self.get(number)
        try:
            if seen.state == "approved":
                draft = await self.workbench.draft(number)
                if objections := await self._objections_since(seen, draft):
                    await self._send_back(seen, objections)
                else:
                    await self._publish(None, number, ("approved",), {}, {}, seen.version, draft.base.number)
            elif seen.state == "published":
                await self._undo(None, seen, "")
        except (refusals.ChangedMeanwhile, refusals.WrongState, refusals.Busy):
            return  # Another process, or a person, was quicker; or the next look will do.
        except refusals.ChangeRefused as error:
            await self._trouble(seen, error)

    async def _objections_since(self, seen: ChangeSet, draft: Draft) -> Sequence[str]:
        """What the gate objects to now and did not at the approval; asked only when others published since."""
        passed = seen.passed_gate or {}
        if not draft.is_sound or passed.get("release") == draft.base.number:
            return ()
        known = passed.get("objections", ())
        return [one for one in await self._gate(seen, draft) if one not in known]

    async def _send_back(self, seen: ChangeSet, objections: Sequence[str]) -> None:
        """Lets the approver decide again on a set whose hour came, because something would no longer be right."""
        trouble = {"key": "changes.gate_since", "values": {"count": len(objections)}, "objections": list(objections)}
        async with self._engine.begin() as connection:
            change_set = await change_set_of(connection, seen.id, hold=True)
            if change_set.version == seen.version:
                values = {"state": "submitted", "publish_at": None, "trouble": trouble}
                await self._store(connection, change_set, None, **values)
                await told(connection, None, "change.send_back", seen.id, objections=list(objections))

    async def _trouble(self, seen: ChangeSet, error: refusals.ChangeRefused) -> None:
        """Notes why the hour came in vain, so that a person looks and it is not tried for ever."""
        names = [list(name) for name in getattr(error, "names", ())]
        trouble = {
            "key": error.key,
            "values": error.values,
            "names": names,
            "faults": list(getattr(error, "faults", ())),
        }
        async with self._engine.begin() as connection:
            change_set = await change_set_of(connection, seen.id, hold=True)
            if change_set.version == seen.version:
                await self._store(connection, change_set, None, trouble=trouble)
                await told(connection, None, "change.trouble", seen.id, key=error.key)


def _passed(draft: Draft, objections: Sequence[str]) -> dict[str, Any]:
    """What the gate was asked beside, and what it said."""
    return {"release": draft.base.number, "objections": list(objections)}
