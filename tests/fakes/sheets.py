"""Excel files as people send them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from api.excel.columns import COLUMNS, headers
from api.excel.difference import Difference, difference_of
from api.excel.export import workbook_of
from api.excel.places import Place, places_of
from api.excel.rows import Fallback
from api.releases.files import read_folder
from knowledge.loader import DATA
from tests.api.conftest import knowledge

OLD_FORMAT = Path(__file__).parent / "excel" / "old_format.xls"
HEADS = [headers()[column].header for column in COLUMNS]
MAXKB = ["分段标题（选填）", "分段内容（必填，问题答案）", "问题（选填，单元格内一行一个）"]


@cache
def files() -> dict[str, bytes]:
    """The files of the data."""
    return dict(read_folder(DATA))


@cache
def places(province: str = "hebei") -> list[Place]:
    """Where a province's questions and answers stand."""
    library = knowledge().library
    return places_of(library, library.provinces[province])


def book_of(*rows: Sequence[Any], heads: Sequence[str] = HEADS, sheet: str = "河北省") -> Workbook:
    """A file with these rows below the headers."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    page.append(list(heads))
    for row in rows:
        page.append(list(row))
    return book


def bytes_of(book: Workbook) -> bytes:
    """The file."""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def exported(province: str = "hebei") -> Workbook:
    """What an editor takes out, opened to be changed."""
    return load_workbook(BytesIO(workbook_of(places(province), ["说明"])))


def compared(content: bytes | Workbook, province: str = "hebei", fallback: Fallback | None = None) -> Difference:
    """What a file would change."""
    raw = bytes_of(content) if isinstance(content, Workbook) else content
    return difference_of(raw, places(province), files(), lambda place: True, fallback)


def new_row(**cells: Any) -> list[Any]:
    """A new entry that is right, but for these cells."""
    right = {
        "title": "窗口几点下班",
        "say": "指南没有写。",
        "questions": "几点下班",
        "guide": places()[0].main.short_name,
        "section": "二2",
    }
    return [{**right, **cells}.get(column) for column in COLUMNS]


def archive_of(**parts: bytes) -> bytes:
    """An archive with these parts; `__` in a name is a slash, and `_xml` at its end the suffix."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()
