"""The hotline to the letter of its contract."""

from __future__ import annotations

import asyncio

from tests.api.conftest import House


async def test_message_is_answered_in_its_response(house: House) -> None:
    answer = await house.line.send("你好", "m-1", region="河南")

    assert answer == {
        "session_id": "s-1",
        "message_id": "m-1",
        "turn_id": answer["turn_id"],
        "replies": [{"kind": "smalltalk", "text": "听到：你好", "choices": [], "citations": [], "data": {}}],
        "state": {"owner": "bot", "region": None, "questionnaire": None},
    }


async def test_same_message_id_gets_the_same_answer_and_no_second_effect(house: House) -> None:
    first = await house.line.send("你好", "m-1")
    again = await asyncio.gather(*(house.line.send("你好", "m-1") for _ in range(5)))

    assert again == [first] * 5
    assert len(house.rasa.asked) == 1
    assert house.rows("SELECT count(*) FROM transcript") == [(2,)]
