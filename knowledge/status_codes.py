"""How the codes of departments are compared: what means nothing is taken out of them, the rest must be the same."""

from __future__ import annotations

import unicodedata

from knowledge.model import Status


def codes_of(status: Status) -> set[str]:
    """All that is read as this status, folded: its codes and its id."""
    return {fold_code(code) for code in (status.id, *status.codes)}


def fold_code(code: str) -> str:
    """A code without its case, full-width forms and the blanks at its ends."""
    return unicodedata.normalize("NFKC", code).strip().casefold()
