"""Finds the words of the knowledge in what people write: names, everyday names, wrong terms, and slips by sound.

Rasa's dictionary is made from the same words; this one is always that of the release in use, so a new alias works
without training.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pypinyin import lazy_pinyin

from knowledge.library import Library
from knowledge.model import CatalogueEntry

WordKind = Literal["item", "paper", "aspect", "department", "term", "outside"]
SAID = 0.8
SHORTEST_BY_SOUND = 3
"""Words shorter than this are taken only as written: two syllables sound like too much else."""

KEPT_TEXTS = 40_000
"""What was found in so many texts is kept: the phrasings stay the same from release to release."""


@dataclass(frozen=True)
class Mention:
    """A word of the knowledge in a text. `strength`: 1 said for this alone, below 1 only points at it or by sound."""

    kind: WordKind
    id: str
    start: int
    end: int
    strength: float

    @property
    def is_said(self) -> bool:
        """Whether it was said, as written or by its sound; a weaker one is only hinted at."""
        return self.strength >= SAID


@dataclass(frozen=True)
class _Word:
    kind: WordKind
    id: str
    strength: float


def fold(text: str) -> str:
    """The form in which words are compared: one width, lower case. Keeps one character for one."""
    return "".join(map(_fold_character, text))


class Vocabulary:
    """All names and everyday names of a library's catalogue and provinces."""

    def __init__(self, library: Library) -> None:
        self._words: dict[str, list[_Word]] = {}
        self._sounds: dict[tuple[str, ...], list[_Word]] = {}
        for kind, entry_id, written, strength in _all_words(library):
            self._add(_Word(kind, entry_id, strength), fold(written))
        self._lengths = sorted({len(written) for written in self._words}, reverse=True)
        self._sound_lengths = sorted({len(sound) for sound in self._sounds}, reverse=True)
        self._find = lru_cache(KEPT_TEXTS)(self._look)

    def find(self, text: str) -> list[Mention]:
        """Mentions in the order of the text.

        Longer words win over shorter ones inside them. Only an aspect may share characters with another word, unless
        it is a mere part of the name of an item or paper. A word that means several things is a mention of each.
        """
        return list(self._find(text))

    def _look(self, text: str) -> tuple[Mention, ...]:
        folded = fold(text)
        found: list[Mention] = []
        taken: set[int] = set()
        for length in self._lengths:
            for start in range(len(folded) - length + 1):
                words = self._words.get(folded[start : start + length])
                if words:
                    found += self._take(words, start, start + length, taken)
        found += self._by_sound(folded, taken)
        names = [one for one in found if one.kind in ("item", "paper")]
        found = [one for one in found if one.kind != "aspect" or not any(_is_inside(one, name) for name in names)]
        return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))

    def _add(self, word: _Word, written: str) -> None:
        if not written:
            return
        known = self._words.setdefault(written, [])
        if any((one.kind, one.id) == (word.kind, word.id) for one in known):
            return
        known.append(word)
        if len(written) >= SHORTEST_BY_SOUND and word.kind != "aspect" and _is_chinese(written):
            for sound in {tuple(lazy_pinyin(written)), _sound_alone(written)}:
                self._sounds.setdefault(sound, []).append(word)

    @staticmethod
    def _take(words: list[_Word], start: int, end: int, taken: set[int]) -> list[Mention]:
        place = set(range(start, end))
        things = [word for word in words if word.kind != "aspect"]
        cues = [word for word in words if word.kind == "aspect"]
        found = [Mention(word.kind, word.id, start, end, word.strength) for word in cues]
        if things and not place & taken:
            taken |= place
            found += [Mention(word.kind, word.id, start, end, word.strength) for word in things]
        return found

    def _by_sound(self, folded: str, taken: set[int]) -> list[Mention]:
        """Words that sound like a known one, where nothing was found as written: 优待正, 户囗, 社宝卡."""
        found: list[Mention] = []
        syllables = _sound_alone(folded)
        for length in self._sound_lengths:
            for start in range(len(folded) - length + 1):
                words = self._sounds.get(syllables[start : start + length])
                place = set(range(start, start + length))
                if words and not place & taken:
                    taken |= place
                    found += [Mention(word.kind, word.id, start, start + length, word.strength * 0.8) for word in words]
        return found


def same_words(first: Library, second: Library) -> bool:
    """Whether the vocabularies of two libraries are alike."""
    return list(_all_words(first)) == list(_all_words(second))


def dictionary_for_rasa(library: Library) -> list[dict[str, object]]:
    """The words as the training of Rasa reads them: one entry an id, with all its words."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for kind, entry_id, written, _ in _all_words(library):
        grouped.setdefault((kind, entry_id), []).append(written)
    entries: list[dict[str, object]] = [
        {"entity": kind, "value": entry_id, "words": sorted(set(words))} for (kind, entry_id), words in grouped.items()
    ]
    for region in library.regions:
        if region.level == "province":
            words = sorted({region.name, region.short_name})
            entries.append({"entity": "region", "value": region.code, "words": words})
    return entries


def _all_words(library: Library) -> Iterable[tuple[WordKind, str, str, float]]:
    catalogue = library.catalogue
    groups: tuple[tuple[WordKind, tuple[CatalogueEntry, ...]], ...] = (
        ("item", catalogue.items),
        ("paper", catalogue.papers),
        ("aspect", catalogue.aspects),
        ("department", catalogue.departments),
        ("term", catalogue.terms),
        ("outside", catalogue.outside),
    )
    for kind, entries in groups:
        for entry in entries:
            if kind != "aspect":
                yield kind, entry.id, entry.name, 1.0
            yield from ((kind, entry.id, word, 1.0) for word in entry.aliases)
            yield from ((kind, entry.id, word, 0.5) for word in entry.hints)
    for province in library.provinces.values():
        yield from (("item", item.id, item.name, 1.0) for item in province.items.values())
        yield from (("paper", paper.id, paper.name, 1.0) for paper in province.papers.values())


@cache
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).lower()
    plain = {"囗": "口", "証": "证", "戶": "户"}.get(plain, plain)
    return plain if len(plain) == 1 else character


def _is_inside(part: Mention, whole: Mention) -> bool:
    """Whether a mention is a part of a longer one: 号码 in 身份号码登记表 asks for no telephone number."""
    return whole.start <= part.start and part.end <= whole.end and part.end - part.start < whole.end - whole.start


def _sound_alone(text: str) -> tuple[str, ...]:
    """The syllable of each character by itself: in a word 行 is háng, in a slip of that word it may be read xíng."""
    return tuple(map(_syllable, text))


@cache
def _syllable(character: str) -> str:
    """There are only as many as characters, and the same few thousand are asked for again and again."""
    return lazy_pinyin(character)[0]


def _is_chinese(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)
