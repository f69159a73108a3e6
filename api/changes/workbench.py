"""The draft of a change set beside what is spoken from: read and examined in a folder of its own, told to nobody."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from api.changes.draft import apply
from api.changes.reader import ChangeReader
from api.changes.records import Proposed
from api.current_knowledge import CurrentKnowledge
from api.releases.store import Release, Releases
from api.releases.workshop import Workshop
from knowledge.entry_kinds import EntryName
from knowledge.entry_list import EntryList
from knowledge.library import Library
from knowledge.reference import Reference

MOST_KEPT = 4
"""Drafts that are kept read, the last used."""
WHERE = "knowledge/data/"
"""What stands before the path in a fault."""


@dataclass(frozen=True)
class DraftFault:
    """What would be wrong. entry: in which entry of the file; line_in_entry: its line there, from 1.

    problem: for people who know the schema, in English.
    """

    path: str
    line: int
    problem: str
    entry: EntryName | None = None
    line_in_entry: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


@dataclass(frozen=True)
class Draft:
    """A release with edits. changed: the files that differ. conflicts: edits that no longer fit, which are left out.

    library: None when it has faults. entries: all entries as they would be.
    """

    base: Release
    changed: dict[str, bytes | None]
    files: dict[str, bytes] = field(repr=False)
    conflicts: tuple[EntryName, ...]
    faults: tuple[DraftFault, ...]
    library: Library | None = field(repr=False)
    entries: EntryList = field(repr=False)
    reference: Reference | None = field(default=None, repr=False)

    @property
    def is_sound(self) -> bool:
        """Whether it could be published."""
        return self.library is not None and not self.faults and not self.conflicts


class Workbench:
    """Makes drafts. One draft at a time is read, in a thread; turns go on meanwhile."""

    def __init__(
        self, reader: ChangeReader, releases: Releases, workshop: Workshop, knowledge: CurrentKnowledge
    ) -> None:
        """workshop: one that nothing else uses. knowledge: whose indexes a draft's begin from."""
        self._reader = reader
        self._releases = releases
        self._workshop = workshop
        self._knowledge = knowledge
        self._kept: OrderedDict[tuple[int, int, int], Draft] = OrderedDict()
        self._base: tuple[int, dict[str, bytes], EntryList] | None = None
        self._busy = asyncio.Lock()

    async def base(self) -> tuple[Release, dict[str, bytes], EntryList]:
        """The newest release with its files and entries. Nobody may change them. Raises NoRelease."""
        release = await self._releases.current()
        if self._base is None or self._base[0] != release.number:
            files = await self._releases.files(release.number)
            before = self._base[2] if self._base else None
            self._base = (release.number, files, await asyncio.to_thread(EntryList, files, before))
        return release, self._base[1], self._base[2]

    async def draft(self, number: int) -> Draft:
        """The newest release with the edits of a change set. Raises NoChangeSet, NoRelease."""
        change_set = await self._reader.get(number)
        edits = await self._reader.edits(number)
        release, _, _ = await self.base()
        name = (number, change_set.version, release.number)
        if name not in self._kept:
            self._kept[name] = await self.with_edits(edits)
        self._kept.move_to_end(name)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[name]

    async def with_reference(self, number: int) -> Draft:
        """The draft ready to be asked; `reference` is None when it has faults. Raises NoChangeSet, NoRelease."""
        draft = await self.draft(number)
        if draft.library is None or draft.reference is not None:
            return draft
        made = await asyncio.to_thread(Reference, draft.library, self._knowledge.now)
        ready = replace(draft, reference=made)
        for name, kept in self._kept.items():
            if kept is draft:
                self._kept[name] = ready
                break
        return ready

    async def examine(self, number: int, extra: Proposed) -> Draft:
        """The draft with an edit that is not saved yet in the place of the set's own of this entry."""
        edits = [edit for edit in await self._reader.edits(number) if edit.name != extra.name]
        return await self.with_edits([*edits, extra])

    async def with_edits(self, edits: Sequence[Proposed]) -> Draft:
        """The newest release with these edits."""
        release, files, entries = await self.base()
        async with self._busy:
            return await asyncio.to_thread(self._made, release, files, entries, edits)

    async def faults_of(self, release: int) -> tuple[str, ...]:
        """What would be wrong with an older release today, as `file:line: problem`. Raises NoRelease."""
        files = await self._releases.files(release)
        async with self._busy:
            _, faults = await asyncio.to_thread(self._workshop.examined, files, is_published=True)
        return faults

    def _made(self, base: Release, files: dict[str, bytes], entries: EntryList, edits: Sequence[Proposed]) -> Draft:
        applied = apply(files, edits)
        whole = applied.on(files)
        library, faults = self._workshop.examined(whole)
        listed = EntryList(whole, entries)
        found = tuple(_placed(fault, listed) for fault in faults)
        return Draft(base, dict(applied.changed), whole, applied.conflicts, found, library, listed)


def _placed(fault: str, entries: EntryList) -> DraftFault:
    """The fault with the entry in which it stands."""
    place, _, problem = fault.partition(": ")
    file, _, line = place.rpartition(":")
    if not line.isdecimal():
        return DraftFault("", 1, fault)
    path, number = file.removeprefix(WHERE), int(line)
    inside = [one for one in entries.entries if one.path == path and one.line <= number < one.line + one.lines]
    if not inside:
        return DraftFault(path, number, problem)
    return DraftFault(path, number, problem, inside[-1].name, number - inside[-1].line + 1)
