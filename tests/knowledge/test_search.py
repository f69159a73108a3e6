from __future__ import annotations

from knowledge.search import CERTAIN, LIKELY, NEAR, SURE, Hit, Search, tokens
from knowledge.vocabulary import Vocabulary
from tests.knowledge.builders import item, library, paper, province, statement


def topic(topic_id: str, title: str, *questions: str, say: str = "就这样。") -> dict[str, object]:
    return statement(say, id=topic_id, title=title, questions=list(questions))


def ranked(question: str, *topics: dict[str, object]) -> list[Hit]:
    card = item(
        "card",
        aspects={"overview": statement("一张卡。"), "time_limit": statement("很快。"), "where": statement("窗口。")},
    )
    toy = province(
        [card, item("reporting")], [paper("letter", "reporting"), paper("photo", "card")], topics=list(topics)
    )
    words = Vocabulary(library(toy))
    return Search(toy, library(toy), words).rank(question, words.find(question))


RAIN = topic("rain", "下雨天开不开门", "下大雨还上班吗", "刮风下雨能去不")
SNOW = topic("snow", "下雪天开不开门", "下大雪还上班吗", "雪天能去不")


def test_a_phrasing_of_an_entry_is_certain() -> None:
    best, *others = ranked("下大雨还上班吗", RAIN, SNOW)

    assert best.entry.key == "rain"
    assert best.score >= CERTAIN
    assert all(one.score < best.score for one in others)


def test_a_nearly_alike_phrasing_keeps_its_order() -> None:
    assert [one.entry.key for one in ranked("下大雪要上班吗", RAIN, SNOW)][:2] == ["snow", "rain"]


def test_hits_stand_best_first() -> None:
    scores = [one.score for one in ranked("优待证几天", RAIN, SNOW)]

    assert scores == sorted(scores, reverse=True)


def test_the_named_aspect_of_the_named_item_comes_first() -> None:
    assert ranked("优待证去哪")[0].entry.id == "toy.item.card.where"


def test_an_entry_of_another_item_is_kept_back() -> None:
    scores = {one.entry.id: one.score for one in ranked("优待证是什么")}

    assert scores["toy.item.card.overview"] > NEAR > scores["toy.item.reporting.overview"]


def test_an_aspect_alone_is_not_sure_of_any_item() -> None:
    assert all(one.score < SURE for one in ranked("几天"))


def test_what_an_entry_says_counts_a_little() -> None:
    parking = topic("parking", "停车", say="院子里可以停三轮车。")

    best = ranked("三轮车停院子里", parking)[0]

    assert best.entry.key == "parking"
    assert best.score < CERTAIN


def test_words_that_say_nothing_are_like_nothing() -> None:
    assert all(one.score < NEAR for one in ranked("请问一下那个我你是的吗", RAIN, SNOW))


def test_an_empty_question_has_no_hits() -> None:
    assert ranked("？！") == []


def test_the_marks_stand_in_order() -> None:
    assert NEAR < LIKELY < SURE < CERTAIN


def test_tokens_are_words_and_pairs_of_neighbours() -> None:
    assert set(tokens("照片，介绍")) == {"照片", "介绍", "片介"}


def test_tokens_do_not_depend_on_width_case_or_punctuation() -> None:
    assert tokens("ＡＰＰ　登录！") == tokens("app登录")
