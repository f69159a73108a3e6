"""What is wrong with a file, by sheet, row and column; the words are in the consoles' files."""

from __future__ import annotations

from dataclasses import dataclass, field


class SheetRefused(Exception):
    """The file is not read at all. key: of the sentence that says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = f"excel.refused.{key}"
        self.values = values


@dataclass(frozen=True)
class Fault:
    """key: of the sentence. row, letter: as Excel shows them; 0 and empty for a whole sheet. header: of the column."""

    sheet: str
    row: int
    letter: str
    header: str
    key: str
    values: dict[str, str | int] = field(default_factory=dict)
