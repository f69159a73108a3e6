"""Trains how much each signal counts, and how sure the best entry is. Written to `knowledge/ranking.json`.

Two kinds of examples: questions of callers with the entries that answer them, and the phrasings themselves, each asked
while it is left out of the comparison. For the certainty, questions that no entry answers count as well.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.ranking import RANKING, Ranking, Weighing, chance_features
from knowledge.search import Search
from knowledge.signals import MEANING, WORDS, Signals
from knowledge.vocabulary import Vocabulary
from knowledge.word_index import Numbers

PHRASINGS_OF_A_PROVINCE = 200
WEIGHT_OF_A_PHRASING = 0.15
"""Against 1 for a caller's question: phrasings are many, and more alike than callers are."""
WEIGHT_WITHOUT_ANSWER = 0.05
"""Of a phrasing whose own entry is taken away: nothing right is left, and the best of the rest is to look so."""
STEPS = 300
PACE = 0.05
SPEAKS_FOR = frozenset({"own_words", "pooled_words", "matter_words", "text", "paper", "item", "aspect", *MEANING})
"""Signals that never count against an entry: that its side is named speaks for it, however many questions name one in
passing."""
PENALTY = 0.02
PENALTY_OF_CHANCE = 0.003


@dataclass(frozen=True)
class Case:
    """A caller's question with the ids of the entries that answer it; none when no entry does.

    honest: for a question that the guide does not answer, the ids of the entries that say so.
    """

    province: str
    question: str
    right: frozenset[str]
    honest: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Example:
    found: Signals
    right: tuple[int, ...]
    weight: float
    is_known: bool
    honest: tuple[int, ...] = ()


def train(searches: Mapping[str, Search], vocabulary: Vocabulary, cases: Iterable[Case], seed: int = 1) -> Ranking:
    """Both weighings: with meaning and, for machines without the embedding, by words alone."""
    examples = [_of_case(searches[one.province], vocabulary, one) for one in cases]
    for search in searches.values():
        sample = random.Random(seed)  # noqa: S311, a fixed sample is wanted
        examples += _of_phrasings(search, vocabulary, sample)
    return Ranking(_weighing(examples), _weighing([_by_words(one) for one in examples]))


def write(ranking: Ranking, path: Path = RANKING) -> None:
    """The trained numbers, rounded so that a new training shows what it changed."""
    path.write_text(json.dumps(ranking.as_data(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _of_case(search: Search, vocabulary: Vocabulary, case: Case) -> _Example:
    rows = {entry.id: row for row, entry in enumerate(search.entries)}
    found = search.comparison.signals(case.question, vocabulary.find(case.question))
    right = tuple(sorted(rows[one] for one in case.right))
    honest = tuple(sorted(rows[one] for one in case.honest))
    return _Example(found, right, 1.0, search.comparison.knows(case.question), honest)


def _of_phrasings(search: Search, vocabulary: Vocabulary, chance: random.Random) -> Iterator[_Example]:
    holders: dict[str, set[int]] = {}
    for row, entry in enumerate(search.entries):
        for said in entry.phrasings:
            holders.setdefault(said, set()).add(row)
    for said in chance.sample(list(holders), min(PHRASINGS_OF_A_PROVINCE, len(holders))):
        found = search.comparison.signals(said, vocabulary.find(said), without=said)
        right = tuple(sorted(holders[said]))
        yield _Example(found, right, WEIGHT_OF_A_PHRASING, True)
        rest = np.delete(np.arange(len(search.entries)), right)
        yield _Example(Signals(found.matrix[rest], found.likeness[rest]), (), WEIGHT_WITHOUT_ANSWER, True)


def _by_words(example: _Example) -> _Example:
    words = Signals(example.found.matrix[:, : len(WORDS)], example.found.likeness)
    return _Example(words, example.right, example.weight, example.is_known, example.honest)


def _weighing(examples: Sequence[_Example]) -> Weighing:
    """Weights by softmax over the entries of a question, then the chance that the best one is right."""
    answered = [one for one in examples if one.right]
    spread = np.mean([one.found.matrix.std(axis=0) for one in answered], axis=0) + 1e-3
    rows = np.vstack([one.found.matrix for one in answered]) / spread
    sizes = np.array([len(one.found.matrix) for one in answered])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    right = np.zeros(len(rows), bool)
    for start, one in zip(starts, answered, strict=True):
        right[start + np.array(one.right)] = True
    counts = np.repeat([one.weight for one in answered], sizes) / sum(one.weight for one in answered)

    def slope(weights: Numbers) -> Numbers:
        logits = rows @ weights
        powers = np.exp(logits - np.repeat(np.maximum.reduceat(logits, starts), sizes))
        shares = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
        own = shares * right
        own /= np.repeat(np.add.reduceat(own, starts), sizes) + 1e-30
        return np.asarray(rows.T @ ((shares - own) * counts) + PENALTY * weights)

    names = answered[0].found.names
    least = np.array([0.0 if name in SPEAKS_FOR else -np.inf for name in names])
    weights = _fit(rows.shape[1], slope, least=least) / spread
    weighing = Weighing(dict(zip(names, map(float, weights), strict=True)), ())
    return Weighing(weighing.weights, _certainty(weighing, examples))


def _certainty(weighing: Weighing, examples: Sequence[_Example]) -> tuple[float, ...]:
    """Logistic: whether the best entry is right, or says honestly that the guide does not answer."""
    features, wanted, counts = [], [], []
    for one in examples:
        logits = weighing.logits(one.found)
        features.append(chance_features(logits, one.found, one.is_known))
        wanted.append(float(int(np.argmax(logits)) in (one.right or one.honest)))
        counts.append(one.weight)
    matrix, target, weight = np.array(features), np.array(wanted), np.array(counts) / sum(counts)

    def slope(guess: Numbers) -> Numbers:
        told = 1 / (1 + np.exp(-(matrix @ guess)))
        return np.asarray(matrix.T @ ((told - target) * weight) + PENALTY_OF_CHANCE * guess)

    return tuple(map(float, _fit(matrix.shape[1], slope, steps=4 * STEPS)))


def _fit(
    size: int, slope: Callable[[Numbers], Numbers], steps: int = STEPS, least: Numbers | float = -np.inf
) -> Numbers:
    """Adam from zero. least: what each number may not fall below."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        found = slope(weights)
        mean = 0.9 * mean + 0.1 * found
        square = 0.999 * square + 0.001 * found * found
        weights = weights - PACE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights, least)
    return weights
