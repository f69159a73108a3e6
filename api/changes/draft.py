"""A release with edits made: the files as they would be, and which edits no longer fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.changes.records import Proposed
from api.releases.files import with_changes
from knowledge.entry_kinds import EntryName
from knowledge.entry_pieces import EntryUnreadable
from knowledge.entry_text import EntryFile, TextEdit


@dataclass(frozen=True)
class Applied:
    """changed: the files that differ, None for one that goes. conflicts: entries whose edit does not fit any more."""

    changed: Mapping[str, bytes | None]
    conflicts: tuple[EntryName, ...]

    def on(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """All files with what changed."""
        return with_changes(files, self.changed)


def apply(files: Mapping[str, bytes], edits: Iterable[Proposed]) -> Applied:
    """Make edits in files. One whose entry is as it is to be already changes nothing."""
    by_path: dict[str, list[Proposed]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    changed: dict[str, bytes | None] = {}
    conflicts: list[EntryName] = []
    for path, some in by_path.items():
        file = EntryFile(path, files.get(path))
        wanted = []
        for edit in some:
            block = file.find(edit.kind, edit.key)
            present = block.text if block else None
            if present == edit.before and present != edit.after:
                wanted.append(TextEdit(edit.kind, edit.key, edit.after, edit.follows))
            elif present != edit.after:
                conflicts.append(edit.name)
        try:
            content = file.edited(wanted)
        except EntryUnreadable:
            # Each fitted by itself when it was saved; together, or in this release, they do not.
            conflicts += [edit.name for edit in some]
            continue
        if content != files.get(path):
            changed[path] = content
    return Applied(changed, tuple(conflicts))
