"""Writes the questions and answers of a province as an Excel file that can be read in again unchanged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from api.excel.columns import COLUMNS, DATES, Column, headers
from api.excel.places import Faq, Place, faq_of

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY = "yyyy-mm-dd"
TEXT = "@"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
"""What Excel keeps in a cell."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def workbook_of(places: Sequence[Place], notes: Sequence[str], *, is_template: bool = False) -> bytes:
    """A sheet for each place, and one that explains.

    notes: the lines of the explanation. is_template: with no entry in it.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for place in places:
        sheet = book.create_sheet(_NOT_IN_NAMES.sub("", place.name)[:31])
        _write_headers(sheet)
        topics = {} if is_template else place.topics
        for row, (key, topic) in enumerate(topics.items(), start=2):
            values = cell_values(place, place.number_of(key), faq_of(topic))
            for at, column in enumerate(COLUMNS, start=1):
                _write(sheet.cell(row, at), values[column], column)
    _write_notes(book, notes)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def cell_values(place: Place, number: str, faq: Faq) -> Mapping[Column, str | date | None]:
    """An entry as its row."""
    guides = [place.guide_names.get(guide, guide) for guide, _ in faq.sources]
    return {
        "number": number,
        "title": faq.title,
        "say": faq.say,
        "questions": "\n".join(faq.questions),
        "guide": guides[0] if len(set(guides)) == 1 else "\n".join(guides),
        "section": "\n".join(section for _, section in faq.sources),
        "valid_from": faq.valid_from,
        "valid_until": faq.valid_until,
        "region": place.name,
        "people": faq.people,
        "more": faq.more,
        "simple": faq.simple,
        "ask": faq.ask,
    }


def _write_headers(sheet: Any) -> None:
    for at, column in enumerate(COLUMNS, start=1):
        head = headers()[column]
        cell = sheet.cell(1, at, head.header)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFDDE8F5")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(at)].width = head.width
    sheet.freeze_panes = "C2"


def _write(cell: Cell, value: str | date | None, column: Column) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = DAY if column in DATES else TEXT
    if isinstance(value, str):
        # Written as a text, whatever it looks like: nothing that somebody typed is ever run as a formula.
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL] or None
        if cell.value is not None:
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(BEGINS_A_FORMULA)
    elif value is not None:
        cell.value = value


def _write_notes(book: Workbook, notes: Sequence[str]) -> None:
    head = headers()["notes_sheet"]
    sheet = book.create_sheet(head.header)
    sheet.column_dimensions["A"].width = head.width
    for row, line in enumerate(notes, start=1):
        cell = sheet.cell(row, 1, line)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
