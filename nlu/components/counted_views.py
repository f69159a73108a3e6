"""What a linear machine counts of a text: weighted n-grams in three views of it (nlu/components/views.py)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.components.dictionary import Dictionary, Found
from nlu.components.views import as_written, marks, with_signs

EVERYDAY_WORDS = Path(__file__).resolve().parents[1] / "everyday_words.yml"
WORD_CLASSES = Path(__file__).resolve().parents[1] / "word_classes.yml"
MARKS: dict[str, Any] = {"analyzer": "word", "token_pattern": r"\S+"}
KNOWN, RARITY = "views.json", "rarity.npz"

View = tuple[dict[str, Any], float]
"""How a view is counted, and how much it weighs."""
Texts = tuple[str, str, str]


def characters(longest: int) -> dict[str, Any]:
    """Counting n-grams of characters up to that length."""
    return {"analyzer": "char", "ngram_range": (1, longest)}


class CountedViews:
    """Turns texts and the things found in them into rows of numbers.

    counted: how the views are counted: as written, with signs, marks. written: how the first view is made.
    """

    def __init__(self, counted: tuple[View, View, View], written: Callable[[str], str] = as_written) -> None:
        self._counted = counted
        self._written = written
        self._everyday_words: list[tuple[str, str]] = []
        self._word_classes: dict[str, list[str]] = {}
        self._classes = Dictionary([])
        self._vectorizers: list[TfidfVectorizer] = []

    def learn(self, said: list[tuple[str, list[Found]]]) -> csr_matrix:
        """Learns which n-grams there are from texts with the things found in them, and gives their rows."""
        everyday_words = yaml.safe_load(EVERYDAY_WORDS.read_text(encoding="utf-8"))
        self._know_words(everyday_words, yaml.safe_load(WORD_CLASSES.read_text(encoding="utf-8")))
        texts = [self._texts_of(text, found) for text, found in said]
        self._vectorizers = [
            self._vectorizer(counting).fit(column)
            for (counting, _), column in zip(self._counted, zip(*texts, strict=True), strict=True)
        ]
        return self._matrix(texts)

    def row(self, text: str, found: list[Found]) -> csr_matrix:
        """The row of one text."""
        return self._matrix([self._texts_of(text, found)])

    def save(self, folder: Path) -> None:
        """Writes what was learned into a folder."""
        terms = [vectorizer.get_feature_names_out().tolist() for vectorizer in self._vectorizers]
        known = {"terms": terms, "everyday_words": self._everyday_words, "word_classes": self._word_classes}
        (folder / KNOWN).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / RARITY, **{f"view_{place}": one.idf_ for place, one in enumerate(self._vectorizers)})

    def restore(self, folder: Path) -> None:
        """Takes up what was learned."""
        known = json.loads((folder / KNOWN).read_text(encoding="utf-8"))
        self._know_words(known["everyday_words"], known["word_classes"])
        with np.load(folder / RARITY) as rarity:
            for place, (counting, _) in enumerate(self._counted):
                vectorizer = self._vectorizer({**counting, "vocabulary": known["terms"][place]})
                vectorizer.idf_ = rarity[f"view_{place}"]
                self._vectorizers.append(vectorizer)

    @staticmethod
    def _vectorizer(counting: dict[str, Any]) -> TfidfVectorizer:
        return TfidfVectorizer(**counting, lowercase=False, sublinear_tf=True, dtype=np.float32)

    def _know_words(self, everyday_words: list[list[str]], word_classes: dict[str, list[str]]) -> None:
        self._everyday_words = [(everyday, common) for everyday, common in everyday_words]
        self._word_classes = word_classes
        self._classes = Dictionary(
            {"entity": name, "value": name, "words": words} for name, words in word_classes.items()
        )

    def _texts_of(self, text: str, found: list[Found]) -> Texts:
        words = self._everyday_words
        of_all = marks(text, [*found, *self._classes.find(text)], words)
        return self._written(text), with_signs(text, found, words), of_all

    def _matrix(self, texts: list[Texts]) -> csr_matrix:
        parts = [
            vectorizer.transform(column) * weight
            for vectorizer, (_, weight), column in zip(
                self._vectorizers, self._counted, zip(*texts, strict=True), strict=True
            )
        ]
        return hstack(parts, format="csr")
