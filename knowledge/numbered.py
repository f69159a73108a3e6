"""Finds the place where a message names something by its number in a list that was shown: 第3项去哪办, 第二件要带啥."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.numerals import NUMERAL, value_of

_NUMBERED = re.compile(
    rf"""
    第\s*({NUMERAL})\s*(?:项|件事?|个事?)
    | (?<!\d)([1-9]\d?)\s*(?:项|号|件事?)
    | ^\s*([1-9]\d?)\s*                       # 「9 去哪办」, 「6是啥」: the number stands first,
      (?![\s\d.．年月日天岁点块元万千百多来几次种样份张寸人级周个%号、，,。和到或])  # counts nothing,
      (?=.*[啥咋怎哪谁吗呢不能要带办帮替？?]|.*什么)    # and something is asked
    """,
    re.VERBOSE,
)
_PAPER = re.compile(rf"第\s*({NUMERAL})\s*(?:样|份|种)")


@dataclass(frozen=True)
class Numbered:
    """The number, and where in the text it was said."""

    number: int
    start: int
    end: int


def numbered(text: str) -> Numbered | None:
    """The first thing that the text names by its number; None when it is nothing but the number, or has none."""
    found = _NUMBERED.search(text)
    if found is None or found.group().strip() == text.strip():
        return None
    return Numbered(value_of(next(filter(None, found.groups()))), found.start(), found.end())


def numbered_paper(text: str) -> Numbered | None:
    """The same for a paper of a list: 第3样咋个带. A thing to do is no 样."""
    found = _PAPER.search(text)
    if found is None or found.group().strip() == text.strip():
        return None
    return Numbered(value_of(found.group(1)), found.start(), found.end())
