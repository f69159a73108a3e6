"""The cases of the demonstration, with dates that lie a few days before today. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from api.cases.demo_course import DOCUMENTS, FORKS, SHOWN_BY, USUAL, has_document, statuses_named, way_to, words_of
from api.cases.projection import UNRECOGNISED, Event, project
from api.conversations.desk_hours import LOCAL
from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Item, Status
from knowledge.statuses import recognise

CASE_NO = "TY26-DEM0-CASE"
"""The one that exists by itself."""
PROVINCE = "henan"
REPORTS = (
    ("reporting", "completed", 6),
    ("subsidy", "processing", 5),
    ("household_registration", "accepted", 5),
    ("household_registration", "processing", 5),
    ("social_security_card", "accepted", 5),
    ("reserve_registration", "awaiting_on_site", 5),
)
"""What it shows: item, status, and how many days ago it was reported."""
OVERDUE_AFTER = timedelta(days=120)
"""Longer than any time limit of a guide."""
UNKNOWN_CODE = "STEP_7B"
"""What no department sends: shows how an unknown status is told."""
MOST_WANTED = ("household_registration", "reporting")
LAST_REPORT = timedelta(days=2)
HOUR = time(10, 0)


@dataclass(frozen=True)
class DemoReport:
    """One report: the status in a department's word, and when."""

    item: str
    reported: str
    at: datetime


@dataclass(frozen=True)
class DemoCase:
    """One case. item: the one that shows something; shows: id of its status, `overdue` or `unrecognised`."""

    case_no: str
    province: str
    item: str
    shows: str
    accepted_at: datetime
    opened: tuple[str, ...]
    reports: tuple[DemoReport, ...]


def lone_case(library: Library, today: date) -> DemoCase | None:
    """The one that exists by itself; None without Henan's guide."""
    province = library.provinces.get(PROVINCE)
    if province is None:
        return None
    words = words_of(library)
    reports = tuple(
        DemoReport(item, words[status], _at(today - timedelta(days=days)) + timedelta(minutes=number))
        for number, (item, status, days) in enumerate(REPORTS)
        if item in province.items and status in words
    )
    return DemoCase(CASE_NO, province.id, "", "", _at(today - timedelta(days=7)), (), reports)


def demo_cases(library: Library, today: date) -> Iterator[DemoCase]:
    """One case for every status in every province, one with a status that nobody knows, and one that is late where the
    guide has a time limit.

    A status that only some guides name stands in their provinces alone. The number says which it is: two digits of the
    province's adcode and two of the status's place in the list.
    """
    for province in library.provinces.values():
        prefix = f"TY26-DEM0-{province.head.region[:2]}"
        late = (
            _case(library, province, f"{prefix}00", item, "overdue", _long_ago(library, province, item, today))
            for item in province.items.values()
        )
        yield from islice((case for case in late if _is_late(library, province, case, today)), 1)
        for number, status in enumerate(library.catalogue.statuses, start=1):
            if item := _item_for(library, province, status):
                way = way_to(library, province, item, status.id)
                days = [*_days_until(today - LAST_REPORT, way)]
                yield _case(library, province, f"{prefix}{number:02d}", item, status.id, days)
        days = [*_days_until(today - LAST_REPORT, ["accepted", UNKNOWN_CODE])]
        yield _case(library, province, f"{prefix}99", _item_of_most(province), "unrecognised", days)


def _case(
    library: Library,
    province: ProvinceKnowledge,
    case_no: str,
    item: Item,
    shows: str,
    days: Sequence[tuple[str, datetime]],
) -> DemoCase:
    words = words_of(library)
    reports = tuple(DemoReport(item.id, words.get(status, status), at) for status, at in days)
    return DemoCase(case_no, province.id, item.id, shows, days[0][1], (item.id,), reports)


def _long_ago(library: Library, province: ProvinceKnowledge, item: Item, today: date) -> Sequence[tuple[str, datetime]]:
    return [*_days_until(today - OVERDUE_AFTER, way_to(library, province, item, "processing"))]


def _is_late(library: Library, province: ProvinceKnowledge, case: DemoCase, today: date) -> bool:
    events = [event_of(library, report) for report in case.reports]
    states = project(library, province, case.accepted_at, case.opened, events)
    return any(state.due is not None and state.due < today for state in states)


def event_of(library: Library, report: DemoReport) -> Event:
    """What the knowledge makes of a report."""
    known = recognise(library, report.reported)
    return Event(report.item, known.id if known else UNRECOGNISED, report.reported, report.at)


def _days_until(last: date, way: Sequence[str]) -> Iterator[tuple[str, datetime]]:
    """A report a day, the newest on the last one."""
    for number, status in enumerate(way):
        yield status, _at(last - timedelta(days=len(way) - 1 - number))


def _item_for(library: Library, province: ProvinceKnowledge, status: Status) -> Item | None:
    """The item that shows a status in a province: one that the guide names it for, else one that it fits; None where
    only other guides name it or nothing fits."""
    naming = [item for item in province.items.values() if status.id in statuses_named(province, item)]
    if status.id in SHOWN_BY:
        fitting = province.items_meant(SHOWN_BY[status.id])
        return next((one for one in fitting if one in naming), next(iter((*naming, *fitting)), None))
    if status.id in DOCUMENTS:
        return next((one for one in province.items.values() if has_document(province, one)), None)
    is_special = status.id not in (*USUAL, *FORKS)
    if is_special and (naming or any(status.id in _all_named(other) for other in library.provinces.values())):
        return next(iter(naming), None)
    return _item_of_most(province)


def _all_named(province: ProvinceKnowledge) -> set[str]:
    return {status for item in province.items.values() for status in statuses_named(province, item)}


def _item_of_most(province: ProvinceKnowledge) -> Item:
    """An item that most veterans have to do with."""
    known = [item for name in MOST_WANTED for item in province.items_meant(name)]
    return known[0] if known else next(iter(province.items.values()))


def _at(day: date) -> datetime:
    return datetime.combine(day, HOUR, LOCAL)
