"""The entries to which a question may belong: by meaning with their chance, or by words that an editor looks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.inbox.phrasing import CAN_BE_ASKED, NoPlace, place_of
from knowledge.entries import Entry
from knowledge.entry_kinds import EntryName
from knowledge.library import ProvinceKnowledge
from knowledge.reference import Reference

MOST = 6
LOOKED_AT = 16
MOST_FOUND = 20


@dataclass(frozen=True)
class Near:
    """An answerable thing. percent: of all likelihood that falls to it; none when it was looked for by words."""

    id: str
    title: str
    text: str
    name: EntryName
    percent: int | None = None


def nearest(question: str, province: ProvinceKnowledge, knowledge: Reference) -> list[Near]:
    """Those that can take it as a phrasing, the likeliest first. Takes as long as a search, and a meaning."""
    found = knowledge.resolver(province).near(question, LOOKED_AT)
    listed = [_as_near(hit.entry, province, round(100 * hit.share)) for hit in found.hits]
    return [one for one in listed if one][:MOST]


def by_words(words: str, province: ProvinceKnowledge, knowledge: Reference) -> Sequence[Near]:
    """Those whose title, text or phrasings have all these words, a title counts more; then those that are near."""
    terms = words.casefold().split()
    if not terms:
        return []
    fitting = []
    for entry in knowledge.resolver(province).search.entries:
        said = "\n".join((entry.title, entry.text, *entry.phrasings)).casefold()
        if all(term in said for term in terms):
            fitting.append((not all(term in entry.title.casefold() for term in terms), entry))
    ordered = [entry for _, entry in sorted(fitting, key=lambda pair: pair[0])]
    literal = [one for one in (_as_near(entry, province, None) for entry in ordered) if one]
    known = {one.id for one in literal}
    return [*literal, *(one for one in nearest(words, province, knowledge) if one.id not in known)][:MOST_FOUND]


def _as_near(entry: Entry, province: ProvinceKnowledge, percent: int | None) -> Near | None:
    if entry.kind not in CAN_BE_ASKED:
        return None
    try:
        name, _ = place_of(province, entry.id)
    except NoPlace:
        return None
    return Near(entry.id, entry.title, entry.text, name, percent)
