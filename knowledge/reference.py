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
        """previous: another release. Of provinces whose entries are the same, its indexes serve this one too.

        The layers of cities wait until somebody asks for them, or for `complete`.
        """
        self.library = library
        self._before = previous if previous and same_words(previous.library, library) else None
        self.vocabulary: Vocabulary = self._before.vocabulary if self._before else Vocabulary(library)
        self._resolvers = {_key(one): self._resolver_of(one) for one in library.provinces.values()}

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

    def _resolver_of(self, province: ProvinceKnowledge) -> Resolver:
        before = self._before
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
