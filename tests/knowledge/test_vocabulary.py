from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.vocabulary import Mention, Vocabulary, dictionary_for_rasa, fold
from tests.knowledge.builders import item, library, paper, province

WORDS = Vocabulary(library(province()))


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.id) for one in WORDS.find(text)]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("报到", ("item", "reporting")),
        ("落户登记", ("item", "household")),
        ("上户口", ("item", "household")),
        ("照片", ("paper", "photo")),
        ("几天", ("aspect", "time_limit")),
        ("老局", ("department", "office")),
        ("一件事", ("term", "matter")),
        ("坐火车", ("outside", "trains")),
    ],
)
def test_a_name_or_an_everyday_name_is_found(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(f"我想问{text}呢")


def test_a_mention_knows_its_place() -> None:
    assert WORDS.find("去报到吧") == [Mention("item", "reporting", 1, 3, 1.0)]


def test_mentions_stand_in_the_order_of_the_text() -> None:
    assert found("照片和介绍信，报到要几天") == [
        ("paper", "photo"), ("paper", "letter"), ("item", "reporting"), ("aspect", "time_limit"),
    ]  # fmt: skip


def test_the_longest_word_wins_over_words_inside_it() -> None:
    nested = [{"id": "card", "name": "优待证"}, {"id": "reporting", "name": "优待证报到"}]
    words = Vocabulary(library(items=nested))

    assert [one.id for one in words.find("优待证报到怎么办")] == ["reporting"]


def test_an_aspect_is_not_taken_from_the_name_of_a_thing() -> None:
    nested = [{"id": "card", "name": "多久卡"}]
    words = Vocabulary(library(items=nested))

    assert [(one.kind, one.id) for one in words.find("多久卡")] == [("item", "card")]


def test_an_aspect_may_share_characters_with_a_thing() -> None:
    crossing = [{"id": "card", "name": "办多"}]
    words = Vocabulary(library(items=crossing))

    assert [(one.kind, one.id) for one in words.find("办多久")] == [("item", "card"), ("aspect", "time_limit")]


def test_a_word_may_name_a_thing_and_an_aspect() -> None:
    same = [{"id": "card", "name": "几天"}]
    words = Vocabulary(library(items=same))

    assert {one.kind for one in words.find("几天")} == {"item", "aspect"}


def test_a_word_that_means_two_things_is_a_mention_of_each() -> None:
    twice = [
        {"id": "card", "name": "卡", "aliases": ["本本"]},
        {"id": "reporting", "name": "报到", "aliases": ["本本"]},
    ]
    words = Vocabulary(library(items=twice))

    assert {one.id for one in words.find("本本")} == {"card", "reporting"}


def test_a_hint_only_points_at_a_thing() -> None:
    assert [one.strength for one in WORDS.find("户口的事")] == [0.5]


def test_an_aspects_name_is_a_title_and_no_word() -> None:
    assert found("费用") == []


def test_a_provinces_own_names_are_found() -> None:
    own = province([item("card", name="拥军卡")], [paper("photo", "card", name="寸照")])
    words = Vocabulary(library(own))

    assert {(one.kind, one.id) for one in words.find("拥军卡的寸照")} == {("item", "card"), ("paper", "photo")}


@pytest.mark.parametrize("text", ["部队介绍新", "注销正明", "上呼口", "优代证"])
def test_a_word_of_three_characters_or_more_is_found_by_sound(text: str) -> None:
    assert [one.strength for one in WORDS.find(text) if one.kind in ("item", "paper")] == [0.8]


@pytest.mark.parametrize("text", ["包到", "保到", "赵片"])  # boundary: two characters
def test_a_shorter_word_is_not_found_by_sound(text: str) -> None:
    assert found(text) == []


def test_nothing_is_heard_where_a_word_is_written() -> None:
    assert [one.strength for one in WORDS.find("优待证")] == [1.0]


def test_a_word_is_heard_although_it_holds_a_character_of_two_readings() -> None:
    words = Vocabulary(library(papers=[{"id": "photo", "name": "银行回执单"}]))

    assert [one.id for one in words.find("银行回直单")] == ["photo"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("ＯＫ１２", "ok12"), ("①", "1"), ("戶囗証", "户口证"), ("㎏", "㎏"), ("ABC", "abc"), ("一 二", "一 二")],
)
def test_text_is_compared_in_one_form(text: str, plain: str) -> None:
    assert fold(text) == plain


@pytest.mark.parametrize("text", ["优待証", "优待证".replace("证", "証"), "上户囗", "上戶口"])
def test_words_are_found_in_old_and_mistaken_characters(text: str) -> None:
    assert len(found(text)) == 1


@given(st.text(max_size=40))
def test_folding_keeps_one_character_for_one(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=40))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    mentions = WORDS.find(text)

    assert all(0 <= one.start < one.end <= len(text) for one in mentions)


@given(
    st.lists(st.sampled_from(["报到", "户口", "优待证", "几天", "照片", "优呆证", "去", "吗"]), max_size=6).map("".join)
)
def test_things_do_not_overlap(text: str) -> None:
    things = [one for one in WORDS.find(text) if one.kind != "aspect"]
    spans = sorted({(one.start, one.end) for one in things})

    assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_rasa_gets_every_word_once_with_its_id() -> None:
    entries = dictionary_for_rasa(library(province()))
    household = [one for one in entries if (one["entity"], one["value"]) == ("item", "household")]

    assert household == [{"entity": "item", "value": "household", "words": ["上户口", "户口", "落户", "落户登记"]}]


def test_rasa_gets_the_provinces_by_code_with_short_and_full_name() -> None:
    entries = dictionary_for_rasa(library())

    assert {"entity": "region", "value": "410000", "words": ["河南", "河南省"]} in entries
