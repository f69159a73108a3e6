"""Makes the table of days off anew: `python -m tests.knowledge.calendar_seed` writes it over, hand-made rows too.

Announced years come from chinesecalendar, with the one day mended in which it is wrong. The years after them have the
holidays of the law (全国年节及纪念日放假办法, as in force from 2025) and the days given for those that fall on a
weekend, from the package holidays, whose lunar dates reach further.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from holidays.countries import China

from knowledge.calendar import TABLE, Calendar
from knowledge.calendar_table import COLUMNS

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
LAST_EXPECTED = date(2036, 12, 31)
MENDED = {date(2005, 12, 31): ("上班", "元旦调休")}
"""国办发明电〔2005〕35号: 「12月31日（星期六）上班」. The package holidays has it, chinesecalendar has not."""
FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def rows() -> Iterator[tuple[str, str, str, str]]:
    """The rows of the table in their order, without the first that names the columns."""
    days = {**dict(_announced()), **MENDED}
    yield from ((day.isoformat(), *days[day], "已发布") for day in sorted(days))
    yield from ((day.isoformat(), "放假", name, "未发布") for day, name in _expected())


@cache
def calendar_of_2026() -> Calendar:
    """The calendar before the notice of 2027 is entered, so that what is expected stays testable when it is."""
    found = list(rows())
    announced = {date.fromisoformat(day).year for day, _, _, notice in found if notice == "已发布"}
    return Calendar({date.fromisoformat(day): works == "上班" for day, works, _, _ in found}, announced)


def _announced() -> Iterator[tuple[date, tuple[str, str]]]:
    for day in _days(FIRST, LAST):
        works = chinese_calendar.is_workday(day)
        if works != (day.weekday() < 5):
            known = chinese_calendar.constants.workdays if works else chinese_calendar.constants.holidays
            name = chinese_calendar.Holiday(known[day]).chinese
            name = FULL_NAMES.get(name, name)
            yield day, ("上班", f"{name}调休") if works else ("放假", name)


def _expected() -> Iterator[tuple[date, str]]:
    years = range(LAST.year + 1, LAST_EXPECTED.year + 1)
    for day, name in sorted(China(years=years, language="zh_CN").items()):
        if day.weekday() < 5:
            name = name.replace("农历除夕", "春节").replace("（补假）", "补假").replace("; ", "、")
            yield day, name


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def write() -> None:
    """Writes the table so that Excel opens it with its Chinese."""
    with TABLE.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows()])


if __name__ == "__main__":
    write()
