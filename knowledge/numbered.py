"""Finds the place where a message names something by its number in a list that was shown: 第3项去哪办, 第二件要带啥."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERED = re.compile(r"第\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:项|件事?|个事?)|(\d{1,2})\s*(?:项|号|件事?)")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True)
class Numbered:
    """The number, and where in the text it was said."""

    number: int
    start: int
    end: int


def numbered(text: str) -> Numbered | None:
    """The first thing that the text names by its number; None when it is nothing but the number, or has none."""
    found = _NUMBERED.search(text)
    if found is None or found.group() == text.strip():
        return None
    said = found.group(1) or found.group(2)
    number = int(said) if said.isdigit() else sum(_DIGITS[digit] for digit in said)
    return Numbered(number, found.start(), found.end())
