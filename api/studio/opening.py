"""An entry as somebody opens it: as it is published, or as a change set already has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.changes.reader import ChangeReader
from api.changes.records import ChangeSet, Edit
from api.changes.workbench import Draft, Workbench
from knowledge.entry_kinds import EntryName
from knowledge.entry_list import EntryList, ListedEntry
from knowledge.entry_text import read_entry


@dataclass(frozen=True)
class Opened:
    """before: the published text from which the editor begins; none for a new entry. version: that of the set's edit
    of it. entry: as it now is in the set, or published; none when it is withdrawn or not there yet.
    """

    name: EntryName
    before: str | None
    version: int
    entries: EntryList
    release: int
    entry: ListedEntry | None
    edit: Edit | None = None
    change_set: ChangeSet | None = None
    draft: Draft | None = None

    @property
    def text(self) -> str:
        """What stands in it; of an entry that the set withdraws, what stood there."""
        return self.entry.text if self.entry else self.before or ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether the set takes it out."""
        return self.edit is not None and self.edit.after is None


@dataclass(frozen=True)
class Waiting:
    """Another open set that changes the same entry."""

    change_set: ChangeSet
    by: str
    edit: Edit


class Openings:
    """Opens entries for reading and editing."""

    def __init__(self, reader: ChangeReader, workbench: Workbench) -> None:
        self.reader = reader
        self.workbench = workbench

    async def entries(self, change_set: int | None = None) -> EntryList:
        """All entries as published, or as in a set. Raises NoChangeSet, NoRelease."""
        return (await self.workbench.draft(change_set)).entries if change_set else (await self.workbench.base())[2]

    async def open(self, name: EntryName, change_set: int | None) -> Opened:
        """Raises NoChangeSet, NoRelease."""
        release, _, published = await self.workbench.base()
        there = published.find(*name)
        before = there.text if there else None
        if not change_set:
            return Opened(name, before, 0, published, release.number, there)
        found = await self.reader.get(change_set)
        draft = await self.workbench.draft(change_set)
        edit = next((one for one in await self.reader.edits(change_set) if one.name == name), None)
        if edit is None:
            return Opened(name, before, 0, draft.entries, release.number, there, None, found, draft)
        entry = draft.entries.find(*name) if edit.after is not None else None
        if entry is None and edit.after is not None:
            entry = _as_listed(edit, there)
        return Opened(name, edit.before, edit.version, draft.entries, release.number, entry, edit, found, draft)

    async def others(self, name: EntryName, change_set: int | None) -> Sequence[Waiting]:
        """Who else is changing it, and where."""
        sets = [one for one in await self.reader.waiting_for(*name) if one.id != change_set]
        edits = {one.id: [edit for edit in await self.reader.edits(one.id) if edit.name == name] for one in sets}
        names = await self.reader.names(edit.edited_by for found in edits.values() for edit in found)
        return [Waiting(one, names.get(edit.edited_by, ""), edit) for one in sets for edit in edits[one.id]]


def _as_listed(edit: Edit, there: ListedEntry | None) -> ListedEntry | None:
    """The entry of an edit that no longer fits into the release."""
    content: Any = read_entry(edit.path, edit.kind, edit.key, edit.after or "")
    given = there or ListedEntry(edit.path, edit.kind, edit.key, edit.key, None, None, 1, "", None)
    return ListedEntry(
        edit.path, edit.kind, edit.key, given.title, given.province, given.region, 1, edit.after or "", content
    )
