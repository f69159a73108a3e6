"""Vectors of questions that were asked before: computing one takes far longer than all the rest of an answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

import numpy as np

from knowledge.embedding import Embedder, Vectors
from knowledge.vectors import key_of

MOST_KEPT = 20_000
"""Vectors of 96 numbers: 8 MB."""


class KeptVectors(Embedder):
    """Embeds as always, and keeps what single texts came to. Only in memory, because the texts are people's."""

    def __init__(
        self, known: Mapping[str, Vectors] | None = None, stored: Mapping[bytes, Vectors] | None = None
    ) -> None:
        """known: by text; stored: by the key of the text."""
        self._known: dict[str, Vectors] = dict(known or {})
        self._stored = stored or {}
        self.new: dict[str, Vectors] = {}
        """What was computed here, for others to keep."""
        self.used: dict[bytes, Vectors] = {}
        """All that was asked for, by the key of the text."""

    def embed(self, texts: list[str]) -> Vectors:
        """One row a text. Raises NoEmbedding."""
        if len(texts) != 1:
            return super().embed(texts)
        [text] = texts
        found = self._known.get(text)
        if found is None:
            found = self._stored.get(key_of(text))
        if found is None:
            found = self.new[text] = self._known[text] = super().embed(texts)[0]
        self.used[key_of(text)] = found
        return np.asarray(found, np.float32).reshape(1, -1)


class VectorShelf:
    """What one process of the app keeps of all looks."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    def of(self, texts: list[str]) -> dict[str, Vectors]:
        """Those that are known of these texts."""
        return {text: self._kept[text] for text in texts if text in self._kept}

    def keep(self, new: Mapping[str, Vectors]) -> None:
        """Keeps them; the oldest go."""
        self._kept |= new
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
