"""The knowledge ready to be asked: the library with the indexes over it. Built once a release, then only read."""

from __future__ import annotations

from copy import copy

from knowledge.entries import entries_of
from knowledge.library import Library, ProvinceKnowledge
from knowledge.resolve import Resolver
from knowledge.vocabulary import Vocabulary, same_words


class Reference:
    """A library, its vocabulary, and a resolver for each province."""

    def __init__(self, library: Library, previous: Reference | None = None) -> None:
        """previous: another release. Of provinces whose entries are the same, its indexes serve this one too."""
        self.library = library
        before = previous if previous and same_words(previous.library, library) else None
        self.vocabulary: Vocabulary = before.vocabulary if before else Vocabulary(library)
        self._resolvers = {_key(one): self._resolver_of(one, before) for one in library.layers()}

    def resolver(self, province: ProvinceKnowledge) -> Resolver:
        """The resolver over one province's guides, with the layer of the city through which it is seen."""
        return self._resolvers[_key(province)]

    def _resolver_of(self, province: ProvinceKnowledge, before: Reference | None) -> Resolver:
        known = before._resolvers.get(_key(province)) if before else None
        if known is None or before is None:
            return Resolver(province, self.library, self.vocabulary)
        if entries_of(province, self.library) != entries_of(known.province, before.library):
            return Resolver(province, self.library, self.vocabulary)
        # The index is about the same entries; what is said for them comes from the new release.
        taken_over = copy(known)
        taken_over.province, taken_over._library = province, self.library
        return taken_over


def _key(province: ProvinceKnowledge) -> tuple[str, str]:
    return province.id, province.city.id if province.city else ""
