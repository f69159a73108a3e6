"""What all provinces share: the words by which people mean things, and no facts."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from knowledge.model.facts import Id, Listed, Strict

Turn = Literal["office", "veteran", "nobody"]


class CatalogueEntry(Strict):
    """A national word: one item, paper, aspect, department or term, with the words by which people mean it.

    aliases are said for this and nothing else; hints only point at it, and never decide alone. kind_of: the entry whose
    words mean this one too where a list holds both: 照片 for 两寸证件照片.
    """

    id: Id
    name: str
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    kind_of: Id | None = None


class AspectEntry(CatalogueEntry):
    """An aspect of an item. unstated: said when a guide does not speak of it; {item} stands for the item's name."""

    unstated: str


class Term(CatalogueEntry):
    """A word of the offices, in plain words. `plain` explains it without any guide's facts."""

    plain: str


class Outside(CatalogueEntry):
    """A matter that people ask about and no guide here covers. ask: who may know."""

    ask: str


class Status(CatalogueEntry):
    """A status of an item of a case.

    codes: what offices and platforms send for it. say: what it means; next_step: what the veteran does. turn: who has
    to act now. is_final: the item needs no office any more. is_sent_back: the application ended or came back without
    being dealt with, so that a clock which ran for it runs no longer.
    """

    codes: tuple[str, ...] = ()
    say: str
    next_step: str
    turn: Turn = "office"
    is_final: bool
    is_sent_back: bool = False


class Catalogue(Strict):
    """What all provinces share: the words, not the facts."""

    items: Listed[CatalogueEntry]
    papers: Listed[CatalogueEntry]
    aspects: Listed[AspectEntry]
    departments: Listed[CatalogueEntry]
    terms: Listed[Term]
    outside: Listed[Outside]
    statuses: Listed[Status]


Entry = TypeVar("Entry", bound=CatalogueEntry)


class Entries(Strict, Generic[Entry]):
    """The entries of one file of `data/national/`."""

    entries: Listed[Entry]


class Phrases(Strict):
    """Sentences of the assistant itself by key; they carry no policy."""

    phrases: dict[str, str]
