"""Finds the place where a message names something by its number in a list that was shown: 第3项去哪办, 第二件要带啥."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.numerals import NUMERAL, value_of

_NUMBERED = re.compile(rf"第\s*({NUMERAL})\s*(?:项|件事?|个事?)|(?<!\d)([1-9]\d?)\s*(?:项|号|件事?)")


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
    return Numbered(value_of(found.group(1) or found.group(2)), found.start(), found.end())
