"""What the hotline refuses, and how it says so."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from api.settings import Settings
from bot.channels.channel import Unusable
from bot.channels.hotline import Hotline
from bot.message import Inbound
from tests.api.conftest import Build, House

GOOD = {"message_id": "m-1", "session_id": "s-1", "text": "你好"}
URL = "/channels/hotline/messages"


def body(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def signed(settings: Settings, content: bytes, at: datetime | None = None) -> dict[str, str]:
    hotline = Hotline(settings.hotline_secret.get_secret_value())
    return hotline.sign("msg", at or datetime.now(UTC), content)


async def post(house: House, content: bytes) -> httpx.Response:
    return await house.http.post(URL, content=content, headers=signed(house.settings, content))


def is_problem(answer: httpx.Response, status: int) -> bool:
    told = answer.json()
    return (
        answer.status_code == status
        and answer.headers["content-type"] == "application/problem+json"
        and set(told) == {"type", "title", "status", "detail"}
        and told["status"] == status
        and not told["title"].isascii()
        and told["detail"].isascii()
    )


HOSTILE = {
    "empty": b"",
    "blank": b"   ",
    "not JSON": b"hello",
    "byte order mark": b"\xef\xbb\xbf" + body(),
    "UTF-16": json.dumps(GOOD).encode("utf-16"),
    "GBK": json.dumps(GOOD, ensure_ascii=False).encode("gbk"),
    "broken UTF-8": b'{"text": "\xff\xfe"}',
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 50_000,
    "deep and closed": b'{"text":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "5,000-digit number": b'{"text": ' + b"9" * 5_000 + b"}",
    "2 to the 70": b'{"message_id": 1180591620717411303424, "session_id": "s", "text": "x"}',
    "NaN": b'{"message_id": "m", "session_id": "s", "text": "x", "operator": NaN}',
    "Infinity": b'{"message_id": "m", "session_id": "s", "text": "x", "more": -Infinity}',
    "NUL in the text": body(text="a\x00b"),
    "NUL in the id": body(message_id="a\x00b"),
    "NUL in the session": body(session_id="a\x00b"),
    "NUL in the region": body(region="a\x00b"),
    "lone surrogate in the text": b'{"message_id": "m", "session_id": "s", "text": "\\ud800"}',
    "lone surrogate in the session": b'{"message_id": "m", "session_id": "\\udfff", "text": "x"}',
    "list": b"[]",
    "null": b"null",
    "string": b'"x"',
    "no text": json.dumps({"message_id": "m", "session_id": "s"}).encode(),
    "empty text": body(text=""),
    "text of 2,001 characters": body(text="好" * 2_001),
    "text as list": body(text=["x"]),
    "number as id": body(message_id=1),
    "empty id": body(message_id=""),
    "id of 129 characters": body(message_id="x" * 129),
    "session of 129 characters": body(session_id="x" * 129),
    "number as region": body(region=410000),
    "word as operator": body(operator="yes"),
    "key twice": b'{"message_id": "m", "message_id": "n", "session_id": "s", "text": "x"}',
}


async def test_unusable_bodies_are_422_and_store_nothing(house: House) -> None:
    answers = {name: await post(house, content) for name, content in HOSTILE.items()}

    assert [name for name, answer in answers.items() if not is_problem(answer, 422)] == []
    assert house.rows("SELECT count(*) FROM inbox") == [(0,)]


async def test_usable_bodies_at_the_edge_are_answered(house: House) -> None:
    bodies = {
        "longest text": body(message_id="1", text="好" * 2_000),
        "longest ids": body(message_id="x" * 128, session_id="会" * 128),
        "field that we do not know": body(message_id="2", unknown={"deep": [1]}),
        "optional fields as null": body(message_id="3", region=None, operator=None),
        "empty region, operator": body(message_id="4", region="", operator=True),
        "odd session": body(message_id="5", session_id="a/b?c=d#%e 中文"),
        "characters that nobody sees": body(message_id="6", text="\u202e\u200b\ufeff\u0007👍🏽 \u202e"),
        "slash": body(message_id="7", text="/restart"),
        "quotes": body(message_id="8", text="'; DROP TABLE inbox; --"),
        "placeholders of code": body(message_id="9", text="{0} {name} %s"),
    }
    answers = {name: await post(house, content) for name, content in bodies.items()}

    assert await house.line.later("a/b?c=d#%e 中文") == []
    assert [name for name, one in answers.items() if one.status_code != 200 or not one.json()["replies"]] == []


async def test_body_over_256_kib_is_413_before_it_is_parsed_or_verified(house: House) -> None:
    exact = await post(house, body(more="x" * (256 * 1024 - len(body(more="")))))
    over = await house.http.post(URL, content=b"x" * (256 * 1024 + 1))

    assert exact.status_code == 200
    assert is_problem(over, 413)


async def test_long_body_without_announced_length_is_413(house: House) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(300):
            yield b"x" * 1024

    assert is_problem(await house.http.post(URL, content=parts()), 413)


async def test_unproved_senders_are_401(house: House) -> None:
    content = body()
    right = signed(house.settings, content)
    wrong: dict[str, dict[str, str | bytes]] = {
        "no header": {},
        "only an id": {"webhook-id": "msg"},
        "wrong signature": {**right, "webhook-signature": "v1,AAAA"},
        "no base64": {**right, "webhook-signature": "v1,%%%"},
        "no signature": {**right, "webhook-signature": "v1"},
        "not ASCII": {**right, "webhook-signature": b"v1,\xff\xfe"},
        "very long": {**right, "webhook-signature": "v1," + "A" * 100_000},
        "no time": {**right, "webhook-timestamp": "nan"},
        "time without end": {**right, "webhook-timestamp": "9" * 300},
        "time before 1970": {**right, "webhook-timestamp": "-1"},
        "id of another message": {**right, "webhook-id": "other"},
    }
    answers = {name: await house.http.post(URL, content=content, headers=given) for name, given in wrong.items()}

    assert [name for name, answer in answers.items() if not is_problem(answer, 401)] == []
    assert house.rows("SELECT count(*) FROM inbox") == [(0,)]


@pytest.mark.parametrize("age", [-302, 302])
async def test_stale_signature_is_401(house: House, age: int) -> None:
    at = datetime.now(UTC) + timedelta(seconds=age)
    answer = await house.http.post(URL, content=body(), headers=signed(house.settings, body(), at))

    assert is_problem(answer, 401)


@pytest.mark.parametrize("age", [-295, 295])
async def test_signature_within_five_minutes_is_taken(house: House, age: int) -> None:
    at = datetime.now(UTC) + timedelta(seconds=age)
    answer = await house.http.post(URL, content=body(), headers=signed(house.settings, body(), at))

    assert answer.status_code == 200


async def test_later_replies_need_a_signature_and_a_cursor(house: House) -> None:
    path = "/channels/hotline/sessions/s-1/messages"
    headers = signed(house.settings, b"")

    assert (await house.http.get(path, headers=headers)).json() == {"messages": []}
    assert is_problem(await house.http.get(path), 401)
    for after in ("x", "-1", "9" * 30, "１"):
        assert is_problem(await house.http.get(path, params={"after": after}, headers=headers), 422)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", URL, 405), ("POST", "/nowhere", 404), ("POST", "/internal/actions", 404), ("GET", "/docs", 404)],
)
async def test_other_ways_in_are_closed(house: House, method: str, path: str, status: int) -> None:
    assert is_problem(await house.http.request(method, path), status)


async def test_database_away_is_503_with_retry_after(build: Build) -> None:
    async with build(database_url="postgresql://u:p@127.0.0.1:1/none") as house:
        answer = await post(house, body())
        health = await house.http.get("/healthz")

    assert is_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
    assert "127.0.0.1" not in answer.text
    assert health.status_code == 503
    assert health.json()["parts"]["database"] == "down"


async def test_health_names_each_part(house: House) -> None:
    healthy = await house.http.get("/healthz")
    assert healthy.status_code == 200
    assert healthy.json()["parts"] == {"database": "ok", "rasa": "ok", "knowledge": "ok"}
    assert healthy.json()["release"]


def dumped(value: object) -> bytes:
    return json.dumps(value).encode()


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(["message_id", "session_id", "text", "region", "operator"])


@trying(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=60) | st.dictionaries(FIELDS | st.text(max_size=5), JUNK, max_size=6).map(dumped))
def test_any_body_is_a_message_or_unusable(content: bytes) -> None:
    hotline = Hotline("whsec_" + "A" * 32)
    try:
        parsed = hotline.parse(content, datetime.now(UTC))
    except Unusable as error:
        assert str(error).isascii()
    else:
        assert isinstance(parsed, Inbound)
