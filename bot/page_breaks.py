"""Where a long reply is divided into pages: after sentences and lines, with what belongs together on one page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from bot.channels.plain_text import Plain
from bot.message import Choice
from bot.text_message import sentences, units

_LIST_LINE = re.compile(r"(?:\d{1,3}[.．]|·)")
_HEADING = ("：", ":")
_REMAINDER = 24
"""A text that ends in less goes to the last page with the sentence before it."""


@dataclass(frozen=True)
class Piece:
    """Text with the choices whose lines stand in it."""

    text: str
    choices: tuple[Choice, ...] = ()
    starts_line: bool = True

    def __add__(self, other: Piece) -> Piece:
        between = "\n" if other.starts_line else ""
        return Piece(self.text + between + other.text, self.choices + other.choices, self.starts_line)


@dataclass(frozen=True)
class Sizes:
    """Units that fit on a page, and on one whose last line says how to turn it."""

    last_page: int
    page: int


def break_pages(said: Plain, choices: Sequence[Choice], sizes: Sizes) -> list[Piece]:
    """The pages of a reply, without the lines that say how to turn them.

    They end after a sentence or a line; a longer sentence is divided where a reader pauses. Lines of a list, of choices
    and of the source stay whole wherever they fit at all. A heading stays with the first line under it, and the last
    sentence with the source and the choices; a short last one with the sentence before it. Choices stand
    together on the last page when they fit on one.
    """
    text = _under_headings([piece for line in said.text.split("\n") for piece in _of_line(line, sizes)], sizes)
    if len(text) > 1 and units(text[-1].text) < _REMAINDER and units((text[-2] + text[-1]).text) <= sizes.page:
        text[-2:] = [text[-2] + text[-1]]
    source = [Piece(part, starts_line=not at) for at, part in enumerate(_source(said.source, sizes))]
    lines = [
        Piece(part, (one,) if not at else (), starts_line=not at)
        for line, one in zip(said.choices, choices, strict=True)
        for at, part in enumerate(_whole_or_divided(line, sizes))
    ]
    return _packed(_with_ending(text, source, lines, sizes), sizes)


def _of_line(line: str, sizes: Sizes) -> list[Piece]:
    line = line.strip()
    parts = _whole_or_divided(line, sizes) if _LIST_LINE.match(line) else sentences(line, sizes.page)
    return [Piece(part, starts_line=not at) for at, part in enumerate(parts)]


def _whole_or_divided(line: str, sizes: Sizes) -> list[str]:
    return [line] if units(line) <= sizes.page else sentences(line, sizes.page)


def _source(line: str | None, sizes: Sizes) -> list[str]:
    return _whole_or_divided(line, sizes) if line else []


def _under_headings(pieces: list[Piece], sizes: Sizes) -> list[Piece]:
    """The pieces with each heading joined to what follows it."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].text.endswith(_HEADING) and units((joined[-1] + piece).text) <= sizes.page:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _with_ending(text: list[Piece], source: list[Piece], lines: list[Piece], sizes: Sizes) -> list[Piece]:
    """The pieces with the last of the text joined to source and choices, as far as they fit on the last page."""
    block = reduce(Piece.__add__, lines) if lines else None
    if block and units(block.text) > sizes.last_page:
        # More choices than a page holds: they follow the question line by line.
        first = _joined([*text[-1:], *source, lines[0]], sizes.page)
        return [*text[:-1], *first, *lines[1:]]
    return [*text[:-1], *_joined([*text[-1:], *source, *([block] if block else [])], sizes.last_page)]


def _joined(pieces: list[Piece], size: int) -> list[Piece]:
    """As many of the last pieces in one as fit."""
    while len(pieces) > 1 and units((pieces[-2] + pieces[-1]).text) <= size:
        pieces = [*pieces[:-2], pieces[-2] + pieces[-1]]
    return pieces


def _packed(pieces: list[Piece], sizes: Sizes) -> list[Piece]:
    """As many pieces on each page as fit; all that is left on the last one."""
    pages: list[Piece] = []
    for at, piece in enumerate(pieces):
        if pages and _fits([pages[-1], *pieces[at:]], sizes.last_page):
            pages[-1] = reduce(Piece.__add__, [pages[-1], *pieces[at:]])
            break
        if pages and _fits([pages[-1], piece], sizes.page):
            pages[-1] += piece
        else:
            pages.append(piece)
    return pages


def _fits(pieces: list[Piece], size: int) -> bool:
    return units(reduce(Piece.__add__, pieces).text.strip()) <= size
