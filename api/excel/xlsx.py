"""Reads .xlsx row by row: formulas as formulas, days as days, and which cells are merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from api.excel.cells import Cell
from api.excel.faults import SheetRefused
from api.excel.raw import MOST_COLUMNS, MOST_SHEETS, Area, RawSheet

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:$]{1,30})"')
MOST_MERGED = 20_000
LONGEST_NUMBER = 10**300
"""Whatever is larger is refused as too long a number all the same, and no float can hold it."""


def sheets_of_xlsx(content: BytesIO, most_rows: int) -> Iterator[RawSheet]:
    """Every sheet of cells, hidden ones left out. Raises SheetRefused."""
    try:
        book = load_workbook(content, read_only=True, data_only=False, keep_links=False)
    except Exception as error:
        # The library raises whatever it stumbles over in a file that is not as it should be.
        raise SheetRefused("broken") from error
    left = most_rows
    try:
        with ZipFile(content) as archive:
            for sheet in book.worksheets[:MOST_SHEETS]:
                if sheet.sheet_state != "visible":
                    continue
                read = RawSheet(sheet.title, _rows(sheet, left), _merged(archive, sheet))
                left -= len(read.rows)
                yield read
    finally:
        book.close()


def _from_library(rows: Iterable[Any]) -> Iterator[Any]:
    """Rows as the library reads them while they are asked for. Raises SheetRefused for whatever it stumbles over."""
    try:
        yield from rows
    except Exception as error:
        # What we do with a row stands outside of this: a fault of ours is not told as one of the file.
        raise SheetRefused("broken") from error


def _rows(sheet: Any, most: int) -> dict[int, dict[int, Cell]]:
    # What the file says of its size is not believed.
    sheet.reset_dimensions()
    rows: dict[int, dict[int, Cell]] = {}
    for cells in _from_library(sheet.iter_rows(max_col=MOST_COLUMNS)):
        found = {cell.column: _cell(cell) for cell in cells if cell.value is not None}
        if found:
            rows[next(cell.row for cell in cells if cell.value is not None)] = found
            if len(rows) > most:
                raise SheetRefused("too_many_rows", most=most)
    return rows


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Cell("formula")
    if cell.data_type == "e":
        return Cell("error")
    if isinstance(value, bool):
        return Cell("yes_or_no")
    if isinstance(value, datetime):
        return Cell("day", value)
    if isinstance(value, date):
        return Cell("day", datetime(value.year, value.month, value.day))
    if isinstance(value, int | float):
        return Cell("number", float(max(-LONGEST_NUMBER, min(value, LONGEST_NUMBER))))
    return Cell("text", str(value))


def _merged(archive: ZipFile, sheet: Any) -> tuple[Area, ...]:
    """Which cells are merged; they stand behind the rows, so that the file is read once more for them."""
    path = str(sheet._worksheet_path).lstrip("/")
    found = _MERGED.findall(archive.read(path))[:MOST_MERGED]
    try:
        areas = [range_boundaries(one.decode()) for one in found]
    except ValueError as error:
        raise SheetRefused("broken") from error
    return tuple((top, left, bottom, right) for left, top, right, bottom in areas if left and top and right and bottom)
