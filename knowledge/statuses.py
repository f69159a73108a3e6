"""What a department sends as a status, in the words of the knowledge. What it does not know is never guessed."""

from __future__ import annotations

import unicodedata

from knowledge.library import Library
from knowledge.model import Status


def recognise(library: Library, reported: str) -> Status | None:
    """The status that a code or word of a department stands for; None for one that no entry lists.

    Case, full-width letters and blanks at the ends do not matter, everything else does.
    """
    wanted = fold_code(reported)
    return next((one for one in library.catalogue.statuses if wanted in codes_of(one)), None)


def status_of(library: Library, status_id: str) -> Status | None:
    """The status with that id; None for `unrecognised` and any other that the knowledge does not have."""
    entry = library.entry("status", status_id)
    return entry if isinstance(entry, Status) else None


def codes_of(status: Status) -> set[str]:
    """All that is read as this status, folded: its codes and its id."""
    return {fold_code(code) for code in (status.id, *status.codes)}


def fold_code(code: str) -> str:
    """A code with the differences taken out that mean nothing."""
    return unicodedata.normalize("NFKC", code).strip().casefold()
