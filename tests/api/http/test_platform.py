"""A platform that is asked, in the app: its cases are told, and the app stays up without it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from tests.api.conftest import Build, House
from tests.api.http.test_actions import ASKED, call, conversation
from tests.fakes.platform import KEY, URL, FakePlatform, asked_case

CASE_NO = "TY26-A5KE-D000"


def surroundings(there: FakePlatform) -> dict[str, Any]:
    return {"platform": httpx.MockTransport(there.answer), "platform_url": URL, "platform_region": "410000"}


async def health(house: House) -> dict[str, Any]:
    answer = await house.http.get("/healthz")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


async def progress(house: House, sender: str) -> dict[str, Any]:
    message = {**ASKED, "text": f"办到哪了 {CASE_NO} 123X", "intent": {"name": "ask_progress", "confidence": 0.9}}
    answer = await call(house, "report_progress", sender, latest_message=message)
    reply: dict[str, Any] = answer.json()["responses"][0]["custom"]["replies"][0]
    return reply


async def test_health_page_names_a_platform_only_where_there_is_one(house: House) -> None:
    assert "platform" not in await health(house)


async def test_case_of_the_platform_is_told(build: Build) -> None:
    there = FakePlatform({CASE_NO: asked_case(CASE_NO)})
    async with build(**surroundings(there)) as house:
        reply = await progress(house, await conversation(house))
        told = await health(house)

    assert (reply["kind"], reply["data"]["case_no"]) == ("progress", CASE_NO)
    assert told["platform"] == "ok"


async def test_it_is_asked_with_the_key_that_is_set(build: Build) -> None:
    there = FakePlatform({CASE_NO: asked_case(CASE_NO)})
    async with build(**surroundings(there), platform_key=SecretStr(KEY)) as house:
        await progress(house, await conversation(house))

    assert there.asked[0].headers["authorization"] == f"Bearer {KEY}"


async def test_platform_that_is_away_takes_nothing_down(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.health.KEPT_SECONDS", 0)
    there = FakePlatform(trouble=lambda _: httpx.Response(500))
    async with build(**surroundings(there)) as house:
        sender = await conversation(house)
        replies = [await progress(house, sender) for _ in range(6)]
        told = await health(house)

    assert {reply["kind"] for reply in replies} == {"notice"}
    assert len(there.asked) == 5
    assert (told["status"], told["platform"]) == ("ok", "away")
