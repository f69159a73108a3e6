"""Looks at edits before they are saved: whether each is one entry of its name, and begins from what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.changes import refusals
from api.changes.records import Edit, Proposed
from knowledge.entry_kinds import EntryName, Shelf, shelves_of
from knowledge.entry_pieces import EntryUnreadable
from knowledge.entry_text import EntryFile, TextEdit, normal, read_entry

LONGEST_TEXT = 200_000


def checked(
    edits: Sequence[Proposed], known: Mapping[EntryName, Edit], files: Mapping[str, bytes]
) -> Sequence[Proposed]:
    """The edits as they are stored. known: those of the set so far. files: of the newest release.

    Raises EntryMoved, EntryTaken, TextUnusable.
    """
    opened: dict[str, EntryFile] = {}
    fresh: dict[str, list[TextEdit]] = {}
    kept = []
    for edit in edits:
        shelf = _shelf(edit)
        file = opened.setdefault(edit.path, EntryFile(edit.path, files.get(edit.path)))
        block = file.find(edit.kind, edit.key)
        present = block.text if block else None
        edit = replace(edit, before=_normal(edit.before, shelf), after=_normal(edit.after, shelf))
        before = known.get(edit.name)
        if before is not None:
            edit = replace(edit, before=before.before, follows=before.follows if edit.after is None else edit.follows)
        elif edit.before != present:
            raise refusals.EntryTaken(key=edit.key) if edit.before is None else refusals.EntryMoved(edit.name, present)
        if edit.after is None and block is not None:
            edit = replace(edit, follows=file.follows(edit.kind, edit.key))
        if edit.after is not None:
            _check_text(edit, edit.after)
        if edit.before == present and edit.after != present:
            fresh.setdefault(edit.path, []).append(TextEdit(edit.kind, edit.key, edit.after, edit.follows))
        kept.append(edit)
    for path, some in fresh.items():
        try:
            opened[path].edited(some)
        except EntryUnreadable as error:
            raise refusals.TextUnusable(error.line, error.problem) from error
    return kept


def _shelf(edit: Proposed) -> Shelf:
    for shelf in shelves_of(edit.path):
        if shelf.kind == edit.kind:
            return shelf
    raise refusals.TextUnusable(1, f"{edit.path} holds nothing of the kind {edit.kind}")


def _normal(text: str | None, shelf: Shelf) -> str | None:
    return None if text is None else normal(text, shelf)


def _check_text(edit: Proposed, text: str) -> None:
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise refusals.TextUnusable(1, f"at most {LONGEST_TEXT} characters")
    try:
        read_entry(edit.path, edit.kind, edit.key, text)
    except EntryUnreadable as error:
        raise refusals.TextUnusable(error.line, error.problem) from error
