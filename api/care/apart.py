"""Figures that one entry states otherwise than another about the same item, or that one entry states in two ways.

Careful by design: shown is a figure only when the item itself states figures of that measure for that side, and nothing
that is said of the item has it. What a guide states in two ways stands in its gaps, which are no faults.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.figures import SIDES, WORKING_DAYS, figures_in
from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Item


@dataclass(frozen=True)
class Apart:
    """A figure that does not fit. first: the item's side, by its knowledge id, and what it says; second: the other."""

    item: str
    measure: str
    first: tuple[str, str]
    second: tuple[str, str]
    figures: tuple[tuple[int, ...], tuple[int, ...]]


def contradictions(library: Library, province: ProvinceKnowledge) -> list[Apart]:
    """Those of a province."""
    return [found for item in province.items.values() for found in _of_item(province, item)]


def _of_item(province: ProvinceKnowledge, item: Item) -> Iterator[Apart]:
    base = f"{province.id}.item.{item.id}"
    sides: dict[str, str] = {name: f"{one.say}{one.more or ''}" for name, one in item.aspects.items()}
    limits = {one.working_days for one in item.time_limits if one.working_days}
    stated = figures_in("\n".join(sides.values()))
    stated[WORKING_DAYS] = stated.get(WORKING_DAYS, set()) | limits
    said = figures_in(sides.get("time_limit", "")).get(WORKING_DAYS, set())
    if limits and said and not said <= limits and not limits <= said:
        first, second = (base, ""), (f"{base}.time_limit", sides["time_limit"])
        yield Apart(item.id, WORKING_DAYS, first, second, (tuple(sorted(limits)), tuple(sorted(said))))
    for topic in province.topics.values():
        if topic.items != (item.id,):
            continue
        text = f"{topic.say}{topic.more or ''}{''.join(topic.steps)}"
        for measure, numbers in figures_in(text).items():
            side = next((one for one in SIDES.get(measure, ()) if figures_in(sides.get(one, "")).get(measure)), None)
            if side is None or numbers & stated.get(measure, set()):
                continue
            own = figures_in(sides[side])[measure]
            first, second = (f"{base}.{side}", sides[side]), (province.fact_id("topic", topic.id), text)
            yield Apart(item.id, measure, first, second, (tuple(sorted(own)), tuple(sorted(numbers))))
