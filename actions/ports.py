"""What actions need from outside: declared here, implemented in `api`, built in `api/main.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal, Protocol

from knowledge.case_clock import ItemDeadline

News = Literal["unasked", "agreed", "declined", "stopped"]
"""Whether somebody wants to be told without asking how his case goes on."""


@dataclass(frozen=True)
class CaseReport:
    """What a department reported about an item. `reported` is the status as it was sent; both masked."""

    item: str
    department: str
    status: str
    reported: str
    at: datetime
    note: str | None = None


@dataclass(frozen=True)
class CaseItem:
    """How far one item of a case has come. `status` is an id of `knowledge/data/national/statuses.yaml`.

    status: `unrecognised` for one that the knowledge does not know; `reported` is then what the department wrote.
    due: the office's last day, with `due_hour` where the guide names an hour; is_expected: it rests on days off that
    are not announced. waits_for: what the clock waits for, in the guide's words, while it has not started.
    deadline: the time limit that counts now, with all else that can be said of it and where it stands.
    """

    item: str
    department: str
    status: str
    since: datetime
    due: date | None
    overdue: bool
    reported: str | None = None
    note: str | None = None
    due_hour: time | None = None
    is_expected: bool = False
    waits_for: str | None = None
    deadline: ItemDeadline | None = None


@dataclass(frozen=True)
class CaseProgress:
    """A whole case as a veteran may see it.

    due: the last day of the whole service where the guide has one (Henan's 18 working days); whole: its time limit,
    also where no day follows from it. overdue: that day is over and a department that it counts for is not ready.
    as_of: when the shown status was last known, if the platform cannot be asked now. history: all reports, oldest
    first.
    news, is_rated: what this conversation chose, and whether it has rated the case.
    """

    case_no: str
    region: str
    is_demo: bool
    accepted_at: datetime
    items: tuple[CaseItem, ...]
    due: date | None = None
    whole: ItemDeadline | None = None
    overdue: bool = False
    as_of: datetime | None = None
    history: tuple[CaseReport, ...] = ()
    news: News = "unasked"
    is_rated: bool = False


@dataclass(frozen=True)
class Locked:
    """Too many wrong proofs: nothing is shown until `until` (local time)."""

    until: datetime


@dataclass(frozen=True)
class Away:
    """A platform that may know the case cannot be asked now, so that nobody can say whether the proof is right.

    It counts as a wrong try all the same, so that nobody can guess while the platform is away.
    """


class Cases(Protocol):
    """Progress of cases, shown only with proof."""

    async def bound_to(self, conversation: str) -> list[CaseProgress]:
        """The cases that this conversation has proved before, newest first."""

    async def prove(self, conversation: str, case_no: str, last_four: str) -> CaseProgress | Locked | Away | None:
        """The case when the proof is right; None for a wrong proof and, alike, for a case that does not exist; Away
        alike for both while a platform that may know it cannot be asked.

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


class Originals(Protocol):
    """The guides' own words, as far as the office has brought them in."""

    async def words(self, guide: str, sections: tuple[str, ...]) -> dict[str, str]:
        """The text of each of these sections; one whose text is not here is left out."""


class NoOriginals:
    """Where no guide's text was brought in."""

    async def words(self, guide: str, sections: tuple[str, ...]) -> dict[str, str]:
        """Nothing."""
        return {}
