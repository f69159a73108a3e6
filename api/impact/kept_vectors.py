"""Vectors of questions that were asked before: computing one takes far longer than all the rest of an answer."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from knowledge.embedding import Embedder, Vectors

MOST_KEPT = 20_000
"""Vectors of 96 numbers: 8 MB."""


class KeptVectors(Embedder):
    """Embeds as always, and keeps what single texts came to. Only in memory, because the texts are people's."""

    def __init__(self, known: dict[str, Vectors] | None = None) -> None:
        self._known: OrderedDict[str, Vectors] = OrderedDict(known or {})
        self.new: dict[str, Vectors] = {}
        """What was computed here, for others to keep."""

    def embed(self, texts: list[str]) -> Vectors:
        """One row a text. Raises NoEmbedding."""
        if len(texts) != 1:
            return super().embed(texts)
        [text] = texts
        if text not in self._known:
            self.new[text] = self._known[text] = super().embed(texts)[0]
        return np.asarray(self._known[text]).reshape(1, -1)


class VectorShelf:
    """What one process of the app keeps of all looks."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    def of(self, texts: list[str]) -> dict[str, Vectors]:
        """Those that are known of these texts."""
        return {text: self._kept[text] for text in texts if text in self._kept}

    def keep(self, new: dict[str, Vectors]) -> None:
        """Keeps them; the oldest go."""
        self._kept |= new
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
