"""How far the items of a case have come, reckoned anew from all that was reported, whenever it arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from bot.masking import mask
from knowledge.case_clock import Report, item_deadlines
from knowledge.library import Library, ProvinceKnowledge
from knowledge.statuses import recognise

UNRECOGNISED = "unrecognised"
OPENED = "submitted"
"""What is said of an item that nobody has reported on: handed in with the case, no department has it yet."""


@dataclass(frozen=True)
class Event:
    """One report of a department. status: an id of the knowledge or `unrecognised`; reported: as it was sent."""

    item: str
    status: str
    reported: str
    at: datetime
    note: str | None = None


@dataclass(frozen=True)
class ItemState:
    """One row of `case_item`, without the case's number."""

    item: str
    department: str
    status: str
    reported: str | None
    note: str | None
    since: datetime
    due: date | None
    deadline: dict[str, Any] | None


def status_now(library: Library, status: str, reported: str | None) -> str:
    """The status of a report in the words of the present release, which may know a word that was new before."""
    if status != UNRECOGNISED or reported is None:
        return status
    known = recognise(library, reported)
    return known.id if known else UNRECOGNISED


def status_said(library: Library, status: str, reported: str | None) -> str:
    """What people are shown: the name of a known status (see `status_now`), else the department's own word, masked."""
    return mask(reported or "").text if status == UNRECOGNISED else library.name_of("status", status)


def project(
    library: Library,
    province: ProvinceKnowledge,
    accepted_at: datetime,
    opened: Sequence[str],
    events: Sequence[Event],
) -> list[ItemState]:
    """The state of every item that was opened or reported on.

    events: all of the case, in the order of `at`, those of one moment in the order of their ids.
    """
    known = [(one, status_now(library, one.status, one.reported)) for one in events]
    reports = [Report(one.item, status, one.at) for one, status in known]
    deadlines = item_deadlines(library, province, accepted_at, reports)
    states = []
    for name in dict.fromkeys((*opened, *(one.item for one in events))):
        item = province.items.get(name)
        deadline = deadlines.get(name)
        mine = [(one, status) for one, status in known if one.item == name]
        newest, status = mine[-1] if mine else (None, OPENED)
        state = ItemState(
            item=name,
            department=item.department if item else "",
            status=status,
            reported=newest.reported if newest else None,
            note=newest.note if newest else None,
            since=_since([one for one, _ in mine]) or accepted_at,
            due=deadline.office_day if deadline else None,
            deadline=deadline.as_json() if deadline else None,
        )
        states.append(state)
    return states


def _since(events: Sequence[Event]) -> datetime | None:
    """Since when the newest report holds: a department that says the same again changes nothing."""
    newest_first = list(reversed(events))
    said = [(one.reported, one.note) for one in newest_first]
    same = takewhile(lambda one: one[1] == said[0], zip(newest_first, said, strict=True))
    return min((one.at for one, _ in same), default=None)
