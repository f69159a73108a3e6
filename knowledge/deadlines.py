"""When a time limit of a guide ends: its own measure, its clock, and what the guide leaves open.

Pure functions over data; they know no guide. A start is the moment of the event that the limit names, with its time
zone; days are local ones (Asia/Shanghai). Extensions and interruptions are not modelled: the guides know none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from knowledge.calendar import LOCAL, Calendar
from knowledge.model import ReceiptRule, TimeLimit
from knowledge.working_days import due_after

Kind = Literal["latest", "earliest", "by_date", "on_the_spot", "waits_for_event", "no_start_stated", "no_figure"]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """What can be said of the end of a time limit; the words are those of `limit`.

    kind: `latest` the office's last day. `earliest` the first day on which the veteran can do his own step.
    `by_date` a date of the next year, without `day` while the year is not known. `waits_for_event` the clock has not
    started; `limit.starts` says with what it does. `no_start_stated` the guide names no start, so no day follows.
    `on_the_spot` and `no_figure` have no day by their nature.
    hour: until when on that day, where the receipt rule names an hour; else the day ends it.
    is_expected: the day rests on holidays that are not announced (「预计」).
    open_say: the guide does not say for certain how this start is counted; `day` is then by the ordinary count.
    """

    limit: TimeLimit
    kind: Kind
    day: date | None = None
    hour: time | None = None
    is_expected: bool = False
    open_say: str | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether an office is late. The named day or hour itself is not late yet; an earliest day never is."""
        return self.kind != "earliest" and is_past(self.day, self.hour, now)


def is_past(day: date | None, hour: time | None, now: datetime) -> bool:
    """Whether a day, or an hour of it, is over; the named day or hour itself is not, and no day never is."""
    if day is None:
        return False
    local = _local(now)
    return local > datetime.combine(day, hour, LOCAL) if hour else local.date() > day


def deadline_of(
    limit: TimeLimit, started: datetime | None, calendar: Calendar, receipt_rule: ReceiptRule | None = None
) -> Deadline:
    """The end of one time limit.

    started: when the event that starts the clock happened, with time zone; None while it has not. A `by_date` without
    a stated start is reckoned from whatever is given here: which year is meant, the caller must know.
    receipt_rule: the province's; it touches only limits whose start is one of its events.
    Raises ValueError for a moment without time zone.
    """
    if limit.no_figure:
        return Deadline(limit, "no_figure")
    if limit.on_the_spot:
        return Deadline(limit, "on_the_spot")
    if limit.by_date:
        return _by_date(limit, limit.by_date, started)
    if limit.starts is None or limit.working_days is None:
        return Deadline(limit, "no_start_stated")
    if started is None:
        return Deadline(limit, "waits_for_event")
    if limit.is_earliest:
        # 「5 个工作日后」: all five have passed. To come too early costs a way for nothing, a day later costs nothing.
        first = due_after(_local(started).date(), limit.working_days + 1, calendar)
        return Deadline(limit, "earliest", first.day, is_expected=first.is_expected)
    if receipt_rule and limit.starts.id in receipt_rule.events:
        return _by_receipt(limit, limit.working_days, _local(started), calendar, receipt_rule)
    due = due_after(_local(started).date(), limit.working_days, calendar)
    return Deadline(limit, "latest", due.day, is_expected=due.is_expected)


def deadlines_of(
    limits: Iterable[TimeLimit],
    happened: Mapping[str, datetime],
    calendar: Calendar,
    receipt_rule: ReceiptRule | None = None,
) -> tuple[Deadline, ...]:
    """The ends of several time limits, such as those of an item's steps and of the whole service beside them.

    happened: when the events of `limit.starts` happened, by their ids. Nothing is reckoned from any other moment.
    """
    return tuple(
        deadline_of(limit, happened.get(limit.starts.id) if limit.starts else None, calendar, receipt_rule)
        for limit in limits
    )


def _by_date(limit: TimeLimit, month_and_day: str, started: datetime | None) -> Deadline:
    if started is None:
        return Deadline(limit, "waits_for_event" if limit.starts else "by_date")
    return Deadline(limit, "by_date", date.fromisoformat(f"{_local(started).year + 1}-{month_and_day}"))


def _by_receipt(
    limit: TimeLimit, working_days: int, received: datetime, calendar: Calendar, rule: ReceiptRule
) -> Deadline:
    """By the hour of receipt. 「8 点前」 excludes 8:00, and 「8 点至 12 点之间」 includes neither end for certain.

    「次日中午」 is taken for the next working day's; where the next day is none, that is open too.
    """
    day, hour = received.date(), received.time()
    before, ends_at = time.fromisoformat(rule.before), time.fromisoformat(rule.ends_at)
    is_working_day = calendar.is_working_day(day)
    counts_today = is_working_day and hour < before
    ends_at_hour = is_working_day and before < hour < ends_at and working_days == 1
    is_stated = counts_today or (ends_at_hour and calendar.is_working_day(day + ONE_DAY))
    due = due_after(day - ONE_DAY if counts_today else day, working_days, calendar)
    return Deadline(
        limit,
        "latest",
        due.day,
        hour=ends_at if ends_at_hour else None,
        is_expected=due.is_expected or not calendar.is_announced(day),
        open_say=None if is_stated else rule.open_say,
    )


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"expected a moment with its time zone, found {moment.isoformat()}")
    return moment.astimezone(LOCAL)
