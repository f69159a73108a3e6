"""The whole knowledge of one release: immutable, with every fact reachable by its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from knowledge import model
from knowledge.regions import Region, Regions

Named = model.Topic | model.Gap | model.NotNeeded | model.Notice | model.Portal


@dataclass(frozen=True)
class ProvinceKnowledge:
    """All that the guides of one province say. `items` stand in the guide's order."""

    head: model.Province
    folder: Path
    items: Mapping[str, model.Item]
    papers: Mapping[str, model.Paper]
    not_needed: tuple[model.NotNeeded, ...]
    questionnaire: model.Questionnaire
    topics: Mapping[str, model.Topic]
    gaps: Mapping[str, model.Gap]
    notices: tuple[model.Notice, ...]
    portals: tuple[model.Portal, ...]
    form: model.Form | None

    @property
    def id(self) -> str:
        """The folder's name, which every knowledge id of the province begins with."""
        return self.head.id

    def guide(self, guide_id: str) -> model.Guide:
        """The guide with that id. Raises KeyError for an id that the province does not have."""
        return next(guide for guide in self.head.guides if guide.id == guide_id)

    def items_meant(self, item_id: str) -> list[model.Item]:
        """The province's items that a national item means: itself, or the parts that the province splits it into."""
        if item_id in self.items:
            return [self.items[item_id]]
        return [item for item in self.items.values() if item.part_of == item_id]

    def papers_for(self, item_id: str) -> list[model.Paper]:
        """The papers that an item may need, in the order of the guide's list."""
        return [paper for paper in self.papers.values() if item_id in paper.for_items]

    def alternatives(self, papers: Iterable[model.Paper]) -> list[tuple[model.Paper, ...]]:
        """The papers in their order, those of which any one is enough together in the place of the first."""
        given = list(papers)
        groups: list[tuple[model.Paper, ...]] = []
        for paper in given:
            if not any(paper in group for group in groups):
                others = [one for one in given if one.id in paper.or_instead]
                groups.append((paper, *others))
        return groups

    def facts(self) -> Iterator[tuple[str, model.Sourced]]:
        """Every sourced fact with its knowledge id, such as `henan.item.household_registration.time_limit`."""
        for item in self.items.values():
            yield f"{self.id}.item.{item.id}", item
            yield from ((f"{self.id}.item.{item.id}.{name}", said) for name, said in item.aspects.items())
            yield from ((f"{self.id}.time_limit.{limit.id}", limit) for limit in item.time_limits)
            if item.forgotten:
                yield f"{self.id}.item.{item.id}.forgotten", item.forgotten
        for paper in self.papers.values():
            yield f"{self.id}.paper.{paper.id}", paper
            if paper.obtain:
                yield f"{self.id}.paper.{paper.id}.obtain", paper.obtain
        groups: tuple[tuple[str, Iterable[Named]], ...] = (
            ("topic", self.topics.values()),
            ("gap", self.gaps.values()),
            ("not_needed", self.not_needed),
            ("notice", self.notices),
            ("portal", self.portals),
        )
        for kind, facts in groups:
            yield from ((f"{self.id}.{kind}.{fact.id}", fact) for fact in facts)
        yield from self._questionnaire_facts()
        if self.form:
            yield f"{self.id}.form.{self.form.id}", self.form

    def _questionnaire_facts(self) -> Iterator[tuple[str, model.Sourced]]:
        asked = self.questionnaire
        yield f"{self.id}.questionnaire.{asked.id}", asked
        yield from ((f"{self.id}.question.{question.id}", question) for question in asked.questions)
        yield from ((f"{self.id}.outcome.{outcome.id}", outcome) for outcome in (*asked.not_covered, *asked.tips))


@dataclass(frozen=True)
class Library:
    """One release of the knowledge. `release` names exactly this content."""

    catalogue: model.Catalogue
    phrases: Mapping[str, str]
    provinces: Mapping[str, ProvinceKnowledge]
    regions: Regions
    release: str
    _by_region: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_region.update({one.head.region: one.id for one in self.provinces.values()})

    def province_for(self, region_code: str) -> ProvinceKnowledge | None:
        """The province whose guide answers for a place; None when no guide covers it."""
        region = self.regions.province_of(region_code)
        return self.provinces.get(self._by_region.get(region.code, "")) if region else None

    def region_of(self, province: ProvinceKnowledge) -> Region:
        """The region that a province's folder stands for."""
        region = self.regions.by_code(province.head.region)
        if region is None:
            raise KeyError(province.head.region)
        return region

    @cached_property
    def facts(self) -> Mapping[str, model.Sourced]:
        """Every sourced fact of every province by its knowledge id."""
        return {key: fact for province in self.provinces.values() for key, fact in province.facts()}

    def phrase(self, key: str, **values: object) -> str:
        """A sentence of the assistant itself, filled in. Raises KeyError for a key that phrases.yaml lacks."""
        return self.phrases[key].format(**values)

    def name_of(self, kind: str, entry_id: str) -> str:
        """The national name of an item, paper, aspect, department, term or status; the id itself when unknown."""
        return self._names.get((kind, entry_id), entry_id)

    def entry(self, kind: str, entry_id: str) -> model.CatalogueEntry | None:
        """The catalogue's entry, kind being `item`, `paper`, `aspect`, `department`, `term`, `outside` or `status`."""
        return self._entries.get((kind, entry_id))

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], str]:
        return {key: entry.name for key, entry in self._entries.items()}

    @cached_property
    def _entries(self) -> Mapping[tuple[str, str], model.CatalogueEntry]:
        groups: dict[str, tuple[model.CatalogueEntry, ...]] = {
            "item": self.catalogue.items,
            "paper": self.catalogue.papers,
            "aspect": self.catalogue.aspects,
            "department": self.catalogue.departments,
            "term": self.catalogue.terms,
            "outside": self.catalogue.outside,
            "status": self.catalogue.statuses,
        }
        return {(kind, entry.id): entry for kind, entries in groups.items() for entry in entries}
