"""Change sets and edits as the rest of the app sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from knowledge.entry_kinds import EntryName

State = Literal["draft", "submitted", "approved", "published", "withdrawn"]
OPEN: tuple[State, ...] = ("draft", "submitted", "approved")
"""In which a set may still become a release."""


@dataclass(frozen=True)
class ChangeSet:
    """One change set. editors: everybody who ever edited or submitted it; none of them may approve it."""

    id: int
    title: str
    reason: str
    state: State
    version: int
    created_by: int
    created_at: datetime
    changed_at: datetime
    editors: tuple[int, ...]
    submitted_by: int | None
    submitted_at: datetime | None
    decided_by: int | None
    decided_at: datetime | None
    refusal: str | None
    override_reason: str | None
    publish_at: datetime | None
    expires_at: datetime | None
    published_at: datetime | None
    published_release: int | None
    expired_release: int | None
    trouble: dict[str, Any] | None
    passed_gate: dict[str, Any] | None = None

    @property
    def authors(self) -> frozenset[int]:
        """Whose own change it is."""
        return frozenset((self.created_by, *self.editors))


@dataclass(frozen=True)
class Proposed:
    """How an entry is to read. before: the text that the editor began from; None: a new entry. after: None withdraws.

    follows: the key behind which a new entry goes; empty: the first place; None: the last.
    """

    path: str
    kind: str
    key: str
    before: str | None
    after: str | None
    follows: str | None = None

    @property
    def name(self) -> EntryName:
        """The entry's name."""
        return EntryName(self.path, self.kind, self.key)


@dataclass(frozen=True)
class Edit(Proposed):
    """An edit as it is stored."""

    version: int = 1
    edited_by: int = 0
    edited_at: datetime | None = None

    def undone(self) -> Proposed:
        """What brings the entry back to how it was."""
        return Proposed(self.path, self.kind, self.key, self.after, self.before, self.follows)
