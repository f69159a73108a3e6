"""What a department sends as a status, in the words of the knowledge. What it does not know is never guessed."""

from __future__ import annotations

from knowledge.library import Library
from knowledge.model import Status
from knowledge.status_codes import fold_code


def recognise(library: Library, reported: str) -> Status | None:
    """The status that a code or word of a department stands for; None for one that no entry lists.

    Case, full-width letters and blanks at the ends do not matter, everything else does.
    """
    return library.status_by_code.get(fold_code(reported))


def status_of(library: Library, status_id: str) -> Status | None:
    """The status with that id; None for `unrecognised` and any other that the knowledge does not have."""
    entry = library.entry("status", status_id)
    return entry if isinstance(entry, Status) else None
