"""The columns of the sheet, by what their headers say."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml

Column = Literal[
    "number", "title", "say", "questions", "guide", "section", "valid_from", "valid_until", "region", "people", "more",
    "simple", "ask",
]  # fmt: skip
COLUMNS: tuple[Column, ...] = get_args(Column)
DATES: tuple[Column, ...] = ("valid_from", "valid_until")
FILLED_DOWN: tuple[Column, ...] = ("guide", "section", "valid_from", "valid_until", "region", "people", "ask")
"""A cell that is merged over several rows means every one of them; in any other column it is a fault."""
_IN_BRACKETS = re.compile(r"\(.*?\)")


@dataclass(frozen=True)
class Header:
    """header: as it is written out. width: in characters. names: all that it is known by, as `plain` gives them."""

    header: str
    width: int
    names: frozenset[str]


@cache
def headers() -> dict[str, Header]:
    """By the column; `notes_sheet` is the sheet that explains, which is not read."""
    read = yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8"))
    return {
        name: Header(one["header"], one["width"], frozenset(map(plain, (one["header"], *one["others"]))))
        for name, one in read.items()
    }


def plain(header: str) -> str:
    """A header without brackets, spaces, stars and differences of width: 分段标题（选填） is 分段标题."""
    text = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", header))
    return re.sub(r"[\s*:]", "", text).casefold()


def column_of(header: str) -> Column | None:
    """The column that a header names."""
    name = plain(header)
    return next((column for column in COLUMNS if name and name in headers()[column].names), None)


def place_of_columns(texts: dict[int, str]) -> dict[int, Column] | None:
    """Which cell is which column, when these are the headers of a sheet; texts: by the number of the cell.

    A sheet of two columns 问题 and 答案 has its questions' first line as the title.
    """
    found: dict[int, Column] = {}
    for place, text in texts.items():
        column = column_of(text)
        if column is not None and column not in found.values():
            found[place] = column
    return found if "say" in found.values() and len(found) > 1 else None
