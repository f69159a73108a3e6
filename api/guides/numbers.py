"""The numbers by which guides count: 一、 （一） 1. (1) ①, and 附件2."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge import numerals
from knowledge.numerals import NUMERALS, in_words

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
LAST_LEVEL = 5
_CHINESE = f"[{NUMERALS[1:]}]{{1,4}}"
_MARKER = re.compile(
    rf"""
    (?P<one> {_CHINESE} ) [、，.．]                   # 一、
    | [(（] \s* (?P<two> {_CHINESE} ) \s* [)）]       # （一）
    | (?:-\s*)? (?P<three> \d{{1,2}} ) (?: [.．、] (?!\d) | \s (?=[^\d\s]) )   # 1. and a torn "- 10 "
    | [(（] \s* (?P<four> \d{{1,2}} ) \s* [)）]       # (1)
    | (?P<five> [{CIRCLED}] )                         # ①
    """,
    re.VERBOSE,
)
_PART = re.compile(
    rf"附\s*(?P<kind>件|表|录)\s*(?P<number>\d{{1,2}}|[{NUMERALS[1:]}]{{1,2}})?"
    r"\s*(?:[:：、.\s]\s*(?P<title>.*))?"
)
_ANCHOR = re.compile(r"【(?P<number>[^】]{1,40})】\s*(?P<title>.*)")


@dataclass(frozen=True)
class Marker:
    """level: 1 to 5. ordinal: its place in the list. rest: the line behind it."""

    level: int
    ordinal: int
    rest: str

    @property
    def written(self) -> str:
        """As entries cite it: 一, (一), 1, (1), ①."""
        return written(self.level, self.ordinal)


def written(level: int, ordinal: int) -> str:
    """A number of a level as entries cite it."""
    if level == LAST_LEVEL:
        return CIRCLED[ordinal - 1] if 0 < ordinal <= len(CIRCLED) else str(ordinal)
    number = in_words(ordinal) if level <= 2 else str(ordinal)
    return f"({number})" if level in (2, 4) else number


def marker_of(line: str) -> Marker | None:
    """The number with which a line begins."""
    found = _MARKER.match(line.strip())
    if found is None:
        return None
    rest = line.strip()[found.end() :].strip()
    for level, name in enumerate(("one", "two", "three", "four", "five"), start=1):
        if found[name]:
            ordinal = CIRCLED.index(found[name]) + 1 if level == LAST_LEVEL else value_of(found[name])
            return Marker(level, ordinal, rest) if ordinal else None
    return None


def part_of(line: str) -> tuple[str, str] | None:
    """The number and title of an annex that begins here: 附件2, 附表."""
    found = _PART.fullmatch(line.strip())
    if found is None or len(line) > 60:
        return None
    number = found["number"] or ""
    plain = str(value_of(number)) if number and not number.isdecimal() else number
    return f"附{found['kind']}{plain}", (found["title"] or "").strip()


def anchor_of(line: str) -> tuple[str, str] | None:
    """A number that somebody wrote for a section by hand: 【五6 选择情形1】 or 【前言】."""
    found = _ANCHOR.fullmatch(line.strip())
    return (found["number"].strip(), found["title"].strip()) if found else None


def value_of(number: str) -> int:
    """十二 and 12 as 12; 0 for what is no number."""
    if number.isdecimal():
        return int(number)
    return numerals.value_of(number) if re.fullmatch(numerals.NUMERAL, number) else 0
