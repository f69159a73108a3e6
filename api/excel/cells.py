"""What stands in a cell, as text or as a day; numbers that Excel made of texts and days are not guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

Kind = Literal["text", "number", "day", "formula", "error", "yes_or_no"]
LARGEST_SURE_NUMBER = 10**15
"""Excel keeps 15 digits; of a longer number the last ones are already zeros."""
DAYS = range(20_000, 80_000)
"""Numbers in a column of days that are days whose format was lost: 1954 to 2119."""
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DAY = re.compile(
    r"""
    (\d{4}) (?: \s* [-/.年] \s* (\d{1,2}) \s* [-/.月] \s* (\d{1,2}) \s* 日? | (\d{2}) (\d{2}) )
    (?: [ T] 00:00 (?: :00 )? )?
    """,
    re.VERBOSE,
)


class BadCell(Exception):
    """The cell cannot be taken. key: of the sentence that says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Cell:
    """A cell as a file holds it. value: text; a number as a float; a day as a datetime."""

    kind: Kind
    value: str | float | datetime = ""


def text_of(cell: Cell) -> str:
    """The text, with what cannot be seen taken out. Raises BadCell."""
    if cell.kind == "number" and isinstance(cell.value, float):
        return _written(cell.value)
    if cell.kind == "day" and isinstance(cell.value, datetime):
        raise BadCell("became_a_day", shown=f"{cell.value:%Y-%m-%d}")
    if cell.kind != "text":
        raise BadCell(cell.kind)
    return cleaned(str(cell.value))


def cleaned(text: str) -> str:
    """A text without what cannot be seen, blanks at the ends of lines, and the apostrophe that marks a text."""
    text = _ESCAPE.sub(_unescaped, text).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", _UNSEEN.sub("", text)).replace("\u00a0", " ").replace("\t", " ")
    text = "\n".join(line.strip() for line in text.strip().split("\n"))
    return text[1:].lstrip() if text.startswith("'") else text


def day_of(cell: Cell) -> date | None:
    """The day; none for an empty cell. Raises BadCell."""
    if cell.kind == "day" and isinstance(cell.value, datetime):
        if cell.value.time() != time():
            raise BadCell("has_an_hour", shown=f"{cell.value:%Y-%m-%d %H:%M}")
        return cell.value.date()
    if cell.kind == "number" and isinstance(cell.value, float) and cell.value in DAYS:
        meant = date(1899, 12, 30) + timedelta(days=int(cell.value))
        raise BadCell("lost_its_format", shown=int(cell.value), meant=str(meant))
    text = unicodedata.normalize("NFKC", text_of(cell))
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        raise BadCell("no_day", shown=shortened(text))
    year, month, day_in_month, other_month, other_day = found.groups()
    try:
        return date(int(year), int(month or other_month), int(day_in_month or other_day))
    except ValueError as error:
        raise BadCell("no_day", shown=shortened(text)) from error


def shortened(text: str, most: int = 30) -> str:
    """A text for a sentence about it."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _written(number: float) -> str:
    if abs(number) >= LARGEST_SURE_NUMBER:
        raise BadCell("long_number")
    return str(int(number)) if number == int(number) else f"{number:.15g}"


def _unescaped(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return "" if character in "\r\x00" or unicodedata.category(character) in ("Cs", "Cc") else character
