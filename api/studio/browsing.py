"""Finds entries for editors: by kind, province, words, and whose review is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.studio.kinds import KINDS
from knowledge.entry_list import EntryList, ListedEntry

NOT_LISTED = ("region", "region_aliases", "calendar", "phrase")
"""Kinds that are only shown when they are asked for, because they are many and seldom meant."""


@dataclass(frozen=True)
class Wanted:
    """kind, province: empty for all; province `national` for what all share. overdue: only what was to be looked at."""

    kind: str = ""
    province: str = ""
    words: str = ""
    overdue: bool = False


def found(entries: EntryList, wanted: Wanted, today: date) -> Sequence[ListedEntry]:
    """What fits, in the order of the kinds; what has the words in its title comes first."""
    terms = wanted.words.casefold().split()
    fitting = [one for one in entries.entries if _fits(one, wanted, terms, today)]
    return sorted(fitting, key=lambda one: (_rank(one, terms), KINDS.index(one.kind) if one.kind in KINDS else 99))


def review_due(one: ListedEntry) -> str:
    """The day until which it was to be looked at again, as it is written."""
    return str(one.content.get("review_due") or "") if isinstance(one.content, dict) else ""


def counts(entries: EntryList) -> dict[str, int]:
    """How many there are of each kind."""
    numbers = dict.fromkeys(KINDS, 0)
    for one in entries.entries:
        numbers[one.kind] = numbers.get(one.kind, 0) + 1
    return numbers


def _fits(one: ListedEntry, wanted: Wanted, terms: Sequence[str], today: date) -> bool:
    if wanted.kind and one.kind != wanted.kind:
        return False
    if not wanted.kind and one.kind in NOT_LISTED and not (terms and one.kind == "phrase"):
        return False
    if wanted.province and (one.province or "national") != wanted.province:
        return False
    if wanted.overdue and not any(day < today.isoformat() for day in _reviews(one.content)):
        return False
    return all(term in one.words for term in terms)


def _rank(one: ListedEntry, terms: Sequence[str]) -> int:
    return 0 if all(term in one.title.casefold() for term in terms) else 1


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
