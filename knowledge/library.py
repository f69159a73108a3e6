"""The whole knowledge of one release: immutable, with every fact reachable by its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from knowledge import model
from knowledge.calendar import Calendar
from knowledge.regions import Region, Regions
from knowledge.status_codes import codes_of

Named = model.Topic | model.Gap | model.NotNeeded | model.Notice | model.Portal | model.StaffNote


@dataclass(frozen=True)
class ProvinceKnowledge:
    """All that the guides of one province say. `items` stand in the guide's order.

    staff: what only counselors and windows should know. sections: the tables of contents by guide. cities: the layers
    by the city's region code. city: the layer that this one is seen through. cited_guides: other provinces' guides
    that a conflict cites.
    """

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
    staff: tuple[model.StaffNote, ...] = ()
    sections: Mapping[str, tuple[model.Section, ...]] = field(default_factory=dict)
    cities: Mapping[str, model.City] = field(default_factory=dict)
    city: model.City | None = None
    cited_guides: Mapping[str, model.Guide] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The folder's name, which every knowledge id of the province begins with."""
        return self.head.id

    def guide(self, guide_id: str) -> model.Guide:
        """The guide with that id. Raises KeyError for an id that the province does not have."""
        return self._guides[guide_id]

    def has_guide(self, guide_id: str) -> bool:
        """Whether facts of the province may cite a guide of that id."""
        return guide_id in self._guides

    @property
    def _guides(self) -> dict[str, model.Guide]:
        own = (*self.head.guides, *(city.guide for city in self.cities.values()))
        return {**self.cited_guides, **{guide.id: guide for guide in own}}

    def fact_id(self, kind: Literal["topic", "gap"], key: str) -> str:
        """The knowledge id of a topic or gap; what a city's layer brought has the city in it."""
        layer = (self.city.topics if kind == "topic" else self.city.gaps) if self.city else ()
        is_city = self.city is not None and any(one.id == key for one in layer)
        return f"{self.id}.{self.city.id}.{kind}.{key}" if self.city and is_city else f"{self.id}.{kind}.{key}"

    def reported_id(self, item: model.Item | None, said: model.WhenReported) -> str:
        """The knowledge id of what is done when a status of an item, or of any, is reported."""
        whose = f"{self.id}.item.{item.id}" if item else self.id
        return f"{whose}.when_reported.{said.status[0]}"

    def seen_from(self, city: model.City) -> ProvinceKnowledge:
        """The province with the layer of one of its cities over it."""
        topics = {**self.topics, **{topic.id: topic for topic in city.topics}}
        gaps = {**self.gaps, **{gap.id: gap for gap in city.gaps}}
        return replace(self, topics=topics, gaps=gaps, city=city)

    def items_meant(self, item_id: str) -> list[model.Item]:
        """The province's items that a national item means: itself, the parts that the province splits it into, or the
        item that the province joins it with."""
        if item_id in self.items:
            return [self.items[item_id]]
        return [item for item in self.items.values() if item.part_of == item_id or item_id in item.includes]

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

    def warnings(self, papers: Iterable[str]) -> tuple[model.Gap, ...]:
        """The open places that are said with every word about one of these papers."""
        named = set(papers)
        return tuple(gap for gap in self.gaps.values() if gap.brief and named & set(gap.papers))

    def list_warnings(self, papers: Iterable[str]) -> tuple[model.Gap, ...]:
        """The same as a list says them: of the province's own guide alone where they have words for a list."""
        own = {guide.id for guide in self.head.guides}
        return tuple(
            gap.model_copy(
                update={"brief": gap.in_list, "source": tuple(one for one in gap.source if one.guide in own)}
            )
            if gap.in_list
            else gap
            for gap in self.warnings(papers)
        )

    def facts(self) -> Iterator[tuple[str, model.Sourced]]:
        """Every sourced fact with its knowledge id, such as `henan.item.household_registration.time_limit`."""
        yield from ((f"{self.id}.time_limit.{limit.id}", limit) for limit in self.head.time_limits)
        if self.head.receipt_rule:
            yield f"{self.id}.receipt_rule", self.head.receipt_rule
        yield from ((self.reported_id(None, said), said) for said in self.head.when_reported)
        for item in self.items.values():
            yield f"{self.id}.item.{item.id}", item
            yield from ((f"{self.id}.item.{item.id}.{name}", said) for name, said in item.aspects.items())
            yield from ((f"{self.id}.time_limit.{limit.id}", limit) for limit in item.time_limits)
            yield from ((self.reported_id(item, said), said) for said in item.when_reported)
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
            ("staff", self.staff),
        )
        for kind, facts in groups:
            yield from ((f"{self.id}.{kind}.{fact.id}", fact) for fact in facts)
        for city in self.cities.values():
            yield from ((f"{self.id}.{city.id}.topic.{topic.id}", topic) for topic in city.topics)
            yield from ((f"{self.id}.{city.id}.gap.{gap.id}", gap) for gap in city.gaps)
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
    calendar: Calendar
    release: str
    _by_region: dict[str, ProvinceKnowledge] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for province in self.provinces.values():
            self._by_region[province.head.region] = province
            self._by_region.update({code: province.seen_from(city) for code, city in province.cities.items()})

    def province_for(self, region_code: str) -> ProvinceKnowledge | None:
        """The province whose guide answers for a place, seen through its city's layer where there is one.

        None when no guide covers the place.
        """
        codes = [region.code for region in self.regions.path(region_code)]
        return next((self._by_region[code] for code in codes if code in self._by_region), None)

    def layers(self) -> Iterable[ProvinceKnowledge]:
        """Every province, and every province as seen from each of its cities that have a layer."""
        return self._by_region.values()

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

    @cached_property
    def status_by_code(self) -> Mapping[str, model.Status]:
        """The statuses of cases by the folded codes that departments send for them."""
        return {code: status for status in self.catalogue.statuses for code in codes_of(status)}

    def phrase(self, key: str, **values: object) -> str:
        """A sentence of the assistant itself, filled in. Raises KeyError for a key that phrases.yaml lacks."""
        return self.phrases[key].format(**values)

    def name_of(self, kind: str, entry_id: str) -> str:
        """The national name of an item, paper, aspect, department, term or status; the id itself when unknown."""
        return self._names.get((kind, entry_id), entry_id)

    def name_of_item(self, item: model.Item) -> str:
        """The everyday name of a province's item; the guide's own where the province joins several national items in
        it, so that nobody who asks for one of them is told of another."""
        return item.name if item.includes else self.name_of("item", item.id)

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
