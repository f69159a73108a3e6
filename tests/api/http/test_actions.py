"""Rasa's way into our actions."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import House

URL = "/internal/actions"
ASKED = {"text": "医保怎么接", "intent": {"name": "greet", "confidence": 0.9}, "entities": [], "metadata": {}}


def tracker(**changes: Any) -> dict[str, Any]:
    return {
        "slots": {"memory": None},
        "latest_message": ASKED,
        "active_loop": {},
        "latest_action_name": "action_listen",
        **changes,
    }


async def conversation(house: House, state: str = "{}") -> str:
    """The id of a conversation that remembers `state`."""
    house.change(
        "INSERT INTO conversation (channel, session_id, state) VALUES ('hotline', 's-9', %s::text::jsonb)", state
    )
    return str(house.rows("SELECT id FROM conversation")[0][0])


async def call(house: House, action: str, sender: str, **changes: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {house.settings.action_token.get_secret_value()}"}
    body = {"next_action": action, "sender_id": f"{sender}.0", "tracker": tracker(**changes)}
    return await house.http.post(URL, json=body, headers=headers)


async def test_answer_carries_replies_and_memory(house: House) -> None:
    answer = await call(house, "greet", await conversation(house))

    told = answer.json()
    assert told["responses"][0]["custom"]["replies"][0]["kind"] == "smalltalk"
    assert told["events"] == [
        {"event": "slot", "name": "memory", "value": told["responses"][0]["custom"]["memory"]},
    ]


async def test_session_start_restores_memory_and_loop(house: House) -> None:
    sender = await conversation(house, '{"loop": "run_questionnaire", "private": {"misses": 1}}')

    events = (await call(house, "action_session_start", sender)).json()["events"]

    assert [event["event"] for event in events] == ["session_started", "slot", "active_loop", "action"]
    assert events[1]["value"]["private"] == {"misses": 1}
    assert events[2]["name"] == "run_questionnaire"
    assert events[3]["name"] == "action_listen"


async def test_loop_that_the_memory_leaves_is_left(house: House) -> None:
    loop = {"active_loop": {"name": "run_questionnaire"}}
    answer = await call(house, "greet", await conversation(house), **loop)

    assert {"event": "active_loop", "name": None} in answer.json()["events"]


async def test_tracker_that_lost_a_turn_fails_the_turn(house: House) -> None:
    sender = await conversation(house, '{"private": {"misses": 1}}')

    answer = await call(house, "greet", sender)

    assert answer.json()["responses"] == [{"custom": {"failed": "the tracker is out of date"}}]


async def test_pages_that_wait_are_no_matter_of_rasa(house: House) -> None:
    pages = '{"number": 1, "replies": [{"kind": "notice", "text": "一"}], "waiting": [[{"reply": 0, "text": "二"}]]}'
    sender = await conversation(house, f'{{"private": {{"misses": 1}}, "pages": {pages}}}')

    answer = await call(house, "greet", sender, slots={"memory": {"private": {"misses": 1}}})
    started = await call(house, "action_session_start", sender)

    assert "replies" in answer.json()["responses"][0]["custom"]
    assert started.json()["events"][1]["value"]["pages"] is None


async def test_second_action_of_a_turn_goes_on_from_the_first(house: House) -> None:
    sender = await conversation(house, '{"private": {"misses": 1}}')
    changed = {"slots": {"memory": {"private": {"misses": 2}}}, "latest_action_name": "greet"}

    answer = await call(house, "greet", sender, **changed)

    assert "replies" in answer.json()["responses"][0]["custom"]


async def test_loop_rejects_what_is_no_answer(house: House) -> None:
    sender = await conversation(house, '{"loop": "report_progress"}')
    memory = {"slots": {"memory": {"loop": "report_progress"}}, "active_loop": {"name": "report_progress"}}

    answer = await call(house, "report_progress", sender, **memory)

    assert answer.status_code == 400
    assert answer.json()["action_name"] == "report_progress"


@pytest.mark.parametrize("action", ["no_such_action", "os.system"])
async def test_unknown_action_fails_the_turn_instead_of_half_of_it(house: House, action: str) -> None:
    answer = await call(house, action, await conversation(house))

    assert answer.json()["responses"] == [{"custom": {"failed": "no such action"}}]


@pytest.mark.parametrize("token", [b"", b"Bearer wrong", b"Bearer \xff"])
async def test_stranger_finds_nothing(house: House, token: bytes) -> None:
    answer = await house.http.post(URL, json={}, headers={b"authorization": token})

    assert answer.status_code == 404
