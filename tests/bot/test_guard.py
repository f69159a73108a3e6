from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import bot.guard
from api.settings import ROOT
from bot.guard import after_cancelling, cancels_waiting, wants_human

CORPORA = Path(__file__).with_name("corpora")
ONLY_SOUNDS_LIKE_IT = ROOT / "nlu" / "distress" / "only_sounds_like_it.txt"


def corpus(name):
    """The lines of one corpus file."""
    path = CORPORA / f"{name}.txt"
    return [line for line in path.read_text("utf-8").split("\n") if line]


@pytest.mark.parametrize("text", corpus("wants_human"))
def test_a_person_is_asked_for(text):
    assert wants_human(text)


@pytest.mark.parametrize("text", corpus("not_wants_human"))
def test_a_person_is_only_spoken_of(text):
    assert not wants_human(text)


@pytest.mark.parametrize("text", corpus("cancels_waiting"))
def test_waiting_is_given_up(text):
    assert cancels_waiting(text)


@pytest.mark.parametrize("text", corpus("not_cancels_waiting"))
def test_waiting_goes_on(text):
    assert not cancels_waiting(text)


def test_the_corpora_are_large_enough_to_say_something():
    assert abs(len(corpus("wants_human")) - len(corpus("not_wants_human"))) <= 60
    assert abs(len(corpus("cancels_waiting")) - len(corpus("not_cancels_waiting"))) <= 60


def test_ordinary_messages_ask_for_nobody():
    assert [
        text
        for text in corpus("clean_sentences") + ONLY_SOUNDS_LIKE_IT.read_text("utf-8").splitlines()
        if wants_human(text)
    ] == []


@pytest.mark.parametrize(
    "text", ["人工", "转人工", "0", "０", "找个活人", "转 人 工", "轉人工", "「转人工」", "转人工👴", "人\u200b工"]
)
def test_the_way_to_a_person_is_open_however_it_is_typed(text):
    assert wants_human(text)


def test_a_person_asked_for_after_giving_up_is_no_cancelling():
    assert wants_human("算了转人工")
    assert not cancels_waiting("算了转人工")


def test_cancelling_beside_a_question_counts_when_it_is_plain():
    assert cancels_waiting("不用人工了，户口注销证明要不要带")
    assert not cancels_waiting("取消补助金吗，户口注销证明要不要带")


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_gets_an_answer(text):
    assert not (wants_human(text) and cancels_waiting(text))


@given(st.text(st.sampled_from("转人工找个活真0 ，。不要取消死想了我"), max_size=40))
def test_blanks_change_no_decision(text):
    spaced = " ".join(text)
    assert wants_human(spaced) == wants_human(text)


def test_a_story_of_2000_characters_is_no_wish_and_no_burden():
    assert not wants_human("人" * 2_000)
    assert not cancels_waiting("不" * 2_000)


def words_of(node):
    """All words of a part of the word lists."""
    if isinstance(node, str):
        return [node]
    return [word for part in (node.values() if isinstance(node, dict) else node) for word in words_of(part)]


def test_the_word_lists_are_written_as_they_are_compared():
    lists = yaml.safe_load(Path(bot.guard.__file__).with_name("spoken_words.yaml").read_text("utf-8"))
    words = words_of({name: lists[name] for name in ("human", "waiting")})
    assert all(isinstance(word, str) and word for word in words)
    assert [word for word in words if not word.isalnum() or word != word.lower()] == []


@pytest.mark.parametrize(("section", "name"), [("human", "plain"), ("waiting", "plain"), ("human", "exact")])
def test_a_list_holds_no_word_twice(section, name):
    lists = yaml.safe_load(Path(bot.guard.__file__).with_name("spoken_words.yaml").read_text("utf-8"))
    assert len(lists[section][name]) == len(set(lists[section][name]))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("取消 哪些东西不用带", "哪些东西不用带"),
        ("取消吧 那第二条生活费在哪里领", "那第二条生活费在哪里领"),
        ("算了不等了，你接着说", "你接着说"),
        ("取消", ""),
        ("没事 我等着", ""),
        ("不用了，谢谢", ""),
        ("我想取消订单 怎么弄", ""),
        ("不要取消 我等", ""),
        ("？", ""),
    ],
)
def test_what_is_said_behind_the_cancelling_is_told_from_it(text: str, rest: str) -> None:
    assert after_cancelling(text) == rest
