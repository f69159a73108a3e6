"""Entries that rest on a section which the newest text of their guide does not have: the guide may have changed."""

from __future__ import annotations

from dataclasses import dataclass

from api.guides.comparison import cited_sections
from api.guides.sections import WHOLE
from api.guides.store import GuideTexts
from knowledge.library import ProvinceKnowledge
from knowledge.model import Guide


@dataclass(frozen=True)
class Vanished:
    """A cited section that is not there. version: id of the newest text. was_there: whether the text before has it.

    facts: those that cite it, by their knowledge ids.
    """

    guide: Guide
    version: int
    section: str
    title: str
    facts: tuple[str, ...]
    was_there: bool


async def vanished(texts: GuideTexts, province: ProvinceKnowledge) -> list[Vanished]:
    """Those of a province and its cities, what was there before first. Withdrawn texts do not count."""
    found = []
    for guide in (*province.head.guides, *(city.guide for city in province.cities.values())):
        versions = [one for one in await texts.versions(guide.id) if one.withdrawn_at is None][:2]
        if not versions:
            continue
        numbers = [await texts.numbers(one.id) for one in versions]
        titles = {one.id: one.title for one in province.sections.get(guide.id, ())}
        for section, facts in cited_sections(province, guide.id).items():
            if section not in numbers[0] and section not in WHOLE:
                was_there = section in numbers[-1]
                title = titles.get(section, "")
                found.append(Vanished(guide, versions[0].id, section, title, tuple(facts), was_there))
    return sorted(found, key=lambda one: not one.was_there)
