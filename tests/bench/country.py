"""A country made up for timing: 31 provinces and 330 cities with entries like the real ones, and vectors by hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice

import numpy as np

from knowledge.embedding import DIMENSIONS, Embedder, Vectors
from knowledge.entries import Entry
from knowledge.library import Library
from knowledge.phrasings import Phrasings
from knowledge.search import Search, searched_entries
from knowledge.vectors import VectorStore
from knowledge.vocabulary import Vocabulary

PROVINCES = 31
CITIES = 330
ENTRIES_OF_A_PLACE = 277
"""With 361 places a hundred thousand; the real provinces have 250 to 370."""
PHRASINGS_OF_AN_ENTRY = 6
"""So many are asked of every entry; no two places share one, so that nothing is indexed only once."""


class ByHash(Embedder):
    """A unit vector that a text's hash decides: as dear to compare as a real one, and it means nothing."""

    def embed(self, texts: list[str]) -> Vectors:
        """One row a text."""
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        rows = [np.random.Generator(np.random.SFC64(seed)).standard_normal(DIMENSIONS, np.float32) for seed in seeds]
        found = np.array(rows, np.float32).reshape(-1, DIMENSIONS)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


@dataclass(frozen=True)
class Country:
    """Places with their entries: a province alone, or a city with those of its province behind its own."""

    provinces: dict[str, list[Entry]]
    cities: dict[str, tuple[str, list[Entry]]]

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry once."""
        for found in self.provinces.values():
            yield from found
        for _, found in self.cities.values():
            yield from found

    def layers(self) -> Iterator[list[Entry]]:
        """What one caller's question is compared with, for each place."""
        yield from self.provinces.values()
        for province, found in self.cities.values():
            yield [*self.provinces[province], *found]


def made_up(library: Library, vocabulary: Vocabulary, size: int) -> Country:
    """A country of about so many entries. Fewer entries mean fewer places, not smaller guides."""
    real = [one for province in library.provinces.values() for one in searched_entries(province, library, vocabulary)]
    names = dict.fromkeys(one.short_name for one in library.regions if one.level in ("province", "city"))
    places = list(islice(names, max(1, round(size / ENTRIES_OF_A_PLACE))))
    count = max(1, round(len(places) * PROVINCES / (PROVINCES + CITIES)))
    endless = cycle(real)
    provinces = {name: _entries(name, endless) for name in places[:count]}
    above = cycle(provinces)
    return Country(provinces, {name: (next(above), _entries(name, endless)) for name in places[count:]})


def build(country: Country, vectors: VectorStore) -> list[Search]:
    """All indexes, as the app builds them from stored vectors."""
    phrasings = Phrasings(Phrasings.grouped(country.entries), vectors)
    return [Search(entries, phrasings, vectors) for entries in country.layers()]


def _entries(place: str, real: Iterable[Entry]) -> list[Entry]:
    return [_moved(one, place) for one in islice(real, ENTRIES_OF_A_PLACE)]


def _moved(entry: Entry, place: str) -> Entry:
    """An entry of another place: its texts name it, each at another point."""
    said = list(islice(cycle(entry.phrasings or (entry.title,)), PHRASINGS_OF_AN_ENTRY))
    points = [number * len(one) // PHRASINGS_OF_AN_ENTRY for number, one in enumerate(said)]
    phrasings = dict.fromkeys(_with(one, place, at) for one, at in zip(said, points, strict=True))
    local = entry.id.split(".", 1)[1]
    return replace(
        entry,
        id=f"{place}.{local}",
        title=_with(entry.title, place, 0),
        phrasings=tuple(phrasings),
        text=_with(entry.text, place, 0),
    )


def _with(text: str, place: str, at: int) -> str:
    return f"{text[:at]}{place}{text[at:]}"
