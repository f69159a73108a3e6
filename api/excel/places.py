"""Where questions and answers of a province stand: its own file, and one for each city that has a layer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from api.excel.reading import Book
from knowledge import model
from knowledge.library import Library, ProvinceKnowledge


@dataclass(frozen=True)
class Faq:
    """What the sheet holds of one entry; the rest of the entry is not touched. sources: guide and section."""

    title: str
    say: str
    questions: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    people: str = ""
    more: str = ""
    simple: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Place:
    """A file of topics. prefix: of its entries' numbers. guides: those that may be cited, the main one first."""

    region: str
    name: str
    short_name: str
    path: str
    prefix: str
    topics: Mapping[str, model.Topic]
    guides: tuple[model.Guide, ...]
    sections: Mapping[str, tuple[model.Section, ...]]

    @property
    def main(self) -> model.Guide:
        """The guide that a bare section means, and whose dates hold where an entry has none."""
        return self.guides[0]

    @property
    def begins(self) -> date | None:
        """The day from which an entry without its own day holds."""
        return self.main.valid_from or self.main.facts_from

    @cached_property
    def guide_names(self) -> Mapping[str, str]:
        """How each guide is written in the sheet, by its id."""
        short = [guide.short_name for guide in self.guides]
        return {one.id: one.short_name if short.count(one.short_name) == 1 else one.title for one in self.guides}

    @cached_property
    def guides_by_name(self) -> Mapping[str, str]:
        """The ids of guides by everything that people write for them."""
        names = [(name, one.id) for one in reversed(self.guides) for name in (one.title, one.doc_no, one.short_name)]
        ids = [(one.id, one.id) for one in self.guides]
        return {loose(name): guide for name, guide in (*names, *ids) if name}

    @cached_property
    def sections_by_name(self) -> Mapping[tuple[str, str], str]:
        """The sections of the guides' tables of contents, found whatever the width of their signs."""
        return {(guide, loose(one.id)): one.id for guide, listed in self.sections.items() for one in listed}

    def number_of(self, topic: str) -> str:
        """The number that ties a row to its entry."""
        return f"{self.prefix}.topic.{topic}"


def places_of(library: Library, province: ProvinceKnowledge) -> list[Place]:
    """The province first, then its cities."""
    region = library.region_of(province)
    folder = f"provinces/{province.id}"
    main = province.head.guides
    sections = province.sections
    places = [
        Place(
            region.code, region.name, region.short_name, f"{folder}/topics.yaml", province.id, province.topics, main,
            sections,
        )
    ]  # fmt: skip
    for code, city in province.cities.items():
        found = library.regions.by_code(code)
        topics = {topic.id: topic for topic in city.topics}
        name, short = (found.name, found.short_name) if found else (city.id, city.id)
        path, prefix = f"{folder}/cities/{city.id}.yaml", f"{province.id}.{city.id}"
        places.append(Place(code, name, short, path, prefix, topics, (city.guide, *main), sections))
    return places


def faq_of(topic: model.Topic) -> Faq:
    """What the sheet shows of an entry."""
    return Faq(
        title=topic.title,
        say=topic.say,
        questions=topic.questions,
        sources=tuple((one.guide, one.section) for one in topic.source),
        valid_from=topic.valid_from,
        valid_until=topic.valid_until,
        people=topic.for_whom or "",
        more=topic.more or "",
        simple=topic.simple or "",
        ask=topic.ask or "",
    )


def province_of_book(book: Book, provinces: Mapping[str, Sequence[Place]], chosen: str) -> str:
    """The province whose entries a file holds: by the numbers of its rows, else the one that was chosen, else by the
    places and sheets that it names. Empty where none of them tells.

    provinces: the places of each, by its id.
    """
    by_number: set[str] = set()
    by_place: set[str] = set()
    for row in book.rows:
        by_number.add(unicodedata.normalize("NFKC", str(row.cell("number").value)).strip().partition(".")[0])
        for name in (str(row.cell("region").value), row.sheet):
            by_place |= {one for one, places in provinces.items() if name and place_named(places, name)}
    numbered = by_number & provinces.keys()
    if len(numbered) == 1:
        return numbered.pop()
    return chosen or (by_place.pop() if len(by_place) == 1 else "")


def loose(name: str) -> str:
    """A name without blanks, book title marks and differences of width."""
    text = unicodedata.normalize("NFKC", name)
    return "".join(sign for sign in text if not sign.isspace() and sign not in "《》").casefold()


def place_named(places: Iterable[Place], name: str) -> Place | None:
    """The place that a cell names: 河北, 河北省, 130000."""
    return next((one for one in places if loose(name) in (loose(one.name), loose(one.short_name), one.region)), None)
