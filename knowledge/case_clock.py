"""By when the items of a case must be ready, from what departments reported: which clock runs, waits or is unknown.

Pure functions over data, the same for any order of the reports. A clock starts at the moment of the event that the
guide names, as far as a report shows it (`Event.reported_by`) or the acceptance of the case is that event. Guides say
nothing of an application that was sent back: what ran for it runs no longer, and what is reported anew starts it anew.
Interruptions and extensions by an office are not modelled: the guides know none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any, Literal, Self

from knowledge.deadlines import Deadline, deadline_of, is_past
from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Event, Item, TimeLimit
from knowledge.statuses import status_of

Kind = Literal[
    "latest", "earliest", "by_date", "on_the_spot", "waits_for_event", "no_start_stated", "no_figure", "sent_back"
]


@dataclass(frozen=True)
class Report:
    """What a department reported: an item, the id of a status (or `unrecognised`), and when it was reached."""

    item: str
    status: str
    at: datetime


@dataclass(frozen=True)
class ItemDeadline:
    """What can be said of the time limit that counts now; it outlives the release it was reckoned with.

    kind: that of `knowledge.deadlines.Deadline`, or `sent_back`: the clock had started before the application came
    back, and the guide does not say from when it counts again. day: the office's last day; for `earliest` the first on
    which the veteran can do his own step. waits_for: what must happen first, in the guide's words. open_say: what the
    guide leaves open. figure: the guide's words where it gives no number. excludes: spans that are not counted.
    limit, fact: the limit's id, and its knowledge id. source: its places, each with the guide's short name.
    """

    kind: Kind
    limit: str
    label: str
    fact: str
    source: tuple[str, ...]
    day: date | None = None
    hour: time | None = None
    is_expected: bool = False
    started_at: datetime | None = None
    waits_for: str | None = None
    open_say: str | None = None
    figure: str | None = None
    working_days: int | None = None
    excludes: tuple[str, ...] = ()

    @property
    def office_day(self) -> date | None:
        """The last day of an office; None where there is none, also where only an own step has a first day."""
        return None if self.kind == "earliest" else self.day

    def is_over(self, now: datetime) -> bool:
        """Whether the office is late. now: any moment with its time zone."""
        return is_past(self.office_day, self.hour, now)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; `from_json` takes them back."""
        dates = {"day": self.day, "hour": self.hour, "started_at": self.started_at}
        written = {name: value.isoformat() if value else None for name, value in dates.items()}
        return {**asdict(self), **written, "source": list(self.source), "excludes": list(self.excludes)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` wrote. Raises KeyError or ValueError for anything else."""
        read = {name: kept[name] for name in cls.__dataclass_fields__}
        for name, kind in (("day", date), ("hour", time), ("started_at", datetime)):
            read[name] = kind.fromisoformat(read[name]) if read[name] else None
        return cls(**{**read, "source": tuple(read["source"]), "excludes": tuple(read["excludes"])})


def item_deadlines(
    library: Library, province: ProvinceKnowledge, accepted_at: datetime, reports: Iterable[Report]
) -> dict[str, ItemDeadline]:
    """The time limit that counts now, by item, for every item of the province that has one still open.

    reports: those of one case, in any order; of the same moment the later in the sequence counts as the newer. An item
    without a limit in the guide is absent, and so is one whose limits are all kept.
    """
    reckoned = _Reckoning(library, province, accepted_at, reports)
    found = {item.id: reckoned.of_item(item) for item in province.items.values()}
    return {name: deadline for name, deadline in found.items() if deadline}


def whole_deadline(library: Library, province: ProvinceKnowledge, accepted_at: datetime) -> ItemDeadline | None:
    """The time limit of the whole service, such as Henan's 18 working days from acceptance; None without one."""
    reckoned = _Reckoning(library, province, accepted_at, ())
    return next((reckoned.of_limit(limit, None) for limit in province.head.time_limits), None)


def running_by_itself(province: ProvinceKnowledge, reports: Iterable[Report], opened: Collection[str]) -> list[str]:
    """The items that run without an application (免申即享) and that this case neither opened nor has reports of.

    Whether such an item is for this veteran, the case does not say: its `when` may still exclude him.
    """
    known = {*opened, *(report.item for report in reports)}
    return [item.id for item in province.items.values() if item.how == "automatic" and item.id not in known]


def whole_is_late(
    library: Library, whole: ItemDeadline, items: Iterable[tuple[str, ItemDeadline | None]], now: datetime
) -> bool:
    """Whether the last day of the whole service is over while an office still has to act on one of the items.

    items: of each its status and the limit that counts for it now. One that is in a span which the guide does not
    count for the whole, such as Henan's making of cards and payment of funds, makes nothing late.
    """
    return whole.is_over(now) and any(
        _is_with_an_office(library, status) and not (own and _is_not_counted(own, whole)) for status, own in items
    )


def _is_with_an_office(library: Library, status: str) -> bool:
    known = status_of(library, status)
    return known is None or (known.turn == "office" and not known.is_final)


def _is_not_counted(own: ItemDeadline, whole: ItemDeadline) -> bool:
    return own.figure is not None or not {*own.excludes}.isdisjoint(whole.excludes)


class _Reckoning:
    """The reports of one case, by item of the province and in the order of time."""

    def __init__(
        self, library: Library, province: ProvinceKnowledge, accepted_at: datetime, reports: Iterable[Report]
    ) -> None:
        self._province = province
        self._calendar = library.calendar
        self._accepted_at = accepted_at
        statuses = library.catalogue.statuses
        self._final = {one.id for one in statuses if one.is_final}
        self._sent_back = {one.id for one in statuses if one.is_sent_back}
        self._reports: dict[str, list[Report]] = {}
        for report in sorted(reports, key=lambda one: one.at):
            meant = province.items_meant(report.item)
            if len(meant) == 1:
                self._reports.setdefault(meant[0].id, []).append(report)

    def of_item(self, item: Item) -> ItemDeadline | None:
        """The first limit to end of those that are still open; without a day the first of the guide's order."""
        reports = self._reports.get(item.id, [])
        if reports and reports[-1].status in self._final & self._sent_back:
            return None
        found = [self.of_limit(limit, item.id) for limit in item.time_limits if not self._is_kept(limit, item.id)]
        dated = [one for one in found if one.day]
        return min(dated, key=lambda one: (one.day, one.hour is None), default=found[0] if found else None)

    def of_limit(self, limit: TimeLimit, item: str | None) -> ItemDeadline:
        """What can be said of one limit. item: whose limit it is; None for one of the whole service."""
        started, is_stale = self._started(limit.starts, item)
        if limit.by_date and not limit.starts:
            started = self._accepted_at  # The guide names no start; `limit.open_say` says that the year rests on this.
        deadline = deadline_of(limit, started, self._calendar, self._province.head.receipt_rule)
        waits = limit.starts.say if limit.starts and started is None else None
        return self._told(deadline, started, None if is_stale else waits, is_stale)

    def _told(self, deadline: Deadline, started: datetime | None, waits: str | None, is_stale: bool) -> ItemDeadline:
        limit, province = deadline.limit, self._province
        places = tuple(f"{province.guide(one.guide).short_name} {one.section}" for one in limit.source)
        return ItemDeadline(
            kind="sent_back" if is_stale else deadline.kind,
            limit=limit.id,
            label=limit.label,
            fact=f"{province.id}.time_limit.{limit.id}",
            source=places,
            day=deadline.day,
            hour=deadline.hour,
            is_expected=deadline.is_expected,
            started_at=started,
            waits_for=waits,
            open_say=deadline.open_say or limit.open_say,
            figure=limit.no_figure,
            working_days=limit.working_days,
            excludes=limit.excludes,
        )

    def _is_kept(self, limit: TimeLimit, item: str) -> bool:
        """An own step of the veteran is done by what is reported of it only, not by the office's being ready."""
        done = {*limit.done_when} if limit.is_earliest else {*limit.done_when, *self._final}
        return any(report.status in done for report in self._current(item))

    def _started(self, event: Event | None, item: str | None) -> tuple[datetime | None, bool]:
        """When the clock started, and whether it did only before the item was sent back."""
        if event is None:
            return None, False
        back = self._sent_back_at(item)
        for shown in event.reported_by:
            whose = shown.item or item
            moments = [one.at for one in self._current(whose) if one.status in shown.status]
            if moments:
                is_stale = back is not None and whose != item and moments[0] <= back
                return (None, True) if is_stale else (moments[0], False)
        if not event.with_case:
            return None, False
        return (None, True) if back is not None else (self._accepted_at, False)

    def _current(self, item: str | None) -> Sequence[Report]:
        """The reports of an item since it was last sent back."""
        reports = self._reports.get(item or "", [])
        backs = [number for number, one in enumerate(reports) if one.status in self._sent_back]
        return reports[backs[-1] + 1 :] if backs else reports

    def _sent_back_at(self, item: str | None) -> datetime | None:
        backs = [one.at for one in self._reports.get(item or "", []) if one.status in self._sent_back]
        return backs[-1] if backs else None
