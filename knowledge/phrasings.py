"""All ways of asking that are kept with entries, of all provinces, as one index: how alike a question is to each.

「户口要几天」 means the same in every province, so an entry is also found by what others keep for the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.embedding import Vectors
from knowledge.entries import Entry
from knowledge.vectors import VectorStore
from knowledge.word_index import Groups, MatterWords, Numbers, WordIndex, tokens


@dataclass(frozen=True)
class Alikeness:
    """A question against all phrasings.

    words, meaning: one number a phrasing; best_words, best_meaning: the highest of each matter (`local_id`);
    matters: the words of each matter as a whole. meaning, best_meaning, vector: None where there is no embedding;
    vector is that of the question, shape (96,).
    """

    words: Numbers
    best_words: Numbers
    matters: Numbers
    meaning: Numbers | None
    best_meaning: Numbers | None
    vector: Vectors | None


class Phrasings:
    """The index over the phrasings of all provinces. Built once a release; asking it changes nothing."""

    def __init__(self, of_matter: dict[str, dict[str, None]], vectors: VectorStore) -> None:
        """of_matter: what `grouped` made of the entries."""
        self._vectors = vectors
        self.of_matter = of_matter
        self.matters = {name: number for number, name in enumerate(of_matter)}
        self.texts = list(dict.fromkeys(said for all_said in of_matter.values() for said in all_said))
        self.place_of = {said: place for place, said in enumerate(self.texts)}
        self._pools = Groups([self.places(all_said) for all_said in of_matter.values()])
        self._words = WordIndex(self.texts)
        self._matter_words = MatterWords(self._words, self._pools)
        self._meaning: Vectors | None = vectors.of(self.texts) if vectors.can_embed else None
        self._compared = lru_cache(KEPT_QUESTIONS)(self._compare)

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
        return self._compared(question) if without is None else self._compare(question, without)

    @property
    def has_meaning(self) -> bool:
        """Whether the phrasings have vectors here."""
        return self._meaning is not None

    def holds(self, word: str) -> bool:
        """Whether any phrasing has that word."""
        return word in self._words.numbers

    def _compare(self, question: str, without: str | None = None) -> Alikeness:
        asked = tokens(question)
        words, vector, meaning = self._words.alike(asked), None, None
        if self._meaning is not None:
            vector = self._vectors.of([question])[0] if without else self._vectors.of_question(question)
        if vector is not None and self._meaning is not None:
            meaning = (self._meaning @ vector).astype(np.float64)
        left_out = self.place_of[without] if without else None
        if left_out is not None:
            words[left_out] = 0.0
            if meaning is not None:
                meaning[left_out] = NOTHING_ALIKE
        return Alikeness(
            words,
            self._pools.highest(words),
            self._matter_words.share(asked, left_out),
            meaning,
            self._pools.highest(meaning) if meaning is not None else None,
            vector,
        )


KEPT_QUESTIONS = 8
"""One turn asks the same question several times: of each province, of each of its parts, as a whole."""
NOTHING_ALIKE = -0.2
"""Where there is no phrasing to compare with: as far off as texts of this kind ever are."""


def local_id(entry_id: str) -> str:
    """A knowledge id without its province: item.household_registration.time_limit."""
    return entry_id.split(".", 1)[1]
