from __future__ import annotations

from datetime import date

import pytest

from knowledge.phrasings import Phrasings
from knowledge.search import Found, Search, searched_entries
from knowledge.vectors import VectorStore
from knowledge.vocabulary import Vocabulary
from knowledge.word_index import tokens
from tests.knowledge.builders import NoModel, item, library, paper, province, statement


def topic(topic_id: str, title: str, *questions: str, say: str = "就这样。") -> dict[str, object]:
    return statement(say, id=topic_id, title=title, questions=list(questions))


TODAY = date(2024, 6, 1)


def ranked(question: str, *topics: dict[str, object], today: date = TODAY) -> Found:
    card = item(
        "card",
        aspects={"overview": statement("一张卡。"), "time_limit": statement("很快。"), "where": statement("窗口。")},
    )
    toy = province(
        [card, item("reporting")], [paper("letter", "reporting"), paper("photo", "card")], topics=list(topics)
    )
    known = library(toy)
    words = Vocabulary(known)
    entries = searched_entries(toy, known, words)
    store = VectorStore({}, NoModel())
    search = Search(entries, Phrasings(Phrasings.grouped(entries), store), store, today=lambda: today)
    return search.rank(question, words.find(question))


def ids(found: Found) -> list[str]:
    return [hit.entry.id for hit in found.hits]


RAIN = topic("rain", "下雨天开不开门", "下大雨还上班吗", "刮风下雨能去不")
SNOW = topic("snow", "下雪天开不开门", "下大雪还上班吗", "雪天能去不")


def test_a_phrasing_of_an_entry_comes_first_and_is_wholly_alike() -> None:
    found = ranked("下大雨还上班吗", RAIN, SNOW)

    assert found.hits[0].entry.key == "rain"
    assert found.hits[0].likeness == 1.0


@pytest.mark.parametrize(
    ("dates", "day", "is_said"),
    [
        ({"until": "2024-05-31"}, date(2024, 5, 31), True),
        ({"until": "2024-05-31"}, date(2024, 6, 1), False),
        ({"from": "2024-06-02"}, date(2024, 6, 1), False),
        ({"from": "2024-06-02"}, date(2024, 6, 2), True),
    ],
    ids=["on its last day", "after it", "before its first day", "on it"],
)
def test_a_topic_is_found_within_its_dates_only(dates: dict[str, str], day: date, is_said: bool) -> None:
    found = ids(ranked("下大雨还上班吗", {**RAIN, **dates}, SNOW, today=day))

    assert (found[0] == "toy.topic.rain", "toy.topic.rain" in found) == (is_said, is_said)


def test_a_nearly_alike_phrasing_keeps_its_order() -> None:
    assert ids(ranked("下大雪要上班吗", RAIN, SNOW))[:2] == ["toy.topic.snow", "toy.topic.rain"]


def test_hits_stand_best_first_and_share_all_likelihood() -> None:
    shares = [one.share for one in ranked("优待证几天", RAIN, SNOW).hits]

    assert shares == sorted(shares, reverse=True)
    assert 0.0 < sum(shares) <= 1.0 + 1e-9


def test_the_named_aspect_of_the_named_item_comes_first() -> None:
    assert ids(ranked("优待证去哪"))[0] == "toy.item.card.where"


def test_an_entry_of_another_item_is_kept_back() -> None:
    found = ids(ranked("优待证是什么"))

    assert found.index("toy.item.card.overview") < found.index("toy.item.reporting.overview")


def test_what_is_asked_in_an_entrys_words_is_likelier_right_than_what_nothing_is_like() -> None:
    assert ranked("下大雨还上班吗", RAIN, SNOW).chance > ranked("火锅哪家好吃", RAIN, SNOW).chance


def test_what_an_entry_says_counts_a_little() -> None:
    parking = topic("parking", "停车", say="院子里可以停三轮车。")

    assert ranked("三轮车停院子里", parking).hits[0].entry.key == "parking"


def test_every_hit_tells_what_each_signal_added() -> None:
    parts = ranked("优待证去哪").hits[0].parts

    assert parts["item"] > 0
    assert "own_meaning" not in parts  # There is no embedding here.


def test_an_empty_question_has_no_hits() -> None:
    assert ranked("？！").hits == ()


def test_a_phrasing_of_another_province_finds_the_same_matter() -> None:
    here = province([item("card", aspects={"overview": statement("一张卡。", questions=["那个证是干嘛的"])})], [])
    known = library(here)
    words = Vocabulary(known)
    entries = searched_entries(here, known, words)
    of_matter = Phrasings.grouped(entries)
    of_matter["item.card.overview"]["凭它能坐车不"] = None
    store = VectorStore({}, NoModel())

    found = Search(entries, Phrasings(of_matter, store), store).rank("凭它能坐车不", [])

    assert found.hits[0].entry.id == "toy.item.card.overview"
    assert found.hits[0].likeness == 1.0


def test_tokens_are_words_and_pairs_of_neighbours() -> None:
    assert tokens("照片，介绍") == {"照片", "介绍", "片介"}


def test_tokens_do_not_depend_on_width_case_or_punctuation() -> None:
    assert tokens("ＡＰＰ　登录！") == tokens("app登录")
