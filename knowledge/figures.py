"""The figures that a text states, by their measure: 10 个工作日, 500 元."""

from __future__ import annotations

import re

from knowledge.numerals import NUMERAL, value_of

_FIGURE = re.compile(
    rf"""
    (?<![\d.第月年百千万零一二三四五六七八九十])  # no date, no section, no end of a longer number
    (?P<number>\d{{1,9}}|{NUMERAL})\s*
    (?P<measure>个工作日|个月|日内|天|万元|元)
    """,
    re.VERBOSE,
)
SIDES: dict[str, tuple[str, ...]] = {
    "个工作日": ("time_limit",),
    "日内": ("time_limit",),
    "天": ("time_limit",),
    "个月": ("time_limit", "amount"),
    "元": ("amount", "cost"),
    "万元": ("amount",),
}
"""Which sides of an item state figures of a measure."""
WORKING_DAYS = "个工作日"


def figures_in(text: str) -> dict[str, set[int]]:
    """The figures of a text by their measure."""
    found: dict[str, set[int]] = {}
    for match in _FIGURE.finditer(text):
        found.setdefault(match["measure"], set()).add(value_of(match["number"]))
    return found
