"""Asking a platform: its answers, its failures, and what is never tried twice."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from api.cases.breaker import Breaker
from api.cases.platform import Platform, PlatformAway
from tests.fakes.platform import KEY, URL, FakePlatform, asked_case

CASE_NO = "TY26-8F3K-M2QX"


@pytest.fixture
def there() -> FakePlatform:
    return FakePlatform({CASE_NO: asked_case(CASE_NO)})


@pytest.fixture
async def platform(there: FakePlatform) -> AsyncIterator[Platform]:
    async with there.client() as http:
        yield Platform(http, URL, KEY, Breaker(), there.pause)


def answers(status: int, content: bytes = b"") -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(status, content=content)


async def test_case_is_told(platform: Platform) -> None:
    case = await platform.ask(CASE_NO)

    assert case is not None
    assert (case.region, case.applicant.last_four, case.history[0].status) == ("410000", "123X", "受理")


async def test_key_and_number_are_all_that_is_sent(platform: Platform, there: FakePlatform) -> None:
    await platform.ask(CASE_NO)

    request = there.asked[0]
    assert str(request.url) == f"{URL}/cases/{CASE_NO}"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.content == b""


async def test_unknown_case_is_no_failure(platform: Platform, there: FakePlatform) -> None:
    assert [await platform.ask("TY26-0000-0000") for _ in range(6)] == [None] * 6
    assert not platform.is_away


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_passing_failure_is_tried_again_twice(platform: Platform, there: FakePlatform, status: int) -> None:
    there.trouble = answers(status)

    with pytest.raises(PlatformAway):
        await platform.ask(CASE_NO)

    assert len(there.asked) == 3
    assert len(there.pauses) == 2


async def test_lost_connection_is_tried_again(platform: Platform, there: FakePlatform) -> None:
    left = iter([httpx.ConnectError("refused"), httpx.ConnectTimeout("slow")])

    def refuse_twice(request: httpx.Request) -> httpx.Response:
        if failure := next(left, None):
            raise failure
        return httpx.Response(200, content=json.dumps(asked_case(CASE_NO)))

    there.trouble = refuse_twice

    assert await platform.ask(CASE_NO) is not None


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500, 301, 204])
async def test_other_status_is_not_tried_again(platform: Platform, there: FakePlatform, status: int) -> None:
    there.trouble = answers(status)

    with pytest.raises(PlatformAway):
        await platform.ask(CASE_NO)

    assert len(there.asked) == 1


async def test_pauses_differ(platform: Platform, there: FakePlatform) -> None:
    there.trouble = answers(503)
    with pytest.raises(PlatformAway):
        await platform.ask(CASE_NO)

    assert len(set(there.pauses)) == 2
    assert all(0 <= pause <= 0.3 for pause in there.pauses)


GARBAGE = {
    "no JSON": b"<html>",
    "half": json.dumps(asked_case(CASE_NO)).encode()[:-20],
    "another case": json.dumps(asked_case("TY26-0000-0000")).encode(),
    "list": b"[]",
    "not UTF-8": b'{"case_no": "\xff"}',
    "deep": b"[" * 5000 + b"]" * 5000,
    "too long": json.dumps(asked_case(CASE_NO, more="x" * 300_000)).encode(),
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE.keys())
async def test_garbage_counts_as_away(platform: Platform, there: FakePlatform, body: bytes) -> None:
    there.trouble = answers(200, body)

    with pytest.raises(PlatformAway):
        await platform.ask(CASE_NO)


@pytest.mark.parametrize(
    "changes",
    [
        {"accepted_at": "2026-11-16T10:00:00"},
        {"accepted_at": 1763258400},
        {"region": "河南"},
        {"applicant": {}},
        {"applicant": {"last_four": "12345"}},
        {"applicant": {"last_four": 1234}},
        {"history": None},
        {"history": [{"event_id": "e-1", "item": "x", "status": "", "at": "2026-11-18T10:00:00+08:00"}]},
        {"history": asked_case(CASE_NO)["history"] * 2},
        {"history": [{"event_id": "e-1", "item": "x", "status": "受理", "at": "yesterday"}]},
    ],
)
async def test_field_of_another_form_counts_as_away(
    platform: Platform, there: FakePlatform, changes: dict[str, Any]
) -> None:
    there.cases[CASE_NO] = asked_case(CASE_NO, **changes)

    with pytest.raises(PlatformAway, match="unreadable answer"):
        await platform.ask(CASE_NO)


async def test_unreadable_answer_is_not_repeated(platform: Platform, there: FakePlatform) -> None:
    there.cases[CASE_NO] = asked_case(CASE_NO, applicant={"last_four": "4101-secret"})

    with pytest.raises(PlatformAway) as error:
        await platform.ask(CASE_NO)

    assert "secret" not in str(error.value)


async def test_compressed_answer_is_not_unpacked(platform: Platform, there: FakePlatform) -> None:
    packed = gzip.compress(json.dumps(asked_case(CASE_NO)).encode())
    there.trouble = lambda _: httpx.Response(200, content=packed, headers={"content-encoding": "gzip"})

    with pytest.raises(PlatformAway, match="compressed"):
        await platform.ask(CASE_NO)


async def test_slow_answer_counts_as_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr("api.cases.platform.LIMIT_SECONDS", 0.01)
    async with httpx.AsyncClient(transport=httpx.MockTransport(never)) as http:
        with pytest.raises(PlatformAway, match="TimeoutError"):
            await Platform(http, URL, KEY).ask(CASE_NO)


async def test_after_five_failures_nobody_asks_any_more(platform: Platform, there: FakePlatform) -> None:
    there.trouble = answers(500)
    for _ in range(6):
        with pytest.raises(PlatformAway):
            await platform.ask(CASE_NO)

    assert len(there.asked) == 5
    assert platform.is_away


async def test_it_is_asked_again_when_it_is_back(there: FakePlatform) -> None:
    now = [0.0]
    there.trouble = answers(500)
    async with there.client() as http:
        platform = Platform(http, URL, KEY, Breaker(lambda: now[0]), there.pause)
        for _ in range(5):
            with pytest.raises(PlatformAway):
                await platform.ask(CASE_NO)
        there.trouble = None
        now[0] = 30.0

        assert await platform.ask(CASE_NO) is not None

    assert not platform.is_away
