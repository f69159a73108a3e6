"""What staff are told of how a message came to its replies, and that nobody else is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from bot.message import ActionResult, Candidate, Memory, Reply, Why
from tests.api.conftest import Build, House, knowledge
from tests.fakes.rasa import FakeRasa

PAPER = "henan.paper.household_cancellation_certificate"
WHY = Why(
    question="户口注销证明要不要带",
    chance=0.97,
    by_meaning=True,
    candidates=(Candidate(id=PAPER, share=0.8), Candidate(id="henan.paper.photo", share=0.1)),
    signals={"own_words": 3.2},
)
CITATION = {"guide": "henan-2024", "title": "通知", "doc_no": None, "section": "五", "valid_from": "2024-11-21"}
ANSWER = Reply.model_validate(
    {"kind": "answer", "text": "看情况。", "citations": [CITATION], "data": {"knowledge_ids": [PAPER]}, "why": WHY}
)


def answering(*_: object) -> list[ActionResult]:
    return [ActionResult(replies=(ANSWER,), memory=Memory())]


def bearer(house: House) -> dict[str, str]:
    return {"authorization": f"Bearer {house.settings.action_token.get_secret_value()}"}


async def why(house: House, turn_id: str, **headers: str) -> Any:
    return await house.http.get(f"/api/v1/answers/{turn_id}/why", headers=headers or bearer(house))


async def test_staff_see_release_ids_candidates_and_signals(build: Build) -> None:
    async with build(FakeRasa(answering)) as house:
        turn_id = (await house.line.send("户口注销证明要不要带", "m-1"))["turn_id"]
        told = (await why(house, turn_id)).json()

    assert told["said"] == "户口注销证明要不要带"
    assert told["replies"] == [
        {
            "kind": "answer",
            "text": "看情况。",
            "release": knowledge().library.release,
            "knowledge_ids": [PAPER],
            "citations": [CITATION],
            "why": WHY.model_dump(mode="json"),
        }
    ]


async def test_a_reply_that_nothing_was_compared_for_says_so(house: House) -> None:
    turn_id = (await house.line.send("你好", "m-1"))["turn_id"]

    assert (await why(house, turn_id)).json()["replies"][0]["why"] is None


async def test_no_channel_is_handed_it(build: Build) -> None:
    async with build(FakeRasa(answering)) as house:
        answer = await house.line.send("户口注销证明要不要带", "m-1")
        kept = house.rows("SELECT inbox.answer::text || reply::text FROM inbox, transcript WHERE reply IS NOT NULL")

    assert set(answer["replies"][0]) == {"kind", "text", "choices", "citations", "data"}
    assert "own_words" not in kept[0][0]


async def test_a_reply_that_goes_out_later_does_not_carry_it_either(build: Build) -> None:
    async with build(FakeRasa(answering), response_limit_seconds=0.0) as house:
        await house.line.send("户口注销证明要不要带", "m-1")
        await house.until_handled()
        later = await house.line.later()

    assert set(later[0]["reply"]) == {"kind", "text", "choices", "citations", "data"}


@pytest.mark.parametrize("token", ["", "Bearer wrong"])
async def test_strangers_find_nothing(house: House, token: str) -> None:
    turn_id = (await house.line.send("你好", "m-1"))["turn_id"]

    assert (await why(house, turn_id, authorization=token)).status_code == 404


async def test_a_turn_that_never_was_is_not_found(house: House) -> None:
    assert (await why(house, str(uuid4()))).status_code == 404
