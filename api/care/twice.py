"""Entries that ask for the same thing: which of them answers is then a matter of chance.

Two sides of one item (在哪办, 怎么办) are alike by nature and shown only when they have the very same words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from knowledge.embedding import NoEmbedding, Vectors
from knowledge.entries import Entry
from knowledge.library import ProvinceKnowledge
from knowledge.reference import Reference

ALIKE = 0.95
"""From this likeness on two phrasings ask the same."""
LEAST_ALIKE = 2
"""So many phrasings of one have to be so alike to one of the other; one with the very same words is enough."""
AT_ONCE = 512
MOST_SHOWN = 100
KINDS = ("topic", "gap", "not_needed", "paper", "paper_obtain", "aspect")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Pair:
    """Two entries, and phrasings of the first and the second that ask the same."""

    one: Entry
    other: Entry
    alike: tuple[tuple[str, str], ...]
    is_same_words: bool


def pairs(province: ProvinceKnowledge, knowledge: Reference) -> list[Pair]:
    """The pairs of a province, those with the same words first. Takes about a second; for a thread."""
    entries = [one for one in knowledge.resolver(province).search.entries if one.kind in KINDS]
    said = [(number, phrasing) for number, one in enumerate(entries) for phrasing in dict.fromkeys(one.phrasings)]
    found: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    same = _same_words(said)
    for (one, other), phrases in same.items():
        found[one, other] += phrases
    try:
        vectors = knowledge.vectors.of([phrasing for _, phrasing in said])
    except NoEmbedding:
        vectors = None
    if vectors is not None:
        for (one, other), phrases in _alike(said, vectors).items():
            if _are_sides(entries[one], entries[other]):
                continue
            if (one, other) in same or len({first for first, _ in phrases}) >= LEAST_ALIKE:
                found[one, other] += [pair for pair in phrases if pair not in found[one, other]]
    listed = [
        Pair(entries[one], entries[other], tuple(phrases), (one, other) in same)
        for (one, other), phrases in found.items()
    ]
    return sorted(listed, key=lambda pair: (not pair.is_same_words, -len(pair.alike)))[:MOST_SHOWN]


def _are_sides(one: Entry, other: Entry) -> bool:
    """Whether both say something of the same item, or of the same paper."""
    return one.key == other.key and one.id.split(".")[1] == other.id.split(".")[1] in ("item", "paper")


def _same_words(said: list[tuple[int, str]]) -> dict[tuple[int, int], list[tuple[str, str]]]:
    by_words: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, phrasing in said:
        by_words[_NO_WORD.sub("", phrasing).casefold()].append((number, phrasing))
    found: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for listed in by_words.values():
        for place, (one, first) in enumerate(listed):
            for other, second in listed[place + 1 :]:
                if one != other:
                    found[one, other].append((first, second))
    return found


def _alike(said: list[tuple[int, str]], vectors: Vectors) -> dict[tuple[int, int], list[tuple[str, str]]]:
    owners = np.array([number for number, _ in said])
    found: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for start in range(0, len(said), AT_ONCE):
        likeness = vectors[start : start + AT_ONCE] @ vectors.T
        rows, columns = np.nonzero(likeness >= ALIKE)
        for row, column in zip((rows + start).tolist(), columns.tolist(), strict=True):
            if owners[row] < owners[column]:
                found[int(owners[row]), int(owners[column])].append((said[row][1], said[column][1]))
    return found
