"""Which entries and guides somebody has to look at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from api.guides.entry_names import entry_of, title_of
from knowledge.entry_kinds import EntryName
from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Guide

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Review:
    """An entry. due: the last day; none where only its guide has one. is_late: that day is past."""

    name: EntryName
    title: str
    owner: str | None
    due: date | None
    is_late: bool = False


@dataclass(frozen=True)
class GuideReview:
    """A guide whose day is past, or near. guide: as the data have it."""

    guide: Guide
    due: date
    is_late: bool


def reviews(library: Library, province: ProvinceKnowledge, today: date, owner: str = "") -> list[Review]:
    """The entries of a province whose own day is past or near, the longest overdue first."""
    found = [one for one in _all(library, province, today) if one.due and one.due <= today + SOON]
    return sorted((one for one in found if not owner or one.owner == owner), key=lambda one: (str(one.due), one.title))


def without_day(library: Library, province: ProvinceKnowledge, today: date, owner: str = "") -> list[Review]:
    """Those that have no day of their own: they are looked at again with their guide."""
    found = [one for one in _all(library, province, today) if one.due is None]
    return [one for one in found if not owner or one.owner == owner]


def owners(province: ProvinceKnowledge) -> list[str]:
    """Everybody who sees to an entry."""
    return sorted({fact.owner for _, fact in province.facts() if fact.owner})


def guide_reviews(province: ProvinceKnowledge, today: date) -> list[GuideReview]:
    """The guides of a province and of its cities whose day is past or near."""
    guides = (*province.head.guides, *(city.guide for city in province.cities.values()))
    return [GuideReview(one, one.due, one.due < today) for one in guides if one.due <= today + SOON]


def _all(library: Library, province: ProvinceKnowledge, today: date) -> Iterator[Review]:
    """Each entry once, by the earliest day of what stands in it."""
    found: dict[EntryName, Review] = {}
    for key, fact in province.facts():
        name, due = entry_of(province, key), fact.review_due
        before = found.get(name)
        if before is None or (due and (before.due is None or due < before.due)):
            title = before.title if before else title_of(library, province, key)
            owner = fact.owner or (before.owner if before else None)
            found[name] = Review(name, title, owner, due, bool(due and due < today))
    yield from found.values()
