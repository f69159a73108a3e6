"""All ways of asking that are kept with entries, of all provinces, as one index: how alike a question is to each.

「户口要几天」 means the same in every province, so an entry is also found by what others keep for the same thing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import rjieba
from numpy.typing import NDArray

from knowledge.embedding import NoEmbedding, Vectors
from knowledge.entries import Entry
from knowledge.vectors import VectorStore
from knowledge.vocabulary import fold

UNKNOWN = 2.0
"""The rarity of a token that no phrasing has: words of other matters make a question less like any phrasing."""
EMPTY_CHARACTERS = frozenset("的了吗呢啊吧呀我您你是会不能要有没可以得还都就在到")
"""Pairs of nothing but these (会不, 要不, 有没) are rare enough to count, and say nothing."""
_EMPTY_WORDS = frozenset("的了吗呢啊吧呀我您你是") | {"我们", "你们", "请问", "一下", "那个", "这个", "就是", "然后"}

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Alikeness:
    """A question against all phrasings. words, meaning: one number a phrasing; matters: one a matter (`local_id`).

    meaning is None where there is no embedding. vector: that of the question, shape (96,).
    """

    words: Numbers
    matters: Numbers
    meaning: Numbers | None
    vector: Vectors | None


class Phrasings:
    """The index over the phrasings of all provinces. Built once a release; asking it changes nothing."""

    def __init__(self, of_matter: dict[str, dict[str, None]], vectors: VectorStore) -> None:
        """of_matter: what `grouped` made of the entries."""
        self._vectors = vectors
        self.of_matter = of_matter
        self.matters = {name: number for number, name in enumerate(self.of_matter)}
        self.texts = list(dict.fromkeys(said for all_said in self.of_matter.values() for said in all_said))
        self.place_of = {said: place for place, said in enumerate(self.texts)}
        self._index_words()
        self._index_matters()
        try:
            self._meaning: Vectors | None = vectors.of(self.texts)
        except NoEmbedding:
            self._meaning = None

    @staticmethod
    def grouped(entries: Iterable[Entry]) -> dict[str, dict[str, None]]:
        """The phrasings of all provinces by the matter that they ask for (`local_id`), each once."""
        found: dict[str, dict[str, None]] = {}
        for entry in entries:
            found.setdefault(local_id(entry.id), {}).update(dict.fromkeys(entry.phrasings or (entry.title,)))
        return found

    def places(self, texts: Iterable[str]) -> list[int]:
        """Where these phrasings stand in the index."""
        return [self.place_of[said] for said in texts]

    def alikeness(self, question: str, without: str | None = None) -> Alikeness:
        """Compare a question with all. without: a phrasing left out, for training on the phrasings themselves."""
        asked = tokens(question)
        words, vector = self._alike_in_words(asked), None
        if self.has_meaning:
            vector = self._vectors.of([question])[0] if without else self._vectors.of_question(question)
        meaning = None
        if vector is not None and self._meaning is not None:
            meaning = (self._meaning @ vector).astype(np.float64)
        if without is not None:
            place = self.place_of[without]
            words[place] = 0.0
            if meaning is not None:
                meaning[place] = NOTHING_ALIKE
        return Alikeness(words, self._share_of_matters(asked, without), meaning, vector)

    @property
    def has_meaning(self) -> bool:
        """Whether the phrasings have vectors here."""
        return self._meaning is not None

    def holds(self, word: str) -> bool:
        """Whether any phrasing has that word."""
        return word in self._holders

    def _index_words(self) -> None:
        found = [tokens(said) for said in self.texts]
        spread = Counter(token for one in found for token in one)
        self._rarity = {token: math.log(1 + len(found) / (1 + count)) for token, count in spread.items()}
        holders: dict[str, list[int]] = {}
        for place, one in enumerate(found):
            for token in one:
                holders.setdefault(token, []).append(place)
        self._holders: dict[str, Places] = {token: np.array(places, np.intp) for token, places in holders.items()}
        self._weights = np.array([self._weight(one) for one in found])

    def _index_matters(self) -> None:
        """How many phrasings of each matter hold a token."""
        self._counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._said = list(self.of_matter.values())
        self._sizes = np.array([len(said) for said in self._said], np.float64)
        for number, all_said in enumerate(self._said):
            for said in all_said:
                for token in tokens(said):
                    self._counts[token][number] += 1
        self._matter_rarity = {
            token: math.log(1 + len(self.matters) / (0.5 + len(held))) for token, held in self._counts.items()
        }

    def _alike_in_words(self, asked: frozenset[str]) -> Numbers:
        """Dice over rare tokens of the question with each phrasing, 0 to 1."""
        shared = np.zeros(len(self.texts))
        for token in asked:
            if token in self._holders:
                shared[self._holders[token]] += self._rarity[token]
        return np.asarray(2 * shared / (self._weight(asked) + self._weights))

    def _share_of_matters(self, asked: frozenset[str], without: str | None) -> Numbers:
        """How much of the question's rare tokens stand in a matter's phrasings, and in how many of them, 0 to 1."""
        found = np.zeros(len(self.matters))
        left_out = tokens(without) if without else frozenset()
        for token in asked & self._counts.keys():
            for number, count in self._counts[token].items():
                if token in left_out and without in self._said[number]:
                    count -= 1
                found[number] += self._matter_rarity[token] * math.log1p(count)
        whole = sum(self._matter_rarity.get(token, 2 * UNKNOWN) for token in asked) or 1.0
        return np.asarray(found / np.log1p(self._sizes) / whole)

    def _weight(self, found: Iterable[str]) -> float:
        return sum(self._rarity.get(token, UNKNOWN) for token in found) or 1.0


NOTHING_ALIKE = -0.2
"""Where there is no phrasing to compare with: as far off as texts of this kind ever are."""


def local_id(entry_id: str) -> str:
    """A knowledge id without its province: item.household_registration.time_limit."""
    return entry_id.split(".", 1)[1]


@lru_cache(maxsize=100_000)
def tokens(text: str) -> frozenset[str]:
    """Words and pairs of neighbouring characters: words carry the meaning, pairs survive slips of the cutter."""
    folded = "".join(character for character in fold(text) if character.isalnum())
    words = [word for word in rjieba.cut(folded) if word not in _EMPTY_WORDS]
    pairs = [folded[start : start + 2] for start in range(len(folded) - 1)]
    pairs = [pair for pair in pairs if not set(pair) <= EMPTY_CHARACTERS]
    return frozenset([*words, *pairs])
