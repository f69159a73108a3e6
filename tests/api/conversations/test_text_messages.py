"""The form of text messages on the line: pages wait with the conversation and are turned by themselves."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.message import ActionResult, Choice, Memory, Reply
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa, say

FORM = {"form": "text_message"}
SENTENCE = "这是一句二十个字的话说完这一句就到头了。"
LONG = SENTENCE * 15
QUESTION = Reply(
    kind="question", text="注销了吗？", choices=(Choice(number=1, label="是"), Choice(number=2, label="否"))
)


def speaks_long(asked: dict[str, object]) -> list[ActionResult]:
    """A long answer to everything but a greeting."""
    return [say("您好。") if asked["message"] == "你好" else say(LONG, "notice")]


def texts(answer: dict[str, object]) -> list[str]:
    return [reply["text"] for reply in answer["replies"]]  # type: ignore[attr-defined]


async def test_pages_are_turned_without_rasa(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=speaks_long)) as house:
        first = await house.line.send("医保怎么接", "m-1", **FORM)
        house.rasa.is_down = True
        second = await house.line.send("1", "m-2", **FORM)
        third = await house.line.send("下一页", "m-3", **FORM)

    assert texts(first) == [SENTENCE * 6 + "\n还有2页，回1看下一页"]
    assert texts(second) == [SENTENCE * 6 + "\n还有1页，回1看下一页"]
    assert texts(third) == [SENTENCE * 3]
    assert [one["replies"][0]["kind"] for one in (first, second, third)] == ["notice"] * 3
    assert house.rows("SELECT outcome FROM inbox ORDER BY id") == [("answered",), ("page_turned",), ("page_turned",)]


async def test_the_same_message_turns_one_page(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=speaks_long)) as house:
        await house.line.send("医保怎么接", "m-1", **FORM)
        again = await asyncio.gather(*(house.line.send("1", "m-2", **FORM) for _ in range(5)))
        after = await house.line.send("1", "m-3", **FORM)

    assert again == [again[0]] * 5
    assert texts(after) == [SENTENCE * 3]


async def test_pages_survive_a_restart(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=speaks_long)) as house:
        await house.line.send("医保怎么接", "m-1", **FORM)
    async with build(rasa=FakeRasa(answer=speaks_long)) as house:
        second = await house.line.send("继续", "m-2", **FORM)

    assert texts(second) == [SENTENCE * 6 + "\n还有1页，回1看下一页"]


async def test_a_new_message_drops_what_waits(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=speaks_long)) as house:
        await house.line.send("医保怎么接", "m-1", **FORM)
        await house.line.send("你好", "m-2", **FORM)
        after = await house.line.send("1", "m-3")

        assert texts(after) == [LONG]
        assert [one["message"] for one in house.rasa.asked] == ["医保怎么接", "你好", "1"]


async def test_pages_still_wait_behind_a_call_for_a_person_that_was_taken_back(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=speaks_long)) as house:
        await house.line.send("医保怎么接", "m-1", **FORM)
        await house.line.send("人工", "m-2", **FORM)
        await house.line.send("取消", "m-3", **FORM)
        after = await house.line.send("1", "m-4", **FORM)

    assert texts(after) == [SENTENCE * 6 + "\n还有1页，回1看下一页"]


async def test_the_open_question_comes_back_as_it_was_sent(build: Build) -> None:
    asks = ActionResult(replies=(QUESTION,), memory=Memory(loop="run_questionnaire", highest_number=2))
    async with build(rasa=FakeRasa(answer=lambda _: [asks])) as house:
        asked = await house.line.send("开始", "m-1", **FORM)
        await house.line.send("人工", "m-2", **FORM)
        back = await house.line.send("取消", "m-3", **FORM)

    assert texts(asked) == ["注销了吗？\n1. 是\n2. 否"]
    assert texts(back)[1:] == texts(asked)
    assert back["replies"][1]["choices"] == asked["replies"][0]["choices"]


async def test_without_the_form_a_reply_has_any_length(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=speaks_long)) as house:
        answer = await house.line.send("医保怎么接", "m-1", form=None)

    assert texts(answer) == [LONG]


async def test_the_form_of_a_reply_is_not_shown(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=speaks_long)) as house:
        answer = await house.line.send("医保怎么接", "m-1", **FORM)

    assert set(answer["replies"][0]) == {"kind", "text", "choices", "citations", "data"}


@pytest.mark.parametrize("form", ["telegram", "", "TEXT_MESSAGE", 1, True, ["text_message"]])
async def test_a_form_that_nobody_knows_is_refused(house: House, form: object) -> None:
    body = {"message_id": "m-1", "session_id": "s-1", "text": "你好", "form": form}

    response = await house.line.post(json.dumps(body))

    assert response.status_code == 422
    assert response.json()["detail"] == "form: Input should be 'text_message'"


async def test_later_replies_have_the_form_too(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=speaks_long, is_down=True)) as house:
        await house.line.send("医保怎么接", "m-1", **FORM)
        house.rasa.is_down = False
        await house.until_handled()
        later = await house.line.later()
        after = await house.line.send("1", "m-2", **FORM)

    assert [one["reply"]["text"] for one in later] == [SENTENCE * 6 + "\n还有2页，回1看下一页"]
    assert set(later[0]["reply"]) == {"kind", "text", "choices", "citations", "data"}
    assert texts(after) == [SENTENCE * 6 + "\n还有1页，回1看下一页"]
