"""Counts working days. Whether a day is one, and whether that is announced, is the calendar's matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.calendar import Calendar


@dataclass(frozen=True)
class DueDate:
    """A working day that was counted to. `is_expected` when it rests on holidays that are not announced (「预计」)."""

    day: date
    is_expected: bool


def due_after(start: date, working_days: int, calendar: Calendar) -> DueDate:
    """The last of so many working days after the day on which the clock started (that day is not counted).

    Raises ValueError for fewer than one.
    """
    if working_days < 1:
        raise ValueError(f"expected at least one working day, found {working_days}")
    day, left, is_expected = start, working_days, False
    while left > 0:
        day += timedelta(days=1)
        is_expected = is_expected or not calendar.is_announced(day)
        left -= calendar.is_working_day(day)
    return DueDate(day, is_expected)
