"""Vectors of all texts that questions are compared with, computed once and kept by the text's hash.

They stand beside the data in `knowledge/vectors/texts.npz`; `tuiyi knowledge embed` adds what is missing. A text that
an editor has just written gets its vector when it is first needed.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import DIMENSIONS, Embedder, Vectors

STORED = Path(__file__).parent / "vectors" / "texts.npz"
SCALE = 127.0
MOST_ASKED = 20_000
"""Vectors of questions that are kept, the newest: 8 MB."""


class VectorStore:
    """Vectors by text, as int8 on disk (96 bytes a text); those of questions by the text's key, in memory alone."""

    def __init__(self, known: dict[bytes, NDArray[np.int8]], embedder: Embedder) -> None:
        self._known = known
        self._embedder = embedder
        self._asked: OrderedDict[bytes, Vectors] = OrderedDict()

    @classmethod
    def load(cls, path: Path = STORED, embedder: Embedder | None = None) -> VectorStore:
        """What is stored; empty when the file is not there."""
        known: dict[bytes, NDArray[np.int8]] = {}
        if path.exists():
            with np.load(path) as stored:
                known = dict(zip((key.tobytes() for key in stored["keys"]), stored["vectors"], strict=True))
        return cls(known, embedder or Embedder())

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The texts that have no vector yet, each once."""
        return [text for text in dict.fromkeys(texts) if key_of(text) not in self._known]

    def of(self, texts: list[str]) -> Vectors:
        """Unit vectors of shape (texts, 96). Raises NoEmbedding when one is missing and cannot be computed."""
        self.add(self.missing(texts))
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        found = np.stack([self._known[key_of(text)] for text in texts]).astype(np.float32)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)

    def add(self, texts: list[str]) -> None:
        """Compute and keep. Raises NoEmbedding."""
        if not texts:
            return
        self.keep(texts, self._embedder.embed(texts))

    def keep(self, texts: list[str], vectors: Vectors) -> None:
        """Keep vectors that were computed elsewhere, of shape (texts, 96)."""
        largest = np.abs(vectors).max(axis=1, keepdims=True)
        small = np.round(vectors / largest * SCALE).astype(np.int8)
        self._known |= dict(zip(map(key_of, texts), small, strict=True))

    @property
    def can_embed(self) -> bool:
        """Whether there is an embedding here. Without one no question can be compared, whatever is stored."""
        return self._embedder.serves

    def of_question(self, text: str) -> Vectors | None:
        """The vector of a question, shape (96,); None where there is no embedding."""
        found = self._asked.get(key := key_of(text))
        if found is None and self.can_embed:
            found = np.asarray(self._embedder.embed([text])[0], np.float32)
            self.remember({key: found})
        return found

    def remembered(self, texts: Iterable[str]) -> dict[bytes, Vectors]:
        """Those of these questions that were asked, by the key of the text."""
        return {key: self._asked[key] for key in map(key_of, texts) if key in self._asked}

    def remember(self, asked: Mapping[bytes, Vectors]) -> None:
        """Keep vectors of questions that were computed elsewhere; the oldest go."""
        self._asked |= asked
        while len(self._asked) > MOST_ASKED:
            self._asked.popitem(last=False)

    def save(self, texts: Iterable[str], path: Path = STORED) -> None:
        """Write the vectors of these texts and no others, in the order of their hashes, so that files compare."""
        kept = sorted((key, self._known[key]) for key in {key_of(text) for text in texts})
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(key for key, _ in kept), np.uint8).reshape(-1, 8)
        written = path.with_name(f"new-{path.name}")
        np.savez_compressed(written, keys=keys, vectors=np.stack([vector for _, vector in kept]))
        written.replace(path)  # At once, because an app may be reading it.


def key_of(text: str) -> bytes:
    """The first eight bytes of the text's hash."""
    return hashlib.sha256(text.encode()).digest()[:8]
