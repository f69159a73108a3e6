"""Ranks what a province's guide can answer for a question in everyday words.

Three signals are added up: how much the question resembles a phrasing kept with an entry, whether it names what the
entry is about, and BM25 over what the entry says. The weights are one small table, chosen on the cases under
`tests/data/`; `search` never decides that something is true, only what is looked at first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import bm25s
import rjieba

from knowledge.entries import Entry, entries_of
from knowledge.library import Library, ProvinceKnowledge
from knowledge.vocabulary import Mention, Vocabulary, fold


@dataclass(frozen=True)
class Weights:
    """What each signal counts."""

    phrasing: float = 1.25
    paper: float = 0.55
    item: float = 0.55
    aspect: float = 0.33
    text: float = 0.26
    other_subject: float = -0.46
    other_aspect: float = -0.22
    unnamed_subject: float = -0.6


WEIGHTS = Weights()
UNKNOWN = 2.0
"""The rarity of a token that no phrasing has: words of other matters make a question less like any phrasing."""
CERTAIN = 1.1
"""From this score on an entry is what was asked for, if it is about the side that the question names."""
SURE = 0.65
"""From this score on an entry is taken as what was asked for."""
LIKELY = 0.38
"""From this score on an entry is taken when no other comes near it."""
NEAR = 0.3
"""From this score on an entry is worth offering as 「您是不是想问」."""


@dataclass(frozen=True)
class Hit:
    """An entry and how well it fits; scores compare within one question only, or with the marks above."""

    entry: Entry
    score: float
    likeness: float = 0.0
    """How much the question resembles a phrasing kept with the entry, 0 to 1."""


class Search:
    """The index over one province. Built once a release; asking it changes nothing."""

    def __init__(self, province: ProvinceKnowledge, library: Library, vocabulary: Vocabulary) -> None:
        self.entries = [_with_subjects(one, vocabulary) for one in entries_of(province, library)]
        phrasings = [(number, tokens(said)) for number, one in enumerate(self.entries) for said in one.phrasings]
        self._rarity = _rarity([found for _, found in phrasings])
        self._owners = [number for number, _ in phrasings]
        self._weights = [self._weight(found) for _, found in phrasings]
        self._holders: dict[str, list[tuple[int, int]]] = {}
        for place, (_, found) in enumerate(phrasings):
            for token, count in found.items():
                self._holders.setdefault(token, []).append((place, count))
        self._texts = bm25s.BM25()
        self._texts.index([list(tokens(f"{one.title}{one.text}")) for one in self.entries], show_progress=False)

    def knows(self, question: str) -> bool:
        """Whether every word of the question, of two characters or more, stands somewhere in the province's data.

        One that does not (疫苗, 火锅) makes it likely that the question is about another matter altogether.
        """
        words = [word for word in rjieba.cut(fold(question)) if len(word) > 1 and word.isalpha()]
        return all(word in self._rarity or word in self._texts.vocab_dict for word in words)

    def rank(self, question: str, mentions: list[Mention], limit: int = 8) -> list[Hit]:
        """The entries that fit a question best, best first.

        mentions: what `Vocabulary.find` found in the question, or what a follow-up takes over from before.
        """
        asked = tokens(question)
        if not asked:
            return []
        resembles = self._resemblance(asked)
        texts = self._text_scores(asked)
        hits = [
            Hit(entry, WEIGHTS.phrasing * alike + WEIGHTS.text * text + _subject(entry, mentions), alike)
            for entry, alike, text in zip(self.entries, resembles, texts, strict=True)
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def _resemblance(self, asked: Counter[str]) -> list[float]:
        """For each entry the best likeness (0 to 1) of the question to one of its phrasings: Dice over rare tokens."""
        shared: dict[int, float] = {}
        for token, count in asked.items():
            rarity = self._rarity.get(token, UNKNOWN)
            for place, there in self._holders.get(token, ()):
                shared[place] = shared.get(place, 0.0) + rarity * min(count, there)
        best = [0.0] * len(self.entries)
        own = self._weight(asked)
        for place, weight in shared.items():
            number = self._owners[place]
            best[number] = max(best[number], 2 * weight / (own + self._weights[place]))
        return best

    def _text_scores(self, asked: Counter[str]) -> list[float]:
        known = [token for token in asked if token in self._texts.vocab_dict]
        if not known:
            return [0.0] * len(self.entries)
        scores = self._texts.get_scores(known)
        highest = float(scores.max()) or 1.0
        return [float(score) / highest for score in scores]

    def _weight(self, found: Counter[str]) -> float:
        return sum(self._rarity.get(token, UNKNOWN) * count for token, count in found.items()) or 1.0


def tokens(text: str) -> Counter[str]:
    """Words and pairs of neighbouring characters: words carry the meaning, pairs survive slips of the cutter."""
    folded = "".join(character for character in fold(text) if character.isalnum())
    words = [word for word in rjieba.cut(folded) if word not in _EMPTY_WORDS]
    pairs = [folded[start : start + 2] for start in range(len(folded) - 1)]
    pairs = [pair for pair in pairs if not set(pair) <= EMPTY_CHARACTERS]
    return Counter([*words, *pairs])


EMPTY_CHARACTERS = frozenset("的了吗呢啊吧呀我您你是会不能要有没可以得还都就在到")
"""Pairs of nothing but these (会不, 要不, 有没) are rare enough to count, and say nothing."""
_EMPTY_WORDS = frozenset("的了吗呢啊吧呀我您你是") | {"我们", "你们", "请问", "一下", "那个", "这个", "就是", "然后"}


def _rarity(documents: Iterable[Counter[str]]) -> dict[str, float]:
    """Inverse document frequency: a token that every phrasing has says nothing."""
    documents = list(documents)
    spread = Counter(token for found in documents for token in found)
    return {token: math.log(1 + len(documents) / (1 + count)) for token, count in spread.items()}


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


def _subject(entry: Entry, mentions: list[Mention]) -> float:
    """What the named item, paper and aspect say for or against an entry."""
    score = 0.0
    papers = {one.id: one.strength for one in mentions if one.kind == "paper"}
    items = {one.id: one.strength for one in mentions if one.kind == "item"}
    aspects = {one.id: one.strength for one in mentions if one.kind == "aspect"}
    named_paper = max((papers.get(one, 0.0) for one in entry.papers), default=0.0)
    named_item = max((items.get(one, 0.0) for one in entry.items), default=0.0)
    score += WEIGHTS.paper * named_paper + WEIGHTS.item * named_item
    if (entry.papers or entry.items) and (papers or items) and not (named_paper or named_item):
        score += WEIGHTS.other_subject
    if entry.kind in ("aspect", "paper_obtain") and not (papers or items):
        score += WEIGHTS.unnamed_subject
    named_aspect = max((aspects.get(one, 0.0) for one in entry.aspects), default=0.0)
    score += WEIGHTS.aspect * named_aspect
    if entry.aspects and aspects and not named_aspect:
        score += WEIGHTS.other_aspect
    return score
