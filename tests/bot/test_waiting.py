"""What people want who wait: heard by their words, and nothing else taken for it."""

from __future__ import annotations

import pytest

from bot.masking import mask
from bot.message import Memory, Owner
from bot.normalise import normalise
from bot.waiting import waiting_wish

OWN = "13900001111"


def wish(text: str, asked: str | None = None, owner: Owner = Owner.QUEUE, caller: str | None = None) -> str | None:
    masked = mask(normalise(text))
    found = waiting_wish(masked.text, masked.found, Memory(asked=asked), owner, caller)  # type: ignore[arg-type]
    return found.kind if found else None


@pytest.mark.parametrize(
    "text", ["13800138000", "我的电话是13800138000", "打这个号 138 0013 8000", "0791-88888888", "给我回电13800138000"]
)
def test_number_in_the_queue_is_one_to_be_called(text: str) -> None:
    assert wish(text) == "keep_call_back"


def test_number_is_taken_out_of_a_sentence_only_when_it_was_asked_for() -> None:
    assert wish("我儿子的手机13800138000，他姓张", asked="call_back") == "keep_call_back"
    assert wish("我儿子的手机13800138000，他姓张") is None


@pytest.mark.parametrize("text", ["那边的电话0791-88888888打不通", "县局0791-88888888没人接", "是0791-88888888吗？"])
def test_number_of_an_office_is_not_his(text: str) -> None:
    assert wish(text, asked="call_back") is None


@pytest.mark.parametrize("text", ["1", "好", "就打这个电话", "这个号码就行", "打给我吧"])
def test_number_he_calls_from_is_taken_by_a_word(text: str) -> None:
    assert wish(text, "call_back", caller=OWN) == "keep_call_back"


@pytest.mark.parametrize("text", ["1", "好", "就打这个电话"])
def test_where_the_line_tells_no_number_none_is_taken(text: str) -> None:
    assert wish(text, "call_back") is None


@pytest.mark.parametrize("text", ["不用了", "不用", "不用打电话", "不留号码", "别打了", "不用了，谢谢", "2"])
def test_call_is_declined_where_it_was_offered(text: str) -> None:
    assert wish(text, "call_back") == "decline_call_back"


@pytest.mark.parametrize("text", ["取消", "不等了", "户口怎么办", "电话打不通", "电话是多少"])
def test_other_words_are_left_to_others(text: str) -> None:
    assert wish(text, "call_back") is None


@pytest.mark.parametrize("text", ["回电", "给我打电话", "你们给我回个电话吧", "能不能打给我"])
def test_wish_to_be_called_is_heard_in_the_queue_and_by_the_bot(text: str) -> None:
    assert wish(text) == "ask_call_back"
    assert wish(text, owner=Owner.BOT) == "ask_call_back"


@pytest.mark.parametrize(
    "text",
    ["打电话能办吗", "13800138000", "你们的电话", "电话多少", "多久", "还要等多久", "不用了", "1", "打电话", "电话"],
)
def test_bot_takes_nothing_else_for_a_wish_to_be_called(text: str) -> None:
    assert wish(text, owner=Owner.BOT) is None


@pytest.mark.parametrize("text", ["不用打电话了", "别给我打电话", "取消回电"])
def test_promise_is_taken_back(text: str) -> None:
    assert wish(text, owner=Owner.BOT) == "cancel_call_back"


@pytest.mark.parametrize(
    "text", ["还要等多久", "还要等多久啊？", "我排到第几了", "前面还有几个人", "什么时候能轮到我", "要等多长时间"]
)
def test_question_how_long_it_takes_is_heard_in_the_queue(text: str) -> None:
    assert wish(text) == "tell_wait"


@pytest.mark.parametrize("text", ["落户要多久", "办社保卡要等多久才发", "补助金什么时候能到我卡上"])
def test_question_about_a_matter_is_not_one_about_the_queue(text: str) -> None:
    assert wish(text) is None


def test_counselor_hears_everything_himself() -> None:
    assert wish("13800138000", "call_back", Owner.COUNSELOR) is None


def test_identity_number_is_no_number_to_call() -> None:
    assert wish("11010519491231002X 13800138000", "call_back") is None
