"""Ranks what a province's guide can answer for a question in everyday words.

`search` never decides that something is true, only what is looked at first and how sure that is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.entries import Entry, entries_of
from knowledge.library import Library, ProvinceKnowledge
from knowledge.local_day import local_today
from knowledge.phrasings import Phrasings
from knowledge.ranking import Ranking, load_ranking
from knowledge.signals import Comparison
from knowledge.vectors import VectorStore
from knowledge.vocabulary import Mention, Vocabulary


@dataclass(frozen=True)
class Hit:
    """An entry that fits a question. share: the part of all likelihood that falls to it, 0 to 1; likeness: how much
    the question is like one of its phrasings in words; parts: what each signal adds."""

    entry: Entry
    share: float
    likeness: float
    parts: dict[str, float]


@dataclass(frozen=True)
class Found:
    """The entries that fit a question best, best first. chance: that the first is what was asked for, 0 to 1;
    by_meaning: false where words alone were compared."""

    hits: tuple[Hit, ...]
    chance: float
    by_meaning: bool = False

    @property
    def best(self) -> Hit | None:
        """The first."""
        return self.hits[0] if self.hits else None


NOTHING = Found((), 0.0)


class Search:
    """The index over one province. Built once a release; asking it changes nothing."""

    def __init__(
        self,
        entries: Sequence[Entry],
        phrasings: Phrasings,
        vectors: VectorStore,
        ranking: Ranking | None = None,
        today: Callable[[], date] = local_today,
    ) -> None:
        """today: the local date, because topics are said within their dates only."""
        self.entries = entries
        self._today = today
        begun = today()
        self._dated = [row for row, one in enumerate(entries) if not _is_always_said(one, begun)]
        self.comparison = Comparison(entries, phrasings, vectors)
        self._ranking = ranking or load_ranking()

    def knows(self, question: str) -> bool:
        """Whether every word of the question stands somewhere in the data."""
        return self.comparison.knows(question)

    def says(self, entry: Entry) -> bool:
        """Whether an entry is said today."""
        if entry.dates is None:
            return True
        first, last = entry.dates
        return first <= self._today() and not (last and last < self._today())

    def rank(self, question: str, mentions: Sequence[Mention], limit: int = 8) -> Found:
        """The entries that fit a question best.

        mentions: what `Vocabulary.find` found in the question, or what a follow-up takes over from before.
        """
        if not any(character.isalnum() for character in question):
            return NOTHING
        signals = self.comparison.signals(question, mentions)
        weighing = self._ranking.weighing(signals)
        ranked = weighing.ranked(signals, self.comparison.knows(question))
        if not mentions and not signals.shows_anything(ranked.order[0]):
            return NOTHING
        silent = {row for row in self._dated if not self.says(self.entries[row])}
        order = [row for row in ranked.order if row not in silent] if silent else ranked.order
        if not len(order):
            return NOTHING
        is_first = order[0] == ranked.order[0]
        return Found(
            tuple(
                Hit(self.entries[row], float(ranked.shares[row]), float(signals.likeness[row]), parts)
                for row in order[:limit]
                for parts in [weighing.parts(signals, row)]
            ),
            ranked.chance if is_first else min(ranked.chance, float(ranked.shares[order[0]])),
            signals.has_meaning,
        )


def _is_always_said(entry: Entry, begun: date) -> bool:
    """Whether it is said today and on every day to come."""
    return entry.dates is None or (entry.dates[0] <= begun and entry.dates[1] is None)


def searched_entries(province: ProvinceKnowledge, library: Library, vocabulary: Vocabulary) -> list[Entry]:
    """The entries of a province with what they are about, as `Search` compares them."""
    return [_with_subjects(one, vocabulary) for one in entries_of(province, library)]


def _with_subjects(entry: Entry, vocabulary: Vocabulary) -> Entry:
    """A topic, gap or field is also about the items and papers that its title or most of its phrasings name."""
    if entry.kind not in ("topic", "gap", "field"):
        return entry
    named = Counter(
        (one.kind, one.id)
        for said in entry.phrasings
        for one in {(found.kind, found.id): found for found in vocabulary.find(said) if found.strength == 1.0}.values()
    )
    often = {key for key, count in named.items() if 2 * count >= len(entry.phrasings)}
    often |= {(one.kind, one.id) for one in vocabulary.find(entry.title) if one.strength == 1.0}
    items = tuple(sorted(name for kind, name in often if kind == "item" and name not in entry.items))
    papers = tuple(sorted(name for kind, name in often if kind == "paper" and name not in entry.papers))
    return replace(entry, items=(*entry.items, *items), papers=(*entry.papers, *papers))
