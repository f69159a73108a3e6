"""Finds entries for what an editor writes: its very words first, then what it means.

What it means is found twice: by the ranker that answers people, and by the words of the question with the everyday
names that the dictionary keeps for them. Looked through is all that the pages show of an entry: names stand for ids.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rjieba

from api.guides.entry_names import entry_of
from bot.wording import Wording
from knowledge.entry_kinds import EntryName
from knowledge.entry_list import EntryList, ListedEntry
from knowledge.reference import Reference
from knowledge.vocabulary import fold
from knowledge.word_index import EMPTY_CHARACTERS

IN_TITLE, IN_TEXT, AS_SHOWN = 0, 1, 2
"""Where all the very words stand; AS_SHOWN: some of them only where a name stands for an id."""
MOST_NEAR = 60
"""Entries that are only near, the nearest; more of them nobody reads."""
LEAST_SHARE = 0.04
"""Of all likelihood, so much falls at least to an entry that the ranker names."""
HITS = 6
LEAST_WORDS = 0.55
"""So much of what the rare words of a question count stands at least in an entry that shares words with it."""
OF_ASPECTS = 0.4
"""What a side (要不要带) counts beside a thing: every entry has sides, and few name them."""
NAMED_KINDS = ("item_words", "paper_words", "aspect", "department", "status", "item", "paper")
_ID = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True)
class Texts:
    """What is looked through of an entry, folded. shown: the names behind its ids, its kind and its place."""

    title: str
    own: str
    shown: str


@dataclass(frozen=True)
class Meant:
    """One thing that a question speaks of: any of these words stands for it. weight: what it counts beside others."""

    words: tuple[str, ...]
    weight: float = 1.0


class Finder:
    """Looks through one list of entries. Making one takes a moment; for a thread."""

    def __init__(
        self, entries: EntryList, knowledge: Reference, words: Wording, place: Callable[[ListedEntry], str]
    ) -> None:
        """knowledge: what is spoken from. place: the name of an entry's place."""
        self.entries = entries
        self.knowledge = knowledge
        self._names = _Names(entries, words)
        self._texts = {
            one.name: Texts(fold(one.title), fold(one.words), fold("\n".join((place(one), *self._names.shown(one)))))
            for one in entries.entries
        }
        self._synonyms = _synonyms(knowledge)

    def literal(self, asked: str, entry: ListedEntry) -> int | None:
        """Where all the words stand that are written with blanks between them; none when one is missing."""
        terms, texts = fold(asked).split(), self._texts[entry.name]
        if all(term in texts.title for term in terms):
            return IN_TITLE
        if all(term in texts.own for term in terms):
            return IN_TEXT
        everything = f"{texts.own}\n{texts.shown}"
        return AS_SHOWN if all(term in everything for term in terms) else None

    def near(self, asked: str, fitting: Sequence[ListedEntry], provinces: Iterable[str]) -> list[ListedEntry]:
        """Those that may be meant, the likeliest first. fitting: among which. provinces: whose guides are asked."""
        by_name = {one.name: one for one in fitting}
        ranked = [by_name[name] for name in self._ranked(asked, provinces) if name in by_name]
        known = {one.name for one in ranked}
        shared = [one for one in self._sharing(asked, fitting) if one.name not in known]
        return [*ranked, *shared][:MOST_NEAR]

    def _ranked(self, asked: str, provinces: Iterable[str]) -> list[EntryName]:
        """What would answer somebody who asks so, in these provinces."""
        found: dict[EntryName, float] = {}
        for name in provinces:
            province = self.knowledge.library.provinces.get(name)
            if province is None:
                continue
            near = self.knowledge.resolver(province).near(asked, HITS)
            for hit in near.hits:
                if hit.share >= LEAST_SHARE:
                    entry = entry_of(province, hit.entry.id)
                    found[entry] = max(found.get(entry, 0.0), hit.share * near.chance)
        return sorted(found, key=lambda one: -found[one])

    def _sharing(self, asked: str, fitting: Sequence[ListedEntry]) -> list[ListedEntry]:
        meant = self._meant(fold(asked))
        held = [{one.name for one in fitting if self._speaks_of(one, thing)} for thing in meant]
        weights = [
            thing.weight * math.log(1 + len(fitting) / (1 + len(some))) for thing, some in zip(meant, held, strict=True)
        ]
        whole = sum(weights)
        if not whole:
            return []
        shares = {
            one.name: sum(weight for weight, some in zip(weights, held, strict=True) if one.name in some) / whole
            for one in fitting
        }
        found = [one for one in fitting if shares[one.name] >= LEAST_WORDS]
        return sorted(found, key=lambda one: -shares[one.name])

    def _speaks_of(self, entry: ListedEntry, thing: Meant) -> bool:
        texts = self._texts[entry.name]
        return any(word in texts.own or word in texts.shown for word in thing.words)

    def _meant(self, asked: str) -> list[Meant]:
        """The things named in a question with all their names, and the words beside them."""
        found: list[Meant] = []
        beside = list(asked)
        for one in self.knowledge.vocabulary.find(asked):
            said = asked[one.start : one.end]
            weight = OF_ASPECTS if one.kind == "aspect" else 1.0
            names = self._synonyms.get((one.kind, one.id), ()) if one.is_said else ()
            found.append(Meant(tuple(dict.fromkeys((said, *names))), weight))
            beside[one.start : one.end] = " " * (one.end - one.start)
        words = dict.fromkeys(word.strip() for word in rjieba.cut("".join(beside)))
        return [*found, *(Meant((word,)) for word in words if _says_something(word))]


def _says_something(word: str) -> bool:
    return word.isalnum() and not set(word) <= EMPTY_CHARACTERS and (len(word) > 1 or not word.isascii())


def _synonyms(knowledge: Reference) -> Mapping[tuple[str, str], Sequence[str]]:
    """All names and everyday names of what the dictionary knows."""
    catalogue = knowledge.library.catalogue
    kinds = {
        "item": catalogue.items,
        "paper": catalogue.papers,
        "aspect": catalogue.aspects,
        "department": catalogue.departments,
        "term": catalogue.terms,
        "outside": catalogue.outside,
    }
    return {
        (kind, one.id): tuple(fold(name) for name in (one.name, *one.aliases))
        for kind, some in kinds.items()
        for one in some
    }


class _Names:
    """The words that the pages show where an entry holds an id."""

    def __init__(self, entries: EntryList, words: Wording) -> None:
        self._words = words
        self._named: dict[str | None, dict[str, str]] = {}
        self._asked: dict[str | None, dict[str, str]] = {}
        for one in entries.entries:
            if one.kind in NAMED_KINDS:
                names = self._named.setdefault(one.province, {})
                names[one.key] = f"{names[one.key]}\n{one.title}" if one.key in names else one.title
            elif one.kind == "question":
                self._asked.setdefault(one.province, {})[one.key] = one.title
            elif one.kind in ("province", "city") and isinstance(one.content, dict):
                for guide in (*(one.content.get("guides") or ()), one.content.get("guide")):
                    if isinstance(guide, dict):
                        said = (guide.get("short_name"), guide.get("title"), guide.get("doc_no"))
                        name = "\n".join(str(part) for part in said if part)
                        self._named.setdefault(one.province, {})[str(guide.get("id"))] = name

    def shown(self, entry: ListedEntry) -> Iterator[str]:
        """The names in an entry, and that of its kind."""
        kind = f"studio.kind.{entry.kind}"
        if self._words.knows(kind):
            yield self._words.say(kind)
        yield from dict.fromkeys(self._within(entry.content, "", entry.province))

    def _within(self, content: Any, field: str, province: str | None) -> Iterator[str]:
        if isinstance(content, dict):
            for key, value in content.items():
                names = self._named.get(None, {}) if field == "aspects" else self._asked.get(province, {})
                if key in names:
                    yield names[key]
                yield from self._within(value, str(key), province)
        elif isinstance(content, list):
            for value in content:
                yield from self._within(value, field, province)
        elif isinstance(content, str) and field != "id" and _ID.fullmatch(content):
            yield from self._of_id(content, field, province)

    def _of_id(self, one: str, field: str, province: str | None) -> Iterator[str]:
        option = f"option.{field}.{one}"
        if self._words.knows(option):
            yield self._words.say(option)
            return
        for place in {province, None}:
            if name := self._named.get(place, {}).get(one):
                yield name
