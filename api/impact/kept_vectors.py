"""Vectors of questions that were asked before: computing one takes far longer than all the rest of an answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.embedding import Embedder, Vectors
from knowledge.vectors import key_of

MOST_KEPT = 20_000
"""Vectors of 96 numbers: 8 MB."""
Kept = dict[bytes, Vectors]
"""Vectors by the key of their text, because the texts are people's."""


class KeptVectors(Embedder):
    """Embeds as always, and keeps what single texts came to."""

    def __init__(self, known: Kept) -> None:
        self._known = dict(known)
        self.new: Kept = {}
        """What was computed here, for others to keep."""
        self.used: Kept = {}
        """All that was asked for."""

    def embed(self, texts: list[str]) -> Vectors:
        """One row a text. Raises NoEmbedding."""
        if len(texts) != 1:
            return super().embed(texts)
        key = key_of(texts[0])
        if key not in self._known:
            self.new[key] = self._known[key] = super().embed(texts)[0]
        self.used[key] = self._known[key]
        return np.asarray(self.used[key], np.float32).reshape(1, -1)


class VectorShelf:
    """What one process of the app keeps of all looks, in memory alone."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Vectors] = OrderedDict()

    def of(self, texts: Sequence[str]) -> Kept:
        """Those that are known of these texts."""
        keys = map(key_of, texts)
        return {key: self._kept[key] for key in keys if key in self._kept}

    def keep(self, new: Mapping[bytes, Vectors]) -> None:
        """Keeps them; the oldest go."""
        self._kept |= new
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
