"""Figures that one entry states otherwise than another about the same item, or that one entry states in two ways.

Careful by design: shown is a figure only when the item itself states figures of that measure for that side, and nothing
that is said of the item has it. What a guide states in two ways stands in its gaps, which are no faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Item
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
"""Which side of an item a measure belongs to; others are not compared."""


@dataclass(frozen=True)
class Apart:
    """A figure that does not fit. first: the item's side, by its knowledge id, and what it says; second: the other."""

    item: str
    measure: str
    first: tuple[str, str]
    second: tuple[str, str]
    figures: tuple[tuple[str, ...], tuple[str, ...]]


def contradictions(library: Library, province: ProvinceKnowledge) -> list[Apart]:
    """Those of a province."""
    return [found for item in province.items.values() for found in _of_item(province, item)]


def figures_in(text: str) -> dict[str, set[int]]:
    """The figures of a text by their measure."""
    found: dict[str, set[int]] = {}
    for match in _FIGURE.finditer(text):
        found.setdefault(match["measure"], set()).add(value_of(match["number"]))
    return found


def _of_item(province: ProvinceKnowledge, item: Item) -> Iterator[Apart]:
    base = f"{province.id}.item.{item.id}"
    sides: dict[str, str] = {name: f"{one.say}{one.more or ''}" for name, one in item.aspects.items()}
    stated = figures_in("\n".join((*sides.values(), *_limits(item))))
    limits = {one.working_days for one in item.time_limits if one.working_days}
    said = figures_in(sides.get("time_limit", "")).get("个工作日", set())
    if limits and said and not said <= limits and not limits <= said:
        texts = ("、".join(f"{one} 个工作日" for one in sorted(limits)), sides["time_limit"])
        figures = (_as_words(limits, "个工作日"), _as_words(said, "个工作日"))
        yield Apart(item.id, "个工作日", (base, texts[0]), (f"{base}.time_limit", texts[1]), figures)
    for topic in province.topics.values():
        if topic.items != (item.id,):
            continue
        text = f"{topic.say}{topic.more or ''}{''.join(topic.steps)}"
        for measure, numbers in figures_in(text).items():
            side = next((one for one in SIDES.get(measure, ()) if figures_in(sides.get(one, "")).get(measure)), None)
            if side is None or numbers & stated.get(measure, set()):
                continue
            own = figures_in(sides[side])[measure]
            figures = (_as_words(own, measure), _as_words(numbers, measure))
            second = (province.fact_id("topic", topic.id), text)
            yield Apart(item.id, measure, (f"{base}.{side}", sides[side]), second, figures)


def _limits(item: Item) -> Iterator[str]:
    yield from (f"{one.working_days} 个工作日" for one in item.time_limits if one.working_days)


def _as_words(numbers: set[int], measure: str) -> tuple[str, ...]:
    return tuple(f"{one} {measure}" for one in sorted(numbers))
