"""On which days offices work: Monday to Friday, but for what the table of days off says.

The State Council announces a year's holidays in the autumn before. Until its notice is entered, the year has the
holidays that the law itself names (全国年节及纪念日放假办法) and its days are marked as expected.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from knowledge.calendar_table import Fault, read_table

TABLE = Path(__file__).parent / "data" / "national" / "calendar.csv"
LOCAL = ZoneInfo("Asia/Shanghai")
FIRST_DAY_OF_NEXT_NOTICE = (12, 29)
"""The earliest day of December that the next year's notice ever moved (2007 and 2018)."""


class CalendarError(Exception):
    """The table cannot be used. `faults` has every fault with its line."""

    def __init__(self, table: Path, faults: list[Fault]) -> None:
        super().__init__("\n".join(f"{table}:{fault.line}: {fault.problem}" for fault in faults))
        self.faults = faults


class Calendar:
    """Working days with 调休. Immutable; any day can be asked for."""

    def __init__(self, special_days: Mapping[date, bool], announced_years: Collection[int]) -> None:
        """special_days: whether offices work, for the days that differ from Monday to Friday."""
        self._special_days = dict(special_days)
        self._announced_years = frozenset(announced_years)

    @classmethod
    def load(cls, table: Path = TABLE) -> Self:
        """The calendar of a table. Raises CalendarError with all faults at once."""
        days, faults = read_table(table)
        if faults:
            raise CalendarError(table, faults)
        return cls({one.day: one.works for one in days}, {one.day.year for one in days if one.is_announced})

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on that day; only expected where it is not announced."""
        return self._special_days.get(day, day.weekday() < 5)

    def is_announced(self, day: date) -> bool:
        """Whether the notices that decide about that day are out: its year's, and the next one's for late December."""
        years = [day.year, day.year + 1] if (day.month, day.day) >= FIRST_DAY_OF_NEXT_NOTICE else [day.year]
        return self._announced_years.issuperset(years)
