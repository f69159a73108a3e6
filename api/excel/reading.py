"""Reads .xlsx and .xls: every filled row of every sheet, by the columns that its headers name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from openpyxl.utils import get_column_letter

from api.excel.archive import LARGEST_BYTES, MOST_ROWS, look_through
from api.excel.cells import BadCell, Cell, cleaned, text_of
from api.excel.columns import FILLED_DOWN, Column, headers, place_of_columns, plain
from api.excel.faults import Fault, SheetRefused
from api.excel.old_format import sheets_of_xls
from api.excel.raw import RawSheet
from api.excel.xlsx import sheets_of_xlsx

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
OLD_TEXT = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")
HEADERS_WITHIN = 10
"""The headers stand in one of the first rows; a template may explain itself above them."""
EMPTY = Cell("text")


@dataclass(frozen=True)
class Row:
    """A filled row. columns: those that its sheet has; letters: where they stand."""

    sheet: str
    number: int
    cells: dict[Column, Cell]
    letters: dict[Column, str]

    @property
    def columns(self) -> frozenset[Column]:
        """The columns of the sheet, filled or not."""
        return frozenset(self.letters)

    def cell(self, column: Column) -> Cell:
        """What stands there."""
        return self.cells.get(column, EMPTY)

    def fault(self, column: Column, key: str, **values: str | int) -> Fault:
        """Something wrong in one cell."""
        return Fault(self.sheet, self.number, self.letters.get(column, ""), headers()[column].header, key, values)


@dataclass(frozen=True)
class Book:
    """All rows, and what is wrong with the sheets as such."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_book(content: bytes) -> Book:
    """Reads a file by what it is, whatever it is called. Raises SheetRefused."""
    sheets = list(_sheets(content))
    rows: list[Row] = []
    faults: list[Fault] = []
    for sheet in sheets:
        if plain(sheet.name) in headers()["notes_sheet"].names:
            continue
        found = _rows(sheet, faults)
        if found is None:
            if any(sheet.rows.values()):
                faults.append(Fault(sheet.name, 0, "", "", "no_headers"))
            continue
        rows += found
    if not rows and not faults:
        raise SheetRefused("empty")
    return Book(tuple(rows), tuple(faults))


def _sheets(content: bytes) -> Iterator[RawSheet]:
    if len(content) > LARGEST_BYTES:
        raise SheetRefused("file_too_large", most=LARGEST_BYTES // 1024**2)
    if not content:
        raise SheetRefused("empty")
    if content.startswith(ZIP):
        if "xl/workbook.xml" not in look_through(content):
            raise SheetRefused("no_excel")
        return sheets_of_xlsx(BytesIO(content), MOST_ROWS)
    if content.startswith(OLE):
        if LOCKED in content and not any(name in content for name in OLD_TEXT):
            raise SheetRefused("locked")
        return sheets_of_xls(content, MOST_ROWS)
    raise SheetRefused("no_excel")


def _rows(sheet: RawSheet, faults: list[Fault]) -> list[Row] | None:
    """The rows below the headers; none when there are no headers."""
    head = next((n for n in list(sheet.rows)[:HEADERS_WITHIN] if place_of_columns(_texts(sheet.rows[n]))), None)
    if head is None:
        return None
    columns = place_of_columns(_texts(sheet.rows[head])) or {}
    letters = {column: get_column_letter(place) for place, column in columns.items()}
    filled = {n: dict(cells) for n, cells in sheet.rows.items() if n > head}
    for top, left, bottom, right in sheet.merged:
        if bottom <= head or (bottom == top and left == right):
            continue
        _unmerge(sheet, filled, (max(top, head + 1), left, bottom, right), columns, letters, faults)
    rows = []
    for number in sorted(filled):
        cells = {column: filled[number][place] for place, column in columns.items() if place in filled[number]}
        if any(_is_filled(cell) for cell in cells.values()):
            rows.append(Row(sheet.name, number, cells, letters))
    return rows


def _unmerge(
    sheet: RawSheet,
    filled: dict[int, dict[int, Cell]],
    area: tuple[int, int, int, int],
    columns: dict[int, Column],
    letters: dict[Column, str],
    faults: list[Fault],
) -> None:
    """Gives the value of merged cells to each of them where that is what people mean by it."""
    top, left, bottom, right = area
    meant = [columns[place] for place in range(left, min(right, max(columns)) + 1) if place in columns]
    value = filled.get(top, {}).get(left, EMPTY)
    if not meant or not _is_filled(value):
        return
    if len(meant) > 1 or (bottom > top and meant[0] not in FILLED_DOWN):
        header = headers()[meant[0]].header
        faults.append(Fault(sheet.name, top, letters[meant[0]], header, "merged", {"until": bottom}))
        return
    for number in range(top, bottom + 1):
        # A blank row inside a merged area stays blank: what is filled down makes no row.
        if any(_is_filled(cell) for cell in filled.get(number, {}).values()):
            filled[number][left] = value


def _texts(cells: dict[int, Cell]) -> dict[int, str]:
    found = {}
    for place, cell in cells.items():
        try:
            found[place] = text_of(cell)
        except BadCell:
            continue
    return found


def _is_filled(cell: Cell) -> bool:
    return cell.kind != "text" or bool(cleaned(str(cell.value)))
