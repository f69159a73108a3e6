from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import model
from knowledge.answer_matching import (
    Match,
    chosen_number,
    fills,
    match_answer,
    says_no,
    says_yes,
)
from knowledge.answers_beside import match_others, still_said
from knowledge.conditions import UNSURE
from knowledge.library import Library
from knowledge.loader import load_library
from tests.knowledge.builders import province, question, questionnaire


@cache
def library() -> Library:
    return load_library()


def asked(question_id: str, *options: dict[str, Any], **more: Any) -> model.Question:
    data = {**question(question_id, **more), "options": list(options)}
    return province([], [], questionnaire(data)).questionnaire.questions[0]


CANCELLED = asked(
    "cancelled",
    {"id": "yes", "label": "注销了", "means": ["注销", "销户了", "已经注销过了"]},
    {"id": "no", "label": "没注销", "means": ["户口还在", "没销"]},
    topics=["户口", "注销"],
)
SETTLES = asked(
    "settles",
    {"id": "family", "label": "落到亲属家", "means": ["落我爸家", "家庭户"]},
    {"id": "own", "label": "自己新立一户", "means": ["新立户", "单独立户", "家庭户"]},
    {"id": "employer", "label": "单位集体户", "means": ["集体户", "落单位"]},
)


def meant(asked: model.Question, text: str) -> list[str]:
    return [one.value for one in match_answer(asked, text)]


@pytest.mark.parametrize(
    "text",
    [
        "2", "２", "②", "⑵", "⒉", "2️⃣", "二",
        "2.", "2。", "2、", "(2)", "（2）", "2）", " 2 ", "第二", "第二个", "第2个",
        "第二项", "第二条", "二号", "2号", "选2", "选二", "选②", "我选2", "选择2", "我选择第二个", "选第二个吧", "填2",
        "要第二个", "就2吧", "那就第二个", "选项2", "第二个选项", "我选的是2", "2吧", "2！",
    ],
)  # fmt: skip
def test_the_number_two_is_understood_however_it_is_written(text: str) -> None:
    assert chosen_number(text) == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("9", 9), ("①", 1), ("⑨", 9), ("九", 9), ("第一个", 1),
        ("10", 10), ("１２", 12), ("12.", 12), ("⑩", 10), ("⑫", 12), ("十", 10), ("第十个", 10), ("第十二项", 12),
        ("选11", 11), ("16", 16), ("十六号", 16),
    ],
)  # fmt: skip
def test_numbers_of_long_lists_are_understood_too(text: str, number: int) -> None:
    assert chosen_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "0", "00", "01", "100", "第0个", "零", "二十天", "十几个",
        "2 3", "1和2", "2个月", "两个", "两个都要", "一样", "一般", "一起", "一下",
        "二月", "2026", "2天", "第二天", "第二个是什么意思", "二哥", "三亚", "选", "第", "一个都没有", "12345", "B",
    ],
)  # fmt: skip
def test_what_only_contains_a_number_is_no_choice(text: str) -> None:
    assert chosen_number(text) is None


@pytest.mark.parametrize(("text", "value"), [("1", "family"), ("第三个", "employer"), ("4", UNSURE)])
def test_a_number_chooses_the_option_and_after_the_last_one_unsure(text: str, value: str) -> None:
    assert match_answer(SETTLES, text) == [Match("settles", value, exact=True)]


@pytest.mark.parametrize("text", ["5", "9"])  # boundary: 4 is the last that is offered
def test_a_number_that_is_not_offered_means_nothing(text: str) -> None:
    assert match_answer(SETTLES, text) == []


@pytest.mark.parametrize(
    "text", ["注销了", "注销", "已经注销过了", "注销了。", "注 销 了", "注销了啊", "注销啦！".replace("啦", "呢")]
)
def test_a_message_that_is_nothing_but_an_answer_is_exact(text: str) -> None:
    assert match_answer(CANCELLED, text) == [Match("cancelled", "yes", exact=True)]


def test_an_answer_inside_a_sentence_is_not_exact() -> None:
    assert match_answer(CANCELLED, "我入伍那年就注销了") == [Match("cancelled", "yes", exact=False, words=3)]


@pytest.mark.parametrize(
    "text", ["是", "是的", "对", "嗯", "嗯嗯", "有", "没问题", "行", "中", "要得", "OK", "ＯＫ", "是啊", "对啊", "是滴"]
)
def test_a_bare_yes_answers_a_question_with_yes_and_no(text: str) -> None:
    assert match_answer(CANCELLED, text) == [Match("cancelled", "yes", exact=True)]


@pytest.mark.parametrize(
    "text", ["不是", "没有", "没", "木有", "冇", "没得", "还没", "没呢", "没有呢", "不", "否", "NO"]
)
def test_a_bare_no_answers_a_question_with_yes_and_no(text: str) -> None:
    assert match_answer(CANCELLED, text) == [Match("cancelled", "no", exact=True)]


@pytest.mark.parametrize("text", ["是", "没有"])
def test_a_bare_yes_or_no_is_no_answer_to_a_choice(text: str) -> None:
    assert match_answer(SETTLES, text) == []


@pytest.mark.parametrize("text", ["嗯，注销了", "我注销了", "这个嘛 注销了，麻烦您", "我户口早就注销了"])
def test_an_answer_is_found_inside_a_message(text: str) -> None:
    assert meant(CANCELLED, text) == ["yes"]


@pytest.mark.parametrize("text", ["没注销", "我户口没注销", "没注销呢", "我那户口，没注销", "说是没注销过"])
def test_the_longer_words_win(text: str) -> None:
    assert meant(CANCELLED, text) == ["no"]


@pytest.mark.parametrize(
    "text", ["没有注销", "还没有注销", "未注销", "不注销了", "冇注销", "并没有注销过", "没有已经注销过了"]
)
def test_words_that_are_denied_are_not_taken_for_an_answer(text: str) -> None:
    assert "yes" not in meant(CANCELLED, text)


@pytest.mark.parametrize("text", ["不是单位集体户", "没有落单位", "不是集体户"])
def test_words_inside_denied_words_are_not_taken_either(text: str) -> None:
    assert "employer" not in meant(SETTLES, text)


@pytest.mark.parametrize("text", ["不是，注销了", "没错 注销了", "没有。户口注销了"])
def test_a_denial_reaches_to_the_end_of_its_clause_only(text: str) -> None:
    assert meant(CANCELLED, text) == ["yes"]


@pytest.mark.parametrize(
    "text",
    [
        "不确定",
        "不清楚啊",
        "不知道注销没有",
        "记不清有没有注销",
        "不晓得没注销还是注销了",
        "这个说不准",
        "我忘了",
        "搞不清",
    ],
)
def test_who_does_not_know_is_unsure_whatever_else_he_says(text: str) -> None:
    assert meant(CANCELLED, text) == [UNSURE]


def test_who_does_not_know_something_else_still_answers() -> None:
    assert meant(CANCELLED, "这些我不懂，户口是注销了") == ["yes"]


@pytest.mark.parametrize(("text", "exact"), [("不太清楚", True), ("这个事情我自己真的是不太清楚", False)])
def test_a_short_message_of_doubt_is_an_exact_answer(text: str, exact: bool) -> None:
    assert match_answer(CANCELLED, text)[0].exact is exact


def test_words_of_two_options_are_both_handed_back() -> None:
    assert meant(SETTLES, "家庭户") == ["family", "own"]


def test_two_options_in_one_sentence_are_both_handed_back_when_equally_long() -> None:
    assert meant(SETTLES, "新立户还是集体户好呢") == ["own", "employer"]


@pytest.mark.parametrize("text", ["自已新立一户", "自己新立户一个", "新立一户自己"])
def test_a_label_with_a_slip_is_understood(text: str) -> None:
    assert meant(SETTLES, text) == ["own"]


@pytest.mark.parametrize("text", ["今天天气不错", "要带什么材料", "", "？？？", "户"])
def test_what_is_no_answer_means_nothing(text: str) -> None:
    assert match_answer(SETTLES, text) == []


def test_answers_to_other_questions_are_taken_from_the_same_sentence() -> None:
    found = match_others([CANCELLED, SETTLES], "我注销了，落我爸家")

    assert found == [Match("cancelled", "yes", False, 3), Match("settles", "family", False, 4)]


@pytest.mark.parametrize("text", ["注销", "2", "是的", "家庭户那种", "没注销过还是注销了呢"])
def test_a_short_or_doubtful_answer_to_another_question_is_not_taken(text: str) -> None:
    assert match_others([SETTLES], text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("注销了", True),
        ("我户口注销了", True),  # the topic 户口 is left out of the count
        ("我当兵那年就注销了", False),
        ("注销了吗", False),
        ("注销了要多久", False),
        ("注销了？", False),
        ("abc注销了", True),  # boundary: 3 of 6
        ("abcd注销了", False),  # boundary: 3 of 7
    ],
)
def test_an_answer_fills_a_message_of_which_it_is_half(text: str, expected: bool) -> None:
    topics_but_one = asked("cancelled", {"id": "yes", "label": "注销了"}, {"id": "no", "label": "无"}, topics=["户口"])

    assert fills(Match("cancelled", "yes", False, 3), topics_but_one, text) is expected


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("是", True, False),
        ("好的。", True, False),
        ("没问题，都对", True, False),
        ("对，不过户口错了", False, False),
        ("不是", False, True),
        ("否！", False, True),
        ("是不是", False, False),
    ],
)
def test_a_bare_yes_or_no_is_recognised(text: str, yes: bool, no: bool) -> None:
    assert (says_yes(text), says_no(text)) == (yes, no)


@given(st.text(max_size=30))
def test_any_text_is_matched_without_an_error(text: str) -> None:
    offered = {"family", "own", "employer", UNSURE}

    assert {one.value for one in match_answer(SETTLES, text)} <= offered


@pytest.mark.parametrize("text", ["还没申请", "我还没申请呢", "还没申请，查不了"])
def test_a_questions_own_way_of_not_knowing_is_unsure(text: str) -> None:
    found = asked("found", {"id": "yes", "label": "查到了"}, {"id": "no", "label": "查不到"}, unsure_means=["还没申请"])

    assert meant(found, text) == [UNSURE]


ORIGIN = asked(
    "origin",
    {"id": "yes", "label": "是，落回原地", "means": ["是"]},
    {"id": "no", "label": "不是，换个地方", "means": ["不是", "不是原来的地方"]},
)
HERE_BEFORE = asked(
    "here_before",
    {"id": "yes", "label": "本地户籍", "means": ["是"]},
    {"id": "no", "label": "外地户籍", "means": ["不是"]},
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("不是原来的地方", False), ("外地户籍，不是原来的地方", True), ("外地户籍不是原来的地方", True), ("不是", True)],
)
def test_an_answer_within_the_words_of_another_question_is_not_said(text: str, kept: bool) -> None:
    match = match_answer(HERE_BEFORE, text)[0]

    assert still_said(match, HERE_BEFORE, match_others([ORIGIN], text), text) is kept


@pytest.mark.parametrize(
    ("province", "text", "value"),
    [
        ("sichuan", "自主就业，党员", "party"),
        ("fujian", "我自主就业，团员，今年退的", "league"),
        ("fujian", "自主就业，我爸党员", None),  # no clause of its own
        ("sichuan", "自主就业，莫得", None),
        ("sichuan", "自主就业，都是", None),
    ],
)
def test_a_name_of_two_characters_is_taken_as_a_clause_of_its_own(province: str, text: str, value: str | None) -> None:
    asked = library().provinces[province].questionnaire.questions
    question = next(one for one in asked if one.id in ("membership", "party_or_league"))

    found = [match.value for match in match_others(asked, text) if match.question == question.id]

    assert found == ([value] if value else [])


def test_words_of_the_answers_ask_nothing() -> None:
    asked = library().provinces["henan"].questionnaire.questions
    where = next(one for one in asked if one.id == "household_type")
    text = "落我爸家，原来在哪落哪"
    told, others = match_answer(where, text)[0], match_others([one for one in asked if one is not where], text)

    assert fills(told, where, text, others)
    assert not fills(told, where, text)
    assert not fills(told, where, "落我爸家，去哪办", ())
