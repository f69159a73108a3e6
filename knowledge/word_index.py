"""The words of many short texts as one index: how many rare words a question shares with each, and with groups of them.

Everything that can be is reckoned when the index is built, in arrays: a country has half a million phrasings.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import rjieba
from numpy.typing import NDArray

from knowledge.vocabulary import fold

UNKNOWN = 2.0
"""The rarity of a token that no text has: words of other matters make a question less like any text."""
EMPTY_CHARACTERS = frozenset("的了吗呢啊吧呀我您你是会不能要有没可以得还都就在到")
"""Pairs of nothing but these (会不, 要不, 有没) are rare enough to count, and say nothing."""
_EMPTY_WORDS = frozenset("的了吗呢啊吧呀我您你是") | {"我们", "你们", "请问", "一下", "那个", "这个", "就是", "然后"}

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


class Groups:
    """Places of texts in groups, none of them empty; a place may stand in several."""

    def __init__(self, groups: Sequence[Sequence[int]]) -> None:
        self.sizes = np.array([len(group) for group in groups], np.intp)
        self.places = np.array([place for group in groups for place in group], np.intp)
        self._starts = np.concatenate(([0], np.cumsum(self.sizes)[:-1])).astype(np.intp)

    def highest(self, values: Numbers) -> Numbers:
        """The highest value of each group. values: one number a text."""
        return np.asarray(np.maximum.reduceat(values[self.places], self._starts), np.float64)

    def of(self, place: int) -> Places:
        """The groups in which a place stands."""
        return np.asarray(np.repeat(np.arange(len(self.sizes)), self.sizes)[self.places == place])


class WordIndex:
    """Which texts hold which token, and how rare each token is. numbers: the tokens, numbered."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.numbers: dict[str, int] = {}
        flat, sizes = array("q"), np.zeros(len(texts), np.intp)
        for place, text in enumerate(texts):
            found = tokens(text)
            sizes[place] = len(found)
            flat.extend([self.numbers.setdefault(token, len(self.numbers)) for token in found])
        self.held = np.frombuffer(flat, np.int64)
        """The tokens of all texts, one text after the other."""
        self.sizes = sizes
        self.starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp)
        spread = np.bincount(self.held, minlength=len(self.numbers))
        self._rarity = np.array([math.log(1 + len(texts) / (1 + count)) for count in spread.tolist()])
        of_text = np.repeat(np.arange(len(texts)), sizes)
        self._holders = np.split(of_text[np.argsort(self.held, kind="stable")], np.cumsum(spread)[:-1])
        weights = np.bincount(of_text, self._rarity[self.held], len(texts))
        self._weights = np.where(weights == 0.0, 1.0, weights)

    def alike(self, asked: frozenset[str]) -> Numbers:
        """Dice over rare tokens of the question with each text, 0 to 1."""
        known = [self.numbers[token] for token in asked if token in self.numbers]
        shared = np.zeros(len(self.sizes))
        for number in known:
            shared[self._holders[number]] += self._rarity[number]
        weight = float(self._rarity[known].sum()) + UNKNOWN * (len(asked) - len(known))
        return np.asarray(2 * shared / ((weight or 1.0) + self._weights))


class MatterWords:
    """How many texts of each group hold a token."""

    def __init__(self, words: WordIndex, groups: Groups) -> None:
        self._words, self._groups = words, groups
        sizes = words.sizes[groups.places]
        first = np.cumsum(sizes) - sizes
        tokens_at = np.repeat(words.starts[groups.places] - first, sizes) + np.arange(sizes.sum())
        group = np.repeat(np.repeat(np.arange(len(groups.sizes)), groups.sizes), sizes)
        pairs, counts = np.unique(words.held[tokens_at] * len(groups.sizes) + group, return_counts=True)
        token, self._group = np.divmod(pairs, len(groups.sizes))
        self._counts = counts.astype(np.float64)
        spread = np.bincount(token, minlength=len(words.numbers))
        self._ends = np.cumsum(spread)
        self._starts = self._ends - spread
        self._rarity = np.array([math.log(1 + len(groups.sizes) / (0.5 + count)) for count in spread.tolist()])
        self._most = np.log1p(groups.sizes.astype(np.float64))

    def share(self, asked: Iterable[str], left_out: int | None = None) -> Numbers:
        """How much of the question's rare tokens stand in a group's texts, and in how many of them, 0 to 1.

        left_out: the place of a text that does not count.
        """
        found, whole = np.zeros(len(self._most)), 0.0
        less = self._without(left_out)
        for token in asked:
            number = self._words.numbers.get(token)
            if number is None:
                whole += 2 * UNKNOWN
                continue
            whole += self._rarity[number]
            own = slice(self._starts[number], self._ends[number])
            counts = self._counts[own]
            if number in less:
                counts = counts - np.isin(self._group[own], less[number])
            found[self._group[own]] += self._rarity[number] * np.log1p(counts)
        return np.asarray(found / self._most / (whole or 1.0))

    def _without(self, left_out: int | None) -> dict[int, Places]:
        """For each token of a text the groups that have one text less with it."""
        if left_out is None:
            return {}
        start = self._words.starts[left_out]
        held = self._words.held[start : start + self._words.sizes[left_out]]
        return dict.fromkeys(held.tolist(), self._groups.of(left_out))


@lru_cache(maxsize=100_000)
def tokens(text: str) -> frozenset[str]:
    """Words and pairs of neighbouring characters: words carry the meaning, pairs survive slips of the cutter."""
    folded = "".join(character for character in fold(text) if character.isalnum())
    words = [word for word in rjieba.cut(folded) if word not in _EMPTY_WORDS]
    pairs = [folded[start : start + 2] for start in range(len(folded) - 1)]
    pairs = [pair for pair in pairs if not set(pair) <= EMPTY_CHARACTERS]
    return frozenset([*words, *pairs])
