"""Chinese working days with 调休, from the package chinesecalendar; unannounced years are counted Monday to Friday.

The State Council announces a year's holidays in the autumn before. What reaches past the announced years is marked as
expected and never raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar


@dataclass(frozen=True)
class DueDate:
    """The last day of a time limit. `is_expected` when it rests on holidays that are not announced yet (「预计」)."""

    day: date
    is_expected: bool


def is_working_day(day: date) -> tuple[bool, bool]:
    """Whether offices work on that day, and whether that is announced; else Monday to Friday is expected."""
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < 5, False


def due_after(start: date, working_days: int) -> DueDate:
    """The last of so many working days after the day on which the clock started (that day is not counted)."""
    day, left, expected = start, working_days, False
    while left > 0:
        day += timedelta(days=1)
        works, announced = is_working_day(day)
        expected = expected or not announced
        left -= works
    return DueDate(day, expected)
