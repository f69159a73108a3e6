"""Lists entries for editors: by kind, province, what is looked for, and whose review is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.studio.finding import Finder
from api.studio.kinds import KINDS
from knowledge.entry_list import EntryList, ListedEntry

NOT_LISTED = ("region", "region_aliases", "calendar", "phrase")
"""Kinds that are only shown when they or words are asked for, because they are many."""
SELDOM_MEANT = ("region", "region_aliases", "calendar")
"""Kinds that come last, and only with the very words."""
NATIONAL_PLACE = "national"


@dataclass(frozen=True)
class Wanted:
    """kind, province: empty for all; province `national` for what all share. overdue: only what was to be looked at."""

    kind: str = ""
    province: str = ""
    words: str = ""
    overdue: bool = False


@dataclass(frozen=True)
class Listing:
    """What fits, in order. near: how many at the end have not the very words, but are near in meaning."""

    entries: Sequence[ListedEntry]
    near: int = 0


def listed(finder: Finder, wanted: Wanted, today: date) -> Listing:
    """What fits, in the order of the kinds. With words: by where they stand, then what is near. For a thread."""
    fitting = [one for one in finder.entries.entries if _fits(one, wanted, today)]
    if not wanted.words:
        shown = [one for one in fitting if wanted.kind or one.kind not in NOT_LISTED]
        return Listing(sorted(shown, key=_kind_order))
    places = {one.name: place for one in fitting if (place := finder.literal(wanted.words, one)) is not None}
    literal = [one for one in fitting if one.name in places]
    literal.sort(key=lambda one: (one.kind in SELDOM_MEANT and not wanted.kind, places[one.name], _kind_order(one)))
    others = [one for one in fitting if one.name not in places and (wanted.kind or one.kind not in SELDOM_MEANT)]
    provinces = [wanted.province] if wanted.province else list(finder.knowledge.library.provinces)
    near = finder.near(wanted.words, others, provinces)
    return Listing([*literal, *near], len(near))


def review_due(one: ListedEntry) -> str:
    """The day until which it was to be looked at again, as it is written."""
    return str(one.content.get("review_due") or "") if isinstance(one.content, dict) else ""


def counts(entries: EntryList) -> dict[str, int]:
    """How many there are of each kind."""
    numbers = dict.fromkeys(KINDS, 0)
    for one in entries.entries:
        numbers[one.kind] = numbers.get(one.kind, 0) + 1
    return numbers


def _fits(one: ListedEntry, wanted: Wanted, today: date) -> bool:
    if wanted.kind and one.kind != wanted.kind:
        return False
    if wanted.province and (one.province or NATIONAL_PLACE) != wanted.province:
        return False
    return not wanted.overdue or any(day < today.isoformat() for day in _reviews(one.content))


def _kind_order(one: ListedEntry) -> int:
    return KINDS.index(one.kind) if one.kind in KINDS else len(KINDS)


def _reviews(content: Any) -> Iterator[str]:
    """Every day of review within an entry."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name == "review_due" and isinstance(value, str):
                yield value
            else:
                yield from _reviews(value)
    elif isinstance(content, list):
        for value in content:
            yield from _reviews(value)
