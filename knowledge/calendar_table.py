"""Reads `data/national/calendar.csv`, the table of the days on which work differs from Monday to Friday.

An office edits it in Excel: its ways to write a date and its Chinese encoding are read too. All faults are found in one
go, each with its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

COLUMNS = ("日期", "安排", "名称", "通知")
WORKS = {"放假": False, "上班": True}
ANNOUNCED = {"已发布": True, "未发布": False}
DATE = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?", re.ASCII)
LEAST_DAYS_OFF = 9
"""Days off beyond weekends, less weekends worked, of any year so far; fewer mean that a notice is entered by half."""


class SpecialDay(NamedTuple):
    """A weekday off, or a weekend day that is worked. is_announced: whether the notice of its year is out."""

    day: date
    works: bool
    name: str
    is_announced: bool
    line: int


class Fault(NamedTuple):
    """What is wrong in which line of the table."""

    line: int
    problem: str


def read_table(path: Path) -> tuple[list[SpecialDay], list[Fault]]:
    """The rows that could be read, and every fault of the table."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return [], [Fault(1, error.strerror or "not readable")]
    reader = csv.reader(io.StringIO(_decoded(content), newline=""))
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        return [], [Fault(reader.line_num, str(error))]
    written = [(line, cells) for line, cells in rows if any(cells)]
    if not written or tuple(written[0][1]) != COLUMNS:
        return [], [Fault(1, f"the first row must be: {','.join(COLUMNS)}")]
    read = [_read(line, cells) for line, cells in written[1:]]
    days = [one for one in read if isinstance(one, SpecialDay)]
    faults = [one for one in read if isinstance(one, Fault)]
    return days, sorted([*faults, *_repeated(days), *_mixed(days), *([] if faults else _incomplete(days))])


def _decoded(content: bytes) -> str:
    """Excel writes UTF-8 when asked to, else the encoding of a Chinese Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _read(line: int, cells: list[str]) -> SpecialDay | Fault:
    if len(cells) != len(COLUMNS):
        return Fault(line, f"{len(cells)} cells instead of {len(COLUMNS)}: {','.join(COLUMNS)}")
    day, works, announced = _date(cells[0]), WORKS.get(cells[1]), ANNOUNCED.get(cells[3])
    if day is None:
        return Fault(line, f"{COLUMNS[0]}: '{cells[0]}' is no day; write it like 2027-01-01")
    if works is None:
        return Fault(line, f"{COLUMNS[1]}: '{cells[1]}' is not one of: {', '.join(WORKS)}")
    if not cells[2]:
        return Fault(line, f"{COLUMNS[2]}: the name of the holiday is missing")
    if announced is None:
        return Fault(line, f"{COLUMNS[3]}: '{cells[3]}' is not one of: {', '.join(ANNOUNCED)}")
    if works == (day.weekday() < 5):
        state = "a working day" if works else "off"
        return Fault(line, f"{COLUMNS[0]}: {day} is a {day:%A}, {state} without this row; delete it or mend the date")
    return SpecialDay(day, works, cells[2], announced, line)


def _date(written: str) -> date | None:
    found = DATE.fullmatch(written)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _repeated(days: list[SpecialDay]) -> list[Fault]:
    first: dict[date, SpecialDay] = {}
    return [
        Fault(one.line, f"{COLUMNS[0]}: {one.day} stands twice, first in line {first[one.day].line}")
        for one in days
        if first.setdefault(one.day, one) is not one
    ]


def _mixed(days: list[SpecialDay]) -> list[Fault]:
    first: dict[int, SpecialDay] = {}
    return [
        Fault(one.line, f"{COLUMNS[3]}: differs from line {first[one.day.year].line}, which is of the same year")
        for one in days
        if first.setdefault(one.day.year, one).is_announced != one.is_announced
    ]


def _incomplete(days: list[SpecialDay]) -> list[Fault]:
    off: Counter[int] = Counter()
    last: dict[int, int] = {}
    for one in days:
        if one.is_announced:
            off[one.day.year] += -1 if one.works else 1
            last[one.day.year] = one.line
    return [
        Fault(last[year], f"{year} has {count} days off beyond weekends; is the whole notice of that year entered?")
        for year, count in off.items()
        if count < LEAST_DAYS_OFF
    ]
