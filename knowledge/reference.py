"""The knowledge ready to be asked: the library with the indexes over it. Built once a release, then only read."""

from __future__ import annotations

from knowledge.entries import Entry
from knowledge.library import Library, ProvinceKnowledge
from knowledge.phrasings import Phrasings
from knowledge.resolve import Resolver
from knowledge.search import Search, searched_entries
from knowledge.signals import meant_text
from knowledge.vectors import VectorStore
from knowledge.vocabulary import Vocabulary, same_words


class Reference:
    """A library, its vocabulary, and a resolver for each province."""

    def __init__(self, library: Library, previous: Reference | None = None, vectors: VectorStore | None = None) -> None:
        """previous: another release. What is the same in it serves this one too: vectors, phrasings, indexes of
        provinces with the same entries. vectors: those stored beside the data, unless others are given.

        The layers of cities wait until somebody asks for them, or for `complete`.
        """
        self.library = library
        self._before = previous
        self._vectors: VectorStore = vectors or (previous._vectors if previous else VectorStore.load())
        has_same_words = previous is not None and same_words(previous.library, library)
        self.vocabulary: Vocabulary = previous.vocabulary if previous and has_same_words else Vocabulary(library)
        self._entries = {_key(one): searched_entries(one, library, self.vocabulary) for one in library.layers()}
        self._phrasings = self._phrasings_of([entry for found in self._entries.values() for entry in found])
        self._resolvers = {_key(one): self._resolver_of(one) for one in library.provinces.values()}

    @property
    def has_meaning(self) -> bool:
        """Whether the embedding serves as a signal here."""
        return self._phrasings.has_meaning

    @property
    def phrasings(self) -> Phrasings:
        """The phrasings of all provinces. Their texts come first in `texts`."""
        return self._phrasings

    @property
    def texts(self) -> list[str]:
        """Every text whose vector is compared with that of a question, each once."""
        said = [text for found in self._entries.values() for one in found for text in (one.title, meant_text(one))]
        return list(dict.fromkeys((*self._phrasings.texts, *said)))

    @property
    def searches(self) -> dict[str, Search]:
        """The index of each province by the province's id, for training."""
        return {name: self._resolvers[name, ""].search for name in self.library.provinces}

    @property
    def vectors(self) -> VectorStore:
        """The vectors in use."""
        return self._vectors

    def complete(self) -> None:
        """Build what waits, and let go of the release before."""
        for province in self.library.layers():
            self.resolver(province)
        self._before = None

    def resolver(self, province: ProvinceKnowledge) -> Resolver:
        """The resolver over one province's guides, with the layer of the city through which it is seen."""
        key = _key(province)
        if key not in self._resolvers:
            self._resolvers[key] = self._resolver_of(province)
        return self._resolvers[key]

    def _phrasings_of(self, entries: list[Entry]) -> Phrasings:
        found = Phrasings.grouped(entries)
        same = self._before is not None and self._before._phrasings.of_matter == found
        return self._before._phrasings if self._before and same else Phrasings(found, self._vectors)

    def _resolver_of(self, province: ProvinceKnowledge) -> Resolver:
        key, before = _key(province), self._before
        entries = self._entries[key]
        known = before._resolvers.get(key) if before and before._phrasings is self._phrasings else None
        if known and before and before._entries[key] == entries:
            # The index is about the same entries; what is said for them comes from the new release.
            return Resolver(province, self.library, self.vocabulary, known.search)
        return Resolver(province, self.library, self.vocabulary, Search(entries, self._phrasings, self._vectors))


def _key(province: ProvinceKnowledge) -> tuple[str, str]:
    return province.id, province.city.id if province.city else ""
