"""The signals by which each entry of a province is compared with a question, as one row of numbers an entry.

Likeness to the phrasings kept with the entry, in words (Dice over rare tokens) and in meaning (vectors), both also over
the phrasings that other provinces keep for the same matter; the matter's words as a whole; the meaning of its title and
of what it says; BM25 over what it says; whether the question names what it is about. How much each counts is trained
(`knowledge/tuning.py`), not set by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import bm25s
import numpy as np
import rjieba

from knowledge.entries import Entry, EntryKind
from knowledge.phrasings import Phrasings, local_id
from knowledge.vectors import VectorStore
from knowledge.vocabulary import Mention, fold
from knowledge.word_index import Groups, Numbers, tokens

KINDS: tuple[str, ...] = get_args(EntryKind)
NAMED = ("paper", "item", "aspect", "other_subject", "other_aspect", "unnamed", "without_subject")
SIDES = ("is_overview", "is_materials")
WORDS = ("own_words", "pooled_words", "matter_words", "text", *NAMED, *SIDES, *KINDS)
MEANING = ("own_meaning", "pooled_meaning", "title_meaning", "text_meaning")
NAMES = (*WORDS, *MEANING)
TEXT_SCALE = 10.0
"""BM25 scores of this corpus reach about 30."""
LEAST_ALIKE = 0.1
LEAST_MEANT = 0.5
LEAST_OF_TEXT = 0.2
"""Nine of ten questions that a guide answers lie above each of these; most messages about other things below all."""
LONGEST_TEXT = 120
"""So many characters of what an entry says are looked at for their meaning: the first message holds no more."""


@dataclass(frozen=True)
class Signals:
    """One question against all entries: a matrix (entries, signals) in the order of `NAMES`; without meaning the
    columns of `WORDS` alone. likeness: the best likeness in words, own and pooled, of shape (entries,)."""

    matrix: Numbers
    likeness: Numbers

    @property
    def has_meaning(self) -> bool:
        """Whether meaning was compared, not words alone."""
        return bool(self.matrix.shape[1] == len(NAMES))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return NAMES if self.has_meaning else WORDS

    def shows_anything(self, row: int) -> bool:
        """Whether anything speaks for an entry at all: words in common, or a meaning that is nearer than chance."""
        meaning = self.matrix[row, self.names.index("pooled_meaning")] if self.has_meaning else 0.0
        text = self.matrix[row, self.names.index("text")]
        return bool(self.likeness[row] >= LEAST_ALIKE or meaning >= LEAST_MEANT or text >= LEAST_OF_TEXT)


class Comparison:
    """All entries of one province, ready to be compared. Built once a release; asking it changes nothing."""

    def __init__(self, entries: Sequence[Entry], phrasings: Phrasings, vectors: VectorStore) -> None:
        self.entries = entries
        self.phrasings = phrasings
        self._own = Groups([phrasings.places(entry.phrasings or (entry.title,)) for entry in entries])
        self._matters = np.array([phrasings.matters[local_id(entry.id)] for entry in entries], np.intp)
        self._texts = bm25s.BM25()
        self._texts.index([list(tokens(f"{one.title}{one.text}")) for one in entries], show_progress=False)
        self._index_meaning(vectors)
        self._names = _Names(entries)
        sides = [[float("overview" in one.aspects), float("materials" in one.aspects)] for one in entries]
        kinds = [[float(one.kind == kind) for kind in KINDS] for one in entries]
        self._fixed = np.hstack([np.array(sides), np.array(kinds)])

    def signals(self, question: str, mentions: Sequence[Mention], without: str | None = None) -> Signals:
        """Compare a question. without: a phrasing that is left out, for training on the phrasings themselves."""
        found = self.phrasings.alikeness(question, without)
        pooled = found.best_words[self._matters]
        columns = [
            self._own.highest(found.words),
            pooled,
            found.matters[self._matters],
            self._text_scores(question),
            self._names.named(mentions),
            self._fixed,
        ]
        if found.meaning is not None and found.best_meaning is not None and found.vector is not None:
            columns += [
                self._own.highest(found.meaning),
                found.best_meaning[self._matters],
                self._titles @ found.vector,
                self._said @ found.vector,
            ]
        return Signals(np.column_stack(columns).astype(np.float64), pooled)

    def knows(self, question: str) -> bool:
        """Whether every word of the question, of two characters or more, stands somewhere in the data.

        One that does not (疫苗, 火锅) makes it likely that the question is about another matter altogether.
        """
        words = [word for word in rjieba.cut(fold(question)) if len(word) > 1 and word.isalpha()]
        return all(self.phrasings.holds(word) or word in self._texts.vocab_dict for word in words)

    def _index_meaning(self, vectors: VectorStore) -> None:
        if self.phrasings.has_meaning:
            self._titles = vectors.of([entry.title for entry in self.entries])
            self._said = vectors.of([meant_text(entry) for entry in self.entries])

    def _text_scores(self, question: str) -> Numbers:
        known = [token for token in tokens(question) if token in self._texts.vocab_dict]
        if not known:
            return np.zeros(len(self.entries))
        return np.asarray(self._texts.get_scores(known) / TEXT_SCALE, np.float64)


def meant_text(entry: Entry) -> str:
    """What an entry says, as far as its meaning is looked at."""
    return (entry.text or entry.title)[:LONGEST_TEXT]


class _Names:
    """What each entry is about, ready to be compared with what a question names."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._size = len(entries)
        rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for row, entry in enumerate(entries):
            for kind, ids in (("paper", entry.papers), ("item", entry.items), ("aspect", entry.aspects)):
                for one in ids:
                    rows[kind, one].append(row)
        self._rows = {key: np.array(found, np.intp) for key, found in rows.items()}
        self._has_subject = np.array([bool(entry.papers or entry.items) for entry in entries])
        self._has_aspect = np.array([bool(entry.aspects) for entry in entries])
        self._needs_subject = np.array([entry.kind in ("aspect", "paper_obtain") for entry in entries])

    def named(self, mentions: Sequence[Mention]) -> Numbers:
        """Whether the question names each entry's paper, item and aspect (strengths), names others, or no subject."""
        strengths = {kind: np.zeros(self._size) for kind in ("paper", "item", "aspect")}
        for one in mentions:
            rows = self._rows.get((one.kind, one.id))
            if rows is not None:
                strengths[one.kind][rows] = np.maximum(strengths[one.kind][rows], one.strength)
        paper, item, aspect = strengths.values()
        names_subject = any(one.kind in ("paper", "item") for one in mentions)
        names_aspect = any(one.kind == "aspect" for one in mentions)
        return np.column_stack(
            [
                paper,
                item,
                aspect,
                self._has_subject & names_subject & (paper == 0.0) & (item == 0.0),
                self._has_aspect & names_aspect & (aspect == 0.0),
                self._needs_subject & (not names_subject),
                ~self._has_subject & names_subject,
            ]
        ).astype(np.float64)
