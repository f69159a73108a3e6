"""Which sections of a guide the facts were taken from, and which were left aside with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge import model
from knowledge.library import ProvinceKnowledge


@dataclass(frozen=True)
class Coverage:
    """One guide: every section of its table of contents with the ids of the facts that cite it."""

    guide: str
    sections: Mapping[model.Section, tuple[str, ...]]

    @property
    def used(self) -> int:
        """How many sections at least one fact cites."""
        return sum(bool(facts) for facts in self.sections.values())

    @property
    def percent(self) -> float:
        """The share of the sections that are cited."""
        return 100 * self.used / len(self.sections)


def coverage_of(province: ProvinceKnowledge) -> Iterator[Coverage]:
    """Every guide of a province that has a table of contents. A section is cited by its own words only: what cites
    `四(三)5` does not cite `四(三)`."""
    cited: dict[tuple[str, str], list[str]] = {}
    for key, fact in province.facts():
        for source in fact.source:
            cited.setdefault((source.guide, source.section), []).append(key)
    for city in province.cities.values():
        cited.setdefault((city.guide.id, city.section), []).append(f"{province.id}.{city.id}")
    for guide, sections in province.sections.items():
        yield Coverage(guide, {one: tuple(cited.get((guide, one.id), ())) for one in sections})
