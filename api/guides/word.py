"""The lines of a Word file, tables among them, with the numbers that Word counts by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from api.guides.numbers import LAST_LEVEL, written
from api.guides.refusal import GuideRefused
from knowledge.numerals import in_words


def _circled(number: int) -> str:
    return written(LAST_LEVEL, number)


COUNTED: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "chineseCounting": in_words,
    "chineseCountingThousand": in_words,
    "japaneseCounting": in_words,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographTraditional": in_words,
    "decimalFullWidth": str,
}
"""How Word writes the numbers of a list."""


def lines_of_docx(content: bytes) -> list[str]:
    """Its paragraphs, and rows of tables with tabs between the cells. Raises GuideRefused."""
    try:
        document = docx.Document(BytesIO(content))
        numbering = _Numbering(document)
        lines: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines += _rows(block)
            else:
                lines += f"{numbering.of(block)}{block.text}".split("\n")
    except Exception as error:
        # The library raises whatever it stumbles over in a file that is not as it should be.
        raise GuideRefused("broken") from error
    return lines


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[Any] = []
        for cell in row.cells:
            if not cells or cells[-1]._tc is not cell._tc:  # A merged cell is given once for each that it covers.
                cells.append(cell)
        yield "\t".join(" ".join(cell.text.split()) for cell in cells)


class _Numbering:
    """Counts as Word does: by list and level, a level starting again below each number above it."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = document.styles
        part = next(
            (one.target_part for one in document.part.rels.values() if one.reltype.endswith("/numbering")), None
        )
        if part is None:
            return
        root = part.element
        abstract = {one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))}
        for one in root.findall(qn("w:num")):
            shape = abstract.get(_value(one, "w:abstractNumId"))
            if shape is not None:
                self._levels[one.get(qn("w:numId"))] = dict(map(_level, shape.findall(qn("w:lvl"))))

    def of(self, paragraph: Any) -> str:
        """What Word writes before a paragraph: 一、 or （一）; empty for one without a number."""
        found = self._place(paragraph)
        if found is None or found[0] not in self._levels or found[1] not in self._levels[found[0]]:
            return ""
        name, level = found
        levels, counts = self._levels[name], self._counts.setdefault(name, {})
        _, _, start = levels[level]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        kind, text, _ = levels[level]
        if kind in ("bullet", "none"):
            return ""
        for above in range(level + 1):
            above_kind, _, above_start = levels.get(above, ("decimal", "", 1))
            number = COUNTED.get(above_kind, str)(counts.get(above, above_start))
            text = text.replace(f"%{above + 1}", number)
        return text if text.endswith(("、", "）", ")")) else f"{text} "

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """List and level, of the paragraph itself or of its style."""
        style = paragraph.style
        elements = [paragraph._p.pPr]
        while style is not None and len(elements) < 12:
            elements.append(style.element.pPr)
            style = style.base_style
        for properties in elements:
            numbered = properties.numPr if properties is not None else None
            if numbered is not None and numbered.numId is not None:
                level = numbered.ilvl.val if numbered.ilvl is not None else 0
                return (str(numbered.numId.val), level) if numbered.numId.val else None
        return None


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
    start = int(_value(element, "w:start") or 1)
    kind, text = _value(element, "w:numFmt") or "decimal", _value(element, "w:lvlText") or ""
    return int(element.get(qn("w:ilvl"))), (kind, text, start)


def _value(element: Any, name: str) -> str | None:
    found = element.find(qn(name))
    return found.get(qn("w:val")) if found is not None else None
