"""The value of a number as it is written in a list or spoken: 3, 三, 十二, 二十一."""

from __future__ import annotations

NUMERALS = "零一二三四五六七八九十"
"""The characters of whole numbers up to ninety-nine, each at the place of its value."""
_DIGITS = {numeral: value for value, numeral in enumerate(NUMERALS[:10])} | {"两": 2}
NUMERAL = r"(?:[1-9]\d?|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
"""From one to ninety-nine, as a regular expression without groups. 两 counts things (两个) and numbers none."""


def value_of(numeral: str) -> int:
    """The value of what `NUMERAL` matches, and of 两."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (10 * _DIGITS[tens or "一"] if ten else 0) + _DIGITS[ones or "零"]


def in_words(number: int) -> str:
    """12 as 十二; from 100 on in digits, because no list of a guide is so long."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return f"{NUMERALS[tens] if tens > 1 else ''}十{NUMERALS[ones] if ones else ''}"
