"""Signals: each says what it is named after, and for the entries that it is about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.entries import Entry, EntryKind
from knowledge.phrasings import Phrasings
from knowledge.signals import LONGEST_TEXT, NAMES, WORDS, Comparison, Signals, meant_text
from knowledge.vectors import VectorStore
from knowledge.vocabulary import Mention, WordKind
from tests.bench.country import ByHash
from tests.knowledge.builders import NoModel


def entry(name: str, kind: EntryKind = "aspect", said: str = "", text: str = "", **about: Sequence[str]) -> Entry:
    items, papers, aspects = (tuple(about.get(one, ())) for one in ("items", "papers", "aspects"))
    return Entry(f"toy.{name}", kind, name, name, items, papers, aspects, (said or f"{name}怎么问",), text)


ENTRIES = [
    entry("card.where", said="优待证去哪办", text="到窗口办。", items=["card"], aspects=["where"]),
    entry("card.cost", said="优待证收钱吗", text="不收费。", items=["card"], aspects=["cost"]),
    entry("photo", "paper", "照片要几张", "要一张一寸照。", papers=["photo"], aspects=["materials"]),
    entry("rain", "topic", "下雨天办不办", "下雨照常办。"),
]


def compared(question: str, *mentions: Mention, by_words: bool = True, without: str | None = None) -> Signals:
    store = VectorStore({}, NoModel() if by_words else ByHash())
    return Comparison(ENTRIES, Phrasings(Phrasings.grouped(ENTRIES), store), store).signals(question, mentions, without)


def names(kind: WordKind, named: str, strength: float = 1.0) -> Mention:
    return Mention(kind, named, 0, 2, strength)


def column(found: Signals, name: str) -> list[float]:
    values: list[float] = found.matrix[:, found.names.index(name)].tolist()
    return values


def test_there_is_a_column_for_each_signal() -> None:
    assert compared("优待证").matrix.shape == (len(ENTRIES), len(WORDS))
    assert compared("优待证", by_words=False).matrix.shape == (len(ENTRIES), len(NAMES))


def test_what_is_named_counts_for_the_entries_about_it() -> None:
    found = compared("优待证去哪", names("item", "card"), names("aspect", "where", 0.5))

    assert column(found, "item") == [1.0, 1.0, 0.0, 0.0]
    assert column(found, "aspect") == [0.5, 0.0, 0.0, 0.0]
    assert column(found, "other_aspect") == [0.0, 1.0, 1.0, 0.0]
    assert column(found, "other_subject") == [0.0, 0.0, 1.0, 0.0]
    assert column(found, "without_subject") == [0.0, 0.0, 0.0, 1.0]
    assert column(found, "unnamed") == [0.0, 0.0, 0.0, 0.0]


def test_an_entry_about_one_thing_is_marked_when_nothing_is_named() -> None:
    assert column(compared("去哪"), "unnamed") == [1.0, 1.0, 0.0, 0.0]


def test_of_two_mentions_of_the_same_the_stronger_counts() -> None:
    found = compared("优待证", names("item", "card", 0.5), names("item", "card", 0.8), names("item", "card", 0.6))

    assert column(found, "item")[:2] == [0.8, 0.8]


def test_what_is_named_and_unknown_here_is_another_subject() -> None:
    found = compared("户口", names("item", "household"))

    assert column(found, "other_subject") == [1.0, 1.0, 1.0, 0.0]


def test_kinds_and_sides_of_an_entry_are_signals_too() -> None:
    found = compared("优待证")

    assert column(found, "topic") == [0.0, 0.0, 0.0, 1.0]
    assert column(found, "is_materials") == [0.0, 0.0, 1.0, 0.0]


def test_own_words_are_those_of_the_entrys_phrasings() -> None:
    found = compared("下雨天办不办")

    assert column(found, "own_words")[3] == pytest.approx(1.0)
    assert found.likeness[3] == pytest.approx(1.0)


def test_own_meaning_is_that_of_the_entrys_phrasings() -> None:
    found = compared("照片要几张", by_words=False)

    assert column(found, "own_meaning").index(max(column(found, "own_meaning"))) == 2


def test_what_an_entry_says_counts() -> None:
    text = column(compared("一寸的行不行"), "text")

    assert text[2] > 0.0
    assert text[3] == 0.0


def test_a_phrasing_left_out_does_not_speak_for_its_entry() -> None:
    assert column(compared("下雨天办不办", without="下雨天办不办"), "own_words")[3] == 0.0


def test_nothing_speaks_for_an_entry_without_a_word_in_common() -> None:
    assert not compared("火锅好吃").shows_anything(0)
    assert compared("优待证去哪办").shows_anything(0)


@pytest.mark.parametrize(("question", "knows"), [("优待证去哪办", True), ("优待证能吃火锅", False), ("要一张", True)])
def test_a_question_is_known_when_all_its_words_stand_in_the_data(question: str, knows: bool) -> None:
    store = VectorStore({}, NoModel())

    assert Comparison(ENTRIES, Phrasings(Phrasings.grouped(ENTRIES), store), store).knows(question) is knows


def test_of_a_long_text_the_beginning_is_meant_and_of_none_the_title() -> None:
    assert meant_text(entry("long", text="长" * 500)) == "长" * LONGEST_TEXT
    assert meant_text(entry("short")) == "short"
