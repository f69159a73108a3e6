"""To a person and back."""

from __future__ import annotations

from datetime import datetime

import pytest

from api.conversations.desk_hours import LOCAL
from bot.message import ActionResult, Effect, Memory, QuestionnaireState, Reply
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa, say

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=LOCAL)


@pytest.mark.parametrize("call", ["人工", "0", "转人工", "找个活人"])
async def test_call_for_a_person_silences_the_bot(house: House, call: str) -> None:
    await house.line.send("你好", "m-1")

    called = await house.line.send(call, "m-2")
    after = await house.line.send("医保怎么接", "m-3")

    assert [reply["kind"] for reply in called["replies"]] == ["handoff"]
    assert called["state"]["owner"] == "queue"
    assert after["replies"] == []
    assert after["state"]["owner"] == "queue"
    assert house.rows("SELECT reason, cancelled_at FROM person_request") == [("asked", None)]
    assert house.rows("SELECT text FROM transcript WHERE speaker = 'person' ORDER BY id") == [
        ("你好",),
        (call,),
        ("医保怎么接",),
    ]


async def test_place_in_the_queue_and_opening_are_told(build: Build) -> None:
    async with build(now=lambda: MONDAY_MORNING) as house:
        await house.line.send("人工", "m-1", session_id="s-1")
        second = await house.line.send("人工", "m-2", session_id="s-2")

    assert second["replies"][0]["data"] == {"queue_position": 2, "open_now": True, "next_open": None}


async def test_closed_desk_names_day_and_time(build: Build) -> None:
    async with build(now=lambda: SATURDAY) as house:
        answer = await house.line.send("人工", "m-1")

    reply = answer["replies"][0]
    place = {"queue_position": 1, "open_now": False, "next_open": "2026-11-23T08:30:00+08:00"}
    assert reply["data"] == {**place, "asks_call_back": True}
    assert "11 月 23 日（星期一）8:30" in reply["text"]


async def test_cancelling_brings_the_bot_and_its_open_question_back(build: Build) -> None:
    question = Reply(kind="question", text="您的户口注销了吗？")
    running = Memory(questionnaire=QuestionnaireState(id="henan", answered=1, remaining=9), loop="run_questionnaire")
    rasa = FakeRasa(answer=lambda _: [ActionResult(replies=(question,), memory=running)])
    async with build(rasa=rasa) as house:
        await house.line.send("开始", "m-1")
        queued = await house.line.send("人工", "m-2")
        back = await house.line.send("取消", "m-3")

        assert queued["state"]["questionnaire"] == {"id": "henan", "answered": 1, "remaining": 9}
        assert [reply["kind"] for reply in back["replies"]] == ["notice", "question"]
        assert back["replies"][1]["text"] == "您的户口注销了吗？"
        assert back["state"]["owner"] == "bot"
        assert house.rows("SELECT cancelled_at IS NOT NULL FROM person_request") == [(True,)]


@pytest.mark.parametrize("call", ["0", "转人工"])
async def test_call_for_a_person_in_the_queue_is_told_that_one_waits_already(house: House, call: str) -> None:
    await house.line.send("人工", "m-1")

    again = await house.line.send(call, "m-2")

    assert "已经在排队" in again["replies"][0]["text"]
    assert again["state"]["owner"] == "queue"


@pytest.mark.parametrize("text", ["回去", "我要回去"])
async def test_going_back_leaves_the_queue(house: House, text: str) -> None:
    await house.line.send("人工", "m-1")

    assert (await house.line.send(text, "m-2"))["state"]["owner"] == "bot"


async def test_question_behind_the_cancelling_is_answered(house: House) -> None:
    await house.line.send("人工", "m-1")

    answer = await house.line.send("取消 哪些东西不用带", "m-2")

    assert [reply["text"][:5] for reply in answer["replies"]] == ["已取消人工", "听到：哪些"]
    assert answer["state"]["owner"] == "bot"
    assert house.rows("SELECT text FROM transcript WHERE speaker = 'person' ORDER BY id DESC LIMIT 1") == [
        ("取消 哪些东西不用带",)
    ]


async def test_effect_of_an_action_hands_over_too(build: Build) -> None:
    wanted = Effect(kind="request_person", data={"reason": "asked"})
    handed = say("已转人工", kind="handoff").model_copy(update={"effects": (wanted,), "pauses": True})
    rasa = FakeRasa(answer=lambda _: [handed])
    async with build(rasa=rasa) as house:
        answer = await house.line.send("这事我弄不明白", "m-1")

        assert [reply["kind"] for reply in answer["replies"]] == ["handoff"]
        assert answer["replies"][0]["data"]["queue_position"] == 1
        assert answer["state"]["owner"] == "queue"
        assert house.rows("SELECT epoch FROM conversation") == [(1,)]


async def test_counselor_holds_the_conversation_and_the_bot_is_silent(house: House) -> None:
    await house.line.send("你好", "m-1")
    house.change("UPDATE conversation SET owner = 'counselor'")

    answer = await house.line.send("取消", "m-2")

    assert answer["replies"] == []
    assert answer["state"]["owner"] == "counselor"
