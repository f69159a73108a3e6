"""Change sets as editors make them: begun, edited, submitted, withdrawn. Nothing here reaches what is spoken from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.changes import refusals
from api.changes.access import check_regions
from api.changes.acts import check_seen, may, reason_of, title_of, told
from api.changes.proposals import checked
from api.changes.reader import ChangeReader, change_set_of, edits_of, names_of
from api.changes.records import OPEN, ChangeSet, Edit, Proposed, State
from api.changes.workbench import Draft, Workbench
from api.db.models import ChangeEdit
from api.db.models import ChangeSet as Row
from api.staff.accounts import Staff
from knowledge.entry_kinds import EntryName
from knowledge.regions import Regions

MOST_NOTED = 20


class Editing(ChangeReader):
    """What editors do. Every refusal is a ChangeRefused and leaves everything as it was."""

    def __init__(
        self,
        engine: AsyncEngine,
        workbench: Workbench,
        regions: Callable[[], Regions],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(engine)
        self.workbench = workbench
        self._regions = regions
        self._clock = clock

    async def create(self, staff: Staff, title: str, reason: str = "") -> int:
        """Begins a set; gives its number."""
        may(staff, "studio.edit")
        values = {"title": title_of(title), "reason": reason_of(reason), "created_by": staff.id, "editors": []}
        async with self._engine.begin() as connection:
            made = await connection.execute(insert(Row).values(values).returning(Row.id))
            number = made.scalar_one()
            await told(connection, staff, "change.begin", number, title=values["title"])
        return number

    async def rename(self, staff: Staff, number: int, title: str, reason: str) -> None:
        """Another title, another reason."""
        may(staff, "studio.edit")
        values = {"title": title_of(title), "reason": reason_of(reason)}
        await self._check_own_regions(staff, number)
        async with self._engine.begin() as connection:
            change_set = await self._held(connection, number, "draft")
            await self._store(connection, change_set, staff, **values)
            await told(connection, staff, "change.rename", number, title=values["title"])

    async def put_edit(self, staff: Staff, number: int, edit: Proposed, version: int | None = None) -> int:
        """Saves how an entry is to read; gives the edit's version, 0 when it changes nothing any more and is gone.

        version: the set's edit of this entry that he saw; None or 0: there was none.
        """
        return (await self.put_edits(staff, number, [edit], {edit.name: version or 0}))[0]

    async def put_edits(
        self, staff: Staff, number: int, edits: Sequence[Proposed], versions: Mapping[EntryName, int] | None = None
    ) -> Sequence[int]:
        """Saves all of them or none. versions: those of the set's edits that he saw; none stands for not there."""
        may(staff, "studio.edit")
        _, files, entries = await self.workbench.base()
        check_regions(staff, {edit.path for edit in edits}, entries, self._regions())
        async with self._engine.begin() as connection:
            change_set = await self._held(connection, number, "draft")
            known = {edit.name: edit for edit in await edits_of(connection, number)}
            for edit in edits:
                await self._check_version(connection, known.get(edit.name), edit, (versions or {}).get(edit.name, 0))
            kept = [await _kept(connection, number, staff, edit, known) for edit in checked(edits, known, files)]
            await self._store(connection, change_set, staff)
            named = [f"{edit.path} {edit.kind} {edit.key}" for edit in edits[:MOST_NOTED]]
            await told(connection, staff, "change.edit", number, entries=named, count=len(edits))
        return kept

    async def take_back(self, staff: Staff, number: int, path: str, kind: str, key: str) -> None:
        """Leaves an entry as it is."""
        may(staff, "studio.edit")
        _, _, entries = await self.workbench.base()
        check_regions(staff, [path], entries, self._regions())
        async with self._engine.begin() as connection:
            change_set = await self._held(connection, number, "draft")
            await _drop(connection, number, EntryName(path, kind, key))
            await self._store(connection, change_set, staff)
            await told(connection, staff, "change.take_back", number, entries=[f"{path} {kind} {key}"])

    async def submit(self, staff: Staff, number: int, version: int) -> None:
        """Asks for approval. The draft has to be sound. version: the set that he saw."""
        may(staff, "studio.edit")
        seen = await self.get(number)
        check_seen(seen, version, "draft")
        if not seen.reason:
            raise refusals.ReasonMissing
        edits = await self.edits(number)
        if not edits:
            raise refusals.NothingEdited
        await self._check_draft(staff, number, edits)
        now = self._clock()
        async with self._engine.begin() as connection:
            change_set = await self._held(connection, number, "draft", version)
            values = {"state": "submitted", "submitted_by": staff.id, "submitted_at": now, "refusal": None}
            await self._store(connection, change_set, staff, **values)
            await told(connection, staff, "change.submit", number, reason=seen.reason)

    async def reopen(self, staff: Staff, number: int) -> None:
        """Takes a submitted set back to be edited further."""
        may(staff, "studio.edit")
        await self._check_own_regions(staff, number)
        async with self._engine.begin() as connection:
            change_set = await self._held(connection, number, "submitted")
            await self._store(connection, change_set, staff, state="draft", expires_at=None, trouble=None)
            await told(connection, staff, "change.reopen", number)

    async def withdraw(self, staff: Staff, number: int) -> None:
        """Gives a set up. It stays to be read, and may be taken up again."""
        await self._move(staff, number, OPEN, "withdrawn", "change.withdraw")

    async def take_up(self, staff: Staff, number: int) -> None:
        """Goes on with a set that was given up."""
        await self._move(staff, number, ("withdrawn",), "draft", "change.take_up")

    async def _move(self, staff: Staff, number: int, before: Sequence[State], after: State, act: str) -> None:
        may(staff, "studio.edit")
        await self._check_own_regions(staff, number)
        async with self._engine.begin() as connection:
            change_set = await change_set_of(connection, number, hold=True)
            if change_set.state not in before:
                raise refusals.WrongState(change_set)
            await self._store(connection, change_set, None, state=after, publish_at=None, expires_at=None, trouble=None)
            await told(connection, staff, act, number)

    async def _check_own_regions(self, staff: Staff, number: int) -> None:
        _, _, entries = await self.workbench.base()
        check_regions(staff, {edit.path for edit in await self.edits(number)}, entries, self._regions())

    async def _check_draft(self, staff: Staff, number: int, edits: Iterable[Proposed]) -> None:
        """That all is his business and that the set could be published."""
        draft = await self.workbench.draft(number)
        check_regions(staff, {edit.path for edit in edits}, draft.entries, self._regions())
        check_sound(draft)
        if not draft.changed:
            raise refusals.NothingEdited

    async def _held(
        self, connection: AsyncConnection, number: int, state: State, version: int | None = None
    ) -> ChangeSet:
        change_set = await change_set_of(connection, number, hold=True)
        check_seen(change_set, version, state)
        return change_set

    async def _store(
        self, connection: AsyncConnection, change_set: ChangeSet, editor: Staff | None, **values: Any
    ) -> None:
        """Stores the set one version on. editor: who has a hand in it now and may not approve it any more."""
        if editor is not None and editor.id not in change_set.editors:
            values["editors"] = [*change_set.editors, editor.id]
        values |= {"version": change_set.version + 1, "changed_at": self._clock()}
        await connection.execute(update(Row).where(Row.id == change_set.id).values(**values))

    async def _check_version(
        self, connection: AsyncConnection, known: Edit | None, edit: Proposed, version: int
    ) -> None:
        if known is None and version:
            raise refusals.ChangedMeanwhile
        if known is not None and known.version != version and known.after != edit.after:
            names = await names_of(connection, [known.edited_by])
            by = names.get(known.edited_by, "")
            raise refusals.EditedMeanwhile(by, known.after, known.version, known.edited_at)


def check_sound(draft: Draft) -> None:
    """That it could be published. Raises Conflicting, FaultsLeft."""
    if draft.conflicts:
        raise refusals.Conflicting(draft.conflicts)
    if not draft.is_sound:
        raise refusals.FaultsLeft(map(str, draft.faults))


async def _kept(
    connection: AsyncConnection, number: int, staff: Staff, edit: Proposed, known: Mapping[EntryName, Edit]
) -> int:
    """Stores a checked edit; gives its version."""
    before = known.get(edit.name)
    if edit.after == edit.before:
        await _drop(connection, number, edit.name)
        return 0
    values = {"after": edit.after, "before": edit.before, "follows": edit.follows, "edited_by": staff.id}
    if before is None:
        await connection.execute(
            insert(ChangeEdit).values(change_set_id=number, path=edit.path, kind=edit.kind, key=edit.key, **values)
        )
        return 1
    mine = update(ChangeEdit).where(*_named(number, edit.name))
    await connection.execute(mine.values(version=before.version + 1, **values))
    return before.version + 1


async def _drop(connection: AsyncConnection, number: int, name: EntryName) -> None:
    await connection.execute(delete(ChangeEdit).where(*_named(number, name)))


def _named(number: int, name: EntryName) -> tuple[Any, ...]:
    path, kind, key = name
    return (
        ChangeEdit.change_set_id == number,
        ChangeEdit.path == path,
        ChangeEdit.kind == kind,
        ChangeEdit.key == key,
    )
