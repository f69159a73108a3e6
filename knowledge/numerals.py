"""The value of a number as it is written in a list or spoken: 3, 三, 十二, 二十一."""

from __future__ import annotations

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"两": 2}
NUMERAL = r"(?:[1-9]\d?|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
"""From one to ninety-nine, as a regular expression without groups. 两 counts things (两个) and numbers none."""


def value_of(numeral: str) -> int:
    """The value of what `NUMERAL` matches, and of 两."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (10 * _DIGITS[tens or "一"] if ten else 0) + _DIGITS[ones or "零"]
