"""Order, repetition and limits: what a conversation may rely on."""

from __future__ import annotations

import asyncio
import json

from tests.api.conftest import Build, House
from tests.fakes.rasa import FakeRasa


def said(house: House, session: str) -> list[str]:
    """What the person of a session said, in the order of the transcript."""
    rows = house.rows(
        "SELECT t.text FROM transcript t JOIN conversation c ON c.id = t.conversation_id "
        "WHERE c.session_id = %s AND t.speaker = 'person' ORDER BY t.id",
        session,
    )
    return [text for (text,) in rows]


async def test_messages_of_a_conversation_are_handled_in_the_order_of_arrival(house: House) -> None:
    house.rasa.go_on = asyncio.Event()
    first = asyncio.create_task(house.line.send("第 0 句", "m-0"))
    await house.until_asked(1)
    others = []
    for number in range(1, 6):
        others.append(asyncio.create_task(house.line.send(f"第 {number} 句", f"m-{number}")))
        await house.until("SELECT count(*) FROM inbox", [(number + 1,)])
    house.rasa.go_on.set()
    await asyncio.gather(first, *others)

    assert said(house, "s-1") == [f"第 {number} 句" for number in range(6)]


async def test_different_conversations_are_handled_side_by_side(house: House) -> None:
    house.rasa.go_on = asyncio.Event()
    sent = [asyncio.create_task(house.line.send("你好", f"m-{n}", session_id=f"s-{n}")) for n in range(4)]
    await house.until_asked(4)
    house.rasa.go_on.set()

    assert len(await asyncio.gather(*sent)) == 4


async def test_one_id_delivered_many_times_at_once_is_one_message(house: House) -> None:
    answers = await asyncio.gather(*(house.line.send("你好", "m-1") for _ in range(20)))

    assert answers == [answers[0]] * 20
    assert house.rows("SELECT count(*) FROM inbox") == [(1,)]
    assert len(house.rasa.asked) == 1


async def test_id_of_another_session_is_refused(house: House) -> None:
    await house.line.send("你好", "m-1", session_id="s-1")

    refused = await house.line.post(json.dumps({"message_id": "m-1", "session_id": "s-2", "text": "你好"}))

    assert refused.status_code == 422
    assert "s-2" not in refused.text


async def test_flood_is_refused_and_what_was_accepted_is_handled(build: Build) -> None:
    rasa = FakeRasa()
    rasa.go_on = asyncio.Event()
    async with build(rasa=rasa, response_limit_seconds=0.5) as house:
        bodies = [json.dumps({"message_id": f"m-{n}", "session_id": "s-1", "text": "在吗"}) for n in range(30)]
        answers = await asyncio.gather(*(house.line.post(body) for body in bodies))
        codes = [answer.status_code for answer in answers]
        rasa.go_on.set()

        assert codes.count(200) == 20
        assert codes.count(429) == 10
        assert all(answer.headers["retry-after"] for answer in answers if answer.status_code == 429)
        await house.until_handled()
        assert len(await house.line.later()) == 20


async def test_handled_message_leaves_no_sealed_text(house: House) -> None:
    await house.line.send("你好", "m-1")

    assert house.rows("SELECT sealed, outcome FROM inbox") == [(None, "answered")]


async def test_tracker_begins_anew_after_many_turns(house: House) -> None:
    for number in range(27):
        await house.line.send("你好", f"m-{number}")

    epochs = [asked["sender"].rpartition(".")[2] for asked in house.rasa.asked]
    assert epochs == ["0"] * 25 + ["1"] * 2
