"""Chooses how a list is set on paper: on one page of A4 if large type allows it, else on two in still larger type.

Lengths are reckoned, because nothing here can measure: a Chinese character is one em wide whatever the font, and the
part `@media print` of `static/slip.css` has the figures that stand here. What is set is what `templates/slip.html`
does not keep for the screen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from actions.slip import Slip, SlipItem, SlipPaper

Extent = Literal["full", "middle", "brief"]
"""full: everything. middle: without notes on papers and tips. brief: also without what is easily forgotten, and
without the place of items that are applied for like the first. What is left out stands on the screen."""
EXTENTS: tuple[Extent, ...] = ("full", "middle", "brief")
SIZES = (15, 14, 13, 12)
"""Points of the type, largest first. Smaller is no large type."""
POINTS_OF_MM = 72 / 25.4
COLUMN = (210 - 2 * 8 - 5) / 2 * POINTS_OF_MM
WHOLE = (210 - 2 * 8) * POINTS_OF_MM
PAGE = (297 - 2 * 7) * POINTS_OF_MM
# From here on in em, the size of the type.
LINE = 1.2
SMALL, SMALLEST = 0.9, 0.85
HEADING = 1.6
"""A heading with what is around it."""
BOX = 1.5
"""What the box and the gap behind it take of a line."""
EM = "　"
"""Stands for a character of the template's own words, which are as many as the template has."""
RAGGED = 0.8
"""What a line leaves empty on the average, because no line begins with a comma."""
ROOM_FOR_NAME = 15.5
"""A longer name of an item leaves no room for the section beside it; then that stands in the next line."""


@dataclass(frozen=True)
class Block:
    """What is not divided between columns, in paragraphs: its size, its indentation, and the gap around it."""

    paragraphs: tuple[str, ...]
    size: float = 1.0
    indent: float = 0.0
    gap: float = 0.2

    def height(self, points: float, column: float = COLUMN) -> float:
        """In points, when the type has so many."""
        room = (column - self.indent * points) / (self.size * points) - RAGGED
        lines = sum(math.ceil(_width(text) / room) for text in self.paragraphs)
        return (lines * LINE * self.size + self.gap) * points


def print_classes(slip: Slip, phone: str, is_large: bool = False) -> str:
    """The classes of the page: as much as one page takes, else everything in the largest type that two pages take.

    is_large: two pages rather than one.
    """
    for pages, extent, size in product((2,) if is_large else (1, 2), EXTENTS, SIZES):
        if _fits(slip, phone, extent, size, pages):
            return f"print-{size} print-{extent}"
    return f"print-{SIZES[-1]} print-{EXTENTS[-1]}"


def _fits(slip: Slip, phone: str, extent: Extent, points: int, pages: int) -> bool:
    """Whether the columns of so many pages take all of it, one after another."""
    above = Block((EM * 45,), gap=0.5).height(points, WHOLE)
    below = sum(block.height(points, WHOLE) for block in _below(slip, phone))
    room = [PAGE - above * (page == 1) - below * (page == pages) for page in range(1, pages + 1) for _ in "12"]
    left = room.pop(0)
    for block in _in_columns(slip, extent):
        height = block.height(points)
        while height > left:
            if not room:
                return False
            left = room.pop(0)
        left -= height
    return True


def _in_columns(slip: Slip, extent: Extent) -> Iterator[Block]:
    """What stands in the two columns."""
    yield from _under_heading([*_items(slip, extent)])
    yield from _under_heading([*_papers(slip, extent)])
    yield from _under_heading(_listed(f"{''.join(one.names)}{one.reason}" for one in slip.spared))
    if extent != "brief":
        forgotten = (one for one in slip.items if one.forgotten)
        yield from _under_heading(_listed(f"{one.number}{EM * 3}{one.forgotten}" for one in forgotten))
    if extent == "full":
        yield from _under_heading(_listed(slip.tips))
    yield from _under_heading(_listed(f"{one.day}{EM * 4}{one.say}{one.note or ''}" for one in slip.dates))


def _under_heading(blocks: list[Block]) -> list[Block]:
    """The blocks of a section; its heading is never parted from the first of them."""
    return [replace(one, gap=one.gap + HEADING * (one is blocks[0])) for one in blocks]


def _items(slip: Slip, extent: Extent) -> Iterator[Block]:
    if slip.place:
        yield Block((EM * 14 + slip.place,), SMALL)
    if slip.limits:
        yield Block((EM * 3 + "".join(slip.limits),), SMALL)
    for item in slip.items:
        name = f"{item.number}. {item.name}"
        beside = f"（{item.section}）" if _width(name) > ROOM_FOR_NAME else ""
        yield Block((name, beside + _body(item, extent)), indent=BOX)


def _body(item: SlipItem, extent: Extent) -> str:
    """What follows an item's name."""
    has_place = item.number == 1 or item.is_in_person or (extent != "brief" and not item.is_automatic)
    where = EM * 4 + first_sentence(item.where) if item.where and has_place else ""
    limit = EM * 3 + (item.limit_short or first_sentence(item.limit)) if item.limit else ""
    doubt = EM * 6 + item.doubt if item.doubt else ""
    return item.how + doubt + item.step + where + limit


def _papers(slip: Slip, extent: Extent) -> Iterator[Block]:
    notes = (slip.note,) if slip.note and extent == "full" else ()
    yield from (Block((text,), SMALL) for text in (*notes, *slip.warnings))
    for paper in slip.papers:
        note = paper.note if paper.note and extent == "full" else ""
        yield Block((_line(paper) + note,), indent=BOX)
    yield Block((EM * 3 + slip.sections if slip.papers else EM * 22,), SMALL)


def _line(paper: SlipPaper) -> str:
    instead = EM * 7 + "".join(paper.instead) if paper.instead else ""
    doubt = "" if paper.certain else EM * 5
    needed = EM * 6 if paper.items else ""
    return paper.name + paper.details + EM * 3 + instead + doubt + paper.reason + needed


def _listed(texts: Iterable[str]) -> list[Block]:
    return [Block((f"··{text}",), SMALL, gap=0.1) for text in texts]


def _below(slip: Slip, phone: str) -> Iterator[Block]:
    """What stands under the columns in whole lines."""
    yield Block((EM * (16 if phone in slip.ask_whom else 36) + slip.ask_whom,))
    guides = "".join(f"{one.title}{one.doc_no or ''}{EM * 20}" for one in slip.guides)
    yield Block((EM * 52 + guides,), SMALLEST)


def first_sentence(text: str) -> str:
    """What stands on paper of a longer text; the rest is read on the screen."""
    first, end, _ = text.partition("。")
    return first + end


def _width(text: str) -> float:
    """In em: letters and digits take little more than half of one."""
    return sum(0.6 if char.isascii() else 1.0 for char in text)
