"""What actions need from outside: declared here, implemented in `api`, built in `api/main.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class CaseItem:
    """How far one item of a case has come. `status` is an id of `knowledge/data/national/statuses.yaml`."""

    item: str
    department: str
    status: str
    since: datetime
    due: date | None
    overdue: bool


@dataclass(frozen=True)
class CaseProgress:
    """A whole case as a veteran may see it."""

    case_no: str
    region: str
    is_demo: bool
    accepted_at: datetime
    items: tuple[CaseItem, ...]


@dataclass(frozen=True)
class Locked:
    """Too many wrong proofs: nothing is shown until `until` (local time)."""

    until: datetime


class Cases(Protocol):
    """Progress of cases, shown only with proof."""

    async def bound_to(self, conversation: str) -> list[CaseProgress]:
        """The cases that this conversation has proved before, newest first."""

    async def prove(self, conversation: str, case_no: str, last_four: str) -> CaseProgress | Locked | None:
        """The case when the proof is right; None for a wrong proof and, alike, for a case that does not exist.

        Changes nothing: a wrong proof is counted by the effect `count_wrong_proof` of the turn, a right one bound by
        `bind_case`.
        """


@dataclass(frozen=True)
class Kept:
    """What a code opens: the adcode of the region, and the part of the memory that is the questionnaire."""

    region: str
    private: dict[str, Any]


class Resumes(Protocol):
    """Questionnaires that wait to be taken up elsewhere."""

    async def open(self, conversation: str, code: str) -> Kept | Locked | None:
        """What the code opens; None alike for one that is unknown, used or expired.

        Changes nothing: a wrong code is counted by the effect `count_wrong_code` of the turn, a right one closed by
        `use_resume_code`.
        """


class Secrets(Protocol):
    """Raw values that masking took out of a message, kept sealed and for minutes only."""

    async def open(self, conversation: str, placeholder: str) -> str | None:
        """The raw value behind a placeholder such as 〔身份证号1〕 in the newest message, or None when it is gone."""
