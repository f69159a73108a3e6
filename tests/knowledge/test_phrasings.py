"""Ways of asking of all provinces: what they have in common finds the entry in each."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.embedding import Vectors
from knowledge.entries import Entry
from knowledge.phrasings import NOTHING_ALIKE, Phrasings, local_id
from knowledge.vectors import VectorStore
from tests.bench.country import ByHash
from tests.knowledge.builders import NoModel

SAID = {
    "item.household.time_limit": dict.fromkeys(["落户要几天", "户口多久能落好"]),
    "item.card.time_limit": dict.fromkeys(["优待证要几天", "证多久到手"]),
    "topic.rain": dict.fromkeys(["下雨天办不办"]),
}


class Counted(ByHash):
    """Counts how often it was asked."""

    times = 0

    def embed(self, texts: list[str]) -> Vectors:
        self.times += 1
        return super().embed(texts)


def index(by_words: bool = False) -> Phrasings:
    return Phrasings(SAID, VectorStore({}, NoModel() if by_words else ByHash()))


def entry(entry_id: str, *phrasings: str) -> Entry:
    return Entry(entry_id, "topic", "", "题目", (), (), (), phrasings, "")


def test_a_matter_has_the_phrasings_of_all_provinces_each_once() -> None:
    entries = [entry("one.topic.rain", "下雨", "下雪"), entry("two.topic.rain", "下雪", "刮风")]

    assert {name: list(said) for name, said in Phrasings.grouped(entries).items()} == {
        "topic.rain": ["下雨", "下雪", "刮风"]
    }


def test_an_entry_without_phrasings_is_asked_for_by_its_title() -> None:
    assert list(Phrasings.grouped([entry("one.topic.rain")])["topic.rain"]) == ["题目"]


def test_a_local_id_names_no_province() -> None:
    assert local_id("henan.item.card.cost") == "item.card.cost"


def test_a_question_is_wholly_like_a_phrasing_in_its_words_and_in_its_meaning() -> None:
    found = index().alikeness("落户要几天")

    assert found.words[0] == pytest.approx(1.0)
    assert found.meaning is not None
    assert found.meaning[0] == pytest.approx(1.0, abs=1e-3)


def test_the_best_of_a_matter_is_that_of_its_likest_phrasing() -> None:
    found = index().alikeness("落户要几天")

    assert found.best_words.tolist() == [found.words[:2].max(), found.words[2:4].max(), found.words[4]]
    assert found.best_words.argmax() == 0


def test_a_phrasing_that_is_left_out_is_like_nothing() -> None:
    found = index().alikeness("落户要几天", without="落户要几天")

    assert found.words[0] == 0.0
    assert found.meaning is not None
    assert found.meaning[0] == NOTHING_ALIKE


def test_leaving_a_phrasing_out_changes_nothing_for_others() -> None:
    phrasings = index()
    before = phrasings.alikeness("落户要几天").words.copy()
    phrasings.alikeness("落户要几天", without="落户要几天")

    assert np.array_equal(phrasings.alikeness("落户要几天").words, before)


def test_what_one_turn_asks_again_is_compared_once() -> None:
    counted = Counted()
    phrasings = Phrasings(SAID, VectorStore({}, counted))
    before = counted.times

    phrasings.alikeness("几天能办")
    phrasings.alikeness("几天能办")

    assert counted.times == before + 1


def test_without_the_embedding_words_alone_are_compared() -> None:
    phrasings = index(by_words=True)
    found = phrasings.alikeness("落户要几天")

    assert not phrasings.has_meaning
    assert (found.meaning, found.best_meaning, found.vector) == (None, None, None)
    assert found.best_words.argmax() == 0


def test_a_word_is_held_when_any_phrasing_has_it() -> None:
    assert index().holds("落户")
    assert not index().holds("火锅")
