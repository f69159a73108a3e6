"""Reads .xls, the format of Excel until 2003. It keeps results of formulas only; these are read as they show."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import xlrd

from api.excel.cells import Cell
from api.excel.faults import SheetRefused
from api.excel.raw import MOST_COLUMNS, MOST_SHEETS, RawSheet


def sheets_of_xls(content: bytes, most_rows: int) -> Iterator[RawSheet]:
    """Every sheet of cells, hidden ones left out. Raises SheetRefused."""
    book = _opened(content)
    left = most_rows
    for sheet in book.sheets()[:MOST_SHEETS]:
        if sheet.visibility:
            continue
        rows = {}
        for number in range(sheet.nrows):
            places = range(min(sheet.row_len(number), MOST_COLUMNS))
            cells = {place + 1: cell for place in places if (cell := _cell(book, sheet.cell(number, place)))}
            if cells:
                rows[number + 1] = cells
        left -= len(rows)
        if left < 0:
            raise SheetRefused("too_many_rows", most=most_rows)
        merged = tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
        yield RawSheet(sheet.name, rows, merged)


def _opened(content: bytes) -> Any:
    """The book; the library reads all of it at once."""
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=StringIO())
    except xlrd.XLRDError as error:
        raise SheetRefused("locked" if "encrypted" in str(error).lower() else "broken") from error
    except Exception as error:
        # The library raises whatever it stumbles over in a file that is not as it should be.
        raise SheetRefused("broken") from error


def _cell(book: Any, cell: Any) -> Cell | None:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return Cell("text", cell.value) if cell.value else None
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return Cell("day", xlrd.xldate.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError):
            return Cell("number", float(cell.value))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return Cell("number", float(cell.value))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell("yes_or_no")
    return Cell("error") if cell.ctype == xlrd.XL_CELL_ERROR else None
