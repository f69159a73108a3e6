"""What an operator's line gets beside the replies, and what a line for text messages does."""

from __future__ import annotations

import json

from bot.text_message import part_count
from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa, say

CITED = {"guide": "h", "title": "方案", "doc_no": "豫〔2024〕63号", "section": "五(二)6", "valid_from": None}
ANSWER = say("要带《户口簿》。", "answer", citations=[CITED], choices=[{"number": 1, "label": "更多"}])


async def test_operator_gets_what_to_read_and_what_to_look_at(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [ANSWER])) as house:
        answer = await house.line.send("来电人问 户口簿 要否", "m-1", operator=True)
        (reply,) = answer["replies"]

    assert reply["data"]["read_aloud"] == ["要带户口簿。请选：一，更多。依据是豫2024年63号，五，二，6。"]
    assert reply["text"].startswith(reply["data"]["read_aloud"][0])
    assert reply["data"]["operator"]["quick_keys"] == {"1": "更多", "*": "上一步", "#": "再说一遍", "0": "人工"}
    assert [one["message"] for one in house.rasa.asked] == ["户口簿要不要"]


async def test_caller_himself_gets_neither(build: Build) -> None:
    async with build(rasa=FakeRasa(answer=lambda _: [ANSWER])) as house:
        answer = await house.line.send("来电人问 户口簿 要否", "m-1")
        (reply,) = answer["replies"]

    assert reply["data"] == {}
    assert [one["message"] for one in house.rasa.asked] == ["来电人问 户口簿 要否"]


async def test_operator_reads_the_place_in_the_queue_too(house: House) -> None:
    answer = await house.line.send("0", "m-1", operator=True)

    assert answer["state"]["owner"] == "queue"
    assert answer["replies"][0]["data"]["read_aloud"]


async def test_keys_stand_for_words(house: House) -> None:
    for number, key in enumerate("*#＃"):
        await house.line.send(key, f"m-{number}")

    assert [one["message"] for one in house.rasa.asked] == ["上一步", "再说一遍", "再说一遍"]


async def test_later_replies_are_for_reading_aloud_when_that_is_asked_for(house: House) -> None:
    house.rasa.is_down = True
    await house.line.send("你好", "m-1")
    house.rasa.is_down = False
    await house.until_handled()
    path = "/channels/hotline/sessions/s-1/messages"
    response = await house.http.get(path, params={"operator": "true"}, headers=house.line.headers(""))

    assert response.json()["messages"][-1]["reply"]["data"]["read_aloud"] == ["听到：你好。"]


async def test_text_messages_say_how_many_parts_they_take(build: Build) -> None:
    long = say("请带户口簿。" * 60, "smalltalk")
    async with build(rasa=FakeRasa(answer=lambda _: [long])) as house:
        answer = await house.line.send("问", "m-1", form="text_message")

    counted = [(one["data"]["parts"], part_count(one["text"])) for one in answer["replies"]]
    assert counted == [(2, 2)], json.dumps(answer, ensure_ascii=False)
