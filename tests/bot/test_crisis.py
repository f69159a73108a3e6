"""Despair, danger and threats are heard without a model; what only sounds like them is not."""

from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import bot.crisis
from api.settings import ROOT
from bot.crisis import in_crisis, whose_danger

CORPORA = Path(__file__).with_name("corpora")
DISTRESS = ROOT / "nlu" / "distress"
PLACES = {"crisis": DISTRESS / "unmistakable.txt", "not_crisis": DISTRESS / "only_sounds_like_it.txt"}


def corpus(name):
    """The lines of one corpus file."""
    path = PLACES.get(name, CORPORA / f"{name}.txt")
    return [line for line in path.read_text("utf-8").split("\n") if line]


def lists_of(name):
    """The word lists of a file."""
    return yaml.safe_load(Path(bot.crisis.__file__).with_name(name).read_text("utf-8"))


@pytest.mark.parametrize("text", corpus("crisis"))
def test_despair_is_heard(text):
    assert in_crisis(text)


@pytest.mark.parametrize("text", corpus("not_crisis"))
def test_a_figure_of_speech_is_no_despair(text):
    assert not in_crisis(text)


def test_despair_is_heard_in_99_of_100_messages_that_say_more():
    before = ("", "唉，", "我退伍回来两年了，", "户口办了半年办不下来，", "你好。", "喂……", "说句心里话，")
    after = ("", "。", "，你们管不管", "！！！", "\n谁来帮帮我", "，户口的事不问了")
    messages = ["".join(row) for row in product(before, corpus("crisis"), after)]
    missed = [text for text in messages if not in_crisis(text)]
    assert len(missed) <= len(messages) * 0.01


def test_despair_is_heard_though_the_words_are_parted():
    parted = [sign.join(text) for text in corpus("crisis") for sign in (" ", "。", "\u200b", "…")]
    assert [text for text in parted if not in_crisis(text)] == []


def test_at_most_1_of_100_ordinary_messages_alarms():
    questions = corpus("not_wants_human") + corpus("not_cancels_waiting") + corpus("clean_sentences")
    feelings = corpus("not_crisis")
    messages = [f"{feeling}，{question}" for feeling, question in zip(feelings * 4, questions * 4, strict=False)]
    messages += questions + feelings + corpus("wants_human") + corpus("cancels_waiting")
    assert len(messages) >= 2_500
    assert len([text for text in messages if in_crisis(text)]) <= len(messages) * 0.01


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_gets_an_answer(text):
    assert in_crisis(text) in {True, False}
    assert whose_danger(text) in {"own", "friend", "threat", "harmed"}


@given(st.text(st.sampled_from("转人工找个活真0 ，。不要取消死想了我"), max_size=40))
def test_blanks_change_no_decision(text):
    assert in_crisis(" ".join(text)) == in_crisis(text)


def test_a_story_of_2000_characters_is_no_burden():
    assert not in_crisis("想" * 2_000)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("不想活了", "own"),
        ("再不办我就从楼上跳下去", "own"),
        ("你们照顾好我妈，我不想活了", "own"),
        ("我战友走了，我也不想活了", "own"),
        ("兄弟们我先走一步，来世再见", "own"),
        ("我战友说要跳桥，我人在外地", "friend"),
        ("有人要跳楼，在服务中心楼顶", "friend"),
        ("来电人称不想活，情绪激动", "friend"),
        ("我爸把农药喝了，叫不醒", "friend"),
        ("不给办就点了大厅", "threat"),
        ("你信不信我捅了那个科长", "threat"),
        ("我老公又打我，头上流血了", "harmed"),
        ("我被他打得肋骨断了，门反锁出不去", "harmed"),
    ],
)
def test_care_knows_whose_danger_it_is(text, danger):
    assert in_crisis(text)
    assert whose_danger(text) == danger


@pytest.mark.parametrize(
    "text",
    [
        "绝望了，又是系统维护",
        "杀了我吧，又要填一遍",
        "站在铁轨旁的家属院属于哪个社区",
        "他打我电话没接到",
        "吃了药能体检吗",
        "手腕受伤，签不了字",
    ],
)
def test_a_nuisance_and_an_errand_are_no_danger(text):
    assert not in_crisis(text)


@pytest.mark.parametrize("text", ["绝望了", "我绝望了，户口的事不问了", "活不下去了", "户口办了半年，我活不下去了"])
def test_a_weak_phrase_counts_where_nothing_is_a_nuisance(text):
    assert in_crisis(text)


def test_every_scene_names_lists_that_are_there_and_every_list_is_named():
    read = lists_of("crisis_scenes.yaml")
    rows = [row for part in ("scenes", "told", "harmed", "threat", "friend", "own") for row in read[part]]
    named = {part for row in rows for part in row if isinstance(part, str)}
    assert named == set(read["words"])


@pytest.mark.parametrize("name", ["crisis_words.yaml", "crisis_scenes.yaml"])
def test_the_word_lists_are_written_as_they_are_compared(name):
    lists = lists_of(name)
    if name == "crisis_scenes.yaml":
        lists = {"words": lists["words"], "harmless": lists["harmless"], "errands": lists["errands"]}
    words = [word for word in words_of(lists) if word]
    assert [word for word in words if not word.isalnum() or word != word.lower()] == []


def words_of(node):
    """All words of a part of the word lists."""
    if isinstance(node, str):
        return [node]
    return [word for part in (node.values() if isinstance(node, dict) else node) for word in words_of(part)]
