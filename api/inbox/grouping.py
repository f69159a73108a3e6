"""Brings a question to the group of those that mean the same, or makes it the first of a new one.

Groups are never joined, split or moved, so that what an editor saw yesterday stands there today. Measured on 1,110
callers' questions of five provinces, of which few mean the same: `python -m tests.bench.question_groups`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

import numpy as np

from knowledge.embedding import DIMENSIONS, Vectors

ALIKE = 0.7
"""From this likeness of meaning on two questions are of one group."""
ALIKE_BESIDE = 0.4
"""From this one on, when both come nearest to the same entry."""
SCALE = 127.0
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Meant:
    """A question as it is compared. meaning: none where there is no embedding. nearest: knowledge id, or none."""

    words: bytes
    meaning: Vectors | None
    nearest: str | None


@dataclass
class Groups:
    """The first questions of all groups of a province, by the groups' ids."""

    ids: list[int] = field(default_factory=list)
    _by_words: dict[bytes, int] = field(default_factory=dict)
    _nearest: list[str | None] = field(default_factory=list)
    _rows: int = 0
    _matrix: Vectors = field(default_factory=lambda: np.zeros((64, DIMENSIONS), np.float32))

    def add(self, number: int, first: Meant) -> None:
        """One more group."""
        self._by_words.setdefault(first.words, number)
        if first.meaning is None:
            return
        if self._rows == len(self._matrix):
            self._matrix = np.vstack([self._matrix, np.zeros_like(self._matrix)])
        self._matrix[self._rows] = first.meaning
        self._rows += 1
        self.ids.append(number)
        self._nearest.append(first.nearest)

    def of(self, asked: Meant) -> int | None:
        """The group to which a question belongs; none when it is the first of its kind."""
        if asked.words in self._by_words:
            return self._by_words[asked.words]
        if asked.meaning is None or not self._rows:
            return None
        likeness = self._matrix[: self._rows] @ asked.meaning
        if asked.nearest is not None:
            same = np.fromiter((one == asked.nearest for one in self._nearest), bool, self._rows)
            likeness = likeness + same * (ALIKE - ALIKE_BESIDE)
        best = int(likeness.argmax())
        return self.ids[best] if likeness[best] >= ALIKE else None


def words_of(text: str) -> bytes:
    """A digest of a question's words, whatever stands between them."""
    return hashlib.sha256(_NO_WORD.sub("", text).casefold().encode()).digest()[:16]


def packed(meaning: Vectors | None) -> bytes | None:
    """A vector as it is kept, a byte a number."""
    if meaning is None:
        return None
    small = np.round(meaning / np.abs(meaning).max() * SCALE).astype(np.int8)
    return bytes(small.tobytes())


def unpacked(kept: bytes | None) -> Vectors | None:
    """The unit vector again."""
    if kept is None:
        return None
    found = np.frombuffer(kept, np.int8).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found), np.float32)
