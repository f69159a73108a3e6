"""When counselors are at their desks. Local time (Asia/Shanghai) throughout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from knowledge.calendar import LOCAL as LOCAL
from knowledge.calendar import Calendar

LONGEST_HOLIDAY = timedelta(days=30)


@dataclass(frozen=True)
class NextOpening:
    """When the desk opens next. `is_expected` when the State Council has not yet announced that year's holidays."""

    at: datetime
    is_expected: bool


@dataclass(frozen=True)
class DeskHours:
    """The spans of a working day, and the calendar that says which days are."""

    spans: tuple[tuple[time, time], ...]
    calendar: Calendar

    def is_open(self, now: datetime) -> bool:
        """Whether counselors are there."""
        local = now.astimezone(LOCAL)
        is_working_day = self.calendar.is_working_day(local.date())
        return is_working_day and any(start <= local.time() < end for start, end in self.spans)

    def next_opening(self, now: datetime) -> NextOpening:
        """The beginning of the next span after `now`."""
        local = now.astimezone(LOCAL)
        day = local.date()
        while day <= local.date() + LONGEST_HOLIDAY:
            for start, _ in self.spans if self.calendar.is_working_day(day) else ():
                opening = datetime.combine(day, start, LOCAL)
                if opening > local:
                    return NextOpening(opening, is_expected=not self.calendar.is_announced(day))
            day += timedelta(days=1)
        raise ValueError(f"no working day within {LONGEST_HOLIDAY.days} days of {local.date()}")


def read_desk_hours(written: str, calendar: Calendar) -> DeskHours:
    """Reads spans such as "08:30-12:00 14:30-17:30". Raises ValueError, naming what was found."""
    spans: list[tuple[time, time]] = []
    for part in re.split(r"[ ,]+", written.strip()):
        found = re.fullmatch(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", part)
        if found is None:
            raise ValueError(f"desk hours: expected spans such as 08:30-12:00, found {part!r}")
        first, second, third, fourth = map(int, found.groups())
        start, end = time(first, second), time(third, fourth)
        if start >= end or (spans and start < spans[-1][1]):
            raise ValueError(f"desk hours: {part!r} does not follow in time")
        spans.append((start, end))
    return DeskHours(tuple(spans), calendar)
