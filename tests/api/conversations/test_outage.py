"""Rasa is away: the person is told once, nothing is lost, and a person can still be reached."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa


def texts(replies: list[dict[str, Any]]) -> list[str]:
    return [reply["text"] for reply in replies]


async def test_person_is_told_once_and_the_waiting_messages_are_handled_in_order(house: House) -> None:
    house.rasa.is_down = True

    first = await house.line.send("第一句", "m-1")
    second = await house.line.send("第二句", "m-2")
    house.rasa.is_down = False
    await house.until_handled()
    third = await house.line.send("第三句", "m-3")

    assert [reply["kind"] for reply in first["replies"]] == ["notice"]
    assert "恢复后会马上答复" in first["replies"][0]["text"]
    assert second["replies"] == []
    later = await house.line.later()
    assert texts([one["reply"] for one in later]) == ["听到：第一句", "听到：第二句"]
    assert texts(third["replies"]) == ["听到：第三句"]


async def test_next_outage_is_told_again(house: House) -> None:
    house.rasa.is_down = True
    await house.line.send("第一句", "m-1")
    house.rasa.is_down = False
    await house.until_handled()
    house.rasa.is_down = True

    again = await house.line.send("第二句", "m-2")

    assert [reply["kind"] for reply in again["replies"]] == ["notice"]


async def test_repeated_message_gets_the_same_notice_also_when_it_was_answered_since(house: House) -> None:
    house.rasa.is_down = True
    first = await house.line.send("第一句", "m-1")
    house.rasa.is_down = False
    await house.until_handled()

    assert await house.line.send("第一句", "m-1") == first


async def test_call_for_a_person_overtakes_what_waits(house: House) -> None:
    house.rasa.is_down = True
    await house.line.send("第一句", "m-1")

    human = await house.line.send("0", "m-2")

    assert [reply["kind"] for reply in human["replies"]] == ["handoff"]
    assert human["state"]["owner"] == "queue"
    await house.until_handled()
    assert house.rasa.asked == []
    assert house.rows("SELECT outcome FROM inbox ORDER BY id") == [("silent",), ("person_requested",)]


async def test_crisis_is_answered_without_rasa(house: House) -> None:
    house.rasa.is_down = True
    await house.line.send("第一句", "m-1")

    answer = await house.line.send("我不想活了", "m-2")

    assert [reply["kind"] for reply in answer["replies"]] == ["crisis"]
    assert "12356" in answer["replies"][0]["text"]
    assert answer["state"]["owner"] == "bot"
    assert house.rows("SELECT reason FROM person_request") == [("distress",)]


async def test_hanging_rasa_is_told_within_the_limit_and_the_answer_follows(build: Build) -> None:
    rasa = FakeRasa()
    rasa.go_on = asyncio.Event()
    async with build(rasa=rasa, response_limit_seconds=0.3, turn_limit_seconds=5) as house:
        answer = await house.line.send("你好", "m-1")
        rasa.go_on.set()
        await house.until_handled()

        assert [reply["kind"] for reply in answer["replies"]] == ["notice"]
        assert "答复稍后发给您" in answer["replies"][0]["text"]
        later = await house.line.later()
        assert texts([one["reply"] for one in later]) == ["听到：你好"]
        assert await house.line.later(after=later[0]["cursor"]) == []


async def test_message_that_fails_while_rasa_is_up_ends_in_an_apology_with_a_reference(house: House) -> None:
    house.rasa.says_nothing = True

    answer = await house.line.send("你好", "m-1")

    assert [reply["kind"] for reply in answer["replies"]] == ["fallback"]
    assert answer["turn_id"].replace("-", "")[:6].upper() in answer["replies"][0]["text"]
    assert len(house.rasa.asked) == 3
    assert len({asked["sender"] for asked in house.rasa.asked}) == 3
    assert house.rows("SELECT outcome FROM inbox") == [("failed",)]


async def test_message_after_a_failed_one_meets_a_fresh_tracker(house: House) -> None:
    house.rasa.says_nothing = True
    await house.line.send("你好", "m-1")
    house.rasa.says_nothing = False

    answer = await house.line.send("在吗", "m-2")

    assert texts(answer["replies"]) == ["听到：在吗"]
    assert len({asked["sender"] for asked in house.rasa.asked}) == 4


async def test_message_that_was_begun_before_a_kill_is_repeated_under_another_sender(build: Build) -> None:
    rasa = FakeRasa()
    rasa.go_on = asyncio.Event()
    async with build(rasa=rasa, response_limit_seconds=0.3, turn_limit_seconds=5) as house:
        await house.line.send("你好", "m-1")
    rasa.go_on.set()
    async with build(rasa=rasa) as house:
        await house.until_handled()

        first, second = (asked["sender"].rpartition(".")[2] for asked in rasa.asked)
        assert (first, second) == ("0", "1")
        assert house.rows("SELECT epoch FROM conversation") == [(1,)]
