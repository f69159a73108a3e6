"""The knowledge ready to be asked: the library with the indexes over it. Built once a release, then only read."""

from __future__ import annotations

from knowledge.library import Library, ProvinceKnowledge
from knowledge.resolve import Resolver
from knowledge.vocabulary import Vocabulary


class Reference:
    """A library, its vocabulary, and a resolver for each province."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.vocabulary = Vocabulary(library)
        self._resolvers = {
            province.id: Resolver(province, library, self.vocabulary) for province in library.provinces.values()
        }

    def resolver(self, province: ProvinceKnowledge) -> Resolver:
        """The resolver over one province's guides."""
        return self._resolvers[province.id]
