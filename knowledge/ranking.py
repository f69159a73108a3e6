"""How the signals are added up, and how sure the best entry is: the numbers of `ranking.json`, trained and not set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.signals import Signals
from knowledge.word_index import Numbers, Places

RANKING = Path(__file__).with_name("ranking.json")


@dataclass(frozen=True)
class Ranked:
    """The entries of a province in their order for one question. order: their rows, best first; shares: the part of
    all likelihood that falls to each, by row; chance: that the best is what was asked for, 0 to 1."""

    order: Places
    shares: Numbers
    chance: float


@dataclass(frozen=True)
class Weighing:
    """What each signal counts, by name, and the numbers of the chance."""

    weights: dict[str, float]
    certainty: tuple[float, ...]

    def ranked(self, found: Signals, is_known: bool) -> Ranked:
        """Order the entries."""
        logits = self.logits(found)
        shares = softmax(logits)
        order = np.argsort(-logits, kind="stable")
        features = chance_features(logits, found, is_known)
        return Ranked(order, shares, float(1 / (1 + np.exp(-(features @ np.array(self.certainty))))))

    def logits(self, found: Signals) -> Numbers:
        """One number an entry; the highest is the best."""
        return np.asarray(found.matrix @ np.array([self.weights[name] for name in found.names]))

    def parts(self, found: Signals, row: int) -> dict[str, float]:
        """What each signal adds for an entry, for whoever asks why."""
        values = zip(found.names, found.matrix[row], strict=True)
        return {name: round(float(value) * self.weights[name], 3) for name, value in values if value}


@dataclass(frozen=True)
class Ranking:
    """Both weighings: with the signals of meaning, and by words alone where there is no embedding."""

    with_meaning: Weighing
    by_words: Weighing

    def weighing(self, found: Signals) -> Weighing:
        """The one that fits the signals."""
        return self.with_meaning if found.has_meaning else self.by_words

    def as_data(self) -> dict[str, Any]:
        """Plain numbers for the file."""
        return {name: _plain(weighing) for name, weighing in vars(self).items()}


@cache
def load_ranking(path: Path = RANKING) -> Ranking:
    """The trained numbers."""
    data = json.loads(path.read_text("utf-8"))
    return Ranking(**{name: Weighing(one["weights"], tuple(one["certainty"])) for name, one in data.items()})


def chance_features(logits: Numbers, found: Signals, is_known: bool) -> Numbers:
    """What the chance is read from: the share of the best, its likeness in words and meaning, whether all words are
    known, its height."""
    order = np.argsort(-logits, kind="stable")
    best = order[0]
    shares = softmax(logits)
    meaning = found.matrix[best, found.names.index("pooled_meaning")] if found.has_meaning else 0.0
    return np.array([1.0, shares[best], found.likeness[best], meaning, float(is_known), logits[best] / 10])


def softmax(logits: Numbers) -> Numbers:
    """Shares that add up to one."""
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())


def _plain(weighing: Weighing) -> dict[str, Any]:
    weights = {name: round(value, 3) for name, value in weighing.weights.items()}
    return {"weights": weights, "certainty": [round(value, 3) for value in weighing.certainty]}
