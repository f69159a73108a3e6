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
        self._resolvers = {_key(one): Resolver(one, library, self.vocabulary) for one in library.layers()}

    def resolver(self, province: ProvinceKnowledge) -> Resolver:
        """The resolver over one province's guides, with the layer of the city through which it is seen."""
        return self._resolvers[_key(province)]


def _key(province: ProvinceKnowledge) -> tuple[str, str]:
    return province.id, province.city.id if province.city else ""
